//! `GS07xx`: syncs.

use super::{Code, CodeDoc};

/// A sync names an integration that it does not list.
pub const UNKNOWN_INTEGRATION: Code = Code("GS0701");
/// A sync names a resource that the integration does not have.
pub const UNKNOWN_RESOURCE: Code = Code("GS0702");
/// A resource that is read has no `list`.
pub const NO_LIST: Code = Code("GS0703");
/// The target has no `upsert`.
pub const NO_UPSERT: Code = Code("GS0704");
/// The match does not tie a source key to the target's external key.
pub const BAD_MATCH: Code = Code("GS0705");
/// A lookup goes by a field that does not exist or is no text.
pub const BAD_LOOKUP: Code = Code("GS0706");
/// `every` is no span of time.
pub const BAD_INTERVAL: Code = Code("GS0707");
/// Syncs write in a circle, or the same field twice.
pub const CIRCLE: Code = Code("GS0708");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: UNKNOWN_INTEGRATION,
        title: "a sync names an integration that it does not list",
        text: "`integrations` lists what a sync uses and where the specs are; `source`, `target` and `lookups` name \
               resources as `integration.resource`.",
        wrong: "integrations: {hubspot: ../hubspot}\nsource: hubspt.contacts",
        right: "integrations: {hubspot: ../hubspot}\nsource: hubspot.contacts",
    },
    CodeDoc {
        code: UNKNOWN_RESOURCE,
        title: "a sync names a resource that the integration does not have",
        text: "Resources are declared under `resources` in the integration's spec.",
        wrong: "source: hubspot.contact",
        right: "source: hubspot.contacts",
    },
    CodeDoc {
        code: NO_LIST,
        title: "a resource that is read has no `list`",
        text: "A sync reads its source, and its lookup tables, with the resource's `list`.",
        wrong: "resources: {messages: {type: Message, key: ts, create: post_message}}",
        right: "resources: {contacts: {type: Contact, key: id, list: list_contacts}}",
    },
    CodeDoc {
        code: NO_UPSERT,
        title: "the target has no `upsert`",
        text: "A run may stop between a write and its record in the ledger, and then writes again. With a plain \
               `create` that makes a second record. An `upsert` by an external key is safe to repeat.",
        wrong: "leads: {type: Lead, key: Id, create: create_lead}",
        right: "leads: {type: Lead, key: Id, upsert: {operation: upsert_lead, by: External__c}}",
    },
    CodeDoc {
        code: BAD_MATCH,
        title: "the match does not tie a source key to the target's external key",
        text: "`match.source` is a field of the source that is always there and identifies a record; `match.target` is \
               the field that the target's upsert goes by.",
        wrong: "match: {source: email, target: Email}",
        right: "match: {source: id, target: HubSpot_Contact_Id__c}",
    },
    CodeDoc {
        code: BAD_LOOKUP,
        title: "a lookup goes by a field that does not exist or is no text",
        text: "A lookup is a table by the text of one field; `is` says which text is wanted: text or optional text.",
        wrong: "lookups: {owner: {in: hubspot.owners, by: ID, is: source.owner_number}}",
        right: "lookups: {owner: {in: hubspot.owners, by: id, is: string(source.owner_number)}}",
    },
    CodeDoc {
        code: BAD_INTERVAL,
        title: "`every` is no span of time",
        text: "A number with its unit: `30s`, `5m`, `24h`.",
        wrong: "every: 5 minutes",
        right: "every: 5m",
    },
    CodeDoc {
        code: CIRCLE,
        title: "two syncs own the same field",
        text: "Each field of a record has one sync that writes it. Where two write it, or where syncs lead in a circle \
               (a record is copied to another place and from there back), each would undo what the other did, for ever.",
        wrong: "# a.yaml\nsource: crm.contacts\ntarget: shop.customers\n# b.yaml\nsource: shop.customers\ntarget: crm.contacts",
        right: "# a.yaml\nsource: crm.contacts\ntarget: shop.customers",
    },
];
