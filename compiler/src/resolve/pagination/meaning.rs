//! What names and descriptions say of the numbers of pages: what they count, and what a parameter takes.
//!
//! A document has no word for "the number of all records": all that it says of that is the name. So a name that plainly
//! says something else is an error, one that says it is a proof, and all between is an assumption.

use crate::resolve::names;

/// What a number of an answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// All records.
    Records,
    /// Nobody knows.
    Unclear,
    /// Something else.
    Other(&'static str),
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// The number of a page.
    Page,
    /// The number of a record.
    Offset,
    /// How many records a page has.
    Size,
    /// Nobody knows.
    Unclear,
}

impl Takes {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Takes::Page => "the number of a page",
            Takes::Offset => "the number of a record",
            Takes::Size => SIZE,
            Takes::Unclear => "a number",
        }
    }
}

const PAGES: &str = "how many pages there are";
const PAGE: &str = "the number of a page";
const SIZE: &str = "how many records a page has";
const BEGIN: &str = "where a page begins or ends";
const LEFT: &str = "how many records are left";
const SUM: &str = "a sum of something else than records";
const NONE: &str = "no number of records";

/// Ends of names, written without signs, that plainly say something else than the number of all records.
const OTHERS: [(&str, &[&str]); 7] = [
    (SIZE, &SIZES),
    (
        PAGES,
        &["pages", "pagecount", "pagescount", "pagestotal", "totalpage", "lastpage", "maxpage"],
    ),
    (PAGE, &["pagenumber", "pagenum", "pageno", "pagenr", "pageindex", "page"]),
    (BEGIN, &["offset", "skip", "startat", "startindex", "startrow", "startposition"]),
    (LEFT, &["remaining"]),
    (
        SUM,
        &[
            "totalprice",
            "totalamount",
            "totalcost",
            "totaltax",
            "totalfee",
            "totalfees",
            "totalrevenue",
            "totalbalance",
            "totaldiscount",
            "totalduration",
            "totaltime",
            "totalscore",
            "totalweight",
            "totalbytes",
        ],
    ),
    (NONE, &["cursor", "token", "timestamp", "statuscode", "errorcode"]),
];

/// Whole names that do.
const WHOLE: [(&str, &[&str]); 3] = [
    (BEGIN, &["start", "from", "to", "first", "last"]),
    (LEFT, &["left"]),
    (NONE, &["id", "code", "status", "version", "took", "duration"]),
];

