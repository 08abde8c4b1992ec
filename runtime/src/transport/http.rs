//! HTTP over TCP and TLS.

use super::{Answer, Call, Opened, Transport, TransportError, is_loopback};
use crate::lock;
use crate::upload::Upload;
use bytes::BytesMut;
use futures_core::future::BoxFuture;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use http::header::CONTENT_LENGTH;
use std::error::Error as _;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::runtime::{Handle, Id};
use url::Url;

/// Longer than any stream.
const ENDLESS: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// HTTP over TCP and TLS. All of these in a Tokio runtime share their connections: what is kept for each is a few bytes.
#[derive(Debug)]
pub struct HttpTransport {
    timeout: Duration,
    max_body: usize,
    carriers: OnceLock<Arc<Carriers>>,
}

/// What carries the calls of a runtime. Not of the process: connections end with the runtime that they were made in.
#[derive(Debug, Default)]
struct Carriers {
    /// Loopback needs neither proxy nor certificates, so a machine without them can run a sandbox.
    local: OnceLock<Result<reqwest::Client, String>>,
    remote: OnceLock<Result<reqwest::Client, String>>,
}

/// The newest last. Kept also while no client has them, for those who make a client for each call.
static CARRIERS: Mutex<Vec<(Id, Arc<Carriers>)>> = Mutex::new(Vec::new());

/// A program has one runtime, or a few; tests have many, one after the other.
const RUNTIMES: usize = 8;

impl Carriers {
    /// Those of this runtime.
    fn here() -> Arc<Self> {
        let Ok(runtime) = Handle::try_current() else { return Arc::default() };
        let mut all = lock(&CARRIERS);
        if let Some((_, known)) = all.iter().find(|(id, _)| *id == runtime.id()) {
            return Arc::clone(known);
        }
        let forgotten = if all.len() < RUNTIMES { None } else { Some(all.remove(0)) };
        let new = Arc::<Carriers>::default();
        all.push((runtime.id(), Arc::clone(&new)));
        drop(all);
        drop(forgotten);
        new
    }
}

impl HttpTransport {
    /// With the time that a call may take in all, and the most bytes that an answer may have.
    #[must_use]
    pub fn new(timeout: Duration, max_body: usize) -> Self {
        HttpTransport { timeout, max_body, carriers: OnceLock::new() }
    }

    fn client(&self, url: &Url) -> Result<&reqwest::Client, TransportError> {
        let local = is_loopback(url);
        let carriers = self.carriers.get_or_init(Carriers::here);
        let slot = if local { &carriers.local } else { &carriers.remote };
        slot.get_or_init(|| build(local))
            .as_ref()
            .map_err(|message| TransportError::Connect(message.clone()))
    }

    async fn carry(&self, call: Call) -> Result<Answer, TransportError> {
        let client = self.client(&call.url)?;
        let request = client.request(call.method, call.url).headers(call.headers).body(call.body);
        let request = request.timeout(self.timeout);
        let response = request.send().await.map_err(|error| wrong(self.timeout, error))?;
        self.whole(response).await
    }

    async fn whole(&self, mut response: reqwest::Response) -> Result<Answer, TransportError> {
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        // What says that it is too large is not read until it is.
        if response.content_length().is_some_and(|length| length > self.max_body as u64) {
            return Err(TransportError::TooLarge(self.max_body));
        }
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

fn build(local: bool) -> Result<reqwest::Client, String> {
    // Fails if the program installed a provider already, which is then the one to use.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder();
    let builder = builder.redirect(reqwest::redirect::Policy::none()).referer(false);
    let builder = if local { builder.no_proxy() } else { builder.https_only(true) };
    builder.build().map_err(|error| error.to_string())
}
