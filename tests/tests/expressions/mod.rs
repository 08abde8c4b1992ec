//! The record that expressions are tried on, what the interpreter makes of them, and the crate that runs them.
#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "tests")]

pub(crate) mod cases;
pub(crate) mod generate;

use crate::scratch;
use cel::objects::{Key, Map, Value};
use gusset_compiler::cel::{Backing, EmitCtx, Env, compile, emit};
use gusset_compiler::diagnostics::Diagnostics;
use gusset_compiler::emit::{CrateOptions, WriteMode, crate_files, write};
use gusset_compiler::ir::{Ir, Setting, Ty};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use indexmap::IndexMap;
use serde_json::json;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
      required: [name, age, weight, status, tags, scores, addresses, extra, props, zero, most, least, uint, umost,
                 nothing, ascii, word, moment, leap, year1, spring, old, numbers, rows, anything, counts, yes, no]
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
        zero: {type: integer}
        most: {type: integer}
        least: {type: integer}
        uint: {type: integer, format: uint64}
        umost: {type: integer, format: uint64}
        nothing: {type: number}
        ascii: {type: string}
        word: {type: string}
        moment: {type: string, format: date-time}
        leap: {type: string, format: date-time}
        year1: {type: string, format: date-time}
        spring: {type: string, format: date-time}
        old: {type: string, format: date-time}
        numbers: {type: array, items: {type: integer}}
        rows: {type: array, items: {type: array, items: {type: integer}}}
        anything: {type: array, items: {}}
        counts: {type: object, additionalProperties: {type: integer}}
        yes: {type: boolean}
        no: {type: boolean}
";

/// The record.
pub(crate) fn person() -> serde_json::Value {
    json!({
        "name": "Ada", "age": 42, "weight": 70.5, "status": "open", "nick": null, "city": "Paris", "short": 5,
        "score": "81.5", "tags": ["a", "b", "c"], "scores": [1.0, 2.5], "address": {"zip": "75001"},
        "addresses": [{"zip": "1", "street": "Main"}, {"zip": "2"}], "props": {"kind": "x", "other": null},
        "extra": {"level": 3, "note": "n"},
        "zero": 0, "most": i64::MAX, "least": i64::MIN, "uint": 7, "umost": u64::MAX, "nothing": 0.0,
        "ascii": "The quick brown fox", "word": "Straße 😀e\u{301}",
        "moment": "2026-11-22T13:14:15.016Z", "leap": "2024-02-29T12:00:00Z", "year1": "0001-01-01T00:00:00Z",
        "spring": "2026-03-29T00:59:59Z", "old": "1969-12-31T23:59:59.5Z",
        "numbers": [3, 1, 2, 3], "rows": [[1, 2], [], [3]], "anything": ["x", "y"], "counts": {"a": 1, "b": 2},
        "yes": true, "no": false
    })
}

const TIMES: &[&str] = &["moment", "leap", "year1", "spring", "old"];

/// As the interpreter sees a member: null is absent, numbers are not in text, times are times.
fn interpreted(name: &str, value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(b) => Value::Bool(*b),
        serde_json::Value::Number(n) if name.starts_with('u') => Value::UInt(n.as_u64().unwrap()),
        serde_json::Value::Number(n) if n.is_f64() => Value::Float(n.as_f64().unwrap()),
        serde_json::Value::Number(n) => Value::Int(n.as_i64().unwrap()),
        serde_json::Value::String(text) if name == "score" => Value::Float(text.parse().unwrap()),
        serde_json::Value::String(text) if TIMES.contains(&name) => time(text),
        serde_json::Value::String(text) => text.as_str().into(),
        serde_json::Value::Array(items) => {
            Value::List(Arc::new(items.iter().map(|item| interpreted("", item)).collect()))
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().filter(|(_, v)| !v.is_null());
            let map: HashMap<Key, Value> = members
                .map(|(k, v)| (Key::String(Arc::new(k.clone())), interpreted(k, v)))
                .collect();
            Value::Map(Map { map: Arc::new(map) })
        }
    }
}

fn time(text: &str) -> Value {
    let env = Arc::new(cel::Env::stdlib());
    let program = env.compile(&format!("timestamp('{text}')")).unwrap();
    program.execute(&cel::Context::with_env(env)).unwrap()
}

/// The interpreter, with the extensions of CEL.
pub(crate) struct Interpreter {
    env: Arc<cel::Env>,
    source: Value,
}

impl Interpreter {
    pub(crate) fn new() -> Self {
        let mut env = cel::Env::stdlib();
        env.add_extension(cel::extensions::strings).unwrap();
        env.add_extension(cel::extensions::math).unwrap();
        env.add_extension(cel::extensions::lists).unwrap();
        env.add_extension(cel::extensions::encoders).unwrap();
        Interpreter { env: Arc::new(env), source: interpreted("", &person()) }
    }

