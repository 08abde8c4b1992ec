//! What names and descriptions say of the time that changes are asked for by.

mod said;

use super::names::words;
use crate::ir::{Changes, Operation, Parameter, ParameterIn, Slot, TypeId, Types};
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

/// What is known of a time that records are asked for by.
pub(crate) struct Asking<'a> {
    pub(crate) changes: &'a Changes,
    pub(crate) operation: &'a Operation,
    /// What fields of the record are called.
    pub(crate) fields: &'a [String],
}

/// What names and descriptions say of the time, where they say the same of what is sent and what is remembered; and
/// where the document says it.
pub(crate) fn same(asking: &Asking<'_>) -> Option<(String, Option<Place>)> {
    if let (Some(remembered), Some((asked, _, document))) =
        (remembered(asking.changes), asked(asking))
    {
        return (remembered == asked).then(|| (remembered.noun().to_owned(), document));
    }
    // A parameter that is called like the field, whatever that means.
    let cursor = asking.changes.cursor.last()?;
    let (Slot::Query(name) | Slot::Header(name)) = &asking.changes.since else { return None };
    let mut parameters = asking.operation.parameters.iter();
    let place = parameters.find(|p| p.wire == *name).map(|p| p.place.clone());
    let called = bare(name) == lower(cursor).concat();
    called.then(|| (format!("`{}`", asking.changes.cursor.join(".")), place))
}

/// The time that is remembered and the one that records are asked for by, where they can be told and differ.
pub(crate) fn other(asking: &Asking<'_>) -> Option<Other> {
    let remembered = remembered(asking.changes)?;
    let (asked, sent, document) = asked(asking)?;
    (remembered != asked).then_some(Other { remembered, asked, sent, document })
}

fn remembered(changes: &Changes) -> Option<Time> {
    let field = || Time::of_field(changes.cursor.last()?);
    Time::of(&changes.cursor.join(".")).or_else(field)
}

/// What fields of a record are called, and those of its members.
pub(crate) fn fields(types: &Types, record: TypeId) -> Vec<String> {
    let of = |ty| types.as_struct(ty).map(|s| s.fields.as_slice()).unwrap_or_default();
    let own = of(record).iter();
    own.flat_map(|field| {
        let inside = of(field.ty.id).iter().map(|field| field.wire.clone());
        [field.wire.clone()].into_iter().chain(inside)
    })
    .collect()
}

const CREATED: [&str; 5] = ["create", "created", "creation", "inserted", "registered"];
const UPDATED: [&str; 13] = [
    "update",
    "updated",
    "updates",
    "modify",
    "modified",
    "modification",
    "change",
    "changed",
    "changes",
    "changing",
    "edit",
    "edited",
    "touched",
];
/// Words of the other times of a record's life.
const OTHERS: [(Time, &[&str]); 9] = [
    (Time::Scheduled, &["scheduled", "expected", "planned"]),
    (Time::Started, &["started"]),
    (Time::Ended, &["ended", "finished", "completed", "completion"]),
    (Time::Deleted, &["deleted", "deletion", "removed", "trashed"]),
    (Time::Due, &["due", "deadline"]),
    (Time::Closed, &["closed", "resolved"]),
    (Time::Published, &["published"]),
    (Time::Received, &["received"]),
    (Time::Expired, &["expires", "expired", "expiry", "expiration"]),
];
/// Words that mean such a time in the name of a field; in that of a parameter they are the begin or the end of a span.
const OF_FIELDS: [(Time, &[&str]); 2] = [
    (Time::Started, &["start", "starts", "begin", "began"]),
    (Time::Ended, &["end", "ends", "finish"]),
];

/// Words of parameters that say how a time is compared, or where a span begins.
const COMPARED: [&str; 14] = [
    "after", "since", "from", "gt", "gte", "ge", "min", "minimum", "filter", "where", "value",
    "lower", "bound", "is",
];

/// Whether a word is one of those that are known, or one run together with what often stands beside it:
/// `lastmodifieddate`, `createdat`.
fn means(word: &str, known: &[&str]) -> bool {
    let bare = word.strip_prefix("last").or(word.strip_prefix("date")).unwrap_or(word);
    let ends = ["", "at", "on", "date", "time", "stamp", "since", "after", "timestamp"];
    let mut stems = ends.iter().filter_map(|end| bare.strip_suffix(end));
    // Cut short, it is one only with the word that it was cut for: `modtime`.
    stems.any(|stem| known.contains(&stem) || stem == "mod" && bare != stem && known == UPDATED)
}

