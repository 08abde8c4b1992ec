//! What the document does not say is assumed, and what is assumed needs a reason.

use crate::kit::*;
use gusset_compiler::ir::{Next, Standing};

const PAGING: (&str, &str) =
    ("next_page_token: {type: string}", "paging: {type: object}\n        next_page_token: {}");

#[test]
fn cursor_in_an_object_without_fields() {
    let said = desk(PAGING, &[("body.next_page_token", "body.paging.nxet")]);
    expect("cursor_in_an_object_without_fields", &said);
}

#[test]
fn cursor_of_no_type() {
    expect("cursor_of_no_type", &desk(PAGING, &[]));
}

#[test]
fn with_a_reason_what_has_no_type_may_be_read() {
    let because = ("size: {", "because: seen in answers\n      size: {");
    let spec = [("body.next_page_token", "body.paging.next"), because];
    assert_eq!(desk(PAGING, &spec), (true, String::new()));
}

#[test]
fn error_code_in_an_object_without_fields() {
    let document = ("code: {type: string}", "details: {type: object}");
    let said = desk(document, &[("body.code", "body.details.cod")]);
    expect("error_code_in_an_object_without_fields", &said);
}

/// Whether what the spec of the desk relies on is proven, by a part of the sentence.
#[track_caller]
fn standing(edits: &[(&str, &str, &str)], fact: &str) -> Standing {
    let (ir, said) = checked("specs/desk/integration.yaml", edits);
    let ir = ir.unwrap_or_else(|| panic!("{said}"));
    let found = ir.facts.iter().find(|f| f.text.contains(fact));
    found.unwrap_or_else(|| panic!("no fact `{fact}`")).standing
}

#[test]
fn items_that_may_be_absent_are_assumed() {
    let optional =
        [("specs/desk/openapi.yaml", "required: [tickets, has_more]", "required: [has_more]")];
    assert_eq!(standing(&[], "hold records at `body.tickets`"), Standing::Proven);
    assert_eq!(standing(&optional, "hold records at `body.tickets`"), Standing::Assumed);
}

const CURSOR: &str =
    "cursor: {from: body.next_page_token, into: query.page_token, more: body.has_more}";

#[test]
fn link_header_that_the_document_lacks() {
    mistake("link_header_that_the_document_lacks", CURSOR, "link: true");
}

#[test]
fn a_link_header_of_the_document_is_proven() {
    let spec = ("specs/desk/integration.yaml", CURSOR, "link: true");
    let documented = (
        "specs/desk/openapi.yaml",
        "description: A page of tickets.",
        "description: A page of tickets.\n          headers: {LINK: {schema: {type: string}}}",
    );
    assert_eq!(standing(&[spec, documented], "have a `Link` header"), Standing::Proven);
    let because = ("specs/desk/integration.yaml", "link: true", "link: true\n      because: seen");
    assert_eq!(standing(&[spec, because], "have a `Link` header"), Standing::Assumed);
}

#[test]
fn the_first_page_is_the_one_that_the_document_says() {
    let first = |schema: &str, rule: &str| {
        let right = "{name: page, in: query, schema: {type: integer}}";
        let document = (
            "specs/desk/openapi.yaml",
            right,
            &*right.replace("integer", &format!("integer{schema}")),
        );
        let spec = ("specs/desk/integration.yaml", CURSOR, rule);
        let (ir, said) = checked("specs/desk/integration.yaml", &[document, spec]);
        let ir = ir.unwrap_or_else(|| panic!("{said}"));
        let pages = ir.integrations[0].operations["list_tickets"].pagination.clone();
        let Next::Page { first, .. } = pages.unwrap().next else { panic!("no pages") };
        first
    };
    let rule = "page: {into: query.page, more: body.has_more}";
    assert_eq!(first("", rule), 1);
    assert_eq!(first(", minimum: 0", rule), 0);
    assert_eq!(first(", minimum: 0, default: 1", rule), 1);
    assert_eq!(first(", minimum: 0", "page: {into: query.page, first: 1, more: body.has_more}"), 1);
}

#[test]
fn page_size_out_of_the_bounds_of_a_body() {
    let get = "    get:\n      operationId: listTickets";
    let post = "    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {limit: {type: integer, maximum: 40}}}
      operationId: listTickets";
    let said = desk((get, post), &[("query.page_size, value: 50", "body.limit, value: 50")]);
    expect("page_size_out_of_the_bounds_of_a_body", &said);
}

#[test]
fn time_of_change_that_may_be_missing() {
    let document = ("[id, updated_at, tags]", "[id, tags]");
    expect("time_of_change_that_may_be_missing", &desk(document, &[]));
}

#[test]
fn order_without_a_reason() {
    let since = "since: {into: query.updated_after";
    let order = format!("order: ascending\n      {since}");
    mistake("order_without_a_reason", since, &order);
    let file = "specs/desk/integration.yaml";
    let reason = format!("because: seen\n      {order}");
    let fact = "gives the oldest change first";
    assert_eq!(standing(&[(file, since, &reason)], fact), Standing::Assumed);
}

#[test]
fn with_a_reason_names_of_times_may_mislead() {
    let since = "since: {into: query.updated_after,";
    let other = "since: {into: query.created_after, because: it means the last change,";
    let edits = [("specs/desk/integration.yaml", since, other)];
    assert_eq!(standing(&edits, "by the time that is remembered"), Standing::Overridden);
}
