//! Reading and writing records, and keeping them.
#![allow(clippy::unwrap_used)]

mod kit;

use gusset_compiler::ir::{Next, Results, Slot, TimeFormat};
use gusset_sandbox::Sandbox;
use kit::{Kit, get, http, optional, path, required};
use serde_json::{Value, json};
use std::time::Duration;

/// A shop that can do everything with its items.
fn shop() -> Kit {
    let mut kit = Kit::new();
    let (item, text, flag) = (kit.item(), kit.text(), kit.boolean());
    let list = kit.list(item);
    let page = kit.object(&[required("data", list), optional("next", text)]);
    let next =
        || Next::Cursor { from: path("next"), into: Slot::Query("after".to_owned()), more: None };
    let plan = kit.pagination("data", item, next(), Some(("limit", 10)));
    let sent =
        kit.object(&[required("name", text), optional("price", text), optional("kind", text)]);
    let problem = kit.object(&[required("code", text), required("message", text)]);
    let problems = kit.list(problem);
    let result = kit.object(&[
        optional("id", text),
        required("success", flag),
        optional("created", flag),
        required("errors", problems),
    ]);
    let (results, records) = (kit.list(result), kit.list(sent));
    let batch = kit.object(&[required("records", records)]);
    kit.operation("list_items", "GET /items", Some(page)).pagination = Some(plan.clone());
    kit.operation("changed_items", "GET /items/changed", Some(page)).pagination = Some(plan);
    kit.operation("get_item", "GET /items/{id}", Some(item));
    kit.operation("create_item", "POST /items", Some(item));
    kit.body("create_item", sent);
    kit.operation("update_item", "PATCH /items/{id}", None);
    kit.body("update_item", sent);
    kit.operation("delete_item", "DELETE /items/{id}", None);
    kit.operation("upsert_items", "PUT /items", Some(results));
    kit.body("upsert_items", batch);
    let declared = Results {
        records: None,
        id: Some("/id".to_owned()),
        created: Some("/created".to_owned()),
        created_status: None,
        failed: Some(kit.condition("!result.success")),
        skipped: Some(kit.condition("result.errors.exists(e, e.code == \"SOLD\")")),
        message: Some("/errors/0/message".to_owned()),
    };
    let mut upsert = kit.upsert("upsert_items", sent, declared);
    upsert.records = Some("/records".to_owned());
    upsert.batch = 3;
    let changes =
        kit.changes("changed_items", Slot::Query("since".to_owned()), TimeFormat::Rfc3339);
    let (list, get, create) =
        (kit.listing("list_items"), kit.one("get_item"), kit.create("create_item"));
    let (update, delete) = (kit.one("update_item"), kit.one("delete_item"));
    let items = kit.resource("items", item);
    (items.list, items.get, items.create, items.update, items.delete) =
        (list, get, create, update, delete);
    (items.changes, items.upsert) = (Some(changes), Some(upsert));
    let rules = json!({"price": {"between": [1, 9]}, "owner": {"like": "email"}});
    let rules = rules.as_object().unwrap().clone().into_iter().collect();
    kit.shop().sandbox.insert("items".to_owned(), rules);
    kit
}

async fn send(method: &str, url: String, body: Value) -> (u16, Value) {
    let request = http().request(method.parse().unwrap(), url);
    let response = if body.is_null() { request } else { request.json(&body) }.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
}

#[tokio::test]
async fn seeds_satisfy_the_schema_and_are_always_the_same() {
    let (first, _) = shop().start(30).await;
    let (second, _) = shop().start(30).await;
    let records = first.records("items");
    assert_eq!(records, second.records("items"));
    assert_eq!(records.len(), 30);
    let ids: std::collections::BTreeSet<_> = records.iter().map(|r| r["id"].to_string()).collect();
    assert_eq!(ids.len(), 30);
    for record in &records {
        let price: f64 = record["price"].as_str().unwrap().parse().unwrap();
        assert!((1.0..=9.0).contains(&price));
        assert!(["book", "lamp"].contains(&record["kind"].as_str().unwrap()));
        assert!(record["owner"].as_str().unwrap().ends_with("@example.com"));
        let made: jiff::Timestamp = record["created_at"].as_str().unwrap().parse().unwrap();
        let changed: jiff::Timestamp = record["updated_at"].as_str().unwrap().parse().unwrap();
        assert!(made < changed);
    }
}

