//! One document: its types become a program, which decodes and encodes what it is given.

use crate::compare::{Difference, difference, short};
use crate::examples::{self, Found, target};
use crate::json_schema::{Schemas, Validators};
use crate::one_way::leads_elsewhere;
use crate::random::Random;
use crate::{Options, report::Outcome};
use gusset_compiler::diagnostics::{Diagnostics, Severity, Style, render};
use gusset_compiler::emit::{
    CrateOptions, SpelledSchema, Unit, WriteMode, both_ways, crate_files, write,
};
use gusset_compiler::ir::IntegrationId;
use gusset_compiler::openapi::Document;
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, UnknownMembers};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A value that is to come back.
struct Trip {
    ty: usize,
    value: Value,
    /// Of which schema it is, and in which direction, where that makes a difference.
    schema: String,
    requests: Option<bool>,
    place: String,
    random: bool,
}

/// Tries all of a document.
pub(crate) fn run(path: &Path, options: &Options) -> Result<Outcome, String> {
    let document = load(path)?;
    let Found { examples, schemas } = examples::find(&document);
    let (unit, spelled) = types(path, options)?;
    let types = Types::new(&document, spelled);

    let mut outcome = Outcome::default();
    let converted = Schemas::new(&document);
    let registry = converted.registry()?;
    let mut validators = converted.validators(&registry);
    let mut table: Vec<String> = Vec::new();
    let mut trips = Vec::new();
    outcome.examples = examples.len();
    for example in examples {
        let Some((rust, requests)) = types.of(&example.schema, example.requests) else {
            outcome.untyped.push(example.place);
            continue;
        };
        let value = meant(&mut validators, &example.schema, example.value);
        match validators.fault(&example.schema, &value) {
            Ok(None) => {}
            Ok(Some(why)) => {
                let why: String = why.chars().take(300).collect();
                outcome.invalid.push(format!("{}: {why}", example.place));
                continue;
            }
            Err(why) => {
                outcome.unusable.push(format!("{}: {why}", example.schema));
                continue;
            }
        }
        let ty = index(&mut table, rust);
        let (schema, place) = (example.schema, example.place);
        trips.push(Trip { ty, value, schema, requests, place, random: false });
    }
    if options.random > 0 {
        let mut random = Random::new(&converted.document, 1);
        for (place, requests) in &schemas {
            let Some((rust, requests)) = types.of(place, *requests) else { continue };
            let ty = index(&mut table, rust);
            let make = || random.instance(place, requests);
            let values = instances(make, &mut validators, place, options.random);
            outcome.schemas += 1;
            outcome.without_instance += usize::from(values.is_empty());
            let (schema, place) = (place.clone(), place.clone());
            let trip = |value| Trip {
                ty,
                value,
                schema: schema.clone(),
                requests,
                place: place.clone(),
                random: true,
            };
            trips.extend(values.into_iter().map(trip));
        }
    }
    if !trips.is_empty() {
        let program = build(&unit, &table)?;
        for (trip, answer) in trips.iter().zip(answers(&program, &trips)?) {
            let kind = if trip.random { &mut outcome.random } else { &mut outcome.trips };
            kind.0 += 1;
            match judge(&document, trip, &answer) {
                None => kind.1 += 1,
                Some((reason, what)) => {
                    let origin = if trip.random { "random" } else { "example" };
                    let line =
                        format!("{origin}: {reason}: {} ({}): {what}", trip.place, table[trip.ty]);
                    outcome.exceptions.push((reason, line));
                }
            }
        }
    }
    Ok(outcome)
}

fn index(table: &mut Vec<String>, rust: &str) -> usize {
    table.iter().position(|known| known == rust).unwrap_or_else(|| {
        table.push(rust.to_owned());
        table.len() - 1
    })
}

/// The document as its types were made of it: of OpenAPI 2.0, in the shape of 3.0.
fn load(path: &Path) -> Result<Value, String> {
    let mut sources = Sources::new();
    let mut found = Diagnostics::new();
    let document = Document::load(&mut sources, path, None, None, &mut found);
    // What a finding means is seen where types are made of the document.
    let _ = found.finish();
    let document = document.ok_or("it cannot be read")?;
    let root = document.node(&document.root()).ok_or("it is empty")?;
    let mut value = root.value.to_value();
    if value.get("definitions").is_none() {
        point_to_components(&mut value);
    }
    Ok(value)
}

