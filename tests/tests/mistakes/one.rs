//! More mistakes, by the part of the spec that they are made in: each is one error.

use crate::kit::*;

const DESK: &str = "specs/desk/integration.yaml";
const SHOP: &str = "specs/shop/integration.yaml";
const HUBSPOT: &str = "specs/hubspot/integration.yaml";
const SALESFORCE: &str = "specs/salesforce/integration.yaml";
const SYNC: &str = "specs/syncs/warm_leads.yaml";

/// Mistakes of a spec: a name, what is right, and what is written instead.
#[track_caller]
fn each(spec: &str, mistakes: &[(&str, &str, &str)]) {
    for (name, right, wrong) in mistakes {
        expect(name, &said(spec, spec, right, wrong));
    }
}

#[test]
fn shapes_of_files() {
    each(
        DESK,
        &[
            ("version_of_tomorrow", "gusset: 1", "gusset: 2"),
            ("document_that_is_not_there", "document: openapi.yaml", "document: openap.yaml"),
            ("key_that_is_mistyped", "paginate:", "pagniate:"),
            ("needed_key_that_is_mistyped", "items: body.tickets", "itmes: body.tickets"),
            ("needed_key_that_is_missing", "      items: body.tickets\n", ""),
            ("word_that_is_none", "format: rfc3339", "format: rfc3333"),
            ("text_for_a_number", "value: 50", "value: many"),
            ("list_for_a_text", "key: id", "key: [id]"),
            ("type_with_a_small_letter", "types:\n  Ticket:", "types:\n  ticket:"),
            (
                "pattern_that_selects_nothing",
                "operations:\n",
                "include: ['tag:nope']\noperations:\n",
            ),
            ("operation_by_both", "{id: getTicket}", "{id: getTicket, call: 'GET /tickets/{id}'}"),
            ("operation_by_nothing", "{id: getTicket}", "{}"),
            ("call_without_a_method", "{id: getTicket}", "{call: /tickets}"),
        ],
    );
}

#[test]
fn connections() {
    each(
        DESK,
        &[
            ("kind_of_credentials_that_is_none", "type: bearer", "type: beerer"),
            ("scheme_with_a_typo", "scheme: token", "scheme: tokn"),
            ("scheme_and_its_override", "scheme: token", "scheme: token, overrides: key"),
            ("key_of_another_kind_of_credentials", "scheme: token", "scheme: token, in: header.X"),
            ("override_of_nothing", "scheme: token", "overrides: token, because: as seen"),
            ("server_that_is_no_url", "server: https://", "server: ftp://"),
            (
                "server_that_is_called_like_this_machine",
                "https://${settings.region}.desk.example.com",
                "http://localhost.${settings.region}.desk.example.com",
            ),
            ("template_that_is_never_closed", "${settings.region}", "${settings.region"),
            ("template_of_something_else", "${settings.region}", "${region}"),
            ("default_of_another_type", "default: eu", "default: 7"),
            ("flag_in_a_url", "{type: string, default: eu}", "{type: boolean}"),
            ("quota_of_nothing", "100 per 10s", "0 per 10s"),
            ("window_of_nothing", "100 per 10s", "100 per 0s"),
            ("window_of_years", "100 per 10s", "100 per 9000d"),
            ("quota_that_is_no_limit", "100 per 10s", "4000000000 per 1s"),
            ("limit_of_two_kinds", "{quota: 100 per 10s}", "{quota: 100 per 10s, concurrency: 4}"),
            ("limit_of_no_kind", "{quota: 100 per 10s}", "{scope: app}"),
            ("no_call_at_a_time", "{quota: 100 per 10s}", "{concurrency: 0}"),
            ("calls_at_a_time_without_end", "{quota: 100 per 10s}", "{concurrency: 4000000}"),
            ("unlimited_without_a_reason", "{quota: 100 per 10s}", "{unlimited: true}"),
            (
                "unlimited_with_a_limit",
                "{quota: 100 per 10s}",
                "{quota: 100 per 10s, unlimited: true, because: as seen}",
            ),
            (
                "operation_that_is_listed_twice",
                "{quota: 100 per 10s}",
                "{quota: 100 per 10s, operations: [list_tickets, get_ticket, list_tickets]}",
            ),
            (
                "header_that_is_not_listed",
                "{quota: 100 per 10s}",
                "{quota: 100 per 10s, observe: {remaining: header.X-Left}}",
            ),
            (
                "limit_that_is_told_in_a_body",
                "{quota: 100 per 10s}",
                "{quota: 100 per 10s, observe: {remaining: body.left, because: as seen}}",
            ),
        ],
    );
}