    /// What it gives, as JSON text; errors are all alike.
    pub(crate) fn value(&self, text: &str) -> String {
        let mut context = cel::Context::with_env(Arc::clone(&self.env));
        context.add_variable_from_value("source", self.source.clone());
        let Ok(program) = self.env.compile(text) else { return "no program".to_owned() };
        let value = program.execute(&context).ok().and_then(|value| value.json().ok());
        value.map_or_else(|| "error".to_owned(), |value| value.to_string())
    }
}

/// Types of the record, and how expressions over it are compiled.
pub(crate) struct World {
    /// Of the crate that runs: tests share a target folder, where each needs a binary of its own.
    name: String,
    folder: PathBuf,
    ir: Ir,
}

impl World {
    /// Writes the crate of the record's types below a fresh folder.
    pub(crate) fn new(name: &str) -> World {
        let folder = scratch::empty(name);
        std::fs::create_dir_all(folder.join("specs")).unwrap();
        std::fs::write(folder.join("specs/integration.yaml"), INTEGRATION).unwrap();
        std::fs::write(folder.join("specs/openapi.yaml"), DOCUMENT).unwrap();
        let mut sources = Sources::new();
        let input =
            Input { specs: vec![folder.join("specs/integration.yaml")], ..Input::default() };
        let checked = check(&input, &mut sources);
        let ir = checked.value.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
        let units = gusset_compiler::compile(&input, &mut sources).value.unwrap();
        let options = CrateOptions::default();
        let files: Vec<_> = units.iter().flat_map(|unit| crate_files(unit, &options)).collect();
        write(&folder, &files, WriteMode::Write).unwrap();
        World { name: name.to_owned(), folder, ir }
    }

    /// The Rust of an expression over emitted structs, or over JSON.
    pub(crate) fn compile(&self, text: &str, json: bool) -> Result<String, String> {
        let types = &self.ir.types;
        let (person, _) = types.iter().find(|(_, d)| d.name.as_deref() == Some("Person")).unwrap();
        let place = &self.ir.integrations.first().unwrap().place;
        let settings: IndexMap<String, Setting> = IndexMap::new();
        let env = match json {
            false => Env::new().with("source", Ty::Record(person)),
            true => Env::new().with_backing("result", Ty::Record(person), Backing::Json),
        };
        let text = if json { text.replace("source", "result") } else { text.to_owned() };
        let mut diagnostics = Diagnostics::new();
        let expr = compile(&text, place, &env, types, None, &mut diagnostics);
        let found = diagnostics.finish();
        let ctx = match json {
            false => EmitCtx::source(types, &settings),
            true => EmitCtx::result(types),
        };
        expr.map(|expr| emit(&expr, &ctx).tokens.to_string())
            .ok_or_else(|| found.iter().map(|d| format!("{} {}", d.code, d.message)).collect())
    }

    /// Builds and runs the expressions, and gives what each prints.
    pub(crate) fn run(&self, expressions: &[String]) -> Vec<String> {
        let mut main = MAIN.to_owned();
        let parts: Vec<&[String]> = expressions.chunks(40).collect();
        for n in 0..parts.len() {
            main.push_str(&format!("    part{n}(&person, &json);\n"));
        }
        main.push_str("}\n");
        for (n, part) in parts.iter().enumerate() {
            main.push_str(&format!(
                "\nfn part{n}(source: &people::types::Person, result: &Value) {{\n    let _ = (source, result);\n"
            ));
            for tokens in *part {
                main.push_str(&format!("    show((|| Ok({tokens}))());\n"));
            }
            main.push_str("}\n");
        }
        main.push_str(&format!("\nconst PERSON: &str = {:?};\n", person().to_string()));
        binary(&self.folder, &self.name, &main);
        let output = scratch::run(&self.folder, &["people", "shown"]);
        let failure = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{failure}");
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }
}

const MAIN: &str = "//! Prints what expressions give.
#![allow(unused_parens, unused_braces)]

use gusset::serde_json::{Value, from_str, to_string};

fn show<T: gusset::serde::Serialize>(value: Result<T, gusset::cel::Error>) {
    println!(\"{}\", value.map_or_else(|_| \"error\".to_owned(), |v| to_string(&v).unwrap_or_default()));
}

fn main() {
    let json: Value = from_str(PERSON).unwrap_or_default();
    let person: people::types::Person = match from_str(PERSON) {
        Ok(person) => person,
        Err(error) => return println!(\"{error}\"),
    };
";

fn binary(folder: &Path, name: &str, main: &str) {
    let shown = folder.join("shown");
    std::fs::create_dir_all(shown.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n\
         gusset.workspace = true\npeople = {{ path = \"../people\" }}\n"
    );
    std::fs::write(shown.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(shown.join("src/main.rs"), main).unwrap();
}
