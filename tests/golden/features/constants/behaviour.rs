use crate::constants::types::{Thing, ThingKind, ThingMixed, ThingMixedText};
use crate::kit::{encode, roundtrip};
use gusset::Patch;
use gusset::serde_json::{from_value, json};

#[test]
fn constants_are_typed_by_their_value() {
    let thing: Thing = roundtrip(
        &json!({"kind": "thing", "version": 2, "flag": true, "mixed": "a", "levels": 0.5}),
    );
    let version: i64 = thing.version;
    assert_eq!((thing.kind, version, thing.flag), (ThingKind::Thing, 2, true));
}

#[test]
fn what_a_constant_should_not_be_is_kept() {
    let thing: Thing = roundtrip(&json!({"kind": "other", "version": 3, "flag": false}));
    assert_eq!((thing.kind.as_str(), thing.version, thing.flag), ("other", 3, false));
}

#[test]
fn listed_values_of_several_types() {
    let mixed = |value| {
        let thing = json!({"kind": "thing", "version": 2, "flag": true, "mixed": value});
        roundtrip::<Thing>(&thing).mixed
    };
    assert_eq!(mixed(json!(1)), Patch::Value(ThingMixed::Integer(1)));
    assert_eq!(mixed(json!("a")), Patch::Value(ThingMixed::Text(ThingMixedText::A)));
    assert_eq!(mixed(json!(null)), Patch::Null);
    assert_eq!(mixed(json!([1])), Patch::Value(ThingMixed::Other(json!([1]))));
}

#[test]
fn constants_are_required_and_sent() {
    let thing = Thing::new(ThingKind::Thing, 2, true);
    assert_eq!(encode(&thing), json!({"kind": "thing", "version": 2, "flag": true}));
    assert!(from_value::<Thing>(json!({"kind": "thing", "flag": true})).is_err());
    assert!(from_value::<Thing>(json!({"kind": 1, "version": 2, "flag": true})).is_err());
}
