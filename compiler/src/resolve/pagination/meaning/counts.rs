//! Numbers of answers: what they count.

use super::takes::SIZES;
use super::{has, words};

/// What a number of an answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Counts {
    /// All records.
    Records,
    /// Nobody knows.
    Unclear,
    /// Something else.
    Other(&'static str),
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

/// Words beside `total` in names of the number of all records.
const RECORDS: [&str; 48] = [
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
];

/// Words of descriptions that count something else than records.
const ELSE: [&str; 16] = [
    "amount",
    "price",
    "cost",
    "cents",
    "currency",
    "sum of",
    "revenue",
    "balance",
    "bytes",
    "kilobyte",
    "megabyte",
    "storage",
    "seconds",
    "milliseconds",
    "score",
    "duration",
];

/// What descriptions call only some of the records.
const ONE_PAGE: [&str; 6] =
    ["this page", "current page", "the response", "this response", "on the page", "on a page"];

/// What descriptions begin with that are about numbers of pages.
const OF_PAGES: [&str; 5] =
    ["number of pages", "pages", "page count", "count of pages", "how many pages"];

/// What a number of an answer counts: by its path, by what the document says about it, and by what records are called.
pub(in super::super) fn counts(wire: &[String], about: &str, records: &[String]) -> Counts {
    let joined = |name: &String| words(name).concat();
    let Some(last) = wire.last().map(joined) else { return Counts::Unclear };
    let before = wire.iter().rev().nth(1).map(joined).unwrap_or_default();
    let whole = WHOLE.iter().find(|(_, names)| names.contains(&last.as_str()));
    let ends = || OTHERS.iter().find(|(_, ends)| ends.iter().any(|end| last.ends_with(end)));
    // Where pages are what is listed, there is no telling.
    let are_pages = records.iter().any(|name| ["page", "pages"].contains(&name.as_str()));
    if let Some((what, _)) = whole.or_else(ends) {
        let unclear = are_pages && [PAGES, PAGE].contains(what);
        return if unclear { Counts::Unclear } else { Counts::Other(what) };
    }
    if !are_pages && is_number_of_pages(about) {
        return Counts::Other(PAGES);
    }
    let of_records = |text: &str| {
        const KNOWN: [&str; 10] = [
            "record",
            "item",
            "result",
            "entr",
            "object",
            "row",
            "element",
            "match",
            "hits",
            "count of all",
        ];
        has(text, &KNOWN)
            || records.iter().any(|name| name.len() > 2 && text.contains(name.as_str()))
    };
    let known = |text: &str| {
        let records = records.iter().map(String::as_str);
        made_of(text, &RECORDS.iter().copied().chain(records).collect::<Vec<_>>())
    };
    let named = |name: &str| name.split_once("total").is_some_and(|(a, b)| known(a) && known(b));
    // `total.value`, `total.count`.
    let inside = (last == "value" || known(&last)) && named(&before);
    // `pages.total` may be the number of pages.
    let of_what = last == "total" && ["page", "pages"].contains(&before.as_str());
    let total = (named(&last) && !of_what) || inside;
    let described = about
        .split(['.', ';', '\n'])
        .any(|part| part.contains("total") && of_records(part) && !part.contains("page"));
    match (total || described) && !has(about, &ONE_PAGE) && !has(about, &ELSE) {
        true => Counts::Records,
        false => Counts::Unclear,
    }
}

/// Whether a description begins by saying so; behind that it may tell how pages follow from records.
fn is_number_of_pages(about: &str) -> bool {
    let mut rest = about.trim_start();
    for article in ["the ", "a ", "total "] {
        rest = rest.strip_prefix(article).unwrap_or(rest);
    }
    OF_PAGES.iter().any(|start| rest.starts_with(start))
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
            "grand_total",
            "total_value",
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
    fn what_else_is_counted_is_no_proof() {
        for (path, about) in [
            ("amount", "total amount due in cents"),
            ("sum", "the total price"),
            ("totalSize", "size of all files in bytes"),
            ("seats", "the total number of seats of the plan"),
            ("total", "the total amount of all invoices"),
        ] {
            assert_eq!(counted(path, about), Counts::Unclear, "{path}");
        }
        let total = "total number of contacts. divide by the limit to get the number of pages.";
        assert_eq!(counted("total", total), Counts::Records);
        let wire = ["total_pages".to_owned()];
        assert_eq!(counts(&wire, "", &["pages".to_owned()]), Counts::Unclear);
    }
}
