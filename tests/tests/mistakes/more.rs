//! Mistakes of servers, comparisons, orders, values, secrets and names: each is one error.

use crate::kit::*;
use gusset_compiler::ir::Standing;

const DESK: &str = "specs/desk/integration.yaml";
const DESK_DOCUMENT: &str = "specs/desk/openapi.yaml";
const SHOP: &str = "specs/shop/integration.yaml";
const SHOP_DOCUMENT: &str = "specs/shop/openapi.yaml";
const SYNC: &str = "specs/syncs/warm_leads.yaml";
const SERVER: &str = "server: https://${settings.region}.desk.example.com/v1";

/// The server of the desk, and a setting where it has none.
#[track_caller]
fn server(name: &str, wrong: &str) {
    mistake(name, SERVER, wrong);
}

#[test]
fn servers() {
    server("server_that_is_not_listed", "server: https://${settings.region}.deks.example.com/v1");
    server("variable_in_the_way_of_the_document", "server: https://{region}.desk.example.com/v1");
    server("space_in_a_server", "server: https://${settings.region}.desk.example.com /v1");
    server("server_without_a_reason", "server: {url: 'https://${settings.region}.example.com/v1'}");
    mistake("default_that_the_document_does_not_list", "default: eu", "default: eux");
    let none = ("settings:\n  region: {type: string, default: eu}\n", "");
    let without = [none, (SERVER, "")];
    expect("server_with_variables", &desk(("title: Desk", "title: Desk"), &without));
    let several = (
        "servers: [{url: 'https://{area}.desk.example.com/v1', variables: {area: {default: eu, enum: [eu, us]}}}]",
        "servers: [{url: 'https://desk.example.com/v1'}, {url: 'https://eu.desk.example.com/v1'}]",
    );
    expect("one_of_several_servers", &desk(several, &without));
}

/// How the base URL is known.
#[track_caller]
fn server_is(document: (&str, &str), spec: &[(&str, &str)]) -> Standing {
    let mut edits = vec![(DESK_DOCUMENT, document.0, document.1)];
    edits.extend(spec.iter().map(|(right, wrong)| (DESK, *right, *wrong)));
    let (ir, said) = checked(DESK, &edits);
    let ir = ir.unwrap_or_else(|| panic!("{said}"));
    ir.facts.iter().find(|fact| fact.text.starts_with("the base URL is")).unwrap().standing
}

#[test]
fn servers_are_held_against_the_document() {
    let none = ("title: Desk", "title: Desk");
    let fixed = [
        ("settings:\n  region: {type: string, default: eu}\n", ""),
        (SERVER, "server: https://us.desk.example.com/v1/"),
    ];
    assert_eq!(server_is(none, &[]), Standing::Proven);
    assert_eq!(server_is(none, &fixed), Standing::Proven);
    let because =
        "server: {url: 'https://${settings.region}.example.com/v1', because: the vendor's page}";
    assert_eq!(server_is(none, &[(SERVER, because)]), Standing::Overridden);
    let relative = (
        "servers: [{url: 'https://{area}.desk.example.com/v1', variables: {area: {default: eu, enum: [eu, us]}}}]",
        "servers: [{url: /v1}]",
    );
    assert_eq!(server_is(relative, &[]), Standing::Assumed);
    let local = [fixed[0], (SERVER, "server: http://localhost:8080/v1")];
    assert_eq!(server_is(none, &local), Standing::Assumed);
}

