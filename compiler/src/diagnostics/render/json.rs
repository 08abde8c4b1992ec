//! Findings for machines: one JSON object each, in the manner of rustc's.

use super::{Renderer, Style};
use crate::diagnostics::{Diagnostic, Fix, Severity};
use crate::source::{Position, Span};
use serde_json::{Value, json};

impl Renderer<'_> {
    /// A finding for machines: one JSON object on one line, without a line break; its `reason` is `diagnostic`.
    #[must_use]
    pub fn to_json(&self, finding: &Diagnostic) -> String {
        let spans: Vec<Value> = self
            .locate(finding)
            .iter()
            .map(|at| {
                let mut span = region(at.span, at.start, at.end);
                span["file"] = at.path.as_str().into();
                span["pointer"] = (*at.place.pointer).into();
                span["label"] = at.text.into();
                span["primary"] = at.primary.into();
                span
            })
            .collect();
        let suggestions: Vec<Value> = self.fixes(finding).iter().map(suggestion).collect();
        json!({
            "reason": "diagnostic",
            "code": finding.code.0,
            "level": finding.severity.word(),
            "message": finding.message,
            "spans": spans,
            "help": finding.help,
            "notes": finding.notes,
            "suggestions": suggestions,
            "rendered": self.draw(finding, Style::Plain),
        })
        .to_string()
    }
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

fn suggestion(fix: &Fix<'_>) -> Value {
    let edits: Vec<Value> = fix
        .replacements
        .iter()
        .map(|replacement| {
            let mut edit = region(replacement.span, replacement.start, replacement.end);
            edit["file"] = replacement.path.as_str().into();
            edit["replacement"] = replacement.text.as_str().into();
            edit
        })
        .collect();
    json!({"message": fix.text, "applicability": fix.applicability.word(), "edits": edits})
}

/// Lines and columns from 1, in characters; bytes from 0, behind a byte order mark.
fn region(span: Span, start: Position, end: Position) -> Value {
    json!({
        "line": start.line,
        "column": start.column,
        "line_end": end.line,
        "column_end": end.column,
        "byte_start": span.start,
        "byte_end": span.end,
    })
}
