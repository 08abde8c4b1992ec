//! Every way in which pages follow each other.

use crate::hooks::{Signer, hook};
use crate::support::{PLAIN, Provider, Reply, Seen, ok};
use gusset::http::Method;
use gusset::log::{Filter, SqliteLog};
use gusset::serde::Deserialize;
use gusset::serde_json::{Value, json};
use gusset::{
    Auth, Client, Error, HookSlot, Listing, Next, Operation, OperationMeta, Options, PageHints,
    PageSize, PageState, Paginated, Pagination, Preset, Repeat, Request, RequestHook, Slot,
};
use std::sync::Arc;

/// A page in which every kind of listing finds what it needs.
#[derive(Debug, Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Page {
    items: Option<Vec<i64>>,
    next: Option<String>,
    more: Option<bool>,
    total: Option<u64>,
}

const fn meta(name: &'static str, path: &'static str, method: Method) -> OperationMeta {
    OperationMeta::new(&PLAIN, name, method, path, Repeat::Safe)
}

macro_rules! listing {
    ($name:ident, $method:ident, $next:expr, $size:expr, $exclusive:literal) => {
        pub(crate) struct $name;

        impl Operation for $name {
            type Client = Client;
            type Output = Page;
            const META: &'static OperationMeta = &meta("list", "/items", Method::$method);
            const DECODE: gusset::Decode<Page> = gusset::Response::json;

            fn write(&self, request: &mut Request) -> Result<(), Error> {
                request.query("filter", "x");
                Ok(())
            }
        }

        impl Paginated for $name {
            type Item = i64;
            const PLAN: &'static Pagination =
                &Pagination { items: "/items", next: $next, size: $size, exclusive: $exclusive };

            fn hints(page: &Page) -> PageHints<'_> {
                PageHints {
                    next: page.next.as_deref().map(Into::into),
                    more: page.more,
                    total: page.total,
                }
            }

            fn has_items(page: &Page) -> bool {
                page.items.is_some()
            }

            fn items(page: Page) -> Vec<i64> {
                page.items.unwrap_or_default()
            }
        }
    };
}

pub(crate) static ALL: Listing = Listing { preset: Preset::NOTHING, since: None };
const LIMIT_2: Option<PageSize> = Some(PageSize { into: Some(Slot::Query("limit")), value: 2 });

listing!(Cursor, GET, Next::Cursor { into: Slot::Query("after") }, LIMIT_2, false);
listing!(Exclusive, GET, Next::Cursor { into: Slot::Query("after") }, LIMIT_2, true);
listing!(
    InBody,
    POST,
    Next::Cursor { into: Slot::Body("/paging/after") },
    Some(PageSize { into: Some(Slot::Body("/paging/limit")), value: 2 }),
    false
);
listing!(Url, GET, Next::Url { operation: None }, LIMIT_2, false);
listing!(Link, GET, Next::Link, LIMIT_2, false);
listing!(
    Offset,
    GET,
    Next::Offset { into: Slot::Query("offset"), first: 0, template: None },
    LIMIT_2,
    false
);
listing!(
    Unsized,
    GET,
    Next::Offset { into: Slot::Query("offset"), first: 0, template: None },
    None,
    false
);
listing!(
    InText,
    GET,
    Next::Offset {
        into: Slot::Query("filter"),
        first: 1,
        template: Some("{value} from {start} count {size}"),
    },
    LIMIT_2,
    false
);
listing!(
    InNoText,
    GET,
    Next::Offset { into: Slot::Query("query"), first: 1, template: Some("{value} from {start}") },
    LIMIT_2,
    false
);
listing!(Numbered, GET, Next::Page { into: Slot::Query("page"), first: 1 }, LIMIT_2, false);
listing!(
    Continued,
    POST,
    Next::Continue { operation: &CONTINUE, into: Slot::Body("/cursor") },
    None,
    false
);

listing!(Elsewhere, POST, Next::Url { operation: Some(&NEXT) }, None, false);

static NEXT: OperationMeta = meta("next", "/items/next", Method::GET);
static CONTINUE: OperationMeta = meta("continue", "/items/continue", Method::POST);

