//! Expressions are compiled to Rust, built and run, and must give what the `cel` interpreter gives: once over
//! emitted structs, once over JSON.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use cel::objects::{Key, Map, Value};
use gusset_compiler::cel::{Backing, EmitCtx, Env, compile, emit};
use gusset_compiler::diagnostics::Diagnostics;
use gusset_compiler::emit::{CrateOptions, WriteMode, crate_files, write};
use gusset_compiler::ir::{Ir, Setting, Ty};
use gusset_compiler::source::{Place, Sources};
use gusset_compiler::{Input, check};
use indexmap::IndexMap;
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Expressions over `source`, and where they differ from CEL on purpose, what they give.
const EXPRESSIONS: &[(&str, Option<&str>)] = &[
    // Arithmetic is checked.
    ("source.age + 2 * 3 - 1", None),
    ("source.age / 2", None),
    ("-source.age % 4", None),
    ("source.age / (source.age - source.age)", None),
    ("9223372036854775807 + source.age", None),
    ("source.weight * 2.0 - 0.5 / source.weight", None),
    ("int(source.weight) + int(\"7\")", None),
    ("double(source.age) / 4.0", None),
    ("int(source.name)", None),
    // Comparisons go across kinds of numbers.
    ("source.weight > source.age", None),
    ("source.age == 42.0", None),
    ("source.weight <= 71", None),
    ("source.name < \"b\"", None),
    ("!(source.weight > 1.0)", None),
    // `&&` and `||` hide the error of one side if the other decides.
    ("source.age / 0 == 1 && false", None),
    ("source.age / 0 == 1 || true", None),
    ("true && source.age / 0 == 1", None),
    ("source.tags[9] == \"x\" || source.age == 42", None),
    ("source.age > 40 ? \"old\" : \"young\"", None),
    // Text.
    ("source.name + \"-{\" + string(source.age) + \"}\"", None),
    (
        "source.name.contains(\"d\") && source.name.startsWith(\"A\") && source.name.endsWith(\"a\")",
        None,
    ),
    ("size(source.name)", None),
    ("source.name.lower().upper() == \"ADA\"", Some("true")),
    ("\" a,b \".trim().split(\",\").join(\"+\")", Some("\"a+b\"")),
    ("source.name.replace(\"a\", \"o\")", Some("\"Ado\"")),
    // What may be missing.
    ("source.?nick.orValue(\"none\")", None),
    ("source.?city.orValue(\"none\")", None),
    ("source.?count.orValue(7)", None),
    ("source.?nick.hasValue() || source.?city.hasValue()", None),
    ("has(source.nick) || has(source.city)", None),
    ("has(source.city) && source.city == \"Paris\"", None),
    ("source.?nick.or(source.?city).orValue(\"x\")", None),
    ("source.?address.?street.orValue(\"?\")", None),
    ("source.?address.zip.orValue(\"?\")", None),
    ("source.?nick.value()", None),
    ("optional.ofNonZeroValue(source.age - 42).hasValue()", None),
    ("(source.age > 1 ? optional.of(source.name) : optional.none()).orValue(\"?\")", None),
    ("source.?short.orValue(0) + 1", None),
    ("source.?score.orValue(0.0) >= 80.0", None),
    ("source.extra.?note.orValue(\"\")", None),
    ("source.extra.level == 3", None),
    // Lists, maps and macros.
    ("\"a\" in source.tags && !(\"z\" in source.tags)", None),
    ("source.status in [\"open\", \"closed\"]", None),
    ("source.tags.exists(t, t == \"b\") && source.tags.all(t, size(t) == 1)", None),
    ("source.tags.exists_one(t, t == \"b\")", None),
    ("source.tags.map(t, t + \"!\")", None),
    ("source.tags.filter(t, t != \"a\")", None),
    ("source.tags.map(t, t != \"a\", t + t)", None),
    ("size(source.tags.filter(t, t > \"a\").map(t, t + t)) + source.tags.size()", None),
    ("source.scores.exists(s, s / 0.0 > 1.0)", None),
    ("source.scores.map(s, int(s) / (int(s) - 1))", None),
    ("source.tags[1] + source.tags[?7].orValue(\"-\")", None),
    ("source.tags[7]", None),
    ("source.?labels.orValue([]).exists(l, l == \"x\")", None),
    ("source.addresses.filter(a, has(a.street)).size()", None),
    ("source.addresses.exists(a, a.?street.orValue(\"\") == \"Main\")", None),
    ("[1, 2, source.age].map(n, n * 2)", None),
    ("[source.name] + source.tags", None),
    ("{\"k\": source.age}[\"k\"] + {\"k\": 1}[?\"x\"].orValue(1)", None),
    ("source.props.?kind.orValue(\"-\") + source.props[?\"other\"].orValue(\"-\")", None),
    ("source.status == \"open\"", None),
];

