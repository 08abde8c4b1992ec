//! Large YAML, event by event.
//!
//! `serde_yaml` holds all events of a text before it gives the first value, which takes many times the text. Here a
//! value is made of the events as they come. What the two might read differently (tags, anchors, merge keys, odd
//! characters), and what neither reads, is left to `serde_yaml`: it decides what a text means, and says what is wrong.

use super::Reading;
use crate::source::json::{Json, Members};
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::Number;
use std::sync::Arc;

/// What is nested deeper is left to the other parser, which knows its limit.
const DEEPEST: usize = 100;

/// A mapping or a list that is not at its end, with where its entries begin among those that were read.
enum Open {
    Map { start: usize, key: Option<Arc<str>> },
    List { start: usize },
}

/// The value of a text, and whether a key is there twice. `None` if the other parser is to read it.
pub(in crate::source) fn read(text: &str) -> Option<(Json, bool)> {
    if text.chars().any(is_odd) {
        return None;
    }
    let reading = Reading::default();
    let mut open: Vec<Open> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    let mut whole = None;
    while let Some(event) = parser.next_event() {
        let value = match event.ok()?.0 {
            Event::StreamStart | Event::Nothing | Event::DocumentEnd => continue,
            Event::DocumentStart(_) if whole.is_none() => continue,
            Event::StreamEnd => break,
            Event::MappingStart(0, None) if open.len() < DEEPEST && !is_key(&open) => {
                open.push(Open::Map { start: reading.entries.borrow().len(), key: None });
                continue;
            }
            Event::SequenceStart(0, None) if open.len() < DEEPEST && !is_key(&open) => {
                open.push(Open::List { start: reading.items.borrow().len() });
                continue;
            }
            Event::Scalar(name, style, 0, None) if is_key(&open) => {
                // The other parser knows no empty key without quotes.
                if name.is_empty() && style == ScalarStyle::Plain {
                    return None;
                }
                if let Some(Open::Map { key, .. }) = open.last_mut() {
                    *key = Some(reading.text(&name)).filter(|_| name != "<<");
                    key.as_ref()?;
                }
                continue;
            }
            Event::Scalar(text, ScalarStyle::Plain, 0, None) => plain(&text, &reading)?,
            Event::Scalar(text, _, 0, None) => Json::String(reading.text(&text)),
            Event::MappingEnd | Event::SequenceEnd => match open.pop()? {
                Open::Map { start, .. } => {
                    let entries = reading.entries.borrow_mut().drain(start..).collect();
                    let (members, twice) = Members::of(entries);
                    reading.twice.set(reading.twice.get() || twice);
                    Json::Object(members)
                }
                Open::List { start } => {
                    Json::Array(reading.items.borrow_mut().drain(start..).collect())
                }
            },
            _ => return None,
        };
        match open.last_mut() {
            None => whole = Some(value),
            Some(Open::Map { key, .. }) => reading.entries.borrow_mut().push((key.take()?, value)),
            Some(Open::List { .. }) => reading.items.borrow_mut().push(value),
        }
    }
    Some((whole?, reading.twice.get()))
}

/// Characters that YAML does not have, or that break lines in some of its versions.
fn is_odd(c: char) -> bool {
    let breaks = matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    breaks || c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether what comes next is a key.
fn is_key(open: &[Open]) -> bool {
    matches!(open.last(), Some(Open::Map { key: None, .. }))
}

/// A scalar without quotes, as `serde_yaml` understands it.
fn plain(text: &str, reading: &Reading) -> Option<Json> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Json::Null,
        "true" | "True" | "TRUE" => Json::Bool(true),
        "false" | "False" | "FALSE" => Json::Bool(false),
        _ if !text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            Json::String(reading.text(text))
        }
        _ => match text.parse::<serde_yaml::Number>() {
            Ok(number) => {
                let whole = number.as_u64().map(Number::from);
                let whole = whole.or_else(|| number.as_i64().map(Number::from));
                let number = whole.or_else(|| Number::from_f64(number.as_f64()?));
                number.map_or(Json::Null, Json::Number)
            }
            // Beyond 64 bits, or digits that are text.
            Err(_) if is_number(text) => return None,
            Err(_) => Json::String(reading.text(text)),
        },
    })
}

