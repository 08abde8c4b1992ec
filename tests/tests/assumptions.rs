//! What specs assume travels into emitted code, and names its line when a provider is otherwise.
#![allow(clippy::unwrap_used, clippy::panic)]

use gusset::http::{HeaderMap, StatusCode};
use gusset::{Answer, Call, Options, Transport, TransportError};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, compile};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

/// Answers everything alike.
#[derive(Debug)]
struct Always(u16, Value);

type Sending<'a> = Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + 'a>>;

impl Transport for Always {
    fn send(&self, _: Call) -> Sending<'_> {
        answer(self.0, &self.1)
    }
}

fn answer(status: u16, body: &Value) -> Sending<'static> {
    let status = StatusCode::from_u16(status).unwrap();
    let body = body.to_string().into();
    Box::pin(std::future::ready(Ok(Answer { status, headers: HeaderMap::new(), body })))
}

fn hubspot(status: u16, body: Value) -> hubspot::Client {
    let credentials = hubspot::Credentials::PrivateApp { token: "t".into() };
    let options = Options::default().with_transport(Arc::new(Always(status, body)));
    hubspot::Client::new(credentials, &hubspot::Settings::default(), options).unwrap()
}

/// The line of the catalog that an error names.
#[track_caller]
fn line(error: &gusset::Error) -> String {
    let place = error.assumption().unwrap_or_else(|| panic!("{error}")).place;
    assert!(error.to_string().contains(&format!("in {place}: ")), "{error}");
    let (file, position) = place.split_once(".yaml:").unwrap();
    let line: usize = position.split(':').next().unwrap().parse().unwrap();
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("specs");
    let text = fs::read_to_string(specs.join(format!("{file}.yaml"))).unwrap();
    text.lines().nth(line - 1).unwrap().trim().to_owned()
}

fn contact(properties: Value) -> Value {
    let at = "2026-11-22T10:00:00Z";
    json!({"id": "1", "createdAt": at, "updatedAt": at, "archived": false, "properties": properties})
}

#[tokio::test]
async fn a_refined_member_that_is_something_else_names_its_line() {
    let odd = contact(json!({"email": 5}));
    let error = hubspot(200, odd.clone()).contacts().get("1").await.unwrap_err();
    assert!(line(&error).starts_with("properties.email:"), "{error}");
    let error = hubspot(200, json!({"results": [odd]})).contacts().items().next().await.unwrap();
    assert!(line(&error.unwrap_err()).starts_with("properties.email:"));
    let odd = contact(json!({"hubspotscore": "many"}));
    let error = hubspot(200, odd).contacts().get("1").await.unwrap_err();
    assert!(line(&error).starts_with("properties.hubspotscore:"), "{error}");
    let odd = contact(json!({"city": 7}));
    let error = hubspot(200, odd).contacts().get("1").await.unwrap_err();
    assert!(line(&error).starts_with("properties.*:"), "{error}");
}

#[tokio::test]
async fn an_overridden_way_to_authorise_that_is_refused_names_its_line() {
    let error = hubspot(401, json!({})).contacts().get("1").await.unwrap_err();
    assert!(line(&error).starts_with("private_app:") || line(&error).starts_with("type: bearer"));
    assert!(error.to_string().contains("perhaps for what is overridden in hubspot/"), "{error}");
}

#[tokio::test]
async fn a_time_that_is_refused_names_the_line_of_its_format() {
    let client = hubspot(400, json!({"message": "no such time"}));
    let since = "2026-11-22T10:00:00Z".parse().unwrap();
    let error = client.contacts().changes(since).next().await.unwrap().unwrap_err();
    assert!(line(&error).starts_with("since:"), "{error}");
}

/// Gives tokens, and refuses everything else for its limits.
#[derive(Debug)]
struct Busy;

impl Transport for Busy {
    fn send(&self, call: Call) -> Sending<'_> {
        let token = json!({"access_token": "t", "token_type": "Bearer", "expires_in": 1000});
        match call.url.path().ends_with("/token") {
            true => answer(200, &token),
            false => answer(429, &json!({})),
        }
    }
}

