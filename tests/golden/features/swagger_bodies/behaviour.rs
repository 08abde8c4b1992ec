use crate::kit::{answer, received, roundtrip, sent};
use crate::swagger_bodies::operations::{AttachFile, CreateNote, LabelNote};
use crate::swagger_bodies::types::{LabelNoteBody, LabelNoteBodyColour, Note};
use gusset::Patch;
use gusset::serde_json::json;

#[test]
fn a_body_is_sent_as_it_is_consumed() {
    let sent = sent(&CreateNote::new(Note::new("a")));
    assert_eq!(sent.header("content-type"), "application/json");
    assert_eq!(sent.text(), r#"{"text":"a"}"#);
    // `x-nullable` is null's name in 2.0.
    let note: Note = roundtrip(&json!({"text": "a", "due": null}));
    assert_eq!(note.due, Patch::Null);
}

#[test]
fn fields_are_one_form() {
    let body = LabelNoteBody {
        colour: Some(LabelNoteBodyColour::Red),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
        ..LabelNoteBody::new("a&b")
    };
    let sent = sent(&LabelNote::new(7, body));
    assert_eq!(sent.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(sent.text(), "label=a%26b&colour=red&tags=x&tags=y");
}

#[test]
fn a_file_comes_as_bytes() {
    let answer = answer(200, "application/json", "PNG");
    let file = received(
        &AttachFile::new(7, crate::swagger_bodies::types::AttachFileBody::new("PNG")),
        answer,
    )
    .unwrap();
    assert_eq!(&*file, b"PNG");
}
