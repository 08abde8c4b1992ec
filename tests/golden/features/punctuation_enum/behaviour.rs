use crate::kit::roundtrip;
use crate::punctuation_enum::types::{Thing, ThingOperator};
use gusset::serde_json::json;

#[test]
fn signs_have_names() {
    let all = [
        (ThingOperator::Equal, "="),
        (ThingOperator::NotEqual, "!="),
        (ThingOperator::LessEqual, "<="),
        (ThingOperator::NotTilde, "!~"),
        (ThingOperator::OrOr, "||"),
    ];
    for (operator, wire) in all {
        let thing: Thing =
            roundtrip(&json!({"operator": wire, "+1": 3, "-1": 4, "@id": "x", "_": "y"}));
        assert_eq!(thing.operator, operator);
        assert_eq!((thing.plus_1, thing.minus_1), (Some(3), Some(4)));
        assert_eq!(thing.underscore.as_deref(), Some("y"));
    }
}
