use crate::kit::roundtrip;
use crate::untyped_members::types::{Read, Thing};
use gusset::Patch;
use gusset::serde_json::{Value, json};

#[test]
fn null_and_absent_are_two_where_values_are_sent_back() {
    let thing: Thing = roundtrip(&json!({"always": null, "sometimes": null}));
    assert_eq!((thing.always, thing.sometimes), (Value::Null, Patch::Null));
    let thing: Thing = roundtrip(&json!({"always": 1, "sometimes": {"a": null}, "list": [null]}));
    assert_eq!(thing.sometimes, Patch::Value(json!({"a": null})));
    let thing: Thing = roundtrip(&json!({"always": "a"}));
    assert_eq!(thing, Thing::new(json!("a")));
    assert_eq!(thing.sometimes, Patch::Absent);
}

#[test]
fn what_is_only_read_is_there_or_not() {
    let read: Read = crate::kit::decode(&json!({"sometimes": null}));
    assert_eq!(read.sometimes, None);
}
