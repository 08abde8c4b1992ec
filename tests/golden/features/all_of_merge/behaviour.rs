use crate::all_of_merge::types::{Thing, ThingState};
use crate::kit::roundtrip;
use gusset::Patch;
use gusset::serde_json::json;

#[test]
fn a_member_is_all_that_its_parts_say() {
    let thing: Thing = roundtrip(&json!({
        "id": "1", "state": "new", "size": 3, "note": "n",
        "owner": {"name": "Ada", "mail": "ada@example.com"},
        "code": "67E55044-10b1-426f-9247-bb680e5fe0c8", "when": "2026-01-02",
        "odd": [1], "undeclared": {"a": 1},
    }));
    assert_eq!((thing.state, thing.size), (ThingState::New, Some(3)));
    let owner = thing.owner.map(|owner| (owner.name, owner.mail));
    assert_eq!(owner, Some((Some("Ada".to_owned()), "ada@example.com".to_owned())));
    assert_eq!(thing.when.value().map(|when| when.day()), Some(2));
    let thing: Thing = roundtrip(&json!({"id": "1", "state": "new", "note": "n", "when": null}));
    assert_eq!(thing.when, Patch::Null);
}
