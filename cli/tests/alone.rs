//! A document without a spec.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: The Things API, version: '1'}
servers: [{url: https://api.things.net/v1}]
security: [{key: []}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
paths:
  /things:
    get: {operationId: listThings, responses: {'200': {description: ok}}}
    post: {responses: {'200': {description: ok}}}
";

fn gusset(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gusset")).args(arguments).current_dir(folder).output().unwrap()
}

fn folder(document: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("openapi.yaml"), document).unwrap();
    folder
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

#[track_caller]
fn fine(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    text
}

#[test]
fn a_document_is_a_crate() {
    let folder = folder(DOCUMENT);
    let path = folder.path();
    fine(&gusset(
        path,
        &["generate", "--document", "openapi.yaml", "--out", "out", "--gusset", "0.1"],
    ));
    let operations = read(path, "out/things/src/operations.rs");
    assert!(operations.contains("pub struct ListThings"), "{operations}");
    assert!(operations.contains("pub struct PostThings"), "{operations}");
    let lib = read(path, "out/things/src/lib.rs");
    assert!(lib.contains("https://api.things.net/v1") && lib.contains("X-Key"), "{lib}");
    assert!(read(path, "out/things/Cargo.toml").contains("gusset = \"0.1\""));
}

#[test]
fn it_is_called_what_one_likes() {
    let folder = folder(DOCUMENT);
    let path = folder.path();
    let generate = ["generate", "--out", "out", "--gusset", "0.1"];
    fine(&gusset(path, &[&generate[..], &["--document", "shop=openapi.yaml"]].concat()));
    assert!(path.join("out/shop/src/lib.rs").exists());
    fine(&gusset(
        path,
        &[&generate[..], &["--document", "openapi.yaml", "--name", "store"]].concat(),
    ));
    assert!(path.join("out/store/src/lib.rs").exists());
}

#[test]
fn it_is_checked_as_well() {
    let folder = folder(DOCUMENT);
    let said = fine(&gusset(folder.path(), &["check", "--document", "openapi.yaml"]));
    assert!(said.contains("1 integration, 2 operations"), "{said}");
}

#[test]
fn check_ends_with_a_report_for_machines() {
    let folder = folder(DOCUMENT);
    let arguments = ["check", "--document", "openapi.yaml", "--format", "json"];
    let output = gusset(folder.path(), &arguments);
    let last = String::from_utf8_lossy(&output.stdout).lines().last().unwrap().to_owned();
    let report: serde_json::Value = serde_json::from_str(&last).unwrap();
    let integrations = serde_json::json!([{"name": "things", "operations": 2}]);
    assert_eq!(report["report"]["integrations"], integrations, "{last}");
    assert_eq!(report["report"]["errors"], serde_json::json!({}), "{last}");
}

#[test]
fn a_run_that_fails_leaves_things_as_they_are() {
    let folder = folder(DOCUMENT);
    let path = folder.path();
    std::fs::create_dir(path.join("runtime")).unwrap();
    let generate = ["generate", "--document", "openapi.yaml", "--out", "out/deep", "--gusset"];
    let nothing = ["runtime", "--exclude", "/**"];
    let fails = |arguments: &[&str]| {
        let output = gusset(path, &[&generate[..], arguments].concat());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains("no operation is selected"), "{text}");
    };
    fails(&nothing);
    assert!(!path.join("out").exists());
    fine(&gusset(path, &[&generate[..], &["runtime"]].concat()));
    let before = read(path, "out/deep/things/src/operations.rs");
    fails(&nothing);
    assert_eq!(read(path, "out/deep/things/src/operations.rs"), before);
}

#[test]
fn members_of_a_workspace_say_what_it_needs() {
    let folder = folder(DOCUMENT);
    let generate = ["generate", "--document", "openapi.yaml", "--out", "out"];
    let said = fine(&gusset(folder.path(), &generate));
    assert!(said.contains("[workspace.dependencies]") && said.contains("is in none"), "{said}");
    let again = fine(&gusset(folder.path(), &generate));
    assert!(!again.contains("[workspace.dependencies]"), "{again}");
}

/// The operations that are emitted.
fn selected(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let generate = ["generate", "--document", "openapi.yaml", "--out", "out", "--gusset", "0.1"];
    fine(&gusset(folder, &[&generate[..], arguments].concat()));
    let operations = read(folder, "out/things/src/operations.rs");
    let names = operations.lines().filter_map(|line| line.strip_prefix("pub struct "));
    names.map(|name| name.trim_end_matches([' ', '{', '}']).to_owned()).collect()
}

#[test]
fn operations_are_selected() {
    let folder = folder(&format!(
        "{DOCUMENT}  /parts/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get: {{tags: [Parts], responses: {{}}}}
    delete: {{tags: [Parts], operationId: parts/remove, responses: {{}}}}
"
    ));
    for (arguments, expected) in [
        (&[][..], &["ListThings", "PostThings", "GetPartsById", "PartsRemove"][..]),
        (&["--include", "tag:parts"], &["GetPartsById", "PartsRemove"]),
        (
            &["--include", "path:/parts/**", "list_*"],
            &["ListThings", "GetPartsById", "PartsRemove"],
        ),
        (&["--include", "/parts/{anyId}", "--exclude", "DELETE /**"], &["GetPartsById"]),
        (&["--exclude", "tag:Parts", "--exclude", "listThings"], &["PostThings"]),
        (&["--include", "parts/*"], &["PartsRemove"]),
    ] {
        assert_eq!(selected(folder.path(), arguments), expected, "{arguments:?}");
    }
}

#[test]
fn a_pattern_that_selects_nothing_is_a_mistake() {
    let folder = folder(DOCUMENT);
    for (pattern, said) in [
        ("listThing", "did you mean one of `listThings`, "),
        ("GET /thing", "did you mean one of `GET /things`, "),
        ("tag:x", "GS0313"),
        ("FETCH /things", "`FETCH` is no method"),
    ] {
        let arguments = ["check", "--document", "openapi.yaml", "--include", pattern];
        let output = gusset(folder.path(), &arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn a_spec_includes_operations_besides_those_it_names() {
    let folder = folder(DOCUMENT);
    let spec = "gusset: 1
integration: things
document: openapi.yaml
auth: {key: {type: api_key, scheme: key}}
operations: {everything: {id: listThings}}
include: ['/**']
";
    std::fs::write(folder.path().join("integration.yaml"), spec).unwrap();
    let generate = ["generate", "integration.yaml", "--out", "out", "--gusset", "0.1"];
    fine(&gusset(folder.path(), &generate));
    let operations = read(folder.path(), "out/things/src/operations.rs");
    assert!(operations.contains("pub struct Everything"), "{operations}");
    assert!(operations.contains("pub struct PostThings"), "{operations}");
    assert!(!operations.contains("pub struct ListThings"), "{operations}");
}

const ROUGH: &str = "  /rough:
    post:
      operationId: rough
      requestBody: {content: {application/json: {schema: {type: object, properties: {a: {$ref: '#/nowhere'}, b: {}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/nowhere/else'}}}}}
  /wrong: {get: 7}
";

#[test]
fn generate_ends_with_a_report() {
    let folder = folder(&format!("{DOCUMENT}{ROUGH}"));
    let generate = ["generate", "--document", "openapi.yaml", "--out", "out", "--gusset", "0.1"];
    let said = fine(&gusset(folder.path(), &generate));
    assert!(said.contains("things              3 of 4"), "{said}");
    assert!(said.contains("such as openapi.yaml#/paths/~1rough/post/"), "{said}");

    let output = gusset(folder.path(), &[&generate[..], &["--format", "json"]].concat());
    let stdout = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<serde_json::Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, findings) = lines.split_last().unwrap();
    assert!(!findings.is_empty() && findings.iter().all(|f| f["code"].is_string()), "{stdout}");
    let report = &last["report"];
    let unit = &report["units"][0];
    assert_eq!(unit["name"], "things");
    assert_eq!(unit["operations"], serde_json::json!({"emitted": 3, "total": 4}));
    assert_eq!(unit["fallbacks"][0]["count"], 2);
    assert_eq!(unit["fallbacks"][0]["places"].as_array().unwrap().len(), 2);
    let (typed, total) = (&unit["schemas"]["typed"], &unit["schemas"]["total"]);
    assert_eq!(total.as_u64().unwrap() - typed.as_u64().unwrap(), 2);
    let source = ["lib", "operations", "types"]
        .map(|name| read(folder.path(), &format!("out/things/src/{name}.rs")).lines().count());
    assert_eq!(unit["lines"], source.iter().sum::<usize>());
    assert_eq!(report["warnings"]["GS0104"], 2);
    assert_eq!(report["errors"], serde_json::json!({}));
    assert!(report["seconds"].is_number());
}

#[test]
fn warnings_are_grouped_and_errors_are_not() {
    let many: String = (0..9)
        .map(|n| format!("  /n{n}: {{get: {{operationId: n{n}, responses: {{'200': {{$ref: '#/no{n}'}}}}}}}}\n"))
        .collect();
    let folder = folder(&format!("{DOCUMENT}{many}"));
    let shown = |arguments: &[&str]| {
        let said = fine(&gusset(folder.path(), arguments));
        (said.matches("leads nowhere\n").count(), said)
    };
    let check = ["check", "--document", "openapi.yaml"];
    let (number, said) = shown(&check);
    assert_eq!(number, 5, "{said}");
    assert!(said.contains("4 more, which `--all-warnings` shows"), "{said}");
    assert!(said.contains("0 errors, 9 warnings"), "{said}");
    assert_eq!(shown(&[&check[..], &["--all-warnings"]].concat()).0, 9);

    let patterns: Vec<String> = (0..9).map(|n| format!("nothing{n}")).collect();
    let patterns = patterns.iter().map(String::as_str);
    let arguments: Vec<&str> =
        check.into_iter().chain(std::iter::once("--include")).chain(patterns).collect();
    let output = gusset(folder.path(), &arguments);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(text.matches("error[GS0313]").count(), 9, "{text}");
}

#[test]
fn ways_to_authorise_follow_from_what_operations_want() {
    let document = "openapi: 3.1.0
info: {title: Things, version: '1'}
servers: [{url: /v1}]
security: [{key: [], app: []}, {'o auth': []}, {'o auth': [], key: []}, {gone: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: k}
    app: {type: http, scheme: basic}
    'o auth': {type: oauth2, flows: {authorizationCode: {tokenUrl: 'https://t.example.com'}, implicit: {}}}
    cert: {type: mutualTLS}
    odd: {type: odd}
    unused: {type: http, scheme: bearer}
paths:
  /things: {get: {responses: {}}, put: {security: [], responses: {}}, post: {security: [{cert: []}, {odd: []}], responses: {}}}
";
    let folder = folder(document);
    let generate = ["generate", "--document", "openapi.yaml", "--out", "out", "--gusset", "0.1"];
    let said = fine(&gusset(folder.path(), &generate));
    for needle in [
        "no security scheme `gone`",
        "`cert` is a certificate",
        "`odd` is no way to authorise that is known here",
        "the document's server `/v1` is no whole URL",
    ] {
        assert!(said.contains(needle), "no {needle:?} in:\n{said}");
    }
    let lib = read(folder.path(), "out/things/src/lib.rs");
    let text = lib.split_whitespace().collect::<Vec<_>>().join(" ");
    for needle in [
        "OauthRefreshToken {",
        "OauthToken {",
        "None, }",
        "gusset::Auth::all([ gusset::Auth::api_key_query(\"k\", key), gusset::Auth::basic(app_user, app_password), ])",
        "gusset::Auth::all([ gusset::Auth::bearer(oauth_token), gusset::Auth::api_key_query(\"k\", key), ])",
        "pub fn key_and_app(",
    ] {
        assert!(text.contains(needle), "no {needle:?} in:\n{lib}");
    }
    assert!(!text.contains("Unused") && !text.contains(" Key {"), "{lib}");
}

#[test]
fn servers_that_are_examples_are_warned_about() {
    for (server, part) in [
        ("https://your-domain.things.net", "`your-domain` is nobody's"),
        ("https://api.example.com/v1", "`api.example.com` is nobody's"),
        ("http://api.example.com/v1", "`api.example.com` is nobody's"),
        ("http://localhost:8080", "`localhost` is the machine that a client runs on"),
    ] {
        let folder = folder(&DOCUMENT.replace("https://api.things.net/v1", &format!("'{server}'")));
        let generate =
            ["generate", "--document", "openapi.yaml", "--out", "out", "--gusset", "0.1"];
        let said = fine(&gusset(folder.path(), &generate));
        let warning = format!("the document's server `{server}` is an example: {part}");
        assert!(!said.contains("in the clear"), "one warning is enough: {said}");
        assert!(said.contains(&warning) && said.contains("`Options::with_server`"), "{said}");
        // `init` writes a setting, but not for reserved names.
        let setting = said.contains("server: https://${settings.site}.vendor.net");
        assert_eq!(setting, !server.contains("example.com"), "{said}");
    }
}

#[test]
fn a_variable_whose_default_is_an_example_must_be_set() {
    let server = "'https://{site}.{region}.net', variables: {site: {default: your-site}, region: {default: eu}}";
    let folder = folder(&DOCUMENT.replace("https://api.things.net/v1", server));
    let generate = ["generate", "--document", "openapi.yaml", "--out", "out", "--gusset", "0.1"];
    fine(&gusset(folder.path(), &generate));
    let text = read(folder.path(), "out/things/src/lib.rs");
    assert!(text.contains("pub fn new(site: impl Into<String>) -> Self"), "{text}");
}
