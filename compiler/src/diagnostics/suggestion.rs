//! Changes that would mend a finding: what was meant, as data, and as an edit of the text that can be applied as written.

use super::{Diagnostic, Renderer};
use crate::source::{FileId, Part, Place, Position, Span, parse};
use serde_json::Value;

/// Whether a change may be made without a look at it; the words are those of rustc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Applicability {
    /// It is what was meant: `gusset check --fix` makes it.
    MachineApplicable,
    /// It can be applied as written, but something else may have been meant.
    MaybeIncorrect,
}

impl Applicability {
    /// `MachineApplicable` or `MaybeIncorrect`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Applicability::MachineApplicable => "MachineApplicable",
            Applicability::MaybeIncorrect => "MaybeIncorrect",
        }
    }
}

/// A change that would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Suggestion {
    /// What is done, in a few words.
    pub text: String,
    /// Whether it may be made without a look at it.
    pub applicability: Applicability,
    /// What changes; all of it or nothing.
    pub edits: Vec<Edit>,
}

impl Suggestion {
    /// A change of one text that can be applied as written, though something else may have been meant; without a place,
    /// at that of the finding.
    pub fn maybe(
        text: impl Into<String>,
        place: Option<Place>,
        old: impl Into<String>,
        new: impl Into<String>,
    ) -> Self {
        let edits = vec![Edit { place, old: old.into(), new: new.into() }];
        Suggestion { text: text.into(), applicability: Applicability::MaybeIncorrect, edits }
    }
}

/// Text in a value or a key becomes another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// Where; `None` for the place of the finding.
    pub place: Option<Place>,
    /// What stands there, once: the value or a word of it.
    pub old: String,
    /// What is to stand there.
    pub new: String,
}

/// A suggestion whose edits are known as bytes of files.
#[derive(Clone, Debug)]
pub struct Fix<'d> {
    /// What is done, in a few words.
    pub text: &'d str,
    /// Whether it may be made without a look at it.
    pub applicability: Applicability,
    /// What changes, in the order of the files and their bytes.
    pub replacements: Vec<Replacement>,
}

/// Bytes of a file and what they become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The file.
    pub file: FileId,
    /// Its path, as it was asked for.
    pub path: String,
    /// The bytes.
    pub span: Span,
    /// Where they start.
    pub start: Position,
    /// Where they end.
    pub end: Position,
    /// What they become, quoted as the place demands.
    pub text: String,
}

impl Renderer<'_> {
    /// The suggestions of a finding as edits of text. One that cannot be written as it stands is none.
    #[must_use]
    pub fn fixes<'d>(&self, finding: &'d Diagnostic) -> Vec<Fix<'d>> {
        let own = finding.primary.as_ref().map(|label| &label.place);
        let fix = |suggestion: &'d Suggestion| {
            let replaced = |edit: &Edit| self.replaced(edit.place.as_ref().or(own)?, edit);
            let mut replacements: Vec<Replacement> =
                suggestion.edits.iter().map(replaced).collect::<Option<_>>()?;
            replacements.sort_by_key(|r| (r.file, r.span.start));
            replacements.dedup();
            let (text, applicability) = (suggestion.text.as_str(), suggestion.applicability);
            Some(Fix { text, applicability, replacements })
        };
        finding.suggestions.iter().filter_map(fix).collect()
    }

    fn replaced(&self, place: &Place, edit: &Edit) -> Option<Replacement> {
        let origin = self.sources().origin(place);
        let text = self.sources().text(origin.file);
        let (span, new) = if origin.pointer.is_empty() {
            at_byte(text, &origin, edit)?
        } else {
            self.in_scalar(text, &origin, edit)?
        };
        // A new text around a secret would hold it.
        let bytes = span.start..span.end;
        if self.shown(origin.file).get(bytes.clone()) != text.get(bytes) {
            return None;
        }
        Some(Replacement {
            file: origin.file,
            path: self.sources().path(origin.file).display().to_string(),
            span,
            start: self.sources().position(origin.file, span.start),
            end: self.sources().position(origin.file, span.end),
            text: new,
        })
    }

    /// The edit of a scalar, if what stands at the place is one, and nothing else.
    fn in_scalar(&self, text: &str, place: &Place, edit: &Edit) -> Option<(Span, String)> {
        let whole = Place { within: None, ..place.clone() };
        let found = self.sources().spans(place.file, &[&whole, place]);
        let (whole, part) = ((*found.first()?)?, (*found.last()?)?);
        let value = self.value_of(place.file, |value| value.pointer(&place.pointer).cloned())?;
        let meant = match place.part {
            Part::Key => Value::String(place.segments().last()?),
            Part::Value => value,
        };
        let scalar = Scalar::read(text.get(whole.start..whole.end)?, &meant)?;
        let inside = Span {
            start: part.start.checked_sub(whole.start)?,
            end: part.end.checked_sub(whole.start)?,
        };
        let (span, new) = scalar.with(inside, edit)?;
        Some((Span { start: whole.start + span.start, end: whole.start + span.end }, new))
    }
}

