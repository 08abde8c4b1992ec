use crate::constants::types::{Thing, ThingKind};
use crate::kit::roundtrip;
use gusset::serde_json::json;

#[test]
fn constants_are_typed_by_their_value() {
    let thing: Thing = roundtrip(
        &json!({"kind": "thing", "version": 2, "flag": true, "mixed": "a", "levels": 0.5}),
    );
    let version: i64 = thing.version;
    assert_eq!((thing.kind, version, thing.flag), (ThingKind::Thing, 2, true));
}