/// References into the shape of OpenAPI 2.0 lead to where its parts are now.
fn point_to_components(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(point_to_components),
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                let sections = [("definitions", "schemas"), ("responses", "responses")];
                for (old, new) in sections {
                    if let Some(name) = reference.strip_prefix(&format!("#/{old}/")) {
                        *reference = format!("#/components/{new}/{name}");
                    }
                }
            }
            members.values_mut().for_each(point_to_components);
        }
        _ => {}
    }
}

/// What an example means: JSON that is written as text, where the schema allows what the text says.
fn meant(validators: &mut Validators<'_>, schema: &str, value: Value) -> Value {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    match parsed.filter(|parsed| parsed.is_object() || parsed.is_array()) {
        Some(parsed) if validators.fault(schema, &parsed) == Ok(None) => parsed,
        _ => value,
    }
}

/// Instances that the schema allows, all different.
fn instances(
    mut make: impl FnMut() -> Option<Value>,
    validators: &mut Validators<'_>,
    place: &str,
    wanted: usize,
) -> Vec<Value> {
    let mut values = Vec::new();
    for _ in 0..wanted * 3 {
        if values.len() == wanted {
            break;
        }
        let Some(value) = make() else { continue };
        if !values.contains(&value) && validators.fault(place, &value) == Ok(None) {
            values.push(value);
        }
    }
    values
}

/// What came back, judged; a reason for the report, and what it is.
fn judge(document: &Value, trip: &Trip, answer: &str) -> Option<(&'static str, String)> {
    let value = match answer.split_at_checked(1) {
        Some(("=", text)) => serde_json::from_str(text).map_err(|error| error.to_string()),
        Some((_, error)) => Err(error.to_owned()),
        None => Err("no answer".to_owned()),
    };
    match value {
        Err(error) => Some(("does not decode", format!("{error}: {}", short(&trip.value)))),
        Ok(value) => difference("", &trip.value, &value).map(|found| match found {
            Difference::Lost(path, what) => {
                let elsewhere = |requests| leads_elsewhere(document, &trip.schema, &path, requests);
                let reason = match trip.requests {
                    Some(true) if elsewhere(true) => "read-only, but sent",
                    Some(false) if elsewhere(false) => "write-only, but received",
                    _ => "a member is lost",
                };
                (reason, format!("{path} = {what}"))
            }
            Difference::Added(what) => ("a member is added", what),
            Difference::Changed(what) => ("a value changes", what),
        }),
    }
}

/// The types of the schemas of a document.
struct Types<'a> {
    document: &'a Value,
    known: HashMap<(String, Option<bool>), String>,
}

impl<'a> Types<'a> {
    fn new(document: &'a Value, spelled: Vec<SpelledSchema>) -> Self {
        let known =
            spelled.into_iter().map(|s| ((s.place.pointer.to_string(), s.requests), s.rust));
        Types { document, known: known.collect() }
    }

    /// The type of a schema, and its direction, where that makes a difference.
    fn of(&self, place: &str, requests: Option<bool>) -> Option<(&String, Option<bool>)> {
        let place = target(self.document, place)?;
        let known = |requests| {
            let rust = self.known.get(&(place.clone(), requests))?;
            Some((rust, requests))
        };
        match requests {
            Some(_) => known(None).or_else(|| known(requests)),
            None => known(None).or_else(|| known(Some(false))).or_else(|| known(Some(true))),
        }
    }
}

