use crate::kit::{Provider, SERVER, block_on, json};
use crate::next_urls::operations::FilterEvents;
use crate::next_urls::types;
use gusset::serde_json::json;

#[test]
fn a_list_by_post_goes_on_with_get() {
    let next = format!("{SERVER}/events/filter/next?token=2");
    let pages = [json!({"events": [{"id": 1}], "next": next}), json!({"events": [{"id": 2}]})];
    let provider = Provider::answering(pages.iter().map(|page| json(200, page)));
    let auth = gusset::Auth::none();
    let integration = <FilterEvents as gusset::Operation>::META.integration;
    let client =
        gusset::Client::new(integration, SERVER.to_owned(), auth, provider.options()).unwrap();
    let body = types::FilterEventsBody { kind: Some("flow".to_owned()) };
    let events = FilterEvents { x_version: Some("7".to_owned()), body: Some(body) };
    let read = block_on(client.items(events).collect()).unwrap();
    assert_eq!(read.iter().map(|event| event.id).collect::<Vec<_>>(), [1, 2]);

    let sent = provider.sent();
    let calls: Vec<String> =
        sent.iter().map(|sent| format!("{} {}", sent.method, sent.target())).collect();
    assert_eq!(calls, ["POST /events/filter", "GET /events/filter/next?token=2"]);
    assert_eq!((sent[0].text(), sent[1].text()), (r#"{"kind":"flow"}"#, ""));
    // What headers say of the list, they say of its next pages.
    assert_eq!((sent[1].header("x-version"), sent[1].header("content-type")), ("7", ""));
}
