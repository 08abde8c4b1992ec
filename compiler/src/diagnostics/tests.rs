use super::codes::source::UNREADABLE_FILE;
use super::{Diagnostic, Diagnostics, Style, render, to_json};
use crate::source::{Place, Sources};
use std::path::Path;

fn two_files() -> (Sources, Diagnostic) {
    let mut sources = Sources::new()
        .with_file("spec.yaml", "gusset: 1\ncursor: {from: body.paging.nxt}\n")
        .with_file("api.json", "{\"paging\": {\n  \"next\": 1}}\n");
    let spec = Place::root(sources.read(Path::new("spec.yaml")).unwrap());
    let api = Place::root(sources.read(Path::new("api.json")).unwrap());
    let diagnostic = Diagnostic::error(UNREADABLE_FILE, "the response has no `body.paging.nxt`")
        .at(&spec.child("cursor").child("from").within(12, 15), "not a field")
        .and(&api.child("paging").child("next").key(), "the fields are declared here")
        .note("a note")
        .nearest("nxt", ["next", "total"]);
    (sources, diagnostic)
}

#[test]
fn the_same_finding_is_kept_once() {
    let (_, finding) = two_files();
    let other = |number: usize| Diagnostic::error(UNREADABLE_FILE, format!("{number}"));
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(finding.clone());
    for number in 0..1_000 {
        diagnostics.push(other(number));
        diagnostics.push(finding.clone());
    }
    diagnostics.push(finding.clone().note("another note"));
    assert_eq!(diagnostics.list().len(), 1_002);
    // A warning is not the error that it was.
    diagnostics.warn_since(1_000);
    diagnostics.push(other(998));
    diagnostics.push(other(999));
    assert_eq!(diagnostics.list().len(), 1_003);
    assert_eq!(diagnostics.finish().len(), 1_003);
}

#[test]
fn what_was_taken_back_can_be_found_again() {
    let about = || Diagnostic::error(super::codes::references::BAD_PATH, "no such field");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Diagnostic::error(UNREADABLE_FILE, "first"));
    diagnostics.push(about());
    diagnostics.push(Diagnostic::error(UNREADABLE_FILE, "last"));
    diagnostics.forget_since(1);
    diagnostics.push(Diagnostic::error(UNREADABLE_FILE, "last"));
    assert_eq!(diagnostics.list().len(), 2);
    diagnostics.push(about());
    assert_eq!(diagnostics.finish().len(), 3);
}

#[test]
fn two_places_in_two_files() {
    let (sources, diagnostic) = two_files();
    insta::assert_snapshot!(render(&diagnostic, &sources, Style::Plain), @r#"
    error[GS0001]: the response has no `body.paging.nxt`
     --> spec.yaml:2:28
      |
    2 | cursor: {from: body.paging.nxt}
      |                            ^^^ not a field
      |
     ::: api.json:2:3
      |
    2 |   "next": 1}}
      |   ------ the fields are declared here
      |
      = note: a note
      = help: did you mean `next`?
    "#);
}

#[test]
fn json_has_lines_and_columns() {
    let (sources, diagnostic) = two_files();
    let json: serde_json::Value = serde_json::from_str(&to_json(&diagnostic, &sources)).unwrap();
    assert_eq!(json["spans"][0]["line"], 2);
    assert_eq!(json["spans"][0]["column"], 28);
    assert_eq!(json["spans"][0]["pointer"], "/cursor/from");
    assert_eq!(json["spans"][1]["line"], 2);
    assert_eq!(json["help"][0], "did you mean `next`?");
}

#[test]
fn a_place_that_is_not_there_still_names_the_file() {
    let mut sources = Sources::new().with_file("a.yaml", "[[[");
    let place = Place::root(sources.read(Path::new("a.yaml")).unwrap()).child("x");
    let text =
        render(&Diagnostic::error(UNREADABLE_FILE, "m").at(&place, ""), &sources, Style::Plain);
    assert!(text.contains("a.yaml"), "{text}");
}
