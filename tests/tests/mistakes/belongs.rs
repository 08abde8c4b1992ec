//! Operations that are about other records than the resource, and keys that their paths do not take.

use crate::kit::*;
use gusset_compiler::ir::{Sign, Standing};

const DESK: &str = "specs/desk/integration.yaml";
const DOCUMENT: &str = "specs/desk/openapi.yaml";
const COMPONENTS: &str = "components:\n  securitySchemes:";
const GET: &str = "get_ticket: {id: getTicket}";
const USE: &str = "    get: get_ticket";
const KEY: &str = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]";
const ID: &str = "      properties:\n        id: {type: string}\n        subject";

/// Paths beside those of the tickets.
const PATHS: &str = "  /tags:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/TagInput'}}}}
      responses: {'204': {description: It is there.}}
  /tags/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: A tag., content: {application/json: {schema: {$ref: '#/components/schemas/Tag'}}}}}}
    delete: {responses: {'204': {description: It is gone.}}}
  /cases/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: A ticket., content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}}}
    delete: {responses: {'204': {description: It is gone.}}}
  /labels/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    delete: {responses: {'204': {description: It is gone.}}}
  /articles/{article}/tickets/{id}:
    parameters:
      - {name: article, in: path, required: true, schema: {type: string}}
      - {name: id, in: path, required: true, schema: {type: string}}
    delete: {responses: {'204': {description: It is gone.}}}
  /templates/tickets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    delete: {responses: {'204': {description: It is gone.}}}
  /trash/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put: {responses: {'204': {description: It is gone.}}}
  /hidden/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put: {responses: {'204': {description: It is hidden.}}}
  /enlist:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/EnlistRequest'}}}}
      responses: {'204': {description: It is there.}}
  /numbers/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: boolean}}]
    get: {responses: {'200': {description: A number., content: {application/json: {schema: {$ref: '#/components/schemas/Number'}}}}}}
    delete: {responses: {'204': {description: It is gone.}}}
  /tickets/{id}/hide:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post: {responses: {'204': {description: It is hidden.}}}
";
const SCHEMAS: &str = "  schemas:
    Tag: {type: object, required: [id], properties: {id: {type: string}, ticket: {$ref: '#/components/schemas/Ticket'}}}
    Number: {type: object, required: [id], properties: {id: {type: boolean}}}
    EnlistRequest: {type: object, required: [name], properties: {name: {type: string}}}
    TagInput: {type: object, required: [name], properties: {name: {type: string}}}
";
const GONE: &str = "  /tickets/{id}:
    delete:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: It is gone.}}
";

/// The desk whose tickets have one more use; `gone` says whether the document has `DELETE /tickets/{id}`.
#[track_caller]
fn used(
    verb: &str,
    call: &str,
    because: &str,
    gone: bool,
) -> (Option<(Standing, bool)>, (bool, String)) {
    let paths = format!("{PATHS}{COMPONENTS}");
    // What stands behind the call is said by the use.
    let (call, rest) =
        call.split_once("', ").map_or((call.to_owned(), String::new()), |(call, rest)| {
            (format!("{call}'"), format!(", {rest}"))
        });
    let operation = format!("{GET}\n  other: {{call: {call}}}");
    let because = if because.is_empty() { String::new() } else { format!(", because: {because}") };
    let uses = format!("{USE}\n    {verb}: {{operation: other{because}{rest}}}");
    let mut edits = vec![
        (DOCUMENT, COMPONENTS, paths.as_str()),
        (DOCUMENT, "  schemas:\n", SCHEMAS),
        (DESK, GET, operation.as_str()),
        (DESK, USE, uses.as_str()),
    ];
    if gone {
        edits.push((DOCUMENT, "  /tickets/{id}:\n", GONE));
    }
    let (ir, said) = checked(DESK, &edits);
    let passes = ir.is_some();
    let fact = ir.and_then(|ir| {
        let about =
            |f: &&gusset_compiler::ir::Fact| f.text == "`other` is about the records of `tickets`";
        let found = ir.facts.iter().find(about)?;
        let seen = matches!(found.sign, Some(Sign::Refused { .. }));
        Some((found.standing, seen))
    });
    (fact, (passes, said))
}

