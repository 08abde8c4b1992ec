//! One small mistake in a spec that is right: each is an error with its line, and the expected rendering
//! stands in `tests/mistakes/NAME.snap`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::ir::{Ir, Next, Standing};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use std::path::Path;

/// The files that mistakes are made in, by their paths in renderings.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let mut files: Vec<(String, String)> = ["integration.yaml", "openapi.yaml"]
        .iter()
        .map(|name| (format!("specs/desk/{name}"), read(&format!("tests/mistakes/{name}"))))
        .collect();
    files.extend([
        ("specs/shop/integration.yaml".to_owned(), read("tests/mistakes/shop.yaml")),
        ("specs/shop/openapi.yaml".to_owned(), read("tests/mistakes/shop_openapi.yaml")),
    ]);
    let catalog = [
        "specs/hubspot/integration.yaml",
        "specs/hubspot/contacts.yaml",
        "specs/hubspot/owners.yaml",
        "specs/salesforce/integration.yaml",
        "specs/salesforce/openapi.yaml",
        "specs/syncs/warm_leads.yaml",
    ];
    files.extend(catalog.iter().map(|path| ((*path).to_owned(), read(path))));
    files
}

/// What is said about `spec` when the first `right` in one of its files is written as `wrong`.
#[track_caller]
fn said(spec: &str, file: &str, right: &str, wrong: &str) -> (bool, String) {
    said_of(spec, &[(file, right, wrong)])
}

/// What is said when several things, of a file each, are written as others.
#[track_caller]
fn said_of(spec: &str, edits: &[(&str, &str, &str)]) -> (bool, String) {
    let (ir, text) = checked(spec, edits);
    (ir.is_some(), text)
}

#[track_caller]
fn checked(spec: &str, edits: &[(&str, &str, &str)]) -> (Option<Ir>, String) {
    let mut sources = Sources::new();
    for (path, mut text) in files() {
        for (_, right, wrong) in edits.iter().filter(|(file, _, _)| path == *file) {
            assert!(text.contains(right), "`{right}` is not in {path}");
            text = text.replacen(right, wrong, 1);
        }
        sources = sources.with_file(path, text);
    }
    let input = Input { specs: vec![spec.into()], documents: Vec::new() };
    let outcome = check(&input, &mut sources);
    let text: Vec<String> =
        outcome.diagnostics.iter().map(|d| render(d, &sources, Style::Plain)).collect();
    (outcome.value, text.join("\n\n"))
}

/// A mistake in the spec of the desk.
#[track_caller]
fn mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/desk/integration.yaml";
    expect(name, &said(file, file, right, wrong));
}

/// What is said about the spec of the desk if its document were another.
#[track_caller]
fn desk(document: (&str, &str), spec: &[(&str, &str)]) -> (bool, String) {
    let file = "specs/desk/integration.yaml";
    let mut edits = vec![("specs/desk/openapi.yaml", document.0, document.1)];
    edits.extend(spec.iter().map(|(right, wrong)| (file, *right, *wrong)));
    said_of(file, &edits)
}

/// A mistake in the spec of the shop, which writes.
#[track_caller]
fn shop_mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/shop/integration.yaml";
    expect(name, &said(file, file, right, wrong));
}

/// A mistake in the spec of Salesforce, which upserts in batches.
#[track_caller]
fn salesforce_mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/salesforce/integration.yaml";
    expect(name, &said(file, file, right, wrong));
}

/// A mistake in the sync of the catalog.
#[track_caller]
fn sync_mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/syncs/warm_leads.yaml";
    expect(name, &said(file, file, right, wrong));
}

