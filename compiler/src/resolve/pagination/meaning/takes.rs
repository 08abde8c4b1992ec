//! Parameters: what number they take.

use super::{Said, has, words};

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Takes {
    /// The number of a page.
    Page,
    /// The number of a record.
    Offset,
    /// How many records a page has.
    Size,
    /// A token that an answer gave.
    Token,
}

impl Takes {
    pub(in super::super) fn noun(self) -> &'static str {
        match self {
            Takes::Page => "the number of a page",
            Takes::Offset => "the number of a record",
            Takes::Size => "how many records a page has",
            Takes::Token => "a token",
        }
    }
}

/// Ends of the names of page sizes.
pub(super) const SIZES: [&str; 11] = [
    "perpage",
    "pagesize",
    "pagelimit",
    "limit",
    "maxresults",
    "maxresult",
    "maxitems",
    "maxrecords",
    "batchsize",
    "pagelen",
    "pagelength",
];

/// Whole names of page sizes.
const WHOLE_SIZES: [&str; 9] =
    ["size", "count", "rows", "take", "top", "max", "results", "length", "n"];

const PAGES: [&str; 7] =
    ["page", "pagenumber", "pageno", "pagenum", "pagenr", "pageindex", "paged"];

const OFFSETS: [&str; 8] = [
    "offset",
    "skip",
    "startat",
    "startindex",
    "startrow",
    "startposition",
    "firstresult",
    "firstrecord",
];

/// What a parameter takes, by its name or by what the document says about it, and which of the two says so; `None` if
/// nobody knows.
pub(in super::super) fn takes(name: &str, about: &str) -> Option<(Takes, Said)> {
    let words = words(name);
    let joined = words.concat();
    let ends = |known: &[&str]| known.iter().any(|end| joined.ends_with(end));
    // `itemsOnPage`, `records_in_page`.
    let of_a_page = words.windows(2).any(|pair| {
        ["on", "per", "in", "a", "each", "of"].contains(&pair[0].as_str()) && pair[1] == "page"
    });
    let page = has(
        about,
        &["page number", "number of the page", "which page", "page index", "index of the page"],
    );
    let offset = has(
        about,
        &[
            "to skip",
            "offset of",
            "first record",
            "first result",
            "first item",
            "first row",
            "index of the first",
            "index of the record",
            "start index",
        ],
    );
    if is_token(&joined) {
        return Some((Takes::Token, Said::Name));
    }
    if ends(&SIZES) || of_a_page || WHOLE_SIZES.contains(&joined.as_str()) {
        return Some((Takes::Size, Said::Name));
    }
    // As text it may be either: `page[offset]`.
    if ends(&["pageoffset"]) {
        return None;
    }
    if has(about, &["token", "cursor"]) {
        return Some((Takes::Token, Said::Description));
    }
    let (named, other) = match (ends(&PAGES), ends(&OFFSETS)) {
        (true, _) => (Takes::Page, offset && !page),
        (_, true) => (Takes::Offset, page && !offset),
        _ => {
            let found = match (page, offset) {
                (true, false) => Takes::Page,
                (false, true) => Takes::Offset,
                _ => return None,
            };
            return Some((found, Said::Description));
        }
    };
    (!other).then_some((named, Said::Name))
}

/// Whether a name is that of what takes a token; `access_token` is another one.
fn is_token(joined: &str) -> bool {
    const TOKENS: [&str; 8] = [
        "cursor",
        "continuation",
        "continue",
        "bookmark",
        "marker",
        "scrollid",
        "startingafter",
        "searchafter",
    ];
    const OTHERS: [&str; 8] =
        ["access", "auth", "api", "refresh", "client", "csrf", "session", "secret"];
    has(joined, &TOKENS)
        || (joined.ends_with("token") && !has(joined, &OTHERS))
        || ["after", "pageafter", "next", "endingbefore"].contains(&joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters() {
        for (name, expected) in [
            ("page", Some(Takes::Page)),
            ("page[number]", Some(Takes::Page)),
            ("pageNumber", Some(Takes::Page)),
            ("pageIndex", Some(Takes::Page)),
            ("current_page", Some(Takes::Page)),
            ("offset", Some(Takes::Offset)),
            ("page[offset]", None),
            ("startAt", Some(Takes::Offset)),
            ("skip", Some(Takes::Offset)),
            ("$skip", Some(Takes::Offset)),
            ("start", None),
            ("per_page", Some(Takes::Size)),
            ("page[size]", Some(Takes::Size)),
            ("itemsOnPage", Some(Takes::Size)),
            ("size", Some(Takes::Size)),
            ("$top", Some(Takes::Size)),
            ("limit", Some(Takes::Size)),
            ("cursor", Some(Takes::Token)),
            ("page_token", Some(Takes::Token)),
            ("page[after]", Some(Takes::Token)),
            ("starting_after", Some(Takes::Token)),
            ("access_token", None),
            ("created_after", None),
            ("p", None),
        ] {
            let found = takes(name, "");
            assert_eq!(found, expected.map(|takes| (takes, Said::Name)), "{name}");
        }
    }

    #[test]
    fn descriptions_of_parameters() {
        let described = |takes| Some((takes, Said::Description));
        assert_eq!(takes("start", "the index of the first record"), described(Takes::Offset));
        assert_eq!(
            takes("start", "index of the record at which the page to return starts"),
            described(Takes::Offset)
        );
        assert_eq!(takes("p", "the page number"), described(Takes::Page));
        assert_eq!(
            takes("offset", "offset token, as the page before gave it"),
            described(Takes::Token)
        );
        assert_eq!(takes("page", "how many records to skip"), None);
        assert_eq!(takes("offset", "the page number, from 0"), None);
        for (name, about) in [
            ("size", "the size of the page to be returned"),
            ("count", "how many things to return. use together with offset."),
            ("top", "show only the first n items; see skip"),
            ("rows", "number of rows to return, starting with the offset"),
        ] {
            assert_eq!(takes(name, about), Some((Takes::Size, Said::Name)), "{name}");
        }
    }
}
