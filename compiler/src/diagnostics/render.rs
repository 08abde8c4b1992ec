//! Findings for people, as rustc shows them, and for machines, one JSON object each.

use super::{Diagnostic, Severity};
use crate::source::{FileId, Place, Position, Sources, Span};
use annotate_snippets::{
    AnnotationKind, Element, Level, Origin, Renderer as Annotate, Snippet, renderer::DecorStyle,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// How findings look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Without colour.
    #[default]
    Plain,
    /// With colour, for terminals.
    Colour,
}

/// A label of a finding and where it stands.
#[derive(Clone, Debug)]
pub struct Located<'d> {
    /// The file's path, as it was asked for.
    pub path: String,
    /// Where in the file, as it is written there.
    pub place: Place,
    /// Its bytes.
    pub span: Span,
    /// Where they start.
    pub start: Position,
    /// Where they end.
    pub end: Position,
    /// What is said about them; may be empty.
    pub text: &'d str,
    /// Whether this is the place that is wrong.
    pub primary: bool,
}

/// Shows findings. Files are searched for places once, when it is made.
#[derive(Debug)]
pub struct Renderer<'s> {
    sources: &'s Sources,
    style: Style,
    /// By place: where it stands in a text, and the bytes there.
    spans: HashMap<Place, (Place, Option<Span>)>,
}

/// Lines longer than this (minified JSON) are cut around what is shown.
const LONGEST_LINE: usize = 160;
/// Bytes that a cut line shows before and after what is meant, and of that itself.
const AROUND: usize = 50;
/// Labels of one file this many lines apart share a snippet, in which the lines between are folded.
const FARTHEST: usize = 60;

impl<'s> Renderer<'s> {
    /// Finds the places of all findings.
    #[must_use]
    pub fn new(findings: &[Diagnostic], sources: &'s Sources, style: Style) -> Self {
        let mut by_file: HashMap<FileId, Vec<(&Place, Place)>> = HashMap::new();
        for finding in findings {
            for label in finding.primary.iter().chain(&finding.secondary) {
                let origin = sources.origin(&label.place);
                by_file.entry(origin.file).or_default().push((&label.place, origin));
            }
        }
        let mut spans = HashMap::new();
        for (file, places) in by_file {
            let origins: Vec<&Place> = places.iter().map(|(_, origin)| origin).collect();
            let found = sources.spans(file, &origins);
            for ((place, origin), span) in places.into_iter().zip(found) {
                spans.insert(place.clone(), (origin, span));
            }
        }
        Renderer { sources, style, spans }
    }

