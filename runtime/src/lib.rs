//! The runtime behind code that the Gusset compiler emits.
//!
//! Emitted code declares, this crate acts: it authorises, keeps limits, sends, judges answers, repeats what
//! may be repeated, follows pages, and logs. [`Client`] is the door; everything else is what it is told.

mod assumption;
pub mod auth;
mod breaker;
pub mod cel;
mod client;
mod clock;
mod connection;
mod decode;
mod error;
mod errors;
mod events;
mod excerpt;
mod hooks;
pub mod in_string;
mod inside;
pub mod limits;
pub mod log;
mod open_enum;
mod operation;
mod options;
mod pagination;
mod patch;
mod priority;
#[doc(hidden)]
pub mod record;
mod request;
mod resources;
mod response;
mod retry;
mod secret;
#[cfg(feature = "sqlite")]
mod sqlite;
pub mod sync;
#[cfg(feature = "opentelemetry")]
mod telemetry;
pub mod testing;
mod text;
mod transport;
#[doc(hidden)]
pub mod unions;
mod upload;
#[cfg(feature = "sqlite")]
pub mod vault;

pub use assumption::{Assumption, JsonKind, Operations, PagePart, Places, Sign};
pub use auth::{
    Account, Auth, Authorization, Authorizer, Begun, ClientAuth, Granted, OAuth, OAuth1, Signing,
    TokenStore, Tokens,
};
pub use breaker::Breaker;
pub use client::{Body, Change, Changes, Client, Events, Items, Pages, Reply, Server, Stats};
pub use clock::{Clock, SystemClock};
pub use connection::{Connection, ConnectionStore, SettingValue};
pub use error::{Error, StatusError};
pub use errors::{Action, ErrorRule, ErrorText, WaitTime};
pub use events::{Event, Evented};
#[doc(hidden)]
pub use hooks::{CallHooks, HookSlot, Hooked, RequestHook};
pub use hooks::{HookError, HookRequest, Judgement};
pub use inside::{Inside, inside};
pub use limits::{Limit, LimitKind, Observe, QuotaStore, ResetUnit, Scope, Share};
pub use operation::{Decode, Headed, Integration, Operation, OperationMeta, Repeat};
pub use options::Options;
pub use pagination::{Next, PageHints, PageSize, PageState, Paginated, Pagination};
pub use patch::Patch;
pub use priority::Priority;
pub use request::{Encoding, Param, Part, Request, Slot, Style};
pub use resources::{
    Feed, FeedTime, Listing, One, Outcome, Preset, ResultTest, Results, Since, TimeFormat, Upsert,
};
pub use response::{Redirect, Response};
pub use retry::Retry;
pub use secret::Secret;
pub use text::{Base64, Date, DateTime, Duration, Misspelled, Spell, Spelled, Time, Uuid};
pub use transport::{Answer, Call, Chunks, HttpTransport, Opened, Transport, TransportError};
pub use upload::Upload;

pub use {bytes, http, jiff, serde, serde_json, uuid};

#[cfg(feature = "macros")]
pub use gusset_macros::{integration, sync};

/// Brings in what `gusset_compiler::build` made in the build script: a module for each integration and sync.
#[macro_export]
macro_rules! include_specs {
    () => {
        include!(concat!(env!("OUT_DIR"), "/gusset.rs"));
    };
}

/// The first moment of a day in UTC: what a record with the date of its last change counts as changed at.
#[must_use]
pub fn start_of_day(day: jiff::civil::Date) -> Option<jiff::Timestamp> {
    day.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|start| start.timestamp())
}

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks also after a panic elsewhere: what is locked here is changed in single steps.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
