//! A stateful local stand-in for a provider, made from the same IR as its client.
//!
//! It listens on the loopback interface, enforces the declared authorisation and limits, pages as
//! declared, keeps what is written (in memory, or in a SQLite file that survives a restart), and
//! seeds records that satisfy the schema and are always the same.
//!
//! ```no_run
//! # async fn run(ir: gusset_compiler::ir::Ir) -> Result<(), gusset_sandbox::Error> {
//! let sandbox = gusset_sandbox::Sandbox::builder(ir).integration("hubspot").records(5_000).start().await?;
//! println!("{} {:?}", sandbox.url(), sandbox.credentials());
//! # Ok(()) }
//! ```

mod auth;
mod builder;
mod errors;
mod fault;
mod fault_file;
mod feed;
mod file;
mod keys;
mod limits;
mod model;
mod pagination;
mod people;
mod request;
mod resources;
mod routes;
mod sandbox;
mod seed;
mod server;
mod store;
mod table;
mod texts;
mod upsert;
mod values;
mod witness;

pub use auth::Credential;
pub use builder::{Builder, Error};
pub use fault::{Fault, FaultKind, ResetAs};
pub use sandbox::{Clock, Sandbox};