#[test]
fn scopes() {
    each(
        HUBSPOT,
        &[
            (
                "scope_that_is_not_asked_for",
                "scopes: [crm.objects.contacts.read, crm.objects.owners.read]",
                "scopes: [crm.objects.contacts.read]",
            ),
            (
                "scope_that_is_listed_twice",
                "scopes: [crm.objects.contacts.read, ",
                "scopes: [crm.objects.contacts.read, crm.objects.contacts.read, ",
            ),
            (
                "flow_without_a_token_endpoint",
                "flow: authorization_code",
                "flow: client_credentials",
            ),
            ("overridden_scheme_of_no_name", "overrides: private_apps", "overrides: private_app"),
        ],
    );
    let page = "    authorize_url: https://${settings.domain}.my.salesforce.com/services/oauth2/authorize\n";
    let clear = page.replace("https:", "http:");
    each(
        SALESFORCE,
        &[
            (
                "parameter_that_the_flow_says_itself",
                page,
                "    authorize_parameters: {state: '1'}\n",
            ),
            (
                "parameter_of_an_unknown_setting",
                page,
                "    authorize_parameters: {hint: '${settings.domian}'}\n",
            ),
            ("secret_as_a_parameter", page, "    token_parameters: {api_secret: hunter2}\n"),
            ("consent_in_another_flow", "flow: authorization_code", "flow: refresh_token"),
            ("page_that_is_asked_in_the_clear", page, &clear),
            ("client_of_signed_assertions", page, "    algorithm: ES256\n"),
            ("realm_of_oauth_2", page, "    realm: somewhere\n"),
        ],
    );
    each(
        SALESFORCE,
        &[
            (
                "public_client_with_its_own_credentials",
                "flow: client_credentials\n",
                "flow: client_credentials\n    client: public\n",
            ),
            (
                "client_beside_an_assertion",
                "flow: client_credentials\n",
                "flow: jwt_bearer\n    client: body\n",
            ),
        ],
    );
    let more = "scopes: [crm.objects.contacts.read, crm.objects.contacts.write, ";
    let (passes, text) = said(HUBSPOT, HUBSPOT, "scopes: [crm.objects.contacts.read, ", more);
    assert!(passes && text.starts_with("warning[GS0810]: no selected operation needs"), "{text}");
    each(
        SALESFORCE,
        &[
            ("token_endpoint_that_is_no_url", "token_url: https://", "token_url: htpts://"),
            (
                "way_to_authorise_without_a_reason",
                "    because: the document names the login host; an org with its own domain may refuse that one\n",
                "",
            ),
        ],
    );
}

