//! Documents with anything anywhere end in types or findings, never in a panic.

use crate::source::pointer;
use proptest::prelude::*;
use serde_json::{Value, json};

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "servers": [{"url": "https://{a}.x", "variables": {"a": {"default": "b"}}}],
        "security": [{"key": []}],
        "paths": {
            "/a/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "post": {
                    "operationId": "a",
                    "parameters": [{"name": "q", "in": "query", "schema": {"type": "array", "items": {"$ref": "#/components/schemas/E"}}}],
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
                    "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/B"}}}}, "default": {"$ref": "#/components/responses/R"}}
                }
            }
        },
        "components": {
            "responses": {"R": {"content": {"application/json": {"schema": {"properties": {"message": {"type": "string"}}}}}}},
            "schemas": {
                "A": {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer", "readOnly": true}, "b": {"$ref": "#/components/schemas/B"}, "map": {"additionalProperties": {"type": "string"}}}},
                "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"c": {"oneOf": [{"$ref": "#/components/schemas/E"}, {"type": "null"}]}}}]},
                "E": {"type": "string", "enum": ["x", "y"]}
            },
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}}
        }
    })
}

const SECTION: &str = "  C: {schemas: [A, B], refine: {map.email: string?, x: string}, add: {n: 'list(E2)'}, because: b}
  E2: {schema: E, in: requests}
";

/// The pointers of all values.
fn pointers(value: &Value, at: String, out: &mut Vec<String>) {
    out.push(at.clone());
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = pointer::escape(key);
                pointers(value, format!("{at}/{key}"), out);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                pointers(value, format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

fn anything() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just("#/components/schemas/A".to_owned()),
        Just("object".to_owned()),
        Just("array".to_owned()),
        Just("../x.yaml".to_owned()),
        ".{0,8}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
        text.clone().prop_map(|to| json!({"$ref": to})),
        text.prop_map(|ty| json!({"type": ty})),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let keys = prop::sample::select(vec![
            "type",
            "properties",
            "items",
            "allOf",
            "oneOf",
            "anyOf",
            "$ref",
            "enum",
            "schema",
            "x",
            "required",
            "additionalProperties",
            "get",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys, inner), 0..4).prop_map(|members| {
                Value::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_document_ends_in_types_or_findings(changes in prop::collection::vec((any::<prop::sample::Index>(), anything()), 1..4)) {
        let mut document = document();
        for (index, value) in changes {
            let mut all = Vec::new();
            pointers(&document, String::new(), &mut all);
            // The first three are the document itself, which is tested where documents are loaded.
            let pointer = &all[3.min(all.len() - 1)..];
            if let Some(place) = document.pointer_mut(index.get(pointer).as_str()) {
                *place = value;
            }
        }
        let text = document.to_string();
        if document.get("openapi").is_some_and(|v| v == "3.1.0") {
            let lowered = super::lower(&text, SECTION, &[]);
            for (_, def) in lowered.types.iter() {
                if let Some(name) = &def.name {
                    prop_assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{}", name);
                }
            }
        }
    }
}
