//! `GS06xx`: expressions and mappings.

use super::{Code, CodeDoc};

/// A text is no expression.
pub const SYNTAX: Code = Code("GS0601");
/// A name that means nothing here.
pub const UNKNOWN_NAME: Code = Code("GS0602");
/// A field that the record does not have.
pub const UNKNOWN_FIELD: Code = Code("GS0603");
/// A field that may be missing is selected as if it were there.
pub const MAY_BE_MISSING: Code = Code("GS0604");
/// An operator or function does not take such values.
pub const OPERANDS: Code = Code("GS0605");
/// The whole expression has another type than its place wants.
pub const RESULT: Code = Code("GS0606");
/// Valid CEL that is not compiled (yet).
pub const UNSUPPORTED: Code = Code("GS0607");
/// A function that does not exist.
pub const UNKNOWN_FUNCTION: Code = Code("GS0608");
/// A text that is compared with an enum, but is not one of its values.
pub const UNKNOWN_VALUE: Code = Code("GS0609");
/// A constant that cannot be what it is used for.
pub const LITERAL: Code = Code("GS0610");
/// An expression that is too long or too deep.
pub const TOO_LARGE: Code = Code("GS0611");
/// A map that translates an enum lacks some of its values.
pub const NOT_EXHAUSTIVE: Code = Code("GS0612");
/// A mapping of a field that the target does not have.
pub const UNKNOWN_TARGET: Code = Code("GS0650");
/// A required target field has no mapping.
pub const MISSING_TARGET: Code = Code("GS0651");
/// A value does not fit the target field.
pub const NOT_ASSIGNABLE: Code = Code("GS0652");
/// A value that may be absent is mapped onto a required field.
pub const OPTIONAL_TO_REQUIRED: Code = Code("GS0653");
/// A mapping of a field that only the provider sets.
pub const READ_ONLY: Code = Code("GS0654");
/// A value of the source's enum that the target's does not have.
pub const NO_COUNTERPART: Code = Code("GS0655");
/// A constant that the target field does not take.
pub const OUT_OF_BOUNDS: Code = Code("GS0656");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: SYNTAX,
        title: "a text is no expression",
        text: "Conditions and values are written in CEL, the Common Expression Language. Remember that YAML reads \
               `#`, `: ` and quotes first: put an expression that has them in single quotes.",
        wrong: "when: source.score >=",
        right: "when: source.score >= 70",
    },
    CodeDoc {
        code: UNKNOWN_NAME,
        title: "a name that means nothing here",
        text: "An expression starts at a root of its place: `source`, `settings` and `lookup` in a sync, `status`, \
               `header` and `body` in an error rule, `result` in the results of an upsert, or at a name bound by a \
               macro such as `exists(x, ..)`. A lookup sees the lookups that are declared before it.",
        wrong: "when: contact.score >= settings.treshold",
        right: "when: source.score >= settings.threshold",
    },
    CodeDoc {
        code: UNKNOWN_FIELD,
        title: "a field that the record does not have",
        text: "The record has the fields of its schema, plus what `add` declares. Names are those on the wire.",
        wrong: "Email: source.emial",
        right: "Email: source.email",
    },
    CodeDoc {
        code: MAY_BE_MISSING,
        title: "a field that may be missing is selected as if it were there",
        text: "The document does not say that the field is always there, or says that it may be null. Select it with \
               `.?`, which gives an optional value, and say with `.orValue(..)` what holds without it; or ask first: \
               `has(source.email) && ..`. If you know that it is always there, `refine` its type.",
        wrong: "when: source.email.endsWith(\"@example.com\")",
        right: "when: source.?email.orValue(\"\").endsWith(\"@example.com\")",
    },
    CodeDoc {
        code: OPERANDS,
        title: "an operator or function does not take such values",
        text: "CEL is strictly typed: it adds numbers to numbers of the same kind and text to text. Convert with \
               `string(..)`, `int(..)`, `double(..)`; say with `.orValue(..)` what holds for an optional value.",
        wrong: "Name: source.id + \" \" + source.age",
        right: "Name: source.id + \" \" + string(source.age)",
    },
    CodeDoc {
        code: RESULT,
        title: "an expression has another type than its place wants",
        text: "`when`, `unless`, `failed` and `skipped` are conditions (bool); `for` is a duration.",
        wrong: "for: retry_after()",
        right: "for: retry_after().orValue(duration(\"10s\"))",
    },
    CodeDoc {
        code: UNSUPPORTED,
        title: "valid CEL that is not compiled (yet)",
        text: "Expressions become Rust. Some of CEL has no translation: what asks for types at run time (`type`, `dyn`), \
               maps with keys other than text, messages. The message says what.",
        wrong: "when: type(source.score) == int",
        right: "when: source.score > 0",
    },
    CodeDoc {
        code: UNKNOWN_FUNCTION,
        title: "a function that does not exist",
        text: "The functions of CEL, of its extensions and of our own are listed in docs/specs.md; in error rules there is \
               also `retry_after()`.",
        wrong: "Email: source.email.toLowerCase()",
        right: "Email: source.email.lower()",
    },
    CodeDoc {
        code: UNKNOWN_VALUE,
        title: "a text that is not one of the enum's values",
        text: "The document lists the values of the field, and this is none of them, so the comparison never holds. \
               It is a warning because providers add values without telling.",
        wrong: "when: source.status == \"opne\"",
        right: "when: source.status == \"open\"",
    },
    CodeDoc {
        code: LITERAL,
        title: "a constant that cannot be what it is used for",
        text: "What is written out is read at compile time: `duration(\"10s\")`, `timestamp(\"2026-11-22T10:00:00Z\")`, \
               regular expressions, time zones, forms of times. So is arithmetic that never has a value: an overflow of \
               constants, a division by the constant 0, a key that stands twice in a map.",
        wrong: "for: duration(\"10 seconds\")",
        right: "for: duration(\"10s\")",
    },
    CodeDoc {
        code: TOO_LARGE,
        title: "an expression that is too long or too deep",
        text: "Expressions are for a line or two. Split conditions into `when` and `unless`.",
        wrong: "when: ((((((((((((..))))))))))))",
        right: "when: source.score > 1",
    },
    CodeDoc {
        code: NOT_EXHAUSTIVE,
        title: "a map that translates an enum lacks some of its values",
        text: "A record with a value that the map does not have could not be mapped. Add the values, or ask with `[?..]` \
               and say with `.orValue(..)` what holds for the others. A chain of `? :` needs neither: its last branch holds \
               for all others.",
        wrong: "Rating: '{\"open\": \"Warm\"}[source.status]'",
        right: "Rating: '{\"open\": \"Warm\"}[?source.status].orValue(\"Cold\")'",
    },
    CodeDoc {
        code: UNKNOWN_TARGET,
        title: "a mapping of a field that the target does not have",
        text: "The keys of `map` are fields of the record that the target's upsert writes, by their names on the wire.",
        wrong: "map: {Emial: source.email}",
        right: "map: {Email: source.email}",
    },
    CodeDoc {
        code: MISSING_TARGET,
        title: "a required target field has no mapping",
        text: "The provider refuses records without the field. Map a value onto it, a constant if need be.",
        wrong: "map: {FirstName: source.first}",
        right: "map: {FirstName: source.first, LastName: source.last}",
    },
    CodeDoc {
        code: NOT_ASSIGNABLE,
        title: "a value does not fit the target field",
        text: "Types must agree: convert with `string(..)`, `int(..)`, `double(..)`, `timestamp(..)`. Text fits enums \
               and dates; whole numbers fit numbers.",
        wrong: "NumberOfEmployees: source.size_as_text",
        right: "NumberOfEmployees: int(source.size_as_text)",
    },
    CodeDoc {
        code: OPTIONAL_TO_REQUIRED,
        title: "a value that may be absent is mapped onto a required field",
        text: "Say with `.orValue(..)` what is sent if there is no value.",
        wrong: "LastName: source.?lastname",
        right: "LastName: source.?lastname.orValue(\"(unknown)\")",
    },
    CodeDoc {
        code: READ_ONLY,
        title: "a mapping of a field that only the provider sets",
        text: "The document says that the field is read-only: what is sent for it is ignored or refused.",
        wrong: "map: {CreatedDate: source.created}",
        right: "map: {LastName: source.last}",
    },
    CodeDoc {
        code: NO_COUNTERPART,
        title: "a value of an enum that the target does not have",
        text: "Both fields list their values, and the source has one that the target does not take: a record with it would \
               be refused. Translate the values with a map, which must have every one of them, or say with `[?..]` and \
               `.orValue(..)` what holds for the others.",
        wrong: "Rating: source.status",
        right: "Rating: '{\"open\": \"Warm\", \"closed\": \"Cold\"}[source.status]'",
    },
    CodeDoc {
        code: OUT_OF_BOUNDS,
        title: "a value that the target field has no room for",
        text: "The document says how long the target's text may be, or between which numbers it lies, and a constant of \
               the expression is outside. A source field that may be longer, says its document, is a warning; of one \
               that says nothing, nothing is said.",
        wrong: "LastName: 'source.?last.orValue(\"(the last name is not known)\")'     # maxLength: 20",
        right: "LastName: 'source.?last.orValue(\"(unknown)\")'",
    },
];