async fn read<O: Paginated>(provider: &Provider, operation: O) -> Result<Vec<O::Item>, Error> {
    provider.client().items(operation).collect().await
}

/// Items 1 to 5, two a page, from an index.
pub(crate) fn slice(from: usize, rest: Value) -> Reply {
    let items: Vec<usize> = (1..=5).skip(from).take(2).collect();
    let mut body = json!({ "items": items });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    ok(body)
}

fn number(seen: &Seen, name: &str) -> usize {
    seen.query(name).map_or(0, |text| text.parse().unwrap())
}

fn cursor_page(from: usize) -> Reply {
    let next = (from + 2 < 5).then(|| (from + 2).to_string());
    slice(from, json!({ "next": next }))
}

#[tokio::test]
async fn a_cursor_in_the_query() {
    let provider = Provider::start(|seen, _| cursor_page(number(seen, "after"))).await;
    assert_eq!(read(&provider, Cursor).await.unwrap(), [1, 2, 3, 4, 5]);
    let queries: Vec<String> = provider.seen().into_iter().map(|seen| seen.query).collect();
    assert_eq!(
        queries,
        ["filter=x&limit=2", "filter=x&limit=2&after=2", "filter=x&limit=2&after=4"]
    );
}

#[tokio::test]
async fn a_url_of_another_operation_is_sent_by_its_method() {
    let provider = Provider::start(|seen, _| {
        let from = number(seen, "page-token");
        let next = (from + 2 < 5).then(|| format!("/items/next?page-token={}", from + 2));
        slice(from, json!({ "next": next }))
    })
    .await;
    assert_eq!(read(&provider, Elsewhere).await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(read_by_page::<Elsewhere>(&provider.client()).await.unwrap(), [1, 2, 3, 4, 5]);
    let calls: Vec<String> = provider
        .seen()
        .into_iter()
        .map(|seen| {
            assert!(seen.method == "POST" || seen.header("content-type").is_none());
            format!("{} {}?{}", seen.method, seen.path, seen.query)
        })
        .collect();
    let on = ["GET /items/next?page-token=2", "GET /items/next?page-token=4"];
    assert_eq!(calls, [&["POST /items?filter=x"], &on[..], &["POST /items?"], &on[..]].concat());
}

/// The last item of a page leads on.
struct Behind;

impl Operation for Behind {
    type Client = Client;
    type Output = Page;
    const META: &'static OperationMeta = &meta("list", "/items", Method::GET);
    const DECODE: gusset::Decode<Page> = gusset::Response::json;
}

impl Paginated for Behind {
    type Item = i64;
    const PLAN: &'static Pagination = &Pagination {
        items: "/items",
        next: Next::After { into: Slot::Query("after"), of: "" },
        size: None,
        exclusive: false,
    };

    fn hints(page: &Page) -> PageHints<'_> {
        let last = page.items.as_ref().and_then(|items| items.last());
        let next = last.map(|item| item.to_string().into());
        PageHints { next, more: page.more, ..PageHints::default() }
    }

    fn items(page: Page) -> Vec<i64> {
        page.items.unwrap_or_default()
    }
}

#[tokio::test]
async fn behind_the_last_record_until_a_page_is_empty() {
    let provider = Provider::start(|seen, _| slice(number(seen, "after"), json!({}))).await;
    assert_eq!(read(&provider, Behind).await.unwrap(), [1, 2, 3, 4, 5]);
    let queries: Vec<String> = provider.seen().into_iter().map(|seen| seen.query).collect();
    assert_eq!(queries, ["", "after=2", "after=4", "after=5"]);
}

#[tokio::test]
async fn behind_a_last_record_that_does_not_decode() {
    let pages = |seen: &Seen, _| match seen.query("after").as_deref() {
        None => ok(json!({"items": [1, "two"]})),
        Some("two") => ok(json!({"items": [3, {}]})),
        after => panic!("{after:?}"),
    };
    let provider = Provider::start(pages).await;
    let client = provider.client();
    let page = client.read_page::<Behind>(&ALL, None, &PageState::Start).await.unwrap();
    assert_eq!((page.items, page.rejected.len()), (vec![1], 1));
    let error = client.read_page::<Behind>(&ALL, None, &page.next).await.unwrap_err();
    assert!(error.to_string().contains("where the next page begins"), "{error}");
}

