//! A transport that answers as a test says, and keeps what it was sent.

use crate::lock;
use crate::transport::{Answer, Call, Transport, TransportError};
use bytes::Bytes;
use futures_core::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::Serialize;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use url::Url;

/// One call, with everything in it that went to the wire. It may hold credentials: `Debug` shows neither values of
/// headers nor the query.
#[derive(Clone)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// With the query.
    pub url: Url,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty for none.
    pub body: Bytes,
}

impl Sent {
    /// A header's text; `""` where it was not sent, or is no text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, crate::log::without_query(&self.url))
    }
}

type Answered = Result<Answer, TransportError>;

enum Answers {
    InOrder(Mutex<VecDeque<Answered>>),
    By(Box<dyn Fn(&Sent) -> Answered + Send + Sync>),
}

/// A provider in memory. Clones are the same provider.
///
/// ```
/// # use gusset::{testing::{Script, json, with_header}, serde_json::json as value, TransportError};
/// // One answer after the other; then there is no connection any more.
/// let busy = with_header(json(429, &value!({"message": "slow down"})), "Retry-After", "3");
/// let script = Script::answering([busy, json(200, &value!({"id": "7"}))]);
/// // Or what a function makes of each call.
/// let script = Script::replying(|sent| match sent.url.path() {
///     "/contacts" => Ok(json(200, &value!({"results": []}))),
///     _ => Err(TransportError::Broken("reset".to_owned())),
/// });
/// ```
#[derive(Clone)]
pub struct Script {
    answers: Arc<Answers>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Script {
    /// Gives these answers in order; behind the last one there is no connection any more.
    #[must_use]
    pub fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        Script::in_order(answers.into_iter().map(Ok))
    }

    /// Gives these answers, or failures, in order; behind the last one there is no connection any more.
    #[must_use]
    pub fn in_order(answers: impl IntoIterator<Item = Result<Answer, TransportError>>) -> Self {
        Script::of(Answers::InOrder(Mutex::new(answers.into_iter().collect())))
    }

    /// Asks a function what each call is answered with.
    #[must_use]
    pub fn replying(
        reply: impl Fn(&Sent) -> Result<Answer, TransportError> + Send + Sync + 'static,
    ) -> Self {
        Script::of(Answers::By(Box::new(reply)))
    }

    fn of(answers: Answers) -> Self {
        Script { answers: Arc::new(answers), sent: Arc::default() }
    }

    /// What was sent so far, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        lock(&self.sent).clone()
    }
}

impl Transport for Script {
    fn send(&self, call: Call) -> BoxFuture<'_, Answered> {
        let Call { method, url, headers, body } = call;
        let sent = Sent { method, url, headers, body };
        let answered = match &*self.answers {
            Answers::By(reply) => reply(&sent),
            Answers::InOrder(answers) => lock(answers).pop_front().unwrap_or_else(|| {
                Err(TransportError::Connect("the script has no more answers".to_owned()))
            }),
        };
        lock(&self.sent).push(sent);
        Box::pin(std::future::ready(answered))
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("sent", &*lock(&self.sent)).finish_non_exhaustive()
    }
}

/// An answer with a body of a media type. A status that is none is 500.
#[must_use]
pub fn answer(status: u16, media_type: &'static str, body: impl Into<Bytes>) -> Answer {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let media = HeaderValue::from_str(media_type).ok();
    let headers = media.map(|media| (http::header::CONTENT_TYPE, media)).into_iter().collect();
    Answer { status, headers, body: body.into() }
}

/// An answer with JSON in it. What cannot be JSON is null.
#[must_use]
pub fn json<T: Serialize>(status: u16, body: &T) -> Answer {
    let body = serde_json::to_value(body).unwrap_or_default();
    answer(status, "application/json", body.to_string())
}

/// An answer with one more header; as it was where name or value cannot be one.
#[must_use]
pub fn with_header(mut answer: Answer, name: &str, value: &str) -> Answer {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
        answer.headers.append(name, value);
    }
    answer
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json as value;

    fn call(url: &str) -> Call {
        Call {
            method: Method::POST,
            url: Url::parse(url).unwrap(),
            headers: HeaderMap::from_iter([(
                http::header::AUTHORIZATION,
                HeaderValue::from_static("Bearer canary"),
            )]),
            body: Bytes::from_static(br#"{"a": 1}"#),
        }
    }

    #[tokio::test]
    async fn answers_come_in_order_and_what_was_sent_is_kept() {
        let first = with_header(json(429, &value!({})), "Retry-After", "3");
        let script = Script::answering([first]);
        let url = "https://api.example.com/a?key=canary";
        let answered = script.send(call(url)).await.unwrap();
        assert_eq!(answered.status, 429);
        assert_eq!(answered.headers["retry-after"], "3");
        let over = script.send(call(url)).await.unwrap_err();
        assert!(over.to_string().contains("no more answers"), "{over}");
        let sent = script.sent();
        assert_eq!((sent.len(), sent[0].json()), (2, value!({"a": 1})));
        assert_eq!(sent[0].header("authorization"), "Bearer canary");
        let shown = format!("{script:?} {sent:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