/// Which time of a record's life a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    Created,
    Updated,
    Scheduled,
    Started,
    Ended,
    Deleted,
    Due,
    Closed,
    Published,
    Received,
    Expired,
}

impl Time {
    /// What the words of a text say; nothing if they say several times or none.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let words = lower(text);
        let says = |known: &[&str]| words.iter().any(|word| means(word, known));
        match (says(&CREATED), says(&UPDATED)) {
            (true, false) => return Some(Time::Created),
            (false, true) => return Some(Time::Updated),
            (true, true) => return None,
            (false, false) => {}
        }
        let mut found = OTHERS.iter().filter(|(_, known)| says(known)).map(|(time, _)| *time);
        match (found.next(), found.next()) {
            (Some(Time::Scheduled), Some(Time::Started | Time::Ended)) => Some(Time::Scheduled),
            (Some(time), None) => Some(time),
            _ => None,
        }
    }

    /// What the name of a field says.
    pub(crate) fn of_field(name: &str) -> Option<Self> {
        Time::of(name).or_else(|| {
            let words = lower(name);
            let says = |known: &[&str]| words.iter().any(|word| means(word, known));
            let mut found = OF_FIELDS.iter().filter(|(_, known)| says(known));
            found.next().filter(|_| found.next().is_none()).map(|(time, _)| *time)
        })
    }

    pub(crate) fn noun(self) -> &'static str {
        match self {
            Time::Created => "creation",
            Time::Updated => "the last change",
            Time::Scheduled => "what is planned",
            Time::Started => "the start",
            Time::Ended => "the end",
            Time::Deleted => "deletion",
            Time::Due => "what is due",
            Time::Closed => "closing",
            Time::Published => "publication",
            Time::Received => "receipt",
            Time::Expired => "expiry",
        }
    }
}

fn lower(text: &str) -> Vec<String> {
    words(text).iter().map(|word| word.to_lowercase()).collect()
}

/// The time that records are asked for by, where that can be told, and the places that tell.
fn asked(asking: &Asking<'_>) -> Option<(Time, Place, Option<Place>)> {
    let Asking { changes, operation, .. } = asking;
    let into = changes.place.child("since").child("into");
    let (name, location) = match &changes.since {
        Slot::Query(name) => (name, ParameterIn::Query),
        Slot::Header(name) => (name, ParameterIn::Header),
        Slot::Path(name) => (name, ParameterIn::Path),
        Slot::Body(pointer) => {
            let time = in_body(asking, pointer).or_else(|| within(changes));
            return time.map(|time| (time, into, None));
        }
    };
    let parameter = operation.parameters.iter().find(|p| p.location == location && p.wire == *name);
    let place = parameter.map(|p| p.place.clone());
    let described = parameter.and_then(described);
    let named = Time::of(name).or_else(|| of_a_field(asking, name));
    let time = match (named, described) {
        // What the document says in words about it.
        (Some(named), Some(described))
            if named != described && !matches!(named, Time::Created | Time::Updated) =>
        {
            return None;
        }
        (Some(named), _) => named,
        (None, described) => within(changes).or(described)?,
    };
    Some((time, into, place))
}

fn described(parameter: &Parameter) -> Option<Time> {
    said::said(parameter.doc.as_deref()?)
}

/// A text around the time says it before the order that it asks for: `updated >= "{since}" ORDER BY updated`.
fn within(changes: &Changes) -> Option<Time> {
    let text = changes.template.as_deref()?.to_ascii_lowercase();
    let end = ["order by", "orderby"].iter().filter_map(|by| text.find(by)).min();
    Time::of(text.get(..end.unwrap_or(text.len()))?)
}

/// A name in one word, without those that compare.
fn bare(name: &str) -> String {
    lower(name).into_iter().filter(|word| !COMPARED.contains(&word.as_str())).collect()
}

