#![allow(deprecated)]
use crate::defaults_and_deprecation::types::{Kind, Thing};
use crate::kit::{encode, roundtrip};
use gusset::serde_json::json;

#[test]
fn defaults_are_told_and_not_sent() {
    let sent = encode(&Thing::new(1, Kind::Second));
    assert_eq!(sent, json!({"size": 1, "old_kind": "b"}));
    let _: Thing =
        roundtrip(&json!({"size": 1, "old_kind": "a", "old": "x", "wrong": 1, "rate": 0.5}));
}
