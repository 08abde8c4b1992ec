//! Records inside messages, last records as cursors, and ids of what changed.

use crate::kit::*;

#[test]
fn answer_that_is_more_than_the_record() {
    let right = "get: {operation: get_task, item: body.data}";
    board_mistake("answer_that_is_more_than_the_record", right, "get: get_task");
}

#[test]
fn record_of_an_answer_nowhere() {
    let wrong = "get: {operation: get_task, item: body.date}";
    board_mistake(
        "record_of_an_answer_nowhere",
        "get: {operation: get_task, item: body.data}",
        wrong,
    );
}

#[test]
fn another_record_of_an_answer() {
    let wrong = "get: {operation: get_task, item: body.request}";
    board_mistake(
        "another_record_of_an_answer",
        "get: {operation: get_task, item: body.data}",
        wrong,
    );
}

#[test]
fn record_of_an_answer_around_the_record() {
    let right = "item: body.answer.task";
    board_mistake("record_of_an_answer_around_the_record", right, "item: body.answer");
}

#[test]
fn record_of_no_answer() {
    let wrong = "delete: {operation: delete_task, item: body.data}";
    board_mistake("record_of_no_answer", "delete: delete_task", wrong);
}

#[test]
fn record_into_a_listing() {
    let wrong = "list: {operation: list_tasks, into: body.data}";
    board_mistake("record_into_a_listing", "list: list_tasks", wrong);
}

#[test]
fn record_into_a_body_nowhere() {
    board_mistake("record_into_a_body_nowhere", "into: body.data, item", "into: body.dat, item");
}

#[test]
fn record_into_text() {
    let right = "into: body.data, item: body.data, with: {body.source: api}";
    board_mistake("record_into_text", right, "into: body.source, item: body.data");
}

#[test]
fn record_into_the_second_place() {
    board_mistake("record_into_the_second_place", "body.tasks[0]", "body.tasks[1]");
}

#[test]
fn member_beside_a_record_that_nobody_gives() {
    let right = "item: body.data, with: {body.source: api}";
    board_mistake("member_beside_a_record_that_nobody_gives", right, "item: body.data");
}

#[test]
fn record_of_an_upsert_nowhere() {
    board_mistake("record_of_an_upsert_nowhere", "into: body.data\n", "into: body.task\n");
}

/// Pages of the board that follow behind the last record.
fn behind(name: &str, from: &str) {
    let wrong = format!("cursor: {{from: '{from}', into: query.starting_after}}");
    board_mistake(name, "url: {from: body.next}", &wrong);
}

#[test]
fn last_record_of_a_page() {
    let file = "specs/board/integration.yaml";
    for right in [
        "cursor: {from: 'body.data[-1].id', into: query.starting_after}",
        "cursor: {from: 'body.data[-1].id', into: query.starting_after, more: body.has_more}",
    ] {
        assert_eq!(said(file, file, "url: {from: body.next}", right), (true, String::new()));
    }
}

#[test]
fn last_record_of_something_else() {
    behind("last_record_of_something_else", "body[-1].id");
}

#[test]
fn last_record_of_another_list() {
    let file = "specs/board/openapi.yaml";
    let spec = "specs/board/integration.yaml";
    let others =
        "        others: {type: array, items: {$ref: '#/components/schemas/Task'}}\n        next:";
    let wrong = "cursor: {from: 'body.others[-1].id', into: query.starting_after}";
    let edits = [(file, "        next:", others), (spec, "url: {from: body.next}", wrong)];
    expect("last_record_of_another_list", &said_of(spec, &edits));
}

#[test]
fn last_record_as_a_whole() {
    behind("last_record_as_a_whole", "body.data[-1]");
}

#[test]
fn member_of_the_last_record_nowhere() {
    behind("member_of_the_last_record_nowhere", "body.data[-1].gid");
}

#[test]
fn member_that_the_last_record_may_lack() {
    behind("member_that_the_last_record_may_lack", "body.data[-1].name");
}

#[test]
fn flag_of_the_last_record() {
    behind("flag_of_the_last_record", "body.data[-1].done");
}

#[test]
fn url_of_the_last_record() {
    let wrong = "url: {from: 'body.data[-1].id'}";
    board_mistake("url_of_the_last_record", "url: {from: body.next}", wrong);
}

/// Operations of the board that ask for tasks by POST, and read on by GET.
const FILTER: &str = "  /tasks/filter:
    post:
      operationId: filterTasks
      responses:
        '200': {description: A page., content: {application/json: {schema: {$ref: '#/components/schemas/TaskPage'}}}}
  /tasks/filter/next:
    get:
      operationId: nextTasks
      parameters: [{name: token, in: query, required: true, schema: {type: string}}]
      responses:
        '200': {description: A page., content: {application/json: {schema: {$ref: '#/components/schemas/TaskPage'}}}}
  /tasks/{id}:";

