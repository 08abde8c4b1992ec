use crate::kit::sent;
use crate::media_types_that_cannot_be::operations::{Make, Upload};
use crate::media_types_that_cannot_be::types::{Thing, UploadBody};

fn thing() -> Thing {
    Thing { name: Some("a".to_owned()) }
}

#[test]
fn a_body_goes_under_a_media_type_that_can_be() {
    let sent = sent(&Make { body: thing() });
    assert_eq!(sent.header("content-type"), "application/json");
    assert_eq!(sent.text(), r#"{"name":"a"}"#);
}

#[test]
fn parts_have_no_headers_that_the_document_smuggles_in_and_objects_are_json() {
    let body =
        UploadBody { thing: Some(thing()), other: Some(thing()), note: Some("n".to_owned()) };
    let sent = sent(&Upload { body });
    let text = sent.text();
    assert!(!text.contains("X-Evil"), "{text}");
    assert_eq!(text.matches("application/json").count(), 2, "{text}");
    assert!(!text.contains("xml"), "{text}");
}
