//! What the language asks of texts that its types leave open, for the JSON Schema that editors read. The compiler itself
//! says the same by codes of its own, where it knows more.

use serde_json::{Value, json};

/// Names that a spec gives.
pub(super) const SNAKE: &str = "^[a-z][a-z0-9_]*$";
/// Names of types that a spec gives.
pub(super) const CAMEL: &str = "^[A-Z][A-Za-z0-9]*$";

/// The rules of `sandbox`, one of which says what a field holds.
pub(crate) const RULES: &[&str] = &["value", "one_of", "between", "like"];
/// What `like` knows.
pub(crate) const LIKE: &[&str] =
    &["email", "first_name", "last_name", "full_name", "phone", "company", "job_title"];

/// What `sandbox` holds: for each resource, a number of records and a rule for each field.
pub(super) fn seeds() -> Value {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            let (description, value) = match *rule {
                "value" => ("Always this value.", json!(true)),
                "one_of" => (
                    "One of these values, or of those of another resource's field: `resource.field`.",
                    json!({"type": ["array", "string"]}),
                ),
                "between" => (
                    "A number between two, the smaller one first.",
                    json!({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
                ),
                _ => ("What looks like one of these.", json!({"enum": LIKE})),
            };
            let mut member = json!({"description": description});
            if let (Some(member), Some(value)) = (member.as_object_mut(), value.as_object()) {
                member.extend(value.clone());
            }
            json!({
                "type": "object",
                "properties": {*rule: member},
                "required": [rule],
                "additionalProperties": false,
            })
        })
        .collect();
    json!({"additionalProperties": {
        "properties": {"records": {
            "type": "integer",
            "minimum": 0,
            "description": "How many records there are at first.",
        }},
        "additionalProperties": {"description": "What the field holds.", "oneOf": rules},
    }})
}
