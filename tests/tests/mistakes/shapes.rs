//! Names, pages, keys, authorisation, limits and errors.

use crate::kit::*;

#[test]
fn integration_named_like_a_crate() {
    mistake("integration_named_like_a_crate", "integration: desk", "integration: gusset");
    for name in ["self", "super", "crate", "std", "core", "type", "async"] {
        let file = "specs/desk/integration.yaml";
        let (passes, text) = said(file, file, "integration: desk", &format!("integration: {name}"));
        assert!(!passes && text.starts_with("error[GS0208]"), "{name}: {text}");
    }
}

#[test]
fn resources_that_are_one_in_rust() {
    let both = "  line1: {type: Ticket, key: id}\n  line_1: {type: Ticket, key: id}\n  tickets:\n    type:";
    mistake("resources_that_are_one_in_rust", "  tickets:\n    type:", both);
}

#[test]
fn cursor_that_is_no_token() {
    mistake("cursor_that_is_no_token", "from: body.next_page_token", "from: body.has_more");
}

#[test]
fn token_into_a_number() {
    mistake("token_into_a_number", "into: query.page_token", "into: query.page");
}

#[test]
fn page_size_out_of_bounds() {
    mistake("page_size_out_of_bounds", "value: 50", "value: 500");
}

#[test]
fn two_paging_rules() {
    mistake("two_paging_rules", "items: body.tickets", "items: body.tickets\n      link: true");
}

#[test]
fn key_that_may_be_missing() {
    mistake("key_that_may_be_missing", "key: id", "key: subject");
}

#[test]
fn key_that_is_a_list() {
    mistake("key_that_is_a_list", "key: id", "key: tags");
}

#[test]
fn cursor_that_is_no_time() {
    mistake("cursor_that_is_no_time", "cursor: updated_at", "cursor: score");
}

#[test]
fn time_as_a_number() {
    mistake("time_as_a_number", "format: rfc3339", "format: epoch_ms");
}

#[test]
fn constant_that_the_document_does_not_list() {
    mistake(
        "constant_that_the_document_does_not_list",
        "query.status: open",
        "query.status: opened",
    );
}

#[test]
fn operation_that_is_not_there() {
    mistake("operation_that_is_not_there", "id: listTickets", "id: listTicket");
}

#[test]
fn list_without_pagination() {
    mistake(
        "list_without_pagination",
        "list: {operation: list_tickets, with: {query.status: open}}",
        "list: get_ticket",
    );
}

#[test]
fn scheme_of_another_kind() {
    mistake("scheme_of_another_kind", "scheme: token", "scheme: key");
}

/// A limit needs no reason; what it observes needs one for headers that the document lacks.
#[test]
fn reason_that_a_limit_does_not_need() {
    let limit = "{quota: 100 per 10s}";
    let file = "specs/desk/integration.yaml";
    let known = "{quota: 100 per 10s, because: as seen}";
    let (passes, text) = said(file, file, limit, known);
    assert!(passes && text.contains("nothing needs this reason"), "{text}");
    let observed = "{quota: 100 per 10s, observe: {remaining: header.X-Left, because: as seen}}";
    assert_eq!(said(file, file, limit, observed), (true, String::new()));
    let answer = "description: A page of tickets.";
    let listed = format!("{answer}\n          headers: {{X-Left: {{schema: {{type: integer}}}}}}");
    let (passes, text) = desk((answer, &listed), &[(limit, observed)]);
    assert!(passes && text.contains("nothing needs this reason"), "{text}");
    assert_eq!(text.matches("warning[").count(), 1, "{text}");
}

#[test]
fn override_without_a_reason() {
    mistake("override_without_a_reason", "scheme: token", "overrides: key");
}

#[test]
fn no_way_to_authorise() {
    mistake("no_way_to_authorise", "auth:\n  token: {type: bearer, scheme: token}\n", "");
}

#[test]
fn limit_of_an_unknown_operation() {
    mistake(
        "limit_of_an_unknown_operation",
        "{quota: 100 per 10s}",
        "{quota: 100 per 10 s, operations: [list_ticket]}",
    );
}

#[test]
fn quota_without_a_unit() {
    mistake("quota_without_a_unit", "100 per 10s", "100 per 10");
}

#[test]
fn error_message_that_is_not_there() {
    mistake("error_message_that_is_not_there", "message: body.message", "message: body.massage");
}

#[test]
fn unknown_setting_in_the_server() {
    mistake("unknown_setting_in_the_server", "${settings.region}", "${settings.regoin}");
}

#[test]
fn repeat_without_a_reason() {
    mistake(
        "repeat_without_a_reason",
        "get_ticket: {id: getTicket}",
        "get_ticket: {id: getTicket, repeat: never}",
    );
}

#[test]
fn time_without_a_place_in_its_text() {
    mistake(
        "time_without_a_place_in_its_text",
        "format: rfc3339",
        "format: rfc3339, as: 'from {from}'",
    );
}

#[test]
fn text_around_a_time_for_a_time() {
    mistake(
        "text_around_a_time_for_a_time",
        "format: rfc3339",
        "format: rfc3339, as: 'gte|{since}'",
    );
}

#[test]
fn points_for_an_unknown_operation() {
    let wrong = "quota: 100 per 10s, cost: {list_ticket: 5}";
    mistake("points_for_an_unknown_operation", "quota: 100 per 10s", wrong);
}

#[test]
fn a_call_that_takes_more_than_there_is() {
    let wrong = "quota: 100 per 10s, cost: {list_tickets: 101}";
    mistake("a_call_that_takes_more_than_there_is", "quota: 100 per 10s", wrong);
}

#[test]
fn page_inside_a_text_that_nobody_gives() {
    let right = "cursor: {from: body.next_page_token, into: query.page_token, more: body.has_more}";
    let wrong = "offset: {into: query.page_token, as: 'OFFSET {start}'}";
    mistake("page_inside_a_text_that_nobody_gives", right, wrong);
}

#[test]
fn text_around_a_page_that_nobody_gives() {
    let right = "cursor: {from: body.next_page_token, into: query.page_token, more: body.has_more}";
    let wrong = "offset: {into: query.page_token, as: '{value} OFFSET {start}'}";
    mistake("text_around_a_page_that_nobody_gives", right, wrong);
}

#[test]
fn header_that_cannot_be() {
    mistake("header_that_cannot_be", "message: body.message", "message: header.X Error");
}

#[test]
fn each_slip_of_one_section_is_an_error_of_its_own() {
    let file = "specs/desk/integration.yaml";
    let slips = [
        (file, "items: body.tickets", "items: body.tickts"),
        (file, "more: body.has_more", "more: body.has_mroe"),
    ];
    expect("two_slips_in_one_paginate", &said_of(file, &slips));
}
