//! What is told about hooks: what is proven of them, and what they may be to blame for.

use crate::bank;
use crate::{FOLDER, World};
use bank::operations::ListCustomers;
use gusset::http::{HeaderMap, HeaderValue, Method};
use gusset::{Call, HttpTransport, Transport};
use gusset_compiler::ir::Standing;
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use gusset_sandbox::Credential;
use std::time::Duration;

#[test]
fn each_hook_is_assumed() {
    let input = Input { specs: vec![format!("{FOLDER}/people.yaml").into()], ..Input::default() };
    let ir = check(&input, &mut Sources::new()).value.unwrap();
    let assumed = |unit: &str| -> Vec<String> {
        let facts = ir.facts.iter().filter(|f| f.standing == Standing::Assumed && f.unit == unit);
        let of_hooks = facts.filter(|fact| fact.place.pointer.starts_with("/hooks"));
        let mut texts: Vec<String> = of_hooks.map(|fact| fact.text.clone()).collect();
        texts.sort_unstable();
        texts
    };
    let of_the_bank = [
        "`create_transfer` takes `header.X-Key-Id`",
        "`create_transfer` takes `query.stamp`",
        "`judge` says what is to be done about answers that rules hand it",
        "`sign` gives what the provider wants there",
        "`stamp` gives what the provider wants there",
        "`stamp` must see the credentials of calls",
    ];
    assert_eq!(assumed("bank"), of_the_bank);
    let hooks =
        ["document", "first_of_month", "home", "labels_of", "normalise_phone", "rank", "wanted"];
    let of_people = hooks.map(|hook| {
        format!("`hook.{hook}` gives the same for the same values, and does nothing else")
    });
    assert_eq!(assumed("people"), of_people);
}

#[tokio::test]
async fn a_refusal_says_that_it_may_be_for_a_hook() {
    for (status, word) in [(401, "Unauthorized"), (403, "Forbidden")] {
        let world = World::new(None).await;
        world.fails(status);
        let error = world.client.send(&ListCustomers::default()).await.unwrap_err().to_string();
        let told = format!(
            "list_customers: the provider answered {status} {word}: {{\"message\":\"a fault that was \
             asked for\",\"code\":\"fault\"}} (perhaps for what is assumed in bank/integration.yaml:12:9: `sign` gives what the provider wants there, because it is \
             code of the user, of which only the types are known)"
        );
        assert_eq!(error, told);
    }
}

#[tokio::test]
async fn the_sandbox_wants_what_hooks_set() {
    let world = World::new(None).await;
    let Some(Credential::ApiKey { key, .. }) = world.bank.credentials().get("key").cloned() else {
        panic!("the bank wants a key")
    };
    let http = HttpTransport::new(Duration::from_secs(30), 1 << 20);
    let status = async |signature: Option<&'static str>| {
        let mut headers = HeaderMap::new();
        headers.insert("x-key", HeaderValue::from_str(&key).unwrap());
        headers.extend(signature.map(|text| {
            (gusset::http::HeaderName::from_static("x-signature"), HeaderValue::from_static(text))
        }));
        let url = format!("{}/customers?limit=10", world.bank.url()).parse().unwrap();
        let call = Call { method: Method::GET, url, headers, body: Default::default() };
        let answer = http.send(call).await.unwrap();
        (answer.status.as_u16(), String::from_utf8(answer.body.to_vec()).unwrap())
    };
    for missing in [None, Some("")] {
        let (status, body) = status(missing).await;
        assert_eq!(status, 400);
        assert!(body.contains("`header.X-Signature` is missing"), "{body}");
    }
    assert_eq!(status(Some("any")).await.0, 200);
}
