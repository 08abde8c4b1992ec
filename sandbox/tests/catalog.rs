//! The catalog's providers, as their specs declare them.
#![allow(clippy::unwrap_used)]

mod kit;

use gusset_sandbox::{Builder, Credential, Sandbox};
use kit::{Time, http};
use reqwest::Response;
use serde_json::{Value, json};

fn provider(name: &str) -> Builder {
    let path = format!("{}/../specs/{name}", env!("CARGO_MANIFEST_DIR"));
    Sandbox::from_specs([path]).unwrap_or_else(|e| unreachable!("{e}"))
}

async fn call(sandbox: &Sandbox, scheme: &str, method: &str, path: &str, body: Value) -> Response {
    let Credential::Bearer { token } = &sandbox.credentials()[scheme] else { unreachable!() };
    let origin = sandbox.url();
    let url = if path.starts_with("/services") {
        format!("{}{path}", origin.strip_suffix("/services/data/v67.0").unwrap())
    } else {
        format!("{origin}{path}")
    };
    let request = http().request(method.parse().unwrap(), url).bearer_auth(token);
    if body.is_null() { request } else { request.json(&body) }.send().await.unwrap()
}

async fn read(response: Response) -> (u16, Value) {
    (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
}

#[tokio::test]
async fn hubspot_contacts_and_owners() {
    let time = Time::default();
    let sandbox = provider("hubspot").records(250).clock(time.clock()).start().await.unwrap();
    let mut read_so_far = Vec::new();
    let mut query = "limit=100".to_owned();
    loop {
        let path = format!("/crm/v3/objects/contacts?{query}");
        let response = call(&sandbox, "private_app", "GET", &path, Value::Null).await;
        assert!(response.headers().contains_key("x-hubspot-ratelimit-remaining"));
        let (status, page) = read(response).await;
        assert_eq!(status, 200, "{page}");
        read_so_far.extend(page["results"].as_array().cloned().unwrap());
        match page["paging"]["next"]["after"].as_str() {
            Some(after) => query = format!("limit=100&after={after}"),
            None => {
                assert!(page.get("paging").is_none(), "absent on the last page");
                break;
            }
        }
    }
    assert_eq!(read_so_far, sandbox.records("contacts"));
    let path = "/crm/v3/owners";
    let (_, owners) = read(call(&sandbox, "private_app", "GET", path, Value::Null).await).await;
    let owners = owners["results"].as_array().cloned().unwrap();
    assert_eq!(owners.len(), 20);
    for contact in &read_so_far {
        let score: f64 = contact["properties"]["hubspotscore"].as_str().unwrap().parse().unwrap();
        assert!((0.0..=100.0).contains(&score));
        let owner = &contact["properties"]["hubspot_owner_id"];
        assert!(owners.iter().any(|o| o["id"] == *owner), "{owner}");
    }
}

#[tokio::test]
async fn hubspot_search_by_time_of_change() {
    let time = Time::default();
    let sandbox = provider("hubspot").records(300).clock(time.clock()).start().await.unwrap();
    let half = time.millis() - 182 * 86_400_000;
    let filter =
        json!({"propertyName": "lastmodifieddate", "operator": "GTE", "value": half.to_string()});
    let mut after = "0".to_owned();
    let mut times = Vec::new();
    loop {
        let body = json!({
            "filterGroups": [{"filters": [filter]}], "sorts": ["lastmodifieddate"],
            "properties": ["email"], "limit": 100, "after": after,
        });
        let path = "/crm/v3/objects/contacts/search";
        let (status, page) = read(call(&sandbox, "private_app", "POST", path, body).await).await;
        assert_eq!(status, 200, "{page}");
        let results = page["results"].as_array().unwrap();
        times.extend(results.iter().map(|r| r["updatedAt"].as_str().unwrap().to_owned()));
        let Some(next) = page["paging"]["next"]["after"].as_str() else {
            assert_eq!(page["total"], times.len());
            break;
        };
        after = next.to_owned();
    }
    assert!(times.is_sorted());
    assert!(times.len() > 100 && times.len() < 200);
    let first: jiff::Timestamp = times[0].parse().unwrap();
    assert!(first.as_millisecond() >= half);
    let (status, error) = read(
        call(&sandbox, "private_app", "POST", "/crm/v3/objects/contacts/search", json!({})).await,
    )
    .await;
    assert_eq!((status, &error["category"]), (400, &json!("bad_request")));
    assert!(error["message"].as_str().unwrap().contains("missing"), "{error}");
}

#[tokio::test]
async fn hubspot_limits_searches_more() {
    let time = Time::default();
    let sandbox = provider("hubspot").records(1).clock(time.clock()).start().await.unwrap();
    let body = json!({"filterGroups": [], "sorts": [], "properties": [], "limit": 1, "after": "0"});
    for expected in [200, 200, 200, 200, 200, 429] {
        let response =
            call(&sandbox, "private_app", "POST", "/crm/v3/objects/contacts/search", body.clone())
                .await;
        assert_eq!(response.status(), expected);
    }
    let response = call(&sandbox, "private_app", "GET", "/crm/v3/owners", Value::Null).await;
    assert_eq!(response.status(), 200);
}

const LEADS: &str = "/composite/sobjects/Lead/HubSpot_Contact_Id__c";

fn lead(id: &str, name: &str) -> Value {
    json!({"attributes": {"type": "Lead"}, "HubSpot_Contact_Id__c": id, "LastName": name, "Company": "Acorn"})
}

#[tokio::test]
async fn salesforce_leads_by_external_id() {
    let sandbox = provider("salesforce").records(10).start().await.unwrap();
    assert!(sandbox.url().ends_with("/services/data/v67.0"));
    assert_eq!((sandbox.count("leads"), sandbox.count("users")), (0, 20));
    let body = json!({"allOrNone": false, "records": [lead("1", "Berg"), lead("2", "Ito")]});
    let response = call(&sandbox, "token", "PATCH", LEADS, body.clone()).await;
    assert_eq!(response.headers()["sforce-limit-info"], "api-usage=1/100000");
    let (status, results) = read(response).await;
    assert_eq!(status, 200, "{results}");
    assert_eq!((&results[0]["created"], &results[1]["success"]), (&json!(true), &json!(true)));

    let id = results[0]["id"].as_str().unwrap().to_owned();
    sandbox.put("leads", json!({"Id": id, "IsConverted": true})).unwrap();
    sandbox.refuse("leads", |record| (record["IsConverted"] == true).then(|| json!({})));
    let (_, again) = read(call(&sandbox, "token", "PATCH", LEADS, body).await).await;
    assert_eq!(again[0]["errors"][0]["statusCode"], "CANNOT_UPDATE_CONVERTED_LEAD");
    assert_eq!((&again[0]["success"], &again[1]["created"]), (&json!(false), &json!(false)));
    assert_eq!(sandbox.count("leads"), 2);

    let path = format!("/sobjects/Lead/{id}");
    let (_, found) = read(call(&sandbox, "token", "GET", &path, Value::Null).await).await;
    assert_eq!(found["LastName"], "Berg");
    assert_eq!(call(&sandbox, "token", "DELETE", &path, Value::Null).await.status(), 204);
    let (status, error) = read(call(&sandbox, "token", "GET", &path, Value::Null).await).await;
    assert_eq!((status, &error[0]["errorCode"]), (404, &json!("not_found")));
}

#[tokio::test]
async fn salesforce_queries_are_told_apart() {
    let sandbox = provider("salesforce").start().await.unwrap();
    let records: Vec<Value> = (0..200).map(|i| lead(&i.to_string(), "Berg")).collect();
    call(&sandbox, "token", "PATCH", LEADS, json!({ "records": records })).await;
    let ask = |query: &str| {
        let q: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        format!("/query?q={q}")
    };
    let users = ask("SELECT Id, Email, Name, IsActive FROM User WHERE IsActive = true");
    let (_, page) = read(call(&sandbox, "token", "GET", &users, Value::Null).await).await;
    assert_eq!((&page["totalSize"], &page["done"]), (&json!(20), &json!(true)));
    assert!(page["records"][0]["Email"].as_str().unwrap().contains('@'));
    let leads = ask("SELECT Id FROM Lead");
    let (_, page) = read(call(&sandbox, "token", "GET", &leads, Value::Null).await).await;
    assert_eq!(page["totalSize"], 200);
    let (status, errors) =
        read(call(&sandbox, "token", "GET", &ask("nonsense"), Value::Null).await).await;
    assert_eq!((status, errors.is_array()), (400, true));
}

#[tokio::test]
async fn slack_posts() {
    let time = Time::default();
    let sandbox = provider("slack").clock(time.clock()).start().await.unwrap();
    assert!(sandbox.url().ends_with("/api"));
    let body = json!({"channel": "C1", "text": "hello"});
    let (status, posted) =
        read(call(&sandbox, "bot", "POST", "/chat.postMessage", body.clone()).await).await;
    assert_eq!(
        (status, &posted["ok"], &posted["channel"]),
        (200, &json!(true), &json!("C1")),
        "{posted}"
    );
    assert_eq!(
        (&posted["message"]["text"], &posted["message"]["ts"]),
        (&json!("hello"), &posted["ts"])
    );
    assert_eq!(sandbox.records("messages"), [posted]);
    let refused = call(&sandbox, "bot", "POST", "/chat.postMessage", body).await;
    assert_eq!(refused.headers()["retry-after"], "1");
    let (status, refused) = read(refused).await;
    assert_eq!((status, &refused["ok"]), (429, &json!(false)));
}

#[tokio::test]
async fn seeds_match_across_providers() {
    let (hubspot, salesforce) = (provider("hubspot"), provider("salesforce"));
    let hubspot = hubspot.start().await.unwrap();
    let salesforce = salesforce.start().await.unwrap();
    let of = |records: Vec<Value>, field: &str| -> Vec<Value> {
        records.iter().map(|r| r[field].clone()).collect()
    };
    let owners = of(hubspot.records("owners"), "email");
    assert_eq!(owners, of(salesforce.records("users"), "Email"));
}
