use crate::kit::{json, received, sent};
use crate::swagger_elsewhere::operations::{
    AddLabel, CreateDraft, CreateNote, GetColour, LabelNote,
};
use crate::swagger_elsewhere::types::{AddLabelBody, Draft, LabelNoteBody, Note};
use gusset::Part;
use gusset::serde_json::json;

#[test]
fn bodies_of_other_files_are_sent() {
    assert_eq!(sent(&CreateNote::new(Note::new("a"))).json(), json!({"text": "a"}));
    assert_eq!(sent(&CreateDraft::new(Draft::new("b"))).json(), json!({"title": "b"}));
}

#[test]
fn fields_of_other_files_make_a_form() {
    let form = LabelNoteBody {
        photo: Some(Part::new("png").with_file_name("a.png")),
        ..LabelNoteBody::new("red")
    };
    let request = sent(&LabelNote::new(4, form));
    assert!(request.target().ends_with("/notes/4"));
    let body = request.text();
    assert!(body.contains("name=\"label\"") && body.contains("red"), "{body}");
    assert!(body.contains("filename=\"a.png\""), "{body}");
}

#[test]
fn path_items_and_answers_are_read_wherever_they_stand() {
    let add = AddLabel::new(AddLabelBody::new("red"));
    assert_eq!(sent(&add).text(), "label=red");
    assert_eq!(received(&add, json(201, &json!({"id": 7}))).unwrap().id, 7);
    let get = GetColour { id: vec![1, 2] };
    assert!(
        sent(&get).target().ends_with("/colours?id=1|2") || sent(&get).target().ends_with("%7C2")
    );
    assert_eq!(received(&get, json(200, &json!("red"))).unwrap(), "red");
}