#[test]
fn credentials_are_no_parameters() {
    let parameter = "- {name: page, in: query, schema: {type: integer}}";
    let with = |more: &str| {
        format!("{parameter}\n        - {{{more}, required: true, schema: {{type: string}}}}")
    };
    let has = |edits: &[(&str, &str, &str)], name: &str| {
        let (ir, said) = checked(DESK, edits);
        let ir = ir.unwrap_or_else(|| panic!("{said}"));
        ir.integrations[0].operations["list_tickets"].parameters.iter().any(|p| p.wire == name)
    };
    let key = [
        (DESK, "{type: bearer, scheme: token}", "{type: api_key, scheme: key}"),
        (DESK_DOCUMENT, "security: [{token: []}]", "security: [{key: []}]"),
    ];
    let header = with("name: x-key, in: header");
    let edit = (DESK_DOCUMENT, parameter, header.as_str());
    assert!(!has(&[key[0], key[1], edit], "x-key"));
    // With a bearer token, the header is one like others: it is required, and nobody gives it.
    let (ir, said) = checked(DESK, &[edit]);
    assert!(ir.is_none() && said.contains("x-key"), "{said}");
    let authorization = with("name: Authorization, in: header");
    assert!(!has(&[(DESK_DOCUMENT, parameter, &authorization)], "Authorization"));
    // A query parameter of the same name is another one.
    let query = with("name: X-Key, in: query").replace("required: true, ", "");
    assert!(has(&[key[0], key[1], (DESK_DOCUMENT, parameter, &query)], "X-Key"));
}

/// The fact about credentials, if there is one.
#[track_caller]
fn credentials(edits: &[(&str, &str, &str)]) -> Option<(Standing, String)> {
    let (ir, said) = checked(DESK, edits);
    let ir = ir.unwrap_or_else(|| panic!("{said}"));
    let found = ir.facts.into_iter().find(|fact| fact.text.contains("credentials"));
    found.map(|fact| (fact.standing, fact.text))
}

#[test]
fn silence_about_authorisation_is_an_assumption() {
    assert_eq!(credentials(&[]), None);
    let silent = (DESK_DOCUMENT, "security: [{token: []}]\n", "");
    let all = "all operations are sent with credentials".to_owned();
    assert_eq!(credentials(&[silent]), Some((Standing::Assumed, all)));
    let one = (
        DESK_DOCUMENT,
        "operationId: getTicket",
        "security: [{token: []}]\n      operationId: getTicket",
    );
    let text = "`list_tickets` is sent with credentials".to_owned();
    assert_eq!(credentials(&[silent, one]), Some((Standing::Assumed, text)));
    let said = "{id: getTicket, public: true, because: the vendor's page}";
    let public = (DESK, "{id: getTicket}", said);
    let text = "`get_ticket` is sent without credentials".to_owned();
    assert_eq!(credentials(&[public]), Some((Standing::Overridden, text.clone())));
    assert_eq!(credentials(&[silent, public]).unwrap().0, Standing::Assumed);
    let none =
        (DESK_DOCUMENT, "operationId: getTicket", "security: []\n      operationId: getTicket");
    assert_eq!(credentials(&[none, public]), Some((Standing::Proven, text)));
    mistake("public_without_a_reason", "{id: getTicket}", "{id: getTicket, public: true}");
}

/// The time goes into a text of the desk, in this way and after these edits.
fn within(template: &str, more: &[(&str, &str)]) -> (bool, String) {
    let text = (
        "description: Only tickets that changed after this time.\n          schema: {type: string, format: date-time}",
        "schema: {type: string}",
    );
    let since = format!("since: {{into: query.updated_after, as: '{template}', format: FORMAT}}");
    let since = since.replace("FORMAT", more.first().map_or("rfc3339", |(format, _)| format));
    let because = format!("{since}\n      because: the vendor's page");
    let mut spec = vec![("since: {into: query.updated_after, format: rfc3339}", because.as_str())];
    spec.extend(more.iter().skip(1));
    desk(text, &spec)
}

