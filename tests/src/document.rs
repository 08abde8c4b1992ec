//! Documents of any size.

use serde_json::{Map, Value, json};

/// Operations that make, read and list records of kinds of their own, with nested types, enums and references between kinds.
#[must_use]
pub fn document(operations: usize) -> String {
    let kinds = operations.div_ceil(3);
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    let schema = |kind: usize| json!({"$ref": format!("#/components/schemas/Kind{kind}")});
    let body = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
    for kind in 0..kinds {
        let list = json!({"type": "object", "properties": {
            "items": {"type": "array", "items": schema(kind)}, "next": {"type": "string"}}});
        let answer = |schema: Value| {
            let mut answer = body(schema);
            answer["description"] = "It worked.".into();
            json!({"200": answer})
        };
        let make = json!({"operationId": format!("make_{kind}"), "tags": [format!("tag {}", kind % 50)],
            "requestBody": body(schema(kind)), "responses": answer(schema(kind))});
        let page = json!({"name": "page", "in": "query", "schema": {"type": "string"}});
        let sort = json!({"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "id"]}});
        let lists = json!({"operationId": format!("list_{kind}"), "parameters": [page, sort],
            "responses": answer(list)});
        let id =
            json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
        let read = json!({"operationId": format!("read_{kind}"), "parameters": [id], "responses": answer(schema(kind))});
        paths.insert(format!("/kind{kind}"), json!({"post": make, "get": lists}));
        paths.insert(format!("/kind{kind}/{{id}}"), json!({"get": read}));
        let text = json!({"type": "string", "description": "Some text about it."});
        schemas.insert(
            format!("Kind{kind}"),
            json!({
                "type": "object", "required": ["id", "name"],
                "properties": {
                    "id": {"type": "string", "readOnly": true}, "name": text, "note": text,
                    "status": {"type": "string", "enum": ["open", "on hold", "closed"]},
                    "made": {"type": "string", "format": "date-time"}, "size": {"type": "integer"},
                    "inner": {"type": "object", "properties": {"a": text, "b": {"type": "number"}}},
                    "next": schema((kind + 1) % kinds),
                },
            }),
        );
    }
    json!({"openapi": "3.0.3", "info": {"title": "Kinds", "version": "1"}, "servers": [{"url": "https://api.example.com"}],
        "paths": paths, "components": {"schemas": schemas}})
    .to_string()
}
