//! How the time is compared that records are asked for by.

use super::Subject;
use crate::diagnostics::codes::resources::MISSED;
use crate::diagnostics::{Diagnostic, Diagnostics, is_anagram};
use crate::ir::{Changes, Resource, Slot, StringFormat, TimeFormat, TypeKind, TypeUse};
use crate::resolve::names::words;
use crate::resolve::paths::walk;
use crate::source::Place;
use serde_json::Value;
use std::time::Duration;

/// How a time is compared, as a word of a request says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    /// Records of the very moment are given.
    From,
    /// They are not.
    Behind,
    /// It asks for something else.
    Other,
}

impl Comparison {
    fn of(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "gte" | "ge" | ">=" | "greater_than_or_equal" | "from" => Some(Comparison::From),
            "gt" | ">" | "greater_than" | "after" => Some(Comparison::Behind),
            "lt" | "lte" | "le" | "<" | "<=" | "eq" | "=" | "==" | "neq" | "ne" | "!=" | "<>"
            | "in" | "not_in" | "has_property" | "not_has_property" | "before" | "less_than" => {
                Some(Comparison::Other)
            }
            _ => None,
        }
    }
}

/// A comparison, where the spec writes it, and how.
struct Compared {
    comparison: Comparison,
    shown: String,
    place: Place,
}

/// Where a request says how the time is compared, it is `>=`, or `>` with a look back of at least what times are
/// told apart by: a filter to the minute gives no record of the minute that it names.
pub(super) fn check(
    subject: Subject<'_>,
    resource: &Resource,
    changes: &Changes,
    diagnostics: &mut Diagnostics,
) {
    let (unit, noun) = unit(subject, resource, changes);
    let into = changes.place.child("since").child("into");
    let record = TypeUse { id: resource.ty, nullable: false };
    let cursor = walk(subject.types, record, &changes.cursor.join("."));
    // A cursor that leads nowhere was reported.
    let template = changes.template.as_deref().filter(|_| cursor.is_ok());
    if let Some(finding) = template.and_then(|text| misspelt(changes, text)) {
        diagnostics.push(finding);
        return;
    }
    for Compared { comparison, shown, place } in comparisons(changes) {
        let message = match comparison {
            Comparison::Behind if changes.lookback.is_zero() => format!(
                "records of the very {noun} of the watermark would be missed: compare by `>=`, or give a `lookback`"
            ),
            Comparison::Behind if changes.lookback < unit => format!(
                "times are told apart by the {noun}, and records of the very {noun} of the watermark would be missed: \
                 compare by `>=`, or look back by a {noun}"
            ),
            Comparison::Other => {
                "records are asked for by this comparison, not from the watermark on".to_owned()
            }
            Comparison::From | Comparison::Behind => continue,
        };
        let finding = Diagnostic::error(MISSED, format!("`{shown}`: {message}")).at(&place, "");
        diagnostics.push(match place == into {
            true => finding,
            false => finding.and(&into, "the time goes here"),
        });
    }
}

/// What times are told apart by: the coarser of how they are sent and how records have them.
fn unit(subject: Subject<'_>, resource: &Resource, changes: &Changes) -> (Duration, &'static str) {
    let record = TypeUse { id: resource.ty, nullable: false };
    let cursor = walk(subject.types, record, &changes.cursor.join("."));
    let day = cursor.is_ok_and(|found| {
        let kind = &subject.types.get(found.ty.id).kind;
        matches!(kind, TypeKind::String(StringFormat::Date))
    });
    match changes.format {
        TimeFormat::Date => (Duration::from_secs(86_400), "day"),
        _ if day => (Duration::from_secs(86_400), "day"),
        TimeFormat::Minute => (Duration::from_secs(60), "minute"),
        TimeFormat::EpochSeconds => (Duration::from_secs(1), "second"),
        TimeFormat::EpochMillis | TimeFormat::Rfc3339 => (Duration::ZERO, "moment"),
    }
}

