//! The request log: what was sent, and what became of it.

mod content;
#[cfg(feature = "sqlite")]
mod keep;
mod redact;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use content::Content;
pub(crate) use content::content;
#[cfg(feature = "sqlite")]
pub use keep::Keep;
pub(crate) use redact::{is_hidden, names, redact, without_query};
#[cfg(feature = "sqlite")]
pub use sqlite::{Filter, Row, SqliteLog, read};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// Where every call is noted.
pub trait Log: Debug + Send + Sync {
    /// Notes a call. It must not block: it is on every call's way.
    fn record(&self, entry: Entry);

    /// How many bytes of each body are noted, with the headers. `None`: neither headers nor bodies.
    fn content(&self) -> Option<usize> {
        None
    }
}

/// One call, as it was sent once. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was sent.
    pub at: Timestamp,
    /// The connection.
    pub connection: String,
    /// The integration.
    pub integration: String,
    /// The operation.
    pub operation: String,
    /// The method.
    pub method: String,
    /// The URL; values of parameters that are credentials, or look like them, are hidden.
    pub url: String,
    /// The status, if there was an answer.
    pub status: Option<u16>,
    /// 1 for the first time that it was sent.
    pub attempt: u32,
    /// From the first byte out to the last byte in.
    pub duration_ms: u64,
    /// How long it waited for limits before that.
    pub waited_ms: u64,
    /// Bytes of the request's body.
    pub request_bytes: u64,
    /// Bytes of the answer's body.
    pub response_bytes: u64,
    /// What went wrong.
    pub error: Option<String>,
    /// What was sent, where the log keeps that ([`Log::content`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Content>,
    /// What was answered, where the log keeps that. The body of an answer that is read in pieces is not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Content>,
}
