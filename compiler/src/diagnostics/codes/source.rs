//! `GS00xx`: files.

use super::{Code, CodeDoc};

/// A file cannot be read.
pub const UNREADABLE_FILE: Code = Code("GS0001");
/// A file is not UTF-8.
pub const NOT_UTF8: Code = Code("GS0002");
/// A text is neither YAML nor JSON.
pub const NOT_YAML: Code = Code("GS0003");
/// A text is nested too deeply.
pub const TOO_DEEP: Code = Code("GS0004");
/// A key is there twice.
pub const KEY_TWICE: Code = Code("GS0005");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: UNREADABLE_FILE,
        title: "a file cannot be read",
        text: "A spec names a file that is not there, is a directory, or that the system does not let us read. \
               Paths in a spec are relative to the spec.",
        wrong: "document: opanapi.yaml",
        right: "document: openapi.yaml",
    },
    CodeDoc {
        code: NOT_UTF8,
        title: "a file is not UTF-8",
        text: "Specs and documents are UTF-8 text, with or without a byte order mark. UTF-16, which some editors write, is not read. \
               Convert the file, for example with `iconv -f latin1 -t utf-8`.",
        wrong: "about: {title: Caf\\xe9}    # a Latin-1 byte",
        right: "about: {title: Café}",
    },
    CodeDoc {
        code: NOT_YAML,
        title: "a file is neither YAML nor JSON",
        text: "The text cannot be parsed. The place is where the parser gave up; the cause is often a line above: \
               a missing quote, a tab for indentation, or a colon inside unquoted text. XML (a WSDL, say) and web pages \
               are no documents: save the vendor's OpenAPI document, or write one for the calls that you need.",
        wrong: "doc: note: this has a colon",
        right: "doc: 'note: this has a colon'",
    },
    CodeDoc {
        code: TOO_DEEP,
        title: "a file is nested too deeply",
        text: "Lists and mappings are more than 128 levels deep, or aliases repeat each other so often that the text \
               would unfold into something huge. No API document needs that; the file is probably broken or hostile.",
        wrong: "a: &a [*a]",
        right: "a: []",
    },
    CodeDoc {
        code: KEY_TWICE,
        title: "a key is there twice",
        text: "A mapping of a document has the same key twice. The last one counts, as wherever JSON is read; what stands \
               under the first one is not seen. In a spec it is an error.",
        wrong: "properties: {id: {type: string}, id: {type: integer}}",
        right: "properties: {id: {type: string}, number: {type: integer}}",
    },
];
