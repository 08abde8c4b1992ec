//! Tokens: one in the answer, and where it goes in the next request.

use super::Recognising;
use crate::init::view::{self, Value};
use crate::resolve::slots::Plain;

/// Names of parameters that take a token.
pub(super) const INTO: [&str; 30] = [
    "after",
    "aftercursor",
    "afterkey",
    "bookmark",
    "continuation",
    "continuationtoken",
    "continue",
    "continuetoken",
    "cursor",
    "cursormark",
    "cursortoken",
    "endcursor",
    "exclusivestartkey",
    "marker",
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "pageafter",
    "pagecursor",
    "pagemarker",
    "pagetoken",
    "paginationtoken",
    "scrollid",
    "searchafter",
    "startcursor",
    "startingafter",
    "startingtoken",
    "synctoken",
    "pageid",
    "nextpageid",
];

/// Names of members that are tokens, though `next` is not in them.
const FROM: [&str; 15] = [
    "after",
    "aftercursor",
    "bookmark",
    "continuation",
    "continuationtoken",
    "continuetoken",
    "cursor",
    "endcursor",
    "lastevaluatedkey",
    "marker",
    "pagetoken",
    "paginationtoken",
    "scrollid",
    "startingafter",
    "cursormark",
];

/// A token and where it goes.
pub(super) struct Found<'f> {
    pub(super) from: &'f Value,
    pub(super) into: &'f Value,
}

/// The pair that fits best.
pub(super) fn find<'f>(seen: &'f Recognising<'_>) -> Option<Found<'f>> {
    let tokens = seen.answer.iter().filter(|value| {
        let joined = value.joined();
        let back = ["prev", "before", "first", "self"].iter().any(|word| joined.contains(word));
        let text = matches!(value.plain, Plain::Text | Plain::Unknown);
        // A number that is always there would never end.
        let number = value.plain == Plain::Integer && !value.always;
        !back
            && (text || number)
            && !view::is_url(seen.documents, &value.place)
            && !names_url(&joined)
    });
    let mut best: Option<(i32, Found<'f>)> = None;
    for from in tokens {
        for into in seen.request.iter().filter(|into| fits(from, into)) {
            let rank = rank(from, into);
            if rank >= LEAST && best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, Found { from, into }));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Names that tell of a URL.
pub(super) fn names_url(joined: &str) -> bool {
    ["url", "uri", "link", "href"].iter().any(|word| joined.contains(word))
}

/// What a pair must have.
const LEAST: i32 = 4;

fn rank(from: &Value, into: &Value) -> i32 {
    let (name, joined) = (into.name(), from.joined());
    let leaf = from.name();
    let alike =
        leaf == name || joined.ends_with(&format!("next{name}")) || format!("page{leaf}") == name;
    let next = joined.contains("next") || ["endcursor", "aftercursor"].contains(&leaf);
    i32::from(alike) * 3
        + i32::from(next) * 2
        + i32::from(INTO.contains(&name)) * 2
        + i32::from(FROM.contains(&leaf))
}

fn fits(from: &Value, into: &Value) -> bool {
    matches!(
        (from.plain, into.plain),
        (_, Plain::Text | Plain::Unknown)
            | (Plain::Unknown, Plain::Integer)
            | (Plain::Integer, Plain::Integer | Plain::Number)
    )
}
