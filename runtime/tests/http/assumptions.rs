//! Providers that are not as the spec assumes: the error names the line of the spec, and where nothing fails it is told
//! once.

use crate::support::{LeapingClock, Provider, Reply, ok, status};
use crate::warnings;
use gusset::http::Method;
use gusset::serde::Deserialize;
use gusset::serde_json::{Value, json};
use gusset::{
    Action, Assumption, Auth, Client, ClientAuth, Error, ErrorRule, Integration, JsonKind, Limit,
    LimitKind, Listing, Next, OAuth, Observe, Operation, OperationMeta, Options, PageHints,
    PagePart, PageSize, PageState, Paginated, Pagination, Preset, Repeat, ResetUnit, Results,
    Scope, Sign, Since, Slot, TimeFormat, Upsert, cel,
};
use std::time::Duration;

const fn assumed(place: &'static str, fact: &'static str, sign: Sign) -> Assumption {
    Assumption::assumed(place, fact, "the vendor says so", sign)
}

static ASSUMED: [Assumption; 21] = [
    assumed("shop.yaml:1:1", "ids are text", Sign::Value(&[("list", "/items/*")], "/id")),
    assumed("shop.yaml:2:1", "mails are text", Sign::Value(&[("list", "/items/*")], "/email")),
    assumed("shop.yaml:3:1", "`more` is there", Sign::Page("list_more", PagePart::More)),
    assumed("shop.yaml:4:1", "`total` is there", Sign::Page("list_total", PagePart::Total)),
    assumed("shop.yaml:5:1", "one answer has all", Sign::Page("list_only", PagePart::Only)),
    assumed("shop.yaml:6:1", "no array, no items", Sign::Page("list_absent", PagePart::Items)),
    assumed("shop.yaml:7:1", "pages have 2", Sign::Page("list_sized", PagePart::Size)),
    assumed("shop.yaml:8:1", "`next` leads on", Sign::Page("list_next", PagePart::Next)),
    assumed("shop.yaml:9:1", "`Link` leads on", Sign::Page("list_link", PagePart::Link)),
    assumed("shop.yaml:10:1", "answers tell", Sign::Header("X-Left", &["told"])),
    assumed("shop.yaml:11:1", "it is in seconds", Sign::Reads("X-Reset")),
    assumed("shop.yaml:12:1", "days are enough", Sign::Sent("changed", Slot::Query("since"))),
    assumed("shop.yaml:13:1", "a token is borne", Sign::Unauthorised("bearer")),
    assumed("shop.yaml:14:1", "it gives tokens", Sign::Tokens("client_credentials")),
    assumed("shop.yaml:15:1", "a call a second", Sign::Refused(&[429], &["limited"])),
    assumed("shop.yaml:16:1", "`why` is text", Sign::Failure("/why", JsonKind::String)),
    assumed("shop.yaml:17:1", "results are in order", Sign::Outcome("upsert", "")),
    assumed("shop.yaml:18:1", "results have `new`", Sign::Outcome("upsert", "/new")),
    assumed("shop.yaml:19:1", "it says where", Sign::Header("Location", &["create"])),
    assumed("shop.yaml:20:1", "`total` counts items", Sign::Page("list_all", PagePart::All)),
    assumed("shop.yaml:21:1", "pages have 2", Sign::Size("list_all", Slot::Query("limit"))),
];

static LIMITS: &[Limit] = &[Limit {
    name: "window",
    kind: LimitKind::Quota { calls: 1_000, per: Duration::from_secs(1) },
    scope: Scope::Connection,
    cost: &[],
    observe: Observe {
        remaining: Some("X-Left"),
        reset: Some(("X-Reset", ResetUnit::Seconds)),
        usage: None,
    },
}];

static ERRORS: &[ErrorRule] = &[ErrorRule {
    place: "shop.yaml:20",
    when: |response| {
        let why = cel::json::member(response.json_value()?, "why")?;
        Ok(response.status() == 400 && cel::json::string(why)? == "later")
    },
    action: Action::Retry,
    wait: None,
}];

static SHOP: Integration = Integration {
    name: "shop",
    limits: LIMITS,
    errors: ERRORS,
    error_message: None,
    error_code: None,
    assumptions: &ASSUMED,
};

