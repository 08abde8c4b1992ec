use crate::kit::roundtrip;
use crate::maps::types::Thing;
use gusset::serde_json::json;

#[test]
fn maps_of_all_kinds() {
    let thing: Thing = roundtrip(&json!({
        "free": {"a": [null]}, "nested": {"a": {"b": [1.5]}}, "patterns": {"x-a": "b"},
        "anything": null, "nothing": 1,
    }));
    assert_eq!(thing.patterns["x-a"], "b");
    assert_eq!(thing.nested["a"]["b"], [1.5]);
}
