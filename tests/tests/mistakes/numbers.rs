//! Numbers of pages: what a total counts, what a parameter takes, where counting begins, how large pages are. Documents
//! tell that by names and bounds; what they do not tell is assumed.

use crate::kit::*;
use gusset_compiler::ir::{PagePart, Sign, Standing};

const DESK: &str = "specs/desk/integration.yaml";
const DOCUMENT: &str = "specs/desk/openapi.yaml";
const PAGE: &str = "- {name: page, in: query, schema: {type: integer}}";
const MORE: &str = "has_more: {type: boolean}";
const CURSOR: &str =
    "cursor: {from: body.next_page_token, into: query.page_token, more: body.has_more}";
const OTHERS: &str = "        - {name: offset, in: query, schema: {type: integer}}
        - {name: start, in: query, schema: {type: integer}}
        - {name: per_page, in: query, schema: {type: integer}}";
const COUNTS: &str = "pages: {type: integer}
        total: {type: integer}
        count: {type: integer}
        page: {type: object, properties: {size: {type: integer}, totalElements: {type: integer}}}";

/// What is said of the desk with this rule, where its document has the parameter and the members, too.
fn edits<'e>(
    rule: &'e str,
    page: &'e str,
    counts: &'e str,
    buffer: &'e mut [String; 2],
) -> [(&'e str, &'e str, &'e str); 3] {
    *buffer = [format!("{page}\n{OTHERS}"), format!("{MORE}\n        {counts}")];
    [(DOCUMENT, PAGE, &buffer[0]), (DOCUMENT, MORE, &buffer[1]), (DESK, CURSOR, rule)]
}

/// The standing and the sign of a fact, by a part of its sentence.
#[track_caller]
fn fact(rule: &str, page: &str, counts: &str, fact: &str) -> (Standing, Option<Sign>) {
    let mut buffer = Default::default();
    let (ir, said) = checked(DESK, &edits(rule, page, counts, &mut buffer));
    let ir = ir.unwrap_or_else(|| panic!("{said}"));
    let found = ir.facts.iter().find(|f| f.text.contains(fact));
    let found = found.unwrap_or_else(|| panic!("no fact `{fact}`"));
    (found.standing, found.sign.clone())
}

#[track_caller]
fn wrong(name: &str, rule: &str, page: &str, counts: &str) {
    let mut buffer = Default::default();
    expect(name, &said_of(DESK, &edits(rule, page, counts, &mut buffer)));
}

fn sign(part: PagePart) -> Option<Sign> {
    Some(Sign::Page { operation: "list_tickets".to_owned(), part })
}

#[test]
fn a_total_counts_records() {
    let total = |path: &str| format!("page: {{into: query.page, total: body.{path}}}");
    wrong("total_that_counts_pages", &total("pages"), PAGE, COUNTS);
    wrong(
        "total_that_is_a_page_size",
        &total("page.limit"),
        PAGE,
        "page: {type: object, properties: {limit: {type: integer}, totalElements: {type: integer}}}",
    );
    wrong("total_that_is_nowhere_else", &total("page_count"), PAGE, "page_count: {type: integer}");
    let count = "total_pages: {type: integer}\n        count: {type: integer}";
    wrong("total_that_has_a_count_beside_it", &total("total_pages"), PAGE, count);
    let described = "total: {type: integer, description: The number of pages.}";
    wrong("total_that_is_described_as_pages", &total("total"), PAGE, described);

    let says = |path: &str, counts: &str| {
        fact(&total(path), PAGE, counts, "is how many records there are")
    };
    assert_eq!(says("total", COUNTS), (Standing::Proven, None));
    assert_eq!(says("page.totalElements", COUNTS), (Standing::Proven, None));
    assert_eq!(says("count", COUNTS), (Standing::Assumed, sign(PagePart::All)));
    assert_eq!(says("page.size", COUNTS), (Standing::Assumed, sign(PagePart::All)));
    let described = "count: {type: integer, description: The total number of tickets.}";
    assert_eq!(says("count", described), (Standing::Proven, None));
    let because = total("pages").replace("page: {", "page: {because: seen, ");
    let known = fact(&because, PAGE, COUNTS, "is how many records there are");
    assert_eq!(known, (Standing::Overridden, sign(PagePart::All)));
}

#[test]
fn pages_and_records_are_counted_by_their_own_parameters() {
    let total = "total: body.total";
    wrong("page_as_an_offset", &format!("offset: {{into: query.page, {total}}}"), PAGE, COUNTS);
    wrong("offset_as_a_page", &format!("page: {{into: query.offset, {total}}}"), PAGE, COUNTS);
    wrong(
        "page_by_what_says_nothing",
        &format!("page: {{into: query.start, {total}}}"),
        PAGE,
        COUNTS,
    );
    wrong("page_by_the_size", &format!("page: {{into: query.per_page, {total}}}"), PAGE, COUNTS);
    let token =
        "- {name: place, in: query, schema: {type: string}, description: Token of a place.}";
    wrong("token_as_a_number", &format!("offset: {{into: query.place, {total}}}"), token, COUNTS);
    wrong("single_answer_that_has_pages", "single: true", PAGE, COUNTS);
    let (page, offset) = ("takes the number of a page", "takes the number of a record");
    let rule = |key: &str, name: &str| format!("{key}: {{into: query.{name}, {total}}}");
    assert_eq!(fact(&rule("page", "page"), PAGE, COUNTS, page).0, Standing::Proven);
    assert_eq!(fact(&rule("offset", "offset"), PAGE, COUNTS, offset).0, Standing::Proven);
    // Where nothing else takes it by its name.
    let other = "- {name: number, in: query, schema: {type: integer}}";
    let known = fact(&rule("page", "number"), other, COUNTS, page);
    assert_eq!(known, (Standing::Assumed, sign(PagePart::Way)));
    let because =
        rule("offset", "page").replace("offset: {", "offset: {because: the vendor's page, ");
    assert_eq!(fact(&because, PAGE, COUNTS, offset).0, Standing::Overridden);
    // The document says in words what the name does not.
    let skips = "- {name: page, in: query, description: How many records to skip., schema: {type: integer}}";
    assert_eq!(fact(&rule("page", "page"), skips, COUNTS, page).0, Standing::Assumed);
    let size = "query.page_size, value: 50";
    mistake("size_into_the_number_of_a_page", size, "query.page, value: 50");
}

#[test]
fn counting_begins_where_the_document_says() {
    let page = |schema: &str| PAGE.replace("integer", &format!("integer, {schema}"));
    let rule = |first: &str| format!("page: {{into: query.page, {first}total: body.total}}");
    let offset = |first: &str| rule(first).replace("page:", "offset:");
    let by_offset = |schema: &str| page(schema).replace("name: page", "name: offset");
    wrong("first_page_below_the_least", &rule("first: 0, "), &page("minimum: 1"), COUNTS);
    wrong("first_page_that_is_not_the_default", &rule("first: 1, "), &page("default: 0"), COUNTS);
    let exclusive = page("minimum: 0, exclusiveMinimum: true");
    wrong("first_page_at_an_excluded_bound", &rule("first: 0, "), &exclusive, COUNTS);
    let first = "first page of";
    assert_eq!(fact(&rule(""), &page("minimum: 1"), COUNTS, first).0, Standing::Proven);
    assert_eq!(fact(&rule(""), &page("minimum: 1.0"), COUNTS, first).0, Standing::Proven);
    assert_eq!(fact(&rule(""), &page("default: 0"), COUNTS, first).0, Standing::Proven);
    assert_eq!(fact(&rule(""), &page("default: 25"), COUNTS, "number 1").0, Standing::Assumed);
    assert_eq!(fact(&rule("first: 1, "), &page("minimum: 0"), COUNTS, first).0, Standing::Assumed);
    let because = rule("because: seen, first: 0, ");
    assert_eq!(fact(&because, &page("minimum: 1"), COUNTS, first).0, Standing::Overridden);
    // An offset begins at 0, unless the spec says otherwise.
    let record = |rule: &str, schema: &str| {
        let rule = rule.replace("query.page", "query.skip");
        let page = by_offset(schema).replace("name: offset", "name: skip");
        let mut buffer = Default::default();
        let edits = edits(&rule, &page, COUNTS, &mut buffer);
        let (ir, said) = checked(DESK, &edits);
        let standing = ir.map(|ir| {
            ir.facts.iter().find(|f| f.text.contains("first record of")).unwrap().standing
        });
        (standing, said)
    };
    let (standing, said) = record(&offset(""), "minimum: 1");
    assert_eq!(standing, None);
    expect("first_record_below_the_least", &(false, said));
    assert_eq!(record(&offset("first: 1, "), "minimum: 1").0, Some(Standing::Proven));
    assert_eq!(record(&offset(""), "default: 0").0, Some(Standing::Proven));
    assert_eq!(record(&offset(""), "").0, Some(Standing::Assumed));
}

#[test]
fn sizes_without_a_bound_are_assumed() {
    let size = |document: &str| {
        let page = (DOCUMENT, "minimum: 1, maximum: 50", document);
        let (ir, said) = checked(DESK, &[page]);
        let ir = ir.unwrap_or_else(|| panic!("{said}"));
        let fact = ir.facts.into_iter().find(|f| f.text.contains("may have 50 records"));
        let fact = fact.unwrap();
        (fact.standing, fact.sign.is_some())
    };
    assert_eq!(size("minimum: 1, maximum: 50"), (Standing::Proven, false));
    assert_eq!(size("minimum: 1"), (Standing::Assumed, true));
    // What may be null has its bounds beside that.
    let nullable = "minimum: 1, anyOf: [{type: integer, maximum: 50}, {type: 'null'}]";
    assert_eq!(size(nullable), (Standing::Proven, false));
}

#[test]
fn flags_say_what_their_names_say() {
    let flags = "is_last: {type: boolean}\n        ok: {type: boolean}";
    let rule = |flag: &str| CURSOR.replace("more: body.has_more", flag);
    wrong("last_page_as_more", &rule("more: body.is_last"), PAGE, flags);
    wrong("more_as_the_last_page", &rule("last: body.has_more"), PAGE, flags);
    let is = |flag: &str, text: &str| fact(&rule(flag), PAGE, flags, text);
    assert_eq!(is("more: body.has_more", "says that there is more").0, Standing::Proven);
    assert_eq!(is("last: body.is_last", "says that a page is the last").0, Standing::Proven);
    let unclear = (Standing::Assumed, sign(PagePart::Way));
    assert_eq!(is("more: body.ok", "says that there is more"), unclear);
    let because = rule("because: seen, more: body.is_last");
    let known = fact(&because, PAGE, flags, "says that there is more");
    assert_eq!(known.0, Standing::Overridden);
}
