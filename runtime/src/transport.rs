//! What carries requests.

use crate::error::Error;
use crate::upload::Upload;
use bytes::{Bytes, BytesMut};
use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;
use futures_util::StreamExt;
use futures_util::stream::{once, unfold};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, StatusCode};
use std::error::Error as _;
use std::fmt::{self, Debug};
use std::future::ready;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
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

/// Longer than any stream.
const ENDLESS: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// HTTP over TCP and TLS.
#[derive(Debug)]
pub struct HttpTransport {
    timeout: Duration,
    max_body: usize,
    /// Loopback needs neither proxy nor certificates, so a machine without them can run a sandbox.
    local: OnceLock<Result<reqwest::Client, String>>,
    remote: OnceLock<Result<reqwest::Client, String>>,
}

impl HttpTransport {
    /// With the time that a call may take in all, and the most bytes that an answer may have.
    #[must_use]
    pub fn new(timeout: Duration, max_body: usize) -> Self {
        HttpTransport { timeout, max_body, local: OnceLock::new(), remote: OnceLock::new() }
    }

    fn client(&self, url: &Url) -> Result<&reqwest::Client, TransportError> {
        let local = is_loopback(url);
        let slot = if local { &self.local } else { &self.remote };
        slot.get_or_init(|| build(self.timeout, local))
            .as_ref()
            .map_err(|message| TransportError::Connect(message.clone()))
    }

    async fn carry(&self, call: Call) -> Result<Answer, TransportError> {
        let client = self.client(&call.url)?;
        let request = client.request(call.method, call.url).headers(call.headers).body(call.body);
        let response = request.send().await.map_err(|error| wrong(self.timeout, error))?;
        self.whole(response).await
    }

    async fn whole(&self, mut response: reqwest::Response) -> Result<Answer, TransportError> {
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let mut body = BytesMut::new();
        while let Some(chunk) =
            response.chunk().await.map_err(|error| wrong(self.timeout, error))?
        {
            if body.len() + chunk.len() > self.max_body {
                return Err(TransportError::TooLarge(self.max_body));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body: body.freeze() })
    }

    /// As long as pieces are taken, the call goes on; the timeout is for a time without.
    async fn carry_up(&self, call: Call, upload: &Upload) -> Result<Answer, TransportError> {
        let client = self.client(&call.url)?;
        let taken = Arc::<AtomicU64>::default();
        let count = Arc::clone(&taken);
        let pieces = upload.open().inspect(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        let mut headers = call.headers;
        if let Some(length) = upload.length() {
            headers.insert(CONTENT_LENGTH, length.into());
        }
        let body = reqwest::Body::wrap_stream(pieces);
        let request = client.request(call.method, call.url).headers(headers).body(body);
        let mut sent = pin!(request.timeout(ENDLESS).send());
        let mut before = 0;
        let response = loop {
            if let Ok(response) = tokio::time::timeout(self.timeout, &mut sent).await {
                break response.map_err(|error| wrong(self.timeout, error))?;
            }
            let now = taken.load(Ordering::Relaxed);
            if now == before {
                return Err(TransportError::Timeout(self.timeout));
            }
            before = now;
        };
        let whole = tokio::time::timeout(self.timeout, self.whole(response)).await;
        whole.unwrap_or(Err(TransportError::Timeout(self.timeout)))
    }

    async fn carry_head(&self, call: Call) -> Result<Opened, TransportError> {
        let client = self.client(&call.url)?;
        let request = client.request(call.method, call.url).headers(call.headers).body(call.body);
        // The head is waited for, and each piece; not the whole, which may go on for ever.
        let sent = request.timeout(ENDLESS).send();
        let sent = tokio::time::timeout(self.timeout, sent).await;
        let sent = sent.map_err(|_| TransportError::Timeout(self.timeout))?;
        let mut response = sent.map_err(|error| wrong(self.timeout, error))?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let timeout = self.timeout;
        let body = unfold(Some(response), move |response| async move {
            let mut response = response?;
            match tokio::time::timeout(timeout, response.chunk()).await {
                Ok(Ok(None)) => None,
                Ok(Ok(Some(chunk))) => Some((Ok(chunk), Some(response))),
                Ok(Err(error)) => Some((Err(wrong(timeout, error)), None)),
                Err(_) => Some((Err(TransportError::Timeout(timeout)), None)),
            }
        });
        Ok(Opened { status, headers, body: Box::pin(body) })
    }
}

impl Transport for HttpTransport {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, TransportError>> {
        Box::pin(self.carry(call))
    }

    fn upload<'a>(
        &'a self,
        call: Call,
        upload: &'a Upload,
    ) -> BoxFuture<'a, Result<Answer, TransportError>> {
        Box::pin(self.carry_up(call, upload))
    }

    fn open(&self, call: Call) -> BoxFuture<'_, Result<Opened, TransportError>> {
        Box::pin(self.carry_head(call))
    }
}

fn wrong(timeout: Duration, error: reqwest::Error) -> TransportError {
    // The URL may hold a key.
    let error = error.without_url();
    if error.is_timeout() {
        return TransportError::Timeout(timeout);
    }
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        message = format!("{message}: {cause}");
        source = cause.source();
    }
    if error.is_connect() || error.is_builder() {
        TransportError::Connect(message)
    } else {
        TransportError::Broken(message)
    }
}

fn build(timeout: Duration, local: bool) -> Result<reqwest::Client, String> {
    // Fails if the program installed a provider already, which is then the one to use.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .timeout(timeout);
    let builder = if local { builder.no_proxy() } else { builder.https_only(true) };
    builder.build().map_err(|error| error.to_string())
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