/// The document's types, each of which can be sent and received.
fn types(path: &Path, options: &Options) -> Result<(Unit, Vec<SpelledSchema>), String> {
    let mut sources = Sources::new();
    let unknown_members =
        if options.ignore_unknown { UnknownMembers::Ignore } else { UnknownMembers::Keep };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name = Some(format!("roundtrip_{}", stem.chars().map(word).collect::<String>()));
    let alone = Alone { name, path: path.to_owned(), unknown_members, ..Alone::default() };
    let input = Input { alone: vec![alone], ..Input::default() };
    let outcome = gusset_compiler::check(&input, &mut sources);
    let Some(ir) = outcome.value else {
        let errors = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let shown: Vec<String> = errors.map(|d| render(d, &sources, Style::Plain)).collect();
        return Err(shown.join("\n"));
    };
    let both = both_ways(ir, IntegrationId(0), &sources);
    let main = sources.files().position(|file| file.file_name() == path.file_name());
    let mut schemas = both.schemas;
    schemas.retain(|schema| {
        Some(sources.path(schema.place.file)) == main.and_then(|at| sources.files().nth(at))
    });
    Ok((both.unit, schemas))
}

/// Builds the program that makes the trips.
fn build(unit: &Unit, table: &[String]) -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let folder = root.join("target/roundtrip").join(&unit.name);
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let files = crate_files(unit, &CrateOptions::default());
    write(&folder, &files, WriteMode::Write).map_err(|error| error.to_string())?;
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{name:?}]\n\n[workspace.package]\nversion = \"0.0.0\"\n\
         edition = \"2024\"\nrust-version = \"1.90\"\nlicense = \"MIT OR Apache-2.0\"\n\n\
         [workspace.dependencies]\ngusset = {{ path = {runtime:?} }}\n\n\
         [workspace.lints.rust]\nunused = \"allow\"\n\n[profile.dev]\ndebug = \"line-tables-only\"\n[profile.dev.package.{name:?}]\ndebug = false\n\
         [profile.dev.package.\"*\"]\ndebug = false\n",
        name = unit.name,
        runtime = root.join("runtime"),
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    std::fs::write(folder.join(&unit.name).join("src/main.rs"), program(&unit.name, table))
        .unwrap();
    let target = root.join("target");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet", "--color=never"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(|error| error.to_string())?;
    if !built.status.success() {
        let said = String::from_utf8_lossy(&built.stderr).into_owned();
        return Err(said.lines().take(60).collect::<Vec<_>>().join("\n"));
    }
    Ok(target.join("debug").join(&unit.name))
}

/// `INDEX JSON` on each line in; on each line out `=JSON`, or `!` and why not.
fn program(name: &str, table: &[String]) -> String {
    let mut rows = String::new();
    for rust in table {
        let _ = writeln!(rows, "    trip::<{rust}>,");
    }
    format!(
        "//! Decodes and encodes.\n\
         #[allow(unused_imports)]\nuse {name}::types;\nuse gusset::{{serde, serde_json}};\nuse std::io::{{BufRead, Write}};\n\n\
         fn trip<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> Result<String, String> {{\n    \
             let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;\n    \
             serde_json::to_string(&value).map_err(|error| error.to_string())\n}}\n\n\
         const TRIPS: &[fn(&str) -> Result<String, String>] = &[\n{rows}];\n\n\
         fn main() {{\n    let mut out = std::io::BufWriter::new(std::io::stdout().lock());\n    \
             for line in std::io::stdin().lock().lines().map_while(Result::ok) {{\n        \
                 let Some((index, json)) = line.split_once(' ') else {{ continue }};\n        \
                 let index: usize = index.parse().unwrap_or_default();\n        \
                 let _ = match TRIPS[index](json) {{\n            \
                     Ok(json) => writeln!(out, \"={{json}}\"),\n            \
                     Err(error) => writeln!(out, \"!{{}}\", error.replace('\\n', \" \")),\n        \
                 }};\n    }}\n}}\n"
    )
}

/// What the program makes of all trips, in order.
fn answers(program: &Path, trips: &[Trip]) -> Result<Vec<String>, String> {
    let mut lines = String::new();
    for trip in trips {
        let _ = writeln!(lines, "{} {}", trip.ty, trip.value);
    }
    let input = program.with_extension("input");
    std::fs::write(&input, lines).map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .stdin(std::fs::File::open(&input).map_err(|error| error.to_string())?)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let answers: Vec<String> = text.lines().map(str::to_owned).collect();
    if answers.len() != trips.len() {
        return Err(format!("{} answers for {} values: it crashed", answers.len(), trips.len()));
    }
    Ok(answers)
}
