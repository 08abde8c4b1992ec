//! What resource handles do: one record, changes, upserts.

use crate::support::{PLAIN, Provider, ok, status};
use gusset::http::Method;
use gusset::serde_json::value::RawValue;
use gusset::serde_json::{Value, json};
use gusset::sync::Write;
use gusset::{
    Client, Error, Listing, Next, One, Operation, OperationMeta, Outcome, PageHints, Paginated,
    Pagination, Preset, Repeat, Results, Since, Slot, TimeFormat, Upsert,
};
use std::time::Duration;

const fn meta(method: Method, path: &'static str, repeat: Repeat) -> OperationMeta {
    OperationMeta::new(&PLAIN, "operation", method, path, repeat)
}

macro_rules! operation {
    ($name:ident, $meta:expr) => {
        struct $name;
        impl Operation for $name {
            type Client = Client;
            type Output = Value;
            const META: &'static OperationMeta = &$meta;
            const DECODE: gusset::Decode<Value> = gusset::Response::json;
        }
    };
}

operation!(Get, meta(Method::GET, "/records/{id}", Repeat::Safe));
operation!(Create, meta(Method::POST, "/records", Repeat::Never));
operation!(Update, meta(Method::PATCH, "/records/{id}", Repeat::Idempotent));
operation!(Search, meta(Method::POST, "/search", Repeat::Safe));

impl Paginated for Search {
    type Item = Value;
    const PLAN: &'static Pagination = &Pagination {
        items: "/results",
        next: Next::Cursor { into: Slot::Body("/after") },
        size: None,
        exclusive: false,
    };
    fn hints(_: &Value) -> PageHints<'_> {
        PageHints::default()
    }
    fn items(page: Value) -> Vec<Value> {
        page["results"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn one_record_by_its_key() {
    static GET: One = One {
        key: Slot::Path("id"),
        preset: Preset {
            values: &[
                (Slot::Query("fields"), "a"),
                (Slot::Query("fields"), "b,c"),
                (Slot::Header("x-version"), "2"),
            ],
            body: None,
        },
    };
    let provider = Provider::start(|_, _| ok(json!({"id": "a/1"}))).await;
    provider.client().one::<Get>(&GET, "a/1").await.unwrap();
    let seen = provider.seen().remove(0);
    assert_eq!(
        (seen.path.as_str(), seen.query.as_str()),
        ("/records/a%2F1", "fields=a&fields=b,c")
    );
    assert_eq!(seen.header("x-version"), Some("2"));
}

#[tokio::test]
async fn creating_and_updating() {
    static CREATE: Preset = Preset { values: &[(Slot::Query("notify"), "false")], body: None };
    static UPDATE: One = One { key: Slot::Path("id"), preset: Preset::NOTHING };
    let provider = Provider::start(|seen, _| ok(seen.json())).await;
    let client = provider.client();
    let record = json!({"name": "x"});
    assert_eq!(client.create::<Create>(&CREATE, &record).await.unwrap(), record);
    assert_eq!(client.update::<Update>(&UPDATE, "7", &record).await.unwrap(), record);
    let seen = provider.seen();
    assert_eq!((seen[0].method.as_str(), seen[0].query.as_str()), ("POST", "notify=false"));
    assert_eq!((seen[1].method.as_str(), seen[1].path.as_str()), ("PATCH", "/records/7"));
}

#[tokio::test]
async fn what_is_always_sent_stands_over_the_record() {
    const ALWAYS: Preset = Preset {
        values: &[(Slot::Header("Content-Type"), "application/scim+json")],
        body: Some(r#"{"kind":"web","meta":{"by":"us"}}"#),
    };
    static CREATE: Preset = ALWAYS;
    static UPDATE: One = One { key: Slot::Path("id"), preset: ALWAYS };
    static UPSERT: Upsert = Upsert { preset: ALWAYS, ..copy(&ONE_BY_ONE) };
    let provider = Provider::start(|seen, _| ok(seen.json())).await;
    let client = provider.client();
    let record = json!({"Ext__c": "1", "kind": "other", "meta": {"by": "them", "x": 1}});
    client.create::<Create>(&CREATE, &record).await.unwrap();
    client.update::<Update>(&UPDATE, "7", &record).await.unwrap();
    client.upsert(&UPSERT, &[record]).await.unwrap();
    let whole = json!({"Ext__c": "1", "kind": "web", "meta": {"by": "us", "x": 1}});
    let without_key = json!({"kind": "web", "meta": {"by": "us", "x": 1}});
    for (seen, sent) in provider.seen().iter().zip([&whole, &whole, &without_key]) {
        assert_eq!(seen.json(), *sent);
        assert_eq!(seen.header("content-type"), Some("application/scim+json"));
    }
}

#[tokio::test]
async fn changes_send_the_time_where_and_as_the_spec_says() {
    for (format, written) in [
        (TimeFormat::EpochMillis, "1795341600123"),
        (TimeFormat::EpochSeconds, "1795341600"),
        (TimeFormat::Rfc3339, "2026-11-22T10:00:00.123Z"),
        (TimeFormat::Date, "2026-11-22"),
    ] {
        let listing: &'static Listing = Box::leak(Box::new(Listing {
            preset: Preset {
                values: &[],
                body: Some(
                    r#"{"filters":[{"name":"modified","operator":"GTE"}],"sorts":["modified"]}"#,
                ),
            },
            since: Some(Since {
                into: Slot::Body("/filters/0/value"),
                format,
                template: None,
                lookback: Duration::ZERO,
                cap: None,
            }),
        }));
        let provider = Provider::start(|_, _| ok(json!({"results": [1]}))).await;
        let since = "2026-11-22T10:00:00.123Z".parse().unwrap();
        let client = provider.client();
        assert_eq!(client.changes::<Search>(listing, since).collect().await.unwrap(), [1]);
        let filter = json!({"name": "modified", "operator": "GTE", "value": written});
        assert_eq!(provider.seen()[0].json(), json!({"filters": [filter], "sorts": ["modified"]}));
    }
}

