//! Whatever a document has wrong: a spec that passes, or a finding.

use super::{InitOptions, answers, init, query, wrong};
use crate::diagnostics::Severity;
use crate::source::Sources;
use crate::source::pointer;
use serde_json::{Value, json};

/// A document with a bit of everything.
fn whole() -> Value {
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    let body = json!({"content": {"application/json": {"schema": thing}}});
    let page = json!({"allOf": [{"$ref": "#/components/schemas/Page"}, {"type": "object", "properties": {
        "things": {"type": "array", "items": thing},
    }}]});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://{shop}.example.com", "variables": {"shop": {"default": "a"}}}],
        "security": [{"key": []}, {"oauth": ["read"]}],
        "paths": {
            "/things": {
                "get": {
                    "operationId": "list",
                    "parameters": [query("cursor", json!({"type": "string"})), query("limit", json!({"type": "integer", "maximum": 50}))],
                    "responses": answers(page),
                },
                "post": {"operationId": "add", "requestBody": body, "responses": answers(thing.clone())},
            },
            "/things/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "get": {"operationId": "get", "responses": {
                    "200": {"description": "ok", "content": {"application/json": {"schema": thing}}},
                    "400": {"description": "wrong", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}},
                }},
                "delete": {"operationId": "remove", "responses": {"204": {"description": "gone"}}},
            },
        },
        "components": {
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "oauth": {"type": "oauth2", "flows": {"clientCredentials": {
                    "tokenUrl": "https://a.example.com/token", "scopes": {"read": "r"},
                }}},
            },
            "schemas": {
                "Thing": {"type": "object", "required": ["id"], "properties": {
                    "id": {"type": "string", "format": "uuid"}, "name": {"type": ["string", "null"]},
                    "parent": {"$ref": "#/components/schemas/Thing"},
                }},
                "Page": {"type": "object", "properties": {"next_cursor": {"type": "string"}}},
                "Failure": {"type": "object", "properties": {"message": {"type": "string"}, "code": {"type": "string"}}},
            },
        },
    })
}

/// The pointers of all parts.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => return,
    };
    for (key, child) in children {
        let at = format!("{at}/{}", pointer::escape(&key));
        pointers(child, &at, found);
        found.push(at);
    }
}

#[track_caller]
fn check(document: &Value, what: &str) {
    let mut sources = Sources::new().with_file("shop/openapi.json", document.to_string());
    let options = InitOptions { document: "shop/openapi.json".into(), ..InitOptions::default() };
    let outcome = init(&options, &mut sources);
    match outcome.value {
        Some(initial) => {
            let text = initial.text("openapi.json", "integration.schema.json");
            let wrong = wrong(document, &text);
            assert!(wrong.is_empty(), "{what}\n{}\n{text}", wrong.join("\n"));
        }
        None => {
            assert!(outcome.diagnostics.iter().any(|d| d.severity == Severity::Error), "{what}")
        }
    }
}

#[test]
fn a_part_that_is_missing_or_something_else() {
    let whole = whole();
    check(&whole, "as it is");
    let mut found = Vec::new();
    pointers(&whole, "", &mut found);
    let odd = [json!(null), json!(7), json!("a: [\u{7}'\"{#"), json!([]), json!({})];
    for (number, pointer) in found.iter().enumerate() {
        let mut changed = whole.clone();
        *changed.pointer_mut(pointer).unwrap() = odd[number % odd.len()].clone();
        check(&changed, pointer);
    }
}

#[test]
fn names_that_are_no_names() {
    for name in [
        "",
        "a b",
        "{",
        "}",
        "\u{1F600}",
        "'\"",
        "a.b[0]",
        "null",
        "#",
        "Ünï",
        "self",
        "-",
        "1",
        "\n",
    ] {
        let mut changed = whole();
        changed["info"]["title"] = json!(name);
        changed["servers"][0]["url"] = json!(format!("https://{{{name}}}.example.com"));
        for section in ["securitySchemes", "schemas"] {
            let section = changed["components"][section].as_object_mut().unwrap();
            let first = section.keys().next().cloned().unwrap();
            let value = section.remove(&first).unwrap();
            section.insert(name.to_owned(), value);
        }
        changed["security"] = json!([{name: []}]);
        let list = &mut changed["paths"]["/things"]["get"];
        list["operationId"] = json!(name);
        list["parameters"][0]["name"] = json!(name);
        list["responses"]["200"]["headers"] = json!({name: {}, "X-Rate-Limit": {}});
        let text = changed
            .to_string()
            .replace("schemas/Thing", &format!("schemas/{}", name.escape_default()));
        let changed = serde_json::from_str(&text).unwrap_or(changed);
        check(&changed, name);
        let path = format!("/{name}");
        let things = changed["paths"]["/things"].clone();
        let mut changed = changed;
        changed["paths"][&path] = things.clone();
        changed["paths"][format!("{path}/{{{name}}}")] = things;
        check(&changed, name);
    }
}
