//! A small document for each shape of pages.

use super::{answers, document, has, listing, query, text};
use serde_json::{Value, json};

fn string() -> Value {
    json!({"type": "string"})
}

fn integer() -> Value {
    json!({"type": "integer"})
}

/// The pages of `GET /things`, in the order of the spec, without comments.
#[track_caller]
fn pages(document: &Value) -> String {
    let text = text(document);
    let from = text.lines().skip_while(|line| line.trim() != "paginate:").skip(1);
    let lines = from
        .take_while(|line| line.starts_with("      "))
        .map(|line| line.trim().split("  #").next().unwrap_or_default().to_owned());
    lines.filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("; ")
}

#[test]
fn cursors() {
    let cursor = || vec![query("cursor", string())];
    for (parameters, members, expected) in [
        (
            cursor(),
            json!({"next_cursor": string()}),
            "cursor: {from: body.next_cursor, into: query.cursor}",
        ),
        (
            vec![query("after", string())],
            json!({"paging": {"type": "object", "properties": {"next": {"type": "object", "properties": {"after": string()}}}}}),
            "cursor: {from: body.paging.next.after, into: query.after}",
        ),
        (
            vec![query("page[after]", string())],
            json!({"meta": {"type": "object", "properties": {"after_cursor": string(), "has_more": {"type": "boolean"}}}}),
            "cursor: {from: body.meta.after_cursor, into: 'query.page[after]', more: body.meta.has_more}",
        ),
        (
            vec![query("nextPageToken", string())],
            json!({"nextPageToken": string(), "isLast": {"type": "boolean"}}),
            "cursor: {from: body.nextPageToken, into: query.nextPageToken, last: body.isLast}",
        ),
        (
            vec![query("offset", string())],
            json!({"next_page": {"type": "object", "nullable": true, "properties": {"offset": string(), "uri": string()}}}),
            "cursor: {from: body.next_page.offset, into: query.offset}",
        ),
        (
            cursor(),
            json!({"next": string(), "previous": string()}),
            "cursor: {from: body.next, into: query.cursor}",
        ),
    ] {
        assert_eq!(pages(&listing(parameters, members)), format!("items: body.things; {expected}"));
    }
}

#[test]
fn last_records() {
    let starting =
        listing(vec![query("starting_after", string())], json!({"has_more": {"type": "boolean"}}));
    assert_eq!(
        pages(&starting),
        "items: body.things; cursor: {from: 'body.things[-1].id', into: query.starting_after, more: body.has_more}"
    );
}

#[test]
fn urls() {
    let uri = json!({"type": "string", "format": "uri", "nullable": true});
    for (members, expected) in [
        (json!({"next": uri}), "body.next"),
        (json!({"@odata.nextLink": string()}), "body['@odata.nextLink']"),
        (
            json!({"links": {"type": "object", "properties": {"next": string(), "prev": string()}}}),
            "body.links.next",
        ),
        (
            json!({"_links": {"type": "object", "properties": {"next": {"type": "object", "properties": {"href": string()}}}}}),
            "body._links.next.href",
        ),
        (
            json!({"next_page": {"type": "string", "description": "The URL of the next page."}}),
            "body.next_page",
        ),
    ] {
        let expected = match expected.contains('[') {
            true => format!("'{}'", expected.replace('\'', "''")),
            false => expected.to_owned(),
        };
        let found = pages(&listing(vec![], members));
        assert_eq!(found, format!("items: body.things; url: {{from: {expected}}}"));
    }
}

#[test]
fn link_headers() {
    let mut listing =
        listing(vec![query("page", integer()), query("per_page", integer())], json!({}));
    listing["paths"]["/things"]["get"]["responses"]["200"]["headers"] =
        json!({"Link": {"schema": string()}});
    assert_eq!(pages(&listing), "items: body.things; link: true");
}