    /// The labels of a finding that have a place in a file, the primary first.
    #[must_use]
    pub fn locate<'d>(&self, finding: &'d Diagnostic) -> Vec<Located<'d>> {
        let primary = finding.primary.iter().map(|label| (label, true));
        let all = primary.chain(finding.secondary.iter().map(|label| (label, false)));
        all.filter_map(|(label, primary)| {
            let (place, span) = self.spans.get(&label.place)?;
            let span = (*span)?;
            Some(Located {
                path: self.sources.path(place.file).display().to_string(),
                place: place.clone(),
                span,
                start: self.sources.position(place.file, span.start),
                end: self.sources.position(place.file, span.end),
                text: &label.text,
                primary,
            })
        })
        .collect()
    }

    /// A finding for people, without a line break at the end.
    #[must_use]
    pub fn render(&self, finding: &Diagnostic) -> String {
        self.draw(finding, self.style)
    }

    fn draw(&self, finding: &Diagnostic, style: Style) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(clean(&finding.message)).id(finding.code.0);
        let mut elements: Vec<Element<'_>> = Vec::new();
        let mut corrections = Vec::new();
        for excerpt in self.excerpts(finding) {
            corrections.extend(excerpt.correction());
            elements.push(excerpt.element());
        }
        // A file that cannot be shown is named at least.
        if elements.is_empty()
            && let Some(label) = &finding.primary
        {
            let path = self.sources.path(label.place.file).display().to_string();
            elements.push(Origin::path(path).into());
        }
        let notes = finding.notes.iter().map(|text| Level::NOTE.message(clean(text)));
        let help = finding.help.iter().map(|text| Level::HELP.message(clean(text)));
        elements.extend(notes.chain(help).map(Element::from));
        let annotate = match style {
            Style::Plain => Annotate::plain(),
            Style::Colour => Annotate::styled(),
        };
        let annotate = annotate.decor_style(DecorStyle::Ascii);
        let text = annotate.render(&[title.elements(elements)]);
        let correct =
            |text: String, (said, meant): (String, String)| text.replacen(&said, &meant, 1);
        corrections.into_iter().fold(text, correct)
    }

    /// A finding for machines: one JSON object in the manner of rustc's, on one line, without a line break.
    #[must_use]
    pub fn to_json(&self, finding: &Diagnostic) -> String {
        let spans: Vec<Value> = self
            .locate(finding)
            .iter()
            .map(|at| {
                json!({
                    "file": at.path,
                    "pointer": &*at.place.pointer,
                    "line": at.start.line,
                    "column": at.start.column,
                    "line_end": at.end.line,
                    "column_end": at.end.column,
                    "label": at.text,
                    "primary": at.primary,
                })
            })
            .collect();
        json!({
            "code": finding.code.0,
            "level": match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "message": finding.message,
            "spans": spans,
            "help": finding.help,
            "notes": finding.notes,
            "rendered": self.draw(finding, Style::Plain),
        })
        .to_string()
    }

    fn excerpts<'d>(&self, finding: &'d Diagnostic) -> Vec<Excerpt<'d>> {
        let mut excerpts: Vec<Excerpt<'d>> = Vec::new();
        for at in self.locate(finding) {
            let line = line_bounds(self.sources.text(at.place.file), at.span.start);
            let near = excerpts.iter_mut().find(|e| {
                e.file == at.place.file
                    && !e.cut
                    && line.end - line.start <= LONGEST_LINE
                    && at.start.line.abs_diff(e.first) <= FARTHEST
                    && at.start.line.abs_diff(e.last) <= FARTHEST
            });
            match near {
                Some(excerpt) => excerpt.add(at),
                None => excerpts.push(Excerpt {
                    file: at.place.file,
                    cut: line.end - line.start > LONGEST_LINE,
                    first: at.start.line,
                    last: at.start.line,
                    labels: vec![at],
                    text: String::new(),
                    offset: 0,
                    shift: 0,
                }),
            }
        }
        for excerpt in &mut excerpts {
            excerpt.fill(self.sources.text(excerpt.file));
        }
        excerpts
    }
}

/// One finding for people.
#[must_use]
pub fn render(finding: &Diagnostic, sources: &Sources, style: Style) -> String {
    Renderer::new(std::slice::from_ref(finding), sources, style).render(finding)
}

/// One finding for machines: a JSON object on one line.
#[must_use]
pub fn to_json(finding: &Diagnostic, sources: &Sources) -> String {
    Renderer::new(std::slice::from_ref(finding), sources, Style::Plain).to_json(finding)
}

/// Where a place is, for one line of text: `specs/hubspot/integration.yaml:31:9`.
#[must_use]
pub fn position_of(place: &Place, sources: &Sources) -> String {
    match crate::source::locate(sources, place) {
        Some((file, span)) => {
            let at = sources.position(file, span.start);
            format!("{}:{}:{}", sources.path(file).display(), at.line, at.column)
        }
        None => sources.path(place.file).display().to_string(),
    }
}

/// Where places are, each file searched once: its path, line and column; only the path where it cannot be found.
#[must_use]
pub fn positions_of(places: &[&Place], sources: &Sources) -> Vec<(String, Option<Position>)> {
    let origins: Vec<Place> = places.iter().map(|place| sources.origin(place)).collect();
    let mut by_file: HashMap<FileId, Vec<usize>> = HashMap::new();
    for (at, origin) in origins.iter().enumerate() {
        by_file.entry(origin.file).or_default().push(at);
    }
    let named = |origin: &Place| (sources.path(origin.file).display().to_string(), None);
    let mut found: Vec<(String, Option<Position>)> = origins.iter().map(named).collect();
    for (file, numbers) in by_file {
        let wanted: Vec<&Place> = numbers.iter().map(|at| &origins[*at]).collect();
        for (at, span) in numbers.iter().zip(sources.spans(file, &wanted)) {
            found[*at].1 = span.map(|span| sources.position(file, span.start));
        }
    }
    found
}

