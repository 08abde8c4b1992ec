//! Literals that stand where a credential is expected are never shown: not in messages, not in snippets, in no format.
//!
//! A secret belongs into no spec, and people put it there all the same, most of all when something does not work; then
//! the finding about it must not carry it into the log of a build. What is hidden is found by where it stands
//! ([`specs`]), or, in documents and broken specs, by the name before it ([`lines`]).

mod lines;
mod specs;

use super::{Diagnostic, Label};
use crate::resolve::lower::secrets::is_secret as names_a_secret;
use crate::resolve::names::words;
use crate::source::{FileId, Place, Sources, Span, parse};
use crate::spec::is_spec_text;
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;
use std::ops::Range;

/// Shorter texts are hidden where they stand, but not wherever else they occur.
const TELLING: usize = 4;

/// What is shown in place of a secret.
const STARS: &str = "***";

/// What names of secrets say: more of them than where types are made, since a constant may be left out.
pub(crate) fn is_secret(name: &str) -> bool {
    if names_a_secret(name, false) {
        return true;
    }
    let words: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
    // Where something is, is told: `authorizationUrl`.
    let places = ["url", "urls", "uri", "uris", "endpoint"];
    if words.last().is_some_and(|last| places.contains(&last.as_str())) {
        return false;
    }
    let has = |known: &str| words.iter().any(|word| word == known);
    let alone =
        ["password", "passwd", "secret", "apikey", "authorization", "credential", "credentials"];
    // A page token is none, so a token must say what it opens.
    let token =
        has("token") && ["access", "auth", "api", "refresh", "bearer"].iter().any(|w| has(w));
    alone.iter().any(|known| has(known)) || token || has("key") && (has("api") || has("private"))
}

/// Takes secrets out of what findings say.
pub(crate) fn hide(findings: &mut [Diagnostic], sources: &Sources) {
    let labels = findings.iter().flat_map(|f| f.primary.iter().chain(&f.secondary));
    let mut texts: Vec<String> = Vec::new();
    for (file, spans) in found(labels, sources) {
        for span in spans {
            let written = sources.text(file).get(span.start..span.end).unwrap_or_default();
            let meant = serde_yaml::from_str::<String>(written).unwrap_or_default();
            texts.extend([written.to_owned(), meant]);
        }
    }
    texts.retain(|text| text.trim().chars().count() >= TELLING);
    texts.sort_unstable();
    texts.dedup();
    let secrets = AhoCorasick::new(&texts);
    // More than can be looked for (gigabytes): all is hidden.
    let has = |text: &String| secrets.as_ref().map_or(true, |secrets| secrets.is_match(text));
    let clean = |text: &mut String| match &secrets {
        Ok(secrets) => without(text, secrets),
        Err(_) => STARS.clone_into(text),
    };
    for finding in findings {
        clean(&mut finding.message);
        let labels = finding.primary.iter_mut().chain(&mut finding.secondary);
        labels.for_each(|label| clean(&mut label.text));
        finding.help.iter_mut().chain(&mut finding.notes).for_each(clean);
        finding.suggestions.retain(|suggestion| {
            let edits = suggestion.edits.iter().flat_map(|edit| [&edit.old, &edit.new]);
            !std::iter::once(&suggestion.text).chain(edits).any(has)
        });
    }
}

/// Takes secrets out of a text: one may be part of another, or end where another has begun.
fn without(text: &mut String, secrets: &AhoCorasick) {
    let mut hidden: Vec<Range<usize>> =
        secrets.find_overlapping_iter(text.as_str()).map(|found| found.range()).collect();
    hidden.sort_by_key(|range| range.start);
    hidden.dedup_by(|range, known| {
        let joins = range.start < known.end;
        if joins {
            known.end = known.end.max(range.end);
        }
        joins
    });
    for range in hidden.into_iter().rev() {
        text.replace_range(range, STARS);
    }
}

/// Where secrets stand in the files that labels point into.
pub(super) fn found<'l>(
    labels: impl Iterator<Item = &'l Label>,
    sources: &Sources,
) -> BTreeMap<FileId, Vec<Span>> {
    let mut by_file: BTreeMap<FileId, Vec<Place>> = BTreeMap::new();
    for label in labels {
        let origin = sources.origin(&label.place);
        by_file.entry(origin.file).or_default().push(origin);
    }
    by_file.retain(|_, places| !places.is_empty());
    let spans = by_file.into_iter().map(|(file, places)| {
        let text = sources.text(file);
        let mut spans = match is_spec_text(text) {
            true => match parse(text) {
                Ok(value) => specs::spans(&value, file, sources),
                Err(_) => lines::spans(text, 0..text.len(), false),
            },
            false => in_document(file, &places, sources),
        };
        spans.retain(|span| span.start < span.end);
        (file, spans)
    });
    spans.filter(|(_, spans)| !spans.is_empty()).collect()
}

/// Around the places of a document: all of it may be megabytes.
fn in_document(file: FileId, places: &[Place], sources: &Sources) -> Vec<Span> {
    let text = sources.text(file);
    let located = sources.spans(file, &places.iter().collect::<Vec<_>>());
    let mut around: Vec<(bool, Range<usize>)> = Vec::new();
    for (place, span) in places.iter().zip(located) {
        let Some(span) = span else { continue };
        let below_secret = place.segments().any(|segment| is_secret(&segment));
        around.push((below_secret, lines::around(text, span)));
    }
    around.sort_by_key(|(below_secret, range)| (*below_secret, range.start));
    // Where places stand close together, what is around them is read once.
    around.dedup_by(|(below_secret, range), (before, known)| {
        let joins = below_secret == before && range.start <= known.end;
        if joins {
            known.end = known.end.max(range.end);
        }
        joins
    });
    let spans = around.into_iter();
    spans.flat_map(|(below_secret, range)| lines::spans(text, range, below_secret)).collect()
}

/// A text with stars for its secrets; every byte stays where it is.
pub(super) fn masked(text: &str, spans: &[Span]) -> String {
    let mut masked = text.to_owned();
    for span in spans {
        let Some(secret) = text.get(span.start..span.end) else { continue };
        let stars: String = secret
            .chars()
            .map(|char| match (char, char.len_utf8()) {
                ('\n' | '\r', _) => char,
                (_, 1) => '*',
                (_, 2) => '\u{d7}',
                (_, 3) => '\u{2217}',
                _ => '\u{1f7bb}',
            })
            .collect();
        masked.replace_range(span.start..span.end, &stars);
    }
    masked
}

#[cfg(test)]
mod tests;
