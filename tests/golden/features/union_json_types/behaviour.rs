use crate::kit::{decode, roundtrip};
use crate::union_json_types::types::Value;
use gusset::serde_json::json;

#[test]
fn the_json_type_tells() {
    for (json, value) in [
        (json!("a"), Value::from("a".to_owned())),
        (json!(5), Value::from(5)),
        (json!(true), Value::from(true)),
        (
            json!(["a", [1]]),
            Value::List(vec![
                Some(Value::from("a".to_owned())),
                Some(Value::List(vec![Some(Value::from(1))])),
            ]),
        ),
        (json!(0.5), Value::Other(json!(0.5))),
        (json!(u64::MAX), Value::Other(json!(u64::MAX))),
    ] {
        assert_eq!(roundtrip::<Value>(&json), value);
    }
    assert!(matches!(roundtrip(&json!({"value": {"value": 1}})), Value::Value(_)));
}

#[test]
fn null_is_no_variant() {
    assert_eq!(decode::<Option<Value>>(&json!(null)), None);
}
