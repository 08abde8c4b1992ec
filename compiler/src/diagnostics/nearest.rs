//! The nearest known names.

use super::{Applicability, Edit, Suggestion};

/// Whether one name may be a mistyped other.
#[must_use]
pub fn near(wrong: &str, known: &str) -> bool {
    likeness(&wrong.to_lowercase(), known) >= NEAR
}

/// Whether one name is the other with a slip: two letters in the wrong order, or one too many, too few or other. Short
/// names are too near to each other to tell.
#[must_use]
pub fn is_misspelt(wrong: &str, known: &str) -> bool {
    known.chars().count() >= 5 && strsim::osa_distance(wrong, known) == 1
}

/// Whether two names have the same letters, in another order.
#[must_use]
pub fn is_anagram(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}

const NEAR: f64 = 0.8;

/// Likeness that needs no second look.
const SURELY_NEAR: f64 = 0.84;

/// Names that are offered.
const OFFERED: usize = 3;

/// Known names are listed where none is near and there are no more than this.
const LISTED: usize = 12;

/// Slips of the hand in a name that is surely meant.
const SLIPS: usize = 2;

fn likeness(lower: &str, known: &str) -> f64 {
    strsim::jaro_winkler(lower, &known.to_lowercase())
}

/// Help text that offers the nearest of the known names, or lists them when they are few.
#[must_use]
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    Nearest::of(wrong, known).help()
}

/// The known names, and those of them that are near.
pub(super) struct Nearest<'a> {
    known: Vec<&'a str>,
    near: Vec<&'a str>,
}

impl<'a> Nearest<'a> {
    pub(super) fn of(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<&str> = known.into_iter().filter(|name| *name != wrong).collect();
        known.sort_unstable();
        known.dedup();
        let lower = wrong.to_lowercase();
        let mut near: Vec<(f64, &str)> = known
            .iter()
            .map(|name| (likeness(&lower, name), *name))
            .filter(|(score, name)| {
                *score >= SURELY_NEAR || *score >= NEAR && shares_letters(wrong, name)
            })
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.truncate(OFFERED);
        Nearest { known, near: near.into_iter().map(|(_, name)| name).collect() }
    }

    pub(super) fn help(&self) -> Option<String> {
        let quote =
            |names: &[&str]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        match self.near.as_slice() {
            [] if self.known.is_empty() => None,
            [] if self.known.len() <= LISTED => Some(format!("known here: {}", quote(&self.known))),
            [] => None,
            [only] => Some(format!("did you mean `{only}`?")),
            several => Some(format!("did you mean one of {}?", quote(several))),
        }
    }

    /// A change for each near name.
    pub(super) fn suggestions(&self, wrong: &str) -> Vec<Suggestion> {
        let sure = sure(wrong, &self.near);
        let one = |name: &&str| Suggestion {
            text: format!("write `{name}`"),
            applicability: match sure {
                Some(sure) if sure == *name => Applicability::MachineApplicable,
                _ => Applicability::MaybeIncorrect,
            },
            edits: vec![Edit { place: None, old: wrong.to_owned(), new: (*name).to_owned() }],
        };
        self.near.iter().map(one).collect()
    }
}

/// The name that is meant beyond doubt: it differs by its casing or by few slips, and all others by more. Numbers are no
/// slips: `line_1` is not `line_2`.
fn sure<'a>(wrong: &str, near: &[&'a str]) -> Option<&'a str> {
    let mut by_slips: Vec<(usize, &str)> =
        near.iter().map(|name| (slips(wrong, name), *name)).collect();
    by_slips.sort_unstable();
    let [(fewest, name), others @ ..] = by_slips.as_slice() else { return None };
    let few = *fewest <= SLIPS && fewest * 3 <= name.chars().count().max(wrong.chars().count());
    let alone = others.iter().all(|(slips, _)| *slips >= fewest + 2);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    (few && alone && digits(wrong) == digits(name)).then_some(*name)
}

/// Whether no more than two fifths of the letters differ, or one is the other's beginning. That two words begin and end alike
/// is not enough: `retries` is not `resources`.
fn shares_letters(wrong: &str, known: &str) -> bool {
    let (one, other) = (plain(wrong), plain(known));
    let longest = one.chars().count().max(other.chars().count());
    one.starts_with(&other) || other.starts_with(&one) || slips(wrong, known) * 5 <= longest * 2
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Letters that differ, without regard to casing.
pub(super) fn slips(a: &str, b: &str) -> usize {
    strsim::osa_distance(&plain(a), &plain(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_surely_meant() {
        for (wrong, known, expected) in [
            ("pagniate", &["paginate", "page"][..], Some("paginate")),
            ("nextPageToken", &["next_page_token", "next_page_url"], Some("next_page_token")),
            ("Tickt", &["Ticket", "TicketPage"], Some("Ticket")),
            ("id", &["ids"], Some("ids")),
            // Two that are as near.
            ("GTT", &["GT", "GTE"], None),
            ("itms", &["items", "item"], None),
            // Another thing of the same kind.
            ("address_1", &["address_2"], None),
            ("created_after", &["updated_after"], None),
            ("propertiesWith", &["properties"], None),
        ] {
            let near = Nearest::of(wrong, known.iter().copied()).near;
            assert_eq!(sure(wrong, &near), expected, "{wrong}");
        }
    }

    #[test]
    fn words_that_only_begin_alike_are_not_near() {
        let near = |wrong: &str, known: &str| !Nearest::of(wrong, [known]).near.is_empty();
        assert!(!near("retries", "resources"));
        assert!(near("resorces", "resources"));
        assert!(near("desc", "description"));
    }

    #[test]
    fn a_name_is_not_offered_in_place_of_itself() {
        assert_eq!(nearest("a", ["a"]), None);
    }
}
