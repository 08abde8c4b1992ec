//! Findings as a log of SARIF 2.1.0, for code scanning and editors.

use super::{Code, Diagnostic, Fix, Located, Renderer, Replacement, explain};
use crate::source::{Position, Sources};
use crate::spec::normal;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

/// The schema that a log says it follows.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths of files are relative to.
const BASE: &str = "SRCROOT";

/// A run of the tool: findings first, then what else it found.
#[derive(Debug)]
pub struct Sarif {
    files: Files,
    /// Ids of rules, in the order in which they are used, and what is said about them.
    rules: Vec<(String, Value)>,
    results: Vec<Value>,
    properties: Map<String, Value>,
}

impl Sarif {
    /// An empty run. Paths of files are relative to `root`, a whole path.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        let files = Files { root: root.to_owned() };
        Sarif { files, rules: Vec::new(), results: Vec::new(), properties: Map::new() }
    }

    /// Adds findings.
    pub fn findings(&mut self, findings: &[Diagnostic], sources: &Sources) {
        let renderer = Renderer::new(findings, sources, super::Style::Plain);
        for finding in findings {
            let rule = self.rule(finding.code.0, || rule(finding.code));
            let result = self.files.result(finding, &renderer, rule);
            self.results.push(result);
        }
    }

    /// Adds a result of another kind than findings; its rule is described by `title`.
    pub fn result(&mut self, rule: &str, title: &str, mut result: Value) {
        let described = || json!({"id": rule, "shortDescription": {"text": title}});
        result["ruleIndex"] = self.rule(rule, described).into();
        result["ruleId"] = rule.into();
        self.results.push(result);
    }

    /// Where something is, for results of other kinds.
    #[must_use]
    pub fn location(&self, path: &str, at: Option<Position>) -> Value {
        let mut location = json!({"artifactLocation": self.files.artifact(Path::new(path))});
        if let Some(at) = at {
            location["region"] = json!({"startLine": at.line, "startColumn": at.column});
        }
        json!({"physicalLocation": location})
    }

    /// Sets what the run tells beside its results.
    pub fn property(&mut self, name: &str, value: Value) {
        self.properties.insert(name.to_owned(), value);
    }

    /// The log, for one run; `successful` says whether it came to its end, whatever it found.
    #[must_use]
    pub fn log(self, successful: bool) -> Value {
        let mut run = json!({
            "tool": {"driver": {
                "name": "gusset",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": self.rules.into_iter().map(|(_, rule)| rule).collect::<Vec<_>>(),
            }},
            // The columns of this compiler count characters.
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: {"uri": self.files.base()}},
            "invocations": [{"executionSuccessful": successful}],
            "results": self.results,
        });
        if !self.properties.is_empty() {
            run["properties"] = Value::Object(self.properties);
        }
        json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    }

    fn rule(&mut self, id: &str, described: impl FnOnce() -> Value) -> usize {
        match self.rules.iter().position(|(known, _)| known == id) {
            Some(known) => known,
            None => {
                self.rules.push((id.to_owned(), described()));
                self.rules.len() - 1
            }
        }
    }
}

/// What `gusset explain` says about a code.
fn rule(code: Code) -> Value {
    let Some(doc) = explain(code.0) else { return json!({"id": code.0}) };
    let (mut text, mut markdown) = (doc.text.trim().to_owned(), doc.text.trim().to_owned());
    for (title, example) in [("Wrong", doc.wrong), ("Right", doc.right)] {
        let example = example.trim_matches('\n');
        if !example.trim().is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n\n{title}:\n\n{example}");
            let _ = write!(markdown, "\n\n{title}:\n\n```yaml\n{example}\n```");
        }
    }
    json!({
        "id": code.0,
        "shortDescription": {"text": doc.title},
        "fullDescription": {"text": doc.text.trim()},
        "help": {"text": text, "markdown": markdown},
    })
}

/// How files are referred to.
#[derive(Debug)]
struct Files {
    root: PathBuf,
}

