#![allow(clippy::unwrap_used)]
use super::*;
use crate::source::FileId;

#[track_caller]
fn check(text: &str, pointer: &str, part: Part, expect: &str) {
    let place = Place { pointer: pointer.into(), part, ..Place::root(FileId(0)) };
    let span = locate_all(text, &[&place]).pop().unwrap().unwrap();
    assert_eq!(&text[span.start..span.end], expect);
}

const SPEC: &str = "integration: hubspot\nauth:\n  app: {type: bearer, because: 'it''s sent as one'}\noperations:\n- a\n- b: [1, 2]\n  c: |\n    x == 1\n";

#[test]
fn keys_and_values_of_yaml() {
    check(SPEC, "/integration", Part::Value, "hubspot");
    check(SPEC, "/integration", Part::Key, "integration");
    check(SPEC, "/auth", Part::Value, "auth");
    check(SPEC, "/auth/app", Part::Value, "{type: bearer, because: 'it''s sent as one'}");
    check(SPEC, "/auth/app/type", Part::Value, "bearer");
    check(SPEC, "/operations/0", Part::Value, "a");
    check(SPEC, "/operations/1/b/1", Part::Value, "2");
    check(SPEC, "/operations/1", Part::Value, "b: [1, 2]");
}

#[test]
fn what_is_missing_is_found_around() {
    check(SPEC, "/auth/app/scheme", Part::Value, "app");
    check(SPEC, "/auth/oauth/scheme", Part::Value, "auth");
}

#[test]
fn the_same_in_json_and_in_minified_json() {
    let json = r#"{"paths": {"/a~b": {"get": {"id": "x\"y", "n": [1, true]}}}, "é": "ü"}"#;
    check(json, "/paths/~1a~0b/get/id", Part::Value, r#""x\"y""#);
    check(json, "/paths/~1a~0b/get/n/1", Part::Value, "true");
    check(json, "/paths/~1a~0b", Part::Key, "\"/a~b\"");
    check(json, "/é", Part::Value, "\"ü\"");
    check("{\n  \"a\": {\n    \"b\": 1\n  }\n}", "/a", Part::Value, "\"a\"");
}

#[test]
fn other_letters_and_line_ends() {
    let text = "größe: ß\r\nname: 'Zoë ✓'\r\nend: true\r\n";
    check(text, "/größe", Part::Value, "ß");
    check(text, "/name", Part::Value, "'Zoë ✓'");
    check(text, "/end", Part::Value, "true");
}

#[track_caller]
fn check_within(text: &str, within: (usize, usize), expect: &str) {
    let place = Place::root(FileId(0)).child("when").within(within.0, within.1);
    let span = locate_all(text, &[&place]).pop().unwrap().unwrap();
    assert_eq!(&text[span.start..span.end], expect);
}

#[test]
fn bytes_inside_scalars() {
    check_within("when: status == 429", (7, 9), "==");
    check_within("when: 'a == ''b'' && c'", (12, 13), "c");
    check_within("when: 'a == ''b'' && c'", (5, 8), "''b''");
    check_within(r#"{"when": "a == \"b\" && c"}"#, (12, 13), "c");
    check_within("when: \"\\u00e9 == x\"", (6, 7), "x");
    check_within("when: \"a\\\n  b\"", (0, 1), "when");
    check_within("when: |\n  a == 1\n    && b\n  || c\nx: 1", (2, 4), "==");
    check_within("when: |\n  a == 1\n    && b\n  || c\nx: 1", (9, 11), "&&");
    check_within("when: |-\n    a\n\n    || c\nx: 1", (6, 7), "c");
    check_within("when: >\n  a\n  b\n", (2, 3), "when");
}

#[test]
fn hostile_text_has_no_places() {
    let deep = "[".repeat(10_000_000);
    let place = Place::root(FileId(0)).child("0").child("0");
    assert_eq!(locate_all(&deep, &[&place]), [None]);
    assert_eq!(
        locate_all("a: &a [*a]", &[&Place::root(FileId(0)).child("a").child("0")]),
        [Some(Span { start: 7, end: 9 })]
    );
    assert!(locate_all("{\"a", &[&place])[0].is_none());
    assert!(locate_all("", &[&place])[0].is_none());
}

#[test]
fn lines_and_columns() {
    assert_eq!(position("a\nü: b", 5), Position { line: 2, column: 3 });
    assert_eq!(position("a", 99), Position { line: 1, column: 2 });
}
