use crate::kit::{json, received, sent};
use crate::merge_keys::operations::{GetNote, HasNote};
use gusset::serde_json::json;

#[test]
fn members_are_merged_and_own_ones_win() {
    let answer = json(200, &json!({"text": "a", "created": "now", "changed": 7}));
    let note = received(&GetNote::new("1"), answer).unwrap();
    assert_eq!((note.created.as_deref(), note.changed), (Some("now"), Some(7)));
    assert_eq!(sent(&HasNote::new("1")).method, "HEAD");
}
