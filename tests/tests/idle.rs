//! How much room a connection takes that has a token and limits of its own, and nothing to do.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gusset::serde_json::json;
use gusset::testing::{ManualClock, json};
use gusset::{Answer, Call, Options, Transport, TransportError};
use hubspot::operations::{GetContact, ListOwners};
use hubspot::{Client, Credentials, Settings};
use peak_alloc::PeakAlloc;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const CONNECTIONS: usize = 10_000;

/// Gives every connection a token of its own, and a contact.
#[derive(Debug)]
struct Provider;

impl Transport for Provider {
    fn send(
        &self,
        call: Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + '_>> {
        let at = "2026-11-22T10:00:00Z";
        let answer = match call.url.path() {
            "/oauth/v1/token" | "/oauth/v3/token" => json!({
                "access_token": format!("{:?}", std::str::from_utf8(&call.body).map(|text| &text[..60.min(text.len())])),
                "refresh_token": "r".repeat(60),
                "expires_in": 1800,
                "token_type": "bearer",
            }),
            path if path.ends_with("/owners") => json!({"results": []}),
            _ => {
                json!({"id": "1", "properties": {}, "createdAt": at, "updatedAt": at, "archived": false})
            }
        };
        Box::pin(ready(Ok(json(200, &answer))))
    }
}

#[tokio::test]
async fn ten_thousand_connections_take_less_than_4_kb_each() {
    let clock = Arc::new(ManualClock::leaping());
    let shared = Arc::new(Provider);
    let connect = |number: usize| {
        let options = Options::default()
            .with_connection(format!("customer-{number}"))
            .with_clock(clock.clone())
            .with_transport(shared.clone());
        let refresh = format!("refresh-{number}-{}", "x".repeat(40));
        let credentials = Credentials::oauth("client-id", "client-secret", refresh);
        Client::new(credentials, &Settings::default(), options).unwrap()
    };
    let use_once = async |client: &Client| {
        client.send(&GetContact::new("1")).await.unwrap();
        client.send(&ListOwners::default()).await.unwrap();
    };
    // What there is once is there now.
    use_once(&connect(CONNECTIONS)).await;
    let before = ALLOCATOR.current_usage();
    let mut clients = Vec::with_capacity(CONNECTIONS);
    for number in 0..CONNECTIONS {
        let client = connect(number);
        use_once(&client).await;
        clients.push(client);
    }
    let each = (ALLOCATOR.current_usage() - before) / clients.len();
    println!("{each} bytes for each of {} connections", clients.len());
    assert!(each < 4096, "{each} bytes");
}