/// Whether a text might be a number of any size.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let based = ["0x", "0o", "0b"].iter().any(|base| digits.starts_with(base));
    based || digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::read;
    use crate::source::json;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// It reads what the other parser reads.
    #[track_caller]
    fn same(text: &str) {
        let (value, _) = read(text).unwrap_or_else(|| panic!("{text:?} is left to the other"));
        assert_eq!(value.to_string(), json(text).unwrap().to_string(), "{text:?}");
    }

    #[test]
    fn it_reads_as_the_other_parser_does() {
        let mut declined = BTreeSet::new();
        for scalar in [
            "",
            "~",
            "null",
            "Null",
            "nULL",
            "yes",
            "off",
            "true",
            "True",
            "tRUE",
            "FALSE",
            "1",
            "-1",
            "+1",
            "0",
            "-0",
            "012x",
            "1_000",
            "0x10",
            "0o17",
            "0b11",
            "-0x10",
            "0x",
            "0xg",
            "1e3",
            "1.5",
            "-1.50",
            "1.",
            ".5",
            "+.5",
            ".",
            "-",
            "..",
            "1.2.3",
            "1e",
            "1e999",
            ".inf",
            "-.Inf",
            "+.INF",
            ".nan",
            ".NaN",
            "2020-01-01",
            "12:30:45",
            "18446744073709551615",
            "-9223372036854775808",
            "1-2",
            "+-1",
            "a b",
            "a  b",
            "a#b",
            "a: b",
            "http://a/b?c=d#e",
            "'it''s'",
            "'1'",
            "''",
            "\"a\\n\\u00e4\\x41\\/\\\"\"",
            "\"1\"",
            "\"a\n  b\"",
            "'a\n\n  b'",
            "ü",
            "\"\\ud83d\\ude00\"",
            "a\n  b\n  c",
            "a\n\n  b",
            "- a",
            "[]",
            "{}",
            "[a, 'b', 1, {c: d, e: }]",
            "{a: 1, b: [], \"c\": {}}",
            "|\n  a\n  b\n",
            "|-\n  a\n\n  b\n\n",
            "|+\n  a\n\n",
            ">\n  a\n  b\n\n  c\n",
            ">-\n  a\n    b\n  c",
            "|2\n    a\n   b\n",
            "|\n  # no comment\n  a: b\n",
            "# only a comment",
            "a # comment",
            "!x",
            "*x",
            "@x",
            "%x",
            "`x`",
            "- - a\n  - b",
        ] {
            for text in [
                format!("k: {scalar}\nl: 1\n"),
                format!("k:\n- {scalar}\n- 2\n"),
                format!("- {scalar}\n"),
            ] {
                let Some((value, _)) = read(&text) else {
                    declined.insert(scalar);
                    continue;
                };
                assert_eq!(value.to_string(), json(&text).unwrap().to_string(), "{text:?}");
            }
        }
        assert_eq!(
            declined.into_iter().collect::<Vec<_>>(),
            [
                "!x",
                "\"\\ud83d\\ude00\"",
                "%x",
                "*x",
                "+-1",
                "-",
                "- - a\n  - b",
                "- a",
                "0x",
                "0xg",
                "@x",
                "`x`",
                "a: b"
            ]
        );
        same("---\na: 1\n...\n");
        same(
            "# first\na:\n- b: 1\n  c: |\n    x\n     y\n- d\n\"e\": 'f'\n200: {1.50: ok, true: no}\n",
        );
        same("a:\r\n  b: 1\r\nc: |\r\n  x\r\n  y\r\nd: 'e\r\n  f'\r\n");
        same(
            "a: 1\nb: {c: [1, 2, {d: [ ]}]}\ne:\n  - f:\n      g: h\n    i: j\n  -\n    k: l\n  - - m\n",
        );
        same("? a\n: b\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// What both read they read alike. It reads some text that the other refuses, such as `[|]`.
        #[test]
        fn lines_of_anything(
            lines in prop::collection::vec(("( {0,4}|- | - )", "(a|b|1|'c d'|<<|\"e\"|)", "(: ?|)", "[a-c0-9 .,:#'\"|>&*!~\\[\\]{}+-]{0,6}"), 0..8),
        ) {
            let text: String = lines.into_iter().map(|(a, b, c, d)| format!("{a}{b}{c}{d}\n")).collect();
            if let (Some((value, _)), Ok(expected)) = (read(&text), json(&text)) {
                prop_assert_eq!(value.to_string(), expected.to_string(), "{:?}", text);
            }
        }
    }

    #[test]
    fn what_it_does_not_know_is_left_to_the_other_parser() {
        for text in [
            "a: &x 1\nb: *x",
            "a: !own 1",
            "a: !!str 1",
            "x: {<<: {a: 1}}",
            "? [a]\n: b",
            "--- 1\n--- 2",
            "a: [",
            "a: b: c",
            "a: 123456789012345678901234567890",
            "a: 012",
            "a: 'b\u{2028}c'",
            "a: b\u{1}",
            &format!("a: {}{}", "[".repeat(101), "]".repeat(101)),
            "",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_key_that_is_there_twice_is_noticed() {
        let (value, twice) = read("a: 1\nb: {c: 1}\na: 2").unwrap();
        assert_eq!((value.to_string().as_str(), twice), (r#"{"a":2,"b":{"c":1}}"#, true));
        assert!(!read("a: {b: 1}\nc: {b: 1}").unwrap().1);
    }
}
