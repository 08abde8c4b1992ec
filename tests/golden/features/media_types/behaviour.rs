use crate::kit::{Provider, answer, block_on, json as reply, received, sent};
use crate::media_types::operations::{ExportContacts, GetPhoto, ListContacts, StreamContacts};
use crate::media_types::{Client, Credentials, Settings};
use gusset::serde_json::json;

#[test]
fn json_is_taken_where_there_is_some() {
    assert_eq!(sent(&ListContacts::default()).header("accept"), "application/json, */*;q=0.5");
    let contacts = received(&ListContacts::default(), reply(200, &json!([{"name": "A"}])));
    assert_eq!(contacts.unwrap()[0].name, "A");
}

#[test]
fn a_spec_takes_another_media_type() {
    assert_eq!(sent(&ExportContacts::default()).header("accept"), "text/csv, */*;q=0.5");
    let csv = received(&ExportContacts::default(), answer(200, "text/csv", "name\nA\n"));
    assert_eq!(csv.unwrap(), "name\nA\n");
}

#[test]
fn lines_of_json_are_a_list() {
    let lines = answer(200, "application/x-ndjson", "{\"name\":\"A\"}\n\n{\"name\":\"B\"}");
    let contacts = received(&StreamContacts::default(), lines).unwrap();
    assert_eq!(contacts.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    let wrong = answer(200, "application/x-ndjson", "{\"name\":\"A\"}\n{\"name\":1}");
    let error = received(&StreamContacts::default(), wrong).unwrap_err().to_string();
    assert!(error.contains("line 2: name"), "{error}");
}

#[test]
fn bytes_are_read_whole_or_in_pieces() {
    let picture = || answer(200, "image/png", &b"\x89PNG"[..]);
    assert_eq!(received(&GetPhoto::default(), picture()).unwrap(), &b"\x89PNG"[..]);
    let provider = Provider::answering([picture()]);
    let client =
        Client::new(Credentials::none(), &Settings::default(), provider.options()).unwrap();
    let body = block_on(async { client.stream(&GetPhoto::default()).await.unwrap().bytes().await });
    assert_eq!(body.unwrap(), &b"\x89PNG"[..]);
}