#[test]
fn uses_are_about_the_records_of_the_resource() {
    let wrong = |name: &str, verb: &str, call: &str, gone: bool| {
        expect(name, &used(verb, call, "", gone).1);
    };
    wrong("removal_of_another_record", "delete", "'DELETE /tags/{id}'", false);
    wrong("removal_beside_the_right_one", "delete", "'DELETE /labels/{id}'", true);
    wrong("creation_of_another_record", "create", "POST /tags", false);
    let is = |verb: &str, call: &str, because: &str, gone: bool| {
        let (fact, (_, said)) = used(verb, call, because, gone);
        fact.unwrap_or_else(|| panic!("{said}"))
    };
    let proven = (Standing::Proven, false);
    let assumed = (Standing::Assumed, true);
    assert_eq!(is("delete", "'DELETE /tickets/{id}'", "", true), proven);
    // Nothing says what labels are, and a part of a ticket may stand for it.
    assert_eq!(is("delete", "'DELETE /labels/{id}'", "", false), assumed);
    assert_eq!(is("delete", "'POST /tickets/{id}/hide'", "", false), assumed);
    // What the same path answers is a ticket, though the path is called otherwise.
    assert_eq!(is("delete", "'DELETE /cases/{id}'", "", true), assumed);
    // What stands before without a key of its own may be another kind; with one, it is whose records they are.
    assert_eq!(is("delete", "'DELETE /templates/tickets/{id}'", "", true), assumed);
    let of_articles =
        "'DELETE /articles/{article}/tickets/{id}', key: path.id, with: {path.article: '1'}";
    assert_eq!(is("delete", of_articles, "", true), proven);
    // What is done in another way may be another thing that is done to the same records.
    assert_eq!(is("delete", "'PUT /trash/{id}'", "", true), assumed);
    assert_eq!(is("delete", "'PUT /hidden/{id}'", "", true), assumed);
    // A schema that is called after what is done is no other record.
    assert_eq!(is("create", "POST /enlist", "", true), assumed);
    // One mistake, though the key does not fit either.
    wrong("removal_of_another_record_by_another_key", "delete", "'DELETE /numbers/{id}'", false);
    let because = "tags are tickets there";
    let overridden = (Standing::Overridden, true);
    assert_eq!(is("delete", "'DELETE /tags/{id}'", because, false), overridden);
    let (_, (passes, said)) = used("delete", "'DELETE /tickets/{id}'", because, true);
    assert!(passes && said.contains("nothing needs this reason"), "{said}");
}

/// What is said of keys where the parameter and the field are others, and how the fact stands.
#[track_caller]
fn key(parameter: &str, field: &str, spec: &[(&str, &str)]) -> (Option<Standing>, (bool, String)) {
    let parameter = KEY.replace("{type: string}", parameter);
    let field = ID.replace("id: {type: string}", &format!("id: {field}"));
    let mut edits = vec![(DOCUMENT, KEY, parameter.as_str()), (DOCUMENT, ID, field.as_str())];
    edits.extend(spec.iter().map(|(right, wrong)| (DESK, *right, *wrong)));
    let (ir, said) = checked(DESK, &edits);
    let passes = ir.is_some();
    let fact = ir.and_then(|ir| {
        Some(ir.facts.iter().find(|f| f.text.contains("takes the key `id`"))?.standing)
    });
    (fact, (passes, said))
}

