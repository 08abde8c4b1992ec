//! Answers: their statuses, media types and headers.

use super::{check, document, said};
use serde_json::{Value, json};

/// `GET /t` is answered with that.
fn answered(responses: Value) -> Value {
    let mut document = document();
    document["paths"] = json!({"/t": {"get": {"operationId": "t", "responses": responses}}});
    document
}

fn of(schema: Value) -> Value {
    json!({"description": "ok", "content": {"application/json": {"schema": schema}}})
}

fn media(types: &[&str]) -> Value {
    let content: serde_json::Map<String, Value> =
        types.iter().map(|media| ((*media).to_owned(), json!({}))).collect();
    json!({"200": {"description": "ok", "content": content}})
}

#[track_caller]
fn compare(old: Value, new: Value, expected: &[&str]) {
    assert_eq!(said(&answered(old), &answered(new)), expected);
}

#[test]
fn answers_are_matched_by_status() {
    let a = || of(json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    let b = || of(json!({"type": "object", "properties": {"b": {"type": "string"}}}));
    let new = "+ answer_added [GET /t] response the answer `202` is new";
    let gone = "! answer_removed [GET /t] response the answer `202` is gone";
    // Of one type, and of two.
    compare(json!({"200": a()}), json!({"200": a(), "202": a()}), &[new]);
    compare(json!({"200": a()}), json!({"200": a(), "202": b()}), &[new]);
    compare(json!({"200": a(), "202": a()}), json!({"200": a()}), &[gone]);
    compare(json!({"200": a(), "202": b()}), json!({"200": a()}), &[gone]);
    compare(
        json!({"200": a(), "202": b()}),
        json!({"200": b(), "202": b()}),
        &[
            "! field_removed [GET /t] response body.a is gone",
            "+ field_added [GET /t] response body.b is new",
        ],
    );
    // What several are together is told once.
    let nothing = json!({"description": "none"});
    compare(
        json!({"200": a(), "201": a()}),
        json!({"200": a(), "201": a(), "204": nothing}),
        &[
            "! null_allowed [GET /t] response body may be null now",
            "+ answer_added [GET /t] response the answer `204` is new",
        ],
    );
}

#[test]
fn the_only_answer_may_get_another_status() {
    let a = || of(json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    compare(
        json!({"200": a()}),
        json!({"201": a()}),
        &["! status_changed [GET /t] response was given with 200, and is with 201"],
    );
    compare(
        json!({"2XX": a()}),
        json!({"201": a()}),
        &["+ status_changed [GET /t] response was given with 2XX, and is with 201"],
    );
}

#[test]
fn media_types_of_answers() {
    compare(
        media(&["application/pdf"]),
        media(&["image/png"]),
        &[
            "! media_removed [GET /t] response is no longer given as application/pdf",
            "+ media_added [GET /t] response is given as image/png",
        ],
    );
    let thing = |media: &str| json!({"200": {"description": "ok", "content": {media: {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}});
    compare(
        thing("application/json"),
        thing("application/vnd.x+json"),
        &[
            "! media_removed [GET /t] response is no longer given as application/json",
            "+ media_added [GET /t] response is given as application/vnd.x+json",
        ],
    );
    // One more, which is even taken before the other.
    compare(
        media(&["application/xml"]),
        media(&["application/xml", "application/json"]),
        &["+ media_added [GET /t] response is given as application/json"],
    );
    // Less vague, and read the same.
    compare(thing("*/*"), thing("application/json"), &[]);
    compare(thing("application/json"), thing("application/json; charset=utf-8"), &[]);
}

#[test]
fn types_of_headers() {
    let with = |schema: Value| json!({"200": {"description": "ok", "headers": {"X-Left": {"schema": schema}}}});
    let list = json!({"type": "array", "items": {"type": "integer"}});
    compare(
        with(json!({"type": "integer"})),
        with(json!({"type": "string"})),
        &["! type_changed [GET /t] response header.x-left was an integer, and is text"],
    );
    compare(
        with(json!({"type": "number"})),
        with(json!({"type": "integer"})),
        &["+ type_changed [GET /t] response header.x-left was a number, and is an integer"],
    );
    compare(
        with(json!({"type": "integer"})),
        with(list),
        &[
            "! type_changed [GET /t] response header.x-left was an integer, and is a list of integers",
        ],
    );
}

#[test]
fn paths_that_differ_in_names_only() {
    let mut old = document();
    let answer = |kind: &str| json!({"get": {"responses": {"200": of(json!({"type": kind}))}}});
    old["paths"] = json!({"/a/{x}": answer("string"), "/a/{y}": answer("boolean")});
    assert_eq!(said(&old, &old), [""; 0]);
    let mut new = old.clone();
    new["paths"] = json!({"/a/{z}": answer("string"), "/a/{y}": answer("boolean")});
    // Undescribed parameters take part, too.
    assert_eq!(
        said(&old, &new),
        [
            "+ parameter_renamed [GET /a/{z}] path.x is called `z` now; specs name it, requests do not"
        ]
    );
}

#[test]
fn one_name_for_types_of_two_kinds() {
    let patch = |new: &mut Value, schema: Value| {
        new["paths"]["/things/{id}"]["patch"]["requestBody"]["content"]["application/json"]["schema"] =
            schema;
    };
    let mut old = document();
    patch(&mut old, json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    let mut new = document();
    let one = |name: &str| json!({"type": "object", "required": [name], "properties": {name: {"type": "string"}}});
    patch(&mut new, json!({"oneOf": [one("a"), one("b")]}));
    assert_eq!(
        said(&old, &new),
        [
            "! type_changed [PATCH /things/{id}] request body was `ChangeBody`, an object, and is `ChangeBody`, one of \
          several types"
        ]
    );
    check(|_| {}, &[]);
}
