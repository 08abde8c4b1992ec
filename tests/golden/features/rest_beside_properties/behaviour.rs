use crate::kit::roundtrip;
use crate::rest_beside_properties::types::Thing;
use gusset::serde_json::json;

#[test]
fn other_members_are_typed_and_kept() {
    let thing: Thing = roundtrip(&json!({"name": "a", "x": 1, "y": -2}));
    assert_eq!(thing.rest.get("y"), Some(&-2));
}
