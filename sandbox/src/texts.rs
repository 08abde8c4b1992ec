//! Text as a document wants it: of a format, one of a list, matching a pattern, of a length.

use crate::values;
use gusset_compiler::ir::{StringFormat, ValueNotes};
use regex_syntax::hir::{Class, Hir, HirKind};

/// Elements without an upper border are repeated that often, if they may be.
const OFTEN: u32 = 8;
/// Patterns that ask for longer text are not followed.
const LONGEST: u32 = 1000;
/// Nor those that take so many steps to follow: repetitions of what may be left out make none longer.
const STEPS: u32 = 10_000;

/// Number `n` of the texts that satisfy what a document says; `plain` where it says nothing, or what cannot be
/// followed. `space` keeps the same numbers of different kinds of text apart.
pub(crate) fn satisfying(notes: &ValueNotes, space: u64, n: u64, plain: String) -> String {
    if let Some(text) = notes.format.and_then(|format| of_format(format, space, n)) {
        return text;
    }
    if !notes.listed.is_empty() {
        let index = usize::try_from(n % notes.listed.len() as u64).unwrap_or_default();
        return notes.listed.get(index).cloned().unwrap_or(plain);
    }
    let (least, most) = notes.length;
    let fits = |text: &String| {
        let length = text.chars().count() as u64;
        least.is_none_or(|least| length >= least) && most.is_none_or(|most| length <= most)
    };
    match &notes.pattern {
        Some(pattern) if !(fits(&plain) && matches(pattern, &plain)) => {
            matching(pattern, least, n).filter(fits).unwrap_or(plain)
        }
        Some(_) => plain,
        None => sized(plain, least, most, n),
    }
}

/// Number `n` of the texts of a format, where those are not just any.
pub(crate) fn of_format(format: StringFormat, space: u64, n: u64) -> Option<String> {
    let millis = i64::try_from(n).unwrap_or_default().saturating_mul(1000);
    Some(match format {
        StringFormat::Uuid => {
            format!("00000000-0000-4000-8{:03x}-{n:012x}", space & 0xfff)
        }
        StringFormat::DateTime => values::date_time(millis),
        StringFormat::Date => {
            values::date_time(millis.saturating_mul(86_400)).chars().take(10).collect()
        }
        _ => return None,
    })
}

/// Text of a length. What tells numbers apart is at the end.
fn sized(text: String, least: Option<u64>, most: Option<u64>, n: u64) -> String {
    let length = text.chars().count() as u64;
    match (least, most) {
        (_, Some(most)) if length > most => {
            let most = usize::try_from(most).unwrap_or_default();
            let digits = format!("{:0>most$}", n + 1);
            digits.chars().skip(digits.len().saturating_sub(most)).collect()
        }
        (Some(least @ ..=100_000), _) if length < least => {
            let missing = usize::try_from(least - length).unwrap_or_default();
            text + &"x".repeat(missing)
        }
        _ => text,
    }
}

/// Whether text matches; patterns of ECMAScript that are none in Rust match everything.
fn matches(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
}

/// Number `n` of the texts that match a pattern: other numbers give others, as long as there are any.
fn matching(pattern: &str, least: Option<u64>, n: u64) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
    let often = u32::try_from(least.unwrap_or(0)).ok()?.max(OFTEN);
    let mut text = String::new();
    write(&hir, often, &mut Chosen { n, steps: STEPS }, &mut text)?;
    let right = regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(&text));
    right.then_some(text)
}

/// What choices are made by: the digits of a number; and how many steps are left.
struct Chosen {
    n: u64,
    steps: u32,
}

impl Chosen {
    fn digit(&mut self, base: usize) -> usize {
        let base = base.max(1) as u64;
        let digit = self.n % base;
        self.n /= base;
        usize::try_from(digit).unwrap_or_default()
    }
}

/// Writes what matches.
fn write(hir: &Hir, often: u32, by: &mut Chosen, out: &mut String) -> Option<()> {
    by.steps = by.steps.checked_sub(1)?;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => {
            let known = readable(class);
            out.push(*known.get(by.digit(known.len()))?);
        }
        HirKind::Repetition(repetition) => {
            let often = match repetition.max {
                // What may be left out is.
                Some(1) => repetition.min,
                Some(most) => often.clamp(repetition.min, most),
                None => often.max(repetition.min),
            };
            for _ in 0..often.min(LONGEST) {
                write(&repetition.sub, often, by, out)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, often, by, out)?,
        HirKind::Concat(parts) => {
            parts.iter().try_for_each(|part| write(part, often, by, out))?;
        }
        HirKind::Alternation(choices) => {
            let chosen = choices.get(by.digit(choices.len()))?;
            write(chosen, often, by, out)?;
        }
    }
    (out.len() <= LONGEST as usize).then_some(())
}

/// Characters of a class: digits and letters where it has some, else what can be seen, else its first.
fn readable(class: &Class) -> Vec<char> {
    let Class::Unicode(class) = class else { return Vec::new() };
    let has = |c: &char| class.ranges().iter().any(|r| (r.start()..=r.end()).contains(c));
    let visible = || (' '..='~').filter(has);
    let known: Vec<char> = visible().filter(char::is_ascii_alphanumeric).collect();
    if !known.is_empty() {
        return known;
    }
    let known: Vec<char> = visible().collect();
    match known.is_empty() {
        true => class.ranges().first().map(|range| range.start()).into_iter().collect(),
        false => known,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn texts_match_patterns_and_differ() {
        for pattern in [
            "^[0-9a-f]{24}$",
            "^usr_[A-Za-z0-9]+$",
            r"^\d{4}-\d{2}$",
            "^(order|invoice)-[0-9]{1,6}(-copy)?$",
            r"^[^/]+/[^/]+$",
            r"^arn:aws:[a-z]+::\w{3,}$",
        ] {
            let notes = ValueNotes { pattern: Some(pattern.to_owned()), ..ValueNotes::default() };
            let made: HashSet<String> =
                (0..200).map(|n| satisfying(&notes, 0, n, "no such text".to_owned())).collect();
            assert_eq!(made.len(), 200, "{pattern}: {made:?}");
            let regex = regex_lite::Regex::new(pattern).unwrap();
            assert!(made.iter().all(|text| regex.is_match(text)), "{pattern}: {made:?}");
        }
    }

    #[test]
    fn a_pattern_that_cannot_be_followed_is_left() {
        let nested = "^(((a?){1000}){1000}){1000}b$";
        for pattern in ["(?=x)y", "^a{100000}$", "[", nested] {
            let notes = ValueNotes { pattern: Some(pattern.to_owned()), ..ValueNotes::default() };
            assert_eq!(satisfying(&notes, 0, 1, "1001".to_owned()), "1001", "{pattern}");
        }
    }

    #[test]
    fn texts_have_their_length() {
        let sized = |least, most, n| {
            let notes = ValueNotes { length: (least, most), ..ValueNotes::default() };
            satisfying(&notes, 0, n, "1000000008".to_owned())
        };
        assert_eq!(sized(None, None, 7), "1000000008");
        assert_eq!(sized(Some(12), None, 7), "1000000008xx");
        assert_eq!(sized(None, Some(4), 7), "0008");
        assert_eq!(sized(Some(3), Some(3), 12), "013");
    }
}