#[test]
fn keys_are_written_as_paths_take_them() {
    let wrong = |name: &str, parameter: &str, field: &str| {
        expect(name, &key(parameter, field, &[]).1);
    };
    wrong("number_for_a_uuid", "{type: string, format: uuid}", "{type: integer}");
    wrong("number_for_letters", "{type: string, pattern: '^[a-z]+$'}", "{type: integer}");
    let text = "{type: string}";
    let is = |parameter: &str, field: &str| key(parameter, field, &[]).0;
    assert_eq!(is(text, text), Some(Standing::Proven));
    assert_eq!(is(text, "{type: integer}"), Some(Standing::Proven));
    assert_eq!(is("{type: string, format: uuid}", text), Some(Standing::Assumed));
    assert_eq!(
        is("{type: string, pattern: '^[0-9]+$'}", "{type: integer}"),
        Some(Standing::Proven)
    );
    assert_eq!(
        is("{type: string, pattern: '^[0-9]{9}$'}", "{type: integer}"),
        Some(Standing::Assumed)
    );
    assert_eq!(is("{type: string, pattern: '^t_'}", text), Some(Standing::Assumed));
    let both = "{type: string, pattern: '^t_'}";
    assert_eq!(is(both, both), Some(Standing::Proven));
    // A UUID that is taken for text is still one.
    let refined = "Ticket: {schema: Ticket, in: responses, refine: {id: string}, because: it is used as a key}";
    let uuid = "{type: string, format: uuid}";
    let (fact, (_, said)) = key(uuid, uuid, &[("Ticket: {schema: Ticket}", refined)]);
    assert_eq!(fact, Some(Standing::Proven), "{said}");
}

/// What is said where the key may be a number, a pattern or another field, and how the fact stands.
#[track_caller]
fn stands(parameter: &str, field: &str, spec: &[(&str, &str)]) -> Option<Standing> {
    let (fact, (passes, said)) = key(parameter, field, spec);
    assert!(passes, "{said}");
    fact
}

#[test]
fn text_may_hold_the_number_that_a_path_takes() {
    let (text, number) = ("{type: string}", "{type: integer, format: int64}");
    assert_eq!(stands(number, text, &[]), Some(Standing::Assumed));
    let refined =
        "Ticket: {schema: Ticket, refine: {id: integer in string}, because: they are digits}";
    let refined = ("Ticket: {schema: Ticket}", refined);
    assert_eq!(stands(number, text, &[refined]), Some(Standing::Proven));
    assert_eq!(stands(text, number, &[]), Some(Standing::Proven));
    // Its own reason is used where it is assumed, and where the document plainly says otherwise.
    let because = (USE, "    get: {operation: get_ticket, because: they are digits}");
    assert_eq!(stands(number, text, &[because]), Some(Standing::Assumed));
    let letters = "{type: string, pattern: '^[a-z]+$'}";
    expect("letters_for_a_number", &key(number, letters, &[]).1);
    assert_eq!(stands(number, letters, &[because]), Some(Standing::Overridden));
    expect("uuid_for_a_number", &key(number, "{type: string, format: uuid}", &[]).1);
}

#[test]
fn numbers_may_match_a_pattern() {
    let number = "{type: integer, format: int64}";
    for pattern in ["^7656119[0-9]{10}$", "^[2-9][0-9]*$", "^0$|^[2-9]$"] {
        let parameter = format!("{{type: string, pattern: '{pattern}'}}");
        assert_eq!(stands(&parameter, number, &[]), Some(Standing::Assumed), "{pattern}");
    }
    let because = (USE, "    get: {operation: get_ticket, because: they are digits}");
    let letters = "{type: string, pattern: '^[a-z]+$'}";
    assert_eq!(stands(letters, number, &[because]), Some(Standing::Overridden));
}

/// The same for a record with these fields beside its `id`, and another key.
#[track_caller]
fn named(name: &str, chosen: &str, spec: &[(&str, &str)]) -> (Option<Standing>, (bool, String)) {
    let parameter = KEY.replace("name: id", &format!("name: {name}"));
    let fields = ID.replace(
        "id: {type: string}",
        "id: {type: string}\n        parent_id: {type: string}\n        ticket_id: {type: string}",
    );
    let path = format!("  /tickets/{{{name}}}:\n");
    let chosen = format!("key: {chosen}");
    let mut edits = vec![
        (DOCUMENT, "  /tickets/{id}:\n", path.as_str()),
        (DOCUMENT, KEY, parameter.as_str()),
        (DOCUMENT, ID, fields.as_str()),
        (DOCUMENT, "[id, updated_at, tags]", "[id, parent_id, ticket_id, updated_at, tags]"),
        (DESK, "key: id", chosen.as_str()),
    ];
    edits.extend(spec.iter().map(|(right, wrong)| (DESK, *right, *wrong)));
    let (ir, said) = checked(DESK, &edits);
    let passes = ir.is_some();
    let fact = ir
        .and_then(|ir| Some(ir.facts.iter().find(|f| f.text.contains("takes the key"))?.standing));
    (fact, (passes, said))
}