const INTEGRATION: &str = "gusset: 1
integration: people
document: openapi.yaml
server: https://people.example.com
operations:
  get_person: {id: getPerson}
types:
  Person:
    schema: Person
    refine: {score: number? in string}
    because: a test
";

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: People, version: '1'}
servers: [{url: 'https://people.example.com'}]
paths:
  /person:
    get:
      operationId: getPerson
      responses:
        '200':
          description: A person.
          content: {application/json: {schema: {$ref: '#/components/schemas/Person'}}}
components:
  schemas:
    Address:
      type: object
      required: [zip]
      properties: {street: {type: string}, zip: {type: string}}
    Props:
      type: object
      properties: {kind: {type: string}}
      additionalProperties: {type: string, nullable: true}
    Person:
      type: object
      required: [name, age, weight, status, tags, scores, addresses, extra, props]
      properties:
        name: {type: string}
        age: {type: integer}
        weight: {type: number}
        status: {type: string, enum: [open, closed]}
        nick: {type: string, nullable: true}
        city: {type: string}
        count: {type: integer}
        short: {type: integer, format: int32}
        score: {type: string}
        tags: {type: array, items: {type: string}}
        labels: {type: array, items: {type: string}}
        scores: {type: array, items: {type: number}}
        address: {$ref: '#/components/schemas/Address'}
        addresses: {type: array, items: {$ref: '#/components/schemas/Address'}}
        props: {$ref: '#/components/schemas/Props'}
        extra: {}
";

fn person() -> serde_json::Value {
    json!({
        "name": "Ada", "age": 42, "weight": 70.5, "status": "open", "nick": null, "city": "Paris", "short": 5,
        "score": "81.5", "tags": ["a", "b", "c"], "scores": [1.0, 2.5], "address": {"zip": "75001"},
        "addresses": [{"zip": "1", "street": "Main"}, {"zip": "2"}], "props": {"kind": "x", "other": null},
        "extra": {"level": 3, "note": "n"}
    })
}

/// As the interpreter sees it: null is absent, and numbers are not in text.
fn interpreted(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(b) => Value::Bool(*b),
        serde_json::Value::Number(n) => {
            n.as_i64().map_or_else(|| Value::Float(n.as_f64().unwrap()), Value::Int)
        }
        serde_json::Value::String(text) if text == "81.5" => Value::Float(81.5),
        serde_json::Value::String(text) => text.as_str().into(),
        serde_json::Value::Array(items) => {
            Value::List(Arc::new(items.iter().map(interpreted).collect()))
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().filter(|(_, v)| !v.is_null());
            let map: HashMap<Key, Value> =
                members.map(|(k, v)| (Key::String(Arc::new(k.clone())), interpreted(v))).collect();
            Value::Map(Map { map: Arc::new(map) })
        }
    }
}

/// What the interpreter gives, as JSON text; errors are all alike.
fn interpret(text: &str) -> String {
    let env = Arc::new(cel::Env::stdlib());
    let mut context = cel::Context::with_env(Arc::clone(&env));
    context.add_variable_from_value("source", interpreted(&person()));
    let program = env.compile(text).unwrap();
    program
        .execute(&context)
        .map_or_else(|_| "error".to_owned(), |value| value.json().unwrap().to_string())
}