#[test]
fn comparisons_in_texts() {
    let none = ("lookback: 1m", "cap: 100");
    let short = ("lookback: 1m", "lookback: 10s");
    let rfc3339 = ("rfc3339", "");
    expect("moment_of_the_watermark_in_a_text", &within("updated > \"{since}\"", &[rfc3339, none]));
    let minute = ("minute", "");
    expect("minute_of_the_watermark", &within("updated > \"{since}\"", &[minute, short]));
    expect("comparison_in_a_text_the_other_way", &within("lte|{since}", &[rfc3339]));
    for (template, more) in [
        ("updated > \"{since}\"", &[minute][..]),
        ("updated >= \"{since}\"", &[minute, none]),
        ("gte|{since}|lte|{until}", &[rfc3339, none]),
        ("updated > {since}", &[rfc3339, short]),
        ("since={since}", &[rfc3339, none]),
    ] {
        assert_eq!(within(template, more), (true, String::new()), "{template}");
    }
    let name = ("name: updated_after", "name: 'updated[gt]'");
    let spec = [("query.updated_after", "'query.updated[gt]'"), none];
    expect("moment_of_the_watermark_by_name", &desk(name, &spec));
    // A record that has only the day of its change: the look back is a day at least.
    let day = (
        "updated_at: {type: string, format: date-time}",
        "updated_at: {type: string, format: date}",
    );
    let edits = [
        (DESK_DOCUMENT, name.0, name.1),
        (DESK_DOCUMENT, day.0, day.1),
        (DESK, spec[0].0, spec[0].1),
    ];
    expect("day_of_the_watermark", &said_of(DESK, &edits));
}

#[test]
fn orders() {
    let sort = "- {name: page, in: query, schema: {type: integer}}";
    let document = (sort, "- {name: sort, in: query, schema: {type: string}}");
    let with = |order: &str| {
        let with = format!(
            "lookback: 1m\n      with: {{query.sort: '{order}'}}\n      order: ascending\n      because: it asks for it"
        );
        desk(document, &[("lookback: 1m", with.as_str())])
    };
    expect("newest_change_first", &with("-updated_at"));
    expect("order_in_words_the_other_way", &with("updated_at desc"));
    expect("order_of_another_time", &with("created_at"));
    for order in ["updated_at", "updated_at asc", "+updated_at", "id"] {
        assert_eq!(with(order), (true, String::new()), "{order}");
    }
}

/// What is said about a sync of orders between the shop and another of its kind, whose documents are edited.
fn copy(map: &str, there: &[(&str, &str)], integrations: &str) -> (bool, String) {
    let text = format!(
        "gusset: 1\nsync: copy\nintegrations: {integrations}\nsource: shop.orders\ntarget: other.orders\n\
         match: {{source: id, target: ref}}\nmap: {{{map}}}\n"
    );
    said_of_files_with(&[("specs/syncs/copy.yaml".to_owned(), text)], there)
}

const BOTH: &str = "{shop: ../shop, other: ../other}";
const READ: &str = "        id: {type: string}\n        state: {type: string}";
const WRITTEN: &str = "source: {type: string}\n        state: {type: string}";

