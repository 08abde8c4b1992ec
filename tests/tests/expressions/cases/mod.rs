//! Expressions, and what they give by the definition of CEL.

mod lists;
mod logic;
mod numbers;
mod ours;
mod record;
mod text;
mod times;

/// Where the interpreter (`cel` 0.15) gives something else, and why that is not what holds.
pub(crate) const DIFFERENCES: &[(&str, &str)] = &[
    // Ordering a NaN is an error to the interpreter; CEL orders doubles as IEEE 754 does.
    ("source.nothing / source.nothing < 1.0", NAN),
    ("source.nothing / source.nothing >= 1.0", NAN),
    ("!(source.nothing / source.nothing < 1.0)", NAN),
    ("source.age < source.nothing / source.nothing", NAN),
    ("source.age >= source.nothing / source.nothing", NAN),
    // The interpreter makes a double of the whole number first; CEL compares the values.
    ("source.most < 9223372036854775808.0", LOSS),
    ("source.most == 9223372036854775808.0", LOSS),
    ("source.umost < 18446744073709551616.0", LOSS),
    ("source.umost == 18446744073709551616.0", LOSS),
    ("source.age - 42 + 9007199254740993 == double(9007199254740992)", LOSS),
    // The reference implementation asks for the default only where there is no value.
    (
        "optional.of(source.age).orValue(1 / source.zero)",
        "the interpreter evaluates what `orValue` does not need",
    ),
];

const NAN: &str = "the interpreter fails on what is no number; CEL compares by IEEE 754";
const LOSS: &str = "the interpreter loses digits; CEL compares numbers by value";

/// Functions of CEL's extensions that the interpreter does not have.
const NOT_INTERPRETED: &[&str] = &[".first()", ".last()", ".unwrapOpt()", "optional.unwrap("];

/// What never has a value, and is not compiled.
pub(crate) const REFUSED: &[&str] = &[
    "9223372036854775807 + 1",
    "-9223372036854775807 - 2",
    "9223372036854775807 * 2",
    "-(-9223372036854775807 - 1)",
    "(-9223372036854775807 - 1) / -1",
    "18446744073709551615u + 1u",
    "0u - 1u",
    "source.age / 0",
    "source.age % 0",
    "source.uint / 0u",
    "1 / 0 == 1 || true",
    "int(\"x\")",
    "int(1e19)",
    "uint(-1)",
    "uint(\"-1\")",
    "double(\"x\")",
    "bool(\"yes\")",
    "timestamp(\"2023-02-29T00:00:00Z\")",
    "timestamp(\"0000-01-01T00:00:00Z\")",
    "duration(\"1 day\")",
    "duration(\"--1s\")",
    "duration(\"99999999h\")",
    "source.name.matches(\"(\")",
    "source.moment.getHours(\"Mars/Base\")",
    "source.moment.strftime(\"%!\")",
    "source.name.strptime(\"%H\")",
    "uuid5(\"www\", source.name)",
    "source.name.e164(\"+49\")",
    "{\"a\": 1, \"a\": 2}",
    "\"%q\".format([1])",
];

/// All of the tables.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let said = [numbers::CASES, text::CASES, lists::CASES, logic::CASES, times::CASES, ours::CASES];
    let said = said.into_iter().flatten().map(|(text, wanted)| (*text, Some(*wanted)));
    record::CASES.iter().copied().chain(said)
}

/// Whether the interpreter has no opinion: it lacks the functions.
pub(crate) fn is_ours(text: &str) -> bool {
    NOT_INTERPRETED.iter().any(|function| text.contains(function))
        || ours::CASES.iter().any(|(known, _)| *known == text)
        || record::CASES.iter().any(|(known, wanted)| *known == text && wanted.is_some())
}
