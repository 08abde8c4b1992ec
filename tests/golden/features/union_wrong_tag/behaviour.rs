use crate::kit::roundtrip;
use crate::union_wrong_tag::types::Pet;
use gusset::serde_json::json;

#[test]
fn a_discriminator_that_names_no_member_decides_nothing() {
    assert!(matches!(roundtrip::<Pet>(&json!({"kind": "cat"})), Pet::Cat(_)));
    assert!(matches!(roundtrip::<Pet>(&json!({"kind": "dog", "barks": true})), Pet::Dog(_)));
    assert!(matches!(roundtrip::<Pet>(&json!({"kind": "cow"})), Pet::Other(_)));
}
