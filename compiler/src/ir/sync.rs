//! Syncs.

use super::{About, Expr, IntegrationId, Setting, SyncHook, TypeId};
use crate::source::Place;
use indexmap::IndexMap;
use std::time::Duration;

/// A resource of an integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRef {
    /// The integration.
    pub integration: IntegrationId,
    /// The resource's name.
    pub resource: String,
}

/// One-way: records of a source become records of a target.
#[derive(Clone, Debug)]
pub struct Sync {
    /// The name in the spec (`warm_leads`).
    pub name: String,
    /// The Rust type name (`WarmLeads`).
    pub ident: String,
    /// What it is for.
    pub about: About,
    /// What is read.
    pub source: ResourceRef,
    /// What is written.
    pub target: ResourceRef,
    /// What it is configured with.
    pub settings: IndexMap<String, Setting>,
    /// Tables read at the start of a run, in the order in which they may use each other.
    pub lookups: IndexMap<String, Lookup>,
    /// Functions of the user that expressions may call, by name.
    pub hooks: IndexMap<String, SyncHook>,
    /// Only records for which this holds.
    pub when: Option<Expr>,
    /// Not records for which this holds.
    pub unless: Option<Expr>,
    /// The wire name of the source field that identifies the record.
    pub match_source: String,
    /// The wire name of the target field that holds it.
    pub match_target: String,
    /// Target fields (of [`Upsert::record`](super::Upsert::record)) and their values, in the spec's order; the match field included.
    pub map: Vec<Mapping>,
    /// How often, for a runner.
    pub every: Option<Duration>,
    /// Where the spec says it.
    pub place: Place,
}

/// A table that is read at the start of a run.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The name in the spec.
    pub name: String,
    /// The Rust name.
    pub ident: String,
    /// What is read, by its `list`.
    pub resource: ResourceRef,
    /// The record.
    pub ty: TypeId,
    /// The wire name of the field that is looked at; text.
    pub by: String,
    /// What it must be: text or optional text.
    pub is: Expr,
    /// Where the spec says it.
    pub place: Place,
}

/// One target field and its value.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The wire name of the target field.
    pub field: String,
    /// Its value; assignable to the field's type.
    pub value: Expr,
    /// Where the spec says it.
    pub place: Place,
}
