//! What behaviours share: values there and back, and a provider that answers as it is told and keeps what it was sent.
#![allow(dead_code, reason = "each behaviour uses some of it")]

use gusset::bytes::Bytes;
use gusset::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use gusset::serde::Serialize;
use gusset::serde::de::DeserializeOwned;
use gusset::serde_json::{self, Value};
use gusset::{Answer, Auth, Call, Client, Error, Operation, Options, Transport, TransportError};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// Decodes a value that is received.
#[track_caller]
pub(crate) fn decode<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// Encodes a value that is sent.
#[track_caller]
pub(crate) fn encode<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap()
}

/// Decodes, encodes, and compares: for types that travel both ways.
#[track_caller]
pub(crate) fn roundtrip<T: DeserializeOwned + Serialize + Debug>(json: &Value) -> T {
    let value: T = decode(json);
    assert_eq!(&encode(&value), json, "as {value:?}");
    value
}

/// What a provider was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    /// With the query, as it goes to the wire.
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Sent {
    /// The path and the query.
    #[track_caller]
    pub(crate) fn target(&self) -> &str {
        self.url.strip_prefix(SERVER).unwrap_or(&self.url)
    }

    /// A header's text; empty if it was not sent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    #[track_caller]
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Where the provider is; [`Sent::target`] leaves it out.
pub(crate) const SERVER: &str = "https://api.example.com";

/// A provider in memory: answers in the order of its script, and keeps what it was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Provider {
    script: Arc<Mutex<VecDeque<Answer>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Provider {
    /// That will give these answers.
    pub(crate) fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let script = Arc::new(Mutex::new(answers.into_iter().collect()));
        Provider { script, sent: Arc::default() }
    }

    /// Sends an operation without credentials.
    pub(crate) fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let client =
            Client::new(O::META.integration, SERVER.to_owned(), Auth::none(), self.options())?;
        block_on(client.send(operation))
    }

    /// Options for an emitted client that talks to this provider.
    pub(crate) fn options(&self) -> Options {
        Options::default().with_transport(Arc::new(self.clone()))
    }

    /// Everything that was sent.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for Provider {
    fn send(
        &self,
        call: Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + '_>> {
        let Call { method, url, headers, body, .. } = call;
        self.sent.lock().unwrap().push(Sent { method, url: url.into(), headers, body });
        let answer = self.script.lock().unwrap().pop_front();
        let answer = answer.ok_or_else(|| TransportError::Broken("the script is over".to_owned()));
        Box::pin(std::future::ready(answer))
    }
}

/// What an operation sends, with an empty answer of this status; what is decoded of that does not matter.
#[track_caller]
pub(crate) fn sent<O: Operation>(operation: &O) -> Sent {
    let provider = Provider::answering([answer(200, "application/json", "null")]);
    let outcome = provider.send(operation).err();
    provider.sent().pop().unwrap_or_else(|| panic!("nothing was sent: {outcome:?}"))
}

/// What an operation makes of an answer.
pub(crate) fn received<O: Operation>(operation: &O, answer: Answer) -> Result<O::Output, Error> {
    Provider::answering([answer]).send(operation)
}

/// An answer with a body.
#[track_caller]
pub(crate) fn answer(status: u16, media_type: &str, body: impl Into<Bytes>) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_str(media_type).unwrap());
    Answer { status: StatusCode::from_u16(status).unwrap(), headers, body: body.into() }
}

/// An answer with JSON in it.
#[track_caller]
pub(crate) fn json(status: u16, body: &Value) -> Answer {
    answer(status, "application/json", body.to_string())
}

/// An answer with one more header.
#[track_caller]
pub(crate) fn with_header(mut answer: Answer, name: &'static str, value: &str) -> Answer {
    let name = HeaderName::from_static(name);
    answer.headers.append(name, HeaderValue::from_str(value).unwrap());
    answer
}

/// Runs a future to its end.
#[track_caller]
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}
