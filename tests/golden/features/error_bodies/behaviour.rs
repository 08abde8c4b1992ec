use crate::error_bodies::operations::GetPet;
use crate::error_bodies::types::{NotFound, Problem};
use crate::kit::{json as reply, received};
use gusset::serde_json::json;

#[test]
fn bodies_of_errors_are_typed_and_never_shown() {
    let body = json!({"missing": "7", "token": "s3cret"});
    let error = received(&GetPet::new("7"), reply(404, &body)).unwrap_err();
    assert_eq!(error.decode::<NotFound>().unwrap().missing, "7");
    assert!(error.decode::<Problem>().is_none());
    let shown = format!("{error} {error:?} {:?}", error.answer());
    assert!(!shown.contains("s3cret"), "{shown}");
    let error = received(&GetPet::new("7"), reply(403, &json!({"title": "no"}))).unwrap_err();
    let answer = error.answer().unwrap();
    assert_eq!(answer.decode::<Problem>().unwrap().title, "no");
    assert_eq!(answer.headers()["content-type"], "application/json");
}