#[tokio::test]
async fn one_record_lives_and_dies() {
    let (sandbox, time) = shop().start(2).await;
    let url = |rest: &str| format!("{}/items{rest}", sandbox.url());
    time.pass(Duration::from_secs(60));
    let (status, made) = send("POST", url(""), json!({"name": "lamp 7", "price": "4"})).await;
    assert_eq!((status, &made["name"], &made["price"]), (201, &json!("lamp 7"), &json!("4")));
    let id = made["id"].as_str().unwrap();
    assert_eq!(get(&url(&format!("/{id}"))).await, (200, made.clone()));
    assert_eq!(send("PATCH", url(&format!("/{id}")), json!({"name": "lamp 8"})).await.0, 204);
    let (_, changed) = get(&url(&format!("/{id}"))).await;
    assert_eq!((&changed["name"], &changed["price"]), (&json!("lamp 8"), &json!("4")));
    assert_ne!(changed["updated_at"], made["updated_at"]);
    assert_eq!(sandbox.count("items"), 3);
    assert_eq!(send("DELETE", url(&format!("/{id}")), Value::Null).await.0, 204);
    assert_eq!(get(&url(&format!("/{id}"))).await.0, 404);
    assert_eq!(sandbox.count("items"), 2);
}

#[tokio::test]
async fn requests_must_be_what_the_document_says() {
    let (sandbox, _) = shop().start(2).await;
    let url = format!("{}/items", sandbox.url());
    for body in [json!({}), json!({"name": 1}), json!([]), json!({"name": "a", "price": {}})] {
        assert_eq!(send("POST", url.clone(), body.clone()).await.0, 400, "{body}");
    }
    let text = http()
        .post(&url)
        .header("content-type", "application/json")
        .body("{")
        .send()
        .await
        .unwrap();
    assert_eq!(text.status(), 400);
    let plain = http().post(&url).body("{}").send().await.unwrap();
    assert_eq!(plain.status(), 415);
    assert_eq!(send("PATCH", url.clone(), json!({})).await.0, 405);
    assert_eq!(get(&format!("{}/nothing", sandbox.url())).await.0, 404);
    assert_eq!(get(&url.replace("/api/v1", "")).await.0, 404);
}

