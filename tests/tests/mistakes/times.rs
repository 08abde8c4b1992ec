//! The time that is sent and the one that is remembered: two that differ by their names are an error, one that no name
//! tells is assumed, one that the document does not have is never proven.

use crate::kit::*;
use gusset_compiler::ir::{Sign, Standing};

const DESK: &str = "specs/desk/integration.yaml";
const DOCUMENT: &str = "specs/desk/openapi.yaml";
const FIELD: &str = "updated_at: {type: string, format: date-time}";
const PARAMETER: &str = "name: updated_after";
const DESCRIBED: &str = "          description: Only tickets that changed after this time.\n";
const SINCE: &str = "query.updated_after";

/// How it stands that the two are one, for a parameter and a cursor of these names; and what is said.
#[track_caller]
fn asked(parameter: &str, cursor: &str) -> (Option<(Standing, bool)>, (bool, String)) {
    let fields = format!(
        "{FIELD}\n        start_time: {{type: string, format: date-time}}\n        stamp: {{type: string, format: date-time}}"
    );
    let required = "[id, updated_at, start_time, stamp, tags]";
    let named = format!("name: {parameter}");
    let sent = format!("query.{parameter}");
    let remembered = format!("cursor: {cursor}");
    let edits = [
        (DOCUMENT, FIELD, fields.as_str()),
        (DOCUMENT, "[id, updated_at, tags]", required),
        (DOCUMENT, PARAMETER, named.as_str()),
        (DOCUMENT, DESCRIBED, ""),
        (DESK, SINCE, sent.as_str()),
        (DESK, "cursor: updated_at", remembered.as_str()),
    ];
    fact(&edits)
}

#[track_caller]
fn fact(edits: &[(&str, &str, &str)]) -> (Option<(Standing, bool)>, (bool, String)) {
    let (ir, said) = checked(DESK, edits);
    let passes = ir.is_some();
    let fact = ir.and_then(|ir| {
        let about = "by the time that is remembered";
        let found = ir.facts.iter().find(|f| f.text.contains(about))?;
        Some((found.standing, matches!(found.sign, Some(Sign::Sent { .. }))))
    });
    (fact, (passes, said))
}

#[test]
fn times_that_differ_by_their_names() {
    expect("start_for_the_last_change_compared", &asked("start_time_gte", "updated_at").1);
    expect("completion_for_the_last_change", &asked("completed_after", "updated_at").1);
    expect("last_change_for_the_start", &asked("updated_after", "start_time").1);
}

#[test]
fn times_that_names_tell_are_proven_and_others_assumed() {
    let (proven, assumed) = (Some((Standing::Proven, false)), Some((Standing::Assumed, true)));
    assert_eq!(asked("modified_since", "updated_at").0, proven);
    assert_eq!(asked("start_time_after", "start_time").0, proven);
    assert_eq!(asked("stamp_gte", "stamp").0, proven);
    assert_eq!(asked("since", "updated_at").0, assumed);
    // It may be the start of the span that is asked for, where no field is called so.
    assert_eq!(asked("start", "updated_at").0, assumed);
    // And where one is, as long as nothing in it compares.
    assert_eq!(asked("start_time", "updated_at").0, assumed);
    assert_eq!(asked("updated_after", "stamp").0, assumed);
}

#[test]
fn descriptions_prove_a_time_only_where_they_compare_it() {
    let named = (DOCUMENT, PARAMETER, "name: since");
    let since = (DESK, SINCE, "query.since");
    let of = |text: &str| {
        let described = format!("          description: {text}\n");
        fact(&[named, (DOCUMENT, DESCRIBED, described.as_str()), since])
    };
    let assumed = Some((Standing::Assumed, true));
    assert_eq!(of("Only tickets that changed after this time.").0, Some((Standing::Proven, false)));
    assert_eq!(of("Only tickets after this moment. They may be created anywhere.").0, assumed);
    assert_eq!(of("Tickets after this moment; it does not mark them as created.").0, assumed);
    expect("creation_in_words", &of("Only tickets that were created after this time.").1);
}

#[test]
fn a_field_that_the_spec_alone_knows_proves_nothing() {
    let text = (DOCUMENT, FIELD, "updated_at: {type: string}");
    let refined = "Ticket: {schema: Ticket, in: responses, refine: {updated_at: timestamp}, because: answers have it}";
    let refined = (DESK, "Ticket: {schema: Ticket}", refined);
    assert_eq!(fact(&[text, refined]).0, Some((Standing::Assumed, true)));
}

#[test]
fn a_text_around_a_time_says_which_it_is() {
    let named = (DOCUMENT, PARAMETER, "name: query");
    let described = (DOCUMENT, DESCRIBED, "");
    let text = (DOCUMENT, "schema: {type: string, format: date-time}", "schema: {type: string}");
    let since = "since: {into: query.updated_after, format: rfc3339}";
    let within = |template: &str| {
        format!(
            "since: {{into: query.query, as: '{template}', format: rfc3339}}\n      because: the vendor's page"
        )
    };
    let of = |template: &str| fact(&[named, described, text, (DESK, since, &within(template))]);
    let updated = of("updated >= \"{since}\" ORDER BY created");
    assert_eq!(updated.0, Some((Standing::Proven, false)), "{}", updated.1.1);
    expect("creation_in_a_text", &of("created >= \"{since}\" ORDER BY updated").1);
}