#[test]
fn values_of_mappings() {
    let read =
        READ.replace("state: {type: string}", "state: {type: string, enum: [open, closed, void]}");
    let written =
        WRITTEN.replace("state: {type: string}", "state: {type: string, enum: [open, closed]}");
    let enums = [(READ, read.as_str()), (WRITTEN, written.as_str())];
    expect("value_of_an_enum_without_a_counterpart", &copy("state: source.?state", &enums, BOTH));
    let (passes, said) = copy("state: 'source.?state.orValue(\"open\")'", &enums, BOTH);
    assert!(!passes && said.contains("GS0655"), "{said}");
    let all = "state: '{\"open\": \"open\", \"closed\": \"closed\", \"void\": \"closed\"}[source.?state.orValue(\"open\")]'";
    assert_eq!(copy(all, &enums, BOTH), (true, String::new()));
    let some = "state: '{\"open\": \"open\"}[?source.?state.orValue(\"\")].orValue(\"closed\")'";
    assert_eq!(copy(some, &enums, BOTH), (true, String::new()));
    let typo = "state: '{\"open\": \"opne\"}[?source.?state.orValue(\"\")].orValue(\"closed\")'";
    let (passes, said) = copy(typo, &enums, BOTH);
    assert!(passes && said.starts_with("warning[GS0609]"), "{said}");

    let short = WRITTEN.replace("state: {type: string}", "state: {type: string, maxLength: 6}");
    let room = [(WRITTEN, short.as_str())];
    expect("constant_that_has_no_room", &copy("state: '\"cancelled\"'", &room, BOTH));
    let (passes, said) = copy("state: 'source.?state.orValue(\"cancelled\")'", &room, BOTH);
    assert!(!passes && said.contains("GS0656"), "{said}");
    // A source that does not say how long it may be is no finding.
    assert_eq!(copy("state: source.?state", &room, BOTH), (true, String::new()));
    let long = READ.replace("state: {type: string}", "state: {type: string, maxLength: 80}");
    let (passes, said) = copy("state: source.?state", &[(READ, &long), room[0]], BOTH);
    assert!(passes && said.starts_with("warning[GS0656]"), "{said}");
    let (passes, said) =
        copy("state: source.?state", &[(READ, &read), (WRITTEN, &short.replace('6', "4"))], BOTH);
    assert!(!passes && said.contains("too few for `closed`"), "{said}");

    let bounds = WRITTEN.replace("state: {type: string}", "state: {type: integer, maximum: 10}");
    expect("number_out_of_bounds", &copy("state: '11'", &[(WRITTEN, &bounds)], BOTH));
}

#[test]
fn secrets() {
    let read = READ.replace("state: {type: string}", "pin: {type: string, format: password}");
    expect("secret_onto_what_is_shown", &copy("state: source.?pin", &[(READ, &read)], BOTH));
    let written =
        WRITTEN.replace("state: {type: string}", "state: {type: string, format: password}");
    let both = [(READ, read.as_str()), (WRITTEN, written.as_str())];
    assert_eq!(copy("state: source.?pin", &both, BOTH), (true, String::new()));

    let secret = ("source: {type: string}", "source: {type: string, format: password}");
    let edits = [(SHOP_DOCUMENT, secret.0, secret.1)];
    expect("secret_as_a_constant_of_a_body", &said_of(SHOP, &edits));
    let kind = [(SHOP_DOCUMENT, "kind: {type: string}", "kind: {type: string, format: password}")];
    expect("secret_in_every_record", &said_of(SHOP, &kind));
    let status = (
        "schema: {type: string, enum: [open, closed]}",
        "schema: {type: string, format: password}",
    );
    expect("secret_as_a_constant_parameter", &desk(status, &[]));
    let code = ("code: {type: string}", "code: {type: string, format: password}");
    expect("secret_as_an_error_code", &desk(code, &[]));
}

#[test]
fn names_of_integrations() {
    let map = "state: source.?state";
    expect("integrations_that_are_swapped", &copy(map, &[], "{shop: ../other, other: ../shop}"));
    let more = "{shop: ../shop, other: ../other, desk: ../desk}";
    let (passes, said) = copy(map, &[], more);
    assert!(
        passes && said.starts_with("warning[GS0212]: nothing uses the integration `desk`"),
        "{said}"
    );
    let text = "gusset: 1\nsync: copy\nintegrations: {from: ../shop, to: ../other}\nsource: from.orders\n\
                target: to.orders\nmatch: {source: id, target: ref}\nmap: {state: source.?state}\n";
    let files = [("specs/syncs/copy.yaml".to_owned(), text.to_owned())];
    assert_eq!(said_of_files(&files), (true, String::new()));
    let twice = [files[0].clone(), ("specs/syncs/other.yaml".to_owned(), text.to_owned())];
    expect("syncs_of_one_name", &said_of_files(&twice));
}

