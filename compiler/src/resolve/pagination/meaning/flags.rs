//! Flags: whether a page is the last, or there is more.

use super::{Said, has, words};

/// Whether a flag says that a page is the last (true) or that there is more (false), and how it says so.
pub(in super::super) fn is_last(name: &str, about: &str) -> Option<(bool, Said)> {
    let words = words(name);
    match of_name(&words) {
        Name::Says(last) => Some((last, Said::Name)),
        Name::Unclear => None,
        Name::Silent => of_description(about).map(|last| (last, Said::Description)),
    }
}

enum Name {
    Says(bool),
    /// It has words of both, or one that turns it round.
    Unclear,
    Silent,
}

fn of_name(words: &[String]) -> Name {
    const LAST: [&str; 7] =
        ["last", "done", "finished", "complete", "completed", "exhausted", "end"];
    const MORE: [&str; 6] = ["more", "next", "additional", "truncated", "remaining", "continue"];
    const NOT: [&str; 8] = ["no", "not", "non", "none", "without", "isnt", "hasnt", "un"];
    // Names without signs between their words.
    const LAST_WHOLE: [&str; 4] = ["islast", "lastpage", "islastpage", "isend"];
    const MORE_WHOLE: [&str; 7] =
        ["hasmore", "hasnext", "hasnextpage", "ismore", "moreresults", "moreitems", "morerecords"];
    let one = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let joined = words.concat();
    let last = one(&LAST) || LAST_WHOLE.contains(&joined.as_str());
    let more = one(&MORE) || MORE_WHOLE.contains(&joined.as_str());
    match (last, more) {
        (false, false) => Name::Silent,
        _ if one(&NOT) || last == more => Name::Unclear,
        _ => Name::Says(last),
    }
}

/// Only what is said of one of the two: "false at the end" says both, and what "true" means is not told.
fn of_description(about: &str) -> Option<bool> {
    if has(about, &["false", "otherwise", "not ", "no longer", "unless", "n't"]) {
        return None;
    }
    let last = has(about, &["last page", "no more", "end of the"]);
    let more = has(
        about,
        &["there are more", "there is more", "more results", "more items", "more records"],
    );
    (last != more).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_flags() {
        for name in ["isLast", "last_page", "done", "endOfStream", "is_complete", "last", "islast"]
        {
            assert_eq!(is_last(name, ""), Some((true, Said::Name)), "{name}");
        }
        for name in
            ["has_more", "hasNextPage", "moreItems", "is_truncated", "isMoreAvailable", "hasmore"]
        {
            assert_eq!(is_last(name, ""), Some((false, Said::Name)), "{name}");
        }
        for name in [
            "ok",
            "flag",
            "incomplete_results",
            "moreOrLast",
            "not_last",
            "no_more",
            "unfinished",
            "nomore",
        ] {
            assert_eq!(is_last(name, ""), None, "{name}");
        }
    }

    #[test]
    fn descriptions_say_what_names_do_not() {
        let of = |about| is_last("flag", about);
        assert_eq!(of("whether this is the last page"), Some((true, Said::Description)));
        assert_eq!(of("true while there are more results"), Some((false, Said::Description)));
        for unclear in [
            "true while records follow; false at the end of the listing",
            "true if the answer is partial, false if there is no more",
            "true unless there are more results",
            "",
        ] {
            assert_eq!(of(unclear), None, "{unclear}");
        }
        assert_eq!(is_last("no_more", "whether this is the last page"), None);
    }
}