#[tokio::test]
async fn changes_come_in_order_and_only_since() {
    let (sandbox, time) = shop().start(40).await;
    let mut all = Vec::new();
    let mut query = String::new();
    loop {
        let (status, page) = get(&format!("{}/items/changed?{query}", sandbox.url())).await;
        assert_eq!(status, 200, "{page}");
        all.extend(page["data"].as_array().cloned().unwrap());
        match page["next"].as_str() {
            Some(next) => query = format!("after={next}"),
            None => break,
        }
    }
    let times: Vec<_> = all.iter().map(|r| r["updated_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted());
    assert_eq!(all.len(), 40);
    assert_ne!(all, sandbox.records("items"), "changes are not in the order of the list");

    let (_, half) =
        get(&format!("{}/items/changed?limit=50&since={}", sandbox.url(), times[20])).await;
    assert_eq!(half["data"].as_array().unwrap()[..], all[20..]);
    time.pass(Duration::from_secs(3600));
    let oldest = json!({"id": all[0]["id"], "price": "100"});
    let put = sandbox.put("items", oldest).unwrap();
    assert_eq!(put["name"], all[0]["name"]);
    let (_, recent) = get(&format!(
        "{}/items/changed?since={}",
        sandbox.url(),
        put["updated_at"].as_str().unwrap()
    ))
    .await;
    assert_eq!(recent["data"], json!([put]));
    sandbox.put("items", json!({"id": all[1]["id"], "archived": true})).unwrap();
    assert_eq!(sandbox.count("items"), 39);
    assert_eq!(get(&format!("{}/items/changed?since=yesterday", sandbox.url())).await.0, 400);
}

#[tokio::test]
async fn batches_are_upserted_and_results_shaped() {
    let (sandbox, _) = shop().start(2).await;
    let url = format!("{}/items", sandbox.url());
    let records = json!({"records": [{"name": "a", "price": "1"}, {"name": "b"}, {"name": ""}]});
    let (status, results) = send("PUT", url.clone(), records).await;
    assert_eq!(status, 200);
    assert_eq!(results[0]["created"], true);
    assert_eq!((&results[1]["success"], &results[1]["errors"]), (&json!(true), &json!([])));
    assert_eq!(results[2]["success"], false);
    assert!(results[2]["errors"][0]["message"].as_str().unwrap().contains("missing"));
    assert_eq!(sandbox.count("items"), 4);

    sandbox.refuse("items", |record| (record["name"] == "b").then(|| json!({})));
    let (_, again) =
        send("PUT", url.clone(), json!({"records": [{"name": "a", "price": "2"}, {"name": "b"}]}))
            .await;
    assert_eq!((&again[0]["created"], &again[0]["id"]), (&json!(false), &results[0]["id"]));
    assert_eq!(
        (&again[1]["success"], &again[1]["errors"][0]["code"]),
        (&json!(false), &json!("SOLD"))
    );
    assert_eq!(sandbox.count("items"), 4);
    let many: Vec<Value> = (0..4).map(|i| json!({"name": i.to_string()})).collect();
    assert_eq!(send("PUT", url, json!({ "records": many })).await.0, 400);
}

#[tokio::test]
async fn state_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let start = |records: u64| Sandbox::builder(shop().ir).records(records).file(&path).start();
    let sandbox = start(5).await.unwrap();
    let (_, made) = send("POST", format!("{}/items", sandbox.url()), json!({"name": "kept"})).await;
    let seeded = sandbox.records("items");
    let gone = seeded[1]["id"].clone();
    sandbox.put("items", json!({"id": gone, "archived": true})).unwrap();
    let before = sandbox.records("items");
    sandbox.shutdown().await;

    let sandbox = start(50).await.unwrap();
    assert_eq!(sandbox.records("items"), before, "seeded once");
    let (_, found) =
        get(&format!("{}/items/{}", sandbox.url(), made["id"].as_str().unwrap())).await;
    assert_eq!(found["name"], "kept");
    let (_, next) = send("POST", format!("{}/items", sandbox.url()), json!({"name": "new"})).await;
    assert_ne!(next["id"], made["id"]);
    assert_eq!(sandbox.count("items"), 6);
}

#[tokio::test]
async fn single_records_are_upserted_by_path() {
    let mut kit = Kit::new();
    let (item, text) = (kit.item(), kit.text());
    let sent = kit.object(&[optional("price", text)]);
    let result = kit.object(&[required("id", text)]);
    kit.operation("upsert_item", "PUT /items/name/{value}", Some(result));
    kit.body("upsert_item", sent);
    let declared =
        Results { id: Some("/id".to_owned()), created_status: Some(201), ..Results::default() };
    let mut upsert = kit.upsert("upsert_item", sent, declared);
    upsert.key = Some(Slot::Path("value".to_owned()));
    kit.resource("items", item).upsert = Some(upsert);
    let (sandbox, _) = kit.start(5).await;
    assert_eq!(sandbox.count("items"), 0, "what cannot be read is not seeded");

    let url = format!("{}/items/name/a%2Fb", sandbox.url());
    let (status, first) = send("PUT", url.clone(), json!({"price": "1"})).await;
    assert_eq!(status, 201);
    let (status, second) = send("PUT", url, json!({"price": "2"})).await;
    assert_eq!((status, &second), (200, &first));
    let records = sandbox.records("items");
    assert_eq!(records.len(), 1);
    assert_eq!((&records[0]["name"], &records[0]["price"]), (&json!("a/b"), &json!("2")));
    assert_eq!(records[0]["id"], first["id"]);
}

#[tokio::test]
async fn many_records_are_there_at_once() {
    let (sandbox, time) = shop().start(100_000).await;
    assert_eq!(sandbox.count("items"), 100_000);
    let url = format!("{}/items", sandbox.url());
    let (_, page) = get(&format!("{url}?limit=100")).await;
    assert_eq!(page["data"].as_array().unwrap().len(), 100);
    let year = jiff::Timestamp::from_millisecond(time.millis() - 365 * 86_400_000).unwrap();
    let (_, page) = get(&format!("{url}/changed?since={year}")).await;
    let first: jiff::Timestamp = page["data"][0]["updated_at"].as_str().unwrap().parse().unwrap();
    assert!(first > year);
    let soon = jiff::Timestamp::from_millisecond(time.millis() - 3_600_000).unwrap();
    let (_, page) = get(&format!("{url}/changed?since={soon}&limit=1")).await;
    let last: jiff::Timestamp = page["data"][0]["updated_at"].as_str().unwrap().parse().unwrap();
    assert!(last >= soon && last.as_millisecond() <= time.millis());
}

#[tokio::test]
async fn changes_from_before_the_reach_are_forgotten() {
    let mut kit = shop();
    let day = Duration::from_secs(24 * 60 * 60);
    let changes = kit.shop().resources["items"].changes.as_mut().unwrap();
    changes.reach = Some(30 * day);
    let (sandbox, time) = kit.start(3).await;
    // What was there before is older than that.
    time.pass(400 * day);
    sandbox.put("items", json!({"name": "first"})).unwrap();
    time.pass(20 * day);
    sandbox.put("items", json!({"name": "second"})).unwrap();
    let url = format!("{}/items/changed?since=2020-01-01T00:00:00Z", sandbox.url());
    let names = async || {
        let (status, page) = get(&url).await;
        let names: Vec<String> = page["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|record| record["name"].as_str().unwrap().to_owned())
            .collect();
        (status, names)
    };
    assert_eq!(names().await, (200, vec!["first".to_owned(), "second".to_owned()]));
    time.pass(11 * day);
    assert_eq!(names().await, (200, vec!["second".to_owned()]));
    assert_eq!(sandbox.records("items").len(), 5, "the list has them all");
}

#[tokio::test]
async fn a_listing_ends_at_the_cap() {
    let mut kit = shop();
    let changes = kit.shop().resources["items"].changes.as_mut().unwrap();
    (changes.cap, changes.ascending) = (Some(20), false);
    let (sandbox, _) = kit.start(40).await;
    let url = format!("{}/items/changed", sandbox.url());
    let (_, first) = get(&url).await;
    let times: Vec<_> =
        first["data"].as_array().unwrap().iter().map(|r| r["updated_at"].to_string()).collect();
    assert!(times.iter().rev().is_sorted(), "newest first, where no order is promised");
    let (_, second) = get(&format!("{url}?after={}", first["next"].as_str().unwrap())).await;
    let (status, _) = get(&format!("{url}?after={}", second["next"].as_str().unwrap())).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn what_could_not_be_written_is_written_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let start = || Sandbox::builder(shop().ir).records(3).file(&path).start();
    let sandbox = start().await.unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch("ALTER TABLE records RENAME TO hidden").unwrap();
    sandbox.put("items", json!({"name": "first"})).unwrap_err();
    file.execute_batch("ALTER TABLE hidden RENAME TO records").unwrap();
    sandbox.put("items", json!({"name": "second"})).unwrap();
    sandbox.shutdown().await;
    let sandbox = start().await.unwrap();
    let all = sandbox.records("items");
    for name in ["first", "second"] {
        assert!(all.iter().any(|record| record["name"] == name), "{name}: {all:?}");
    }
}
