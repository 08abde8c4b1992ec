//! For tests of programs that use emitted clients: a clock that tests move, and a transport that answers as they say.
//!
//! No server, no waiting: limits, retries, renewed tokens and pages are those of the real client.
//!
//! ```
//! use gusset::testing::{ManualClock, Script, json};
//! use gusset::Options;
//! use std::sync::Arc;
//!
//! let clock = Arc::new(ManualClock::leaping());
//! let script = Script::answering([json(200, &gusset::serde_json::json!({"id": "7"}))]);
//! let options = Options::default().with_clock(clock.clone()).with_transport(Arc::new(script.clone()));
//! // let client = hubspot::Client::new(credentials, &settings, options)?;
//! // client.get_contact("7").await?;
//! // assert_eq!(script.sent()[0].url.path(), "/crm/v3/objects/contacts/7");
//! ```

mod clock;
mod script;

pub use clock::ManualClock;
pub use script::{Script, Sent, answer, json, with_header};
