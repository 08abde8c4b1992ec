//! Findings for people, as rustc shows them, and where their parts stand.

mod excerpt;
mod json;

use super::{Diagnostic, Severity, secrets};
use crate::source::{FileId, Place, Position, Sources, Span, parse};
use annotate_snippets::{Element, Level, Origin, Renderer as Annotate, renderer::DecorStyle};
use excerpt::Excerpt;
use serde_json::Value;
use std::cell::RefCell;
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
    /// Texts with secrets in them, with stars in their place.
    masked: HashMap<FileId, String>,
    /// What the texts mean that suggestions change.
    values: RefCell<HashMap<FileId, Option<Value>>>,
}

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
        let mut edited: HashMap<FileId, Vec<Place>> = HashMap::new();
        for place in findings.iter().flat_map(super::suggestion::places) {
            let origin = sources.origin(place);
            let whole = Place { within: None, ..origin.clone() };
            edited.entry(origin.file).or_default().extend([origin, whole]);
        }
        let mut spans = HashMap::new();
        for (file, places) in by_file {
            let origins: Vec<&Place> = places.iter().map(|(_, origin)| origin).collect();
            // Those of suggestions are looked for in the same walk, and asked for again when they are shown.
            let edited = edited.remove(&file).unwrap_or_default();
            let wanted: Vec<&Place> = origins.iter().copied().chain(&edited).collect();
            let found = sources.spans(file, &wanted);
            for ((place, origin), span) in places.into_iter().zip(found) {
                spans.insert(place.clone(), (origin, span));
            }
        }
        let labels = findings.iter().flat_map(|f| f.primary.iter().chain(&f.secondary));
        let masked = secrets::found(labels, sources)
            .into_iter()
            .map(|(file, spans)| (file, secrets::masked(sources.text(file), &spans)))
            .collect();
        Renderer { sources, style, spans, masked, values: RefCell::default() }
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

    /// A file's text as it may be shown.
    pub(super) fn shown(&self, file: FileId) -> &str {
        self.masked.get(&file).map_or_else(|| self.sources.text(file), String::as_str)
    }

    pub(super) fn sources(&self) -> &'s Sources {
        self.sources
    }

    /// Something of what a file means; its text is read once.
    pub(super) fn value_of<T>(
        &self,
        file: FileId,
        of: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let mut values = self.values.borrow_mut();
        let value = values.entry(file).or_insert_with(|| parse(self.sources.text(file)).ok());
        value.as_ref().and_then(of)
    }

    /// A finding for people, without a line break at the end.
    #[must_use]
    pub fn render(&self, finding: &Diagnostic) -> String {
        self.draw(finding, self.style)
    }

    /// A finding on one line: where, what, and what to do.
    #[must_use]
    pub fn line(&self, finding: &Diagnostic) -> String {
        let located = self.locate(finding);
        let place = match (located.iter().find(|at| at.primary), &finding.primary) {
            (Some(at), _) => format!("{}:{}:{}: ", at.path, at.start.line, at.start.column),
            (None, Some(label)) => {
                format!("{}: ", self.sources.path(label.place.file).display())
            }
            (None, None) => String::new(),
        };
        let help = finding.help.iter().map(|help| format!("; help: {help}"));
        let said = format!("[{}]: {}{}", finding.code, finding.message, help.collect::<String>());
        format!("{place}{}{}", finding.severity.word(), clean(&said).replace('\n', " "))
    }

    fn draw(&self, finding: &Diagnostic, style: Style) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(clean(&finding.message)).id(finding.code.0);
        let mut elements: Vec<Element<'_>> = Vec::new();
        let mut corrections = Vec::new();
        for excerpt in Excerpt::of(self.locate(finding), |file| self.shown(file)) {
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
