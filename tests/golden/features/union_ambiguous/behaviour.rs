use crate::kit::decode;
use crate::union_ambiguous::types::Pet;
use gusset::serde_json::json;

#[test]
fn the_best_fit_is_taken_and_the_first_of_equals() {
    assert!(matches!(decode(&json!({"name": "a", "breed": "b"})), Pet::Dog(_)));
    assert!(matches!(decode(&json!({"name": "a", "lives": 9})), Pet::Cat(_)));
    assert!(matches!(decode(&json!({"name": "a"})), Pet::Cat(_)));
    // Lives are no text: what fits next.
    assert!(matches!(decode(&json!({"name": "a", "lives": "b"})), Pet::Dog(_)));
}
