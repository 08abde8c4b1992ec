use crate::kit::roundtrip;
use crate::union_inheritance::types::Pet;
use gusset::serde_json::json;

#[test]
fn a_base_is_its_children_and_itself() {
    let json = json!({"kind": "cat", "lives": 9, "friend": {"kind": "Dog", "name": "Rex"}});
    let Pet::Cat(cat) = roundtrip(&json) else { panic!("no cat") };
    assert_eq!(cat.lives, Some(9));
    assert!(
        matches!(cat.friend.as_deref(), Some(Pet::Dog(dog)) if dog.name.as_deref() == Some("Rex"))
    );
    assert!(matches!(roundtrip(&json!({"kind": "Pet"})), Pet::Pet(_)));
    assert!(matches!(roundtrip(&json!({"kind": "newt"})), Pet::Other(_)));
}
