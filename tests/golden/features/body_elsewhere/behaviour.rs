use crate::body_elsewhere::operations::CreateNote;
use crate::body_elsewhere::types::Note;
use crate::kit::{json, received, sent};
use gusset::serde_json::json;

#[test]
fn what_stands_in_other_files_is_part_of_the_operation() {
    let create = CreateNote { dry_run: Some(true), ..CreateNote::new(Note::new("a")) };
    let request = sent(&create);
    assert!(request.target().ends_with("/notes?dry_run=true"));
    assert_eq!(request.json(), json!({"text": "a"}));
    let note = received(&create, json(201, &json!({"text": "b"}))).unwrap();
    assert_eq!(note.text, "b");
}
