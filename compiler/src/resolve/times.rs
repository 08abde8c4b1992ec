//! What names and descriptions say of the time that changes are asked for by.

use super::names::words;
use crate::ir::{Changes, Operation, Parameter, ParameterIn, Slot};
use crate::source::Place;
use serde_json::Value;

/// Two times that differ.
pub(crate) struct Other {
    /// The one that is remembered.
    pub(crate) remembered: Time,
    /// The one that records are asked for by.
    pub(crate) asked: Time,
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
pub(crate) enum Time {
    Created,
    Updated,
}

impl Time {
    /// What the words of a text say; nothing if they say both or neither.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let words: Vec<String> = words(text).iter().map(|word| word.to_lowercase()).collect();
        let says = |known: &[&str]| words.iter().any(|word| means(word, known));
        match (says(&CREATED), says(&UPDATED)) {
            (true, false) => Some(Time::Created),
            (false, true) => Some(Time::Updated),
            _ => None,
        }
    }

    pub(crate) fn noun(self) -> &'static str {
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
