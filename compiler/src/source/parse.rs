//! Text to values: JSON by serde_json, YAML by serde_yaml.

use super::{FileId, Place, Sources};
use crate::diagnostics::codes::source::{NOT_YAML, TOO_DEEP};
use crate::diagnostics::{Diagnostic, Diagnostics};
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
    let looks_json = text.trim_start().starts_with(['{', '[']);
    let mut json_error = None;
    if looks_json {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
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
    match serde_yaml::from_str(text) {
        Ok(value) => Ok(value),
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
        match parse(self.text(file)) {
            Ok(value) => Some(value),
            Err(error) => {
                diagnostics.push(error.diagnostic(file));
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
}
