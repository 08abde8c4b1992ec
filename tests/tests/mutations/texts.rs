//! Mistakes in a text: in its names, numbers and units.

use super::neighbours::Neighbours;
use std::ops::Range;

/// A name with two letters swapped, or, where that changes nothing, one left out.
pub(crate) fn typo(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    let differs = |at: &usize| letters.get(at + 1).is_some_and(|next| *next != letters[*at]);
    match (middle..letters.len()).chain(0..middle).find(differs) {
        Some(at) => letters.swap(at, at + 1),
        None => letters.push('x'),
    }
    letters.into_iter().collect()
}

/// The names in a text, each a run of letters, digits and `_` that begins with a letter.
pub(crate) fn names(text: &str) -> Vec<Range<usize>> {
    runs(text, |c| c.is_ascii_alphanumeric() || c == '_')
        .into_iter()
        .filter(|run| run.len() > 1 && text[run.clone()].starts_with(|c: char| !c.is_ascii_digit()))
        .collect()
}

/// The numbers in a text that are no part of a name.
pub(crate) fn numbers(text: &str) -> Vec<Range<usize>> {
    let digits = runs(text, |c| c.is_ascii_digit());
    let alone = |run: &Range<usize>| {
        !text[..run.start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.')
    };
    digits.into_iter().filter(alone).collect()
}

fn runs(text: &str, part: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (part(letter), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A text in which a part is another one.
pub(crate) fn with(text: &str, part: Range<usize>, other: &str) -> String {
    format!("{}{other}{}", &text[..part.start], &text[part.end..])
}

/// The same number of another unit, and without one.
pub(crate) fn units(text: &str) -> Vec<String> {
    let units = ["ms", "s", "m", "h", "d"];
    let mut changed = Vec::new();
    for number in numbers(text) {
        let rest = &text[number.end..];
        let Some(unit) = units.iter().find(|unit| {
            rest.strip_prefix(**unit).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        }) else {
            continue;
        };
        let here = number.end..number.end + unit.len();
        let other = if *unit == "m" { "h" } else { "m" };
        changed.extend([with(text, here.clone(), other), with(text, here, "")]);
    }
    changed
}

/// The text with a name that stands beside one of its names.
pub(crate) fn neighbours(text: &str, known: &Neighbours) -> Vec<String> {
    let mut changed: Vec<String> = known.next(text).into_iter().map(str::to_owned).collect();
    for name in names(text) {
        changed.extend(
            known.next(&text[name.clone()]).into_iter().map(|n| with(text, name.clone(), n)),
        );
    }
    changed
}
