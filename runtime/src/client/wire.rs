//! One call on the wire: seen by tracing, noted in the log.

use crate::auth::plain_header;
use crate::clock::Clock;
use crate::error::Error;
use crate::excerpt::{self, Carried};
use crate::log::{Entry, Log, content, redact};
use crate::options::Options;
#[cfg(feature = "opentelemetry")]
use crate::telemetry;
use crate::transport::{Answer, Call, Chunks, HttpTransport, Opened, Transport, TransportError};
use crate::upload::Upload;
use bytes::{Bytes, BytesMut};
use http::HeaderValue;
use http::header::USER_AGENT;
use std::borrow::Cow;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::{Instrument, Span, field};

/// What carries and notes the calls of a client.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) integration: &'static str,
    pub(crate) connection: String,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) log: Option<Arc<dyn Log>>,
    pub(crate) user_agent: HeaderValue,
    /// The most bytes of an answer that is read whole.
    pub(crate) max_body: usize,
    /// The query parameters that carry keys: never shown.
    pub(crate) secrets: Vec<Cow<'static, str>>,
}

/// A call that was sent; [`Wire::record`] ends it.
pub(crate) struct Sent {
    pub(crate) result: Result<Answer, TransportError>,
    status: Option<u16>,
    /// Only where there is a log.
    entry: Option<Box<Entry>>,
    span: Span,
    start: Instant,
    #[cfg(feature = "opentelemetry")]
    measured: (telemetry::Measured, Duration),
    /// The body, where only the head was read.
    pub(crate) rest: Option<Chunks>,
}

/// How much of an answer is read, and of what.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Extent<'u> {
    /// All of it.
    Whole,
    /// All of the answer to a body in pieces.
    Upload(&'u Upload),
    /// Of a success only the head.
    Head,
}

impl Wire {
    pub(crate) fn new(
        integration: &'static str,
        secrets: Vec<Cow<'static, str>>,
        options: &Options,
    ) -> Result<Self, Error> {
        let own = || -> Arc<dyn Transport> {
            Arc::new(HttpTransport::new(options.timeout, options.max_body))
        };
        Ok(Wire {
            integration,
            connection: options.connection.clone(),
            transport: options.transport.clone().unwrap_or_else(own),
            clock: Arc::clone(&options.clock),
            log: options.log.clone(),
            user_agent: plain_header(&options.user_agent)?,
            max_body: options.max_body,
            secrets,
        })
    }

    /// Sends a call once.
    pub(crate) async fn send(
        &self,
        operation: &'static str,
        mut call: Call,
        attempt: u32,
        waited: Duration,
        extent: Extent<'_>,
    ) -> Sent {
        // Nobody may look: neither a subscriber nor a log.
        let looked_at = self.log.is_some() || tracing::enabled!(tracing::Level::INFO);
        let shown = if looked_at { redact(&call.url, &self.secrets) } else { String::new() };
        // https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client (its numbers are signed)
        let span = tracing::info_span!(
            "http.client",
            "otel.kind" = "client",
            "otel.name" = operation,
            "otel.status_code" = field::Empty,
            "http.request.method" = call.method.as_str(),
            "http.request.resend_count" = i64::from(attempt.saturating_sub(1)),
            "http.response.status_code" = field::Empty,
            "url.full" = shown.as_str(),
            "server.address" = call.url.host_str(),
            "server.port" = call.url.port_or_known_default().map(i64::from),
            "error.type" = field::Empty,
            "gusset.integration" = self.integration,
            "gusset.connection" = self.connection,
            "gusset.operation" = operation,
        );
        let mut entry = self.log.as_ref().map(|_| {
            Box::new(Entry {
                at: self.clock.timestamp(),
                connection: self.connection.clone(),
                integration: self.integration.to_owned(),
                operation: operation.to_owned(),
                method: call.method.to_string(),
                url: shown.clone(),
                status: None,
                attempt,
                duration_ms: 0,
                waited_ms: millis(waited),
                request_bytes: match extent {
                    Extent::Upload(upload) => upload.length().unwrap_or_default(),
                    _ => call.body.len() as u64,
                },
                response_bytes: 0,
                error: None,
                request: None,
                response: None,
            })
        });
        call.headers.entry(USER_AGENT).or_insert_with(|| self.user_agent.clone());
        #[cfg(feature = "opentelemetry")]
        let measured = {
            telemetry::carry(&mut call.headers, &span);
            telemetry::Measured::new((self.integration, operation), &call, attempt, waited)
        };
        let most = self.log.as_ref().and_then(|log| log.content());
        let mut secrets = Vec::new();
        if let (Some(most), Some(entry)) = (most, &mut entry) {
            secrets = excerpt::secrets(&Carried::by(&call), &call, &self.secrets, Vec::new());
            entry.request = Some(content(&call.headers, &call.body, most, &mut secrets));
        }
        let start = self.clock.instant();
        let unanswered = Unanswered { wire: self, entry, start };
        let carried = async {
            match extent {
                Extent::Whole => self.transport.send(call).await.map(|answer| (answer, None)),
                Extent::Upload(upload) => {
                    self.transport.upload(call, upload).await.map(|answer| (answer, None))
                }
                Extent::Head => self.open(call).await,
            }
        };
        let (result, rest) = match carried.instrument(span.clone()).await {
            Ok((answer, rest)) => (Ok(answer), rest),
            Err(error) => (Err(error), None),
        };
        let mut entry = unanswered.answered();
        let status = result.as_ref().ok().map(|answer| answer.status.as_u16());
        if let Some(status) = status {
            span.record("http.response.status_code", i64::from(status));
        }
        if let (Some(entry), Ok(answer)) = (&mut entry, &result) {
            entry.status = status;
            entry.response_bytes = answer.body.len() as u64;
            entry.response =
                most.map(|most| content(&answer.headers, &answer.body, most, &mut secrets));
        }
        Sent {
            result,
            status,
            entry,
            span,
            start,
            rest,
            #[cfg(feature = "opentelemetry")]
            measured: (measured, self.clock.instant().saturating_duration_since(start)),
        }
    }

