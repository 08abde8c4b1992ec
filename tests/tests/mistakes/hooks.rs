//! Mistakes around hooks: what they set, who asks them, and what they take and give.

use crate::kit::*;

const BANK: &str = "specs/bank/integration.yaml";
const PEOPLE: &str = "specs/people.yaml";

#[track_caller]
fn each(spec: &str, mistakes: &[(&str, &str, &str)]) {
    for (name, right, wrong) in mistakes {
        expect(name, &said(spec, spec, right, wrong));
    }
}

#[test]
fn hooks_of_requests_and_answers() {
    let sets = "sets: [header.X-Signature]";
    let rule = "action: hook, hook: judge";
    each(
        BANK,
        &[
            ("hook_that_sets_nothing", "sets: [header.X-Signature], ", ""),
            ("hook_that_sets_the_credentials", sets, "sets: [header.x-key]"),
            ("hook_that_sets_the_length", sets, "sets: [header.Content-Length]"),
            ("hook_that_sets_the_cookies", sets, "sets: [header.Cookie]"),
            ("hook_that_sets_what_connections_keep", sets, "sets: [header.keep-alive]"),
            (
                "constant_that_a_hook_sets",
                "list: list_customers}",
                "list: {operation: list_customers, with: {header.x-signature: none}}}",
            ),
            (
                "cursor_that_a_hook_sets",
                sets,
                "sets: [header.X-Signature, query.cursor], operations: [list_customers]",
            ),
            (
                "hooks_that_differ_by_an_underscore",
                "judge: {on: answer}",
                "judge: {on: answer}\n  sign_1: {on: answer}\n  sign1: {on: answer}",
            ),
            ("hook_that_sets_a_body", sets, "sets: [body.signature]"),
            (
                "hook_that_sets_a_header_twice",
                sets,
                "sets: [header.X-Signature, header.x-signature]",
            ),
            (
                "hooks_that_set_the_same",
                "[query.stamp, header.X-Key-Id]",
                "[query.stamp, header.X-Signature]",
            ),
            ("hook_of_an_unknown_operation", "[create_transfer]", "[create_transfers]"),
            (
                "hook_of_an_operation_twice",
                "[create_transfer]",
                "[create_transfer, create_transfer]",
            ),
            (
                "hook_without_a_reason",
                "    because: the vendor's guide wants the time and a fingerprint of the key beside each transfer\n",
                "",
            ),
            ("hook_of_answers_that_sets", "{on: answer}", "{on: answer, sets: [header.X-Verdict]}"),
            ("hook_of_neither", "{on: answer}", "{on: answers}"),
            ("hook_that_is_not_declared", rule, "action: hook, hook: juge"),
            ("rule_without_its_hook", rule, "action: hook"),
            ("rule_with_a_hook_of_requests", rule, "action: hook, hook: sign"),
            ("rule_that_retries_and_asks", rule, "action: retry, hook: judge"),
        ],
    );
}

#[test]
fn hooks_of_syncs() {
    let phone = "phone: hook.normalise_phone(source.?phone, source)";
    each(
        PEOPLE,
        &[
            (
                "function_that_is_no_hook",
                phone,
                "phone: hook.normalise_fone(source.?phone, source)",
            ),
            ("hook_with_too_few_values", phone, "phone: hook.normalise_phone(source.?phone)"),
            ("hook_of_another_type", phone, "phone: hook.normalise_phone(source.since, source)"),
            (
                "hook_of_another_record",
                phone,
                "phone: hook.normalise_phone(source.?phone, source.address)",
            ),
            ("hook_of_a_value_that_may_be_absent", "source.?score.orValue(1.0)", "source.?score"),
            ("hook_alone", phone, "phone: hook.normalise_phone"),
            (
                "hook_that_gives_another_type",
                "note: hook.normalise_phone(\"0\", source) + \".\"",
                "note: hook.first_of_month(source.since)",
            ),
            ("type_of_a_hook_that_is_none", "gives: string\n", "gives: strng\n"),
            ("record_of_a_hook_that_is_none", "customer: bank.Customer", "customer: bank.Custmer"),
            ("record_of_a_hook_of_nobody", "customer: bank.Customer", "customer: banc.Customer"),
            ("list_of_records_of_a_hook", "tags: list(string)", "tags: list(bank.Customer)"),
            ("list_that_may_be_absent", "tags: list(string)", "tags: list(string)?"),
            ("list_of_values_that_may_be_absent", "tags: list(string)", "tags: list(string?)"),
            ("value_that_may_be_absent_twice", "score: double?", "score: double??"),
            ("hook_with_a_capital", "  wanted: {takes", "  Wanted: {takes"),
            ("hook_called_like_a_macro", "  wanted: {takes", "  filter: {takes"),
            ("hook_called_like_a_method_of_ours", "  wanted: {takes", "  version: {takes"),
            (
                "hook_that_makes_a_part_of_a_value",
                "description: hook.document(source.name, source.?extra)",
                "description: string(hook.document(source.name, source.?extra))",
            ),
        ],
    );
}

