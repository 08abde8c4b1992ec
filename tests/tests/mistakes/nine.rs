//! The nine mistakes that other tools take for right.

use crate::kit::*;

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