/// The comparisons that a request says: by the name of what takes the time, by constants beside it in a body, and in
/// the text around it.
fn comparisons(changes: &Changes) -> Vec<Compared> {
    let since = changes.place.child("since");
    let mut found = Vec::new();
    let name = match &changes.since {
        Slot::Query(name) | Slot::Header(name) | Slot::Path(name) => name,
        Slot::Body(pointer) => pointer.rsplit('/').next().unwrap_or_default(),
    };
    let last = words(name).pop().map(|word| word.to_lowercase()).unwrap_or_default();
    // `updated_after` is most often "from then on"; `gt` is not.
    if ["gt", "gte"].contains(&last.as_str()) {
        found.push((last, since.child("into")));
    }
    if let Slot::Body(pointer) = &changes.since {
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let body = changes.preset.body.as_ref();
        let beside = body.and_then(|b| b.pointer(parent)).and_then(Value::as_object);
        // What else a filter says, such as the name of a field, may be called the same.
        let beside = beside.into_iter().flatten().filter(|(name, _)| is_operator(name));
        let texts = beside.filter_map(|(_, value)| value.as_str());
        found.extend(texts.map(|text| (text.to_owned(), changes.place.child("with"))));
    }
    if let Some((text, at)) = changes.template.as_deref().and_then(before) {
        found.push((text.to_owned(), since.child("as").within(at, at + text.len())));
    }
    let compared = |(shown, place): (String, Place)| {
        Some(Compared { comparison: Comparison::of(&shown)?, shown, place })
    };
    found.into_iter().filter_map(compared).collect()
}

/// A comparison, or the field that is compared, with two letters in the wrong order: `get|{since}`,
/// `updtaed >= "{since}"`.
fn misspelt(changes: &Changes, template: &str) -> Option<Diagnostic> {
    let swapped = |wrong: &str, known: &str| wrong != known && is_anagram(wrong, known);
    let mut known: Vec<&str> = vec!["gte", "lte"];
    known.extend(changes.cursor.last().map(String::as_str).filter(|name| name.len() > 4));
    let words = template.split(|c: char| !c.is_alphanumeric() && c != '_');
    let (wrong, right) = words
        .into_iter()
        .find_map(|word| Some((word, *known.iter().find(|k| swapped(word, k))?)))?;
    let at = template.find(wrong)?;
    let place = changes.place.child("since").child("as").within(at, at + wrong.len());
    let message = format!("`{wrong}` is almost `{right}`");
    Some(Diagnostic::error(MISSED, message).at(&place, "").help(format!("did you mean `{right}`?")))
}

/// Whether a member says how values are compared.
fn is_operator(name: &str) -> bool {
    let known = [
        "op",
        "operator",
        "operation",
        "comparison",
        "comparator",
        "compare",
        "condition",
        "match",
    ];
    words(name).iter().any(|word| known.contains(&word.to_lowercase().as_str()))
}

/// The operator or the word before the time in a text, and where it begins: `updated >= "{since}"`,
/// `gte|{since}`. A lone `=` is one where there are spaces around it; else it stands between a name and its value.
fn before(template: &str) -> Option<(&str, usize)> {
    let (text, _) = template.split_once("{since}")?;
    let text = text.trim_end_matches(['"', '\'', '|', ':', ',', '(', '[', '{']);
    let spaced = text.ends_with(' ');
    let text = text.trim_end();
    let operator = |c: char| "<>=!".contains(c);
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let same = |c: char| if text.ends_with(operator) { operator(c) } else { word(c) };
    let start = text.trim_end_matches(same).len();
    let found = text.get(start..).filter(|found| !found.is_empty())?;
    (found != "=" || spaced).then_some((found, start))
}

#[cfg(test)]
mod tests {
    use super::{Comparison, before};

    #[track_caller]
    fn check(template: &str, expected: Option<(&str, Option<Comparison>)>) {
        let found = before(template).map(|(text, _)| (text, Comparison::of(text)));
        assert_eq!(found, expected, "{template}");
    }

    #[test]
    fn comparisons_in_texts() {
        let (from, behind, other) =
            (Some(Comparison::From), Some(Comparison::Behind), Some(Comparison::Other));
        check("updated >= \"{since}\" ORDER BY updated", Some((">=", from)));
        check("updated>{since}", Some((">", behind)));
        check("gte|{since}|lte|{until}", Some(("gte", from)));
        check("updated:gt:{since}", Some(("gt", behind)));
        check("filter(updated gt '{since}')", Some(("gt", behind)));
        check("updated <= {since}", Some(("<=", other)));
        check("updated = '{since}'", Some(("=", other)));
        check("updated={since}", None);
        check("{since}", None);
        check("since:{since}", Some(("since", None)));
        check("{until}", None);
    }
}