#[test]
fn places_are_called_after_the_key_that_they_take() {
    expect("key_beside_the_field_that_is_asked_for", &named("id", "parent_id", &[]).1);
    let is = |name: &str, key: &str| {
        let (fact, (passes, said)) = named(name, key, &[]);
        assert!(passes, "{said}");
        fact
    };
    assert_eq!(is("id", "id"), Some(Standing::Proven));
    // It is the `id` of tickets by both names.
    assert_eq!(is("id", "ticket_id"), Some(Standing::Proven));
    assert_eq!(is("ticket_id", "id"), Some(Standing::Assumed));
    assert_eq!(is("ticketIdOrParent", "id"), Some(Standing::Proven));
    assert_eq!(is("the_id", "parent_id"), Some(Standing::Assumed));
    let because = (USE, "    get: {operation: get_ticket, because: it takes both}");
    assert_eq!(named("id", "parent_id", &[because]).0, Some(Standing::Overridden));
}

#[test]
fn another_field_than_the_one_that_paths_name_is_no_uuid() {
    let uuid = "{type: string, format: uuid}";
    expect(
        "text_beside_the_uuid_that_is_asked_for",
        &key(uuid, uuid, &[("key: id", "key: subject")]).1,
    );
}

#[test]
fn what_the_spec_alone_says_of_a_key_is_not_proven() {
    let proven = |file: &str, edits: &[(&str, &str, &str)], text: &str| {
        let (ir, said) = checked(file, edits);
        let ir = ir.unwrap_or_else(|| panic!("{said}"));
        ir.facts.iter().any(|f| f.standing == Standing::Proven && f.text.contains(text))
    };
    let key = "every `Ticket` has `id`";
    assert!(proven(DESK, &[], key));
    let refined = "Ticket: {schema: Ticket, in: responses, refine: {id: string}, because: it is used as a key}";
    let edits = [
        (DOCUMENT, "[id, updated_at, tags]", "[updated_at, tags]"),
        (DESK, "Ticket: {schema: Ticket}", refined),
    ];
    assert!(!proven(DESK, &edits, key));

    let (shop, document) = ("specs/shop/integration.yaml", "specs/shop/openapi.yaml");
    let written = "records that `write_orders` writes have the key `ref`";
    assert!(proven(shop, &[], written));
    let input = "types:\n  OrderInput: {schema: OrderInput, in: requests, refine: {ref: string}, because: the vendor's page}";
    let edits = [(document, "required: [ref, kind]", "required: [kind]"), (shop, "types:", input)];
    assert!(!proven(shop, &edits, written));
}

#[test]
fn keys_and_constants_of_a_path_are_not_swapped() {
    let both = KEY.replace(
        "[{name: id,",
        "[{name: subject, in: path, required: true, schema: {type: string}}, {name: id,",
    );
    let said = |used: &str| {
        let used = format!("    get: {{operation: get_ticket, {used}}}");
        let path = ("  /tickets/{id}:", "  /tickets/{subject}/{id}:");
        let edits =
            [(DOCUMENT, path.0, path.1), (DOCUMENT, KEY, both.as_str()), (DESK, USE, &used)];
        let (ir, said) = checked(DESK, &edits);
        (ir.is_some(), said)
    };
    assert_eq!(said("key: path.id, with: {path.subject: a}"), (true, String::new()));
    let because = "key: path.subject, with: {path.id: a}, because: it is called so";
    assert!(said(because).0);
    let swapped = said("key: path.subject, with: {path.id: a}");
    expect("key_and_constant_that_are_swapped", &swapped);
}