/// Ends of the names of page sizes.
const SIZES: [&str; 11] = [
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

/// Words beside `total` in names of the number of all records.
const RECORDS: [&str; 50] = [
    "s",
    "count",
    "counts",
    "number",
    "num",
    "nb",
    "of",
    "the",
    "record",
    "records",
    "item",
    "items",
    "result",
    "results",
    "entry",
    "entries",
    "element",
    "elements",
    "object",
    "objects",
    "hit",
    "hits",
    "row",
    "rows",
    "size",
    "match",
    "matches",
    "matched",
    "matching",
    "found",
    "document",
    "documents",
    "entity",
    "entities",
    "node",
    "nodes",
    "available",
    "all",
    "value",
    "length",
    "filtered",
    "in",
    "collection",
    "set",
    "query",
    "resource",
    "resources",
    "search",
    "list",
    "grand",
];

/// What descriptions call all records, and only some of them.
const ONE_PAGE: [&str; 6] =
    ["this page", "current page", "the response", "this response", "on the page", "on a page"];

/// What a number of an answer counts: by its path, by what the document says about it, and by what records are called.
pub(super) fn counts(wire: &[String], about: &str, records: &[String]) -> Counts {
    let joined = |name: &String| words(name).concat();
    let Some(last) = wire.last().map(joined) else { return Counts::Unclear };
    let before = wire.iter().rev().nth(1).map(joined).unwrap_or_default();
    let whole = WHOLE.iter().find(|(_, names)| names.contains(&last.as_str()));
    let ends = || OTHERS.iter().find(|(_, ends)| ends.iter().any(|end| last.ends_with(end)));
    if let Some((what, _)) = whole.or_else(ends) {
        return Counts::Other(what);
    }
    let says = |known: &[&str]| known.iter().any(|text| about.contains(text));
    let some = says(&ONE_PAGE);
    let of_records = says(&["record", "item", "result", "entr", "object", "row", "element"]);
    let of_pages =
        says(&["number of pages", "total pages", "page count", "count of pages", "how many pages"]);
    if of_pages && !of_records {
        return Counts::Other(PAGES);
    }
    let known = |text: &str| {
        let records = records.iter().map(String::as_str);
        made_of(text, &RECORDS.iter().copied().chain(records).collect::<Vec<_>>())
    };
    let named = |name: &str| name.split_once("total").is_some_and(|(a, b)| known(a) && known(b));
    // `total.value`, `total.count`.
    let inside = known(&last) && named(&before);
    // `pages.total` may be the number of pages.
    let of_what = last == "total" && ["page", "pages"].contains(&before.as_str());
    let total = (named(&last) && !of_what) || inside;
    match total || (about.contains("total") && !of_pages) {
        true if !some => Counts::Records,
        _ => Counts::Unclear,
    }
}

/// What a parameter takes: by its name, and by what the document says about it.
pub(super) fn takes(name: &str, about: &str) -> Takes {
    let joined = words(name).concat();
    let ends = |known: &[&str]| known.iter().any(|end| joined.ends_with(end));
    let says = |known: &[&str]| known.iter().any(|text| about.contains(text));
    let page = says(&[
        "page number",
        "number of the page",
        "page to",
        "which page",
        "page index",
        "number of pages",
    ]);
    let offset = says(&[
        "skip",
        "offset",
        "first record",
        "first result",
        "first item",
        "first row",
        "index of the first",
        "start index",
    ]);
    let named = if ends(&SIZES) {
        Takes::Size
    } else if ends(&["pageoffset"]) {
        Takes::Unclear
    } else if ends(&["page", "pagenumber", "pageno", "pagenum", "pagenr", "pageindex", "paged"]) {
        Takes::Page
    } else if ends(&[
        "offset",
        "skip",
        "startat",
        "startindex",
        "startrow",
        "startposition",
        "firstresult",
        "firstrecord",
    ]) {
        Takes::Offset
    } else {
        Takes::Unclear
    };
    match (named, page, offset) {
        (Takes::Page | Takes::Size, false, true) | (Takes::Offset | Takes::Size, true, false) => {
            Takes::Unclear
        }
        (Takes::Unclear, true, false) => Takes::Page,
        (Takes::Unclear, false, true) => Takes::Offset,
        (named, _, _) => named,
    }
}

/// Whether a flag says that a page is the last (true) or that there is more (false): by its name, else by its description.
pub(super) fn is_last(name: &str, about: &str) -> Option<bool> {
    const LAST: [&str; 8] =
        ["last", "done", "finished", "complete", "completed", "exhausted", "endof", "isend"];
    const MORE: [&str; 6] = ["more", "next", "additional", "truncated", "remaining", "continue"];
    let joined = words(name).concat();
    let has = |text: &str, known: &[&str]| known.iter().any(|word| text.contains(word));
    // `incomplete_results` may be so for other reasons.
    let unclear = joined.contains("incomplete") || joined.contains("not");
    match (has(&joined, &LAST), has(&joined, &MORE)) {
        (last, more) if last != more && !unclear => Some(last),
        _ => {
            let last = has(about, &["last page", "no more", "end of"]);
            let more = has(
                about,
                &["there are more", "more results", "more items", "more records", "next page"],
            );
            (last != more).then_some(last)
        }
    }
}

fn words(name: &str) -> Vec<String> {
    names::words(name).iter().map(|word| word.to_lowercase()).collect()
}

/// Whether a text is nothing but some of these words, one after another.
fn made_of(text: &str, words: &[&str]) -> bool {
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    for at in 0..text.len() {
        let Some(rest) = text.get(at..).filter(|_| ends[at]) else { continue };
        for word in words.iter().filter(|word| !word.is_empty() && rest.starts_with(**word)) {
            ends[at + word.len()] = true;
        }
    }
    ends[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn counted(path: &str, about: &str) -> Counts {
        let wire: Vec<String> = path.split('.').map(str::to_owned).collect();
        counts(&wire, about, &["contacts".to_owned()])
    }

    #[test]
    fn names_of_all_records() {
        for path in [
            "total",
            "totalCount",
            "total_count",
            "count_total",
            "totalSize",
            "meta.total",
            "page.totalElements",
            "total_records",
            "numberOfTotalResults",
            "totalresults",
            "total_contacts",
            "hits.total.value",
            "meta.total.count",
            "totals",
            "grand_total",
            "recordsTotal",
            "total_found",
            "totalItemsInCollection",
        ] {
            assert_eq!(counted(path, ""), Counts::Records, "{path}");
        }
        for path in [
            "count",
            "size",
            "numFound",
            "results",
            "pages.total",
            "total_users",
            "amount",
            "numberOfElements",
        ] {
            assert_eq!(counted(path, ""), Counts::Unclear, "{path}");
        }
        for path in [
            "pages",
            "total_pages",
            "pageCount",
            "page_count",
            "totalPages",
            "num_pages",
            "last_page",
            "page",
            "page_number",
            "limit",
            "per_page",
            "itemsPerPage",
            "pageSize",
            "offset",
            "next_offset",
            "start",
            "startIndex",
            "maxResults",
            "total.pages",
            "remaining",
            "total_price",
            "status_code",
            "total_per_page",
        ] {
            assert!(matches!(counted(path, ""), Counts::Other(_)), "{path}");
        }
    }

    #[test]
    fn descriptions_say_what_names_do_not() {
        assert_eq!(counted("count", "the total number of results"), Counts::Records);
        assert_eq!(
            counted("count", "the number of results on this page, not the total"),
            Counts::Unclear
        );
        assert_eq!(counted("total", "the number of results in this response"), Counts::Unclear);
        assert_eq!(counted("total", "the total number of pages"), Counts::Other(PAGES));
        assert_eq!(
            counted("total", "total records; divide by the limit for the number of pages"),
            Counts::Records
        );
    }

    #[test]
    fn names_of_flags() {
        for name in ["isLast", "last_page", "done", "endOfStream", "is_complete", "last"] {
            assert_eq!(is_last(name, ""), Some(true), "{name}");
        }
        for name in ["has_more", "hasNextPage", "moreItems", "is_truncated", "isMoreAvailable"] {
            assert_eq!(is_last(name, ""), Some(false), "{name}");
        }
        for name in ["ok", "flag", "incomplete_results", "moreOrLast", "not_last"] {
            assert_eq!(is_last(name, ""), None, "{name}");
        }
        assert_eq!(is_last("flag", "whether this is the last page"), Some(true));
        assert_eq!(is_last("flag", "true while there are more results"), Some(false));
    }

    #[test]
    fn names_of_parameters() {
        for (name, expected) in [
            ("page", Takes::Page),
            ("page[number]", Takes::Page),
            ("pageNumber", Takes::Page),
            ("pageIndex", Takes::Page),
            ("current_page", Takes::Page),
            ("offset", Takes::Offset),
            ("page[offset]", Takes::Unclear),
            ("startAt", Takes::Offset),
            ("skip", Takes::Offset),
            ("$skip", Takes::Offset),
            ("start", Takes::Unclear),
            ("per_page", Takes::Size),
            ("page[size]", Takes::Size),
            ("limit", Takes::Size),
            ("p", Takes::Unclear),
        ] {
            assert_eq!(takes(name, ""), expected, "{name}");
        }
        assert_eq!(takes("start", "the index of the first record"), Takes::Offset);
        assert_eq!(takes("p", "the page number"), Takes::Page);
        assert_eq!(takes("page", "how many records to skip"), Takes::Unclear);
        assert_eq!(takes("offset", "the page number, from 0"), Takes::Unclear);
    }
}