const SHOP_OF_NOTHING: Integration = Integration {
    name: "shop",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &[],
};

/// The assumption of a line.
fn line(line: usize) -> &'static Assumption {
    &ASSUMED[line - 1]
}

#[derive(Debug, Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Record {
    #[allow(dead_code)]
    id: String,
    #[allow(dead_code)]
    email: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Page {
    items: Option<Vec<Record>>,
    next: Option<String>,
    more: Option<bool>,
    total: Option<u64>,
}

const CURSOR: Next = Next::Cursor { into: Slot::Query("after") };

macro_rules! listing {
    ($name:ident, $wire:literal, $next:expr, $absent_is_empty:literal) => {
        struct $name;

        impl Operation for $name {
            type Client = Client;
            type Output = Page;
            const META: &'static OperationMeta =
                &OperationMeta::get(&SHOP, $wire, "/items").limits(&[0]);
            const DECODE: gusset::Decode<Page> = gusset::Response::json;
        }

        impl Paginated for $name {
            type Item = Record;
            const PLAN: &'static Pagination = &Pagination {
                items: "/items",
                next: $next,
                size: Some(PageSize { into: None, value: 2 }),
                exclusive: false,
            };

            fn hints(page: &Page) -> PageHints<'_> {
                let next = page.next.as_deref().map(Into::into);
                PageHints { next, more: page.more, total: page.total }
            }

            fn has_items(page: &Page) -> bool {
                $absent_is_empty || page.items.is_some()
            }

            fn items(page: Page) -> Vec<Record> {
                page.items.unwrap_or_default()
            }
        }
    };
}

listing!(List, "list", CURSOR, false);
listing!(More, "list_more", CURSOR, false);
listing!(Total, "list_total", Next::Page { into: Slot::Query("page"), first: 1 }, false);
listing!(All, "list_all", Next::Page { into: Slot::Query("page"), first: 1 }, false);
listing!(Only, "list_only", Next::Single, false);
listing!(Absent, "list_absent", CURSOR, true);
listing!(Sized, "list_sized", CURSOR, false);
listing!(Leading, "list_next", CURSOR, false);
listing!(Linked, "list_link", Next::Link, false);
listing!(Changed, "changed", CURSOR, false);

macro_rules! call {
    ($name:ident, $wire:literal, $method:ident) => {
        struct $name;

        impl Operation for $name {
            type Client = Client;
            type Output = Value;
            const META: &'static OperationMeta =
                &OperationMeta::new(&SHOP, $wire, Method::$method, "/call", Repeat::Safe)
                    .limits(&[0]);
            const DECODE: gusset::Decode<Value> = gusset::Response::json;
        }
    };
}

call!(Told, "told", GET);
call!(Limited, "limited", GET);
call!(Plain, "plain", GET);

struct Create;

impl Operation for Create {
    type Client = Client;
    type Output = ();
    const META: &'static OperationMeta = &OperationMeta::post(&SHOP, "create", "/items");
    const DECODE: gusset::Decode<()> = gusset::Response::empty;
}

fn client(provider: &Provider, auth: Auth) -> Client {
    let options = Options::default().with_clock(LeapingClock::new());
    provider.client_with(&SHOP, auth, options)
}

/// What a listing comes to.
async fn read<O: Paginated>(operation: O, reply: Reply) -> Result<Vec<O::Item>, Error> {
    let provider = Provider::start(move |_, _| reply.clone()).await;
    client(&provider, Auth::none()).items(operation).collect().await
}

/// The error carries the assumption, and says where it stands.
#[track_caller]
fn names(error: &Error, at: usize, message: &str) {
    let assumption = error.assumption().unwrap_or_else(|| panic!("{error}"));
    assert_eq!(assumption.place, line(at).place, "{error}");
    let text = error.to_string();
    assert!(text.contains(message), "{text}");
    let fact = line(at).fact;
    let note = format!("assumed in shop.yaml:{at}:1: {fact}, because the vendor says so");
    assert!(text.contains(&note), "{text}");
}

fn records(count: usize) -> Value {
    (0..count).map(|id| json!({"id": id.to_string()})).collect()
}

