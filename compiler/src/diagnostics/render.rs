//! Diagnostics for people: snippets that look like rustc's.

use super::excerpt::Excerpt;
use super::{Diagnostic, Label, Severity};
use crate::source::{Sources, locate_all};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// How a diagnostic is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Plain,
    /// With ANSI colours.
    Colour,
}

/// A diagnostic as text, without a line break at the end.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.0);
    let paths: Vec<String> = labels(diagnostic)
        .map(|(_, label)| sources.path(label.place.file).display().to_string())
        .collect();
    let excerpts: Vec<Option<Excerpt>> =
        labels(diagnostic).map(|(_, label)| excerpt(label, sources)).collect();

    let mut group = Group::with_title(title);
    for (((primary, label), path), excerpt) in labels(diagnostic).zip(&paths).zip(&excerpts) {
        let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match excerpt {
            None => group.element(Origin::path(path.as_str())),
            Some(excerpt) => {
                let mut annotation = kind.span(excerpt.span.clone());
                if !label.text.is_empty() {
                    annotation = annotation.label(label.text.as_str());
                }
                group.element(
                    Snippet::source(excerpt.text.as_str())
                        .line_start(excerpt.line)
                        .path(path.as_str())
                        .annotation(annotation),
                )
            }
        };
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// A diagnostic as one JSON object, in the manner of rustc's `--error-format=json`.
#[must_use]
pub fn to_json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let spans: Vec<serde_json::Value> = labels(diagnostic)
        .map(|(primary, label)| {
            let text = sources.text(label.place.file);
            let span = locate_all(text, &[&label.place]).pop().flatten();
            let at = |byte| crate::source::position(text, byte);
            serde_json::json!({
                "file": sources.path(label.place.file).display().to_string(),
                "pointer": &*label.place.pointer,
                "line": span.map(|s| at(s.start).line),
                "column": span.map(|s| at(s.start).column),
                "line_end": span.map(|s| at(s.end).line),
                "column_end": span.map(|s| at(s.end).column),
                "label": label.text,
                "primary": primary,
            })
        })
        .collect();
    serde_json::json!({
        "code": diagnostic.code.0,
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": diagnostic.message,
        "spans": spans,
        "help": diagnostic.help,
        "notes": diagnostic.notes,
        "rendered": render(diagnostic, sources, Style::Plain),
    })
    .to_string()
}

/// The primary label first.
fn labels(diagnostic: &Diagnostic) -> impl Iterator<Item = (bool, &Label)> {
    let primary = diagnostic.primary.iter().map(|label| (true, label));
    primary.chain(diagnostic.secondary.iter().map(|label| (false, label)))
}

fn excerpt(label: &Label, sources: &Sources) -> Option<Excerpt> {
    let text = sources.text(label.place.file);
    let span = locate_all(text, &[&label.place]).pop().flatten()?;
    Some(Excerpt::around(text, span))
}

/// Where a place is, for one line of text: `specs/hubspot/integration.yaml:31:9`.
#[must_use]
pub fn position_of(place: &crate::source::Place, sources: &Sources) -> String {
    let path = sources.path(place.file).display();
    match crate::source::locate(sources, place) {
        Some(span) => {
            let at = crate::source::position(sources.text(place.file), span.start);
            format!("{path}:{}:{}", at.line, at.column)
        }
        None => path.to_string(),
    }
}