#[tokio::test]
async fn a_cursor_that_must_be_alone() {
    let provider = Provider::start(|seen, _| cursor_page(number(seen, "after"))).await;
    assert_eq!(read(&provider, Exclusive).await.unwrap().len(), 5);
    let queries: Vec<String> = provider.seen().into_iter().map(|seen| seen.query).collect();
    assert_eq!(queries, ["filter=x&limit=2", "after=2", "after=4"]);
}

#[tokio::test]
async fn a_cursor_in_the_body() {
    let provider = Provider::start(|seen, _| {
        let after = seen.json()["paging"]["after"].as_str().map_or(0, |text| text.parse().unwrap());
        cursor_page(after)
    })
    .await;
    assert_eq!(read(&provider, InBody).await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(provider.seen()[0].json(), json!({"paging": {"limit": 2}}));
    assert_eq!(provider.seen()[2].json(), json!({"paging": {"limit": 2, "after": "4"}}));
    assert_eq!(provider.seen()[2].header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_page_without_its_items_is_an_error() {
    let provider = Provider::start(|_, _| ok(json!({ "records": [1] }))).await;
    let missing = |error: Error| match error {
        Error::Decode { path, .. } => assert_eq!(path, "items"),
        error => panic!("{error}"),
    };
    missing(read(&provider, Cursor).await.unwrap_err());
    missing(provider.client().pages(Cursor).next().await.unwrap().unwrap_err());
    static ALL: Listing = Listing { preset: Preset::NOTHING, since: None };
    let client = provider.client();
    missing(client.read_page::<Cursor>(&ALL, None, &PageState::Start).await.unwrap_err());
}

#[tokio::test]
async fn a_page_within_a_text_wants_the_text() {
    let provider = Provider::start(|seen, _| {
        let text = seen.query("filter").unwrap();
        let start = text.split(' ').nth(2).unwrap().parse::<usize>().unwrap();
        slice(start - 1, json!({}))
    })
    .await;
    assert_eq!(read(&provider, InText).await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(provider.seen()[1].query("filter").as_deref(), Some("x from 3 count 2"));
    let before = provider.seen().len();
    let error = read(&provider, InNoText).await.unwrap_err().to_string();
    assert!(error.contains("the request has none"), "{error}");
    assert_eq!(provider.seen().len(), before);
}

#[tokio::test]
async fn an_empty_cursor_is_the_end() {
    let provider = Provider::start(|_, _| slice(0, json!({"next": ""}))).await;
    assert_eq!(read(&provider, Cursor).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn a_cursor_with_has_more_ends_by_it() {
    let provider = Provider::start(|seen, _| {
        let from = number(seen, "after");
        slice(from, json!({"next": (from + 2).to_string(), "more": from + 2 < 5}))
    })
    .await;
    assert_eq!(read(&provider, Cursor).await.unwrap().len(), 5);
}

#[tokio::test]
async fn more_without_a_cursor_is_an_error() {
    let provider = Provider::start(|_, _| slice(0, json!({"more": true}))).await;
    let error = read(&provider, Cursor).await.unwrap_err();
    assert!(error.to_string().contains("not where"), "{error}");
}

#[tokio::test]
async fn a_cursor_that_comes_back_is_an_error() {
    for cycle in 1..4 {
        let provider = Provider::start(move |_, before| {
            slice(0, json!({"next": (before % cycle).to_string()}))
        })
        .await;
        let error = read(&provider, Cursor).await.unwrap_err();
        assert!(error.to_string().contains("would never end"), "{error}");
        assert_eq!(provider.count(), cycle + 1);
    }
}

#[tokio::test]
async fn a_cursor_that_comes_back_is_an_error_page_by_page_too() {
    let provider =
        Provider::start(|_, before| slice(0, json!({"next": (before % 2).to_string()}))).await;
    let error = read_by_page::<Cursor>(&provider.client()).await.unwrap_err();
    assert!(error.to_string().contains("would never end"), "{error}");
    assert_eq!(provider.count(), 3);
}

#[tokio::test]
async fn a_provider_that_does_not_look_at_the_offset_is_found_out() {
    let provider = Provider::start(|_, _| slice(0, json!({}))).await;
    for error in [
        read(&provider, Offset).await.unwrap_err(),
        read(&provider, Numbered).await.unwrap_err(),
        read_by_page::<Offset>(&provider.client()).await.unwrap_err(),
        read_by_page::<Numbered>(&provider.client()).await.unwrap_err(),
    ] {
        assert!(error.to_string().contains("the same records"), "{error}");
    }
    assert_eq!(provider.count(), 8);
}

/// Reads as a sync does, but no more than 9 pages.
async fn read_by_page<O: Paginated<Item = i64>>(client: &Client) -> Result<Vec<i64>, Error> {
    let (mut all, mut page) = (Vec::new(), PageState::Start);
    for _ in 0..9 {
        let read = client.read_page::<O>(&ALL, None, &page).await?;
        all.extend(read.items);
        page = read.next;
    }
    assert_eq!(page, PageState::Done);
    Ok(all)
}

#[tokio::test]
async fn next_urls_absolute_and_relative() {
    for relative in [false, true] {
        let provider = Provider::start(move |seen, _| {
            let from = number(seen, "from");
            let host = seen.header("host").unwrap();
            let path = format!("/more?from={}&opaque=%2F", from + 2);
            let next = if relative { path } else { format!("http://{host}{path}") };
            slice(from, json!({ "next": (from + 2 < 5).then_some(next) }))
        })
        .await;
        assert_eq!(read(&provider, Url).await.unwrap(), [1, 2, 3, 4, 5]);
        let seen = provider.seen();
        assert_eq!((seen[1].path.as_str(), seen[1].query.as_str()), ("/more", "from=2&opaque=%2F"));
    }
}

#[tokio::test]
async fn of_what_hooks_set_a_next_link_loses_that_of_its_own_operation() {
    const STAMP: [HookSlot; 1] = [HookSlot::Query("stamp")];
    static HOOKS: [RequestHook; 2] =
        [hook("stamp", &STAMP, &["list"]), hook("mark", &[HookSlot::Query("mark")], &["another"])];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = Arc::new(SqliteLog::open(&path).unwrap());
    let provider = Provider::start(|seen, before| {
        let stamp = seen.query("stamp").unwrap();
        let next = format!("/more?stamp={stamp}&mark=theirs&at={before}");
        slice(before * 2, json!({"next": (before < 2).then_some(next)}))
    })
    .await;
    let options = Options::default().with_log(log.clone());
    let options = options.with_hooks(Signer::giving("s3al"), &HOOKS);
    let client = provider.client_with(&PLAIN, Auth::none(), options);
    let read = client.read_page::<Url>(&ALL, None, &PageState::Start).await.unwrap();
    // The other operation's is theirs, and leads on.
    assert_eq!(read.next, PageState::Url(format!("{}/more?mark=theirs&at=0", provider.url)));
    client.read_page::<Url>(&ALL, None, &read.next).await.unwrap();
    let seen = provider.seen();
    assert_eq!(seen[1].query, "mark=theirs&at=0&stamp=s3al");
    // The log shows neither.
    log.flush();
    let rows = gusset::log::read(&path, &Filter::default()).unwrap();
    let urls: Vec<&str> = rows.iter().map(|row| row.entry.url.as_str()).collect();
    assert_eq!(urls.len(), 2);
    let hidden = |url: &&str| !url.contains("s3al") && !url.contains("theirs");
    assert!(urls.iter().all(hidden), "{urls:?}");
}

#[tokio::test]
async fn a_key_that_the_next_link_repeats_is_neither_stored_nor_logged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = Arc::new(SqliteLog::open(&path).unwrap());
    let provider = Provider::start(|seen, before| {
        let key = seen.query("appid").unwrap();
        slice(
            before * 2,
            json!({"next": (before < 2).then(|| format!("/more?appid={key}&at={before}"))}),
        )
    })
    .await;
    let auth = Auth::api_key_query("appid", "s3cret");
    let client = provider.client_with(&PLAIN, auth, Options::default().with_log(log.clone()));
    let read = client.read_page::<Url>(&ALL, None, &PageState::Start).await.unwrap();
    assert_eq!(read.next, PageState::Url(format!("{}/more?at=0", provider.url)));
    assert_eq!(format!("{:?}", read.next), format!("Url(\"{}/more?***\")", provider.url));
    client.read_page::<Url>(&ALL, None, &read.next).await.unwrap();
    assert_eq!(provider.seen()[1].query, "at=0&appid=s3cret");
    log.flush();
    let rows = gusset::log::read(&path, &Filter::default()).unwrap();
    assert_eq!(rows[1].entry.url, format!("{}/more?at=0&appid=***", provider.url));
    assert!(!format!("{rows:?}").contains("s3cret"), "{rows:?}");
}

/// What a sync stores of where it stands is this state.
#[tokio::test]
async fn a_token_that_the_next_link_repeats_under_any_name_is_not_stored() {
    for auth in [Auth::bearer("s3cret/="), Auth::api_key_header("x-key", "Key ", "s3cret/=")] {
        let provider = Provider::start(|_, before| {
            let next = (before < 1).then_some("/more?who=s3cret%2F%3D&at=2");
            slice(before * 2, json!({ "next": next }))
        })
        .await;
        let client = provider.client_with(&PLAIN, auth, Options::default());
        let read = client.read_page::<Url>(&ALL, None, &PageState::Start).await.unwrap();
        assert_eq!(read.next, PageState::Url(format!("{}/more?at=2", provider.url)));
        client.read_page::<Url>(&ALL, None, &read.next).await.unwrap();
        assert_eq!(provider.seen()[1].query, "at=2");
    }
}

#[tokio::test]
async fn why_a_page_does_not_decode_has_no_secret_in_it() {
    let provider = Provider::start(|_, _| ok(json!({"items": [1], "total": "s3cret/="}))).await;
    let client = provider.client_with(&PLAIN, Auth::bearer("s3cret/="), Options::default());
    let errors = [
        client.items(Url).next().await.unwrap().unwrap_err(),
        client.pages(Url).next().await.unwrap().unwrap_err(),
        client.read_page::<Url>(&ALL, None, &PageState::Start).await.unwrap_err(),
    ];
    for error in errors {
        assert!(error.to_string().contains("`total`: invalid type: string \"***\""), "{error}");
    }
}

#[tokio::test]
async fn link_headers() {
    let provider = Provider::start(|seen, _| {
        let from = number(seen, "from");
        let next =
            format!(r#"</items?from=0>; rel="first", </items?from={}>; rel="next""#, from + 2);
        let reply = slice(from, json!({}));
        if from + 2 < 5 { reply.with("link", next) } else { reply }
    })
    .await;
    assert_eq!(read(&provider, Link).await.unwrap(), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_next_link_to_another_origin_is_not_followed() {
    let other = Provider::start(|_, _| slice(0, json!({}))).await;
    for next in [other.url.clone(), "https://evil.test/x".to_owned(), "//evil.test/x".to_owned()] {
        let provider = Provider::start(move |_, _| slice(0, json!({ "next": next }))).await;
        let auth = gusset::Auth::bearer("s3cret");
        let client = provider.client_with(&PLAIN, auth, Options::default());
        let mut items = client.items(Url);
        let error = loop {
            match items.next().await.unwrap() {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("but the credentials are for"), "{error}");
        assert!(items.next().await.is_none());
    }
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn offsets_end_by_total_by_more_or_at_an_empty_page() {
    type Rest = fn(usize) -> Value;
    let ways: [(Rest, usize); 3] = [
        (|_| json!({"total": 5}), 3),
        (|from| json!({"more": from + 2 < 5}), 3),
        (|_| json!({}), 4),
    ];
    for (rest, pages) in ways {
        let provider = Provider::start(move |seen, _| {
            let from = number(seen, "offset");
            slice(from, rest(from))
        })
        .await;
        assert_eq!(read(&provider, Offset).await.unwrap(), [1, 2, 3, 4, 5]);
        let queries: Vec<String> = provider.seen().into_iter().map(|seen| seen.query).collect();
        assert_eq!(queries[2], "filter=x&limit=2&offset=4");
        assert_eq!(queries.len(), pages);
        assert_eq!(read_by_page::<Offset>(&provider.client()).await.unwrap(), [1, 2, 3, 4, 5]);
    }
}

#[tokio::test]
async fn a_provider_that_gives_fewer_than_asked_for_is_read_to_the_end() {
    let one = |from: usize| ok(json!({"items": (1..=5).skip(from).take(1).collect::<Vec<_>>()}));
    let provider = Provider::start(move |seen, _| one(number(seen, "offset"))).await;
    assert_eq!(read(&provider, Offset).await.unwrap(), [1, 2, 3, 4, 5]);
    let provider = Provider::start(move |seen, _| one(number(seen, "page") - 1)).await;
    assert_eq!(read(&provider, Numbered).await.unwrap(), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn an_offset_without_size_ends_with_an_empty_page() {
    let provider = Provider::start(|seen, _| slice(number(seen, "offset"), json!({}))).await;
    assert_eq!(read(&provider, Unsized).await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(provider.count(), 4);
}

#[tokio::test]
async fn an_empty_page_before_the_total_is_an_error() {
    let provider = Provider::start(|_, _| ok(json!({"items": [], "total": 5}))).await;
    let error = read(&provider, Offset).await.unwrap_err();
    assert!(error.to_string().contains("the page is empty"), "{error}");
}

#[tokio::test]
async fn page_numbers() {
    let provider =
        Provider::start(|seen, _| slice((number(seen, "page") - 1) * 2, json!({"total": 5}))).await;
    assert_eq!(read(&provider, Numbered).await.unwrap(), [1, 2, 3, 4, 5]);
    let queries: Vec<String> = provider.seen().into_iter().map(|seen| seen.query).collect();
    assert_eq!(queries[0], "filter=x&limit=2&page=1");
    assert_eq!(queries[2], "filter=x&limit=2&page=3");
    assert_eq!(queries.len(), 3);
}

#[tokio::test]
async fn another_operation_reads_on() {
    let provider = Provider::start(|seen, _| {
        let from = match seen.path.as_str() {
            "/items" => 0,
            _ => seen.json()["cursor"].as_str().unwrap().trim_start_matches('c').parse().unwrap(),
        };
        slice(from, json!({"next": format!("c{}", from + 2), "more": from + 2 < 5}))
    })
    .await;
    assert_eq!(read(&provider, Continued).await.unwrap(), [1, 2, 3, 4, 5]);
    let seen = provider.seen();
    assert_eq!(seen[0].query, "filter=x");
    assert_eq!((seen[1].path.as_str(), seen[1].query.as_str()), ("/items/continue", ""));
    assert_eq!(seen[2].json(), json!({"cursor": "c4"}));
}

#[tokio::test]
async fn pages_give_whole_pages() {
    let provider = Provider::start(|seen, _| slice(number(seen, "offset"), json!({}))).await;
    let mut pages = provider.client().pages(Offset);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().items.unwrap().len());
    }
    assert_eq!(sizes, [2, 2, 1, 0]);
}

#[tokio::test]
async fn nothing_is_read_before_it_is_asked_for() {
    let provider = Provider::start(|seen, _| cursor_page(number(seen, "after"))).await;
    let client = provider.client();
    let mut items = client.items(Cursor);
    assert_eq!(provider.count(), 0);
    for _ in 0..2 {
        items.next().await.unwrap().unwrap();
    }
    assert_eq!(provider.count(), 1);
    items.next().await.unwrap().unwrap();
    assert_eq!(provider.count(), 2);
}
