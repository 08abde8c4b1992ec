//! A document without a spec: what a spec would say, as far as the document says it.
//!
//! Nothing here is an error: what the document lacks, the client asks for, and what it has wrong costs itself.

mod auth;
mod name;
mod server;

pub(super) use auth::{Ways, auth};
pub(super) use name::introduce;
pub(super) use server::server;
