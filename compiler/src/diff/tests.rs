#![allow(clippy::unwrap_used, clippy::panic)]

mod answers;
mod shared;
mod values;

use super::{Diff, DiffOptions, Effect, diff};
use crate::diagnostics::{Severity, position_of};
use crate::source::Sources;
use crate::source::pointer;
use serde_json::{Value, json};

/// `PATCH /things/{id}` takes and gives a thing; `GET /things` gives many.
fn document() -> Value {
    let thing = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}});
    let things = json!({"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example.com"}],
        "security": [{"key": []}],
        "paths": {
            "/things": {"get": {
                "operationId": "list",
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}],
                "responses": {"200": {"description": "ok", "content": things}},
            }},
            "/things/{id}": {"patch": {
                "operationId": "change",
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "requestBody": {"content": thing},
                "responses": {
                    "200": {"description": "ok", "content": thing},
                    "404": {"description": "none"},
                },
            }},
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            "schemas": {"Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "kind": {"type": "string", "enum": ["a", "b"]},
                    "size": {"type": "integer"},
                    "parent": {"$ref": "#/components/schemas/Thing"},
                },
            }},
        },
    })
}

fn found(old: &Value, new: &Value) -> Diff {
    let mut sources = Sources::new()
        .with_file("old.json", old.to_string())
        .with_file("new.json", new.to_string());
    let options =
        DiffOptions { old: "old.json".into(), new: "new.json".into(), ..DiffOptions::default() };
    let outcome = diff(&options, &mut sources);
    outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

/// The changes, as `breaking kind [operations] subject message`.
fn said(old: &Value, new: &Value) -> Vec<String> {
    let line = |change: &super::Change| {
        let effect = if change.effect == Effect::Breaking { "!" } else { "+" };
        let operations = change.operations.join(", ");
        format!("{effect} {} [{operations}] {} {}", change.kind, change.subject, change.message)
    };
    found(old, new).changes.iter().map(line).collect()
}

#[track_caller]
fn check(change: impl FnOnce(&mut Value), expected: &[&str]) {
    let old = document();
    let mut new = old.clone();
    change(&mut new);
    assert_eq!(said(&old, &new), expected);
}

const BOTH: &str = "[GET /things, PATCH /things/{id}]";
const PATCH: &str = "[PATCH /things/{id}]";

#[test]
fn nothing() {
    check(|_| {}, &[]);
}

#[test]
fn moves_and_reorderings_are_none() {
    let old = document();
    let mut new = old.clone();
    // In place what was referred to, in another order, in another way of the language.
    let parent = json!({"allOf": [{"$ref": "#/components/schemas/Thing"}]});
    new["components"]["schemas"]["Thing"]["properties"] = json!({
        "parent": parent, "size": {"type": "integer"}, "kind": {"$ref": "#/components/schemas/Kind"},
        "id": {"type": "string", "description": "Its name."},
    });
    new["components"]["schemas"]["Kind"] = json!({"type": "string", "enum": ["b", "a"]});
    let paths = new["paths"].as_object_mut().unwrap();
    let first = paths.shift_remove("/things").unwrap();
    paths.insert("/things".to_owned(), first);
    assert_eq!(said(&old, &new), [""; 0]);
}

#[test]
fn operations() {
    check(
        |new| {
            let paths = new["paths"].as_object_mut().unwrap();
            let list = paths.shift_remove("/things").unwrap();
            paths.insert("/v2/things".to_owned(), list);
            new["paths"]["/things/{id}"]["patch"]["deprecated"] = json!(true);
        },
        &[
            "! operation_removed [GET /things]  is gone; `GET /v2/things` has its id",
            "+ deprecated [PATCH /things/{id}]  should no longer be used",
            "+ operation_added [GET /v2/things]  is new",
        ],
    );
    check(
        |new| {
            let paths = new["paths"].as_object_mut().unwrap();
            let mut change = paths.shift_remove("/things/{id}").unwrap();
            change["patch"]["parameters"][0]["name"] = json!("key");
            change["patch"]["operationId"] = json!("edit");
            paths.insert("/things/{key}".to_owned(), change);
        },
        &[
            "+ operation_id_changed [PATCH /things/{key}] operationId was `change`, and is `edit`; specs and emitted \
             names may follow it, requests do not",
            "+ parameter_renamed [PATCH /things/{key}] path.id is called `key` now; specs name it, requests do not",
        ],
    );
}

#[test]
fn parameters() {
    let list = |new: &mut Value, parameters: Value| {
        new["paths"]["/things"]["get"]["parameters"] = parameters
    };
    check(|new| list(new, json!([])), &["! parameter_removed [GET /things] query.limit is gone"]);
    let limit = |schema: Value, required: bool| json!([{"name": "limit", "in": "query", "schema": schema, "required": required}]);
    check(
        |new| list(new, limit(json!({"type": "integer", "maximum": 50}), true)),
        &[
            "! parameter_required [GET /things] query.limit must be given now",
            "! bounds_changed [GET /things] query.limit was to 100, and is to 50",
        ],
    );
    check(
        |new| list(new, limit(json!({"type": "string"}), false)),
        &[
            "! type_changed [GET /things] query.limit was an integer of 64 bits, and is text",
            "+ bounds_changed [GET /things] query.limit was to 100, and is without bounds",
        ],
    );
    check(
        |new| {
            let all = new["paths"]["/things"]["get"]["parameters"].as_array_mut().unwrap();
            all.push(json!({"name": "sort", "in": "query", "schema": {"type": "string"}}));
            all.push(json!({"name": "X-Shop", "in": "header", "required": true, "schema": {"type": "string"}}));
        },
        &[
            "! parameter_added [GET /things] header.X-Shop is new, and must be given",
            "+ parameter_added [GET /things] query.sort is new",
        ],
    );
}

#[test]
fn fields_by_direction() {
    let change = |what: fn(&mut Value)| {
        move |new: &mut Value| what(&mut new["components"]["schemas"]["Thing"])
    };
    // Sent and received: once for each way it travels.
    check(
        change(|thing| {
            thing["properties"].as_object_mut().unwrap().shift_remove("size");
        }),
        &[
            &format!("! field_removed {BOTH} response body[].size is gone"),
            &format!("! field_removed {PATCH} request body.size is gone"),
        ],
    );
    check(
        change(|thing| thing["required"] = json!(["id", "size"])),
        &[
            &format!("+ field_required {BOTH} response body[].size is always there now"),
            &format!("! field_required {PATCH} request body.size must be given now"),
        ],
    );
    check(
        change(|thing| thing["required"] = json!([])),
        &[
            &format!("! field_optional {BOTH} response body[].id may be missing now"),
            &format!("+ field_optional {PATCH} request body.id need not be given any more"),
        ],
    );
    check(
        change(|thing| {
            thing["properties"]["colour"] = json!({"type": "string"});
            thing["required"] = json!(["id", "colour"]);
        }),
        &[
            &format!("+ field_added {BOTH} response body[].colour is new"),
            &format!("! field_added {PATCH} request body.colour is new, and must be given"),
        ],
    );
    check(
        change(|thing| thing["properties"]["kind"]["enum"] = json!(["a", "c"])),
        &[
            &format!("+ value_removed {BOTH} response body[].kind the value `b` is gone"),
            &format!("+ value_added {BOTH} response body[].kind the value `c` is new"),
            &format!("! value_removed {PATCH} request body.kind the value `b` is gone"),
            &format!("+ value_added {PATCH} request body.kind the value `c` is new"),
        ],
    );
    check(
        change(|thing| thing["properties"]["size"] = json!({"type": "integer", "nullable": true})),
        &[
            &format!("! null_allowed {BOTH} response body[].size may be null now"),
            &format!("+ null_allowed {PATCH} request body.size may be null now"),
        ],
    );
    check(
        change(|thing| thing["properties"]["size"] = json!({"type": "number"})),
        &[
            &format!(
                "! type_changed {BOTH} response body[].size was an integer of 64 bits, and is a number"
            ),
            &format!(
                "+ type_changed {PATCH} request body.size was an integer of 64 bits, and is a number"
            ),
        ],
    );
}

#[test]
fn bodies_and_answers() {
    check(
        |new| {
            let patch = &mut new["paths"]["/things/{id}"]["patch"];
            let content = patch["requestBody"]["content"]["application/json"].clone();
            patch["requestBody"] = json!({"required": true, "content": {"application/x-www-form-urlencoded": content}});
            patch["responses"] =
                json!({"204": {"description": "done"}, "409": {"description": "taken"}});
        },
        &[
            &format!("! body_required {PATCH} request body must be given now"),
            &format!("! media_removed {PATCH} request body is no longer taken as application/json"),
            &format!("! status_changed {PATCH} response was given with 200, and is with 204"),
            &format!("! answer_changed {PATCH} response was JSON, and is nothing"),
            &format!(
                "+ media_added {PATCH} request body is taken as application/x-www-form-urlencoded, too"
            ),
            &format!("+ failure_removed {PATCH} response the failure 404 is no longer documented"),
            &format!("+ failure_added {PATCH} response the failure 409 is new"),
        ],
    );
}

#[test]
fn security_and_servers() {
    check(
        |new| {
            new["servers"] =
                json!([{"url": "https://shop.example.com/"}, {"url": "https://eu.example.com"}]);
            new["components"]["securitySchemes"]["key"]["name"] = json!("X-Other");
            new["components"]["securitySchemes"]["user"] =
                json!({"type": "http", "scheme": "basic"});
            new["paths"]["/things"]["get"]["security"] = json!([{"user": []}]);
            new["paths"]["/things/{id}"]["patch"]["security"] = json!([]);
        },
        &[
            "! scheme_changed [] security scheme `key` was a key `X-Key` in header, and is a key `X-Other` in header",
            "+ server_added [] servers `https://eu.example.com` is new",
            "! security_removed [GET /things] security `key` is no longer enough",
            "+ security_added [GET /things] security `user` is enough now",
            "+ security_changed [PATCH /things/{id}] security is no longer needed",
        ],
    );
}

#[test]
fn circles_end_and_places_are_told() {
    let old = document();
    let mut new = old.clone();
    new["components"]["schemas"]["Thing"]["properties"]["parent"] = json!({"type": "string"});
    let mut sources = Sources::new()
        .with_file("old.json", serde_json::to_string_pretty(&old).unwrap())
        .with_file("new.json", serde_json::to_string_pretty(&new).unwrap());
    let options =
        DiffOptions { old: "old.json".into(), new: "new.json".into(), ..DiffOptions::default() };
    let found = diff(&options, &mut sources).value.unwrap();
    let change = &found.changes[0];
    assert_eq!(change.message, "was `Thing`, and is text");
    let line = |text: &Value, part: &str| {
        let text = serde_json::to_string_pretty(text).unwrap();
        let at = text.lines().position(|line| line.contains(part)).unwrap() + 1;
        format!(":{at}:")
    };
    let shown = position_of(change.new.as_ref().unwrap(), &sources);
    assert!(shown.contains(&line(&new, "\"parent\"")), "{shown}");
    let shown = position_of(change.old.as_ref().unwrap(), &sources);
    assert!(shown.contains(&line(&old, "\"Thing\": {")), "{shown}");
}

const SPEC: &str = "gusset: 1
integration: shop
document: openapi.json
auth: {key: {type: api_key, scheme: key}}
operations:
  list:
    id: list
    paginate:
      items: body
      offset: {into: query.limit, because: the vendor says so}
      size: {value: 10, because: the vendor says so}
";

fn with_spec(spec: &str, new: &Value, old: &str) -> crate::Outcome<Diff> {
    let mut sources = Sources::new()
        .with_file("shop/openapi.json", document().to_string())
        .with_file("copy.json", document().to_string())
        .with_file("other.json", json!({"openapi": "3.0.3", "paths": {}}).to_string())
        .with_file("new.json", new.to_string())
        .with_file("shop/integration.yaml", spec);
    let options = DiffOptions {
        old: old.into(),
        new: "new.json".into(),
        specs: vec!["shop/integration.yaml".into()],
        ..DiffOptions::default()
    };
    let outcome = diff(&options, &mut sources);
    for error in outcome.value.iter().flat_map(|diff| &diff.specs).flat_map(|specs| &specs.breaks) {
        assert_eq!(error.severity, Severity::Error);
    }
    outcome
}

#[test]
fn specs_break_at_their_lines() {
    let mut new = document();
    new["paths"]["/things"]["get"]["parameters"][0]["name"] = json!("max");
    // The spec's document itself, and a copy of it.
    for old in ["shop/openapi.json", "copy.json"] {
        let specs = with_spec(SPEC, &new, old).value.unwrap().specs.unwrap();
        assert!(specs.before.is_empty());
        let [error] = &specs.breaks[..] else { panic!("{:?}", specs.breaks) };
        assert_eq!(error.message, "`GET /things` has no query parameter `limit`");
        let place = &error.primary.as_ref().unwrap().place;
        assert_eq!(&*place.pointer, "/operations/list/paginate/offset/into");
    }
    // What is no version of the only document that there is does not stand for it.
    let outcome = with_spec(SPEC, &new, "other.json");
    assert!(outcome.value.is_none());
    let [error] = &outcome.diagnostics[..] else { panic!("{:?}", outcome.diagnostics) };
    assert_eq!(error.message, "no spec has `other.json` as its document");
    // What the spec does not use breaks nothing.
    let mut new = document();
    new["paths"].as_object_mut().unwrap().shift_remove("/things/{id}");
    let found = with_spec(SPEC, &new, "copy.json").value.unwrap();
    assert!(found.specs.unwrap().breaks.is_empty());
    assert_eq!(found.changes.len(), 1);
}

#[test]
fn specs_that_were_wrong_already_say_so() {
    let specs = with_spec(&SPEC.replace("body", "body.x"), &document(), "copy.json");
    let specs = specs.value.unwrap().specs.unwrap();
    assert_eq!((specs.before.len(), specs.breaks.len()), (1, 0));
}

#[test]
fn whatever_a_version_lacks() {
    // Every part of the new version is something else once: changes or findings, never a panic.
    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        let children: Vec<(String, &Value)> = match value {
            Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
            Value::Array(list) => {
                list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect()
            }
            _ => return,
        };
        for (key, child) in children {
            let at = format!("{at}/{}", pointer::escape(&key));
            pointers(child, &at, found);
            found.push(at);
        }
    }
    let old = document();
    let mut all = Vec::new();
    pointers(&old, "", &mut all);
    let odd = [json!(null), json!(7), json!("x"), json!([]), json!({})];
    for (number, pointer) in all.iter().enumerate() {
        let mut new = old.clone();
        *new.pointer_mut(pointer).unwrap() = odd[number % odd.len()].clone();
        for (a, b) in [(&old, &new), (&new, &old)] {
            let mut sources = Sources::new()
                .with_file("old.json", a.to_string())
                .with_file("new.json", b.to_string());
            let options = DiffOptions {
                old: "old.json".into(),
                new: "new.json".into(),
                ..DiffOptions::default()
            };
            let outcome = diff(&options, &mut sources);
            let errors = outcome.diagnostics.iter().any(|d| d.severity == Severity::Error);
            assert_eq!(outcome.value.is_none(), errors, "{pointer}");
        }
    }
}
