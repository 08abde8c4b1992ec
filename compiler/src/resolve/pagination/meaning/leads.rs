//! Tokens and URLs: where they lead.

use super::{has, words};

/// Where a token or a URL of an answer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Leads {
    /// To the next page.
    On,
    /// To the page before.
    Back,
    /// To the page itself, the first or the last one.
    Elsewhere(&'static str),
    /// Nobody knows.
    Unclear,
}

const ON: [&str; 8] =
    ["next", "after", "following", "continuation", "continue", "more", "forward", "newer"];
const BACK: [&str; 7] = ["prev", "previous", "before", "back", "backward", "preceding", "earlier"];

/// Where a value leads, by the names on the way to it, the nearest first, and by what the document says about it.
/// `relations`: whether `last` and `first` are pages, as for URLs; the last id of a page is a token that leads on.
pub(in super::super) fn leads<'n>(
    names: impl DoubleEndedIterator<Item = &'n str>,
    about: &str,
    relations: bool,
) -> Leads {
    for name in names.rev() {
        let words = words(name);
        let one = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        match (one(&ON), one(&BACK)) {
            (true, false) => return Leads::On,
            (false, true) => return Leads::Back,
            (true, true) => return Leads::Unclear,
            _ => {}
        }
        let joined = words.concat();
        match joined.as_str() {
            "self" | "current" | "currentpage" | "this" | "thispage" => {
                return Leads::Elsewhere("to the page itself");
            }
            "first" | "firstpage" => return Leads::Elsewhere("to the first page"),
            "last" | "lastpage" if relations => return Leads::Elsewhere("to the last page"),
            // Written without signs.
            other
                if has(other, &["nextpage", "nexttoken", "nextcursor", "nextlink", "nexturl"]) =>
            {
                return Leads::On;
            }
            other if other.starts_with("prev") => return Leads::Back,
            _ => {}
        }
    }
    let on = has(
        about,
        &["next page", "next set", "next batch", "next results", "next request", "following page"],
    );
    let back = has(about, &["previous page", "page before", "preceding page"]);
    if on && !back { Leads::On } else { Leads::Unclear }
}

/// Whether a parameter takes the key of the last record that was read.
pub(in super::super) fn reads_behind(name: &str, about: &str) -> bool {
    const BEHIND: [&str; 8] =
        ["after", "since", "last", "start", "starting", "from", "gt", "greater"];
    let words = words(name);
    words.iter().any(|word| BEHIND.contains(&word.as_str()))
        || has(&words.concat(), &["after", "sinceid", "lastid"])
        || has(about, &["after the", "last record", "last item", "last id", "last object"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lead(path: &str, relations: bool) -> Leads {
        leads(path.split('.'), "", relations)
    }

    #[test]
    fn names_on_the_way() {
        for path in [
            "links.next.href",
            "paging.next.after",
            "next_page_token",
            "nextLink",
            "@odata.nextLink",
            "meta.nextpagetoken",
            "paging.cursors.after",
            "continuation",
        ] {
            assert_eq!(lead(path, true), Leads::On, "{path}");
        }
        for path in ["links.prev.href", "paging.previous.cursor", "cursors.before", "prevLink"] {
            assert_eq!(lead(path, true), Leads::Back, "{path}");
        }
        for path in ["links.self", "links.last", "links.first.href", "_links.self.href"] {
            assert!(matches!(lead(path, true), Leads::Elsewhere(_)), "{path}");
        }
        for path in
            ["cursor", "request_id", "last_id", "page.last", "bookmark", "before.next_x.after_y"]
        {
            let expected = if path.contains("next") { Leads::On } else { Leads::Unclear };
            assert_eq!(lead(path, false), expected, "{path}");
        }
    }

    #[test]
    fn descriptions() {
        let of = |about| leads(["cursor"].into_iter(), about, false);
        assert_eq!(of("send it to get the next page"), Leads::On);
        assert_eq!(of("for the next page or the previous page"), Leads::Unclear);
        assert_eq!(of("a token"), Leads::Unclear);
    }
}
