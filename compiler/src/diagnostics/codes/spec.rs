//! `GS02xx`: what spec files look like.

use super::{Code, CodeDoc};

/// A file is no spec.
pub const NOT_A_SPEC: Code = Code("GS0201");
/// A spec is of another version of the language.
pub const WRONG_VERSION: Code = Code("GS0202");
/// A key that the language does not have.
pub const UNKNOWN_KEY: Code = Code("GS0203");
/// A key that must be there is missing.
pub const MISSING_KEY: Code = Code("GS0204");
/// A value is of the wrong type.
pub const WRONG_TYPE: Code = Code("GS0205");
/// A value is of the right type, but not one that may stand there.
pub const BAD_VALUE: Code = Code("GS0206");
/// A key is there twice.
pub const DUPLICATE_KEY: Code = Code("GS0207");
/// A name does not look like one, or is taken.
pub const BAD_NAME: Code = Code("GS0208");
/// An override or an assumption lacks its reason.
pub const NO_BECAUSE: Code = Code("GS0209");
/// A reference to something that the spec does not declare.
pub const UNDECLARED: Code = Code("GS0210");
/// A template such as `https://${settings.site}` is malformed.
pub const BAD_TEMPLATE: Code = Code("GS0211");
/// Something is declared and not used.
pub const UNUSED: Code = Code("GS0212");
/// A spec's documents are not what `document`, `documents` or `--document` say.
pub const DOCUMENTS: Code = Code("GS0213");
/// A name is listed twice.
pub const LISTED_TWICE: Code = Code("GS0214");
/// A hook is declared in a way that cannot be called, or sets what is not its own.
pub const BAD_HOOK: Code = Code("GS0215");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: NOT_A_SPEC,
        title: "a file is no spec",
        text: "A spec is a YAML mapping with the version of the language and one of `integration: NAME` and \
               `sync: NAME`. A folder argument means its `integration.yaml`, or every such file in it.",
        wrong: "openapi: 3.0.3",
        right: "gusset: 1\nintegration: shop\ndocument: openapi.yaml",
    },
    CodeDoc {
        code: WRONG_VERSION,
        title: "a version of the language that is not known",
        text: "The number after `gusset:` is the version of the spec language. This compiler reads version 1.",
        wrong: "gusset: 2\nintegration: shop",
        right: "gusset: 1\nintegration: shop",
    },
    CodeDoc {
        code: UNKNOWN_KEY,
        title: "an unknown key",
        text: "A key that the language does not have would be ignored, so what it was meant to do would not happen. \
               `gusset schema integration` prints a JSON Schema with which editors complete keys.",
        wrong: "paginate: {items: body.results, cursor: {form: body.next, into: query.after}}",
        right: "paginate: {items: body.results, cursor: {from: body.next, into: query.after}}",
    },
    CodeDoc {
        code: MISSING_KEY,
        title: "a key is missing",
        text: "This section does not work without the key.",
        wrong: "resources:\n  contacts: {type: Contact}",
        right: "resources:\n  contacts: {type: Contact, key: id}",
    },
    CodeDoc {
        code: WRONG_TYPE,
        title: "a value of the wrong type",
        text: "The value is text where a mapping belongs, or the like. Mind that YAML reads `1` as a number and \
               `'1'` as text.",
        wrong: "operations: [list_contacts]",
        right: "operations:\n  list_contacts: {id: listContacts}",
    },
    CodeDoc {
        code: BAD_VALUE,
        title: "a value that may not stand here",
        text: "The value has the right type, but it is none of the words of the language, a quantity without a unit, \
               or out of range. Spans of time are a whole number and `ms`, `s`, `m`, `h` or `d`; quotas are calls \
               `per` such a span.",
        wrong: "quota: 100/10s",
        right: "quota: 100 per 10s",
    },
    CodeDoc {
        code: DUPLICATE_KEY,
        title: "a key is there twice",
        text: "YAML readers keep one of the two in silence. Here it is an error.",
        wrong: "list_contacts: {id: a, id: b}",
        right: "list_contacts: {id: b}",
    },
    CodeDoc {
        code: BAD_NAME,
        title: "a name that is none, or is taken",
        text: "Names that a spec gives become names in Rust: `snake_case` for everything but types, which are \
               `CamelCase`; ASCII letters, digits and underscores, a letter first. Integrations and syncs of one \
               compilation need different names, and none that is a keyword of Rust or a crate of emitted code; \
               resources need names that differ in more than underscores.",
        wrong: "operations:\n  listContacts: {id: listContacts}",
        right: "operations:\n  list_contacts: {id: listContacts}",
    },
    CodeDoc {
        code: NO_BECAUSE,
        title: "an override or an assumption without a reason",
        text: "What the document does not say, or contradicts, needs a `because`: how do you know? The sentence is \
               shown by `gusset check --proofs`, next to the fact.",
        wrong: "search: {id: doSearch, repeat: safe}          # a POST",
        right: "search: {id: doSearch, repeat: safe, because: a search only reads}",
    },
    CodeDoc {
        code: UNDECLARED,
        title: "a name that the spec does not declare",
        text: "Operations, types, settings and documents are referred to by the name that this spec gives them, not \
               by the name that the document gives them.",
        wrong: "operations:\n  list_contacts: {id: getPage}\nresources:\n  contacts: {type: Contact, key: id, list: getPage}",
        right: "operations:\n  list_contacts: {id: getPage}\nresources:\n  contacts: {type: Contact, key: id, list: list_contacts}",
    },
    CodeDoc {
        code: BAD_TEMPLATE,
        title: "a malformed template",
        text: "A template is text with `${settings.NAME}` in it, and nothing else in `${}`.",
        wrong: "server: https://${site}.example.com",
        right: "server: https://${settings.site}.example.com\nsettings: {site: {type: string}}",
    },
    CodeDoc {
        code: UNUSED,
        title: "something is declared and not used",
        text: "A setting that nothing uses asks every user for a value that has no effect.",
        wrong: "server: https://api.example.com\nsettings: {site: {type: string}}",
        right: "server: https://${settings.site}.example.com\nsettings: {site: {type: string}}",
    },
    CodeDoc {
        code: DOCUMENTS,
        title: "which documents the spec is about",
        text: "A spec has one `document: FILE`, or several `documents: {NAME: FILE}`; then an operation or a type may \
               need `document: NAME`. `--document FILE` puts one document in the place of all of the spec's; \
               `--document NAME=FILE` replaces the one of that name.",
        wrong: "document: contacts.yaml\ndocuments: {owners: owners.yaml}",
        right: "documents: {contacts: contacts.yaml, owners: owners.yaml}",
    },
    CodeDoc {
        code: LISTED_TWICE,
        title: "a name is listed twice",
        text: "In a list of names (scopes, operations of a limit, schemas of a type, properties that are asked for) \
               each is there once. A second one was meant to be something else, or is left over. Two names for one \
               operation that say the same of it are a warning.",
        wrong: "limits: {search: {quota: 5 per 1s, operations: [search_contacts, search_contacts]}}",
        right: "limits: {search: {quota: 5 per 1s, operations: [search_contacts, search_deals]}}",
    },
    CodeDoc {
        code: BAD_HOOK,
        title: "a hook that cannot be called as it is declared",
        text: "A hook is a method that you write, and its signature follows from the spec. One `on: request` gives the \
               headers and query parameters under `sets`; what the credentials, the client or another hook set is \
               not its own. One `on: answer` is called by a rule of `errors`, with `action: hook` and `hook: NAME`. \
               Hooks of a sync say the types that they take and give: `string`, `int`, `uint`, `double`, `bool`, \
               `bytes`, `timestamp`, `duration`, `json`, a record such as `hubspot.Contact`, `?` behind one that may be \
               absent, and `list(string)`.",
        wrong: "hooks:\n  sign: {on: request, sets: [header.Authorization]}",
        right: "hooks:\n  sign: {on: request, sets: [header.X-Signature]}",
    },
];