#[tokio::test]
async fn the_cap_of_a_listing_is_an_error_not_the_end() {
    static LISTING: Listing = Listing {
        preset: Preset::NOTHING,
        since: Some(Since {
            into: Slot::Body("/since"),
            format: TimeFormat::Rfc3339,
            template: None,
            lookback: Duration::ZERO,
            cap: Some(3),
        }),
    };
    let provider = Provider::start(|_, _| ok(json!({"results": [1, 2, 3]}))).await;
    let since = gusset::jiff::Timestamp::UNIX_EPOCH;
    let mut items = provider.client().changes::<Search>(&LISTING, since);
    for _ in 0..3 {
        items.next().await.unwrap().unwrap();
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("no more than 3"), "{error}");
    assert!(items.next().await.is_none());
}

static COLLECTION: OperationMeta =
    meta(Method::PATCH, "/composite/{sobject}/{field}", Repeat::Idempotent);

static BATCH: Upsert = Upsert {
    operation: &COLLECTION,
    preset: Preset {
        values: &[(Slot::Path("sobject"), "Lead"), (Slot::Path("field"), "Ext__c")],
        body: Some(r#"{"allOrNone":false}"#),
    },
    by: "Ext__c",
    key: None,
    each: Some(r#"{"attributes":{"type":"Lead"}}"#),
    into: None,
    records: Some("/records"),
    batch: 2,
    results: Results {
        records: Some(""),
        id: Some("/id"),
        created: Some("/created"),
        created_status: None,
        failed: Some(|result| Ok(result["success"] != true)),
        skipped: Some(|result| {
            Ok(result.pointer("/errors/0/statusCode") == Some(&json!("CONVERTED")))
        }),
        message: Some("/errors/0/message"),
    },
};

fn records(keys: &[&str]) -> Vec<Write> {
    let body = |key: &str| RawValue::from_string(json!({ "Ext__c": key }).to_string()).unwrap();
    keys.iter().map(|key| Write { key: (*key).to_owned(), body: body(key) }).collect()
}

#[tokio::test]
async fn batches_and_what_became_of_each_record() {
    let provider = Provider::start(|_, before| match before {
        0 => ok(json!([
            {"id": "A", "success": true, "created": true},
            {"id": "B", "success": true, "created": false},
        ])),
        _ => ok(json!([
            {"success": false, "errors": [{"statusCode": "CONVERTED", "message": "is converted"}]},
            {"success": false, "errors": [{"statusCode": "OTHER", "message": "no"}]},
        ])),
    })
    .await;
    let client = provider.client();
    let outcomes = client.write(&BATCH, &records(&["1", "2", "3", "4"])).await.unwrap();
    assert_eq!(
        outcomes,
        [
            Outcome::Created { id: Some("A".into()) },
            Outcome::Updated { id: Some("B".into()) },
            Outcome::Skipped { reason: "is converted".into() },
            Outcome::Rejected { reason: "no".into() },
        ]
    );
    let seen = provider.seen();
    assert_eq!(seen[0].path, "/composite/Lead/Ext__c");
    assert_eq!(
        seen[0].text(),
        r#"{"allOrNone":false,"records":[{"attributes":{"type":"Lead"},"Ext__c":"1"},{"attributes":{"type":"Lead"},"Ext__c":"2"}]}"#
    );
}

#[tokio::test]
async fn what_no_result_tells_is_neither_new_nor_changed() {
    const NO_WORD: Results =
        Results { created: None, created_status: None, ..copy(&BATCH).results };
    static SILENT: Upsert = Upsert { results: NO_WORD, ..copy(&BATCH) };
    static BY_STATUS: Upsert =
        Upsert { results: Results { created_status: Some(201), ..NO_WORD }, ..copy(&BATCH) };
    let provider = Provider::start(|_, _| ok(json!([{"id": "A", "success": true}]))).await;
    let client = provider.client();
    let id = || Some("A".to_owned());
    for (upsert, outcome) in [
        (&SILENT, Outcome::Written { id: id() }),
        (&BY_STATUS, Outcome::Updated { id: id() }),
        // The member that should tell is not there.
        (&BATCH, Outcome::Written { id: id() }),
    ] {
        assert_eq!(client.write(upsert, &records(&["1"])).await.unwrap(), [outcome]);
    }
}

#[tokio::test]
async fn typed_records_are_written_the_same_way() {
    let provider =
        Provider::start(|_, _| ok(json!([{"id": "A", "success": true, "created": true}]))).await;
    let outcomes = provider.client().upsert(&BATCH, &[json!({"Ext__c": "1"})]).await.unwrap();
    assert_eq!(outcomes, [Outcome::Created { id: Some("A".into()) }]);
}

#[tokio::test]
async fn what_every_record_is_sent_with_stands_over_the_record() {
    let provider = Provider::start(|_, _| ok(json!([{"id": "A", "success": true}]))).await;
    let record = json!({"Ext__c": "1", "attributes": {"type": "Contact", "url": "/1"}});
    provider.client().upsert(&BATCH, &[record]).await.unwrap();
    let sent = json!({"Ext__c": "1", "attributes": {"type": "Lead", "url": "/1"}});
    assert_eq!(provider.seen()[0].json()["records"], json!([sent]));
}

#[tokio::test]
async fn results_that_do_not_match_the_records_are_an_error() {
    for body in [json!([]), json!({}), json!([{}, {}, {}])] {
        let provider = Provider::start(move |_, _| ok(body.clone())).await;
        let client = provider.client();
        let error = client.write(&BATCH, &records(&["1", "2"])).await.unwrap_err();
        assert!(matches!(error, Error::Decode { .. }), "{error}");
    }
}

#[tokio::test]
async fn one_bad_record_does_not_cost_its_batch() {
    static WIDE: Upsert = Upsert { batch: 8, ..copy(&BATCH) };
    let provider = Provider::start(|seen, _| {
        let keys: Vec<Value> = seen.json()["records"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["Ext__c"].clone())
            .collect();
        match keys.contains(&json!("bad")) {
            true => status(400, json!({"message": "bad record"})),
            false => ok(keys.iter().map(|key| json!({"id": key, "success": true})).collect()),
        }
    })
    .await;
    let client = provider.client();
    let outcomes = client.write(&WIDE, &records(&["1", "2", "bad", "4", "5"])).await.unwrap();
    let rejected: Vec<bool> =
        outcomes.iter().map(|o| matches!(o, Outcome::Rejected { .. })).collect();
    assert_eq!(rejected, [false, false, true, false, false]);
    // The results do not say which are new.
    assert!(matches!(&outcomes[4], Outcome::Written { id: Some(id) } if id == "5"));
}

const fn copy(upsert: &'static Upsert) -> Upsert {
    Upsert {
        operation: upsert.operation,
        preset: Preset { values: upsert.preset.values, body: upsert.preset.body },
        by: upsert.by,
        key: upsert.key,
        each: upsert.each,
        into: upsert.into,
        records: upsert.records,
        batch: upsert.batch,
        results: Results {
            records: upsert.results.records,
            id: upsert.results.id,
            created: upsert.results.created,
            created_status: upsert.results.created_status,
            failed: upsert.results.failed,
            skipped: upsert.results.skipped,
            message: upsert.results.message,
        },
    }
}

static SINGLE: OperationMeta = meta(Method::PATCH, "/leads/ext/{value}", Repeat::Idempotent);

static ONE_BY_ONE: Upsert = Upsert {
    operation: &SINGLE,
    preset: Preset::NOTHING,
    by: "Ext__c",
    key: Some(Slot::Path("value")),
    each: None,
    into: None,
    records: None,
    batch: 1,
    results: Results {
        records: None,
        id: Some("/id"),
        created: None,
        created_status: Some(201),
        failed: None,
        skipped: None,
        message: None,
    },
};

#[tokio::test]
async fn one_record_a_call_with_the_key_in_the_path() {
    let provider = Provider::start(|seen, _| match seen.path.as_str() {
        "/leads/ext/new" => status(201, json!({"id": "N"})),
        "/leads/ext/bad" => status(400, json!({"message": "bad"})),
        _ => crate::support::Reply { status: 204, headers: vec![], body: String::new() },
    })
    .await;
    let client = provider.client();
    let outcomes = client.write(&ONE_BY_ONE, &records(&["new", "old", "bad"])).await.unwrap();
    assert_eq!(
        outcomes,
        [
            Outcome::Created { id: Some("N".into()) },
            Outcome::Updated { id: None },
            Outcome::Rejected { reason: "operation: the provider answered 400: bad".into() },
        ]
    );
    assert!(provider.seen().iter().all(|seen| !seen.text().contains("Ext__c")));
}

#[tokio::test]
async fn a_prepared_record_needs_no_field_for_its_key() {
    let provider = Provider::start(|_, _| status(201, json!({"id": "N"}))).await;
    let body = RawValue::from_string(r#"{"name":"x"}"#.to_owned()).unwrap();
    let record = Write { key: "7".to_owned(), body };
    let outcomes = provider.client().write(&ONE_BY_ONE, &[record]).await.unwrap();
    assert_eq!(outcomes, [Outcome::Created { id: Some("N".into()) }]);
    let seen = provider.seen().remove(0);
    assert_eq!((seen.path.as_str(), seen.json()), ("/leads/ext/7", json!({"name": "x"})));
}

#[tokio::test]
async fn a_call_that_fails_as_a_whole_is_an_error() {
    let provider = Provider::start(|_, _| status(403, json!({"message": "no"}))).await;
    let client = provider.client();
    assert_eq!(client.write(&BATCH, &records(&["1"])).await.unwrap_err().status(), Some(403));
    assert_eq!(client.write(&ONE_BY_ONE, &records(&["1"])).await.unwrap_err().status(), Some(403));
}