/// Emitted code names the integrations that a sync reads and writes, and no others.
#[test]
fn no_value_is_a_record_of_another_integration() {
    let integrations = ("{bank: bank, crm: crm}", "{bank: bank, crm: crm, desk: desk}");
    let takes =
        ("wanted: {takes: {name: string}", "wanted: {takes: {name: string, note: desk.Ticket?}");
    for (name, note) in [
        ("hook_of_a_record_of_another_integration", "source.?address"),
        ("hook_of_a_record_that_is_never_there", "optional.none()"),
        ("hook_of_a_record_that_is_null", "null"),
    ] {
        let when = format!("hook.wanted(source.name, {note})");
        let call = ("hook.wanted(source.name)", when.as_str());
        let edits = [integrations, takes, call].map(|(right, wrong)| (PEOPLE, right, wrong));
        expect(name, &said_of(PEOPLE, &edits));
    }
}

#[test]
fn hooks_that_nothing_asks_are_told() {
    let rule = "  - {when: status == 409, action: hook, hook: judge}\n";
    let (passes, text) = said(BANK, BANK, rule, "");
    assert!(
        passes && text.contains("warning[GS0212]: no rule hands an answer to the hook `judge`"),
        "{text}"
    );
    let (passes, text) = said(PEOPLE, PEOPLE, "when: hook.wanted(source.name)\n", "");
    assert!(passes && text.contains("warning[GS0212]: nothing uses the hook `wanted`"), "{text}");
}

#[test]
fn types_of_hooks_end_however_long_they_are() {
    for (before, after) in [("", "?"), ("list(", ")"), ("list(", ""), ("", ")"), ("a.", "?")] {
        let many = 100_000;
        let wrong = format!("tags: '{}string{}'", before.repeat(many), after.repeat(many));
        let (passes, text) = said(PEOPLE, PEOPLE, "tags: list(string)", &wrong);
        assert!(!passes && text.matches("error[GS0215]").count() == 1, "{before}string{after}");
    }
}

/// What looks for twins among names asks maps: looking at each pair would take minutes.
#[test]
fn lists_of_a_hundred_thousand_names_are_compared() {
    let all = |many: usize, line: &dyn Fn(usize) -> String| (0..many).map(line).collect::<String>();
    let hook = |n| format!("  h{n}: {{on: request, sets: [header.X-{n}], because: b}}\n");
    let hooks = all(20_000, &hook);
    let sets = all(100_000, &|n| format!(", header.X-{n}"));
    let owners = all(100_000, &|n| format!(", '{n}'"));
    for (right, wrong, found) in [
        ("  judge: {on", format!("{hooks}  h_0: {{on: answer}}\n  judge: {{on"), "are both `H0`"),
        ("[header.X-Signature]", format!("[header.X-Signature{sets}, header.x-0]"), "is set twice"),
        (
            "[header.X-Signature]",
            "[header.ETag, header.etag]".to_owned(),
            "`header.etag` is set twice",
        ),
        ("document:", format!("about: {{owners: [a{owners}, a]}}\ndocument:"), "listed twice"),
    ] {
        let (passes, text) = said(BANK, BANK, right, &wrong);
        assert!(!passes && text.contains(found), "{found} is not said");
    }
}