impl Files {
    fn result(&self, finding: &Diagnostic, renderer: &Renderer<'_>, rule: usize) -> Value {
        let mut text = finding.message.clone();
        let notes = finding.notes.iter().map(|note| ("note", note));
        for (kind, said) in notes.chain(finding.help.iter().map(|help| ("help", help))) {
            let _ = write!(text, "\n{kind}: {said}");
        }
        let mut result = json!({
            "ruleId": finding.code.0,
            "ruleIndex": rule,
            "level": finding.severity.word(),
            "message": {"text": text},
        });
        let located = renderer.locate(finding);
        let (primary, related): (Vec<_>, Vec<_>) = located.iter().partition(|at| at.primary);
        let mut locations: Vec<Value> = primary.into_iter().map(|at| self.location(at)).collect();
        if let (true, Some(label)) = (locations.is_empty(), &finding.primary) {
            // A file that cannot be shown is named at least.
            let path = renderer.sources().path(label.place.file);
            locations.push(json!({"physicalLocation": {"artifactLocation": self.artifact(path)}}));
        }
        if !locations.is_empty() {
            result["locations"] = locations.into();
        }
        if !related.is_empty() {
            let numbered = related.into_iter().enumerate().map(|(id, at)| {
                let mut location = self.location(at);
                location["id"] = id.into();
                location
            });
            result["relatedLocations"] = numbered.collect();
        }
        let fixes: Vec<Value> = renderer.fixes(finding).iter().map(|fix| self.fix(fix)).collect();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }

    fn location(&self, at: &Located<'_>) -> Value {
        let mut location = json!({"physicalLocation": {
            "artifactLocation": self.artifact(Path::new(&at.path)),
            "region": region(at.start, at.end),
        }});
        if !at.text.is_empty() {
            location["message"] = json!({"text": at.text});
        }
        location
    }

    /// Changes are grouped by file.
    fn fix(&self, fix: &Fix<'_>) -> Value {
        let mut changes: Vec<(&str, Vec<Value>)> = Vec::new();
        for replacement in &fix.replacements {
            let Replacement { path, start, end, text, .. } = replacement;
            let change = json!({
                "deletedRegion": region(*start, *end),
                "insertedContent": {"text": text},
            });
            match changes.last_mut().filter(|(known, _)| *known == path) {
                Some((_, list)) => list.push(change),
                None => changes.push((path, vec![change])),
            }
        }
        let changes = changes.into_iter().map(|(path, replacements)| {
        json!({"artifactLocation": self.artifact(Path::new(path)), "replacements": replacements})
    });
        json!({
            "description": {"text": fix.text},
            "artifactChanges": changes.collect::<Vec<_>>(),
            "properties": {"applicability": fix.applicability.word()},
        })
    }

    /// A file: relative to the base if it is below that. A reference may not leave its base.
    fn artifact(&self, path: &Path) -> Value {
        let whole = normal(&self.root.join(path));
        match whole.strip_prefix(&self.root) {
            Ok(below) => json!({"uri": encoded(below), "uriBaseId": BASE}),
            Err(_) => json!({"uri": file_uri(&whole)}),
        }
    }

    fn base(&self) -> String {
        let mut uri = file_uri(&self.root);
        if !uri.ends_with('/') {
            uri.push('/');
        }
        uri
    }
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn file_uri(path: &Path) -> String {
    let path = encoded(path);
    format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })
}

/// All but the unreserved characters of RFC 3986.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path as a reference of RFC 3986.
fn encoded(path: &Path) -> String {
    let mut uri = String::new();
    for part in path.components() {
        let part = match part {
            Component::RootDir => {
                uri.push('/');
                continue;
            }
            Component::CurDir => continue,
            other => other.as_os_str().to_string_lossy(),
        };
        if !uri.is_empty() && !uri.ends_with('/') {
            uri.push('/');
        }
        uri.extend(utf8_percent_encode(&part, &RESERVED));
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_references() {
        let files = Files { root: "/srv/my shop".into() };
        let shown = |path: &str| files.artifact(Path::new(path)).to_string();
        assert_eq!(
            shown("./specs/a b.yaml"),
            r#"{"uri":"specs/a%20b.yaml","uriBaseId":"SRCROOT"}"#
        );
        assert_eq!(shown("/srv/my shop/b.yaml"), r#"{"uri":"b.yaml","uriBaseId":"SRCROOT"}"#);
        assert_eq!(shown("/opt/ü.yaml"), r#"{"uri":"file:///opt/%C3%BC.yaml"}"#);
        assert_eq!(shown("../b.yaml"), r#"{"uri":"file:///srv/b.yaml"}"#);
        assert_eq!(files.base(), "file:///srv/my%20shop/");
    }
}
