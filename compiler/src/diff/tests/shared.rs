//! What several operations share is told once.

use super::{document, found, said};
use crate::source::Sources;
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn a_requirement_of_the_whole_document_is_one_change() {
    let old = document();
    let mut new = old.clone();
    let key = new["components"]["securitySchemes"]["key"].take();
    new["components"]["securitySchemes"] = json!({"token": key});
    new["security"] = json!([{"token": []}]);
    let all = "[GET /things, PATCH /things/{id}]";
    assert_eq!(
        said(&old, &new),
        [
            format!("! security_removed {all} security `key` is no longer enough"),
            format!("+ security_added {all} security `token` is enough now"),
        ]
    );
    let place = found(&old, &new).changes[0].new.clone().unwrap();
    assert_eq!(&*place.pointer, "/security");
}

/// Types in a row, each a part of the one before it; operations read the first of them.
fn chain(length: usize, kind: &str) -> Value {
    let mut document = document();
    let name = |number: usize| format!("T{number}");
    let target = |number: usize| json!({"$ref": format!("#/components/schemas/{}", name(number))});
    for number in 0..length {
        document["components"]["schemas"][name(number)] = json!({"type": "object", "properties": {
            "next": if number + 1 < length { target(number + 1) } else { json!({"type": "string"}) },
            "value": {"type": kind},
        }});
    }
    let operation = json!({"get": {"responses": {"200": {
        "description": "ok", "content": {"application/json": {"schema": target(0)}},
    }}}});
    document["paths"] = json!({"/a": operation, "/b": operation, "/c": operation});
    document
}

#[test]
fn changes_of_the_same_operations_share_them() {
    let found = found(&chain(60, "string"), &chain(60, "boolean"));
    assert_eq!(found.changes.len(), 60);
    let first = &found.changes[0].operations;
    assert_eq!(first.len(), 3);
    assert!(found.changes.iter().all(|change| Arc::ptr_eq(&change.operations, first)));
}

#[test]
fn specs_are_counted_not_their_documents() {
    let new = document();
    let spec =
        |name: &str| super::SPEC.replace("integration: shop", &format!("integration: {name}"));
    let mut sources = Sources::new()
        .with_file("shop/openapi.json", document().to_string())
        .with_file("new.json", new.to_string())
        .with_file("shop/one.yaml", spec("one"))
        .with_file("shop/two.yaml", spec("two"));
    let options = super::DiffOptions {
        old: "shop/openapi.json".into(),
        new: "new.json".into(),
        specs: vec!["shop/one.yaml".into(), "shop/two.yaml".into()],
        ..super::DiffOptions::default()
    };
    let specs = super::diff(&options, &mut sources).value.unwrap().specs.unwrap();
    assert!(specs.before.is_empty() && specs.breaks.is_empty(), "{specs:?}");
    assert_eq!(specs.integrations, 2);
}
