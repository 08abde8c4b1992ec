//! Text to values: JSON by serde_json, YAML by serde_yaml.

use super::json::Json;
use super::markup;
use super::twice::twice;
use super::value::{Reader, Reading, merge, stream};
use super::{CHANGED, FileId, LARGE, Place, Sources};
use crate::diagnostics::codes::source::{KEY_TWICE, NOT_YAML, TOO_DEEP, UNREADABLE_FILE};
use crate::diagnostics::{Diagnostic, Diagnostics};
use serde::de::DeserializeSeed;
use serde_json::Value;

/// Why a text is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What the parser says, one sentence.
    pub message: String,
    /// The byte where it gave up.
    pub at: usize,
    /// Nested too deeply, or too often repeated by aliases.
    pub deep: bool,
}

/// More brackets than this are never opened by what our parsers (limit: 128) accept.
const DEEPEST: usize = 1_000;

/// Reads a text, which is JSON if it looks so, else YAML.
///
/// # Errors
/// Where and why the parser gave up.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    json(text).map(Json::into_value)
}

/// The same in little room.
///
/// # Errors
/// Where and why the parser gave up.
pub(crate) fn json(text: &str) -> Result<Json, ParseError> {
    read(text).map(|(tree, _)| tree)
}

/// The same, and whether a key is there twice. The last one wins, as it does wherever JSON is read.
fn read(text: &str) -> Result<(Json, bool), ParseError> {
    let reading = Reading::default();
    let reader = Reader(&reading);
    let looks_json = text.trim_start().starts_with(['{', '[']);
    let mut json_error = None;
    if looks_json {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = reader.deserialize(&mut json);
        match value.and_then(|value| json.end().map(|()| value)) {
            Ok(value) => return Ok((value, reading.twice.get())),
            Err(e) => {
                let error = from_json(text, &e);
                if error.deep {
                    return Err(error);
                }
                json_error = Some(error);
            }
        }
    }
    if super::locate::nesting(text) > DEEPEST {
        let message = "it is nested too deeply".to_owned();
        return Err(ParseError { message, at: 0, deep: true });
    }
    if text.len() >= LARGE
        && let Some(read) = stream::read(text)
    {
        return Ok(read);
    }
    reading.twice.set(false);
    match reader.deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(mut value) => {
            if text.contains("<<") {
                merge(&mut value);
            }
            Ok((value, reading.twice.get()))
        }
        Err(e) => {
            let error = from_yaml(text, &e);
            // Text in braces is rarely YAML: what JSON says is clearer then.
            Err(match json_error {
                Some(json) if !error.deep => json,
                _ => error,
            })
        }
    }
}

impl Sources {
    /// Reads a file's text as a value.
    pub fn value(&self, file: FileId, diagnostics: &mut Diagnostics) -> Option<Value> {
        self.json(file, diagnostics).map(Json::into_value)
    }

    /// Reads a file's text in little room.
    pub fn json(&self, file: FileId, diagnostics: &mut Diagnostics) -> Option<Json> {
        if self.is_lost(file) {
            let message = format!("`{}` {CHANGED}", self.path(file).display());
            diagnostics.push(Diagnostic::error(UNREADABLE_FILE, message).help("try again"));
            return None;
        }
        match read(self.text(file)) {
            Ok((value, has_twice)) => {
                let found = if has_twice { twice(self.text(file)) } else { Vec::new() };
                for (key, start, end) in found {
                    let message = format!("the key `{key}` is there twice");
                    diagnostics.push(
                        Diagnostic::warning(KEY_TWICE, message)
                            .at(&Place::root(file).within(start, end), "the last one counts")
                            .help("remove one of the two, or merge them"),
                    );
                }
                let tags = value.is_string().then(|| markup::finding(self.text(file), file));
                if let Some(finding) = tags.flatten() {
                    diagnostics.push(finding);
                    return None;
                }
                Some(value)
            }
            Err(error) => {
                let tags = markup::finding(self.text(file), file);
                diagnostics.push(tags.unwrap_or_else(|| error.diagnostic(file)));
                None
            }
        }
    }
}

