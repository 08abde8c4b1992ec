use crate::kit::roundtrip;
use crate::nullable_enum::types::{Thing, ThingListed, ThingState};
use gusset::Patch;
use gusset::serde_json::json;

#[test]
fn null_is_no_value_of_the_enum() {
    let thing: Thing = roundtrip(&json!({"state": "open", "level": 2, "listed": "a"}));
    assert_eq!(thing.state, Some(ThingState::Open));
    assert_eq!(thing.listed, Patch::Value(ThingListed::A));
    let thing: Thing = roundtrip(&json!({"state": null, "level": null, "listed": null}));
    assert_eq!((thing.state, thing.level), (None, Patch::Null));
}
