//! Server-sent events.

use super::body::Body;
use crate::error::Error;
use crate::events::{Event, Parser};
use futures_core::Stream;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The events of an answer as they come ([`Client::events`](crate::Client::events)).
///
/// An event whose data is not as documented is an error, and the next event comes after it. `[DONE]`, which is no
/// JSON, ends a stream of JSON, as providers of chats have it.
pub struct Events<T> {
    body: Body,
    parser: Parser,
    json: bool,
    /// How much of one event is kept in memory.
    longest: usize,
    ended: bool,
    data: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Events<T> {
    pub(super) fn new(body: Body, json: bool, longest: usize) -> Result<Self, Error> {
        let content = body.headers().get(http::header::CONTENT_TYPE);
        let content = content.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = content.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("text/event-stream") {
            return Err(Error::Decode {
                operation: body.operation(),
                path: "header.Content-Type".to_owned(),
                message: format!(
                    "`{content}` is no stream of events; some providers send one only if the body asks for it"
                ),
                assumed: None,
            });
        }
        let parser = Parser::default();
        Ok(Events { body, parser, json, longest, ended: false, data: PhantomData })
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// The body that events come from, for its status and headers.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    fn read(&self, event: Event<String>) -> Result<Event<T>, Error> {
        let operation = self.body.operation();
        let Event { id, event, data, retry } = event;
        let data = if self.json {
            crate::response::decode(operation, data.as_bytes()).map_err(|error| match error {
                Error::Decode { operation, path, message, assumed } => {
                    let path = format!("event `{event}`: {path}");
                    Error::Decode { operation, path, message, assumed }
                }
                other => other,
            })?
        } else {
            let text: StrDeserializer<'_, serde::de::value::Error> =
                data.as_str().into_deserializer();
            T::deserialize(text).map_err(|error| Error::Decode {
                operation,
                path: format!("event `{event}`"),
                message: error.to_string(),
                assumed: None,
            })?
        };
        Ok(Event { id, event, data, retry })
    }
}

impl<T: DeserializeOwned> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.ended {
                return Poll::Ready(None);
            }
            if let Some(event) = self.parser.next() {
                if self.json && event.data.trim() == "[DONE]" {
                    self.ended = true;
                    self.body.finish();
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(self.read(event)));
            }
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                None => self.ended = true,
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                Some(Ok(chunk)) => self.parser.push(&chunk),
            }
            if self.parser.held() > self.longest {
                self.ended = true;
                let message = format!(
                    "an event is longer than {} bytes; `Options::max_body` sets the limit",
                    self.longest
                );
                let operation = self.body.operation();
                return Poll::Ready(Some(Err(Error::Transport { operation, message })));
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("body", &self.body).finish_non_exhaustive()
    }
}
