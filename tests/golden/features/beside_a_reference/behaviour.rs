use crate::beside_a_reference::types::{Owner, Thing};
use crate::kit::roundtrip;
use gusset::Patch;
use gusset::serde_json::{from_value, json};

#[test]
fn a_schema_is_what_it_refers_to_and_what_stands_beside() {
    let thing: Thing = roundtrip(&json!({"id": 1, "note": "n", "name": "a"}));
    assert_eq!((thing.id, thing.note.as_str(), thing.name.as_str()), (1, "n", "a"));
    assert!(from_value::<Thing>(json!({"id": 1, "name": "a"})).is_err());
}

#[test]
#[expect(deprecated, reason = "the document says so beside the reference")]
fn names_of_schemas_are_followed_and_null_counts() {
    let owner = json!({"name": "o"});
    let thing: Thing = roundtrip(&json!({"id": 1, "note": "n", "name": "a", "owner": owner}));
    assert_eq!(thing.owner, Some(Owner::new("o")));
    let thing: Thing = roundtrip(&json!({"id": 1, "note": "n", "name": "a", "keeper": null}));
    assert_eq!(thing.keeper, Patch::Null);
}
