//! Diagnostics are data: collected by the passes, shown by a door.

use crate::source::{Place, Sources};
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

pub mod codes;
mod declared;
mod index;
mod nearest;
mod order;
mod position;
mod render;
pub mod sarif;
mod secrets;
mod suggestion;

pub use codes::{CODES, Code, CodeDoc, explain};
pub use index::error_index;
pub use nearest::{is_anagram, is_misspelt, near, nearest};
pub use position::{position_of, positions_of};
pub use render::{Located, Renderer, Style, render, to_json};
pub(crate) use secrets::is_secret;
pub use suggestion::{Applicability, Edit, Fix, Replacement, Suggestion};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is emitted.
    Error,
    /// Emitted, but something was left out or looks wrong.
    Warning,
}

/// A place and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// A short text shown under the snippet; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The stable code, explained by `gusset explain`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is wrong; `None` only where there is no file to show.
    pub primary: Option<Label>,
    /// Other places that explain it, such as the line of the OpenAPI document.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
    /// Where a fact comes from.
    pub notes: Vec<String>,
    /// Changes that would mend it, the likeliest first; each is one of several ways.
    pub suggestions: Vec<Suggestion>,
}

impl Diagnostic {
    /// An error without places yet.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
            suggestions: Vec::new(),
        }
    }

    /// A warning without places yet.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// The place that is wrong.
    #[must_use]
    pub fn at(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.primary = Some(Label { place: place.clone(), text: text.into() });
        self
    }

    /// Another place that explains it.
    #[must_use]
    pub fn and(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.secondary.push(Label { place: place.clone(), text: text.into() });
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// The nearest known names, as help and as changes of the name that stands there. Says nothing when no name is near
    /// and there are too many to list.
    #[must_use]
    pub fn nearest<'a>(mut self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let found = nearest::Nearest::of(wrong, known);
        self.suggestions.extend(found.suggestions(wrong));
        match found.help() {
            Some(text) => self.help(text),
            None => self,
        }
    }

    /// What to do, as help and as a change: what stands at the place that is wrong becomes something else.
    #[must_use]
    pub fn mend(
        self,
        help: impl Into<String>,
        applicability: Applicability,
        old: impl Into<String>,
        new: impl Into<String>,
    ) -> Self {
        let text: String = help.into();
        let edits = vec![Edit { place: None, old: old.into(), new: new.into() }];
        self.help(text.clone()).suggest(Suggestion { text, applicability, edits })
    }

    /// A change that would mend it, of which the help speaks already.
    #[must_use]
    pub fn suggest(mut self, suggestion: Suggestion) -> Self {
        self.suggestions.push(suggestion);
        self
    }

    /// The nearest of a few known words, of which the help speaks already.
    #[must_use]
    pub fn suggest_nearest<'a>(
        mut self,
        wrong: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.suggestions.extend(nearest::Nearest::of(wrong, known).suggestions(wrong));
        self
    }

    /// Where a fact comes from.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }
}

/// The marker that a pass found errors; they are in the [`Diagnostics`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// Collects findings over a pass. Dropping it without [`finish`](Diagnostics::finish) is a bug of the compiler.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Where in the list findings are, by their hashes: a document may have a hundred thousand.
    seen: HashMap<u64, usize>,
    finished: bool,
}

