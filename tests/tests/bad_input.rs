//! Input that is no spec, no document, or hostile: each ends in a clear error with its place, never in a panic.
#![allow(clippy::unwrap_used, reason = "tests")]

use gusset_compiler::diagnostics::{Severity, Style, render};
use gusset_compiler::source::Sources;
use gusset_compiler::{DocumentOverride, Input, check};

const SPEC: &str = "gusset: 1\nintegration: shop\ndocument: openapi.yaml\n\
                    server: https://shop.example.com\nlimits: {all: {quota: 9 per 1s}}\noperations: {list: {id: list}}\n";
const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n  /items:\n    get:\n      \
                        operationId: list\n      responses: {'204': {description: Nothing.}}\n";

fn compiled(files: &[(&str, &str)], spec: &str) -> Vec<String> {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources = sources.with_file(*path, *text);
    }
    let input = Input { specs: vec![spec.into()], ..Input::default() };
    let outcome = check(&input, &mut sources);
    let errors = outcome.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(errors, outcome.value.is_none());
    outcome.diagnostics.iter().map(|d| render(d, &sources, Style::Plain)).collect()
}

/// What is said first about a spec and a document, in one line: code, message and place.
#[track_caller]
fn first(spec: &str, document: &str, expected: &str) {
    let files = [("shop/integration.yaml", spec), ("shop/openapi.yaml", document)];
    let said = compiled(&files, "shop");
    let first = said.first().map(String::as_str).unwrap_or("nothing");
    let mut lines = first.lines();
    let message = lines.next().unwrap_or_default();
    let place = lines.next().unwrap_or_default().trim().trim_start_matches("--> ");
    assert_eq!(format!("{message} at {place}"), expected, "{first}");
}

#[test]
fn what_is_right_passes() {
    first(SPEC, DOCUMENT, "nothing at ");
}

#[test]
fn specs() {
    for (spec, expected) in [
        ("a: [1", "error[GS0003]: the file is neither YAML nor JSON at shop/integration.yaml:1:6"),
        (
            "gusset: 9\nintegration: shop\n",
            "error[GS0202]: version 9 of the language is not known here at shop/integration.yaml:1:9",
        ),
        (
            "gusset: 1\nintegration: shop\ndokument: openapi.yaml\n",
            "error[GS0203]: unknown key `dokument` at shop/integration.yaml:3:1",
        ),
        (
            "gusset: 1\nintegration: shop\nabout: &a {owners: [*a]}\n",
            "error[GS0004]: the file is nested too deeply at shop/integration.yaml:3:20",
        ),
        (
            "gusset: 1\nintegration: shop\nserver: https://shop.example.com\n",
            "error[GS0213]: the spec names no OpenAPI document at shop/integration.yaml:2:14",
        ),
        (
            "gusset: 1\nintegration: shop\ndocument: missing.yaml\nserver: https://shop.example.com\n",
            "error[GS0001]: `shop/missing.yaml` does not exist at shop/integration.yaml:3:11",
        ),
        (
            "gusset: 1\nintegration: shop\ndocument: openapi.yaml\nserver: https://s.example.com\n\
             operations: {list: {id: lst}}\n",
            "error[GS0301]: the document has no operation `lst` at shop/integration.yaml:5:25",
        ),
        (
            "gusset: 1\nintegration: shop\ndocument: openapi.yaml\noperations: {list: {id: list}}\n",
            "error[GS0808]: neither the spec nor the document says what the base URL is \
             at shop/integration.yaml:2:14",
        ),
    ] {
        first(spec, DOCUMENT, expected);
    }
}

#[test]
fn documents() {
    for (document, expected) in [
        ("a: [1", "error[GS0003]: the file is neither YAML nor JSON at shop/openapi.yaml:1:6"),
        (
            "{\"item\": [], \"info\": {}}",
            "error[GS0101]: this is no OpenAPI document at shop/openapi.yaml:1:1",
        ),
        (
            "openapi: 4.0.0\ninfo: {}\npaths: {}\n",
            "error[GS0102]: OpenAPI 4.0.0 is not supported at shop/openapi.yaml:1:10",
        ),
    ] {
        first(SPEC, document, expected);
    }
}

#[test]
fn hostile_text_is_refused() {
    let brackets = "[".repeat(10_000_000);
    let files = [("shop/integration.yaml", brackets.as_str())];
    assert!(compiled(&files, "shop")[0].starts_with("error[GS0004]"));
    let files = [("shop/integration.yaml", SPEC), ("shop/openapi.yaml", brackets.as_str())];
    assert!(compiled(&files, "shop")[0].starts_with("error[GS0004]"));
    let members = "{\"a\":".repeat(2_000_000);
    let files = [("shop/integration.yaml", SPEC), ("shop/openapi.yaml", members.as_str())];
    assert!(compiled(&files, "shop")[0].starts_with("error[GS0004]"));
}

