//! Large documents: what took the square or the cube of their size would be seen here.

use super::*;
use serde_json::{Map, Value, json};

/// Lowers the operation that returns the first of these schemas.
fn lowered(schemas: Map<String, Value>) -> Lowered {
    let schema = json!({"$ref": "#/components/schemas/S0"});
    let content = json!({"application/json": {"schema": schema}});
    let operation = json!({"operationId": "get", "responses": {"200": {"content": content}}});
    let document = json!({
        "openapi": "3.1.0",
        "paths": {"/s": {"get": operation}},
        "components": {"schemas": schemas},
    });
    lower(&document.to_string(), "", &[])
}

#[test]
fn schemas_that_all_refer_to_each_other() {
    const COUNT: usize = 100;
    let to = |i| (format!("f{i}"), json!({"$ref": format!("#/components/schemas/S{i}")}));
    let fields: Map<String, Value> = (0..COUNT).map(to).collect();
    let mut schemas: Map<String, Value> =
        (0..COUNT).map(|i| (format!("S{i}"), json!({"properties": fields}))).collect();
    schemas["S7"]["readOnly"] = json!(true);
    let lowered = lowered(schemas);
    assert_eq!(lowered.found, [""; 0]);
    let structs = lowered.types.iter().filter_map(|(id, _)| lowered.types.as_struct(id));
    let whole = structs.filter(|s| s.fields.len() == COUNT && s.fields[7].read_only);
    assert_eq!(whole.count(), COUNT);
}

#[test]
fn a_long_chain_that_ends_in_a_difference() {
    const LENGTH: usize = 1_500;
    let to = |i| json!({"properties": {"next": {"$ref": format!("#/components/schemas/S{i}")}}});
    let mut schemas: Map<String, Value> =
        (0..LENGTH).map(|i| (format!("S{i}"), to(i + 1))).collect();
    let last = json!({"properties": {"id": {"type": "string", "readOnly": true}}});
    schemas.insert(format!("S{LENGTH}"), last);
    let lowered = lowered(schemas);
    assert_eq!(lowered.found, [""; 0]);
    assert_eq!(lowered.fields(&format!("S{LENGTH}")), "id: Plain");
}

#[test]
fn many_values_of_one_enum() {
    const COUNT: usize = 8_000;
    let values: Vec<String> = (0..COUNT).chain(0..COUNT).map(|i| format!("v{i}")).collect();
    let schemas = Map::from_iter([("S0".to_owned(), json!({"type": "string", "enum": values}))]);
    let lowered = lowered(schemas);
    let (_, def) = lowered.types.iter().find(|(_, d)| d.name.as_deref() == Some("S0")).unwrap();
    let TypeKind::Enum(found) = &def.kind else { unreachable!() };
    assert_eq!(found.variants.len(), COUNT);
}