/// A parameter that is called like a field of the record is about that: `start_time`, `start_time_gte`.
///
/// A begin or an end without a word that compares is one of the span that is asked for, whatever fields are called.
fn of_a_field(asking: &Asking<'_>, name: &str) -> Option<Time> {
    let compares = lower(name).iter().any(|word| COMPARED.contains(&word.as_str()));
    around(asking, name).filter(|_| compares || Time::of(name).is_some())
}

/// The same for what a comparison stands in.
fn around(asking: &Asking<'_>, name: &str) -> Option<Time> {
    let wanted = bare(name);
    let is = |field: &&String| !wanted.is_empty() && lower(field).concat() == wanted;
    Time::of_field(asking.fields.iter().find(is)?)
}

/// In a body, the name of the member says it (`updatedAfter`), or the constants beside it do
/// (`{propertyName: lastmodifieddate, operator: GTE}`), or the member around a comparison (`{start_time: {after: ..}}`).
fn in_body(asking: &Asking<'_>, pointer: &str) -> Option<Time> {
    let (parent, name) = pointer.rsplit_once('/')?;
    if let Some(time) = Time::of(name).or_else(|| of_a_field(asking, name)) {
        return Some(time);
    }
    let body = asking.changes.preset.body.as_ref();
    let beside = body.and_then(|body| body.pointer(parent)?.as_object());
    let words: Vec<&str> =
        beside.into_iter().flat_map(|beside| beside.values()).filter_map(Value::as_str).collect();
    let compared = lower(name).iter().all(|word| COMPARED.contains(&word.as_str()));
    let outer = || {
        let outer = parent.rsplit('/').next().filter(|_| compared)?;
        Time::of(outer).or_else(|| around(asking, outer))
    };
    Time::of(&words.join(" ")).or_else(outer)
}

/// Whether a name means the end of a span.
pub(crate) fn ends(changes: &Changes) -> bool {
    let name = match &changes.since {
        Slot::Query(name) | Slot::Header(name) | Slot::Path(name) => name,
        Slot::Body(pointer) => pointer.rsplit('/').next().unwrap_or_default(),
    };
    is_end(name)
}

fn is_end(name: &str) -> bool {
    let ends = ["before", "until", "high", "end", "to", "lt", "lte", "max", "through"];
    let begins = ["after", "since", "from", "gt", "gte", "min", "start", "begin"];
    let words = lower(name);
    // What is last compares; what is before it may be the name of a field: `run_after_lte`.
    match words.last().map(String::as_str) {
        Some("lt" | "lte" | "before" | "until" | "max") => return true,
        Some("gt" | "gte" | "after" | "since" | "min") => return false,
        _ => {}
    }
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    any(&ends) && !any(&begins)
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn ends_of_spans() {
        for name in ["updated_before", "run_after_lte", "start_date_lt", "until", "to", "end"] {
            assert!(super::is_end(name), "{name}");
        }
        for name in ["updated_after", "end_date_gte", "since", "from", "start", "until_after"] {
            assert!(!super::is_end(name), "{name}");
        }
    }

    #[test]
    fn words_tell_the_time() {
        for name in [
            "updatedAt",
            "lastmodifieddate",
            "SystemModstamp",
            "changed_since",
            "lastupdate",
            "modtime",
        ] {
            assert_eq!(Time::of(name), Some(Time::Updated), "{name}");
        }
        for name in ["created_after", "CreatedDate", "creation_time", "createdat", "hs_createdate"]
        {
            assert_eq!(Time::of(name), Some(Time::Created), "{name}");
        }
        for (name, time) in [
            ("started_after", Time::Started),
            ("expected_start_time", Time::Scheduled),
            ("finishedAt", Time::Ended),
            ("due_on", Time::Due),
            ("deleted_since", Time::Deleted),
        ] {
            assert_eq!(Time::of(name), Some(time), "{name}");
        }
        for (name, time) in [("start_time", Time::Started), ("endDate", Time::Ended)] {
            assert_eq!((Time::of(name), Time::of_field(name)), (None, Some(time)), "{name}");
        }
        for name in [
            "since",
            "start_end",
            "started or ended",
            "created or updated since",
            "after",
            "exchange_after",
            "mod",
            "mod_since",
            "recreation",
            "timeExchanged",
            "accreditedAt",
        ] {
            assert_eq!(Time::of(name), None, "{name}");
        }
    }
}
