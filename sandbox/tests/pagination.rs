//! Each way of paging, over HTTP: every record comes once, in order, and the listing ends.
#![allow(clippy::unwrap_used)]

mod kit;

use gusset_compiler::ir::{More, Next, Slot, TypeKind, TypeUse};
use gusset_sandbox::Sandbox;
use kit::{Kit, get, http, optional, path, required};
use serde_json::Value;

fn query(name: &str) -> Slot {
    Slot::Query(name.to_owned())
}

fn more(text: &str, inverted: bool) -> More {
    More { from: path(text), inverted }
}

/// A shop whose only operation lists items that way; 25 items, 10 a page.
async fn shop(
    envelope: impl FnOnce(&mut Kit, TypeUse) -> TypeUse,
    items: &str,
    next: Next,
) -> Sandbox {
    let mut kit = Kit::new();
    let item = kit.item();
    let list = kit.list(item);
    let output = envelope(&mut kit, list);
    let pagination = kit.pagination(items, item, next, Some(("limit", 10)));
    let integer = kit.integer();
    kit.operation("list_items", "GET /items", Some(output)).pagination = Some(pagination);
    kit.parameter("list_items", "limit", integer, (Some(1), Some(50)));
    let listing = kit.listing("list_items");
    kit.resource("items", item).list = listing;
    kit.start(25).await.0
}

/// Reads pages with `next` (from a page to the query of the next one) and compares with what the sandbox holds.
async fn all(sandbox: &Sandbox, items: &str, next: impl Fn(&Value, usize) -> Option<String>) {
    let mut read = Vec::new();
    let mut query = Some(String::new());
    let mut sizes = Vec::new();
    while let Some(asked) = query {
        let (status, page) = get(&format!("{}/items{asked}", sandbox.url())).await;
        assert_eq!(status, 200, "{page}");
        let found = page.pointer(items).and_then(Value::as_array).cloned().unwrap();
        sizes.push(found.len());
        read.extend(found);
        query = next(&page, read.len());
        assert!(sizes.len() < 10, "the listing does not end");
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(read, sandbox.records("items"));
}

#[tokio::test]
async fn cursor_in_the_body() {
    let next = Next::Cursor { from: path("paging.next.after"), into: query("after"), more: None };
    let envelope = |kit: &mut Kit, list| {
        let text = kit.text();
        let next = kit.object(&[required("after", text)]);
        let paging = kit.object(&[optional("next", next)]);
        kit.object(&[required("results", list), optional("paging", paging)])
    };
    let sandbox = shop(envelope, "results", next).await;
    all(&sandbox, "/results", |page, _| {
        let after = page.pointer("/paging/next/after")?.as_str()?;
        Some(format!("?after={after}"))
    })
    .await;
    let (status, _) = get(&format!("{}/items?after=nonsense", sandbox.url())).await;
    assert_eq!(status, 400);
    for (limit, expected) in [("0", 400), ("51", 400), ("ten", 400), ("50", 200)] {
        let (status, _) = get(&format!("{}/items?limit={limit}", sandbox.url())).await;
        assert_eq!(status, expected, "limit={limit}");
    }
}

#[tokio::test]
async fn required_cursor_is_empty_on_the_last_page() {
    let next = Next::Cursor {
        from: path("meta.next"),
        into: query("cursor"),
        more: Some(more("meta.has_more", false)),
    };
    let envelope = |kit: &mut Kit, list| {
        let (text, flag) = (kit.text(), kit.boolean());
        let meta = kit.object(&[required("next", text), required("has_more", flag)]);
        kit.object(&[required("data", list), required("meta", meta)])
    };
    let sandbox = shop(envelope, "data", next).await;
    all(&sandbox, "/data", |page, read| {
        assert_eq!(page["meta"]["has_more"], Value::Bool(read < 25));
        let after = page["meta"]["next"].as_str().unwrap();
        (!after.is_empty()).then(|| format!("?cursor={after}"))
    })
    .await;
}

#[tokio::test]
async fn numeric_cursor() {
    let next = Next::Cursor { from: path("next"), into: query("from"), more: None };
    let envelope = |kit: &mut Kit, list| {
        let integer = kit.integer();
        let next = TypeUse { nullable: true, ..integer };
        kit.object(&[required("data", list), required("next", next)])
    };
    let sandbox = shop(envelope, "data", next).await;
    all(&sandbox, "/data", |page, _| page["next"].as_u64().map(|n| format!("?from={n}"))).await;
}

#[tokio::test]
async fn next_url_in_the_body() {
    let next = Next::Url { from: path("next"), more: Some(more("done", true)), operation: None };
    let envelope = |kit: &mut Kit, list| {
        let (text, flag, integer) = (kit.text(), kit.boolean(), kit.integer());
        kit.object(&[
            required("records", list),
            optional("next", text),
            required("done", flag),
            required("totalSize", integer),
        ])
    };
    let sandbox = shop(envelope, "records", next).await;
    all(&sandbox, "/records", |page, read| {
        assert_eq!(page["totalSize"], 25);
        assert_eq!(page["done"], Value::Bool(read == 25));
        page["next"].as_str().map(|url| url.strip_prefix("/api/v1/items").unwrap().to_owned())
    })
    .await;
}

#[tokio::test]
async fn link_header() {
    let sandbox = shop(|_, list| list, "", Next::Link).await;
    let mut url = format!("{}/items?limit=10", sandbox.url());
    let mut read = Vec::new();
    for page in 0..3 {
        let response = http().get(&url).send().await.unwrap();
        let link = response.headers().get("link").map(|l| l.to_str().unwrap().to_owned());
        read.extend(response.json::<Vec<Value>>().await.unwrap());
        match link {
            Some(link) => {
                url = link
                    .strip_prefix('<')
                    .unwrap()
                    .strip_suffix(">; rel=\"next\"")
                    .unwrap()
                    .to_owned()
            }
            None => assert_eq!(page, 2),
        }
    }
    assert_eq!(read, sandbox.records("items"));
}

#[tokio::test]
async fn offset_and_total() {
    let next = Next::Offset {
        into: query("offset"),
        first: 0,
        template: None,
        total: Some(path("all")),
        more: None,
    };
    let envelope = |kit: &mut Kit, list| {
        let integer = kit.integer();
        kit.object(&[required("data", list), required("all", integer)])
    };
    let sandbox = shop(envelope, "data", next).await;
    all(&sandbox, "/data", |page, read| {
        assert_eq!(page["all"], 25);
        (read < 25).then(|| format!("?offset={read}"))
    })
    .await;
    assert_eq!(get(&format!("{}/items?offset=-1", sandbox.url())).await.0, 400);
}

#[tokio::test]
async fn page_number() {
    let next =
        Next::Page { into: query("page"), first: 1, total: None, more: Some(more("last", true)) };
    let envelope = |kit: &mut Kit, list| {
        let flag = kit.boolean();
        kit.object(&[required("data", list), required("last", flag)])
    };
    let sandbox = shop(envelope, "data", next).await;
    all(&sandbox, "/data", |page, read| {
        (page["last"] == false).then(|| format!("?page={}", read / 10 + 1))
    })
    .await;
    assert_eq!(get(&format!("{}/items?page=0", sandbox.url())).await.0, 400);
}

#[tokio::test]
async fn another_operation_reads_on() {
    let mut kit = Kit::new();
    let (item, text, flag) = (kit.item(), kit.text(), kit.boolean());
    let list = kit.list(item);
    let output = kit.object(&[
        required("entries", list),
        required("cursor", text),
        required("has_more", flag),
    ]);
    let next = Next::Continue {
        operation: "list_on".to_owned(),
        from: path("cursor"),
        into: Slot::Body("/cursor".to_owned()),
        more: more("has_more", false),
    };
    let pagination = kit.pagination("entries", item, next, None);
    let sent = kit.object(&[required("cursor", text)]);
    let any = kit.ty(TypeKind::any(""));
    kit.operation("list_items", "POST /list", Some(output)).pagination = Some(pagination);
    kit.body("list_items", any);
    kit.operation("list_on", "POST /list/continue", Some(output));
    kit.body("list_on", sent);
    let listing = kit.listing("list_items");
    kit.resource("items", item).list = listing;
    let (sandbox, _) = kit.start(250).await;

    let post = |path: &'static str, body: Value| {
        let url = format!("{}{path}", sandbox.url());
        async move {
            let response = http().post(url).json(&body).send().await.unwrap();
            (response.status().as_u16(), response.json::<Value>().await.unwrap())
        }
    };
    let (_, mut page) = post("/list", serde_json::json!({})).await;
    let mut read = page["entries"].as_array().cloned().unwrap();
    while page["has_more"] == true {
        (_, page) = post("/list/continue", serde_json::json!({"cursor": page["cursor"]})).await;
        read.extend(page["entries"].as_array().cloned().unwrap());
    }
    assert_eq!(read, sandbox.records("items"));
    assert_eq!(post("/list/continue", serde_json::json!({"cursor": "x"})).await.0, 400);
    assert_eq!(post("/list/continue", serde_json::json!({})).await.0, 400);
}

