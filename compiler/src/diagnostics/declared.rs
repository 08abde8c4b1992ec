//! Names that specs declare themselves: where one differs from how it is used, either of the two may be the slip.

use super::{Applicability, Diagnostic, Suggestion};
use crate::source::{FileId, Sources, parse};
use crate::spec::is_spec_text;
use serde_json::Value;
use std::collections::BTreeSet;

/// Sections whose keys are names that a spec gives, or paths of fields that it adds to what the document has.
const SECTIONS: [&str; 11] = [
    "operations",
    "types",
    "settings",
    "resources",
    "lookups",
    "integrations",
    "documents",
    "auth",
    "refine",
    "add",
    "assume",
];

/// A change that writes such a name for another is no sure one: writing the other in the declaration would do as well,
/// and then the document might have something to say.
pub(super) fn doubt(findings: &mut [Diagnostic], sources: &Sources) {
    let sure = |finding: &Diagnostic| {
        let is_sure = |s: &Suggestion| s.applicability == Applicability::MachineApplicable;
        finding.suggestions.iter().any(is_sure)
    };
    if !findings.iter().any(sure) {
        return;
    }
    let mut names = BTreeSet::new();
    let files = (0..).map(FileId).take(sources.files().count());
    let texts = files.map(|file| sources.text(file)).filter(|text| is_spec_text(text));
    for value in texts.filter_map(|text| parse(text).ok()) {
        declared(&value, &mut names);
    }
    for suggestion in findings.iter_mut().flat_map(|finding| &mut finding.suggestions) {
        if suggestion.edits.iter().any(|edit| names.contains(&edit.new)) {
            suggestion.applicability = Applicability::MaybeIncorrect;
        }
    }
}

/// Specs are read with a bound on how deep they nest.
fn declared(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| declared(item, names)),
        Value::Object(members) => {
            for (key, value) in members {
                if let (true, Some(section)) = (SECTIONS.contains(&key.as_str()), value.as_object())
                {
                    let parts = section.keys().flat_map(|name| name.split(['.', '[', ']']));
                    names.extend(parts.map(str::to_owned));
                }
                declared(value, names);
            }
        }
        _ => {}
    }
}
