//! OpenTelemetry: metrics of calls, and the trace that a call belongs to.
//!
//! Spans are those of `tracing` in any case; with the feature `opentelemetry`, calls carry their trace on, and are measured
//! by the meters of the program. Set the provider of meters before the first call.

use crate::transport::Call;
use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::metrics::{Counter, Histogram};
use opentelemetry::trace::TraceContextExt;
use opentelemetry::{KeyValue, global};
use std::sync::LazyLock;
use std::time::Duration;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The trace of a span as headers ([W3C Trace Context](https://www.w3.org/TR/trace-context/)): which span is the parent,
/// and what its vendors noted. Baggage is not sent: it is about the program, and providers are strangers. What is there
/// already stays.
pub(crate) fn carry(headers: &mut HeaderMap, span: &Span) {
    const PARENT: HeaderName = HeaderName::from_static("traceparent");
    const STATE: HeaderName = HeaderName::from_static("tracestate");
    let context = span.context();
    let of = context.span().span_context().clone();
    if !of.is_valid() || headers.contains_key(PARENT) {
        return;
    }
    let (trace, span, flags) = (of.trace_id(), of.span_id(), of.trace_flags().to_u8());
    let Ok(parent) = HeaderValue::from_str(&format!("00-{trace}-{span}-{flags:02x}")) else {
        return;
    };
    headers.insert(PARENT, parent);
    let state = of.trace_state().header();
    if let (false, Ok(state)) = (state.is_empty(), HeaderValue::from_str(&state)) {
        headers.insert(STATE, state);
    }
}

/// One call on its way, as it is sent once.
pub(crate) struct Measured {
    integration: &'static str,
    operation: &'static str,
    method: String,
    host: String,
    port: Option<u16>,
    waited: Duration,
    again: bool,
}

impl Measured {
    /// A call that is about to be sent, after a wait for limits.
    pub(crate) fn new(
        (integration, operation): (&'static str, &'static str),
        call: &Call,
        attempt: u32,
        waited: Duration,
    ) -> Self {
        Measured {
            integration,
            operation,
            method: call.method.to_string(),
            host: call.url.host_str().unwrap_or_default().to_owned(),
            port: call.url.port_or_known_default(),
            waited,
            again: attempt > 1,
        }
    }

    /// Measures what became of it. `error` is as in the span: a status, `timeout`, `transport`.
    pub(crate) fn end(self, status: Option<u16>, error: Option<&str>, duration: Duration) {
        let of = [
            KeyValue::new("gusset.integration", self.integration),
            KeyValue::new("gusset.operation", self.operation),
        ];
        let mut attributes = of.to_vec();
        attributes.push(KeyValue::new("http.request.method", self.method));
        attributes.push(KeyValue::new("server.address", self.host));
        attributes.extend(self.port.map(|port| KeyValue::new("server.port", i64::from(port))));
        let status = status.map(i64::from);
        attributes.extend(status.map(|status| KeyValue::new("http.response.status_code", status)));
        attributes.extend(error.map(|error| KeyValue::new("error.type", error.to_owned())));
        INSTRUMENTS.duration.record(duration.as_secs_f64(), &attributes);
        if !self.waited.is_zero() {
            INSTRUMENTS.waits.record(self.waited.as_secs_f64(), &of);
        }
        if self.again {
            INSTRUMENTS.resends.add(1, &of);
        }
    }
}

struct Instruments {
    duration: Histogram<f64>,
    waits: Histogram<f64>,
    resends: Counter<u64>,
}

static INSTRUMENTS: LazyLock<Instruments> = LazyLock::new(|| {
    let meter = global::meter("gusset");
    // https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpclientrequestduration
    const SECONDS: [f64; 14] =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
    Instruments {
        duration: meter
            .f64_histogram("http.client.request.duration")
            .with_unit("s")
            .with_description("From the first byte out to the last byte in.")
            .with_boundaries(SECONDS.to_vec())
            .build(),
        waits: meter
            .f64_histogram("gusset.limit.wait.duration")
            .with_unit("s")
            .with_description("How long calls waited for limits before they were sent.")
            .with_boundaries(SECONDS.to_vec())
            .build(),
        resends: meter
            .u64_counter("gusset.client.resends")
            .with_unit("{call}")
            .with_description("Calls that were sent again.")
            .build(),
    }
});