#[test]
fn errors() {
    let rule = "{when: status == 429, action: wait, for: 'duration(\"10s\")'}";
    let first = format!("{{when: status >= 400, action: fail}}\n    - {rule}");
    let twice = format!("{rule}\n    - {rule}");
    each(
        DESK,
        &[
            ("rule_for_no_status", "status == 429", "status == 42"),
            ("rule_for_every_success", "status == 429", "status != 429"),
            ("rule_for_a_success", "status == 429", "status == 429 || status == 200"),
            ("rule_for_a_part_of_no_status", "status == 429", "status == 429 || status == 5030"),
            ("rule_after_a_wider_one", rule, &first),
            ("rule_that_is_there_twice", rule, &twice),
            ("wait_of_no_time", "duration(\"10s\")", "duration(\"0s\")"),
            ("wait_of_years", "duration(\"10s\")", "duration(\"99999h\")"),
            ("for_without_a_wait", "action: wait", "action: fail"),
            ("fault_that_is_accepted", rule, "{when: status >= 500, action: accept}"),
            ("credentials_for_a_fault", rule, "{when: status == 503, action: refresh}"),
            ("condition_that_is_no_expression", "status == 429", "status = 429"),
            ("condition_over_no_name", "status == 429", "statu == 429"),
            ("condition_of_two_types", "status == 429", "status == '429'"),
            ("condition_that_is_none", "status == 429", "status + 1"),
            ("condition_over_no_member", "status == 429", "body.cod == 'x'"),
            ("wait_by_no_function", "duration(\"10s\")", "duratoin(\"10s\")"),
            ("error_code_far_down_a_list", "code: body.code", "code: body.code[1000]"),
            ("error_code_in_the_query", "code: body.code", "code: query.code"),
        ],
    );
}

#[test]
fn pages() {
    each(
        DESK,
        &[
            ("page_of_nothing", "value: 50", "value: 0"),
            ("size_where_the_cursor_goes", "into: query.page_size", "into: query.page_token"),
            ("size_into_no_parameter", "into: query.page_size", "into: query.per_page"),
            ("path_without_an_end", "items: body.tickets", "items: body.tickets["),
            ("path_from_nowhere", "items: body.tickets", "items: tickets"),
            ("link_that_is_none", "size: {", "link: false\n      size: {"),
            ("more_and_last", "more: body.has_more}", "more: body.has_more, last: body.has_more}"),
            ("more_that_is_no_flag", "more: body.has_more", "more: body.next_page_token"),
            (
                "next_page_by_nothing",
                "      cursor: {from: body.next_page_token, into: query.page_token, more: body.has_more}\n",
                "",
            ),
        ],
    );
    let because = "query.page_token, more: body.has_more";
    let url = desk(
        ("next_page_token: {type: string}", "next_page_url: {type: string}"),
        &[("body.next_page_token", "body.next_page_url")],
    );
    expect("url_as_a_token", &url);
    let required =
        ("required: [tickets, has_more]", "required: [tickets, has_more, next_page_token]");
    expect("token_that_is_always_there", &desk(required, &[(because, "query.page_token")]));
}

#[test]
fn types() {
    let refine = |wrong: &str| format!("{{schema: Ticket, {wrong}}}");
    let schema = "{schema: Ticket}";
    each(
        DESK,
        &[
            ("schema_that_is_not_there", schema, "{schema: Tickt}"),
            ("schema_that_is_listed_twice", schema, "{schemas: [Ticket, Ticket]}"),
            ("type_of_nothing", schema, "{}"),
            (
                "refined_field_that_is_not_there",
                schema,
                &refine("refine: {scor: integer}, because: x"),
            ),
            ("refinement_that_is_no_type", schema, &refine("refine: {score: integr}, because: x")),
            (
                "refinements_without_a_reason",
                schema,
                &refine("refine: {score: integer, subject: string}"),
            ),
            ("added_field_that_is_there", schema, &refine("add: {score: integer}, because: x")),
        ],
    );
}

