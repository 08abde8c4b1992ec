//! `GS04xx`: the `types:` section of a spec.

use super::{Code, CodeDoc};

/// A type names a schema that the document does not have.
pub const UNKNOWN_SCHEMA: Code = Code("GS0401");
/// A refinement's path leads nowhere.
pub const UNKNOWN_FIELD: Code = Code("GS0402");
/// A refinement's type is no type.
pub const BAD_TYPE: Code = Code("GS0403");
/// A refinement or an added field lacks its reason.
pub const NO_BECAUSE: Code = Code("GS0404");
/// An added field is already there.
pub const FIELD_EXISTS: Code = Code("GS0405");
/// Unified schemas disagree.
pub const DISAGREE: Code = Code("GS0406");
/// Two types claim the same schema.
pub const CLAIMED_TWICE: Code = Code("GS0407");
/// A type without schemas, or with fields that do not fit together.
pub const NO_SCHEMA: Code = Code("GS0408");
/// Nothing tells two variants of a union apart.
pub const AMBIGUOUS: Code = Code("GS0409");
/// `allOf` of lists that share no value.
pub const NO_VALUE: Code = Code("GS0410");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: UNKNOWN_SCHEMA,
        title: "a type names a schema that the document does not have",
        text: "`schema` and `schemas` are names under `components.schemas` of the document. Where a spec has several \
               documents, `document` says which.",
        wrong: "types:\n  Contact: {schema: SimplePublicObjct}",
        right: "types:\n  Contact: {schema: SimplePublicObject}",
    },
    CodeDoc {
        code: UNKNOWN_FIELD,
        title: "a refinement's path leads nowhere",
        text: "`refine` makes fields more precise that the document has, by their names on the wire. `*` stands for \
               the other members of a map. Fields that the document lacks go under `add`.",
        wrong: "refine: {propertys.email: string?}",
        right: "refine: {properties.email: string?}",
    },
    CodeDoc {
        code: BAD_TYPE,
        title: "a refinement's type is no type",
        text: "A type is `string`, `integer`, `number`, `boolean`, `timestamp`, `date`, the name of another type of \
               the spec, or `list(TYPE)`; then `?` if it may be absent or null; then ` in string` if it travels as \
               JSON text.",
        wrong: "refine: {properties.score: float?}",
        right: "refine: {properties.score: 'number? in string'}",
    },
    CodeDoc {
        code: NO_BECAUSE,
        title: "an assumption without a reason",
        text: "What the document does not say, or contradicts, needs a `because`: how do you know? The sentence is \
               shown by `gusset check --proofs`, next to the fact.",
        wrong: "Lead: {schema: Lead, refine: {Id: string}}",
        right: "Lead: {schema: Lead, refine: {Id: string}, because: every query selects Id}",
    },
    CodeDoc {
        code: FIELD_EXISTS,
        title: "an added field is already there",
        text: "`add` is for fields that the document lacks. The document has this one: say more about it under \
               `refine`, or leave it out.",
        wrong: "add: {email: string}       # the document has email",
        right: "refine: {email: string}",
    },
    CodeDoc {
        code: DISAGREE,
        title: "unified schemas disagree",
        text: "`schemas` says that several schemas are the same record. A field that is in all of them must have the \
               same type in all of them; it may be null if it may in one of them, and integers have the greater width. \
               Refine the field to say which is right, or make two types.",
        wrong: "schemas: [ContactV1, ContactV2]    # id is an integer in one and a string in the other",
        right: "schemas: [ContactV1, ContactV2]\nrefine: {id: string}\nbecause: the v1 API sends strings, too",
    },
    CodeDoc {
        code: CLAIMED_TWICE,
        title: "two types claim the same schema",
        text: "A schema becomes one type per direction. Use `in: requests` and `in: responses` for two.",
        wrong: "A: {schema: Lead}\nB: {schema: Lead}",
        right: "A: {schema: Lead, in: responses}\nB: {schema: Lead, in: requests}",
    },
    CodeDoc {
        code: NO_SCHEMA,
        title: "a type that is made of nothing",
        text: "A type needs `schema` or `schemas` (not both), and can only be refined if that is an object.",
        wrong: "Contact: {refine: {id: string}}",
        right: "Contact: {schema: Contact, refine: {id: string}}",
    },
    CodeDoc {
        code: AMBIGUOUS,
        title: "nothing tells two variants of a union apart",
        text: "Of `oneOf` and `anyOf` the value itself must tell which schema it is of: by a discriminator, by its \
               JSON type, by a constant, or by what is required. Where nothing does, a value becomes the variant most \
               of whose members it has, and the first where several fit alike. An overlay can add what the document \
               lacks.",
        wrong: "oneOf:\n  - {properties: {name: {type: string}}}\n  - {properties: {name: {type: string}, size: {type: integer}}}",
        right: "oneOf:\n  - {required: [name], properties: {name: {type: string}}}\n  - {required: [size], properties: {size: {type: integer}}}",
    },
    CodeDoc {
        code: NO_VALUE,
        title: "lists of values share none",
        text: "`allOf` of two lists of values is what both list. These share no value, so the document allows none. \
               The first list is taken. An overlay can say which is right.",
        wrong: "allOf:\n  - {type: string, enum: [new, used]}\n  - {type: string, enum: [sold]}",
        right: "allOf:\n  - {type: string, enum: [new, used, sold]}\n  - {type: string, enum: [sold]}",
    },
];
