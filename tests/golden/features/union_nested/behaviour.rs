use crate::kit::roundtrip;
use crate::union_nested::types::{Letter, Pet, Sender};
use gusset::Patch;
use gusset::serde_json::json;

#[test]
fn each_union_is_told_in_its_own_way() {
    let letter: Letter = roundtrip(&json!({"from": {"kind": "Dog"}}));
    assert!(matches!(letter.from, Patch::Value(Sender::Pet(Pet::Dog(_)))));
    let letter: Letter = roundtrip(&json!({"from": "me"}));
    assert_eq!(letter.from, Patch::Value(Sender::Text("me".to_owned())));
    assert_eq!(roundtrip::<Letter>(&json!({"from": null})).from, Patch::Null);
    assert_eq!(roundtrip::<Letter>(&json!({})).from, Patch::Absent);
}