/// Some lines of a file, with labels.
struct Excerpt<'d> {
    file: FileId,
    /// A piece of one long line.
    cut: bool,
    first: usize,
    last: usize,
    labels: Vec<Located<'d>>,
    text: String,
    /// The byte of the file at which the text starts.
    offset: usize,
    /// Bytes of the text before that byte.
    shift: usize,
}

impl<'d> Excerpt<'d> {
    fn add(&mut self, label: Located<'d>) {
        self.first = self.first.min(label.start.line);
        self.last = self.last.max(label.start.line);
        self.labels.push(label);
    }

    fn fill(&mut self, text: &str) {
        let starts = self.labels.iter().map(|label| label.span.start);
        let (low, high) = starts.fold((usize::MAX, 0), |(l, h), s| (l.min(s), h.max(s)));
        let (from, to) = (line_bounds(text, low).start, line_bounds(text, high).end);
        if !self.cut {
            (self.offset, self.text) = (from, text[from..to].to_owned());
            return;
        }
        // The only label's surroundings. The sign of what is left out counts as text before the offset.
        let span = self.labels[0].span;
        let back = floor(text, span.start.saturating_sub(AROUND)).max(from);
        let ahead = floor(text, span.end.min(span.start + AROUND) + AROUND).min(to).max(back);
        let (before, after) = (cut_sign(back > from), cut_sign(ahead < to));
        self.text = format!("{before}{}{after}", &text[back..ahead]);
        self.offset = back;
        self.shift = before.len();
    }

    /// Where annotate-snippets thinks that a piece of a line stands, and where it stands.
    fn correction(&self) -> Option<(String, String)> {
        let first = self.cut.then(|| &self.labels[0])?;
        let (path, line) = (&first.path, first.start.line);
        let start = floor(&self.text, first.span.start - self.offset + self.shift);
        let column = self.text[..start].chars().count() + 1;
        Some((format!("{path}:{line}:{column}"), format!("{path}:{line}:{}", first.start.column)))
    }

    fn element(self) -> Element<'d> {
        let len = self.text.len();
        let bounds = |span: Span, text: &str| {
            let at = |byte: usize| (byte.saturating_sub(self.offset) + self.shift).min(len);
            let start = floor(text, at(span.start));
            let end = floor(text, at(span.end.min(span.start + LONGEST_LINE)).max(start));
            // Only the first line of what is longer.
            let line = text[start..end].find('\n').map_or(end, |at| start + at);
            start..line.max(start)
        };
        let annotations: Vec<_> = self
            .labels
            .iter()
            .map(|label| {
                let kind = match label.primary {
                    true => AnnotationKind::Primary,
                    false => AnnotationKind::Context,
                };
                let annotation = kind.span(bounds(label.span, &self.text));
                annotation.label((!label.text.is_empty()).then(|| clean(label.text)))
            })
            .collect();
        let path = self.labels[0].path.clone();
        let snippet = Snippet::source(self.text.clone()).line_start(self.first).path(path);
        snippet.annotations(annotations).into()
    }
}

fn cut_sign(cut: bool) -> &'static str {
    if cut { "…" } else { "" }
}

/// The line around a byte.
fn line_bounds(text: &str, byte: usize) -> std::ops::Range<usize> {
    let byte = floor(text, byte);
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let end = text[byte..].find('\n').map_or(text.len(), |at| byte + at);
    start..end
}

/// The last border of a character up to a byte.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Text from documents has no control characters when it reaches a terminal, and is not endless.
fn clean(text: &str) -> String {
    let mut out: String =
        text.chars().filter(|c| *c == '\n' || !c.is_control()).take(1_000).collect();
    if text.chars().count() > 1_000 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests;