impl Diagnostic {
    /// Offers `https://` where a URL starts with `http://`; the help speaks of it already.
    #[must_use]
    pub(crate) fn suggest_https(self, url: &str) -> Self {
        if !url.starts_with("http://") {
            return self;
        }
        self.suggest(Suggestion::maybe(
            "write `https://`".to_owned(),
            None,
            "http://".to_owned(),
            "https://".to_owned(),
        ))
    }
}

/// The places that suggestions of a finding change.
pub(super) fn places(finding: &Diagnostic) -> impl Iterator<Item = &Place> {
    let own = finding.primary.as_ref().map(|label| &label.place);
    let edits = finding.suggestions.iter().flat_map(|suggestion| &suggestion.edits);
    edits.filter_map(move |edit| edit.place.as_ref().or(own))
}

/// Bytes of a file as such.
fn at_byte(text: &str, place: &Place, edit: &Edit) -> Option<(Span, String)> {
    let (start, end) = place.within?;
    let (start, end) = (start as usize, end as usize);
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let fits = text.get(start..end)? == edit.old;
    // Not into the middle of text in braces, or before what begins a document of YAML.
    let reads = || parse(&format!("{before}{}{after}", edit.new)).is_ok();
    (fits && reads()).then(|| (Span { start, end }, edit.new.clone()))
}

/// A scalar as it is written.
struct Scalar<'t> {
    raw: &'t str,
    quote: Option<char>,
    /// Whether it is text; else it is a number, `true` or the like.
    is_text: bool,
}

impl<'t> Scalar<'t> {
    /// What is written, if it means that value. Text over several lines is left alone.
    fn read(raw: &'t str, meant: &Value) -> Option<Self> {
        let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''));
        let reads = in_block(raw).as_ref() == Some(meant);
        // Keys that are numbers are text, too.
        let as_key = quote.is_none() && meant.as_str() == Some(raw);
        let fine = !raw.contains('\n') && !meant.is_object() && !meant.is_array();
        (fine && (reads || as_key)).then_some(Scalar { raw, quote, is_text: meant.is_string() })
    }

    /// The bytes that change, and what they become, where `inside` says which are meant.
    fn with(&self, inside: Span, edit: &Edit) -> Option<(Span, String)> {
        let shown = self.raw.get(inside.start..inside.end)?;
        let at = once(shown, &self.escaped(&edit.old))?;
        let start = inside.start + at;
        let span = Span { start, end: start + self.escaped(&edit.old).len() };
        let (before, after) = (self.raw.get(..span.start)?, self.raw.get(span.end..)?);
        let result = format!("{before}{}{after}", self.escaped(&edit.new));
        if self.quote.is_some() {
            return Some((span, self.escaped(&edit.new)));
        }
        // Plain text in braces may hold less than elsewhere; where it stands is not known, unless it holds such already.
        let reads = match in_braces(self.raw) {
            Some(_) => in_braces(&result),
            None => in_block(&result),
        };
        let fine = match reads {
            Some(Value::String(text)) => text == result,
            Some(_) => !self.is_text,
            None => false,
        };
        if fine {
            return Some((span, edit.new.clone()));
        }
        let quoted = format!("'{}'", result.replace('\'', "''"));
        Some((Span { start: 0, end: self.raw.len() }, quoted))
    }

    fn escaped(&self, text: &str) -> String {
        match self.quote {
            Some('\'') => text.replace('\'', "''"),
            Some(_) => {
                let quoted = Value::from(text).to_string();
                quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
            }
            None => text.to_owned(),
        }
    }
}

