use crate::kit::{Provider, block_on, json as reply, with_header};
use crate::response_headers::operations::ListPets;
use crate::response_headers::{Client, Credentials, Settings};
use gusset::serde_json::json;

#[test]
fn documented_headers_are_typed() {
    let page = |total| with_header(reply(200, &json!(["Rex"])), "x-total-count", total);
    let provider = Provider::answering([page("41"), page("many")]);
    let client =
        Client::new(Credentials::none(), &Settings::default(), provider.options()).unwrap();
    let first = block_on(client.receive(&ListPets::default())).unwrap();
    let headers = first.documented().unwrap();
    assert_eq!(first.output, ["Rex"]);
    assert_eq!((headers.x_total_count, headers.link), (Some(41), None));
    let second = block_on(client.receive(&ListPets::default())).unwrap();
    let error = second.documented().unwrap_err().to_string();
    assert!(error.contains("header.X-Total-Count"), "{error}");
}

#[test]
fn lists_are_lists() {
    let reply = with_header(reply(200, &json!(["Rex"])), "x-ids", "1, 2,3");
    let provider = Provider::answering([with_header(reply, "allow", "GET")]);
    let client =
        Client::new(Credentials::none(), &Settings::default(), provider.options()).unwrap();
    let headers = block_on(client.receive(&ListPets::default())).unwrap().documented().unwrap();
    assert_eq!(headers.x_ids, Some(vec![1, 2, 3]));
    assert_eq!(headers.allow, Some(vec!["GET".to_owned()]));
}

#[test]
fn a_document_that_is_silent_about_credentials_can_be_given_some() {
    let answer = || reply(200, &json!(["Rex"]));
    let provider = Provider::answering([answer(), answer()]);
    for (credentials, sent) in [
        (Credentials::none(), ""),
        (Credentials::other(gusset::Auth::bearer("s3cret")), "Bearer s3cret"),
    ] {
        assert!(!format!("{credentials:?}").contains("s3cret"));
        let client = Client::new(credentials, &Settings::default(), provider.options()).unwrap();
        block_on(client.send(&ListPets::default())).unwrap();
        assert_eq!(provider.sent().last().unwrap().header("authorization"), sent);
    }
}
