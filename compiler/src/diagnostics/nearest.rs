//! The nearest known names.

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

fn likeness(lower: &str, known: &str) -> f64 {
    strsim::jaro_winkler(lower, &known.to_lowercase())
}

/// Help text that offers the nearest of the known names, or lists them when they are few.
#[must_use]
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    let lower = wrong.to_lowercase();
    let mut near: Vec<(f64, &str)> = known
        .iter()
        .map(|name| (likeness(&lower, name), *name))
        .filter(|(score, _)| *score >= NEAR)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(3);
    let quote =
        |names: &[&str]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    match near.as_slice() {
        [] if known.is_empty() => None,
        [] if known.len() <= 12 => Some(format!("known here: {}", quote(&known))),
        [] => None,
        [(_, only)] => Some(format!("did you mean `{only}`?")),
        several => {
            let names: Vec<&str> = several.iter().map(|(_, n)| *n).collect();
            Some(format!("did you mean one of {}?", quote(&names)))
        }
    }
}
