use crate::kit::roundtrip;
use crate::union_implicit::types::Pet;
use gusset::serde_json::json;

#[test]
fn a_schema_is_named_exactly_as_it_is_written() {
    assert!(matches!(roundtrip(&json!({"kind": "house_cat"})), Pet::HouseCat(_)));
    assert!(matches!(roundtrip(&json!({"kind": "DOG"})), Pet::Dog(_)));
    assert!(matches!(roundtrip(&json!({"kind": "dog"})), Pet::Other(_)));
}