#[test]
fn resources() {
    each(
        DESK,
        &[
            ("type_that_is_not_declared", "type: Ticket", "type: Tickets"),
            (
                "operation_that_is_not_declared",
                "{operation: list_tickets, with",
                "{operation: list_ticket, with",
            ),
            ("constant_for_no_parameter", "query.status: open", "query.statos: open"),
            ("constant_of_another_type", "query.status: open", "query.page: one"),
            (
                "constant_with_a_template",
                "query.status: open",
                "'query.status': '${settings.status}'",
            ),
            ("constant_for_a_header_that_is_not_there", "query.status: open", "header.X-A: open"),
            ("constant_for_the_size", "query.status: open", "query.page_size: 20"),
            ("time_of_a_day", "format: rfc3339", "format: date"),
            ("look_back_of_years", "lookback: 1m", "lookback: 9000d"),
            ("look_back_without_a_unit", "lookback: 1m", "lookback: '1'"),
            (
                "cap_below_a_page",
                "lookback: 1m",
                "lookback: 1m\n      cap: 10\n      order: ascending\n      because: as seen",
            ),
            ("key_of_a_listing", "with: {query.status: open}", "key: query.status"),
            (
                "seeds_of_no_resource",
                "resources:\n",
                "sandbox: {ticket: {records: 1}}\nresources:\n",
            ),
            (
                "seeds_of_no_field",
                "resources:\n",
                "sandbox: {tickets: {subjekt: {like: email}}}\nresources:\n",
            ),
            (
                "seeds_by_no_rule",
                "resources:\n",
                "sandbox: {tickets: {subject: {likes: email}}}\nresources:\n",
            ),
            (
                "seed_of_another_type",
                "resources:\n",
                "sandbox: {tickets: {score: {value: high}}}\nresources:\n",
            ),
        ],
    );
    let size = "      size: {into: query.page_size, value: 50}\n";
    let above = [(size, ""), ("query.status: open", "query.page_size: 90")];
    expect("constant_above_its_bounds", &desk(("title: Desk", "title: Desk"), &above));
    let long = ("enum: [open, closed]", "maxLength: 3");
    expect("constant_that_is_too_long", &desk(long, &[]));
    let id = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]";
    let other = "parameters: [{name: id, in: path, required: true, schema: {type: boolean}}]";
    expect("key_of_another_type", &desk((id, other), &[]));
    let listed = "Ticket:\n      type: object\n      required: [id, updated_at, tags]\n      properties:\n        id: {type: string";
    let one_of = format!("{listed}, enum: [a, b]");
    expect("key_of_few_values", &desk((listed, &one_of), &[]));
    let before = ("name: updated_after", "name: updated_before");
    let since = [("query.updated_after", "query.updated_before")];
    expect("end_of_a_span", &desk(before, &since));
    let secret = [
        ("region: {type: string, default: eu}", "api_key: {type: string}"),
        ("settings.region", "settings.api_key"),
    ];
    expect("secret_as_a_setting", &desk(("title: Desk", "title: Desk"), &secret));
}

#[test]
fn changes_in_a_body() {
    each(
        HUBSPOT,
        &[
            ("comparison_that_is_none", "operator: GTE", "operator: HAS_PROPERTY"),
            ("comparison_the_other_way", "operator: GTE", "operator: LTE"),
            ("comparison_that_is_not_listed", "operator: GTE", "operator: GTT"),
            ("end_of_a_span_in_a_body", "filters[0].value", "filters[0].highValue"),
            (
                "member_beside_the_time_that_nobody_gives",
                "[{filters: [{propertyName: lastmodifieddate, operator: GTE}]}]",
                "[]",
            ),
            (
                "property_that_is_asked_for_twice",
                "list_contacts\n      with: {query.properties: [email, ",
                "list_contacts\n      with: {query.properties: [email, email, ",
            ),
        ],
    );
    let exact = [(HUBSPOT, "operator: GTE", "operator: GT"), (HUBSPOT, "      lookback: 1m\n", "")];
    expect("moment_of_the_watermark", &said_of(HUBSPOT, &exact));
}

#[test]
fn writes() {
    let repeat = ", repeat: idempotent, because: orders are written by their ref";
    each(
        SHOP,
        &[
            ("upsert_that_must_not_be_repeated", repeat, ""),
            ("write_that_is_said_to_read", "repeat: idempotent", "repeat: safe"),
            ("constant_that_the_body_does_not_have", "body.source: api", "body.sauce: api"),
            ("constant_of_a_body_of_another_type", "body.source: api", "body.source: 7"),
            ("batch_of_nothing", "max: 50", "max: 0"),
            ("results_that_are_not_there", "items: body.results", "items: body.result"),
            ("results_of_a_batch_nowhere", "items: body.results, ", ""),
            ("message_that_is_not_there", "message: error", "message: eror"),
            ("refusal_that_is_no_condition", "failed: '!result.ok'", "failed: result.error"),
            (
                "operation_that_reads_on_is_not_there",
                "operation: search_on,",
                "operation: searchon,",
            ),
            ("end_that_is_no_flag", "more: body.more", "more: body.cursor"),
            ("external_key_that_is_not_there", "by: ref", "by: reff"),
        ],
    );
}

