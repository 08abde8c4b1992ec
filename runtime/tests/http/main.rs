//! The runtime against real HTTP over loopback.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub)]

mod adaptive;
mod assumptions;
mod auth;
mod authorization;
mod deadlines;
mod decoding;
mod encodings;
mod feed;
mod hooks;
mod limits;
mod log;
mod nonsense;
mod oauth;
mod origin;
mod pagination;
mod resources;
mod retries;
mod safety;
mod script;
mod secrets;
mod streams;
mod support;
mod tls;
mod uploads;
#[path = "../support/warnings.rs"]
mod warnings;
