//! What commands give to machines as SARIF: logs that its schema allows, with places and changes that hold.

#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: https://api.things.net}]
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
components:
  schemas:
    Page:
      type: object
      properties: {next: {type: string}, things: {type: array, items: {type: object, required: [id], properties: {id: {type: string}}}}}
";

/// An umlaut before what is wrong: columns count characters.
const SPEC: &str = "gusset: 1
integration: things
document: openapi.yaml
limits: {all: {quota: 9 per 1s}}
operations:
  list_things: {id: listThings, paginate: {because: 'ü', items: body.things, cursor: {from: body.nxt, into: query.cursor}}}
";

fn folder(spec: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("specs")).unwrap();
    std::fs::write(folder.path().join("specs/integration.yaml"), spec).unwrap();
    std::fs::write(folder.path().join("specs/openapi.yaml"), DOCUMENT).unwrap();
    folder
}

fn gusset(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gusset"));
    command.args(arguments).args(["--format", "sarif"]).current_dir(folder).output().unwrap()
}

/// The run of a log that the schema of SARIF allows.
#[track_caller]
fn run(output: &Output, status: i32) -> Value {
    static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| {
        // A pattern with a bracket too many, which the errata of SARIF 2.1.0 mend; nothing here is in a language.
        let text = include_str!("schemas/sarif-2.1.0.json")
            .replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
        let options = jsonschema::options().should_validate_formats(true);
        options.build(&serde_json::from_str(&text).unwrap()).unwrap()
    });
    assert_eq!(output.status.code(), Some(status), "{}", String::from_utf8_lossy(&output.stderr));
    let mut log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let wrong: Vec<String> =
        schema.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{log:#}");
    let run = log["runs"][0].take();
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    run
}

/// The text with what a fix says.
fn fixed(text: &str, fix: &Value) -> String {
    let change = &fix["artifactChanges"][0]["replacements"][0];
    let at = |line: &str, column: &str| {
        let number = |key: &str| {
            usize::try_from(change["deletedRegion"][key].as_u64().unwrap()).unwrap() - 1
        };
        let start: usize = text.split_inclusive('\n').take(number(line)).map(str::len).sum();
        let chars = text[start..].char_indices().nth(number(column));
        start + chars.map_or(text[start..].len(), |(at, _)| at)
    };
    let mut text = text.to_owned();
    let new = change["insertedContent"]["text"].as_str().unwrap();
    let (start, end) = (at("startLine", "startColumn"), at("endLine", "endColumn"));
    text.replace_range(start..end, new);
    text
}

#[test]
fn findings_have_rules_places_and_changes() {
    let folder = folder(SPEC);
    let run = run(&gusset(folder.path(), &["check"]), 1);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let base = run["originalUriBaseIds"]["SRCROOT"]["uri"].as_str().unwrap();
    assert!(base.starts_with("file:///") && base.ends_with('/'), "{base}");
    let [result] = run["results"].as_array().unwrap().as_slice() else { panic!("{run:#}") };
    assert_eq!((&result["ruleId"], &result["level"]), (&"GS0302".into(), &"error".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "specs/integration.yaml");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "SRCROOT");
    let line = SPEC.lines().nth(5).unwrap();
    let column = line[..line.find("nxt").unwrap()].chars().count() + 1;
    assert_eq!(place["region"]["startLine"], 6);
    assert_eq!(place["region"]["startColumn"], column);
    assert_eq!(place["region"]["endColumn"], column + 3);
    let related = &result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(related, "specs/openapi.yaml");
    let rule = &run["tool"]["driver"]["rules"][0];
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("```yaml"), "{rule:#}");
    let mended = fixed(SPEC, &result["fixes"][0]);
    assert!(mended.contains("from: body.next, into"), "{mended}");
    assert_eq!(run["properties"]["report"]["errors"]["GS0302"], 1);
}

#[test]
fn what_has_no_line_has_a_file_or_nothing() {
    let folder = folder(SPEC);
    let run_ = run(&gusset(folder.path(), &["check", "nowhere.yaml"]), 2);
    assert_eq!(run_["results"][0]["ruleId"], "GS0001");
    assert!(run_["results"][0].get("locations").is_none());
    std::fs::write(folder.path().join("specs/openapi.yaml"), "{").unwrap();
    let run_ = run(&gusset(folder.path(), &["check", "specs"]), 2);
    let file = &run_["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(file, "specs/openapi.yaml");
}

#[test]
fn facts_and_estimates_are_properties_of_the_run() {
    let folder = folder(&SPEC.replace("nxt", "next").replace("because: 'ü', ", ""));
    let run_ = run(&gusset(folder.path(), &["check", "--proofs"]), 0);
    assert_eq!(run_["results"], Value::Array(Vec::new()));
    assert!(run_["properties"]["proofs"][0]["fact"].is_string(), "{run_:#}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let run_ = run(&gusset(root, &["check", "specs/hubspot", "--estimate", "1000"]), 0);
    assert!(run_["properties"]["estimates"][0]["calls"].is_u64(), "{run_:#}");
}

#[test]
fn other_commands_give_logs_too() {
    let folder = folder(&SPEC.replace("nxt", "next"));
    let path = folder.path();
    let run_ = run(&gusset(path, &["generate", "specs", "--out", "out"]), 0);
    assert_eq!(run_["properties"]["report"]["units"][0]["name"], "things");
    let run_ = run(&gusset(path, &["init", "specs/openapi.yaml", "--out", "new"]), 0);
    assert_eq!(run_["properties"]["report"]["spec"], "new/integration.yaml");
    // The second time a file is in the way: the log is whole, and says that the run was not.
    let run_ = run(&gusset(path, &["init", "specs/openapi.yaml", "--out", "new"]), 2);
    assert_eq!(run_["invocations"][0]["executionSuccessful"], false);
    let changed = DOCUMENT.replace("{next: {type: string}", "{after: {type: string}");
    std::fs::write(path.join("new.yaml"), changed).unwrap();
    let diff = ["diff", "specs/openapi.yaml", "new.yaml", "--specs", "specs"];
    let run_ = run(&gusset(path, &diff), 1);
    let results = run_["results"].as_array().unwrap();
    let kinds: Vec<&str> = results.iter().map(|r| r["ruleId"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"field_removed") && kinds.contains(&"GS0302"), "{kinds:?}");
}