/// A scalar in block style, as `- a`.
fn in_block(raw: &str) -> Option<Value> {
    match serde_yaml::from_str::<Vec<Value>>(&format!("- {raw}\n")).ok()?.as_mut_slice() {
        [one] if !one.is_object() && !one.is_array() => Some(one.take()),
        _ => None,
    }
}

/// A scalar in flow style, as `[a]`.
fn in_braces(raw: &str) -> Option<Value> {
    match serde_yaml::from_str::<Vec<Value>>(&format!("[{raw}]")).ok()?.as_mut_slice() {
        [one] if !one.is_object() && !one.is_array() => Some(one.take()),
        _ => None,
    }
}

/// Where a text has another in it as whole words, if it has it once.
fn once(text: &str, part: &str) -> Option<usize> {
    if part.is_empty() {
        return text.is_empty().then_some(0);
    }
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (first, last) = (part.chars().next(), part.chars().next_back());
    let whole = |at: &usize| {
        let before = text.get(..*at).and_then(|t| t.chars().next_back());
        let after = text.get(at + part.len()..).and_then(|t| t.chars().next());
        !(word(before) && word(first) || word(last) && word(after))
    };
    let mut found = text.match_indices(part).map(|(at, _)| at).filter(whole);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, old: &str, new: &str, expected: Option<&str>) {
        let edit = Edit { place: None, old: old.to_owned(), new: new.to_owned() };
        let meant = in_block(raw).unwrap_or_default();
        let found = Scalar::read(raw, &meant)
            .and_then(|scalar| scalar.with(Span { start: 0, end: raw.len() }, &edit))
            .map(|(span, new)| format!("{}{new}{}", &raw[..span.start], &raw[span.end..]));
        assert_eq!(found.as_deref(), expected, "{raw}");
    }

    #[test]
    fn words_become_others() {
        check("body.nxt", "nxt", "next", Some("body.next"));
        check("'body.nxt'", "nxt", "next", Some("'body.next'"));
        check("\"body.nxt\"", "nxt", "next", Some("\"body.next\""));
        check("2", "2", "1", Some("1"));
    }

    #[test]
    fn what_is_written_is_quoted_as_it_must_be() {
        check("a", "a", "it's: so", Some("'it''s: so'"));
        check("'a'", "a", "it's", Some("'it''s'"));
        check("\"HubSpot\"", "HubSpot", "\"HubSpot\"", Some("\"\\\"HubSpot\\\"\""));
        check("a.b", "a.b", "a.b.orValue([])", Some("'a.b.orValue([])'"));
        // It has brackets already, so it is in no braces.
        check("a.b([], 1)", "b", "c", Some("a.c([], 1)"));
        // Text stays text.
        check("nul", "nul", "null", Some("'null'"));
    }

    #[test]
    fn what_is_not_clear_is_left_alone() {
        check("a.a", "a", "b", None);
        check("aa", "a", "b", None);
        check("a", "b", "c", None);
        check("{a: b}", "b", "c", None);
    }
}