#[test]
fn units_of_resets() {
    let reset = |unit: &str| {
        format!(
            "{{quota: 100 per 10s, observe: {{reset: {{from: header.X-Reset{unit}}}, because: as seen}}}}"
        )
    };
    let limit = "{quota: 100 per 10s}";
    mistake("reset_without_a_unit", limit, &reset(""));
    let answer = "description: A page of tickets.";
    let listed = |header: &str| format!("{answer}\n          headers: {{X-Reset: {{{header}}}}}");
    let said = |header: &str, unit: &str| {
        desk(
            (answer, &listed(header)),
            &[(limit, &reset(&format!(", unit: {unit}")).replace(", because: as seen", ""))],
        )
    };
    let moment = "schema: {type: integer}, example: 1700000000";
    expect("reset_that_is_a_moment", &said(moment, "seconds"));
    expect("reset_in_seconds", &said(moment, "epoch_ms"));
    expect("reset_that_is_a_date", &said("schema: {type: string, format: date-time}", "epoch_s"));
    expect("reset_that_is_a_span", &said("schema: {type: integer, example: 30}", "epoch_s"));
    for (header, unit) in [
        (moment, "epoch_s"),
        ("schema: {type: integer, example: 30}", "seconds"),
        ("schema: {type: integer, example: 30000}", "ms"),
        ("schema: {type: string, format: date-time}", "date"),
        ("schema: {type: integer}", "epoch_ms"),
    ] {
        assert_eq!(said(header, unit), (true, String::new()), "{header} {unit}");
    }
}

#[test]
fn what_leads_back() {
    let back = ("next_page_token: {type: string}", "previous_page_token: {type: string}");
    let spec = [("body.next_page_token", "body.previous_page_token")];
    expect("cursor_that_leads_back", &desk(back, &spec));
    let because = ("more: body.has_more}", "because: the vendor calls older ones previous}");
    assert_eq!(desk(back, &[spec[0], because]), (true, String::new()));
    // A reason for something else is none for this.
    let elsewhere = ("size: {", "because: the vendor's page\n      size: {");
    assert!(!desk(back, &[spec[0], elsewhere]).0);
    let links = "next_page_token: {type: string}, links: {type: object, properties: {self: {type: string}}}";
    let links = ("next_page_token: {type: string}", links);
    expect(
        "url_of_the_page_itself",
        &desk(
            links,
            &[(
                "cursor: {from: body.next_page_token, into: query.page_token",
                "url: {from: body.links.self",
            )],
        ),
    );
    // What leads back does so where something else leads on; alone, it is for the newest first.
    let before = "{name: before_token,";
    let both =
        format!("{{name: after_token, in: query, schema: {{type: string}}}}\n        - {before}");
    let into = [("query.page_token", "query.before_token")];
    assert_eq!(desk(("{name: page_token,", before), &into), (true, String::new()));
    expect("cursor_into_what_leads_back", &desk(("{name: page_token,", &both), &into));
}

#[test]
fn headers_that_are_almost_those_of_the_document() {
    let answer = "description: What went wrong.";
    let listed = "description: What went wrong.\n          headers: {X-Error-Code: {schema: {type: string}}}";
    let code = |name: &str| {
        desk((answer, listed), &[("code: body.code", &format!("code: header.{name}"))])
    };
    expect("error_code_in_a_mistyped_header", &code("X-Eror-Code"));
    assert_eq!(code("x-error-code"), (true, String::new()));
    assert_eq!(code("Reason"), (true, String::new()));
}

#[test]
fn slips_in_texts_around_a_time() {
    let rfc3339 = ("rfc3339", "");
    expect("comparison_that_is_misspelt", &within("get|{since}|lte|{until}", &[rfc3339]));
    let (passes, said) = within("updated_ta >= \"{since}\"", &[rfc3339]);
    assert!(!passes && said.contains("`updated_ta` is almost `updated_at`"), "{said}");
    expect("placeholder_that_is_misspelt", &within("gte|{since}|lte|{unitl}", &[rfc3339]));
    mistake("look_back_of_nothing", "lookback: 1m", "lookback: 0m");
    mistake("cap_of_nothing_at_all", "lookback: 1m", "cap: 4000000000");
}

