//! Changes: they are asked for from the watermark on, and none is left behind.

use super::Subject;
use crate::diagnostics::codes::resources::MISSED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Changes, Operation, Slot};
use crate::resolve::names::words;
use crate::spec::quantity::A_YEAR;
use serde_json::Value;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        let feed = resource.feed.as_ref().map(|feed| &feed.changes);
        let Some(changes) = resource.changes.as_ref().or(feed) else { continue };
        let into = changes.place.child("since").child("into");
        if changes.because.is_none() && ends(changes) {
            diagnostics.push(
                Diagnostic::error(MISSED, "this takes the end of a span, and changes are read from a time on")
                    .at(&into, "")
                    .help("use what takes the beginning; if the name misleads, say why in a `because` of `since`"),
            );
        }
        compared(changes, diagnostics);
        capped(subject.integration.operations.get(&changes.operation), changes, diagnostics);
        if changes.lookback > A_YEAR {
            diagnostics.push(
                Diagnostic::error(MISSED, "a look back of more than a year reads everything again")
                    .at(&changes.place.child("lookback"), ""),
            );
        }
    }
}

/// Whether a name means the end of a span.
pub(crate) fn ends(changes: &Changes) -> bool {
    let name = match &changes.since {
        Slot::Query(name) | Slot::Header(name) | Slot::Path(name) => name,
        Slot::Body(pointer) => pointer.rsplit('/').next().unwrap_or_default(),
    };
    let ends = ["before", "until", "high", "end", "to", "lt", "lte", "max", "through"];
    let begins = ["after", "since", "from", "gt", "gte", "min", "start", "begin"];
    let words: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    any(&ends) && !any(&begins)
}

/// Where a constant beside the time says how it is compared, it is `>=`, or `>` with a look back.
fn compared(changes: &Changes, diagnostics: &mut Diagnostics) {
    let Slot::Body(pointer) = &changes.since else { return };
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let body = changes.preset.body.as_ref();
    let Some(beside) = body.and_then(|b| b.pointer(parent)).and_then(Value::as_object) else {
        return;
    };
    // What else a filter says, such as the name of a field, may be called the same.
    let operator = |name: &str| {
        let words: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
        ["op", "operator", "operation", "comparison", "comparator", "compare", "condition", "match"]
            .iter()
            .any(|known| words.iter().any(|word| word == known))
    };
    for (_, text) in beside.iter().filter(|(name, _)| operator(name)) {
        let Some(text) = text.as_str() else { continue };
        let message = match text.to_lowercase().as_str() {
            "gt" | ">" | "greater_than" | "after" if changes.lookback.is_zero() => {
                "records of the very moment of the watermark would be missed: compare by `>=`, or give a `lookback`"
            }
            "lt" | "lte" | "<" | "<=" | "eq" | "=" | "==" | "neq" | "ne" | "!=" | "in"
            | "not_in" | "has_property" | "not_has_property" | "before" | "less_than" => {
                "records are asked for by this comparison, not from the watermark on"
            }
            _ => continue,
        };
        diagnostics.push(
            Diagnostic::error(MISSED, format!("`{text}`: {message}"))
                .at(&changes.place.child("with"), "")
                .and(&changes.place.child("since").child("into"), "the time goes here"),
        );
    }
}

/// A cap holds a page at least. (What lies beyond one is read on from the last change, or all is read again.)
fn capped(operation: Option<&Operation>, changes: &Changes, diagnostics: &mut Diagnostics) {
    let Some(cap) = changes.cap else { return };
    let place = changes.place.child("cap");
    let pagination = operation.and_then(|operation| operation.pagination.as_ref());
    let page = pagination.and_then(|p| p.size.as_ref()).map_or(1, |size| size.value);
    if i64::try_from(cap).is_ok_and(|cap| cap < page) {
        let message = format!("a listing of {cap} records holds no page of {page}");
        diagnostics.push(Diagnostic::error(MISSED, message).at(&place, ""));
    }
}
