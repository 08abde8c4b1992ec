//! `GS05xx`: resources.

use super::{Code, CodeDoc};

/// A resource's key is no field of its record.
pub const UNKNOWN_KEY_FIELD: Code = Code("GS0501");
/// A resource's key cannot identify a record.
pub const BAD_KEY: Code = Code("GS0502");
/// The cursor of changes is no field of the record.
pub const UNKNOWN_CURSOR: Code = Code("GS0503");
/// The cursor of changes is no time.
pub const CURSOR_IS_NO_TIME: Code = Code("GS0504");
/// The time that is sent means another time than the one that is remembered.
pub const OTHER_TIME: Code = Code("GS0505");
/// A listing operation has no pagination.
pub const NOT_PAGINATED: Code = Code("GS0506");
/// An operation gives other records than the resource has.
pub const OTHER_RECORD: Code = Code("GS0507");
/// A constant does not fit where it goes.
pub const BAD_CONSTANT: Code = Code("GS0508");
/// Nothing says where the key of a record goes.
pub const KEY_SLOT: Code = Code("GS0509");
/// An upsert that cannot work.
pub const BAD_UPSERT: Code = Code("GS0510");
/// A required value of a request is given by nobody.
pub const NOT_GIVEN: Code = Code("GS0511");
/// A time written in a way that does not fit the parameter.
pub const TIME_FORMAT: Code = Code("GS0512");
/// Seeds of the sandbox for something that is not there.
pub const BAD_SEED: Code = Code("GS0513");

/// An operation that is to write a record takes none.
pub const NO_BODY: Code = Code("GS0514");
/// A record or a constant for a body that is not JSON.
pub const NOT_JSON: Code = Code("GS0515");

/// The cursor of changes is not in every record.
pub const CURSOR_MAY_BE_MISSING: Code = Code("GS0516");
/// A write that is said to be safe, or an upsert that must not be repeated.
pub const REPEATED: Code = Code("GS0517");
/// A slot that a constant and something else give.
pub const GIVEN_TWICE: Code = Code("GS0518");
/// Changes that a listing would miss.
pub const MISSED: Code = Code("GS0519");