#[tokio::test]
async fn members_that_are_something_else_name_the_line() {
    let odd = json!({"items": [{"id": "1"}, {"id": "2", "email": 5}]});
    let error = read(List, ok(odd)).await.unwrap_err();
    names(&error, 2, "not as assumed at `items[1].email`: invalid type: integer `5`");
    let missing = json!({"items": [{"email": null}]});
    let error = read(List, ok(missing)).await.unwrap_err();
    names(&error, 1, "missing field `id`");
    assert!(line(1).is_broken() && line(2).is_broken());
    // Nothing is assumed of this one.
    let error = read(List, ok(json!({"items": [], "total": "many"}))).await.unwrap_err();
    assert!(error.assumption().is_none() && error.to_string().contains("as documented"), "{error}");
}

#[tokio::test]
async fn records_that_are_set_aside_name_the_line() {
    static ALL: Listing = Listing { preset: Preset::NOTHING, since: None };
    let page = json!({"items": [{"id": "1"}, {"id": 2}]});
    let provider = Provider::start(move |_, _| ok(page.clone())).await;
    let client = client(&provider, Auth::none());
    let page = client.read_page::<List>(&ALL, None, &PageState::Start).await.unwrap();
    assert_eq!(page.items.len(), 1);
    let reason = &page.rejected[0].reason;
    assert!(reason.starts_with("id: invalid type: integer `2`"), "{reason}");
    assert!(
        reason.ends_with("(assumed in shop.yaml:1:1: ids are text, because the vendor says so)")
    );
}

