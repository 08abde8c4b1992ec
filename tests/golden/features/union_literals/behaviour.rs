use crate::kit::roundtrip;
use crate::union_literals::types::{
    Things, ThingsAdded, ThingsFlagged, ThingsMapped, ThingsNumbered,
};
use gusset::serde_json::json;

fn things(member: &str, value: gusset::serde_json::Value) -> Things {
    roundtrip(&json!({member: value}))
}

#[test]
fn a_flag_is_not_the_word_for_it() {
    let flagged = |on| things("flagged", json!({"on": on})).flagged;
    assert!(matches!(flagged(json!(true)), Some(ThingsFlagged::True(_))));
    assert!(matches!(flagged(json!("true")), Some(ThingsFlagged::True2(_))));
    assert!(matches!(flagged(json!("false")), Some(ThingsFlagged::Other(_))));
}

#[test]
fn a_number_is_not_its_digits() {
    let numbered = |v| things("numbered", json!({"v": v})).numbered;
    assert!(matches!(numbered(json!(1)), Some(ThingsNumbered::V1(_))));
    assert!(matches!(numbered(json!("1")), Some(ThingsNumbered::V1_2(_))));
}

#[test]
fn keys_of_mappings_are_what_the_member_is() {
    let mapped = |version| things("mapped", json!({"version": version})).mapped;
    assert!(matches!(mapped(json!(1)), Some(ThingsMapped::First(_))));
    assert!(matches!(mapped(json!(2)), Some(ThingsMapped::Second(_))));
    assert!(matches!(mapped(json!("2")), Some(ThingsMapped::Other(_))));
    let added = |code| things("added", json!({"code": code, "name": "a"})).added;
    assert!(matches!(added(json!("1")), Some(ThingsAdded::Plain(_))));
    assert!(matches!(added(json!("007")), Some(ThingsAdded::Other2(_))));
}
