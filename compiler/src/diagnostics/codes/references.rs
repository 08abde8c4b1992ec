//! `GS03xx`: operations of a document, paths into messages, and pagination.

use super::{Code, CodeDoc};

/// An operation that the document does not have.
pub const UNKNOWN_OPERATION: Code = Code("GS0301");
/// A path leads nowhere in a response.
pub const NOT_IN_RESPONSE: Code = Code("GS0302");
/// A path leads nowhere in a request.
pub const NOT_IN_REQUEST: Code = Code("GS0303");
/// The items of a page are no array.
pub const NOT_AN_ARRAY: Code = Code("GS0304");
/// A value does not fit where it goes.
pub const DOES_NOT_FIT: Code = Code("GS0305");
/// A page size that the provider does not allow.
pub const PAGE_SIZE: Code = Code("GS0306");
/// Not exactly one paging rule.
pub const ONE_RULE: Code = Code("GS0307");
/// A path is malformed.
pub const BAD_PATH: Code = Code("GS0308");
/// An operation is not selected by exactly one of `id` and `call`.
pub const SELECTION: Code = Code("GS0309");
/// Something was left out, because the document given instead does not have it.
pub const LEFT_OUT: Code = Code("GS0310");
/// The type of an item is not known, or said twice.
pub const ITEM: Code = Code("GS0311");
/// A paging rule that never ends.
pub const NO_END: Code = Code("GS0312");
/// A pattern selects no operation.
pub const NOTHING_SELECTED: Code = Code("GS0313");
/// A media type that an operation is not answered with.
pub const MEDIA_TYPE: Code = Code("GS0314");
/// A cursor from the last record that is of something else, or that a record may lack.
pub const LAST_RECORD: Code = Code("GS0315");
/// A next URL that may be of another operation than the list.
pub const NEXT_OPERATION: Code = Code("GS0316");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: UNKNOWN_OPERATION,
        title: "an operation that the document does not have",
        text: "`id` is an `operationId` of the document; `call` is a method and a path as the document writes it, \
               names of path parameters included.",
        wrong: "list_contacts: {id: getPgae}",
        right: "list_contacts: {id: getPage}",
    },
    CodeDoc {
        code: NOT_IN_RESPONSE,
        title: "a path that leads nowhere in the response",
        text: "The schema of the response has no such member. A tool that looks the path up at run time finds nothing \
               and takes it for the end: it reads the first page, or no record at all, and reports success.",
        wrong: "cursor: {from: body.paging.nxt.after, into: query.after}",
        right: "cursor: {from: body.paging.next.after, into: query.after}",
    },
    CodeDoc {
        code: NOT_IN_REQUEST,
        title: "a path that leads nowhere in the request",
        text: "The operation has no such parameter, or its body no such member. The provider would ignore the value: a \
               cursor that is ignored reads the first page for ever.",
        wrong: "cursor: {from: body.next, into: query.aftr}",
        right: "cursor: {from: body.next, into: query.after}",
    },
    CodeDoc {
        code: NOT_AN_ARRAY,
        title: "the items of a page are no array",
        text: "`items` is the path of the array whose elements are the records. A path to something around it makes \
               each page one record; a path into the elements is no single array.",
        wrong: "paginate: {items: body}              # an object with `results`",
        right: "paginate: {items: body.results}",
    },
    CodeDoc {
        code: DOES_NOT_FIT,
        title: "a value that does not fit where it goes",
        text: "The type of the value and the type of the place that it goes to differ: a number cannot be told from \
               a cursor that is text, `more` must be a boolean, `total` and `offset` must be whole numbers. Of numbers, names \
               tell what they count: a `total` that is `total_pages` would end the listing after its first page, an \
               `offset` that goes into `page` would skip pages, and what is before `first` is never read, so that is \
               the document's `default`, and not below its `minimum`. A token or URL of another page (`links.self`, `prev_cursor`) \
               leads nowhere new, and a parameter that says nothing of pages takes nothing of them where another one does. \
               Where names mislead, a `because` in the rule says so.",
        wrong: "cursor: {from: body.has_more, into: query.after}\npage: {into: query.page, total: body.total_pages}",
        right: "cursor: {from: body.next_cursor, into: query.after, more: body.has_more}\npage: {into: query.page, total: body.total_count}",
    },
    CodeDoc {
        code: PAGE_SIZE,
        title: "a page size that the provider does not allow",
        text: "The document gives bounds for the parameter. Providers answer a size out of bounds with an error, or \
               silently with another size. Where it names no `maximum`, the size is assumed. A parameter that takes the \
               number of a page or of a record takes no size, and one that says nothing of sizes takes none where \
               another one does. Where names mislead, a `because` in `size` says so.",
        wrong: "size: {into: query.limit, value: 500}        # maximum: 100",
        right: "size: {into: query.limit, value: 100}",
    },
    CodeDoc {
        code: ONE_RULE,
        title: "not exactly one paging rule",
        text: "Pages follow each other by exactly one of `cursor`, `url`, `link`, `offset`, `page` and `then`; and \
               `more` and `last` say the same thing, so at most one of them is given.",
        wrong: "paginate: {items: body.results}",
        right: "paginate: {items: body.results, cursor: {from: body.next, into: query.after}}",
    },
    CodeDoc {
        code: BAD_PATH,
        title: "a malformed path",
        text: "A path starts at `body`, `query`, `header` or `path`; then come names after dots and list elements as \
               `[0]`. `body` alone is the whole body. Names with other characters are quoted: `body[\"@odata.nextLink\"]`.",
        wrong: "items: results",
        right: "items: body.results",
    },
    CodeDoc {
        code: SELECTION,
        title: "an operation that is selected in no way, or in two",
        text: "An operation is selected by its `operationId` or by method and path, and never by both. If several \
               documents have it, `document` says which is meant.",
        wrong: "get_lead: {id: getLead, call: 'GET /leads/{id}'}",
        right: "get_lead: {call: 'GET /leads/{id}'}",
    },
    CodeDoc {
        code: LEFT_OUT,
        title: "something was left out",
        text: "`--document` put another document in the place of the spec's, and that one does not have what the spec \
               relies on. It is left out, with everything that needs it; the rest is checked and emitted.",
        wrong: "gusset check specs/shop --document part-of-the-api.json",
        right: "gusset check specs/shop --document whole-api.json",
    },
    CodeDoc {
        code: ITEM,
        title: "the type of an item",
        text: "The elements of `items` have no type in the document (a query may select anything), so nothing can be \
               proven about the records: `item` names one of `types`, with a `because`. Where the document does type \
               them, `item` overrides it, which `gusset check --proofs` lists.",
        wrong: "paginate: {items: body.records, url: {from: body.nextRecordsUrl}}",
        right: "paginate:\n  items: body.records\n  item: Lead\n  url: {from: body.nextRecordsUrl}\n  because: the query text selects leads",
    },
    CodeDoc {
        code: NO_END,
        title: "a paging rule that never ends",
        text: "An offset or a page number needs to know where the listing ends: a `total`, a `more` or `last` flag, or \
               a page `size`, with which pages are read until one is empty.",
        wrong: "paginate: {items: body, page: {into: query.page}}",
        right: "paginate: {items: body, page: {into: query.page}, size: {into: query.per_page, value: 100}}",
    },
    CodeDoc {
        code: NOTHING_SELECTED,
        title: "a pattern that selects no operation",
        text: "`include` and `exclude` select operations of the document: `tag:NAME`, `path:/things/**` (`*` stands for \
               a segment, `**` for any number of them), `GET /things/{id}` (a method and a path; `*` is any method), or \
               a name with `*` in it, of the emitted operation or an `operationId`. A document without operations \
               (webhooks only) gives a warning.",
        wrong: "include: ['tag:contatcs']",
        right: "include: ['tag:contacts']",
    },
    CodeDoc {
        code: MEDIA_TYPE,
        title: "a media type that an operation does not have",
        text: "`accept` picks one of the media types that the document lists for a success, and `send` one of those that \
               it lists for the request body; to another the provider would answer 406, 415, or something else. Without \
               them, JSON is taken where there is some.",
        wrong: "export: {id: exportContacts, accept: text/cvs}",
        right: "export: {id: exportContacts, accept: text/csv}",
    },
    CodeDoc {
        code: LAST_RECORD,
        title: "a cursor that the last record may lack",
        text: "Where the next page begins behind the last record of this one, `from` is a member of that record, which every \
               record has: the records are those at `items`, and the member is required. Without it the listing would \
               end early, and report success.",
        wrong: "paginate: {items: body.data, cursor: {from: 'body.data[-1].name', into: query.starting_after}}     # not required",
        right: "paginate: {items: body.data, cursor: {from: 'body.data[-1].id', into: query.starting_after, more: body.has_more}}",
    },
    CodeDoc {
        code: NEXT_OPERATION,
        title: "a next URL that may be of another operation than the list",
        text: "A URL tells no method. Where a list is not read with GET, and the document has a GET beside it that answers with \
               the same pages, next pages are probably of that one: name it in `operations`, and say whose URL it is. It is \
               sent by its own method, without the list's body. Where the list's method is right all the same, say in \
               `because` how you know.",
        wrong: "paginate: {items: body.events, url: {from: body.next_page}}     # of `POST /events/filter`",
        right: "paginate: {items: body.events, url: {from: body.next_page, operation: read_next_events}}",
    },
];