impl ParseError {
    /// The finding about a file.
    #[must_use]
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        let (code, what) = match self.deep {
            true => (TOO_DEEP, "the file is nested too deeply"),
            false => (NOT_YAML, "the file is neither YAML nor JSON"),
        };
        let found = Diagnostic::error(code, what)
            .at(&Place::root(file).within(self.at, self.at + 1), self.message.clone());
        // The likeliest cause in specs: a condition `a ? b : c`, or text with a colon in it.
        if self.message.contains("mapping values are not allowed") {
            return found.help("text with `: ` in it stands in quotes: 'a ? \"b\" : \"c\"'");
        }
        if self.message.contains("did not find expected ',' or '}'") {
            return found.help(
                "inside of `{...}`, text with a `{`, `}`, `[`, `]` or `,` in it stands in quotes: `{call: 'GET /things/{id}'}`",
            );
        }
        if self.message.contains("cannot start any token") {
            return found.help("YAML is indented with spaces, not tabs; text that begins with @, `, % stands in quotes");
        }
        found
    }
}

fn from_json(text: &str, error: &serde_json::Error) -> ParseError {
    let message = error.to_string();
    let deep = message.starts_with("recursion limit");
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(m, _)| m).to_owned();
    let line: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    ParseError { message, at: line + error.column().saturating_sub(1), deep }
}

