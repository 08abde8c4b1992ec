//! What documents say about values: seeds are such values, and what is sent must be.
#![allow(clippy::unwrap_used)]

mod kit;

use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use gusset_sandbox::Sandbox;
use kit::{get, http};
use serde_json::{Value, json};
use std::collections::HashSet;

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: {title: Flows, version: '1'}
servers: [{url: https://api.flows.net}]
paths:
  /flows:
    get:
      operationId: listFlows
      parameters:
        - {name: state, in: query, schema: {$ref: '#/components/schemas/State'}}
        - {name: states, in: query, schema: {type: array, items: {$ref: '#/components/schemas/State'}}}
      responses:
        '200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Flow'}}}}}
    post:
      operationId: createFlow
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/FlowInput'}}}}
      responses:
        '201': {description: It is new., content: {application/json: {schema: {$ref: '#/components/schemas/Flow'}}}}
        default: {$ref: '#/components/responses/Failed'}
  /flows/{id}:
    get:
      operationId: getFlow
      parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Flow'}}}}
  /orders:
    get:
      operationId: listOrders
      responses:
        '200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string, pattern: '^ord_[0-9a-f]{10}$'}}]
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
  /boards:
    get:
      operationId: listBoards
      responses:
        '200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Board'}}}}}
  /boards/{id}:
    get:
      operationId: getBoard
      parameters: [{name: id, in: path, required: true, schema: {type: integer, format: int32, minimum: 100}}]
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Board'}}}}
components:
  responses:
    Failed:
      description: It failed.
      content: {application/json: {schema: {type: object, required: [detail], properties: {detail: {type: string}}}}}
  schemas:
    State: {type: string, enum: [pending, running, done]}
    Flow:
      type: object
      required: [id, parent, state, kind, code, short, long, tries]
      properties:
        id: {type: string, format: uuid}
        parent: {type: string, format: uuid}
        state: {$ref: '#/components/schemas/State'}
        kind: {type: string, enum: [small, big]}
        code: {type: string, pattern: '^[A-Z]{2}-[0-9]{3}$'}
        short: {type: string, maxLength: 4}
        long: {type: string, minLength: 40}
        tries: {type: integer, minimum: 2, maximum: 5}
    FlowInput:
      type: object
      properties:
        state: {$ref: '#/components/schemas/State'}
        steps: {type: array, items: {type: object, properties: {state: {$ref: '#/components/schemas/State'}}}}
    Order:
      type: object
      required: [id]
      properties: {id: {type: string}}
    Board:
      type: object
      required: [id]
      properties: {id: {type: integer}}
"#;

const SPEC: &str = "
gusset: 1
integration: flows
document: openapi.yaml
limits: {none: {unlimited: true, because: this is a test}}
errors: {message: body.detail}
operations:
  list_flows: {id: listFlows, paginate: {items: body, single: true}}
  create_flow: {id: createFlow}
  get_flow: {id: getFlow}
  list_orders: {id: listOrders, paginate: {items: body, single: true}}
  get_order: {id: getOrder}
  list_boards: {id: listBoards, paginate: {items: body, single: true}}
  get_board: {id: getBoard}
types:
  Flow: {schema: Flow, refine: {id: string, parent: string, kind: string}, because: the provider takes them for text}
  Order: {schema: Order}
  Board: {schema: Board}
resources:
  flows: {type: Flow, key: id, list: list_flows, get: get_flow, create: create_flow}
  orders: {type: Order, key: id, list: list_orders, get: get_order}
  boards: {type: Board, key: id, list: list_boards, get: get_board}
";

async fn flows() -> Sandbox {
    started(SPEC).await
}

async fn started(spec: &str) -> Sandbox {
    let mut sources = Sources::new()
        .with_file("flows/openapi.yaml", DOCUMENT)
        .with_file("flows/flows.yaml", spec);
    let input = Input { specs: vec!["flows/flows.yaml".into()], ..Input::default() };
    let outcome = check(&input, &mut sources);
    let said: Vec<String> =
        outcome.diagnostics.iter().map(|d| render(d, &sources, Style::Plain)).collect();
    let ir = outcome.value.unwrap_or_else(|| unreachable!("{}", said.join("\n")));
    Sandbox::builder(ir).records(20).start().await.unwrap()
}

fn keys(sandbox: &Sandbox, resource: &str) -> HashSet<String> {
    let records = sandbox.records(resource);
    let keys: HashSet<String> =
        records.iter().map(|record| record["id"].to_string().replace('"', "")).collect();
    assert_eq!(keys.len(), 20, "{keys:?}");
    keys
}

