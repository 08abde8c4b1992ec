//! Limits, members that are not declared, and choices.

use super::{BOTH, PATCH, check, document, said};
use serde_json::{Value, json};

/// A member of the thing, which is sent and received.
fn member(schema: Value) -> Value {
    let mut document = document();
    document["components"]["schemas"]["Thing"]["properties"]["m"] = schema;
    document
}

#[track_caller]
fn compare(old: Value, new: Value, expected: &[String]) {
    assert_eq!(said(&member(old), &member(new)), expected);
}

/// What is said of both directions.
fn both(received: &str, sent: &str, kind: &str, message: &str) -> [String; 2] {
    let of = |effect: &str, operations: &str, root: &str| {
        format!("{effect} {kind} {operations} {root}.m{message}")
    };
    [of(received, BOTH, "response body[]"), of(sent, PATCH, "request body")]
}

#[test]
fn limits_of_members() {
    let tighter = |message: &str| {
        let [received, sent] = both("+", "!", "bounds_changed", message);
        [received, sent]
    };
    let wider = |message: &str| both("!", "+", "bounds_changed", message);
    compare(
        json!({"type": "integer", "maximum": 100}),
        json!({"type": "integer", "maximum": 1}),
        &tighter(" was to 100, and is to 1"),
    );
    let list = |most: u8| json!({"type": "array", "items": {"type": "string"}, "maxItems": most});
    compare(list(9), list(3), &tighter(" was to 9 elements, and is to 3 elements"));
    compare(list(3), list(9), &wider(" was to 3 elements, and is to 9 elements"));
    compare(
        json!({"type": "array", "items": {"type": "string"}}),
        json!({"type": "array", "items": {"type": "string", "minLength": 2}}),
        &tighter("[] was without bounds, and is from 2 characters"),
    );
    compare(
        json!({"type": "number", "minimum": 0}),
        json!({"type": "number", "minimum": 0, "exclusiveMinimum": true}),
        &tighter(" was from 0, and is more than 0"),
    );
    compare(
        json!({"type": "integer", "multipleOf": 5}),
        json!({"type": "integer", "multipleOf": 10}),
        &tighter(" was a multiple of 5, and is a multiple of 10"),
    );
    let [received, sent] =
        both("+", "!", "pattern_changed", " had to match nothing, and has to match `^a`");
    compare(
        json!({"type": "string"}),
        json!({"type": "string", "pattern": "^a"}),
        &[received, sent],
    );
    let text =
        |least: u8, most: u8| json!({"type": "string", "minLength": least, "maxLength": most});
    let message = " was from 2 to 4 characters, and is from 3 to 5 characters";
    compare(text(2, 4), text(3, 5), &both("!", "!", "bounds_changed", message));
    // Nothing is no border of a count.
    compare(json!({"type": "string"}), json!({"type": "string", "minLength": 0}), &[]);
}

#[test]
fn limits_of_parameters() {
    let query = |new: &mut Value, schema: Value| {
        new["paths"]["/things"]["get"]["parameters"] =
            json!([{"name": "q", "in": "query", "schema": schema}]);
    };
    let (mut old, mut new) = (document(), document());
    query(&mut old, json!({"type": "string"}));
    query(&mut new, json!({"type": "string", "maxLength": 8}));
    assert_eq!(
        said(&old, &new),
        ["! bounds_changed [GET /things] query.q was without bounds, and is to 8 characters"]
    );
}

#[test]
fn members_that_are_not_declared() {
    let object = |rest: Option<Value>| {
        let mut schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        if let Some(rest) = rest {
            schema["additionalProperties"] = rest;
        }
        schema
    };
    let typed = || object(Some(json!({"type": "string"})));
    let (closed, anything) = (|| object(Some(json!(false))), || object(Some(json!(true))));
    for open in [typed(), anything()] {
        compare(open.clone(), closed(), &both("!", "!", "others_removed", ".* are gone"));
        compare(closed(), open, &both("+", "+", "others_added", ".* are new"));
    }
    // Who does not say allows any, and nobody reads them.
    compare(object(None), closed(), &both("+", "!", "others_removed", ".* are gone"));
    compare(object(None), anything(), &[]);
    let message = ".* were of any type, and are text";
    compare(object(None), typed(), &both("+", "!", "type_changed", message));
    let message = ".* were text, and are of any type";
    compare(typed(), object(None), &both("!", "+", "type_changed", message));
}

#[test]
fn choices_hold_what_was_there() {
    let list = |kind: &str| json!({"type": "array", "items": {"type": kind}});
    let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let union = |first: Value| json!({"oneOf": [first, object.clone()]});
    let message = " was a list of an integer, and is `ThingM`";
    compare(list("integer"), union(list("string")), &both("!", "!", "type_changed", message));
    compare(list("integer"), union(list("integer")), &both("!", "+", "type_changed", message));
    // What changed inside the choice is told, too.
    check(
        |new| {
            let schemas = &mut new["components"]["schemas"];
            schemas["Other"] = json!({"type": "object", "required": ["o"], "properties": {"o": {"type": "string"}}});
            schemas["Thing"]["properties"]["parent"] = json!({"oneOf": [
                {"$ref": "#/components/schemas/Thing"}, {"$ref": "#/components/schemas/Other"},
            ]});
        },
        &[
            &format!(
                "! type_changed {BOTH} response body[].parent was `Thing`, and is `ThingParent`"
            ),
            &format!(
                "+ type_changed {PATCH} request body.parent was `Thing`, and is `ThingParent`"
            ),
        ],
    );
}
