//! The rule that leads to the next page.

use super::items::Items;
use super::{Recognising, Shape, cursor};
use crate::init::outline::scalar;
use crate::init::view::{self, Value};
use crate::ir::{Field, Operation};
use crate::resolve::documented;
use crate::resolve::pagination::url_extends;
use crate::resolve::slots::{Plain, plain};

/// Flags that are true while there is more.
pub(super) const MORE: [&str; 14] = [
    "hasadditional",
    "hasmore",
    "hasmoreitems",
    "hasmoreresults",
    "hasnext",
    "hasnextpage",
    "ismoreresults",
    "ismoreavailable",
    "more",
    "moredata",
    "moreitemsincollection",
    "morerecords",
    "moreresults",
    "ismore",
];

/// Flags that are true on the last page.
pub(super) const LAST: [&str; 8] =
    ["endofstream", "done", "endoflist", "islast", "islastpage", "isend", "last", "lastpage"];

/// Numbers of all records.
pub(super) const TOTAL: [&str; 18] = [
    "numberoftotalresults",
    "numfound",
    "recordcount",
    "resultcount",
    "total",
    "totalcount",
    "totalelements",
    "totalentries",
    "totalhits",
    "totalitemcount",
    "totalitems",
    "totalrecordcount",
    "totalrecords",
    "totalresults",
    "totalrows",
    "totalsize",
    "totalobjects",
    "totalnumber",
];

/// Numbers of all pages.
pub(super) const PAGES: [&str; 7] =
    ["pages", "totalpages", "pagecount", "pagestotal", "numpages", "numberofpages", "lastpage"];

const OFFSET: [&str; 10] = [
    "offset",
    "pageoffset",
    "recordoffset",
    "skip",
    "start",
    "startat",
    "startoffset",
    "startrow",
    "from",
    "startindex",
];

const PAGE: [&str; 8] =
    ["currentpage", "page", "pageindex", "pageno", "pagenum", "pagenumber", "paged", "pagepage"];

/// A rule that was found.
pub(super) struct Found {
    pub(super) shape: Shape,
    /// As YAML.
    pub(super) rule: String,
    pub(super) why: Vec<String>,
    /// Whether only a page size can tell where it ends.
    pub(super) open: bool,
    pub(super) assumed: Vec<String>,
    /// Why the listing ends, where the document does not say that it does.
    pub(super) ends: Option<String>,
    /// The operation that reads on.
    pub(super) then: Option<String>,
}

impl Found {
    fn new(shape: Shape, rule: String, why: Vec<String>) -> Found {
        Found { shape, rule, why, open: false, assumed: Vec::new(), ends: None, then: None }
    }

    /// The next page is told by a value of the answer. One without a type is assumed; one that is always there ends by
    /// a flag, or by being empty.
    fn told_by(self, from: &Value, what: &str, flagged: bool) -> Found {
        let ends = (!flagged && from.always)
            .then(|| format!("the document has {what} on every page: an empty one ends"));
        let assumed = (from.plain == Plain::Unknown).then(|| from.path.clone());
        Found { ends, assumed: assumed.into_iter().collect(), ..self }
    }
}

/// Whether a parameter is about pages, and nothing else.
pub(super) fn is_about_pages(name: &str) -> bool {
    PAGE.contains(&name)
        || ["cursor", "offset", "pagetoken", "nextpagetoken", "perpage", "pagesize"].contains(&name)
}

/// The rule of an operation; an error says what is unclear about it.
pub(super) fn find(
    seen: &Recognising<'_>,
    items: &Items,
    others: &[&Operation],
) -> Result<Option<Found>, String> {
    if let Some(found) = token(seen).or_else(|| url(seen, others)).or_else(|| link(seen)) {
        return Ok(Some(found));
    }
    if let Some(found) = offset(seen)? {
        return Ok(Some(found));
    }
    match page(seen).or_else(|| then(seen, others)).or_else(|| behind(seen, items)) {
        None => open_end(seen).map_or(Ok(None), Err),
        found => Ok(found),
    }
}

