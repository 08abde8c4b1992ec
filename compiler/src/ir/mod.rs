//! The IR: plain data, every name an id or a resolved Rust name, every node with its place.
//!
//! Built by [`resolve`](crate::resolve), proven by [`check`](mod@crate::check), turned into Rust by
//! [`emit`](crate::emit), served by the sandbox.

mod auth;
mod errors;
mod expr;
mod facts;
mod fallbacks;
mod formats;
mod hooks;
mod limits;
pub mod literals;
mod operation;
mod output;
mod resource;
mod schemas;
mod sync;
mod types;

pub use auth::*;
pub use errors::*;
pub use expr::*;
pub use facts::*;
pub use fallbacks::*;
pub use hooks::*;
pub use limits::*;
pub use operation::*;
pub use output::*;
pub use resource::*;
pub use schemas::*;
pub use sync::*;
pub use types::*;

use crate::source::Place;
use indexmap::IndexMap;
use std::time::Duration;

/// Everything that one compilation knows.
#[derive(Clone, Debug, Default)]
pub struct Ir {
    /// Integrations, in the order in which the specs were given or first used.
    pub integrations: Vec<Integration>,
    /// Syncs, in the order given.
    pub syncs: Vec<Sync>,
    /// All types of all integrations.
    pub types: Types,
    /// What each spec relies on, and how well it is known.
    pub facts: Vec<Fact>,
}

/// An index into [`Ir::integrations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IntegrationId(pub usize);

/// One provider, as its spec selects it.
#[derive(Clone, Debug)]
pub struct Integration {
    /// The name in the spec, `snake_case`: module, crate and log name.
    pub name: String,
    /// What it is for.
    pub about: About,
    /// The base URL.
    pub server: Template,
    /// Servers that some operations have of their own.
    pub servers: Vec<Template>,
    /// What a connection must or may set, by name.
    pub settings: IndexMap<String, Setting>,
    /// The ways to authorise, by name; a connection uses one.
    pub auth: IndexMap<String, AuthScheme>,
    /// Ways of a document alone that are several at once.
    pub combined: Vec<Combined>,
    /// Whether a connection may do without credentials though there are ways to authorise: some operations are public.
    pub anonymous: bool,
    /// Limits, by name.
    pub limits: IndexMap<String, Limit>,
    /// What is said to have no limit, by the name of the entry in `limits`.
    pub unlimited: IndexMap<String, Unlimited>,
    /// How responses are judged.
    pub errors: Errors,
    /// Where code of the user is called, by name.
    pub hooks: IndexMap<String, Hook>,
    /// Selected operations, by name.
    pub operations: IndexMap<String, Operation>,
    /// Resources, by name.
    pub resources: IndexMap<String, Resource>,
    /// The call that tries a connection, where one does.
    pub verify: Option<Verify>,
    /// What the sandbox seeds: resource, field path, rule; as the spec says it.
    pub sandbox: IndexMap<String, IndexMap<String, serde_json::Value>>,
    /// How many operations the documents have.
    pub documented: usize,
    /// What schemas of the documents became.
    pub schemas: Schemas,
    /// The spec file; a document alone is its own.
    pub place: Place,
}

/// The call that tries a connection.
#[derive(Clone, Debug)]
pub struct Verify {
    /// The operation, by name.
    pub operation: String,
    /// What is always sent, besides what a first page is asked with.
    pub preset: Preset,
    /// Whether the spec says it; else it was found.
    pub said: bool,
    /// Where the spec says it.
    pub place: Place,
}

/// What a spec says about itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// A title, as people write it (`HubSpot`).
    pub title: Option<String>,
    /// What it is for, one sentence.
    pub purpose: Option<String>,
    /// Who owns it.
    pub owners: Vec<String>,
    /// Where the vendor documents it.
    pub reference: Option<String>,
}

/// A value that a connection or a sync is configured with.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The name in the spec.
    pub name: String,
    /// The Rust field name.
    pub ident: String,
    /// What it is.
    pub kind: SettingKind,
    /// Its default; without one it is required.
    pub default: Option<Scalar>,
    /// Whether the answers of some token endpoint say it: where they do not, it is required.
    pub given: bool,
    /// What it means.
    pub doc: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// The kinds a setting may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// Text.
    String,
    /// A 64-bit signed integer.
    Integer,
    /// A 64-bit float.
    Number,
    /// True or false.
    Boolean,
    /// A span of time.
    Duration,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Text.
    String(String),
    /// An integer.
    Integer(i64),
    /// A float.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A span of time.
    Duration(Duration),
}

/// Text with settings in it: `https://${settings.site}.atlassian.net`.
#[derive(Clone, Debug)]
pub struct Template {
    /// The pieces in order.
    pub parts: Vec<TemplatePart>,
    /// Where it stands.
    pub place: Place,
}

/// A piece of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePart {
    /// Literal text.
    Text(String),
    /// The setting of that name.
    Setting(String),
}
