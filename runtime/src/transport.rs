//! What carries requests.

mod http;

pub use http::HttpTransport;

use crate::error::Error;
use crate::upload::Upload;
use ::http::{HeaderMap, Method, StatusCode};
use bytes::{Bytes, BytesMut};
use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;
use futures_util::StreamExt;
use futures_util::stream::once;
use std::fmt::{self, Debug};
use std::future::ready;
use std::time::Duration;
use url::{Host, Url};

/// Carries one call. Redirects are not its business: a redirect is an answer.
pub trait Transport: Debug + Send + Sync {
    /// Sends a call and reads the answer whole.
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, TransportError>>;

    /// Sends a call whose body comes in pieces, and reads the answer whole. By default the body is read whole before.
    fn upload<'a>(
        &'a self,
        mut call: Call,
        upload: &'a Upload,
    ) -> BoxFuture<'a, Result<Answer, TransportError>> {
        Box::pin(async move {
            let mut whole = BytesMut::new();
            let mut pieces = upload.open();
            while let Some(piece) = pieces.next().await {
                whole.extend_from_slice(&piece?);
            }
            call.body = whole.freeze();
            self.send(call).await
        })
    }

    /// Sends a call and reads the head of the answer; its body follows in pieces. By default in one, which was
    /// read whole.
    fn open(&self, call: Call) -> BoxFuture<'_, Result<Opened, TransportError>> {
        let sent = self.send(call);
        Box::pin(async {
            let Answer { status, headers, body } = sent.await?;
            Ok(Opened { status, headers, body: Box::pin(once(ready(Ok(body)))) })
        })
    }
}

/// The pieces of a body.
pub type Chunks = BoxStream<'static, Result<Bytes, TransportError>>;

/// An answer whose body is still to be read.
pub struct Opened {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Chunks,
}

impl Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("status", &self.status).finish_non_exhaustive()
    }
}

/// A request with everything in it, credentials too: it has no `Debug` that shows them.
#[derive(Clone)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Where it goes.
    pub url: Url,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty for none.
    pub body: Bytes,
}

impl Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, crate::log::without_query(&self.url))
    }
}

/// An answer, read whole.
#[derive(Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Bytes,
}

/// Neither values of headers nor the body: they may hold secrets.
impl Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("headers", &crate::log::names(&self.headers))
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl Answer {
    /// What is left of an answer when its content was taken.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Answer { status, headers: HeaderMap::new(), body: Bytes::new() }
    }
}

/// No answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// There was no connection: the call was not sent.
    Connect(String),
    /// The connection broke: the call may have been sent.
    Broken(String),
    /// No answer in time.
    Timeout(Duration),
    /// The body is larger than this many bytes.
    TooLarge(usize),
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TransportError::Connect(message) => write!(f, "no connection: {message}"),
            TransportError::Broken(message) => write!(f, "the connection broke: {message}"),
            TransportError::Timeout(after) => write!(f, "no answer within {after:?}"),
            TransportError::TooLarge(limit) => {
                write!(
                    f,
                    "the answer is larger than {limit} bytes; `Options::max_body` sets the limit"
                )
            }
        }
    }
}

impl std::error::Error for TransportError {}

/// The server of a URL. The rest of it may hold a key.
pub(crate) fn server(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl TransportError {
    /// The error of an operation whose call it was.
    pub(crate) fn of(self, operation: &'static str, url: &Url) -> Error {
        match self {
            TransportError::Timeout(after) => {
                Error::Timeout { operation, server: server(url), after }
            }
            other => Error::Transport { operation, message: other.told(url) },
        }
    }

    /// What happened, with which server, and what to do. Of the URL only the origin is said: the rest may hold a key.
    pub(crate) fn told(&self, url: &Url) -> String {
        let server = server(url);
        match self {
            TransportError::Connect(message) => {
                let advice = match is_loopback(url) {
                    true => "is it running, and on that port?",
                    false => {
                        "is the name right, and the network up? `Options::with_server` gives another server"
                    }
                };
                format!("no connection to {server}: {message}; {advice}")
            }
            TransportError::Broken(message) => {
                format!(
                    "the connection to {server} broke: {message}; the call may have been carried out"
                )
            }
            TransportError::Timeout(after) => format!("no answer from {server} within {after:?}"),
            TransportError::TooLarge(_) => self.to_string(),
        }
    }
}

/// Whether a URL means this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether two URLs of HTTP have the same scheme, host and port.
pub(crate) fn shares_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host() == other.host()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// A URL that credentials may be sent to.
pub(crate) fn safe_url(text: &str) -> Result<Url, String> {
    // A user, a password or a key in it is not shown.
    let shown = text.split(['?', '#']).next().filter(|shown| !shown.contains('@'));
    let shown = shown.unwrap_or("the given URL");
    let url = Url::parse(text).map_err(|error| format!("`{shown}` is no URL: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a server URL with a user name or password in it is refused".to_owned());
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(format!("`{shown}` would send credentials in the clear; use https")),
        other => return Err(format!("`{shown}`: `{other}` is not a scheme for an API; use https")),
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("`{shown}`: a server URL has no query and no fragment"));
    }
    Ok(url)
}
