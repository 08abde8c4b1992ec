//! Sync files.

use super::{About, Setting, SyncHook};
use crate::spec::VERSION;
use crate::spec::quantity::DURATION;
use crate::spec::words::SNAKE;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sync: records of a source become records of a target.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sync {
    /// The version of this language: 1.
    #[schemars(extend("const" = VERSION))]
    pub gusset: u32,
    /// The name, `snake_case`: that of the module and the crate.
    #[schemars(extend("pattern" = SNAKE))]
    pub sync: String,
    /// What it is for.
    #[serde(default)]
    pub about: About,
    /// The integrations it uses, by name: their folders, relative to this file.
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub integrations: IndexMap<String, String>,
    /// What is read: `hubspot.contacts`.
    pub source: String,
    /// What is written: `salesforce.leads`.
    pub target: String,
    /// What it is configured with.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub settings: IndexMap<String, Setting>,
    /// Tables that are read at the start of a run; each gives an optional record.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub lookups: IndexMap<String, Lookup>,
    /// Functions of your own that expressions call as `hook.NAME(..)`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub hooks: IndexMap<String, SyncHook>,
    /// CEL: only records for which this holds.
    pub when: Option<String>,
    /// CEL: not records for which this holds.
    pub unless: Option<String>,
    /// Which source record is which target record.
    #[serde(rename = "match")]
    pub matching: Match,
    /// Target fields and their values, in CEL.
    pub map: IndexMap<String, String>,
    /// What happens to target records whose source is gone.
    #[serde(default)]
    pub deletes: Deletes,
    /// How often, for a runner: `5m`.
    #[schemars(extend("pattern" = DURATION))]
    pub every: Option<String>,
}

/// A table that is read at the start of a run.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// `integration.resource`; it must have a `list`.
    #[serde(rename = "in")]
    pub table: String,
    /// The record's field that is looked at.
    pub by: String,
    /// CEL: what it must be; text or optional text.
    pub is: String,
}

/// Which source record is which target record.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The source's key field.
    pub source: String,
    /// The target's external key field.
    pub target: String,
}

/// What happens to target records whose source is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deletes {
    /// They stay.
    #[default]
    Keep,
}