/// A record is said to be inside a message that has none, or has it elsewhere.
pub const WITHIN: Code = Code("GS0520");
/// Changes by ids that cannot be read.
pub const FEED: Code = Code("GS0521");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: UNKNOWN_KEY_FIELD,
        title: "a key that is no field of the record",
        text: "The key identifies a record: the ledger of a sync, `get`, `update` and `delete` use it. Without it, \
               every record would have the same, empty key.",
        wrong: "contacts: {type: Contact, key: identifier}",
        right: "contacts: {type: Contact, key: id}",
    },
    CodeDoc {
        code: BAD_KEY,
        title: "a key that cannot identify a record",
        text: "A key is text or a whole number, and every record has it. If the document does not say that it is \
               required, `refine` can, with a `because`.",
        wrong: "types: {Lead: {schema: Lead}}\nresources: {leads: {type: Lead, key: Id}}     # Id is optional",
        right: "types: {Lead: {schema: Lead, refine: {Id: string}, because: every query selects Id}}\nresources: {leads: {type: Lead, key: Id}}",
    },
    CodeDoc {
        code: UNKNOWN_CURSOR,
        title: "a cursor that is no field of the record",
        text: "`changes.cursor` is the record's field with the time of its last change. A run remembers the greatest \
               one; if the field is not there, it remembers nothing, and every run reads everything.",
        wrong: "changes: {operation: search, cursor: updated, since: {into: query.since, format: rfc3339}}",
        right: "changes: {operation: search, cursor: updatedAt, since: {into: query.since, format: rfc3339}}",
    },
    CodeDoc {
        code: CURSOR_IS_NO_TIME,
        title: "a cursor that is no time",
        text: "The cursor of changes is compared with a point in time. If the document has it as plain text, `refine` \
               it to `timestamp`, with a `because`.",
        wrong: "changes: {cursor: name, ...}",
        right: "changes: {cursor: updatedAt, ...}",
    },
    CodeDoc {
        code: OTHER_TIME,
        title: "another time is sent than the one that is remembered",
        text: "The watermark is the time of the last change, but the parameter it goes into filters by the time of \
               creation, or by a start, an end or a deletion (or the reverse). Changed records would never be read again, \
               without any error. A parameter that is called like a field of the record is about that field (`start_time_after`; `start_time` alone \
               may be the begin of any span). Where \
               names mislead, a `because` in `since` says so; where they tell nothing, the time is assumed to be the same.",
        wrong: "changes: {cursor: updated_at, since: {into: query.created_after, format: rfc3339}}",
        right: "changes: {cursor: updated_at, since: {into: query.updated_after, format: rfc3339}}",
    },
    CodeDoc {
        code: NOT_PAGINATED,
        title: "a listing without pagination",
        text: "`list` and `changes` read all pages, so their operation says how pages follow each other.",
        wrong: "operations:\n  list_users: {id: listUsers}\nresources:\n  users: {type: User, key: id, list: list_users}",
        right: "operations:\n  list_users: {id: listUsers, paginate: {items: body, link: true}}\nresources:\n  users: {type: User, key: id, list: list_users}",
    },
    CodeDoc {
        code: OTHER_RECORD,
        title: "an operation gives other records than the resource has",
        text: "Whatever reads a resource gives the same type. If two schemas of the document are the same record, \
               list both under `schemas` of one type. If the record is a member of the answer, `item` says which: \
               `get: {operation: get_contact, item: body.data}`. Whatever writes or removes records is about the same \
               ones, too: `DELETE /tags/{id}` removes no flow. That is told by schemas and by names in paths; where those \
               of another record are the same records all the same, a `because` of the use says why.",
        wrong: "types: {Contact: {schema: Contact}}           # search gives ContactWithScore\nresources: {flows: {delete: delete_tag}}       # DELETE /tags/{id}",
        right: "types: {Contact: {schemas: [Contact, ContactWithScore]}}\nresources: {flows: {delete: delete_flow}}      # DELETE /flows/{id}",
    },
    CodeDoc {
        code: BAD_CONSTANT,
        title: "a constant that does not fit",
        text: "`with` holds what is always sent. Each value must be of the type that the document gives the parameter \
               or the member of the body, and one of its values if they are listed.",
        wrong: "with: {query.archived: maybe}",
        right: "with: {query.archived: false}",
    },
    CodeDoc {
        code: KEY_SLOT,
        title: "nothing says where the key goes",
        text: "`get`, `update` and `delete` send the key of a record. If the operation has exactly one path parameter \
               that `with` does not give, it goes there; otherwise `key` says where. The key is of the type, the format and \
               the pattern that the operation takes there: a number is no UUID. Text may hold the number that a path takes, and \
               a number may match a pattern: that is assumed, or proven where the type says `refine: {id: integer in string}`. \
               A path parameter that is called as another field of the records takes that one. Where names and patterns \
               mislead, a `because` of the use says so.",
        wrong: "get: get_line                    # GET /orders/{order}/lines/{line}",
        right: "get: {operation: get_line, key: path.line, with: {path.order: '1'}}",
    },
    CodeDoc {
        code: BAD_UPSERT,
        title: "an upsert that cannot work",
        text: "An upsert writes records by an external key: `by` is a field of the record that is written, required \
               text or a whole number. With a batch, `batch.into` is an array of records in the body and `results` \
               says what became of each, and which were refused (`failed`); without one, the key also goes into the path (`key`).",
        wrong: "upsert: {operation: upsert_leads, by: Ref__c, batch: {into: body.allOrNone, max: 200}}",
        right: "upsert: {operation: upsert_leads, by: Ref__c, batch: {into: body.records, max: 200}, results: {items: body, id: id, failed: '!result.success', because: the vendor documents their order}}",
    },
    CodeDoc {
        code: NOT_GIVEN,
        title: "a required value that nobody gives",
        text: "The operation needs a parameter or a body that the use in this resource does not give: neither the key, \
               nor the cursor, nor `with`.",
        wrong: "list: list_lines                       # GET /orders/{order}/lines",
        right: "list: {operation: list_lines, with: {path.order: '1'}}",
    },
    CodeDoc {
        code: TIME_FORMAT,
        title: "a time written in a way that does not fit",
        text: "`since.format` says how the time is written: a number of seconds or milliseconds fits a number or text, \
               a date or RFC 3339 fits text.",
        wrong: "since: {into: query.since, format: rfc3339}       # an integer",
        right: "since: {into: query.since, format: epoch_s}",
    },
    CodeDoc {
        code: BAD_SEED,
        title: "seeds for something that is not there",
        text: "`sandbox` says what seeded records look like: by resource, then by the path of a field.",
        wrong: "sandbox: {contact: {records: 20}}",
        right: "sandbox: {contacts: {records: 20}}",
    },
    CodeDoc {
        code: NO_BODY,
        title: "an operation that takes no record",
        text: "`create` and `update` send a record as the body of their operation, so the document must give that \
               operation a JSON body that is an object.",
        wrong: "update: get_contact                # GET /contacts/{id}",
        right: "update: update_contact             # PATCH /contacts/{id}",
    },
    CodeDoc {
        code: NOT_JSON,
        title: "a body that is not JSON",
        text: "What a resource sends in a body (a record, a constant, a time, a cursor, a page size) is written into \
               JSON. An operation whose body is a form or bytes can be called by itself, as a value, but a resource \
               cannot use it this way.",
        wrong: "create: create_customer            # application/x-www-form-urlencoded",
        right: "operations: {create_customer: {id: PostCustomers}}     # and no `create`",
    },
    CodeDoc {
        code: CURSOR_MAY_BE_MISSING,
        title: "a cursor that may be missing",
        text: "A run remembers the greatest time of change that it saw. A record without one does not count, so the \
               same records would be read again and again, or never. Every record has the field, and on the way to it \
               nothing may be absent or null. If the document does not say so, `refine` can, with a `because`.",
        wrong: "types: {Contact: {schema: Contact}}           # updatedAt is optional\nresources: {contacts: {type: Contact, key: id, changes: {cursor: updatedAt, ...}}}",
        right: "types: {Contact: {schema: Contact, refine: {updatedAt: timestamp}, because: every answer has it}}",
    },
    CodeDoc {
        code: REPEATED,
        title: "a write that is repeated wrongly",
        text: "An operation that is `repeat: safe` only reads, and `get` is one that does; what creates, changes or removes records is `idempotent` \
               at most. An `upsert` is sent again when its answer got lost, so its operation must be `idempotent`: by \
               its method (PUT), or by `repeat: idempotent` with a `because`.",
        wrong: "operations: {upsert_lead: {call: 'PATCH /leads/{ref}'}}\nresources: {leads: {upsert: {operation: upsert_lead, ...}}}",
        right: "operations: {upsert_lead: {call: 'PATCH /leads/{ref}', repeat: idempotent, because: the ref decides which lead is meant}}",
    },
    CodeDoc {
        code: GIVEN_TWICE,
        title: "a value that is given twice",
        text: "The page size, the page number, the time of changes and the key of a record are written into the request. \
               A constant of `with` at the same place would be lost, or win.",
        wrong: "paginate: {size: {into: query.limit, value: 100}, ...}\nlist: {operation: list_contacts, with: {query.limit: 50}}",
        right: "paginate: {size: {into: query.limit, value: 50}, ...}\nlist: list_contacts",
    },
    CodeDoc {
        code: MISSED,
        title: "changes that would be missed",
        text: "`changes` reads from the watermark on. So the time goes where the document has the beginning of a span, \
               not its end, and is compared with `>=`, or with `>` and a `lookback` of at least what times are told apart \
               by: a `>` to the minute gives nothing of the minute that it names. Where `order` is `ascending`, the \
               request asks for the oldest change first. A `cap` holds a page at least.",
        wrong: "changes: {operation: search, cursor: updatedAt, since: {into: query.updated_before, format: rfc3339}}",
        right: "changes: {operation: search, cursor: updatedAt, since: {into: query.updated_after, format: rfc3339}}",
    },
    CodeDoc {
        code: WITHIN,
        title: "a record inside a message that has none there",
        text: "Where an answer is more than the record, `item` of `get`, `create` and `update` says where the record is; where \
               a body is more than the record, `into` of `create`, `update` and `upsert` says where it goes: into a member, \
               or as the first element of a list. Other uses are answered with no record, or send none.",
        wrong: "delete: {operation: delete_task, item: body.data}",
        right: "get: {operation: get_task, item: body.data}\ncreate: {operation: create_task, into: body.data, item: body.data}\ndelete: delete_task",
    },
    CodeDoc {
        code: FEED,
        title: "changes by ids that cannot be read",
        text: "Where a provider tells only ids of what changed, `changes.ids` says where they are: a list of ids, a list of \
               entries with `key`, or a map of entries by id. They come in one answer, and the resource has a `get`, by \
               which each record is read; `order`, `lookback` and `cap` are about listings of records.",
        wrong: "changes: {operation: changed, cursor: lastChanged, since: {..}, ids: {in: body.latest}}",
        right: "get: get_employee\nchanges: {operation: changed, cursor: lastChanged, since: {..}, ids: {in: body.employees, removed: 'result.action == \"Deleted\"'}}",
    },
];
