//! Whether whole numbers match a pattern of a document.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// What is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// All of many do.
    Match,
    /// Some may.
    May,
    /// No text of digits does.
    Never,
}

/// Whether whole numbers match a pattern. Of one that is not understood nothing is known.
pub(super) fn digits(pattern: &str) -> Digits {
    if never(pattern) {
        return Digits::Never;
    }
    let Ok(regex) = regex_lite::Regex::new(pattern) else { return Digits::May };
    let rows = ["1234567890123456789", "9081726354908172635", "5555555555555555555"];
    let mut all = rows.iter().flat_map(|row| (1..=row.len()).filter_map(|end| row.get(..end)));
    if all.all(|digits| regex.is_match(digits)) { Digits::Match } else { Digits::May }
}

/// Whether no text of digits, perhaps with a minus before them, matches.
pub(super) fn never(pattern: &str) -> bool {
    let parsed = regex_syntax::Parser::new().parse(pattern);
    // What is looked for may begin at the start, behind the minus or between digits.
    parsed.is_ok_and(|hir| moves(&hir).iter().take(ENDED).all(|to| *to == 0))
}

/// How far a whole number is read: nothing of it, the minus, digits, all of it.
const STATES: usize = 4;
const ENDED: usize = 3;

/// Where each state may lead, as a set of bits. States never go back, so that after so many steps nothing changes.
type Moves = [u8; STATES];

const STAY: Moves = [1, 2, 4, 8];
const NOWHERE: Moves = [0; STATES];
const MINUS: Moves = [2, 0, 0, 0];
const DIGIT: Moves = [4, 4, 4, 0];

/// What may be read of a whole number by what a part of a pattern matches; never less than that.
fn moves(hir: &Hir) -> Moves {
    match hir.kind() {
        HirKind::Empty => STAY,
        HirKind::Literal(literal) => literal.0.iter().fold(STAY, |to, byte| {
            let step = match byte {
                b'-' => MINUS,
                b'0'..=b'9' => DIGIT,
                _ => NOWHERE,
            };
            then(to, step)
        }),
        HirKind::Class(class) => {
            let has = |first: char, last: char| match class {
                Class::Unicode(class) => {
                    class.ranges().iter().any(|range| range.start() <= last && range.end() >= first)
                }
                Class::Bytes(class) => class.ranges().iter().any(|range| {
                    char::from(range.start()) <= last && char::from(range.end()) >= first
                }),
            };
            let minus = if has('-', '-') { MINUS } else { NOWHERE };
            or(minus, if has('0', '9') { DIGIT } else { NOWHERE })
        }
        HirKind::Look(Look::Start | Look::StartLF | Look::StartCRLF) => [1, 0, 0, 0],
        HirKind::Look(Look::End | Look::EndLF | Look::EndCRLF) => [0, 0, 8, 8],
        HirKind::Look(_) => STAY,
        HirKind::Repetition(repetition) => {
            let step = moves(&repetition.sub);
            let often = |count: u32| usize::try_from(count).unwrap_or(STATES).min(STATES);
            let least = (0..often(repetition.min)).fold(STAY, |to, _| then(to, step));
            let more =
                repetition.max.map_or(STATES, |most| often(most.saturating_sub(repetition.min)));
            (0..more).fold(least, |to, _| or(to, then(to, step)))
        }
        HirKind::Capture(capture) => moves(&capture.sub),
        HirKind::Concat(parts) => parts.iter().fold(STAY, |to, part| then(to, moves(part))),
        HirKind::Alternation(choices) => {
            choices.iter().fold(NOWHERE, |to, choice| or(to, moves(choice)))
        }
    }
}

/// One and then the other.
fn then(first: Moves, second: Moves) -> Moves {
    first.map(|to| {
        let reached = second.iter().enumerate().filter(|(state, _)| to & (1 << state) != 0);
        reached.fold(0, |all, (_, to)| all | to)
    })
}

/// One or the other.
fn or(one: Moves, other: Moves) -> Moves {
    let mut both = one;
    both.iter_mut().zip(other).for_each(|(one, other)| *one |= other);
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_say_whether_they_take_whole_numbers() {
        for (pattern, expected) in [
            ("^[0-9]+$", Digits::Match),
            (r"^-?\d+$", Digits::Match),
            (r"^\w+$", Digits::Match),
            ("[0-9]", Digits::Match),
            ("^[0-9a-f]+$", Digits::Match),
            ("^7656119[0-9]{10}$", Digits::May),
            ("^[2-9][0-9]*$", Digits::May),
            ("^0$|^[2-9]$", Digits::May),
            ("^[0-9]{9}$", Digits::May),
            ("^-[0-9]+$", Digits::May),
            ("^[0-9a-f]{24}$", Digits::May),
            ("^([1-9][0-9]{0,18}|[a-z]+)$", Digits::Match),
            (r"^(?=\d)x", Digits::May),
            ("^[a-z]+$", Digits::Never),
            ("^t_", Digits::Never),
            ("^[0-9]+-[0-9]+$", Digits::Never),
            ("^[0-9a-f]{8}-[0-9a-f]{4}-", Digits::Never),
            (r"^\d{4}-\d{2}$", Digits::Never),
            ("^[0-9]+[a-z]$", Digits::Never),
            ("[a-z]", Digits::Never),
            ("[0-9]$[0-9]", Digits::Never),
            ("[0-9]^[0-9]", Digits::Never),
            ("^$", Digits::Never),
            ("^(((a?){1000}){1000}){1000}b$", Digits::Never),
        ] {
            assert_eq!(digits(pattern), expected, "{pattern}");
        }
    }
}
