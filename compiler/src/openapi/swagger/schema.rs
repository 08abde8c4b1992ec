//! Schemas: what 2.0 says in other words than 3.0.

use super::Rewriting;
use serde_json::{Value, json};

impl Rewriting {
    /// A schema with all that are below: `discriminator` as a mapping, `x-nullable`, `type: file`, lists of `items`.
    pub(super) fn schema(&mut self, mut schema: Value) -> Value {
        // The stack is our own: how deep a document goes is for the parser to limit.
        let mut stack = vec![&mut schema];
        while let Some(schema) = stack.pop() {
            let Value::Object(members) = schema else { continue };
            if let Some(Value::String(property)) = members.get_mut("discriminator") {
                let property = std::mem::take(property);
                members.insert("discriminator".to_owned(), json!({"propertyName": property}));
            }
            if members.get("x-nullable").is_some_and(Value::is_boolean)
                && !members.contains_key("nullable")
                && let Some(nullable) = members.shift_remove("x-nullable")
            {
                members.insert("nullable".to_owned(), nullable);
            }
            if members.get("type").is_some_and(|t| t == "file") {
                members.insert("type".to_owned(), "string".into());
                members.insert("format".to_owned(), "binary".into());
            }
            // 2.0 has no tuples; what is no array by its type is one of these, as vendors write it.
            if ["type", "anyOf"].iter().all(|key| !members.contains_key(*key))
                && members.get("items").is_some_and(Value::is_array)
                && let Some(choices) = members.shift_remove("items")
            {
                members.insert("anyOf".to_owned(), choices);
            }
            for (key, below) in members.iter_mut() {
                match key.as_str() {
                    "items" | "additionalProperties" | "not" | "allOf" | "anyOf" | "oneOf" => {
                        match below {
                            Value::Array(list) => stack.extend(list),
                            one => stack.push(one),
                        }
                    }
                    "properties" | "patternProperties" | "definitions" => {
                        stack
                            .extend(below.as_object_mut().into_iter().flat_map(|m| m.values_mut()));
                    }
                    _ => {}
                }
            }
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Defaults, rewrite};
    use super::*;
    use crate::source::FileId;

    #[test]
    fn several_items_without_a_type_are_choices() {
        let text = json!({"type": "string"});
        let choices = json!({"items": [text, {"items": [text]}]});
        let tuple = json!({"type": "array", "items": [text]});
        let rewritten = |schema: Value| {
            let distant = Default::default();
            rewrite(schema.into(), FileId(0), &Defaults::default(), distant, &[]).value
        };
        assert_eq!(rewritten(choices), json!({"anyOf": [text, {"anyOf": [text]}]}));
        assert_eq!(rewritten(tuple.clone()), tuple);
    }
}
