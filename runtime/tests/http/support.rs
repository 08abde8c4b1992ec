//! A provider that answers by script, and a clock that only tests move.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use gusset::http::{HeaderMap, StatusCode};
use gusset::jiff::Timestamp;
use gusset::serde_json::{Value, json};
use gusset::{Auth, Client, Clock, Integration, Limit, Operation, OperationMeta, Options, Repeat};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request as the provider saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub fn query(&self, name: &str) -> Option<String> {
        let pairs: Vec<(String, String)> = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        pairs.into_iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    pub fn json(&self) -> Value {
        gusset::serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
                decoded.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
            }
            byte => decoded.push(byte),
        }
    }
    String::from_utf8(decoded).unwrap()
}

/// What the provider answers.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

pub fn ok(body: Value) -> Reply {
    status(200, body)
}

pub fn status(status: u16, body: Value) -> Reply {
    Reply { status, headers: Vec::new(), body: body.to_string() }
}

impl Reply {
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// A provider on loopback.
pub struct Provider {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Provider {
    /// Answers by a function of the request and of how many came before it.
    pub async fn start(answer: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let notes = Arc::clone(&seen);
        let answer = Arc::new(answer);
        let app = Router::new().fallback(move |request: Request| {
            let (notes, answer) = (Arc::clone(&notes), Arc::clone(&answer));
            async move {
                let (parts, body) = request.into_parts();
                let seen = Seen {
                    method: parts.method.to_string(),
                    path: parts.uri.path().to_owned(),
                    query: parts.uri.query().unwrap_or_default().to_owned(),
                    headers: parts.headers,
                    body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
                };
                let before = {
                    let mut notes = notes.lock().unwrap();
                    notes.push(seen.clone());
                    notes.len() - 1
                };
                let Reply { status, headers, body } = answer(&seen, before);
                let mut response =
                    Response::builder().status(StatusCode::from_u16(status).unwrap());
                for (name, value) in headers {
                    response = response.header(name, value);
                }
                response.body(Body::from(body)).unwrap()
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Provider { url, seen }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// A client of the plain integration.
    pub fn client(&self) -> Client {
        self.client_with(&PLAIN, Auth::none(), Options::default())
    }

    pub fn client_with(
        &self,
        integration: &'static Integration,
        auth: Auth,
        options: Options,
    ) -> Client {
        Client::new(integration, self.url.clone(), auth, options).unwrap()
    }
}

pub static PLAIN: Integration = Integration {
    name: "plain",
    limits: &[],
    errors: &[],
    error_message: Some(gusset::ErrorText::Body("/message")),
    error_code: Some(gusset::ErrorText::Body("/code")),
    assumptions: &[],
};

/// An integration with limits, its own so that tests do not share them.
pub fn with_limits(name: &'static str, limits: &'static [Limit]) -> &'static Integration {
    Box::leak(Box::new(Integration { name, limits, ..copy(&PLAIN) }))
}

pub fn copy(integration: &Integration) -> Integration {
    let Integration { name, limits, errors, error_message, error_code, assumptions } = *integration;
    Integration { name, limits, errors, error_message, error_code, assumptions }
}

/// An operation of an integration of its own.
pub fn meta(
    integration: &'static Integration,
    method: gusset::http::Method,
    repeat: Repeat,
    limits: &'static [usize],
) -> &'static OperationMeta {
    let meta = OperationMeta::new(integration, "call", method, "/call", repeat).limits(limits);
    Box::leak(Box::new(meta))
}

/// An operation that asks for `/ping`.
pub struct Ping;

impl Operation for Ping {
    type Client = Client;
    type Output = Value;
    const META: &'static OperationMeta = &OperationMeta::get(&PLAIN, "ping", "/ping");
    const DECODE: gusset::Decode<Value> = gusset::Response::json;
}

pub fn pong() -> Reply {
    ok(json!({"pong": true}))
}

/// Time that passes only by sleeping, at once.
#[derive(Debug)]
pub struct LeapingClock {
    start: Timestamp,
    instant: Instant,
    passed: Mutex<Duration>,
    slept: Mutex<Vec<Duration>>,
}

impl LeapingClock {
    pub fn new() -> Arc<Self> {
        Arc::new(LeapingClock {
            start: "2026-11-22T10:00:00Z".parse().unwrap(),
            instant: Instant::now(),
            passed: Mutex::default(),
            slept: Mutex::default(),
        })
    }

    /// What was slept, in order.
    pub fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }

    pub fn pass(&self, time: Duration) {
        *self.passed.lock().unwrap() += time;
    }

    pub fn passed(&self) -> Duration {
        *self.passed.lock().unwrap()
    }
}

impl Clock for LeapingClock {
    fn timestamp(&self) -> Timestamp {
        self.start + self.passed()
    }

    fn instant(&self) -> Instant {
        self.instant + self.passed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.slept.lock().unwrap().push(duration);
        self.pass(duration);
        Box::pin(std::future::ready(()))
    }

    /// The longest backoff, so that tests know it.
    fn random(&self) -> f64 {
        1.0
    }
}

pub const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}
