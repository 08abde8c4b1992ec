use crate::kit::roundtrip;
use crate::recursion::types::Thing;
use gusset::serde_json::json;

#[test]
fn things_contain_things() {
    let leaf = json!({"name": "leaf", "boss": {"thing": null}});
    let thing: Thing = roundtrip(&json!({
        "name": "root", "parent": leaf, "children": [leaf], "by_name": {"a": leaf},
        "boss": {"thing": leaf}, "itself": 1,
    }));
    assert_eq!(thing.parent.map(|parent| parent.name).as_deref(), Some("leaf"));
}
