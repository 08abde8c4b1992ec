//! What spec files say, as they say it: plain data, one struct per section, read with serde.
//!
//! Their JSON Schema comes from these types. Places are not stored here: whoever reads a section
//! knows its JSON pointer.

mod hooks;
mod integration;
mod operation;
mod resource;
mod sync;
mod types;

pub use hooks::*;
pub use integration::*;
pub use operation::*;
pub use resource::*;
pub use sync::*;
pub use types::*;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One value or a list of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// Several.
    Many(Vec<T>),
}

/// What a spec says about itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// A title, as people write it (`HubSpot`).
    pub title: Option<String>,
    /// What it is for, one sentence.
    pub purpose: Option<String>,
    /// Who owns it.
    #[serde(default)]
    pub owners: Vec<String>,
    /// Where the vendor documents it: a URL.
    pub reference: Option<String>,
}

/// A value that a connection or a sync is configured with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// `string`, `integer`, `number`, `boolean` or `duration`.
    #[serde(rename = "type")]
    pub kind: SettingKind,
    /// Its default; without one it is required.
    pub default: Option<serde_json::Value>,
    /// What it means.
    pub doc: Option<String>,
}

/// The kinds a setting may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// Text.
    String,
    /// A 64-bit signed integer.
    Integer,
    /// A 64-bit float.
    Number,
    /// True or false.
    Boolean,
    /// A span of time (`30s`, `5m`, `24h`).
    Duration,
}