#[track_caller]
fn expect(name: &str, (passes, text): &(bool, String)) {
    assert!(!passes, "the mistake compiles: {text}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../mistakes");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn without_a_mistake_everything_passes() {
    for file in [
        "specs/desk/integration.yaml",
        "specs/shop/integration.yaml",
        "specs/syncs/warm_leads.yaml",
    ] {
        assert_eq!(said(file, file, "gusset: 1", "gusset: 1"), (true, String::new()));
    }
}

// The nine mistakes that other tools take for right.

#[test]
fn typo_in_next_cursor_path() {
    mistake("typo_in_next_cursor_path", "body.next_page_token", "body.nextPageToken");
}

#[test]
fn typo_in_record_path() {
    mistake("typo_in_record_path", "items: body.tickets", "items: body.ticket");
}

#[test]
fn wrong_cursor_request_parameter() {
    mistake("wrong_cursor_request_parameter", "query.page_token", "query.pagetoken");
}

#[test]
fn path_to_what_holds_the_array() {
    mistake("path_to_what_holds_the_array", "items: body.tickets", "items: body");
}

#[test]
fn path_into_the_items() {
    mistake("path_into_the_items", "items: body.tickets", "items: body.tickets[0]");
}

#[test]
fn cursor_field_not_in_record() {
    mistake("cursor_field_not_in_record", "cursor: updated_at", "cursor: updatedat");
}

#[test]
fn primary_key_not_in_record() {
    mistake("primary_key_not_in_record", "key: id", "key: ticket_id");
}

#[test]
fn typo_in_mapping_source() {
    sync_mistake(
        "typo_in_mapping_source",
        "source.properties.?lastname",
        "source.propertys.?lastname",
    );
}

#[test]
fn typo_in_mapping_source_among_custom_members() {
    sync_mistake("typo_in_mapping_source_among_custom_members", "?jobtitle", "?jobtitel");
}

#[test]
fn unknown_key_in_pagination() {
    mistake("unknown_key_in_pagination", "more: body.has_more", "has_more: body.has_more");
}

#[test]
fn checkpoint_of_another_time() {
    mistake("checkpoint_of_another_time", "query.updated_after", "query.created_after");
}

#[test]
fn checkpoint_of_another_time_in_a_body() {
    let file = "specs/hubspot/integration.yaml";
    let said = said(file, file, "propertyName: lastmodifieddate", "propertyName: createdate");
    expect("checkpoint_of_another_time_in_a_body", &said);
}

// What the document does not say is assumed, and what is assumed needs a reason.

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
    assert_eq!(first(", minimum: 0", "page: {into: query.page, first: 2, more: body.has_more}"), 2);
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

// Others.

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
fn external_key_not_in_record() {
    salesforce_mistake(
        "external_key_not_in_record",
        "by: HubSpot_Contact_Id__c",
        "by: HubSpot_Contact__c",
    );
}

#[test]
fn batch_into_no_array() {
    salesforce_mistake("batch_into_no_array", "into: body.records", "into: body.allOrNone");
}

#[test]
fn member_of_each_record_that_is_not_there() {
    salesforce_mistake(
        "member_of_each_record_that_is_not_there",
        "each: {attributes: {type: Lead}}",
        "each: {attribute: {type: Lead}}",
    );
}

#[test]
fn result_that_is_not_there() {
    salesforce_mistake(
        "result_that_is_not_there",
        "id: id\n        created",
        "id: identifier\n        created",
    );
}

#[test]
fn condition_over_no_field_of_a_result() {
    salesforce_mistake(
        "condition_over_no_field_of_a_result",
        "'!result.success'",
        "'!result.succes'",
    );
}

#[test]
fn item_without_a_reason() {
    salesforce_mistake(
        "item_without_a_reason",
        "      because: the record follows from the query text in resources.leads.list\n",
        "",
    );
}

#[test]
fn item_of_no_type() {
    salesforce_mistake("item_of_no_type", "item: Lead", "item: Leads");
}

#[test]
fn flag_that_is_no_boolean() {
    salesforce_mistake("flag_that_is_no_boolean", "last: body.done", "last: body.totalSize");
}

#[test]
fn parameter_that_nobody_gives() {
    salesforce_mistake(
        "parameter_that_nobody_gives",
        "with: {path.sobject: Lead, path.external_id_field: HubSpot_Contact_Id__c, body.allOrNone: false}",
        "with: {path.sobject: Lead, body.allOrNone: false}",
    );
}

#[test]
fn flow_that_the_document_lacks() {
    salesforce_mistake(
        "flow_that_the_document_lacks",
        "    because: the document lists no client credentials flow; the vendor's page on connected apps does\n",
        "",
    );
}

#[test]
fn call_with_another_path() {
    salesforce_mistake(
        "call_with_another_path",
        "'GET /sobjects/Lead/{id}'",
        "'GET /sobject/Lead/{id}'",
    );
}

#[test]
fn query_without_quotes() {
    salesforce_mistake(
        "query_without_quotes",
        "'SELECT Id, Email, Name, IsActive FROM User WHERE IsActive = true'",
        "SELECT Id, Email, Name, IsActive FROM User WHERE IsActive = true",
    );
}

#[test]
fn typo_in_mapping_target() {
    sync_mistake("typo_in_mapping_target", "  Phone:", "  Fone:");
}

#[test]
fn mapping_of_another_type() {
    sync_mistake("mapping_of_another_type", "source.properties.?phone", "source.archived");
}

#[test]
fn match_field_that_is_not_there() {
    sync_mistake("match_field_that_is_not_there", "match: {source: id,", "match: {source: ident,");
}

#[test]
fn resource_that_is_not_there() {
    sync_mistake(
        "resource_that_is_not_there",
        "target: salesforce.leads",
        "target: salesforce.lead",
    );
}

#[test]
fn update_that_sends_nothing() {
    mistake("update_that_sends_nothing", "get: get_ticket", "update: get_ticket");
}

#[test]
fn record_for_a_form() {
    let right = "create: {operation: create_order, with: {body.source: api}}";
    shop_mistake("record_for_a_form", right, "create: create_order_by_form");
}

#[test]
fn key_that_every_record_shares() {
    shop_mistake("key_that_every_record_shares", "each: {kind: web}", "each: {kind: web, ref: a}");
}

#[test]
fn batch_that_never_fails() {
    shop_mistake("batch_that_never_fails", "failed: '!result.ok', ", "");
}

#[test]
fn order_of_results_without_a_reason() {
    let reason = ", because: the vendor answers record by record";
    shop_mistake("order_of_results_without_a_reason", reason, "");
}

#[test]
fn member_of_a_body_that_nobody_gives() {
    shop_mistake("member_of_a_body_that_nobody_gives", ", body.filter.value: open", "");
}

#[test]
fn reading_on_without_a_path() {
    shop_mistake(
        "reading_on_without_a_path",
        "then: {operation: search_on,",
        "then: {operation: search_by_key,",
    );
}

#[test]
fn several_at_once() {
    mistake(
        "several_at_once",
        "key: id",
        "key: ident\n    liste: list_tickets\n    get: {operation: 7}",
    );
}

#[test]
fn server_in_the_clear() {
    mistake("server_in_the_clear", "server: https://", "server: http://");
}

#[test]
fn scheme_that_is_not_there() {
    mistake(
        "scheme_that_is_not_there",
        "token: {type: bearer, scheme: token}",
        "token: {type: api_key, scheme: tokn}",
    );
}

#[test]
fn text_without_quotes() {
    sync_mistake("text_without_quotes", "'\"HubSpot\"'", "\"HubSpot\"");
}

#[test]
fn choice_without_quotes() {
    sync_mistake(
        "choice_without_quotes",
        "'source.properties.?hubspotscore.orValue(0.0) >= 90.0 ? \"Hot\" : \"Warm\"'",
        "source.properties.?hubspotscore.orValue(0.0) >= 90.0 ? \"Hot\" : \"Warm\"",
    );
}

#[test]
fn wait_without_a_call() {
    salesforce_mistake("wait_without_a_call", "'duration(\"15m\")'", "15m");
}
