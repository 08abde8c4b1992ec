//! What descriptions say of the time that is compared.

use super::{CREATED, Time, UPDATED, lower, means};

/// Words behind that of a time that say that it is compared: `changed after`, `created on or after`.
const BEHIND: [&str; 11] = [
    "after",
    "since",
    "from",
    "later",
    "newer",
    "greater",
    "past",
    "date",
    "time",
    "timestamp",
    "moment",
];
/// Words between the two.
const BETWEEN: [&str; 8] = ["at", "on", "or", "in", "is", "was", "strictly", "exactly"];

/// What a text says in words of the time that is compared; nothing where it speaks of change and creation otherwise
/// (`This may change.`), or of both.
pub(super) fn said(text: &str) -> Option<Time> {
    let mut times = Vec::new();
    for clause in text.split(['.', ';', '!', '?', '\n']) {
        let words = lower(clause);
        if !words.iter().any(|word| ["not", "never", "no", "without"].contains(&word.as_str())) {
            times.extend((0..words.len()).filter_map(|at| told(&words, at)));
        }
    }
    let first = times.first().copied()?;
    times.iter().all(|time| *time == first).then_some(first)
}

/// Whether the word at a place means creation or change, as a time that is compared: what stands behind it says so, or a
/// `last` before it.
fn told(words: &[String], at: usize) -> Option<Time> {
    let word = words.get(at)?;
    let time = match (means(word, &CREATED), means(word, &UPDATED)) {
        (true, false) => Time::Created,
        (false, true) => Time::Updated,
        _ => return None,
    };
    let before =
        |back: usize| at.checked_sub(back).and_then(|at| words.get(at)).map(String::as_str);
    let last = ["last", "latest", "recently"];
    // `created or modified after` compares both.
    let between = |word: &String| {
        BETWEEN.contains(&word.as_str()) || means(word, &CREATED) || means(word, &UPDATED)
    };
    let behind = words.iter().skip(at + 1).find(|word| !between(word));
    // The time of a creation.
    let nouns = ["date", "time", "timestamp", "moment"];
    let noun = |back: usize| before(back).is_some_and(|word| nouns.contains(&word));
    let of = (1..=3).any(|back| before(back) == Some("of") && noun(back + 1));
    // A word that is run together with what stands beside it is one of a field.
    let alone = CREATED.contains(&word.as_str()) || UPDATED.contains(&word.as_str());
    let is = of
        || !alone
        || before(1).is_some_and(|word| last.contains(&word))
        || behind.is_some_and(|word| BEHIND.contains(&word.as_str()));
    is.then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_tell_the_time_that_is_compared() {
        for text in [
            "Only tickets that changed after this time.",
            "Records updated since",
            "modified on or after the date",
            "Filter by the last modified date",
            "The date of the last update, from which on",
            "lastmodifieddate is greater",
            "updated_at is greater than this",
        ] {
            assert_eq!(said(text), Some(Time::Updated), "{text}");
        }
        for text in [
            "Created after this time. It is in UTC.",
            "The creation date, from which on",
            "created_at from",
        ] {
            assert_eq!(said(text), Some(Time::Created), "{text}");
        }
        for text in [
            "Only things after this moment. This may change.",
            "Returns things posted after this moment; does not mark them as edited",
            "Records created or modified after",
            "Only things that changed status since",
            "Create a cursor first.",
            "Things that were not updated since",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
