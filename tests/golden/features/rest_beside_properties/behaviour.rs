use crate::kit::{decode, encode, roundtrip};
use crate::rest_beside_properties::types::Thing;
use gusset::serde_json::{from_value, json};

#[test]
fn other_members_are_typed_and_kept() {
    let thing: Thing = roundtrip(&json!({"name": "a", "x": 1, "y": -2}));
    assert_eq!(thing.rest.get("y"), Some(&-2));
}

#[test]
fn others_come_in_no_order_and_need_not_come() {
    let thing: Thing = decode(&json!({"z": 3, "name": "a", "b": 1}));
    assert_eq!(
        thing.rest.into_iter().collect::<Vec<_>>(),
        [("b".to_owned(), 1), ("z".to_owned(), 3)]
    );
    assert!(roundtrip::<Thing>(&json!({"name": "a"})).rest.is_empty());
}

#[test]
fn others_have_the_declared_type() {
    assert!(from_value::<Thing>(json!({"name": "a", "x": "1"})).is_err());
    assert!(from_value::<Thing>(json!({"name": "a", "x": null})).is_err());
    assert!(from_value::<Thing>(json!({"x": 1})).is_err(), "the name is required");
}

#[test]
fn what_is_added_is_sent() {
    let mut thing = Thing::new("a");
    thing.rest.insert("a b".to_owned(), i64::MAX);
    assert_eq!(encode(&thing), json!({"name": "a", "a b": i64::MAX}));
}
