#![allow(clippy::unwrap_used)]
use super::*;
use crate::diagnostics::Code;
use std::path::Path;

fn sources() -> (Sources, Place, Place) {
    let spec = "gusset: 1\nintegration: shop\noperations:\n  list_orders:\n    paginate:\n      items: body.orders\n      cursor: {from: body.pagin.next, into: query.after}\ntypes: {}\n";
    let document = format!(
        "{{\"openapi\":\"3.0.0\",\"x\":\"{}\",\"components\":{{\"schemas\":{{\"Page\":{{\"type\":\"object\",\"properties\":{{\"paging\":{{}}}}}}}}}},\"z\":\"{}\"}}",
        "a".repeat(500),
        "ü".repeat(500)
    );
    let mut sources = Sources::new()
        .with_file("shop/integration.yaml", spec)
        .with_file("shop/openapi.json", document);
    let spec = sources.read(Path::new("shop/integration.yaml")).unwrap();
    let document = sources.read(Path::new("shop/openapi.json")).unwrap();
    (sources, Place::root(spec), Place::root(document))
}

fn finding(spec: &Place, document: &Place) -> Diagnostic {
    let paginate = spec.child("operations").child("list_orders").child("paginate");
    Diagnostic::error(Code("GS0301"), "`Page` has no field `pagin`")
        .at(&paginate.child("cursor").child("from").within(5, 10), "not in the document")
        .and(&paginate.child("items").key(), "the items were found")
        .and(&document.child("components").child("schemas").child("Page").key(), "this schema")
        .help("did you mean `paging`?")
        .note("the document is as the vendor gave it")
}

#[test]
fn a_finding_shows_the_spec_and_the_document() {
    let (sources, spec, document) = sources();
    insta::assert_snapshot!(render(&finding(&spec, &document), &sources, Style::Plain));
}

#[test]
fn a_finding_without_a_place() {
    let sources = Sources::new();
    let finding = Diagnostic::warning(Code("GS0001"), "`a\u{1b}[31m` does not exist");
    insta::assert_snapshot!(render(&finding, &sources, Style::Plain));
}

#[test]
fn far_apart_in_one_file() {
    let text = format!("a: 1\n{}b: 2\n", "# filler\n".repeat(100));
    let mut sources = Sources::new().with_file("spec.yaml", text);
    let root = Place::root(sources.read(Path::new("spec.yaml")).unwrap());
    let finding = Diagnostic::error(Code("GS0001"), "far apart")
        .at(&root.child("a"), "here")
        .and(&root.child("b"), "there");
    insta::assert_snapshot!(render(&finding, &sources, Style::Plain));
}

#[test]
fn machines_get_json() {
    let (sources, spec, document) = sources();
    let line = to_json(&finding(&spec, &document), &sources);
    assert!(!line.contains('\n'));
    let value: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["code"], "GS0301");
    let primary = &value["spans"][0];
    assert_eq!(
        (primary["file"].as_str(), primary["line"].as_u64(), primary["column"].as_u64()),
        (Some("shop/integration.yaml"), Some(7), Some(27))
    );
    assert_eq!(value["help"][0], "did you mean `paging`?");
    assert!(value["rendered"].as_str().unwrap().starts_with("error[GS0301]"));
}

#[test]
fn colour_is_only_style() {
    let (sources, spec, document) = sources();
    let finding = finding(&spec, &document);
    let coloured = render(&finding, &sources, Style::Colour);
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn hostile_places_are_shown_somehow() {
    let mut sources = Sources::new().with_file("a.json", "[".repeat(1_000_000)).with_file("b", "");
    for path in ["a.json", "b"] {
        let root = Place::root(sources.read(Path::new(path)).unwrap());
        for place in [
            root.clone(),
            root.within(7, 900_000),
            root.child("0"),
            root.within(9_000_000, 9_000_001),
        ] {
            let finding = Diagnostic::error(Code("GS0004"), "deep").at(&place, "x");
            let text = render(&finding, &sources, Style::Plain);
            assert!(text.contains(path) && text.len() < 2_000, "{text}");
        }
    }
}
