//! Which operation of a document may be meant by an id or a call that it does not have. An id that was renamed has words
//! in common with the new one, or with its path, where letters alone would point to something else.

use super::names::words;
use crate::diagnostics::{Diagnostic, Suggestion, near};
use crate::openapi::{FoundOperation, Selector};
use std::collections::HashSet;

/// Operations that are offered.
const OFFERED: usize = 3;

/// How much of the words must be the same.
const ENOUGH: f64 = 0.5;

/// What operations do, by the word that says it.
const VERBS: [(&str, &[&str]); 4] = [
    (
        "GET",
        &["get", "list", "fetch", "find", "search", "read", "retrieve", "query", "show", "lookup"],
    ),
    ("POST", &["post", "create", "add", "new", "insert", "make"]),
    ("PUT", &["put", "patch", "update", "edit", "change", "replace", "modify", "set"]),
    ("DELETE", &["delete", "remove", "destroy", "archive"]),
];

/// Adds what may be meant. `name` is what the spec calls the operation.
pub(super) fn offer(
    finding: Diagnostic,
    selector: &Selector,
    (text, name): (&str, &str),
    known: &[FoundOperation],
) -> Diagnostic {
    match selector {
        Selector::Id(_) => of_id(finding, text, name, known),
        Selector::Call { .. } => of_call(finding, text, known),
    }
}

/// The calls, those of the same method alone if one of them is near.
fn of_call(finding: Diagnostic, text: &str, known: &[FoundOperation]) -> Diagnostic {
    let calls: Vec<String> = known.iter().map(|o| format!("{} {}", o.method, o.path)).collect();
    let method = text.split_whitespace().next().unwrap_or_default();
    let same = |call: &&String| {
        call.split_once(' ').is_some_and(|(of, _)| of.eq_ignore_ascii_case(method))
            && near(text, call)
    };
    let same: Vec<&str> = calls.iter().filter(same).map(String::as_str).collect();
    match same.is_empty() {
        true => finding.nearest(text, calls.iter().map(String::as_str)),
        false => finding.nearest(text, same),
    }
}

fn of_id(finding: Diagnostic, text: &str, name: &str, known: &[FoundOperation]) -> Diagnostic {
    let ids = || known.iter().filter_map(|operation| operation.id.as_deref());
    // A slip of the hand is nearer than any meaning.
    if ids().any(|id| strsim::osa_distance(&id.to_lowercase(), &text.to_lowercase()) <= 2) {
        return finding.nearest(text, ids());
    }
    let wanted = [Meaning::of(text), Meaning::of(name)];
    let mut found: Vec<(f64, &str, &FoundOperation)> = known
        .iter()
        .filter_map(|operation| {
            let id = operation.id.as_deref()?;
            let likeness = |meaning: &Meaning| meaning.likeness(operation, id);
            let best = wanted.iter().map(likeness).fold(0.0, f64::max);
            (best >= ENOUGH).then_some((best, id, operation))
        })
        .collect();
    // Of those that are as like in words, the one that is written like it.
    found.sort_by(|a, b| {
        let letters = |id: &str| strsim::jaro_winkler(text, id);
        b.0.total_cmp(&a.0).then_with(|| letters(b.1).total_cmp(&letters(a.1)))
    });
    found.truncate(OFFERED);
    if found.is_empty() {
        return finding.nearest(text, ids());
    }
    let shown: Vec<String> =
        found.iter().map(|(_, id, o)| format!("`{id}` ({} {})", o.method, o.path)).collect();
    let help = match shown.as_slice() {
        [one] => format!("did you mean {one}?"),
        several => format!("did you mean one of {}?", several.join(", ")),
    };
    let write = |id: &str| Suggestion::maybe(format!("write `{id}`"), None, text, id);
    found.into_iter().fold(finding.help(help), |finding, (_, id, _)| finding.suggest(write(id)))
}

/// What a name says: what is done, and with what.
struct Meaning {
    method: Option<&'static str>,
    things: HashSet<String>,
}

