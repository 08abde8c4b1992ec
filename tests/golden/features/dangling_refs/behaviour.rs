use crate::dangling_refs::types::Thing;
use crate::kit::{encode, roundtrip};
use gusset::serde_json::{from_value, json};

#[test]
fn what_a_lost_schema_would_say_is_kept_as_json() {
    let thing: Thing =
        roundtrip(&json!({"id": "1", "lost": {"a": 1}, "lost_list": [1, "b"], "part": {"a": "x"}}));
    assert_eq!(thing.lost, gusset::Patch::Value(json!({"a": 1})));
}

#[test]
fn anything_may_stand_there() {
    for lost in [json!(null), json!(1.5), json!("text"), json!([[]]), json!({})] {
        let _: Thing = roundtrip(&json!({"id": "1", "lost": lost, "lost_list": [lost]}));
    }
    assert_eq!(encode(&Thing::new("1")), json!({"id": "1"}));
}

#[test]
fn what_is_known_beside_it_is_typed() {
    let wrong = json!({"id": "1", "part": {"a": 1}});
    assert!(from_value::<Thing>(wrong).is_err());
    assert!(from_value::<Thing>(json!({"lost": {}})).is_err(), "the id is required");
}
