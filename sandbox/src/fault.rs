//! Calls that go wrong, as tests ask for it: by their number, so that each run is the same.

use crate::errors::Refusal;
use crate::model::Model;
use crate::values;
use axum::body::{Body, Bytes, to_bytes};
use axum::response::Response;
use futures_util::stream::{self, StreamExt};
use gusset_compiler::ir::{Observe, Operation};
use http::header::{CONTENT_LENGTH, HeaderValue};
use indexmap::IndexMap;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use std::io;
use std::time::Duration;

/// Calls that are to go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Only calls of that operation; of any without it.
    pub operation: Option<String>,
    /// How many of these calls go well before.
    pub after: u64,
    /// How many go wrong.
    pub times: u64,
    /// What goes wrong.
    pub kind: FaultKind,
}

/// What goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// It is refused with a status, in the document's error shape. Nothing is done.
    Status {
        /// The status.
        status: u16,
        /// Headers of the answer.
        headers: IndexMap<String, String>,
    },
    /// It is refused as if a limit were used up (429, or as the spec's rule for waiting has it). Nothing is done.
    Limited {
        /// The header that says how long to wait: `retry-after`, `x-ratelimit-reset`.
        header: String,
        /// How it says so.
        reset: ResetAs,
        /// How long.
        wait: Duration,
    },
    /// All access tokens end, and the call is refused for it; other credentials are refused this once.
    ExpiredToken,
    /// All access tokens end and no refresh token works any more, as if the user took the consent back; the call is
    /// refused for it. Clients that need no consent get new tokens.
    RevokedGrant,
    /// It is done, and the answer comes late.
    Latency(Duration),
    /// It is done, and the connection ends before the answer.
    Reset,
    /// It is done, and the connection ends in the middle of the answer.
    Truncated,
    /// It is done, and the answer is half of its JSON, as if that were all.
    Malformed,
    /// It is done, and the answer comes in eight pieces, with a pause before each.
    Slow(Duration),
    /// A page has its first record again at its end.
    Duplicated,
    /// A page has its records in the reverse order.
    Reordered,
}

/// How a header says when calls are free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResetAs {
    /// In so many seconds.
    Seconds,
    /// In so many milliseconds.
    Millis,
    /// At that second since 1970.
    EpochSeconds,
    /// At that millisecond since 1970.
    EpochMillis,
    /// At that date of HTTP.
    Date,
}

impl Fault {
    /// Of the next call of any operation.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Fault { operation: None, after: 0, times: 1, kind }
    }

    /// A status for the next call of any operation.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Fault::new(FaultKind::Status { status, headers: IndexMap::new() })
    }

    /// Only calls of that operation.
    #[must_use]
    pub fn of(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// So many calls go well before.
    #[must_use]
    pub fn after(mut self, calls: u64) -> Self {
        self.after = calls;
        self
    }

    /// So many calls go wrong.
    #[must_use]
    pub fn times(mut self, calls: u64) -> Self {
        self.times = calls;
        self
    }
}

/// The fault of this call, if it has one: of several the first that was asked for.
pub(crate) fn take(faults: &mut Vec<Fault>, operation: &str) -> Option<FaultKind> {
    let mut found = None;
    for fault in faults.iter_mut() {
        if fault.operation.as_ref().is_some_and(|name| name != operation) || fault.times == 0 {
            continue;
        }
        if fault.after > 0 {
            fault.after -= 1;
        } else if found.is_none() {
            fault.times -= 1;
            found = Some(fault.kind.clone());
        }
    }
    faults.retain(|fault| fault.times > 0);
    found
}

impl FaultKind {
    /// The refusal, where the call is not done.
    pub(crate) fn refusal(&self, model: &Model, now: i64) -> Option<Refusal> {
        match self {
            FaultKind::Status { status, headers } => {
                let mut refusal = Refusal::new(*status, "fault", "a fault that was asked for");
                refusal.headers = headers.clone().into_iter().collect();
                Some(refusal)
            }
            FaultKind::Limited { header, reset, wait } => {
                let mut refusal = Refusal::limited(model, "fault", 1);
                refusal.headers.retain(|(name, _)| name != "retry-after");
                refusal.headers.push((header.clone(), reset.written(*wait, now)));
                // Who tells when calls are free again tells that none is left, too.
                for limit in model.integration().limits.values() {
                    let Observe { remaining, reset, .. } = &limit.observe;
                    let told =
                        reset.as_ref().is_some_and(|(name, _)| name.eq_ignore_ascii_case(header));
                    if let (Some(remaining), true) = (remaining, told) {
                        refusal.headers.push((remaining.clone(), "0".to_owned()));
                    }
                }
                Some(refusal)
            }
            FaultKind::ExpiredToken | FaultKind::RevokedGrant => {
                Some(Refusal::new(401, "unauthorized", "the credentials are not valid any more"))
            }
            _ => None,
        }
    }

    /// The answer as it goes out.
    pub(crate) async fn spoil(&self, response: Response, operation: &Operation) -> Response {
        if let FaultKind::Latency(time) = self {
            tokio::time::sleep(*time).await;
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let half = bytes.slice(..bytes.len() / 2);
        let body = match self {
            FaultKind::Reset => cut(None),
            FaultKind::Truncated => {
                parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
                cut(Some(half))
            }
            FaultKind::Malformed => Body::from(half),
            FaultKind::Slow(pause) => slowly(&bytes, *pause),
            FaultKind::Duplicated => Body::from(page(&bytes, operation, |records| {
                records.extend(records.first().cloned());
            })),
            FaultKind::Reordered => {
                Body::from(page(&bytes, operation, |records| records.reverse()))
            }
            _ => Body::from(bytes),
        };
        Response::from_parts(parts, body)
    }
}

impl ResetAs {
    fn written(self, wait: Duration, now: i64) -> String {
        let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        let at = now.saturating_add(millis);
        match self {
            ResetAs::Seconds => (millis / 1000).to_string(),
            ResetAs::Millis => millis.to_string(),
            ResetAs::EpochSeconds => (at / 1000).to_string(),
            ResetAs::EpochMillis => at.to_string(),
            ResetAs::Date => {
                let at = Timestamp::from_millisecond(at).unwrap_or_default();
                at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
            }
        }
    }
}

/// A body that ends in an error, which ends the connection. Without anything before it, not even the head goes out.
fn cut(before: Option<Bytes>) -> Body {
    let on_its_way = before.is_some();
    let end = stream::once(async move {
        if on_its_way {
            tokio::task::yield_now().await;
        }
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    Body::from_stream(stream::iter(before.map(Ok)).chain(end))
}

fn slowly(bytes: &Bytes, pause: Duration) -> Body {
    let size = bytes.len().div_ceil(8).max(1);
    let pieces: Vec<Bytes> = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
    Body::from_stream(stream::iter(pieces).then(move |piece| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, io::Error>(piece)
    }))
}

/// A page with other records; what is no page stays.
fn page(bytes: &Bytes, operation: &Operation, change: impl FnOnce(&mut Vec<Value>)) -> Bytes {
    let Some(pagination) = &operation.pagination else { return bytes.clone() };
    let Ok(mut body) = serde_json::from_slice::<Value>(bytes) else { return bytes.clone() };
    let mut records = match values::get(&body, &pagination.items) {
        Some(Value::Array(records)) => records.clone(),
        _ => return bytes.clone(),
    };
    change(&mut records);
    let pointer: String = pagination
        .items
        .iter()
        .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
        .collect();
    if let Some(place) = body.pointer_mut(&pointer) {
        *place = Value::Array(records);
    }
    Bytes::from(body.to_string())
}