#[tokio::test]
async fn next_urls_of_another_operation() {
    let mut kit = Kit::new();
    let (item, text) = (kit.item(), kit.text());
    let list = kit.list(item);
    let null = TypeUse { nullable: true, ..text };
    let output = kit.object(&[required("entries", list), required("next_page", null)]);
    let next =
        Next::Url { from: path("next_page"), more: None, operation: Some("list_on".to_owned()) };
    let pagination = kit.pagination("entries", item, next, None);
    let any = kit.ty(TypeKind::any(""));
    kit.operation("list_items", "POST /shops/{shop}/filter", Some(output)).pagination =
        Some(pagination);
    kit.body("list_items", any);
    kit.operation("list_on", "GET /shops/{shop}/filter/next", Some(output));
    kit.parameter("list_on", "page-token", text, (None, None));
    kit.shop().operations["list_on"].parameters[0].required = true;
    let listing = kit.listing("list_items");
    kit.resource("items", item).list = listing;
    let (sandbox, _) = kit.start(250).await;

    let first = format!("{}/shops/a%20b/filter", sandbox.url());
    let response = http().post(&first).json(&serde_json::json!({})).send().await.unwrap();
    let mut page = response.json::<Value>().await.unwrap();
    let mut read = page["entries"].as_array().cloned().unwrap();
    let origin = sandbox.url().strip_suffix("/api/v1").unwrap().to_owned();
    while let Some(next) = page["next_page"].as_str().map(str::to_owned) {
        assert!(next.starts_with("/api/v1/shops/a%20b/filter/next?page-token="), "{next}");
        let (status, body) = get(&format!("{origin}{next}")).await;
        assert_eq!(status, 200, "{body}");
        read.extend(body["entries"].as_array().cloned().unwrap());
        page = body;
    }
    assert_eq!(read, sandbox.records("items"));
    // Without its token, or with a body by the list's method, nothing reads on.
    assert_eq!(get(&format!("{first}/next")).await.0, 400);
    let response = http().post(format!("{first}/next?page-token=x")).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 405);
}
