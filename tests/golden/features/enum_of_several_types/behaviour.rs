use crate::enum_of_several_types::types::{Thing, ThingAlways, ThingSometimes, ThingSometimesText};
use crate::kit::roundtrip;
use gusset::Patch;
use gusset::serde_json::json;

#[test]
fn null_among_values_of_several_types_is_kept() {
    let thing: Thing = roundtrip(&json!({"always": null, "sometimes": null, "typed": null}));
    assert_eq!((thing.always, thing.sometimes), (None, Patch::Null));
    let thing: Thing = roundtrip(&json!({"always": 1, "numbers": null}));
    assert_eq!(thing.always, Some(ThingAlways::Integer(1)));
    assert_eq!((thing.sometimes, thing.numbers), (Patch::Absent, Patch::Null));
}

#[test]
fn each_value_has_its_type() {
    let thing: Thing = roundtrip(&json!({"always": "a", "sometimes": true, "never": 1}));
    assert_eq!(thing.sometimes, Patch::Value(ThingSometimes::Boolean(true)));
    let thing: Thing = roundtrip(&json!({"always": null, "sometimes": "a", "typed": "a"}));
    let text = ThingSometimes::Text(ThingSometimesText::A);
    assert_eq!(thing.sometimes, Patch::Value(text));
}
