//! `GS01xx`: OpenAPI documents.

use super::{Code, CodeDoc};

/// A file is no OpenAPI document.
pub const NOT_OPENAPI: Code = Code("GS0101");
/// A document's version is not supported.
pub const VERSION: Code = Code("GS0102");
/// A part of a document cannot be read.
pub const BAD_PART: Code = Code("GS0103");
/// A `$ref` leads nowhere.
pub const DANGLING_REF: Code = Code("GS0104");
/// A `$ref` leads out of the folder of the document.
pub const FOREIGN_REF: Code = Code("GS0105");
/// A parameter of a document is not what the language can send.
pub const PARAMETER: Code = Code("GS0106");
/// An overlay is malformed, or does not fit the document.
pub const OVERLAY: Code = Code("GS0107");
/// An action of an overlay selects nothing.
pub const OVERLAY_UNUSED: Code = Code("GS0108");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: NOT_OPENAPI,
        title: "not an OpenAPI document",
        text: "The file parses, but it is no mapping with an `openapi` or `swagger` key. Postman collections, WSDL and JSON Schemas \
               are other formats.",
        wrong: "info: {title: Shop, version: '1'}\npaths: {}",
        right: "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths: {}",
    },
    CodeDoc {
        code: VERSION,
        title: "a version of OpenAPI that is not supported",
        text: "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 documents are read. Swagger 1.x documents must be converted first.",
        wrong: "swagger: '1.2'",
        right: "swagger: '2.0'",
    },
    CodeDoc {
        code: BAD_PART,
        title: "a part of the document cannot be read",
        text: "A path item, an operation, a parameter, a response or a schema is not what OpenAPI says it must be. Only \
               that part is affected: a keyword of a schema or a parameter is left out, a schema that is none becomes \
               `serde_json::Value`, and so does a body that leads nowhere. What stands beside operations and is none is left out.",
        wrong: "schema: {type: object, required: id}",
        right: "schema: {type: object, required: [id]}",
    },
    CodeDoc {
        code: DANGLING_REF,
        title: "a `$ref` leads nowhere",
        text: "The target does not exist, or a chain of references never ends. What refers to it becomes \
               `serde_json::Value`.",
        wrong: "schema: {$ref: '#/components/schemas/Contcat'}",
        right: "schema: {$ref: '#/components/schemas/Contact'}",
    },
    CodeDoc {
        code: FOREIGN_REF,
        title: "a `$ref` leads out of the folder of the document",
        text: "References are followed inside the document and to other files in its folder. Remote documents are \
               never fetched while compiling: download the file, put it next to the document and refer to it there.",
        wrong: "$ref: https://example.com/schemas/contact.json",
        right: "$ref: schemas/contact.json",
    },
    CodeDoc {
        code: PARAMETER,
        title: "a parameter that does not fit",
        text: "A path parameter that the template does not have (or the reverse), or a parameter of a type that cannot \
               be written into a path, a query or a header.",
        wrong: "/contacts/{id}:\n  parameters: [{name: contactId, in: path}]",
        right: "/contacts/{id}:\n  parameters: [{name: id, in: path, required: true}]",
    },
    CodeDoc {
        code: OVERLAY,
        title: "an overlay is wrong",
        text: "An overlay begins with `overlay: 1.0.0` and has a list of `actions`. Each has a `target`, a JSONPath \
               (RFC 9535) with names in quotes where they are not plain, and `update`, `remove: true` or `copy`. A mapping \
               is updated by a mapping, a list gets one more element. With several documents, `extends` says which of \
               them the overlay is for.",
        wrong: "actions: [{target: $.paths./things.get, remove: true}]",
        right: "actions: [{target: \"$.paths['/things'].get\", remove: true}]",
    },
    CodeDoc {
        code: OVERLAY_UNUSED,
        title: "an action of an overlay selects nothing",
        text: "The JSONPath of its `target` is well-formed, but nothing in the document is there. The vendor may have \
               repaired what the action was for: remove the action.",
        wrong: "actions: [{target: $.components.schemas.Contcat, remove: true}]",
        right: "actions: [{target: $.components.schemas.Contact, remove: true}]",
    },
];
