use crate::dangling_refs::types::Thing;
use crate::kit::roundtrip;
use gusset::serde_json::json;

#[test]
fn what_a_lost_schema_would_say_is_kept_as_json() {
    let thing: Thing =
        roundtrip(&json!({"id": "1", "lost": {"a": 1}, "lost_list": [1, "b"], "part": {"a": "x"}}));
    assert_eq!(thing.lost, gusset::Patch::Value(json!({"a": 1})));
}
