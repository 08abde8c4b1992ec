//! Which parameter is the size of a page, and how large pages may be.

use super::Recognising;
use crate::init::outline::{Entry, scalar};
use crate::init::view::{self, Value};

/// Names of sizes, the surest first.
const SIZE: [&str; 22] = [
    "pagesize",
    "perpage",
    "pagelimit",
    "limit",
    "maxresults",
    "maxresult",
    "maxitems",
    "maxrecords",
    "itemsperpage",
    "resultsperpage",
    "recordsperpage",
    "hitsperpage",
    "numperpage",
    "pagecount",
    "batchsize",
    "size",
    "take",
    "top",
    "count",
    "rows",
    "max",
    "maxsize",
];

/// More than this is asked for by nobody.
const MOST: i64 = 1_000;

/// What is asked for where the document gives no number and one is needed.
const MODEST: i64 = 50;

/// The size of pages.
#[derive(Clone, Debug)]
pub(super) struct Size {
    into: String,
    value: Option<i64>,
    note: String,
}

/// Whether a value of a request is a number of records.
pub(super) fn is_size(value: &Value) -> bool {
    value.is_number() && SIZE.contains(&value.name())
}

/// The size; if `needed`, with a value in any case.
pub(super) fn find(seen: &Recognising<'_>, needed: bool) -> Option<Size> {
    let of =
        |name: &&str| seen.request.iter().find(|value| value.name() == *name && is_size(value));
    let into = SIZE.iter().find_map(of)?;
    let bound = |key: &str| view::number(seen.documents, &into.place, key).filter(|n| *n > 0);
    let words = view::words(seen.documents, &into.place);
    let least = bound("minimum").unwrap_or(1);
    let allowed = |n: &i64| (least..=bound("maximum").unwrap_or(i64::MAX)).contains(n);
    // A bound of the type is no bound of pages.
    let most = bound("maximum").filter(|most| *most < 1_000_000);
    let described = number_behind(
        &words,
        &["max", "up to", "no more than", "no larger than", "at most", "between 1 and"],
    );
    let (value, note) = if let Some(most) = most {
        (Some(most.min(MOST)), "the document allows so many".to_owned())
    } else if let Some(most) = described.filter(allowed) {
        (Some(most.min(MOST)), "the most, as its description says".to_owned())
    } else if let Some(default) = bound("default") {
        (Some(default.min(MOST)), "the document's default; it names no most".to_owned())
    } else if needed {
        (Some(MODEST.max(least)), "a guess: the document gives no bounds".to_owned())
    } else {
        (None, "the document gives no bounds".to_owned())
    };
    let value = value.filter(allowed).or_else(|| needed.then_some(least.max(1)));
    Some(Size { into: into.path.clone(), value, note })
}

impl Size {
    pub(super) fn entry(&self) -> Entry {
        let value = self.value.map_or_else(|| "100".to_owned(), |value| value.to_string());
        let text = format!("{{into: {}, value: {value}}}", scalar(&self.into));
        let entry = Entry::text("size", text).note(&self.note);
        if self.value.is_some() { entry.optional() } else { entry.proposed() }
    }
}

/// The whole number that stands soon behind one of these words.
fn number_behind(text: &str, words: &[&str]) -> Option<i64> {
    const SOON: usize = 30;
    words.iter().find_map(|word| {
        let mut found = text.match_indices(word);
        found.find_map(|(at, word)| {
            let rest: String = text[at + word.len()..].chars().take(SOON).collect();
            let from = rest.find(|c: char| c.is_ascii_digit())?;
            // Not across a sentence or a part of one, where another number is meant.
            let between = &rest[..from];
            if between.contains(['.', ';', ',']) || between.contains("default") {
                return None;
            }
            let digits: String =
                rest[from..].chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
            digits.replace(',', "").parse().ok().filter(|n| (1..1_000_000).contains(n))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::number_behind;

    #[test]
    fn numbers_in_words() {
        let behind = |text| number_behind(text, &["max", "up to"]);
        assert_eq!(behind("items per page (max 100)"), Some(100));
        assert_eq!(behind("up to 1,000 records"), Some(1000));
        assert_eq!(behind("the maximum. 7 is the default"), None);
        assert_eq!(behind("max items to return, default 10"), None);
        assert_eq!(behind("max items (default 10)"), None);
        assert_eq!(behind("max items to return, default 10, up to 50"), Some(50));
        assert_eq!(behind("how many"), None);
    }
}
