//! What an expression can see.

use crate::ir::{Lookup, Setting, SettingKind, SyncHook, Ty, TypeId};
use crate::source::Place;
use indexmap::IndexMap;

/// How the values behind a variable are stored at run time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backing {
    /// Emitted structs: a field that may be missing is an `Option`, so the compiler insists on `.?`.
    #[default]
    Rust,
    /// A `serde_json::Value` of known type: nothing is guaranteed, so a member that is missing is an
    /// evaluation error.
    Json,
    /// The headers of a response: only looked up by name.
    Headers,
}

/// A root of expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its type.
    pub ty: Ty,
    /// How it is stored.
    pub backing: Backing,
}

/// What is known of a lookup when an expression mentions it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It gives such a record.
    Record(TypeId),
    /// It is declared after the expression.
    Later,
    /// It is wrong, and was reported.
    Wrong,
}

/// What an expression can see: its roots, settings and lookups.
#[derive(Clone, Debug, Default)]
pub struct Env {
    pub(super) variables: IndexMap<String, Variable>,
    pub(super) settings: Option<IndexMap<String, (SettingKind, Place)>>,
    pub(super) lookups: Option<IndexMap<String, Known>>,
    /// Without a value where a hook is wrong, and was reported.
    pub(super) hooks: Option<IndexMap<String, Option<SyncHook>>>,
    pub(super) retry_after: bool,
}

impl Env {
    /// Nothing but literals.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What error rules see: `status`, `header`, `body` (without a type: JSON) and `retry_after()`.
    #[must_use]
    pub fn response(body: Option<Ty>) -> Self {
        let mut env = Self::new()
            .with("status", Ty::Int)
            .with_backing("header", Ty::Map(Box::new(Ty::String)), Backing::Headers)
            .with_backing("body", body.unwrap_or(Ty::Dyn), Backing::Json);
        env.retry_after = true;
        env
    }

    /// What conditions over the results of an upsert see: `result`.
    #[must_use]
    pub fn result(result: Option<Ty>) -> Self {
        Self::new().with_backing("result", result.unwrap_or(Ty::Dyn), Backing::Json)
    }

    /// What the expressions of a sync see: `source` and `settings`; lookups are added as they are resolved.
    #[must_use]
    pub fn sync(source: TypeId, settings: &IndexMap<String, Setting>) -> Self {
        Self { lookups: Some(IndexMap::new()), ..Self::new() }
            .with("source", Ty::Record(source))
            .with_settings(settings)
    }

    /// Adds a root that is stored in emitted types.
    #[must_use]
    pub fn with(self, name: &str, ty: Ty) -> Self {
        self.with_backing(name, ty, Backing::Rust)
    }

    /// Adds a root.
    #[must_use]
    pub fn with_backing(mut self, name: &str, ty: Ty, backing: Backing) -> Self {
        self.variables.insert(name.to_owned(), Variable { ty, backing });
        self
    }

    /// Adds `settings.NAME`.
    #[must_use]
    pub fn with_settings(mut self, settings: &IndexMap<String, Setting>) -> Self {
        let known = settings.iter().map(|(name, s)| (name.clone(), (s.kind, s.place.clone())));
        self.settings = Some(known.collect());
        self
    }

    /// Adds `hook.NAME(..)`; nothing is known of one that is wrong.
    #[must_use]
    pub fn with_hooks(mut self, hooks: IndexMap<String, Option<SyncHook>>) -> Self {
        self.hooks = Some(hooks);
        self
    }

    /// Announces `lookup.NAME`: until it is added, it is declared later.
    pub fn announce_lookup(&mut self, name: &str) {
        self.lookups.get_or_insert_default().insert(name.to_owned(), Known::Later);
    }

    /// Adds `lookup.NAME`, an optional record.
    pub fn add_lookup(&mut self, lookup: &Lookup) {
        self.add_lookup_of(&lookup.name, lookup.ty);
    }

    pub(super) fn add_lookup_of(&mut self, name: &str, record: TypeId) {
        self.lookups.get_or_insert_default().insert(name.to_owned(), Known::Record(record));
    }

    /// Says that `lookup.NAME` is wrong and was reported: who mentions it is not to blame.
    pub fn spoil_lookup(&mut self, name: &str) {
        self.lookups.get_or_insert_default().insert(name.to_owned(), Known::Wrong);
    }
}