#[tokio::test]
async fn keys_of_seeds_fit_where_they_go() {
    let sandbox = flows().await;
    for resource in ["flows", "orders", "boards"] {
        for key in keys(&sandbox, resource) {
            let (status, found) = get(&format!("{}/{resource}/{key}", sandbox.url())).await;
            assert_eq!(
                (status, found["id"].to_string().replace('"', "")),
                (200, key),
                "{resource}"
            );
        }
    }
    for (resource, key, because) in [
        ("flows", "1000000001", "`id` must be a UUID, not `1000000001`"),
        ("boards", "99", "`id` must be at least 100, not `99`"),
    ] {
        let (status, refused) = get(&format!("{}/{resource}/{key}", sandbox.url())).await;
        assert_eq!((status, text(&refused)), (400, because));
    }
}

/// What a refusal says, in the errors' shape of the spec.
fn text(refused: &Value) -> &str {
    refused["detail"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn what_is_made_has_a_key_of_its_kind() {
    let sandbox = flows().await;
    let made = http()
        .post(format!("{}/flows", sandbox.url()))
        .json(&json!({"state": "done", "steps": [{"state": "running"}]}))
        .send()
        .await
        .unwrap();
    assert_eq!(made.status(), 201);
    let made: Value = made.json().await.unwrap();
    let key = made["id"].as_str().unwrap();
    assert_eq!(get(&format!("{}/flows/{key}", sandbox.url())).await, (200, made.clone()));
}

#[tokio::test]
async fn seeds_are_what_the_document_says_also_where_the_spec_says_less() {
    let sandbox = flows().await;
    let mut codes = HashSet::new();
    for flow in sandbox.records("flows") {
        let text = |name: &str| flow[name].as_str().unwrap().to_owned();
        for uuid in [text("id"), text("parent")] {
            assert_eq!((uuid.len(), uuid.matches('-').count()), (36, 4), "{uuid}");
        }
        assert!(["pending", "running", "done"].contains(&text("state").as_str()), "{flow}");
        assert!(["small", "big"].contains(&text("kind").as_str()), "{flow}");
        let code = text("code");
        assert!(code.len() == 6 && code.as_bytes()[2] == b'-', "{code}");
        codes.insert(code);
        assert!(text("short").len() <= 4 && text("long").len() >= 40, "{flow}");
        assert!((2..=5).contains(&flow["tries"].as_i64().unwrap()), "{flow}");
    }
    assert_eq!(codes.len(), 20, "{codes:?}");
}

#[tokio::test]
async fn values_that_no_enum_lists_are_refused() {
    let sandbox = flows().await;
    let url = format!("{}/flows", sandbox.url());
    for (body, because) in [
        (
            json!({"state": "paused"}),
            "body.state must be one of `pending`, `running`, `done`, not `\"paused\"`",
        ),
        (
            json!({"steps": [{"state": "done"}, {"state": "Done"}]}),
            "body.steps.1.state must be one of `pending`, `running`, `done`, not `\"Done\"`",
        ),
    ] {
        let answer = http().post(&url).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{body}");
        assert_eq!(text(&answer.json().await.unwrap()), because);
    }
    assert_eq!(sandbox.count("flows"), 20);
    for (query, expected) in [
        ("state=done", 200),
        ("state=paused", 400),
        ("states=done&states=running", 200),
        ("states=done,running", 200),
        ("states=done&states=paused", 400),
        ("states=done,paused", 400),
    ] {
        let (status, answer) = get(&format!("{url}?{query}")).await;
        assert_eq!(status, expected, "{query}: {answer}");
        let named =
            text(&answer).ends_with("must be one of `pending`, `running`, `done`, not `paused`");
        assert_eq!(named, expected == 400, "{answer}");
    }
}

#[tokio::test]
async fn refusals_say_why_also_where_the_spec_does_not_say_where_messages_are() {
    let sandbox = started(&SPEC.replace("errors: {message: body.detail}\n", "")).await;
    let url = format!("{}/flows", sandbox.url());
    let answer = http().post(&url).json(&json!({"state": "paused"})).send().await.unwrap();
    let refused: Value = answer.json().await.unwrap();
    assert!(text(&refused).contains("not `\"paused\"`"), "{refused}");
    let (status, refused) = get(&format!("{}/flows/x", sandbox.url())).await;
    assert_eq!((status, refused["message"].as_str()), (400, Some("`id` must be a UUID, not `x`")));
}
