//! What is not as documented: where, and what else goes on.

use crate::support::{PLAIN, Ping, Provider, Reply, ok};
use gusset::serde::Deserialize;
use gusset::serde_json::{Value, json};
use gusset::{
    Client, Error, Listing, Next, Operation, OperationMeta, PageHints, PageState, Paginated,
    Pagination, Preset, Slot,
};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(crate = "gusset::serde")]
struct Contact {
    id: String,
    properties: Properties,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(crate = "gusset::serde")]
struct Properties {
    #[serde(default, with = "gusset::in_string::optional")]
    score: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "gusset::serde")]
struct Page {
    results: Vec<Contact>,
    after: Option<String>,
}

#[derive(Debug)]
struct List;

impl Operation for List {
    type Client = Client;
    type Output = Page;
    const META: &'static OperationMeta = &OperationMeta::get(&PLAIN, "list_contacts", "/contacts");
    const DECODE: gusset::Decode<Page> = gusset::Response::json;
}

impl Paginated for List {
    type Item = Contact;
    const PLAN: &'static Pagination = &Pagination {
        items: "/results",
        next: Next::Cursor { into: Slot::Query("after") },
        size: None,
        exclusive: false,
    };

    fn hints(page: &Page) -> PageHints<'_> {
        PageHints { next: page.after.as_deref().map(Into::into), ..PageHints::default() }
    }

    fn items(page: Page) -> Vec<Contact> {
        page.results
    }
}

static ALL: Listing = Listing { preset: Preset::NOTHING, since: None };

fn page() -> Value {
    json!({
        "results": [
            {"id": "1", "properties": {"score": "70"}},
            {"id": "2", "properties": {"score": "high"}},
            {"id": 3, "properties": {}},
            {"id": "4", "properties": {"score": null}},
        ],
        "after": "x",
    })
}

#[tokio::test]
async fn an_error_names_the_path() {
    let provider = Provider::start(|_, _| ok(page())).await;
    let error = provider.client().send(&List).await.unwrap_err();
    let Error::Decode { operation, path, message, .. } = &error else { panic!("{error}") };
    assert_eq!((*operation, path.as_str()), ("list_contacts", "results[1].properties.score"));
    assert!(message.contains("text that holds f64"), "{message}");
    assert!(error.to_string().contains("`results[1].properties.score`"), "{error}");
}

#[tokio::test]
async fn a_sync_sets_bad_records_aside_and_goes_on() {
    let provider = Provider::start(|_, _| ok(page())).await;
    let client = provider.client();
    let page = client.read_page::<List>(&ALL, None, &PageState::Start).await.unwrap();
    let ids: Vec<&str> = page.items.iter().map(|contact| contact.id.as_str()).collect();
    assert_eq!(ids, ["1", "4"]);
    assert_eq!(page.next, PageState::Cursor("x".to_owned()));
    let rejected: Vec<_> = page.rejected.iter().map(|r| (r.index, r.reason.as_str())).collect();
    assert_eq!(rejected[0].0, 1);
    assert!(rejected[0].1.starts_with("properties.score: "), "{rejected:?}");
    assert!(rejected[1].1.starts_with("id: "), "{rejected:?}");
    assert_eq!(page.rejected[1].raw["id"], 3);
}

#[tokio::test]
async fn a_page_that_is_wrong_itself_is_an_error() {
    for body in [json!({"results": 3}), json!({}), json!({"results": [], "after": 3}), json!(null)]
    {
        let provider = Provider::start(move |_, _| ok(body.clone())).await;
        let client = provider.client();
        let error = client.read_page::<List>(&ALL, None, &PageState::Start).await.unwrap_err();
        assert!(matches!(error, Error::Decode { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_listing_stops_at_a_record_that_does_not_decode() {
    let provider = Provider::start(|_, _| ok(page())).await;
    let error = provider.client().list::<List>(&ALL).collect().await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error}");
}

#[tokio::test]
async fn a_page_goes_on_from_durable_state_and_ends() {
    let provider = Provider::start(|seen, _| match seen.query("after").as_deref() {
        Some("x") => ok(json!({"results": []})),
        _ => ok(page()),
    })
    .await;
    let client = provider.client();
    let state = PageState::Cursor("x".to_owned());
    let page = client.read_page::<List>(&ALL, None, &state).await.unwrap();
    assert_eq!(page.next, PageState::Done);
    let page = client.read_page::<List>(&ALL, None, &PageState::Done).await.unwrap();
    assert!(page.items.is_empty() && page.next == PageState::Done);
    assert_eq!(provider.count(), 1);
    let other = PageState::Offset(3);
    let error = client.read_page::<List>(&ALL, None, &other).await.unwrap_err();
    assert!(matches!(error, Error::Pagination { .. }), "{error}");
}

#[tokio::test]
async fn what_is_no_json_is_an_error_with_a_place() {
    for body in ["<html>", "", "{\"a\":", "{} trailing"] {
        let provider = Provider::start(move |_, _| Reply {
            status: 200,
            headers: vec![],
            body: body.to_owned(),
        })
        .await;
        let error = provider.client().send(&Ping).await.unwrap_err();
        assert!(matches!(error, Error::Decode { .. }), "{body}: {error}");
    }
}

#[tokio::test]
async fn deep_nesting_is_an_error_not_an_overflow() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let provider =
        Provider::start(move |_, _| Reply { status: 200, headers: vec![], body: deep.clone() })
            .await;
    let error = provider.client().send(&Ping).await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error}");
}