#[test]
fn offsets() {
    let limit = json!({"type": "integer", "default": 20, "maximum": 100});
    let parameters = || vec![query("offset", integer()), query("limit", limit.clone())];
    let size = "size: {into: query.limit, value: 100}";
    assert_eq!(
        pages(&listing(parameters(), json!({"total": integer()}))),
        format!("items: body.things; offset: {{into: query.offset, total: body.total}}; {size}")
    );
    assert_eq!(
        pages(&listing(parameters(), json!({}))),
        format!("items: body.things; offset: {{into: query.offset}}; {size}")
    );
    let start = vec![
        query("startAt", integer()),
        query("maxResults", json!({"type": "integer", "default": 50})),
    ];
    assert_eq!(
        pages(&listing(start, json!({"total": integer(), "isLast": {"type": "boolean"}}))),
        "items: body.things; offset: {into: query.startAt, total: body.total, last: body.isLast}; \
         size: {into: query.maxResults, value: 50}"
    );
    // What counts from 1 says so, and SCIM does.
    let from_one =
        "items: body.things; offset: {into: query.startIndex, first: 1, total: body.totalResults}";
    let start = |schema: Value| vec![query("startIndex", schema), query("count", integer())];
    let one = start(json!({"type": "integer", "minimum": 1}));
    let total = || json!({"totalResults": integer()});
    assert_eq!(pages(&listing(one, total())), from_one);
    let scim = json!({"totalResults": integer(), "itemsPerPage": integer()});
    assert_eq!(pages(&listing(start(integer()), scim)), from_one);
    has(
        &text(&listing(start(integer()), total())),
        &[
            "# perhaps pages, but the document does not say whether `query.startIndex` counts from 0 or from 1",
        ],
    );
}

#[test]
fn page_numbers() {
    let described = json!({"name": "per_page", "in": "query", "description": "How many (max 250).", "schema": integer()});
    assert_eq!(
        pages(&listing(vec![query("page", integer()), described], json!({}))),
        "items: body.things; page: {into: query.page}; size: {into: query.per_page, value: 250}"
    );
    let plain = vec![query("page", integer()), query("page_size", integer())];
    assert_eq!(
        pages(&listing(
            plain.clone(),
            json!({"meta": {"type": "object", "properties": {"total_count": integer()}}})
        )),
        "items: body.things; page: {into: query.page, total: body.meta.total_count}",
        "a size without bounds is only proposed"
    );
    has(
        &text(&listing(plain, json!({}))),
        &["size: {into: query.page_size, value: 50}  # a guess"],
    );
    // Nothing ends it.
    has(
        &text(&listing(vec![query("page", integer())], json!({}))),
        &["# perhaps pages, but nothing says where"],
    );
}

#[test]
fn members_of_a_parameter() {
    let page = json!({"type": "object", "properties": {"after": string(), "size": {"type": "integer", "maximum": 80}}});
    let page = json!({"name": "page", "in": "query", "style": "deepObject", "explode": true, "schema": page});
    let next = json!({"paging": {"type": "object", "properties": {"after": string()}}});
    assert_eq!(
        pages(&listing(vec![page], next)),
        "items: body.things; cursor: {from: body.paging.after, into: query.page.after}; \
         size: {into: query.page.size, value: 80}"
    );
}

#[test]
fn pages_without_the_array_may_be_empty() {
    let cursor = || vec![query("cursor", string())];
    let mut listing = listing(cursor(), json!({"next_cursor": string()}));
    assert!(!text(&listing).contains("absent"));
    let answer = "/paths/~1things/get/responses/200/content/application~1json/schema";
    listing.pointer_mut(answer).unwrap()["required"] = json!([]);
    has(&text(&listing), &["# absent: empty"]);
}

#[test]
fn bodies() {
    let page = json!({"type": "object", "properties": {"things": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}});
    let body = json!({"type": "object", "properties": {"offset": integer(), "limit": {"type": "integer", "maximum": 200}}});
    let document = document(json!({"/things/filter": {"post": {
        "operationId": "filter",
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": answers(page),
    }}}));
    assert_eq!(
        pages(&document),
        "items: body.things; offset: {into: body.offset}; size: {into: body.limit, value: 200}"
    );
    has(&text(&document), &["# repeat: safe", "list: filter"]);
}

