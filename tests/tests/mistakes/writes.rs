//! Writes, syncs, and what is said in words.

use crate::kit::*;

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

#[test]
fn secret_in_a_body() {
    let file = "specs/shop/integration.yaml";
    let document = "specs/shop/openapi.yaml";
    let edits = [
        (document, "source: {type: string}", "client_secret: {type: string}"),
        (file, "body.source: api", "body.client_secret: sk_live_1234"),
    ];
    let found = said_of(file, &edits);
    expect("secret_in_a_body", &found);
}

#[test]
fn constants_for_members_that_are_only_read() {
    let files = ("specs/shop/openapi.yaml", "specs/shop/integration.yaml");
    let only_read = (files.0, "source: {type: string}", "source: {type: string, readOnly: true}");
    expect("constant_for_a_member_that_is_only_read", &said_of(files.1, &[only_read]));
    let kind = [
        (files.0, "required: [ref, kind]", "required: [ref]"),
        (files.0, "kind: {type: string}", "kind: {type: string, readOnly: true}"),
    ];
    expect("constant_of_a_batch_for_a_member_that_is_only_read", &said_of(files.1, &kind));
}

#[test]
fn methods_that_do_something_else() {
    let update = "update: update_order";
    shop_mistake("delete_by_a_change", update, "update: update_order\n    delete: update_order");
    let get = "get: {operation: get_task, item: body.data}";
    board_mistake("get_by_a_change", get, "get: {operation: update_task, item: body.answer.task}");
}
