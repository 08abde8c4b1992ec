//! The order in which changes come, where a watermark goes by it.

use crate::diagnostics::codes::resources::{MISSED, OTHER_TIME};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Changes, Slot};
use crate::resolve::names::words;
use crate::resolve::times::Time;
use crate::source::Place;
use serde_json::Value;

/// Where a request says in which order records come, it is the order that the spec declares, by the time that is
/// remembered.
pub(super) fn check(changes: &Changes, diagnostics: &mut Diagnostics) {
    if !changes.ascending {
        return;
    }
    let cursor = Time::of(&changes.cursor.join("."));
    for (text, place) in orders(changes) {
        let words: Vec<String> = words(&text).iter().map(|word| word.to_lowercase()).collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        let down = has(&["desc", "descending"]) || text.trim_start().starts_with('-');
        let finding = if down && !has(&["asc", "ascending"]) {
            Diagnostic::error(MISSED, format!("`{text}` asks for the newest first")).help(
                "the watermark would move behind changes that were not read: ask for the oldest first, or \
                 leave `order` out",
            )
        } else if let (Some(cursor), Some(by)) = (cursor, Time::of(&text))
            && cursor != by
        {
            let message = format!("`{text}` orders by the time of {}", by.noun());
            Diagnostic::error(OTHER_TIME, message)
                .help(format!("the watermark is the time of {}: order by that", cursor.noun()))
        } else {
            continue;
        };
        diagnostics.push(
            finding
                .at(&place, "")
                .and(&changes.place.child("order"), "oldest change first, it says"),
        );
    }
}

/// What a request says about the order of records: constants of that name, and what follows `order by` in a text.
fn orders(changes: &Changes) -> Vec<(String, Place)> {
    const NAMES: [&str; 8] =
        ["sort", "sorts", "sorting", "order", "orderby", "ordering", "sortby", "direction"];
    let with = changes.place.child("with");
    let named = |name: &str| words(name).iter().any(|w| NAMES.contains(&w.to_lowercase().as_str()));
    let behind = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let at = ["order by", "orderby"].iter().find_map(|by| Some(lower.find(by)? + by.len()))?;
        text.get(at..).map(|rest| rest.trim().to_owned())
    };
    let mut found = Vec::new();
    for (slot, text) in &changes.preset.values {
        let (root, name) = match slot {
            Slot::Query(name) => ("query", name),
            Slot::Header(name) => ("header", name),
            Slot::Path(name) => ("path", name),
            Slot::Body(_) => continue,
        };
        let place = with.child(format!("{root}.{name}"));
        let by = if named(name) { Some(text.clone()) } else { behind(text) };
        found.extend(by.map(|text| (text, place)));
    }
    let body = changes.preset.body.as_ref().and_then(Value::as_object);
    for (name, value) in body.into_iter().flatten() {
        let mut texts = Vec::new();
        strings(value, &mut texts);
        let texts = match named(name) {
            true => vec![texts.join(" ")],
            false => texts.into_iter().filter_map(behind).collect(),
        };
        found.extend(texts.into_iter().filter(|t| !t.is_empty()).map(|text| (text, with.clone())));
    }
    let around = changes.template.as_deref().and_then(behind);
    found.extend(around.map(|text| (text, changes.place.child("since").child("as"))));
    found
}

fn strings<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(members) => members.values().for_each(|value| strings(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