#[tokio::test]
async fn pages_that_do_not_say_what_they_should_are_no_end() {
    let page = || ok(json!({"items": records(1)}));
    let error = read(More, page()).await.unwrap_err();
    names(&error, 3, "does not say whether there is more");
    let error = read(Total, page()).await.unwrap_err();
    names(&error, 4, "does not say how many records there are");
    let linked = page().with("Link", "</items?page=2>; rel=\"next\"");
    let error = read(Only, linked).await.unwrap_err();
    names(&error, 5, "has a link to another page");
    assert_eq!(read(Only, page()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_total_that_counts_something_else_is_no_end() {
    // How many pages there are, taken for how many items.
    let error = read(All, ok(json!({"items": records(2), "total": 1}))).await.unwrap_err();
    names(&error, 20, "a page has 2 records, and the total is 1: it counts something else");
    assert_eq!(read(All, ok(json!({"items": records(1), "total": 1}))).await.unwrap().len(), 1);
    // Nothing is said of this one: it ends where its total says.
    assert_eq!(read(Total, ok(json!({"items": records(2), "total": 1}))).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_page_that_is_full_and_all_is_told() {
    static COUNTED: [Assumption; 1] = [assumed(
        "shop.yaml:1:1",
        "`count` counts items",
        Sign::Page("list_counted", PagePart::All),
    )];
    static COUNTS: Integration = Integration { assumptions: &COUNTED, ..SHOP_OF_NOTHING };
    struct Counted;
    impl Operation for Counted {
        type Client = Client;
        type Output = Page;
        const META: &'static OperationMeta = &OperationMeta::get(&COUNTS, "list_counted", "/items");
        const DECODE: gusset::Decode<Page> = gusset::Response::json;
    }
    impl Paginated for Counted {
        type Item = Record;
        const PLAN: &'static Pagination = All::PLAN;
        fn hints(page: &Page) -> PageHints<'_> {
            PageHints { next: None, more: None, total: page.total }
        }
        fn items(page: Page) -> Vec<Record> {
            page.items.unwrap_or_default()
        }
    }
    assert_eq!(read(Counted, ok(json!({"items": records(1), "total": 1}))).await.unwrap().len(), 1);
    assert!(!COUNTED[0].is_broken());
    assert_eq!(read(Counted, ok(json!({"items": records(2), "total": 2}))).await.unwrap().len(), 2);
    assert!(COUNTED[0].is_broken());
}

#[tokio::test]
async fn a_size_that_is_refused_by_its_name_is_suspected() {
    struct Limited;
    impl Operation for Limited {
        type Client = Client;
        type Output = Page;
        const META: &'static OperationMeta = All::META;
        const DECODE: gusset::Decode<Page> = gusset::Response::json;
    }
    impl Paginated for Limited {
        type Item = Record;
        const PLAN: &'static Pagination = &Pagination {
            items: "/items",
            next: Next::Page { into: Slot::Query("page"), first: 1 },
            size: Some(PageSize { into: Some(Slot::Query("limit")), value: 2 }),
            exclusive: false,
        };
        fn hints(_: &Page) -> PageHints<'_> {
            PageHints::default()
        }
        fn items(page: Page) -> Vec<Record> {
            page.items.unwrap_or_default()
        }
    }
    let refused = status(400, json!({"error": "limit is 1 at most"}));
    names(&read(Limited, refused).await.unwrap_err(), 21, "(perhaps for what is assumed in");
    let other = read(Limited, status(400, json!({"error": "no such page"}))).await.unwrap_err();
    assert!(other.assumption().is_none(), "{other}");
    // It was not asked for.
    let refused = status(400, json!({"error": "limit is 1 at most"}));
    assert!(read(All, refused).await.unwrap_err().assumption().is_none());
}

#[tokio::test]
async fn a_page_without_its_array_is_empty_only_at_the_end() {
    assert_eq!(read(Absent, ok(json!({}))).await.unwrap().len(), 0);
    let error = read(Absent, ok(json!({"next": "x"}))).await.unwrap_err();
    names(&error, 6, "has no array of items, and leads to another page");
}

#[tokio::test]
async fn what_nothing_fails_by_is_told_once() {
    warnings::listen();
    assert_eq!(read(Sized, ok(json!({"items": records(2)}))).await.unwrap().len(), 2);
    assert!(!line(7).is_broken());
    for _ in 0..3 {
        assert_eq!(read(Sized, ok(json!({"items": records(3)}))).await.unwrap().len(), 3);
    }
    assert!(line(7).is_broken());
    let said = warnings::said().into_iter().map(|warning| warning.message);
    let told: Vec<String> = said.filter(|said| said.contains("shop.yaml:7:1")).collect();
    let note =
        "a page has 3 records; assumed in shop.yaml:7:1: pages have 2, because the vendor says so";
    assert_eq!(told, [note]);
}

#[tokio::test]
async fn a_full_page_that_leads_nowhere_is_told() {
    assert_eq!(read(Leading, ok(json!({"items": records(1)}))).await.unwrap().len(), 1);
    assert!(!line(8).is_broken());
    assert_eq!(read(Leading, ok(json!({"items": records(2)}))).await.unwrap().len(), 2);
    assert!(line(8).is_broken());
    let first = ok(json!({"items": records(2)})).with("Link", "</items>; rel=\"first\"");
    assert_eq!(read(Linked, first).await.unwrap().len(), 2);
    assert!(!line(9).is_broken());
    assert_eq!(read(Linked, ok(json!({"items": records(2)}))).await.unwrap().len(), 2);
    assert!(line(9).is_broken());
}

#[tokio::test]
async fn headers_that_never_come_or_say_something_else_are_told() {
    let provider = Provider::start(|_, _| ok(json!({}))).await;
    let client = client(&provider, Auth::none());
    for _ in 0..19 {
        client.send(&Told).await.unwrap();
    }
    assert!(!line(10).is_broken());
    client.send(&Told).await.unwrap();
    assert!(line(10).is_broken());
    // Seconds since 1970, taken for seconds from now.
    let provider = Provider::start(|_, before| {
        ok(json!({})).with("X-Left", "10").with("X-Reset", ["30", "1795341600"][before])
    });
    let provider = provider.await;
    let client = self::client(&provider, Auth::none());
    client.send(&Plain).await.unwrap();
    assert!(!line(11).is_broken());
    client.send(&Plain).await.unwrap();
    assert!(line(11).is_broken());
}

#[tokio::test]
async fn refusals_name_what_they_may_be_for() {
    static CHANGES: Listing = Listing {
        preset: Preset::NOTHING,
        since: Some(Since {
            into: Slot::Query("since"),
            format: TimeFormat::Date,
            template: None,
            lookback: Duration::ZERO,
            cap: None,
        }),
    };
    let provider = Provider::start(|_, _| status(400, json!({}))).await;
    let refused = client(&provider, Auth::none());
    let since = "2026-11-22T10:00:00Z".parse().unwrap();
    let error = refused.changes::<Changed>(&CHANGES, since).collect().await.unwrap_err();
    names(&error, 12, "(perhaps for what is assumed in");
    // It was not sent.
    let error = refused.items(Changed).collect().await.unwrap_err();
    assert!(error.assumption().is_none(), "{error}");
    let provider = Provider::start(|_, _| status(401, json!({}))).await;
    let error = client(&provider, Auth::bearer("t")).send(&Plain).await.unwrap_err();
    names(&error, 13, "the provider answered 401");
    let error = client(&provider, Auth::basic("u", "p")).send(&Plain).await.unwrap_err();
    assert!(error.assumption().is_none(), "{error}");
    // Other reasons are likely enough.
    assert!(!line(12).is_broken() && !line(13).is_broken());
}

#[tokio::test]
async fn tokens_that_are_refused_name_the_line() {
    let provider = Provider::start(|_, _| status(400, json!({"error": "unauthorized_client"})));
    let provider = provider.await;
    let token_url = format!("{}/token", provider.url);
    let oauth = OAuth::new(token_url, &[], ClientAuth::Body);
    let auth = Auth::client_credentials(oauth, "id", "secret");
    let error = client(&provider, auth).send(&Plain).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("perhaps for what is assumed in shop.yaml:14:1: it gives tokens"),
        "{text}"
    );
}

#[tokio::test]
async fn a_limit_that_is_met_though_it_was_kept_is_told() {
    let provider = Provider::start(|_, before| match before {
        0 => status(429, json!({})),
        _ => ok(json!({})),
    });
    let provider = provider.await;
    client(&provider, Auth::none()).send(&Limited).await.unwrap();
    assert!(line(15).is_broken());
}

#[tokio::test]
async fn members_of_refusals_that_rules_cannot_read_are_told() {
    let provider = Provider::start(|_, _| status(400, json!({"why": "never"}))).await;
    client(&provider, Auth::none()).send(&Plain).await.unwrap_err();
    assert!(!line(16).is_broken());
    let provider = Provider::start(|_, _| status(400, json!({"why": 7}))).await;
    client(&provider, Auth::none()).send(&Plain).await.unwrap_err();
    assert!(line(16).is_broken());
}

static UPSERT_META: OperationMeta =
    OperationMeta::new(&SHOP, "upsert", Method::POST, "/items", Repeat::Idempotent);
static UPSERT: Upsert = Upsert {
    operation: &UPSERT_META,
    preset: Preset::NOTHING,
    by: "key",
    key: None,
    each: None,
    records: Some("/records"),
    into: None,
    batch: 10,
    results: Results {
        records: Some("/results"),
        id: None,
        created: Some("/new"),
        created_status: None,
        failed: None,
        skipped: None,
        message: None,
    },
};

#[tokio::test]
async fn results_that_are_not_in_order_name_the_line() {
    let sent = [json!({"key": "a"}), json!({"key": "b"})];
    let write = async |results: Value| {
        let provider = Provider::start(move |_, _| ok(results.clone())).await;
        client(&provider, Auth::none()).upsert(&UPSERT, &sent).await
    };
    let turned = json!({"results": [{"key": "b", "new": true}, {"key": "a", "new": true}]});
    names(&write(turned).await.unwrap_err(), 17, "the results are in another order");
    let elsewhere = json!({"items": []});
    names(&write(elsewhere).await.unwrap_err(), 17, "there is no list of results");
    let short = json!({"results": [{}]});
    names(&write(short).await.unwrap_err(), 17, "2 records were sent, but there are 1 results");
    let right = json!({"results": [{"key": "a", "new": true}, {"new": false}]});
    write(right).await.unwrap();
    assert!(!line(18).is_broken());
    write(json!({"results": [{}, {}]})).await.unwrap();
    assert!(line(18).is_broken());
}

#[tokio::test]
async fn a_new_record_that_is_nowhere_names_the_line() {
    static CREATE: Preset = Preset::NOTHING;
    let provider = Provider::start(|_, _| status(201, json!({}))).await;
    let client = client(&provider, Auth::none());
    let error = client.create_at::<Create>(&CREATE, &json!({}), "Location").await.unwrap_err();
    names(&error, 19, "nothing says where it is");
}