impl Diagnostics {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding, unless the very same one is there.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let hash = hash_of(&diagnostic);
        let known = self.seen.get(&hash).and_then(|at| self.list.get(*at));
        if known != Some(&diagnostic) {
            self.seen.insert(hash, self.list.len());
            self.list.push(diagnostic);
        }
    }

    /// What was pushed since there were so many findings stands elsewhere now.
    fn moved_since(&mut self, mark: usize) {
        let moved = self.list.iter().enumerate().skip(mark);
        self.seen.extend(moved.map(|(at, found)| (hash_of(found), at)));
    }

    /// Whether an error was pushed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many errors were pushed.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// Makes warnings of what was pushed since there were so many findings: it cost itself, nothing else.
    pub(crate) fn warn_since(&mut self, mark: usize) {
        for finding in self.list.iter_mut().skip(mark) {
            finding.severity = Severity::Warning;
        }
        self.moved_since(mark);
    }

    /// Makes one of the errors about parts of an operation that were pushed since there were so many findings: they
    /// have one cause, that it is another operation than the one that is meant. Each is told where it shows. Says
    /// whether there were several.
    pub(crate) fn one_since(&mut self, mark: usize, cause: &Place, text: &str) -> bool {
        let errors = || self.list.iter().skip(mark).filter(|found| is_about_a_part(found));
        // Slips of the hand are mistakes of their own: all of it is there, under names that are nearly these.
        if errors().count() < 2 || errors().all(is_a_slip) {
            return false;
        }
        let mut first: Option<Diagnostic> = None;
        for found in self.list.split_off(mark) {
            match &mut first {
                Some(first) if is_about_a_part(&found) => {
                    let text = std::iter::once(found.message).chain(found.help);
                    let text = text.collect::<Vec<_>>().join("; ");
                    first.secondary.extend(found.primary.map(|label| Label { text, ..label }));
                }
                None if is_about_a_part(&found) => first = Some(found),
                _ => self.list.push(found),
            }
        }
        self.list.extend(first.map(|first| first.and(cause, text)));
        self.moved_since(mark);
        true
    }

    /// Takes back such errors: they follow from one that stands.
    pub(crate) fn forget_since(&mut self, mark: usize) {
        let mut number = 0;
        self.list.retain(|found| {
            number += 1;
            number <= mark || !is_about_a_part(found)
        });
        self.moved_since(mark);
    }

    /// The same for errors at a place and below it, whenever they were pushed.
    pub(crate) fn forget_within(&mut self, place: &Place) {
        let within = |found: &Diagnostic| {
            found.primary.as_ref().is_some_and(|label| label.place.is_within(place))
        };
        self.list.retain(|found| !(is_about_a_part(found) && within(found)));
        self.moved_since(0);
    }

    /// What was pushed so far.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Only `compile()` calls this, at pass borders.
    ///
    /// # Errors
    /// [`Stop`] if an error was pushed.
    pub fn stop_if_errors(&self) -> Result<(), Stop> {
        if self.has_errors() { Err(Stop) } else { Ok(()) }
    }

    /// Hands the findings over as they are shown: in the order in which a reader meets them, errors first, then by file
    /// and by line; without secrets.
    #[must_use]
    pub fn settle(self, sources: &Sources) -> Vec<Diagnostic> {
        let mut list = self.finish();
        order::put_in_order(&mut list, sources);
        declared::doubt(&mut list, sources);
        secrets::hide(&mut list, sources);
        list
    }

    /// Hands the findings over, in the order of their places.
    #[must_use]
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.finished = true;
        let mut list = std::mem::take(&mut self.list);
        list.sort_by(|a, b| {
            let place = |d: &Diagnostic| d.primary.as_ref().map(|l| l.place.clone());
            (a.severity, place(a)).cmp(&(b.severity, place(b)))
        });
        merged(list)
    }
}

fn hash_of(finding: &Diagnostic) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(finding)
}

/// Whether it is an error about a part of an operation that does not have it, or not like that.
fn is_about_a_part(found: &Diagnostic) -> bool {
    let about = [
        codes::references::BAD_PATH,
        codes::references::NOT_IN_RESPONSE,
        codes::references::NOT_IN_REQUEST,
        codes::references::NOT_AN_ARRAY,
        codes::references::DOES_NOT_FIT,
        codes::resources::KEY_SLOT,
        codes::resources::BAD_UPSERT,
        codes::resources::TIME_FORMAT,
    ];
    found.severity == Severity::Error && about.contains(&found.code)
}

/// Whether it is known beyond doubt what was meant.
fn is_a_slip(found: &Diagnostic) -> bool {
    let sure = Applicability::MachineApplicable;
    found.suggestions.iter().any(|suggestion| suggestion.applicability == sure)
}

/// Findings of one mistake: a name that is not declared is wrong once, wherever it is used.
fn merged(list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let of_a_name = [
        codes::spec::UNDECLARED,
        codes::cel::UNKNOWN_FIELD,
        codes::cel::UNKNOWN_NAME,
        codes::resources::NOT_PAGINATED,
        codes::resources::OTHER_RECORD,
        codes::sync::UNKNOWN_RESOURCE,
    ];
    let mut merged: Vec<Diagnostic> = Vec::with_capacity(list.len());
    let mut names: HashMap<(Code, Severity, String), usize> = HashMap::new();
    for finding in list {
        if of_a_name.contains(&finding.code) {
            let said = (finding.code, finding.severity, finding.message.clone());
            let first = *names.entry(said).or_insert(merged.len());
            if let Some(first) = merged.get_mut(first) {
                also_here(first, finding);
                continue;
            }
        }
        merged.push(finding);
    }
    merged
}

/// The same finding at another place: what mends it is done at both.
fn also_here(known: &mut Diagnostic, finding: Diagnostic) {
    let place = finding.primary.as_ref().map(|label| &label.place);
    for suggestion in &mut known.suggestions {
        let same = finding.suggestions.iter().find(|other| other.text == suggestion.text);
        for edit in same.into_iter().flat_map(|same| &same.edits) {
            let place = edit.place.as_ref().or(place).cloned();
            suggestion.edits.push(Edit { place, ..edit.clone() });
        }
    }
    let label = finding.primary.map(|label| Label { text: "and here".to_owned(), ..label });
    known.secondary.extend(label);
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        if !self.finished && !self.list.is_empty() && !std::thread::panicking() {
            #[expect(clippy::panic, reason = "a compiler bug: findings must never be lost")]
            {
                panic!("diagnostics dropped without being finished");
            }
        }
    }
}

#[cfg(test)]
mod tests;