/// The next page begins behind the last record: a flag says whether there is one, and every record has a key.
fn behind(seen: &Recognising<'_>, items: &Items) -> Option<Found> {
    let into = seen.request.iter().find(|value| value.name() == "startingafter")?;
    let (more, flag) = seen.more()?;
    let fields = &seen.types.as_struct(items.item.id)?.fields;
    let sure = |field: &&Field| {
        let kind = plain(seen.types, field.ty);
        !field.may_be_missing()
            && (kind == into.plain || into.plain == Plain::Text && kind == Plain::Integer)
    };
    let key = ["id", "gid", "uuid", "key"]
        .iter()
        .find_map(|name| fields.iter().filter(sure).find(|field| field.wire == *name))?;
    let from = format!("{}[-1].{}", items.path, key.wire);
    let rule = format!("{{from: {}, into: {}{more}}}", scalar(&from), scalar(&into.path));
    let why = vec![
        format!(
            "the request takes `{}`, the `{}` of the last record by its name",
            into.path, key.wire
        ),
        format!("`{}` says whether there is more", flag.path),
    ];
    Some(Found::new(Shape::Cursor, rule, why))
}

/// What a request can be given, though nothing in the answer is known to be that.
fn open_end(seen: &Recognising<'_>) -> Option<String> {
    let into = seen
        .request
        .iter()
        .find(|value| cursor::INTO.contains(&value.name()) && value.plain == Plain::Text)?;
    Some(match seen.more() {
        Some((_, flag)) => format!(
            "the document does not say where answers have what `{}` takes (`{}` says whether there is more; where it is the \
             key of the last record, `from` is `body.ITEMS[-1].KEY`)",
            into.path, flag.path
        ),
        None => format!("the document does not say where answers have what `{}` takes", into.path),
    })
}

fn token(seen: &Recognising<'_>) -> Option<Found> {
    let cursor::Found { from, into } = cursor::find(seen)?;
    // Some want an empty token with the first request, which a cursor does not send.
    let words = view::words(seen.documents, &into.place);
    if words.contains("empty string") && words.contains("first") {
        return None;
    }
    let (more, flag) = seen.more().map_or_else(Default::default, |(more, flag)| (more, Some(flag)));
    let rule = format!("{{from: {}, into: {}{more}}}", scalar(&from.path), scalar(&into.path));
    let mut why =
        vec![format!("the answer has `{}`, the request takes `{}`", from.path, into.path)];
    why.extend(flag.map(|flag| format!("`{}` says whether there is more", flag.path)));
    Some(Found::new(Shape::Cursor, rule, why).told_by(from, "a token", flag.is_some()))
}

fn url(seen: &Recognising<'_>, others: &[&Operation]) -> Option<Found> {
    let is_next = |value: &&Value| {
        let joined = value.joined();
        let named = cursor::names_url(&joined);
        // Of the objects on the way, only the ones that are about a next page.
        let next = ["next", "nextpage", "afterurl"].contains(&value.name())
            || ["nexthref", "nexturl", "nexturi", "nextpageuri"]
                .iter()
                .any(|end| joined.ends_with(end))
            || (value.name().contains("next") && named);
        let text = value.plain == Plain::Text || (value.plain == Plain::Unknown && named);
        next && text && (named || view::is_url(seen.documents, &value.place))
    };
    let from = seen.answer.iter().find(is_next)?;
    let (more, _) = seen.more().unzip();
    let flagged = more.is_some();
    let mut why = vec![format!("the answer has the URL of the next page at `{}`", from.path)];
    // A URL tells no method: where the document has a GET beside a list that is not read so, it is that one's.
    let extends = |path: &str| url_extends(path, &seen.operation.path);
    let gets = (seen.operation.method != "GET")
        .then(|| documented::read_alike(seen.documents, &seen.operation.defined, extends));
    let gets = gets.unwrap_or_default();
    let other = others.iter().find(|other| gets.iter().any(|get| get.place == other.defined));
    if let Some(other) = other {
        why.push(format!("`GET {}` answers alike, so it is a URL of that", other.path));
    }
    let of = other.map(|other| format!(", operation: {}", other.name)).unwrap_or_default();
    let rule = format!("{{from: {}{}{of}}}", scalar(&from.path), more.unwrap_or_default());
    let found = Found::new(Shape::Url, rule, why).told_by(from, "a URL", flagged);
    Some(Found { then: other.map(|other| other.name.clone()), ..found })
}

fn link(seen: &Recognising<'_>) -> Option<Found> {
    documented::has_header(seen.documents, &seen.operation.defined, "Link").then(|| {
        let why = "the document lists a `Link` header; its `rel=\"next\"` is followed";
        Found::new(Shape::Link, "true".to_owned(), vec![why.to_owned()])
    })
}

