#![allow(deprecated)]
use crate::defaults_and_deprecation::operations::ListThings;
use crate::defaults_and_deprecation::types::{Kind, Thing};
use crate::kit::{decode, encode, roundtrip, sent};
use gusset::serde_json::json;

#[test]
fn defaults_are_told_and_not_sent() {
    let sent = encode(&Thing::new(1, Kind::Second));
    assert_eq!(sent, json!({"size": 1, "old_kind": "b"}));
    let _: Thing =
        roundtrip(&json!({"size": 1, "old_kind": "a", "old": "x", "wrong": 1, "rate": 0.5}));
}

#[test]
fn defaults_of_parameters_are_told_and_not_sent() {
    assert_eq!(sent(&ListThings::default()).target(), "/things");
    // What is deprecated still works, and limits are the provider's business.
    let list = ListThings {
        limit: Some(1000),
        after: Some("x".to_owned()),
        tags: vec!["a".to_owned()],
        ..ListThings::default()
    };
    assert_eq!(sent(&list).target(), "/things?limit=1000&tags=a&after=x");
}

#[test]
fn values_out_of_what_is_told_are_read() {
    let thing: Thing = decode(&json!({"size": 0, "old_kind": "new", "name": "A B", "rate": -0.3}));
    assert_eq!((thing.size, thing.name.as_deref(), thing.rate), (0, Some("A B"), Some(-0.3)));
    assert_eq!(thing.old_kind.as_str(), "new");
}
