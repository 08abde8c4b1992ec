use crate::kit::{encode, roundtrip};
use crate::recursion::types::{Boss, Thing};
use gusset::Patch;
use gusset::serde_json::{from_str, json};

#[test]
fn things_contain_things() {
    let leaf = json!({"name": "leaf", "boss": {"thing": null}});
    let thing: Thing = roundtrip(&json!({
        "name": "root", "parent": leaf, "children": [leaf], "by_name": {"a": leaf},
        "boss": {"thing": leaf}, "itself": 1,
    }));
    assert_eq!(thing.parent.map(|parent| parent.name).as_deref(), Some("leaf"));
}

#[test]
fn null_and_absent_are_kept_apart_at_any_depth() {
    let text = json!({"name": "a", "boss": {}, "parent": {"name": "b", "boss": {"thing": null}}});
    let thing: Thing = roundtrip(&text);
    assert_eq!(thing.boss.thing, Patch::Absent);
    assert_eq!(thing.parent.map(|parent| parent.boss.thing), Some(Patch::Null));
}

#[test]
fn depth_ends_where_that_of_json_ends() {
    let nested = |depth: usize| {
        (0..depth).fold(
            json!({"name": "leaf", "boss": {}}),
            |inner, _| json!({"name": "a", "boss": {}, "parent": inner}),
        )
    };
    let read = |depth| from_str::<Thing>(&nested(depth).to_string());
    assert!(read(100).is_ok());
    assert!(read(200).is_err(), "an error, not an overflow of the stack");
}

#[test]
fn it_is_made_from_the_inside_out() {
    let boss = Boss { thing: Patch::Value(Box::new(Thing::new("b", Box::default()))) };
    let made = encode(&Thing::new("a", Box::new(boss)));
    assert_eq!(made, json!({"name": "a", "boss": {"thing": {"name": "b", "boss": {}}}}));
}