fn offset(seen: &Recognising<'_>) -> Result<Option<Found>, String> {
    let Some(into) = named(seen, &OFFSET) else { return Ok(None) };
    let said = |key: &str| view::number(seen.documents, &into.place, key);
    let answers = |name: &str| seen.answer.iter().any(|value| value.name() == name);
    let first = if said("default") == Some(1) || said("minimum") == Some(1) {
        Some("the document counts records from 1")
    } else if into.name() != "startindex" || said("default") == Some(0) {
        None
    } else if answers("totalresults") && answers("itemsperpage") {
        Some("answers are those of SCIM, which counts from 1 (RFC 7644, 3.4.2.4)")
    } else {
        return Err(format!(
            "the document does not say whether `{}` counts from 0 or from 1 (`first: 1`)",
            into.path
        ));
    };
    let key = if first.is_some() { ", first: 1" } else { "" };
    let why = first.map(str::to_owned).into_iter().collect();
    Ok(Some(counted(seen, Shape::Offset, (into, key), why)))
}

fn page(seen: &Recognising<'_>) -> Option<Found> {
    let into = named(seen, &PAGE)?;
    let known = ["default", "minimum"]
        .iter()
        .any(|key| view::number(seen.documents, &into.place, key).is_some());
    let mut why = Vec::new();
    if !known {
        why.push(
            "the document does not say what the first page's number is; `first` is 1".to_owned(),
        );
    }
    Some(counted(seen, Shape::Page, (into, ""), why))
}

/// A rule that counts, and where it ends.
fn counted(
    seen: &Recognising<'_>,
    shape: Shape,
    (into, first): (&Value, &str),
    whys: Vec<String>,
) -> Found {
    let (total, more) = (seen.total(), seen.more());
    let mut why = vec![format!("the request takes `{}`", into.path)];
    match (&total, &more) {
        (None, None) => why.push(match seen.count() {
            Some(count) => format!(
                "the document does not say whether `{}` counts all records or those of the page: pages are read until one \
                 is empty",
                count.path
            ),
            None => "the document tells no total: pages are read until one is empty".to_owned(),
        }),
        _ => {
            let ends = [total.as_ref().map(|(_, v)| v), more.as_ref().map(|(_, v)| v)];
            let ends: Vec<String> =
                ends.into_iter().flatten().map(|value| format!("`{}`", value.path)).collect();
            why.push(format!("the end is known by {}", ends.join(" and ")));
        }
    }
    why.extend(whys);
    let open = total.is_none() && more.is_none();
    let (total, more) = (total.map(|(text, _)| text), more.map(|(text, _)| text));
    let (total, more) = (total.unwrap_or_default(), more.unwrap_or_default());
    let rule = format!("{{into: {}{first}{total}{more}}}", scalar(&into.path));
    Found { open, ..Found::new(shape, rule, why) }
}

/// The first whole number of the request with one of these names.
fn named<'s>(seen: &'s Recognising<'_>, names: &[&str]) -> Option<&'s Value> {
    let of =
        |name: &&str| seen.request.iter().find(|value| value.name() == *name && value.is_number());
    // `start` and `from` are dates elsewhere; so a number of that name alone says little.
    let sized = || seen.request.iter().any(super::size::is_size);
    names.iter().filter(|name| !["start", "from"].contains(*name) || sized()).find_map(of)
}

/// Another operation that is given the token and answers alike.
fn then(seen: &Recognising<'_>, others: &[&Operation]) -> Option<Found> {
    let (_, flag) = seen.more().filter(|(more, _)| more.starts_with(", more"))?;
    let output = view::output(seen.operation)?.0;
    let from = seen.answer.iter().find(|value| {
        value.plain == Plain::Text
            && ["cursor", "nextcursor", "continuationtoken"].contains(&value.name())
    })?;
    let reads_on = |other: &&&Operation| {
        other.path.strip_prefix(seen.operation.path.as_str()).is_some_and(|rest| {
            ["continue", "next", "more"].contains(&rest.trim_start_matches(['/', '.', ':', '_']))
        }) && view::output(other).is_some_and(|(ty, _)| ty.id == output.id)
    };
    let other = others.iter().find(reads_on)?;
    let into = view::request(seen.types, other);
    let into = into.iter().find(|value| value.name() == from.name() || value.name() == "cursor")?;
    let rule = format!(
        "{{operation: {}, from: {}, into: {}, more: {}}}",
        other.name,
        scalar(&from.path),
        scalar(&into.path),
        scalar(&flag.path)
    );
    let why = vec![format!("`{}` takes `{}` and answers alike", other.name, from.path)];
    Some(Found { then: Some(other.name.clone()), ..Found::new(Shape::Then, rule, why) })
}