#[tokio::test]
async fn a_limit_of_another_way_to_authorise_is_not_blamed() {
    let jira = |credentials| {
        let options =
            Options::default().with_transport(Arc::new(Busy)).with_retry(gusset::Retry::never());
        let settings = jira::Settings::new("acme.atlassian.net");
        jira::Client::new(credentials, &settings, options).unwrap()
    };
    let token = jira(jira::Credentials::token("a@example.com", "t"));
    let error = token.issues().get("OPS-1").await.unwrap_err();
    assert_eq!(line(&error), "unlimited: true");
    let app = jira(jira::Credentials::app("id", "secret", "refresh"));
    let error = app.issues().get("OPS-1").await.unwrap_err();
    assert_eq!(line(&error), "quota: 65000 per 1h");
}

const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: https://shop.example.com}]
paths:
  /items:
    get:
      operationId: list
      parameters:
      - {name: offset, in: query, schema: {type: integer}}
      responses:
        '200':
          description: ''
          content:
            application/json:
              schema:
                type: object
                required: [items, page]
                properties:
                  items: {type: array, items: {$ref: '#/components/schemas/Item'}}
                  by_name: {type: object, additionalProperties: {$ref: '#/components/schemas/Item'}}
                  pair:
                    oneOf:
                    - {$ref: '#/components/schemas/Item'}
                    - {type: string}
                  page: {type: object, additionalProperties: {type: boolean}}
components:
  schemas:
    Item:
      type: object
      required: [id]
      properties:
        id: {type: string}
        note: {type: string}
        parts: {type: array, items: {$ref: '#/components/schemas/Item'}}
"#;

const SPEC: &str = "\
gusset: 1
integration: shop
document: openapi.yaml
limits:
  all: {quota: 10 per 1s}
operations:
  list:
    id: list
    paginate:
      items: body.items
      offset: {into: query.offset, more: body.page.more}
      because: seen in answers
types:
  Item: {schema: Item, refine: {note: string}, because: seen in answers}
";

/// The root module of the crate that is emitted for a spec, on one line.
#[track_caller]
fn root_of(spec: &str, document: &str) -> String {
    let mut sources = Sources::new()
        .with_file("shop/integration.yaml", spec)
        .with_file("shop/openapi.yaml", document);
    let input = Input { specs: vec!["shop/integration.yaml".into()], ..Input::default() };
    let outcome = compile(&input, &mut sources);
    let said: Vec<&str> = outcome.diagnostics.iter().map(|d| d.message.as_str()).collect();
    let units = outcome.value.unwrap_or_else(|| panic!("{said:?}"));
    units[0].root.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn all_places_of_a_refined_type_are_known_to_emitted_code() {
    let root = root_of(SPEC, DOCUMENT);
    for part in [
        // In a list, in a map, in a variant; a type inside itself is not followed.
        r#"const PLACES_1: gusset::Places = &[ ("list", "/by_name/*"), ("list", "/items/*"), ("list", "/pair"), ];"#,
        r#""shop/integration.yaml:14:39", "`Item.note` is text and always there", "seen in answers", gusset::Sign::Value(PLACES_1, "/note")"#,
        r#""shop/integration.yaml:11:42", "`list` gives what is read at `body.page.more`", "seen in answers", gusset::Sign::Page("list", gusset::PagePart::More)"#,
        r#"gusset::Sign::Refused(&[429], &[])"#,
        "assumptions: &ASSUMPTIONS",
    ] {
        assert!(root.contains(part), "{part} is not in {root}");
    }
}

#[test]
fn a_refined_type_that_is_only_sent_is_looked_after_in_requests() {
    let post = "    post:
      operationId: add
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, properties: {all: {type: array, items: {$ref: '#/components/schemas/New'}}}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    New: {type: object, properties: {note: {}}}
";
    let document = DOCUMENT.replace("components:\n  schemas:\n", post);
    let spec = SPEC.replace(
        "types:\n",
        "  add: {id: add}\ntypes:\n  New: {schema: New, refine: {note: string?}, because: seen}\n",
    );
    let root = root_of(&spec, &document);
    assert!(root.contains(r#"gusset::Places = &[("add", "/all/*")];"#), "{root}");
    assert!(root.contains(r#"gusset::Sign::Given(PLACES_2, "/note")"#), "{root}");
}
