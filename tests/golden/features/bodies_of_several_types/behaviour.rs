use crate::bodies_of_several_types::operations::{Chosen, Import, ImportBody, Same};
use crate::bodies_of_several_types::types;
use crate::kit::sent;
use gusset::Part;
use gusset::bytes::Bytes;

#[test]
fn each_body_is_sent_as_what_it_is() {
    let sent_as = |body: ImportBody| {
        let sent = sent(&Import::new(body));
        (sent.header("content-type").to_owned(), sent.text().to_owned())
    };
    let (media, text) = sent_as(types::Import::new(vec![1]).into());
    assert_eq!((media.as_str(), text.as_str()), ("application/json", r#"{"rows":[1]}"#));
    let (media, text) = sent_as("a,b".to_owned().into());
    assert_eq!((media.as_str(), text.as_str()), ("text/csv", "a,b"));
    let (media, text) = sent_as(ImportBody::Bytes(Bytes::from("zip")));
    assert_eq!((media.as_str(), text.as_str()), ("application/octet-stream", "zip"));
    let (media, text) = sent_as(types::ImportMultipartBody::new(Part::new("x")).into());
    assert!(media.starts_with("multipart/form-data; boundary="), "{media}");
    assert!(text.contains("name=\"file\"; filename=\"file\""), "{text}");
}

#[test]
fn of_one_type_json_is_taken() {
    let same = sent(&Same { body: Some(types::Import::new(vec![1, 2])) });
    assert_eq!(
        (same.header("content-type"), same.text()),
        ("application/json", r#"{"rows":[1,2]}"#)
    );
}

#[test]
fn or_what_the_spec_sends() {
    let chosen = sent(&Chosen::new(types::Import::new(vec![1, 2])));
    let form = "application/x-www-form-urlencoded";
    assert_eq!((chosen.header("content-type"), chosen.text()), (form, "rows=1&rows=2"));
}
