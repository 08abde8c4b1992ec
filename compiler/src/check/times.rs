//! Watermarks: the time that is remembered is the time that is asked for.

use super::Subject;
use crate::diagnostics::codes::resources::OTHER_TIME;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Changes, Operation, Parameter, ParameterIn, Slot};
use crate::resolve::names::words;
use crate::source::Place;
use serde_json::Value;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        let feed = resource.feed.as_ref().map(|feed| &feed.changes);
        let Some(changes) = resource.changes.as_ref().or(feed) else { continue };
        let Some(operation) = subject.integration.operations.get(&changes.operation) else {
            continue;
        };
        // With a reason, it is a fact that overrides the document.
        let (None, Some(other)) = (&changes.because, other(changes, operation)) else { continue };
        let message = format!(
            "the time of {} is remembered, but records are asked for by the time of {}",
            other.remembered.noun(),
            other.asked.noun()
        );
        let mut diagnostic = Diagnostic::error(OTHER_TIME, message)
            .at(&other.sent, "")
            .and(&changes.place.child("cursor"), "what is remembered");
        if let Some(document) = other.document {
            diagnostic = diagnostic.and(&document, "what it means");
        }
        diagnostics.push(diagnostic.help(
            "records that change would never be read again: use the parameter and the field that \
             mean the same time; if the names mislead, say why in a `because` of `since`",
        ));
    }
}

/// Two times that differ.
pub(crate) struct Other {
    remembered: Time,
    asked: Time,
    /// Where the spec says which time is sent.
    pub(crate) sent: Place,
    /// Where the document says what that time means.
    pub(crate) document: Option<Place>,
}

/// What names and descriptions say of the time, where they say the same of what is sent and what is remembered; and
/// where the document says it.
pub(crate) fn same(
    changes: &Changes,
    operation: &Operation,
) -> Option<(&'static str, Option<Place>)> {
    let remembered = Time::of(&changes.cursor.join("."))?;
    let (asked, _, document) = asked(changes, operation)?;
    (remembered == asked).then_some((remembered.noun(), document))
}

/// The time that is remembered and the one that records are asked for by, where they can be told and differ.
pub(crate) fn other(changes: &Changes, operation: &Operation) -> Option<Other> {
    let remembered = Time::of(&changes.cursor.join("."))?;
    let (asked, sent, document) = asked(changes, operation)?;
    (remembered != asked).then_some(Other { remembered, asked, sent, document })
}

const CREATED: [&str; 5] = ["create", "created", "creation", "inserted", "registered"];
const UPDATED: [&str; 14] = [
    "update",
    "updated",
    "updates",
    "modify",
    "modified",
    "modification",
    "modstamp",
    "change",
    "changed",
    "changes",
    "changing",
    "edit",
    "edited",
    "touched",
];

/// Whether a word is one of those that are known, or one run together with what often stands beside it:
/// `lastmodifieddate`, `createdat`.
fn means(word: &str, known: &[&str]) -> bool {
    let bare = word.strip_prefix("last").or(word.strip_prefix("date")).unwrap_or(word);
    let ends = ["", "at", "on", "date", "time", "since", "after", "timestamp"];
    let mut stems = ends.iter().filter_map(|end| bare.strip_suffix(end));
    stems.any(|stem| known.contains(&stem))
}

/// Which time of a record's life a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Created,
    Updated,
}

impl Time {
    /// What the words of a text say; nothing if they say both or neither.
    pub(super) fn of(text: &str) -> Option<Self> {
        let words: Vec<String> = words(text).iter().map(|word| word.to_lowercase()).collect();
        let says = |known: &[&str]| words.iter().any(|word| means(word, known));
        match (says(&CREATED), says(&UPDATED)) {
            (true, false) => Some(Time::Created),
            (false, true) => Some(Time::Updated),
            _ => None,
        }
    }

    pub(super) fn noun(self) -> &'static str {
        match self {
            Time::Created => "creation",
            Time::Updated => "the last change",
        }
    }
}

/// The time that records are asked for by, where that can be told, and the places that tell.
fn asked(changes: &Changes, operation: &Operation) -> Option<(Time, Place, Option<Place>)> {
    let into = changes.place.child("since").child("into");
    let (name, location) = match &changes.since {
        Slot::Query(name) => (name, ParameterIn::Query),
        Slot::Header(name) => (name, ParameterIn::Header),
        Slot::Path(name) => (name, ParameterIn::Path),
        Slot::Body(pointer) => return in_body(changes, pointer).map(|time| (time, into, None)),
    };
    let parameter = operation.parameters.iter().find(|p| p.location == location && p.wire == *name);
    let place = parameter.map(|p| p.place.clone());
    Time::of(name).or_else(|| parameter.and_then(described)).map(|time| (time, into, place))
}

fn described(parameter: &Parameter) -> Option<Time> {
    Time::of(parameter.doc.as_deref()?)
}

/// In a body, the name of the member says it (`updatedAfter`), or the constants beside it do
/// (`{propertyName: lastmodifieddate, operator: GTE}`).
fn in_body(changes: &Changes, pointer: &str) -> Option<Time> {
    let (parent, name) = pointer.rsplit_once('/')?;
    if let Some(time) = Time::of(name) {
        return Some(time);
    }
    let beside = changes.preset.body.as_ref()?.pointer(parent)?.as_object()?;
    let words: Vec<&str> = beside.values().filter_map(Value::as_str).collect();
    Time::of(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn words_tell_the_time() {
        for name in
            ["updatedAt", "lastmodifieddate", "SystemModstamp", "changed_since", "lastupdate"]
        {
            assert_eq!(Time::of(name), Some(Time::Updated), "{name}");
        }
        for name in ["created_after", "CreatedDate", "creation_time", "createdat", "hs_createdate"]
        {
            assert_eq!(Time::of(name), Some(Time::Created), "{name}");
        }
        for name in [
            "since",
            "created or updated since",
            "after",
            "exchange_after",
            "recreation",
            "timeExchanged",
            "accreditedAt",
        ] {
            assert_eq!(Time::of(name), None, "{name}");
        }
    }
}
