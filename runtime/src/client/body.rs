//! A body that is read in pieces.

use super::Wire;
use super::wire::Sent;
use crate::error::Error;
use crate::response::Response;
use crate::transport::{Chunks, TransportError};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The body of a success, read in pieces as they come. It is as long as it likes, unless
/// [`Body::with_limit`] says otherwise; a pause of more than `Options::timeout` is an error.
///
/// The request log has the call when its body was read to the end, or was dropped.
pub struct Body {
    response: Response,
    /// `None` after the end, or after an error.
    chunks: Option<Chunks>,
    note: Option<Note>,
    read: u64,
    limit: Option<u64>,
}

/// What is noted at the end.
struct Note {
    wire: Arc<Wire>,
    sent: Sent,
}

impl Body {
    pub(super) fn new(response: Response, chunks: Chunks, wire: Arc<Wire>, sent: Sent) -> Self {
        let note = Some(Note { wire, sent });
        Body { response, chunks: Some(chunks), note, read: 0, limit: None }
    }

    /// With the most bytes that it may have: what is longer ends with an error.
    #[must_use]
    pub fn with_limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.response.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// How long it is, if the provider says so (it does not for what was compressed on the way).
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.response.header(CONTENT_LENGTH.as_str())?.parse().ok()
    }

    pub(super) fn operation(&self) -> &'static str {
        self.response.meta().name
    }

    /// The next piece; `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All that is left, in memory.
    ///
    /// # Errors
    /// When the connection breaks, or the limit is passed.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }

    /// Ends it in good order before it is read to the end.
    pub(super) fn finish(&mut self) {
        self.end(None);
    }

    fn end(&mut self, error: Option<&str>) {
        self.chunks = None;
        if let Some(Note { wire, sent }) = self.note.take() {
            wire.end(sent, self.read, error.map(str::to_owned));
        }
    }

    fn broken(&mut self, error: TransportError) -> Error {
        let operation = self.operation();
        let error = error.of(operation, self.response.url());
        self.end(Some(&error.to_string()));
        error
    }
}

impl Stream for Body {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        Poll::Ready(match ready!(chunks.as_mut().poll_next(cx)) {
            None => {
                self.end(None);
                None
            }
            Some(Err(error)) => Some(Err(self.broken(error))),
            Some(Ok(chunk)) => {
                self.read += chunk.len() as u64;
                match self.limit {
                    Some(limit) if self.read > limit => {
                        let operation = self.operation();
                        let message = format!("the body is longer than the limit of {limit} bytes");
                        self.end(Some(&message));
                        Some(Err(Error::Transport { operation, message }))
                    }
                    _ => Some(Ok(chunk)),
                }
            }
        })
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.end(Some("given up by the caller before the end of the body"));
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("operation", &self.operation())
            .field("status", &self.status())
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}
