use crate::kit::{json, received, sent};
use crate::overlay::operations::ListThings;
use gusset::serde_json::json;

#[test]
fn the_document_is_read_as_the_overlay_corrects_it() {
    // Without `legacy`, and with a number.
    let all = ListThings { limit: Some(5_i32), ..ListThings::default() };
    assert!(sent(&all).target().ends_with("/things?limit=5"));
    let things = received(&all, json(200, &json!({"items": [{"id": "a"}]}))).unwrap();
    assert_eq!(things.items[0].id, "a");
}