#[test]
fn numbers_of_pages() {
    let number =
        "      cursor: {from: body.next_page_token, into: query.page_token, more: body.has_more}\n";
    let page = "      page: {into: query.page, first: 7, more: body.has_more}\n";
    mistake("page_that_is_not_the_first", number, page);
    let size = "more: body.more}\n      size: {into: body.filter.field, value: 50}";
    shop_mistake("size_into_a_text_of_a_body", "more: body.more}", size);
}

/// What is said of the operations of the shop where one of them stands under two names.
#[test]
fn one_operation_under_two_names() {
    let wrong = "create_order: {id: updateOrder}";
    let (_, text) = said(
        SHOP,
        SHOP,
        "update_order: {id: updateOrder}",
        "update_order: {id: updateOrder}\n  patch_order: {id: updateOrder}",
    );
    assert!(
        text.contains("warning[GS0214]: `patch_order` and `update_order` are the same operation"),
        "{text}"
    );
    let (_, text) = said(SHOP, SHOP, "create_order: {id: createOrder}", wrong);
    assert!(text.contains("are the same operation"), "{text}");
}

#[test]
fn removal_by_a_get() {
    mistake(
        "removal_by_a_get",
        "    get: get_ticket",
        "    get: get_ticket\n    delete: get_ticket",
    );
    let said = ", repeat: idempotent, because: the vendor's page";
    let wrong = format!("{{id: getTicket{said}}}");
    let edits =
        [("{id: getTicket}", wrong.as_str()), ("    get: get_ticket", "    delete: get_ticket")];
    assert_eq!(desk(("title: Desk", "title: Desk"), &edits), (true, String::new()));
}

#[test]
fn a_spec_that_selects_nothing() {
    let text = "gusset: 1\nintegration: empty\ndocument: openapi.yaml\n";
    let (passes, said) = said_of_files(&[("specs/shop/empty.yaml".to_owned(), text.to_owned())]);
    assert!(passes && said.starts_with("warning[GS0309]: the spec selects no operation"), "{said}");
}

#[test]
fn fields_that_are_asked_for() {
    let status = (
        "schema: {type: string, enum: [open, closed]}",
        "schema: {type: array, items: {type: string}}",
    );
    let asks = |fields: &str| {
        desk(status, &[("query.status: open", &format!("query.status: [{fields}]"))])
    };
    let (passes, text) = asks("id, score, tags, updated_ta");
    assert!(passes && text.starts_with("warning[GS0508]: `updated_ta` is asked for"), "{text}");
    // What is none of the document's may be a custom field.
    assert_eq!(asks("id, score, tags, custom_7"), (true, String::new()));
}

/// What follows from one mistake is not said again.
#[test]
fn one_mistake_is_one_error() {
    for (spec, right, wrong) in [
        (DESK, "id: listTickets", "id: getTicket"),
        (DESK, "key: id", "kye: id"),
        (DESK, "{type: bearer, scheme: token}", "{type: oauth2, scheme: token}"),
        (SHOP, "{type: api_key, scheme: key}", "{type: api_key}"),
        (SHOP, "by: ref", "yb: ref"),
        (SYNC, "default: 70", "default: high"),
        (SYNC, "in: salesforce.users, by: Email", "in: salesforce.leads, by: Mail"),
    ] {
        let (passes, text) = said(spec, spec, right, wrong);
        let errors = text.lines().filter(|line| line.starts_with("error[")).count();
        assert!(!passes && errors == 1, "{wrong}: {text}");
    }
}