#[test]
fn another_operation_reads_on() {
    let page = json!({"$ref": "#/components/schemas/Page"});
    let of = |id: &str, body: Value| {
        json!({"post": {
            "operationId": id,
            "requestBody": {"required": true, "content": {"application/json": {"schema": body}}},
            "responses": answers(page.clone()),
        }})
    };
    let mut document = document(json!({
        "/list": of("list", json!({"type": "object", "properties": {"path": string()}})),
        "/list/continue": of("go_on", json!({"type": "object", "properties": {"cursor": string()}})),
    }));
    document["components"]["schemas"]["Page"] = json!({
        "type": "object",
        "required": ["entries", "cursor", "has_more"],
        "properties": {
            "entries": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
            "cursor": string(), "has_more": {"type": "boolean"},
        },
    });
    assert_eq!(
        pages(&document),
        "items: body.entries; then: {operation: go_on, from: body.cursor, into: body.cursor, more: body.has_more}"
    );
}

#[test]
fn a_url_of_another_operation_than_the_list() {
    let page = json!({"$ref": "#/components/schemas/Page"});
    let mut document = document(json!({
        "/things/filter": {"post": {"operationId": "filter", "responses": answers(page.clone())}},
        "/things/filter/next": {"get": {"operationId": "go_on", "responses": answers(page)}},
    }));
    document["components"]["schemas"]["Page"] = json!({
        "type": "object",
        "required": ["entries"],
        "properties": {
            "entries": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
            "next_page": {"type": "string", "format": "uri"},
        },
    });
    let expected = "items: body.entries; url: {from: body.next_page, operation: go_on}";
    assert_eq!(pages(&document), expected);
    has(&text(&document), &["# `GET /things/filter/next` answers alike, so it is a URL of that"]);
    // Of another answer, and of the list's own method, is nothing that reads on.
    let mut other = document.clone();
    other["paths"]["/things/filter/next"]["get"]["responses"] = answers(json!({"type": "object"}));
    assert_eq!(pages(&other), "items: body.entries; url: {from: body.next_page}");
}

#[test]
fn what_is_not_known_is_not_guessed() {
    // Two arrays of objects, neither named.
    let part = json!({"type": "array", "items": {"type": "object", "properties": {"a": string()}}});
    let schema = json!({"type": "object", "properties": {"alpha": part, "beta": part}});
    let unclear = document(json!({"/things": {"get": {
        "parameters": [query("page", integer()), query("limit", integer())], "responses": answers(schema),
    }}}));
    has(
        &text(&unclear),
        &[
            "# perhaps pages, but the records may be at `body.alpha` or at `body.beta`: `get_things`",
        ],
    );
    // A list, and nothing that leads on.
    let text_ = text(&listing(vec![query("sort", string())], json!({})));
    assert!(!text_.contains("paginate"), "{text_}");
    has(
        &text_,
        &[
            "# lists, and nothing in the document leads to a next page.",
            "`single: true` says so: `list_things`",
        ],
    );
    // The last record's key, where no record need have one.
    let mut starting =
        listing(vec![query("starting_after", string())], json!({"has_more": {"type": "boolean"}}));
    starting["components"]["schemas"]["Thing"]["required"] = json!([]);
    has(
        &text(&starting),
        &[
            "# perhaps pages, but the document does not say where answers have what `query.starting_after`",
        ],
    );
    // An empty token for the first page is not sent by a cursor.
    let mut empty = listing(
        vec![query("cursor", string()), query("offset", integer())],
        json!({"next_cursor": string(), "total": integer()}),
    );
    empty["paths"]["/things"]["get"]["parameters"][0]["description"] =
        json!("Pass an empty string for the first page.");
    assert_eq!(
        pages(&empty),
        "items: body.things; offset: {into: query.offset, total: body.total}"
    );
}