/// Statements that print what the expression gives, over emitted structs and over JSON.
fn statements(ir: &Ir, place: &Place, text: &str) -> [String; 2] {
    let (person, _) = ir.types.iter().find(|(_, d)| d.name.as_deref() == Some("Person")).unwrap();
    let settings: IndexMap<String, Setting> = IndexMap::new();
    let typed = Env::new().with("source", Ty::Record(person));
    let over_json = Env::new().with_backing("result", Ty::Record(person), Backing::Json);
    let compiled = |text: &str, env: &Env| {
        let mut diagnostics = Diagnostics::new();
        let expr = compile(text, place, env, &ir.types, None, &mut diagnostics);
        let found = diagnostics.finish();
        expr.unwrap_or_else(|| panic!("{text}: {found:?}"))
    };
    let json = text.replace("source", "result");
    let first = emit(&compiled(text, &typed), &EmitCtx::source(&ir.types, &settings)).tokens;
    let second = emit(&compiled(&json, &over_json), &EmitCtx::result(&ir.types)).tokens;
    [first, second].map(|tokens| format!("    show((|| Ok({tokens}))());\n"))
}

const MAIN: &str = "//! Prints what expressions give.

use gusset::serde_json::{Value, from_str, to_string};

fn show<T: gusset::serde::Serialize>(value: Result<T, gusset::cel::Error>) {
    println!(\"{}\", value.map_or_else(|_| \"error\".to_owned(), |v| to_string(&v).unwrap_or_default()));
}

fn main() {
    let json: Value = from_str(PERSON).unwrap_or_default();
    let result = &json;
    let person: people::types::Person = match from_str(PERSON) {
        Ok(person) => person,
        Err(error) => return println!(\"{error}\"),
    };
    let source = &person;
";

#[test]
fn compiled_expressions_give_what_the_interpreter_gives() {
    let folder = scratch::empty("cel-run");
    std::fs::create_dir_all(folder.join("specs")).unwrap();
    std::fs::write(folder.join("specs/integration.yaml"), INTEGRATION).unwrap();
    std::fs::write(folder.join("specs/openapi.yaml"), DOCUMENT).unwrap();
    let mut sources = Sources::new();
    let input = Input { specs: vec![folder.join("specs/integration.yaml")], ..Input::default() };
    let checked = check(&input, &mut sources);
    let ir = checked.value.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    let units = gusset_compiler::compile(&input, &mut sources).value.unwrap();
    let options = CrateOptions::default();
    let files: Vec<_> = units.iter().flat_map(|unit| crate_files(unit, &options)).collect();
    write(&folder, &files, WriteMode::Write).unwrap();

    let place = ir.integrations.first().unwrap().place.clone();
    let mut main = MAIN.to_owned();
    for (text, _) in EXPRESSIONS {
        main.extend(statements(&ir, &place, text));
    }
    main.push_str(&format!("}}\n\nconst PERSON: &str = {:?};\n", person().to_string()));
    binary(&folder, &main);

    let output = scratch::run(&folder, &["people", "shown"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut lines = printed.lines();
    let mut wrong = Vec::new();
    for (text, told) in EXPRESSIONS {
        let wanted = told.map_or_else(|| interpret(text), str::to_owned);
        for over in ["structs", "JSON"] {
            let found = lines.next().unwrap_or("nothing");
            if found != wanted {
                wrong.push(format!("{text} over {over} is {found}, should be {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn binary(folder: &Path, main: &str) {
    let shown = folder.join("shown");
    std::fs::create_dir_all(shown.join("src")).unwrap();
    let manifest = "[package]\nname = \"shown\"\nedition = \"2024\"\n\n[dependencies]\n\
                    gusset.workspace = true\npeople = { path = \"../people\" }\n";
    std::fs::write(shown.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(shown.join("src/main.rs"), main).unwrap();
}