#[test]
fn the_document_s_server_that_is_an_example() {
    let shop = "specs/shop/integration.yaml";
    let said = |server: &str, integration: &str| {
        let edits = [
            ("specs/shop/openapi.yaml", "https://shop.things.net", server),
            (shop, "integration: shop", integration),
        ];
        said_of(shop, &edits)
    };
    for (server, whose) in [
        ("https://shop.example.com", "`shop.example.com` is nobody's"),
        ("https://your-shop.things.net", "`your-shop` is nobody's"),
        ("http://localhost:8080", "`localhost` is the machine that a client runs on"),
    ] {
        let (passes, text) = said(server, "integration: shop");
        let warning =
            format!("warning[GS0808]: the document's server `{server}` is an example: {whose}\n");
        assert!(passes && text.starts_with(&warning), "{text}");
        assert_eq!(text.matches("warning[").count(), 1, "{text}");
        // What the spec says itself is meant.
        let meant = format!("integration: shop\nserver: {server}");
        assert_eq!(said(server, &meant), (true, String::new()));
    }
}

/// What tries a connection of the desk.
#[track_caller]
fn verify(name: &str, verify: &str) {
    mistake(name, "types:\n", &format!("verify: {verify}\ntypes:\n"));
}

#[test]
fn what_tries_a_connection() {
    verify("verification_by_an_unknown_operation", "list_tikets");
    verify("verification_that_lacks_a_parameter", "get_ticket");
    verify(
        "verification_with_a_parameter_that_is_not_there",
        "{operation: list_tickets, with: {query.statsu: open}}",
    );
    let fine =
        [(DESK, "types:\n", "verify: {operation: get_ticket, with: {path.id: '1'}}\ntypes:\n")];
    let (ir, said) = checked(DESK, &fine);
    let ir = ir.unwrap_or_else(|| panic!("{said}"));
    assert_eq!(ir.integrations[0].verify.as_ref().unwrap().operation, "get_ticket");
    // Without a word, the first listing.
    let (ir, _) = checked(DESK, &[]);
    let found = ir.unwrap().integrations[0].verify.clone().unwrap();
    assert_eq!((found.operation.as_str(), found.preset.values.len()), ("list_tickets", 1));
}

#[test]
fn what_tries_a_connection_only_reads() {
    let right = "operations:\n";
    let wrong = "verify: {operation: create_order, with: {body.state: open}}\noperations:\n";
    expect("verification_that_writes", &said(SHOP, SHOP, right, wrong));
    let public = [
        (
            DESK,
            "get_ticket: {id: getTicket}",
            "get_ticket: {id: getTicket, public: true, because: tickets are}",
        ),
        (DESK, "types:\n", "verify: {operation: get_ticket, with: {path.id: '1'}}\ntypes:\n"),
    ];
    expect("verification_without_credentials", &said_of(DESK, &public));
}

/// What comes with the tokens of the CRM.
#[track_caller]
fn gives(name: &str, right: &str, wrong: &str) {
    let spec = "specs/salesforce/integration.yaml";
    expect(name, &said(spec, spec, right, wrong));
}

#[test]
fn what_comes_with_tokens() {
    let right = "gives: {instance_url: body.instance_url}";
    gives("given_setting_that_is_not_declared", right, "gives: {instanceurl: body.instance_url}");
    gives("given_setting_that_is_secret", right, "gives: {instance_url: body.access_token}");
    gives("given_setting_by_a_path", right, "gives: {instance_url: 'body.urls.rest'}");
    gives("given_setting_by_a_header", right, "gives: {instance_url: header.Location}");
    gives(
        "given_setting_that_nobody_comes_back_with",
        "gives: {instance_url: body.instance_url}\n    because: the document lists no client",
        "gives: {instance_url: query.instance_url}\n    because: the document lists no client",
    );
    gives(
        "given_setting_that_tokens_need",
        "token_url: https://${settings.domain}.my.salesforce.com",
        "token_url: ${settings.instance_url}",
    );
    gives(
        "given_setting_with_a_default",
        "instance_url: {type: string,",
        "instance_url: {type: string, default: 'https://a.example',",
    );
    gives(
        "given_setting_that_is_no_text",
        "instance_url: {type: string,",
        "instance_url: {type: integer,",
    );
}
