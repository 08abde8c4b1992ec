//! `hooks:`, of integrations and of syncs.

use crate::spec::words::SNAKE;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where code of the user is called with requests or answers of an integration: a method of the emitted trait `Hooks`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// What it is called with.
    pub on: HookOn,
    /// For `request`: what it gives, and where that goes: `header.X-Signature`, `query.signature`. Operations no longer take
    /// it as a parameter. What the document does not list needs a `because`.
    #[serde(default)]
    pub sets: Vec<String>,
    /// For `request`: the operations it is called for; all by default.
    #[serde(default)]
    pub operations: Vec<String>,
    /// For `request`: `true`, if it must see the credentials of the call; needs a `because`.
    #[serde(default)]
    pub credentials: bool,
    /// How it is known, where the document does not say so.
    pub because: Option<String>,
    /// What it does, for who writes it.
    pub doc: Option<String>,
}

/// What a hook is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HookOn {
    /// Each request before it is sent: gives what `sets` says, such as a signature.
    Request,
    /// An answer that a rule of `errors` hands it: says what is to be done.
    Answer,
}

/// A function of the user that expressions of a sync call as `hook.NAME(..)`: a method of the emitted trait `Hooks`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SyncHook {
    /// Its parameters, by name, with their types: `string`, `int`, `uint`, `double`, `bool`, `bytes`, `timestamp`, `duration`,
    /// `json`, or a record (`hubspot.Contact`); with `?` one that may be absent; `list(string)`.
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub takes: IndexMap<String, String>,
    /// The type of what it gives.
    pub gives: String,
    /// What it does, for who writes it.
    pub doc: Option<String>,
}