    /// The head of a success, and what follows; any other answer whole.
    async fn open(&self, call: Call) -> Result<(Answer, Option<Chunks>), TransportError> {
        let Opened { status, headers, mut body } = self.transport.open(call).await?;
        if status.is_success() {
            return Ok((Answer { status, headers, body: Bytes::new() }, Some(body)));
        }
        let mut whole = BytesMut::new();
        while let Some(chunk) = poll_fn(|cx| body.as_mut().poll_next(cx)).await {
            let chunk = chunk?;
            if whole.len() + chunk.len() > self.max_body {
                return Err(TransportError::TooLarge(self.max_body));
            }
            whole.extend_from_slice(&chunk);
        }
        Ok((Answer { status, headers, body: whole.freeze() }, None))
    }

    /// Notes a call whose body was read in pieces.
    pub(crate) fn end(&self, mut sent: Sent, bytes: u64, error: Option<String>) {
        let spent = self.spent(sent.start);
        #[cfg(feature = "opentelemetry")]
        {
            sent.measured.1 = Duration::from_millis(spent);
        }
        if let Some(entry) = &mut sent.entry {
            entry.duration_ms = spent;
            entry.response_bytes = bytes;
        }
        self.record(sent, error);
    }

    fn spent(&self, start: Instant) -> u64 {
        millis(self.clock.instant().saturating_duration_since(start))
    }

    /// Notes a call with what became of it.
    pub(crate) fn record(&self, sent: Sent, error: Option<String>) {
        let Sent { result, status, entry, span, .. } = sent;
        let kind = error.as_ref().map(|_| match (&result, status) {
            (Err(TransportError::Timeout(_)), _) => "timeout".to_owned(),
            (Err(_), _) | (_, None) => "transport".to_owned(),
            (Ok(_), Some(status)) => status.to_string(),
        });
        #[cfg(feature = "opentelemetry")]
        sent.measured.0.end(status, kind.as_deref(), sent.measured.1);
        if let (Some(error), Some(kind)) = (&error, kind) {
            span.record("error.type", kind);
            span.record("otel.status_code", "ERROR");
            tracing::debug!(parent: &span, error, "call failed");
        }
        if let (Some(log), Some(mut entry)) = (&self.log, entry) {
            entry.error = error;
            log.record(*entry);
        }
    }
}

/// A call on its way. Dropping it notes that the caller went away, or that the time was up: the provider may have carried
/// it out.
struct Unanswered<'a> {
    wire: &'a Wire,
    entry: Option<Box<Entry>>,
    start: Instant,
}

impl Unanswered<'_> {
    fn answered(mut self) -> Option<Box<Entry>> {
        let mut entry = self.entry.take()?;
        entry.duration_ms = self.wire.spent(self.start);
        Some(entry)
    }
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        if let (Some(mut entry), Some(log)) = (self.entry.take(), &self.wire.log) {
            entry.duration_ms = self.wire.spent(self.start);
            entry.error = Some("given up before there was an answer".to_owned());
            log.record(*entry);
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
