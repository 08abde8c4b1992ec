use crate::kit::roundtrip;
use crate::tuples::types::Thing;
use gusset::serde_json::json;

#[test]
fn lists_of_a_fixed_form_are_tuples() {
    let thing: Thing =
        roundtrip(&json!({"pair": ["a", null], "open": ["a", 1, true], "same": [1.5, 2.5, 3.5]}));
    assert_eq!(thing.pair, ("a".to_owned(), None));
    assert_eq!(thing.same, [1.5, 2.5, 3.5]);
}