pub(crate) fn from_yaml(text: &str, error: &serde_yaml::Error) -> ParseError {
    let message = error.to_string();
    let deep = message.contains("recursion limit") || message.contains("repetition limit");
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(m, _)| m).to_owned();
    // Lines and columns of the parser count characters, its index bytes or characters by version.
    let at = error.location().map_or(0, |location| {
        let lines = text.split_inclusive('\n');
        let line: usize = lines.take(location.line().saturating_sub(1)).map(str::len).sum();
        let rest = text.get(line..).unwrap_or("");
        line + rest
            .chars()
            .take(location.column().saturating_sub(1))
            .map(char::len_utf8)
            .sum::<usize>()
    });
    ParseError { message, at, deep }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::parse;
    use serde_json::json;

    #[test]
    fn json_and_yaml_give_the_same() {
        let expect = json!({"a": {"200": [1, true, null]}});
        assert_eq!(parse(r#"{"a": {"200": [1, true, null]}}"#).unwrap(), expect);
        assert_eq!(parse("a:\n  200: [1, true, null]\n").unwrap(), expect);
        assert_eq!(parse("{a: {200: [1, true, ~]}}").unwrap(), expect);
        assert_eq!(parse("on: 1\ntrue: 2\n1.5: 3").unwrap(), json!({"on": 1, "true": 2, "1.5": 3}));
    }

    #[test]
    fn broken_text_has_a_place() {
        let error = parse("a: b\nc: d: e\n").unwrap_err();
        assert!(!error.deep);
        assert_eq!(&"a: b\nc: d: e\n"[error.at..=error.at], ":", "{error:?}");
        let error = parse("{\"a\": 1,\n \"b\" 2}").unwrap_err();
        assert_eq!((error.message.as_str(), error.at), ("expected `:`", 14));
    }

    #[test]
    fn hostile_text_ends_in_an_error() {
        assert!(parse(&"[".repeat(10_000_000)).unwrap_err().deep);
        assert!(parse(&"{\"a\":".repeat(2_000_000)).unwrap_err().deep);
        assert!(parse(&format!("x: {}", "[".repeat(1_000_000))).unwrap_err().deep);
        assert!(parse(&"- ".repeat(100_000)).unwrap_err().deep);
        assert!(parse("a: &a [*a]").unwrap_err().deep);
        let laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
        assert!(parse(laughs).unwrap_err().deep);
    }

    #[track_caller]
    fn check(text: &str, expect: serde_json::Value) {
        assert_eq!(parse(text).unwrap(), expect, "{text:?}");
    }

    #[test]
    fn yaml_as_people_write_it() {
        check(
            "a: 2020-01-01\nb: 2020-01-01T00:00:00Z",
            json!({"a": "2020-01-01", "b": "2020-01-01T00:00:00Z"}),
        );
        check(
            "a: yes\nb: off\nc: 012\nd: 1_000",
            json!({"a": "yes", "b": "off", "c": "012", "d": "1_000"}),
        );
        check("a: 0x10\nb: 0o10\nc: 1e3", json!({"a": 16, "b": 8, "c": 1000.0}));
        check(
            "a: 18446744073709551615\nb: -9223372036854775808",
            json!({"a": u64::MAX, "b": i64::MIN}),
        );
        check("a: 123456789012345678901234567890", json!({"a": 123456789012345678901234567890.0}));
        check("a: .nan\nb: .inf", json!({"a": null, "b": null}));
        check("~: 1\nnull: 2\n1.50: 3\n'a': 4", json!({"~": 1, "null": 2, "1.50": 3, "a": 4}));
        check("a: !own {b: 1}\nc: !!str 7", json!({"a": {"b": 1}, "c": "7"}));
        check("a:\r\n  b: 1\r\nc: |\r\n  x\r\n  y\r\n", json!({"a": {"b": 1}, "c": "x\ny\n"}));
        check("a:\t1\nb: {c:\t2}", json!({"a": 1, "b": {"c": 2}}));
        check("---\na: 1\n...\n", json!({"a": 1}));
        check("# nothing but\n{\"a\": 1} # JSON", json!({"a": 1}));
        assert!(parse("a:\n\tb: 1").is_err());
    }

    #[test]
    fn aliases_and_merge_keys() {
        check("a: &a [1]\nb: *a", json!({"a": [1], "b": [1]}));
        check(
            "x: &x {a: 1, b: 2}\ny: &y {<<: *x, b: 3}\nz: {c: 4, <<: [*y, {d: 5, a: 6}]}",
            json!({"x": {"a": 1, "b": 2}, "y": {"b": 3, "a": 1}, "z": {"c": 4, "b": 3, "a": 1, "d": 5}}),
        );
        // No merge: nothing that has members, or JSON.
        check("a: {<<: 1}", json!({"a": {"<<": 1}}));
        check(r#"{"a": {"<<": {"b": 1}}}"#, json!({"a": {"<<": {"b": 1}}}));
    }

    #[test]
    fn a_key_that_is_there_twice_is_said() {
        let of = |text: &str| {
            let mut sources = super::Sources::new().with_file("a.yaml", text);
            let file = sources.read(std::path::Path::new("a.yaml")).unwrap();
            let mut diagnostics = crate::diagnostics::Diagnostics::new();
            let value = sources.value(file, &mut diagnostics).unwrap();
            let found = diagnostics.finish();
            let at = |d: &crate::diagnostics::Diagnostic| {
                let place = &d.primary.as_ref().unwrap().place;
                crate::diagnostics::position_of(place, &sources)
            };
            (value, found.iter().map(|d| format!("{} {}", at(d), d.message)).collect::<Vec<_>>())
        };
        let (value, found) = of("a: 1\nb: [{c: 1, d: {c: 3}, c: 2}]\na: 3\n");
        assert_eq!(value, json!({"a": 3, "b": [{"c": 2, "d": {"c": 3}}]}));
        assert_eq!(
            found,
            ["a.yaml:2:23 the key `c` is there twice", "a.yaml:3:1 the key `a` is there twice"]
        );
        let (value, found) = of("{\"a\": 1,\n \"a\": {\"b\": [], \"b\": 2}}");
        assert_eq!(value, json!({"a": {"b": 2}}));
        assert_eq!(found.len(), 2);
        assert!(of("{a: {b: 1}, c: {b: 1}}").1.is_empty());
    }
}
