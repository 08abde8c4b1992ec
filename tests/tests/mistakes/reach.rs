//! Mistakes around limits of some ways to authorise, and around how far changes reach back.

use crate::kit::*;

#[test]
fn limits_of_ways_to_authorise() {
    mistake(
        "limit_of_no_way_to_authorise",
        "{quota: 100 per 10s",
        "{quota: 100 per 10s, auth: [tokn]",
    );
    mistake(
        "limit_of_a_way_twice",
        "{quota: 100 per 10s",
        "{quota: 100 per 10s, auth: [token, token]",
    );
    let file = "specs/desk/integration.yaml";
    let (passes, text) =
        said(file, file, "{quota: 100 per 10s", "{quota: 100 per 10s, auth: [token]");
    assert!(passes && text.contains("the limit holds for every way to authorise"), "{text}");
}

#[test]
fn every_way_to_authorise_needs_a_limit() {
    let file = "specs/desk/integration.yaml";
    let document = "specs/desk/openapi.yaml";
    let said = |limits: &str| {
        let edits = [
            (document, "[{token: []}]", "[{token: []}, {key: []}]"),
            (file, "scheme: token}", "scheme: token}\n  key: {type: api_key, scheme: key}"),
            (file, "{quota: 100 per 10s}", limits),
        ];
        said_of(file, &edits)
    };
    let by_token = "{quota: 100 per 10s, auth: [token]}";
    let (passes, text) = said(by_token);
    assert!(
        passes
            && text
                .starts_with("warning[GS0811]: no limit holds for `list_tickets` and `get_ticket`"),
        "{text}"
    );
    let free = |operations: &str, way: &str| {
        said(&format!(
            "{by_token}\n  free: {{unlimited: true, auth: [{way}]{operations}, because: as seen}}"
        ))
    };
    assert_eq!(free("", "key"), (true, String::new()));
    // The same way twice leaves the other open, and so do operations that nothing is said of.
    let (passes, text) = free("", "token");
    assert!(
        passes && text.starts_with("warning[GS0811]: no limit holds for `list_tickets`"),
        "{text}"
    );
    let (passes, text) = free(", operations: [get_ticket]", "key");
    assert!(
        passes && text.starts_with("warning[GS0811]: no limit holds for `list_tickets`\n"),
        "{text}"
    );
    expect("unlimited_for_no_way_to_authorise", &free("", "kee"));
}

#[test]
fn limits_hold_for_operations_that_are_included() {
    let file = "specs/desk/integration.yaml";
    let included = |limits: &str| {
        let operations = "  get_ticket: {id: getTicket}\n\ntypes";
        let edits = [
            (file, operations, "\ninclude: [getTicket]\n\ntypes"),
            (file, "{quota: 100 per 10s}", limits),
        ];
        said_of(file, &edits)
    };
    let points =
        "{quota: 100 per 10s, operations: [list_tickets, get_ticket], cost: {get_ticket: 2}}";
    assert_eq!(included(points), (true, String::new()));
}

#[test]
fn changes_that_reach_back() {
    mistake("reach_without_a_unit", "lookback: 1m", "lookback: 1m\n      reach: 1 month");
    mistake("reach_that_is_looked_back_over", "lookback: 1m", "lookback: 1m\n      reach: 30s");
    mistake("reach_of_more_than_ten_years", "lookback: 1m", "lookback: 1m\n      reach: 1000000d");
}
