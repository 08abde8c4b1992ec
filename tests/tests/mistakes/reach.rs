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
fn changes_that_reach_back() {
    mistake("reach_without_a_unit", "lookback: 1m", "lookback: 1m\n      reach: 1 month");
    mistake("reach_that_is_looked_back_over", "lookback: 1m", "lookback: 1m\n      reach: 30s");
    mistake("reach_of_more_than_ten_years", "lookback: 1m", "lookback: 1m\n      reach: 1000000d");
}