#[test]
fn a_missing_spec_has_no_place_but_a_name() {
    assert_eq!(
        compiled(&[], "nowhere"),
        [
            "error[GS0001]: `nowhere` does not exist\n |\n = help: `gusset init DOCUMENT` writes the first one for an \
          OpenAPI document"
        ]
    );
}

#[test]
fn what_another_document_lacks_is_left_out() {
    let spec = "gusset: 1\nintegration: shop\ndocument: openapi.yaml\n\
                server: https://shop.example.com\nlimits: {few: {quota: 1 per 1s, operations: [list]}}\n\
                operations:\n  list: {id: list}\n  other: {id: other}\n\
                types: {Item: {schema: Item}}\n\
                resources: {items: {type: Item, key: id, get: other}}\n";
    let other = DOCUMENT.replace("operationId: list", "operationId: other");
    let mut sources =
        Sources::new().with_file("shop/integration.yaml", spec).with_file("other.yaml", other);
    let input = |name: Option<&str>| Input {
        specs: vec!["shop".into()],
        documents: vec![DocumentOverride {
            name: name.map(str::to_owned),
            path: "other.yaml".into(),
        }],
        ..Input::default()
    };
    let outcome = check(&input(None), &mut sources);
    let messages: Vec<&str> = outcome.diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the document has no `list`: `list` is left out",
            "the document has no schema for `Item`: it is left out",
        ]
    );
    let ir = outcome.value.unwrap();
    let integration = &ir.integrations[0];
    assert_eq!(integration.operations.keys().collect::<Vec<_>>(), ["other"]);
    assert!(integration.resources.is_empty());
    // Its only operation is left out: without any, the limit would hold for all.
    assert!(integration.limits.is_empty());

    let outcome = check(&input(Some("shop")), &mut sources);
    assert_eq!(outcome.value.unwrap().integrations[0].operations.len(), 1);
    let outcome = check(&input(Some("shap")), &mut sources);
    let first = &outcome.diagnostics[0];
    assert_eq!(first.message, "no spec has a document `shap` for `other.yaml` to replace");
    assert_eq!(first.help, ["did you mean `shop`?"]);
}

/// Every line of a spec and of its document, taken away, doubled, cut off and indented: whatever that makes of
/// them, it ends in findings or in an IR, and every finding can be shown.
#[test]
fn any_damage_ends_in_findings_or_in_an_ir() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let whole = [
        ("desk/integration.yaml", read("tests/mistakes/integration.yaml")),
        ("desk/openapi.yaml", read("tests/mistakes/openapi.yaml")),
    ];
    for damaged in 0..whole.len() {
        let lines: Vec<&str> = whole[damaged].1.lines().collect();
        for number in 0..lines.len() {
            let line = lines[number];
            let half = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
            for instead in ["", &format!("{line}\n{line}"), &line[..half], &format!("  {line}")] {
                let mut text = lines.clone();
                text[number] = instead;
                let text = text.join("\n");
                let mut files: Vec<(&str, &str)> =
                    whole.iter().map(|(path, text)| (*path, text.as_str())).collect();
                files[damaged].1 = &text;
                compiled(&files, "desk");
            }
        }
    }
}

#[test]
fn help_says_what_comes_next() {
    // A document in place of a spec.
    let said = compiled(&[("shop/integration.yaml", DOCUMENT)], "shop").join("\n");
    assert!(said.contains("`gusset init FILE` writes a spec for it"), "{said}");
    assert!(!said.contains("write `gusset: 1`"), "{said}");
    // A key that identifies records, but is no text yet.
    let item = "{type: object, required: [id], properties: {id: {type: string, format: uuid}}}";
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /items:\n    get:\n      operationId: list\n      \
         responses: {{'200': {{description: All., content: {{application/json: {{schema: {{type: array, items: \
         {{$ref: '#/components/schemas/Item'}}}}}}}}}}}}\ncomponents: {{schemas: {{Item: {item}}}}}\n"
    );
    let spec = SPEC.replace("{id: list}}", "{id: list, paginate: {items: body, single: true}}}")
        + "types: {Item: {schema: Item}}\nresources: {items: {type: Item, key: id, list: list}}\n";
    let said =
        compiled(&[("shop/integration.yaml", &spec), ("shop/openapi.yaml", &document)], "shop")
            .join("\n");
    let refine = "`refine: {id: string}`";
    assert!(said.contains("GS0502") && said.contains(refine), "{said}");
    // What it says is right.
    let spec = spec
        .replace("{schema: Item}", "{schema: Item, refine: {id: string}, because: keys are texts}");
    let said =
        compiled(&[("shop/integration.yaml", &spec), ("shop/openapi.yaml", &document)], "shop")
            .join("\n");
    assert!(!said.contains("error"), "{said}");
}