impl Meaning {
    fn of(text: &str) -> Meaning {
        let mut meaning = Meaning { method: None, things: HashSet::new() };
        for word in words(text) {
            let word = word.to_lowercase();
            let verb = VERBS.iter().find(|(_, verbs)| verbs.contains(&word.as_str()));
            match verb {
                Some((method, _)) => meaning.method = meaning.method.or(Some(method)),
                // One of many is the same thing.
                None => {
                    let one = word.strip_suffix('s').filter(|one| one.len() > 2);
                    meaning.things.insert(one.unwrap_or(&word).to_owned());
                }
            }
        }
        meaning
    }

    /// From 0, nothing in common, to 1.
    fn likeness(&self, operation: &FoundOperation, id: &str) -> f64 {
        let other = Meaning::of(id);
        let fixed = operation.path.split('/').filter(|part| !part.starts_with('{'));
        let path = Meaning::of(&fixed.collect::<Vec<_>>().join(" "));
        let things = common(&self.things, &other.things).max(common(&self.things, &path.things));
        let is = |method: &str| match operation.method.as_str() {
            "PATCH" => method == "PUT",
            known => method == known,
        };
        match self.method {
            Some(method) if is(method) || other.method == Some(method) => things,
            Some(_) => things / 3.0,
            None => things,
        }
    }
}

/// The share of words that both have.
#[expect(clippy::cast_precision_loss, reason = "names have few words")]
fn common(one: &HashSet<String>, other: &HashSet<String>) -> f64 {
    let all = one.union(other).count();
    if all == 0 { 0.0 } else { one.intersection(other).count() as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::offer;
    use crate::diagnostics::Diagnostic;
    use crate::diagnostics::codes::references::UNKNOWN_OPERATION;
    use crate::openapi::{FoundOperation, Selector};
    use crate::source::{Place, Sources};
    use std::path::Path;

    fn operations(known: &[(&str, &str, &str)]) -> Vec<FoundOperation> {
        let mut sources = Sources::new().with_file("a.yaml", "");
        let place = Place::root(sources.read(Path::new("a.yaml")).unwrap());
        let one = |(method, path, id): &(&str, &str, &str)| FoundOperation {
            method: (*method).to_owned(),
            path: (*path).to_owned(),
            id: Some((*id).to_owned()),
            item: place.clone(),
            place: place.clone(),
        };
        known.iter().map(one).collect()
    }

    #[track_caller]
    fn check(selector: &Selector, (text, name): (&str, &str), expected: &str) {
        let known = operations(&[
            ("GET", "/tickets", "fetchTickets"),
            ("POST", "/tickets", "openTicket"),
            ("GET", "/tags", "listTags"),
            ("GET", "/v2/crm/contacts", "crm_v2_page"),
            ("DELETE", "/tags/{id}", "dropTag"),
        ]);
        let finding = Diagnostic::error(UNKNOWN_OPERATION, "none");
        let finding = offer(finding, selector, (text, name), &known);
        assert_eq!(finding.help.join("; "), expected, "{text}");
        let offered = finding.suggestions.len();
        assert_eq!(offered, expected.matches('`').count() / 2, "{:?}", finding.suggestions);
    }

    #[test]
    fn an_id_that_was_renamed_is_found_by_its_words() {
        let id = |text: &str| Selector::Id(text.to_owned());
        // `listTags` is nearer in letters.
        let renamed = "did you mean `fetchTickets` (GET /tickets)?";
        check(&id("listTickets"), ("listTickets", "all"), renamed);
        // What the spec calls it says more than an id without words, and so does a path.
        check(&id("op_17"), ("op_17", "list_tickets"), renamed);
        let contacts = "did you mean `crm_v2_page` (GET /v2/crm/contacts)?";
        check(&id("getV3CrmContacts"), ("getV3CrmContacts", "contacts"), contacts);
        // A slip of the hand is that.
        check(&id("fetchTicket"), ("fetchTicket", "all"), "did you mean `fetchTickets`?");
    }

    #[test]
    fn calls_of_the_same_method_go_first() {
        let call = |text: &str| Selector::call(text).unwrap();
        let text = "GET /tag";
        // `POST /tickets` and `DELETE /tags/{id}` are near, too.
        let expected = "did you mean one of `GET /tags`, `GET /tickets`?";
        check(&call(text), (text, "tags"), expected);
    }
}