/// What is said when the board's tasks are listed so.
fn filtered(paths: &str, list: &str) -> (bool, String) {
    let (document, spec) = ("specs/board/openapi.yaml", "specs/board/integration.yaml");
    let right = "    id: listTasks
    paginate:
      items: body.data
      url: {from: body.next}";
    said_of(spec, &[(document, "  /tasks/{id}:", paths), (spec, right, list)])
}

const LISTED: &str = "    id: filterTasks
    repeat: safe
    because: it only reads
    paginate: {items: body.data, url: {from: body.next}}";

#[test]
fn tokens_are_no_urls() {
    let cursor = "cursor: {from: body.next_page_token, into: query.page_token";
    mistake("token_as_a_url", cursor, "url: {from: body.next_page_token");
    mistake("cursor_into_a_filter", "into: query.page_token", "into: query.status");
}

#[test]
fn next_urls_of_another_operation() {
    expect("next_urls_of_another_operation", &filtered(FILTER, LISTED));
    let named = format!("{LISTED}\n  next_tasks: {{id: nextTasks}}");
    expect("next_urls_of_another_operation_named", &filtered(FILTER, &named));
    let said = named.replace("body.next}", "body.next, operation: next_tasks}");
    assert_eq!(filtered(FILTER, &said), (true, String::new()));
    let because = LISTED.replace("body.next}}", "body.next, because: tried}}");
    assert_eq!(filtered(FILTER, &because), (true, String::new()));
    let alone = FILTER.replace("    get:", "    put:");
    assert_eq!(filtered(&alone, LISTED), (true, String::new()));
}

#[test]
fn next_urls_of_an_operation_that_answers_otherwise() {
    let wrong = LISTED.replace("body.next}", "body.next, operation: get_task}");
    expect("next_urls_of_an_operation_that_answers_otherwise", &filtered(FILTER, &wrong));
}

#[test]
fn next_urls_of_no_operation() {
    let named = format!("{LISTED}\n  next_tasks: {{id: nextTasks}}");
    let wrong = named.replace("body.next}", "body.next, operation: next_task}");
    expect("next_urls_of_no_operation", &filtered(FILTER, &wrong));
}

#[test]
fn next_urls_of_an_operation_that_asks_for_more() {
    let more = "parameters: [{name: version, in: header, required: true, schema: {type: string}}]";
    let wanting = FILTER.replace(
        "parameters: [{name: token, in: query, required: true, schema: {type: string}}]",
        more,
    );
    let said = format!("{LISTED}\n  next_tasks: {{id: nextTasks}}")
        .replace("body.next}", "body.next, operation: next_tasks}");
    expect("next_urls_of_an_operation_that_asks_for_more", &filtered(&wanting, &said));
}

const IDS: &str = "ids: {in: body.tasks, removed: result.action == \"removed\"}";

#[test]
fn ids_in_every_shape() {
    let file = "specs/board/integration.yaml";
    for (ids, cursor) in [
        ("ids: {in: body.tasks}", "cursor: at"),
        ("ids: {in: body.list, key: id}", "cursor: at"),
        ("ids: {in: body.ids}", "cursor: body.until"),
    ] {
        let edits = [(file, IDS, ids), (file, "cursor: at", cursor)];
        assert_eq!(said_of(file, &edits), (true, String::new()));
    }
}

#[test]
fn ids_that_nothing_is_read_by() {
    let right = "    get: {operation: get_task, item: body.data}\n";
    board_mistake("ids_that_nothing_is_read_by", right, "");
}

#[test]
fn ids_in_no_list() {
    board_mistake("ids_in_no_list", "in: body.tasks", "in: body.until");
}

#[test]
fn ids_that_are_not_there() {
    board_mistake("ids_that_are_not_there", "in: body.tasks", "in: body.task");
}

#[test]
fn key_of_ids_that_are_keys() {
    board_mistake("key_of_ids_that_are_keys", "in: body.tasks,", "in: body.tasks, key: id,");
}

#[test]
fn entries_without_a_key() {
    board_mistake("entries_without_a_key", "in: body.tasks", "in: body.list");
}

#[test]
fn key_of_entries_that_is_no_key() {
    let wrong = "in: body.list, key: action";
    board_mistake("key_of_entries_that_is_no_key", "in: body.tasks", wrong);
}

#[test]
fn time_of_ids_that_may_be_missing() {
    board_mistake("time_of_ids_that_may_be_missing", "cursor: at", "cursor: seen");
}

#[test]
fn time_of_ids_that_is_none() {
    board_mistake("time_of_ids_that_is_none", "cursor: at", "cursor: action");
}

#[test]
fn time_of_ids_nowhere() {
    board_mistake("time_of_ids_nowhere", "cursor: at", "cursor: body.unil");
}

#[test]
fn removed_by_no_member() {
    board_mistake("removed_by_no_member", "result.action", "result.acton");
}

#[test]
fn order_of_ids() {
    board_mistake("order_of_ids", "cursor: at", "cursor: at\n      lookback: 1m");
}