#[test]
fn syncs() {
    each(
        SYNC,
        &[
            ("setting_that_is_not_declared", "settings.threshold", "settings.treshold"),
            ("lookup_that_is_not_declared", "lookup.rep.?Id", "lookup.reps.?Id"),
            ("lookup_by_no_field", "by: Email", "by: Mail"),
            (
                "lookup_by_a_time",
                "in: salesforce.users, by: Email",
                "in: salesforce.users, by: LastLoginDate",
            ),
            ("lookup_of_a_flag", "by: Email", "by: IsActive"),
            ("lookup_of_no_text", "is: source.id}", "is: source.archived}"),
            ("lookup_in_nothing", "in: salesforce.users", "in: salesforce.user"),
            ("interval_of_nothing", "every: 5m", "every: 0m"),
            ("interval_in_words", "every: 5m", "every: 5 minutes"),
            ("source_of_no_integration", "source: hubspot.contacts", "source: hubspt.contacts"),
            ("source_without_a_resource", "source: hubspot.contacts", "source: hubspot"),
            ("target_that_is_only_read", "target: salesforce.leads", "target: salesforce.users"),
            ("match_of_another_target", "target: HubSpot_Contact_Id__c}", "target: Email}"),
            ("deletes_that_are_not_known", "deletes: keep", "deletes: drop"),
            (
                "required_field_without_a_mapping",
                "  LastName: source.properties.?lastname.orValue(\"(unknown)\")\n",
                "",
            ),
            (
                "optional_onto_a_required_field",
                "source.properties.?company.orValue(\"(unknown)\")",
                "source.properties.?company",
            ),
            (
                "optional_that_is_read_as_if_it_were_there",
                "source.properties.?phone",
                "source.properties.phone",
            ),
            (
                "field_that_is_mapped_twice",
                "  Phone: ",
                "  Title: source.properties.?phone\n  Phone: ",
            ),
            (
                "match_that_is_mapped_again",
                "  Phone: ",
                "  HubSpot_Contact_Id__c: source.id\n  Phone: ",
            ),
            ("number_onto_text", "source.properties.?jobtitle", "source.properties.?hubspotscore"),
            (
                "default_of_another_kind",
                "?hubspotscore.orValue(0.0) >= settings",
                "?hubspotscore.orValue(\"\") >= settings",
            ),
            ("integration_that_is_not_there", "hubspot: ../hubspot", "hubspot: ../hubspt"),
        ],
    );
}

/// Syncs of one catalog are held against each other.
#[test]
fn syncs_that_undo_each_other() {
    let copy = |name: &str, source: &str, target: &str| {
        let path = format!("specs/syncs/{name}.yaml");
        let text = format!(
            "gusset: 1\nsync: {name}\nintegrations: {{shop: ../shop, other: ../other}}\nsource: {source}\n\
             target: {target}\nmatch: {{source: id, target: ref}}\nmap: {{state: source.?state}}\n"
        );
        (path, text)
    };
    let there = copy("there", "shop.orders", "other.orders");
    let back = copy("back", "other.orders", "shop.orders");
    expect("syncs_in_a_circle", &said_of_files(&[there.clone(), back]));
    let again = copy("again", "shop.orders", "other.orders");
    expect("syncs_that_write_the_same_field", &said_of_files(&[there, again]));
    // Each is held against all before it, not only against the first.
    let other =
        |(path, text): (String, String)| (path, text.replace("map: {state", "map: {source"));
    let first = other(copy("first", "shop.orders", "other.orders"));
    let [second, third] = ["second", "third"].map(|name| copy(name, "shop.orders", "other.orders"));
    expect("third_sync_that_writes_what_the_second_does", &said_of_files(&[first, second, third]));
}
