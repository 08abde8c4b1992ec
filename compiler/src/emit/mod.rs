//! Pass 6: the checked IR becomes Rust.
//!
//! Infallible: what could go wrong was said by the passes before. Each file emits one shape, a whole item per
//! `quote!`; nothing here loops, sleeps or decides at run time, because emitted code declares and the runtime acts.
//! Afterwards every [`Unit`] is a module tree that the doors put into a crate, a build script's output or a macro's.

mod assumptions;
mod bodies;
mod both_ways;
mod calls;
mod client;
mod constants;
mod crates;
mod credentials;
mod depth;
mod docs;
mod enums;
mod expressions;
mod hooks;
mod inline;
mod keys;
mod modules;
mod operations;
mod outputs;
mod pagination;
mod parameters;
mod paths;
mod presets;
mod records;
mod resources;
mod settings;
mod sync;
mod text;
mod types;
mod unions;
mod walk;
mod words;
mod write;

#[doc(hidden)]
pub use both_ways::{BothWays, SpelledSchema, both_ways};
pub use crates::{CrateOptions, GussetDep, crate_files};
pub use inline::{inline, inline_file};
pub use modules::Module;
pub(crate) use write::Writer;
pub use write::{Change, File, WriteMode, write};

use crate::ir::{About, Integration, IntegrationId, Ir, Sync, TypeKind};
use crate::source::{FileId, Place, Sources};
pub(crate) use paths::ident;
use paths::{From, Spell};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use std::path::Path;
use text::Text;

/// A module tree of its own: an integration or a sync.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The name of its module and of its crate.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// Whether something in it is deprecated, and it uses that itself.
    pub deprecates: bool,
    /// The `recursion_limit` that its crate needs, if it is more than the usual.
    pub recursion_limit: Option<usize>,
    /// The root's documentation: inner attributes, as formatted text.
    pub head: String,
    /// The root's items, without its `mod` declarations, as formatted text.
    pub root: String,
    /// The modules below the root.
    pub modules: Vec<Module>,
    /// The integrations that a sync uses, by name.
    pub uses: Vec<String>,
    /// What its spec says about it.
    pub about: About,
    /// What it was made of, for headers.
    pub origin: Origin,
}

/// The kinds of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// A provider's client.
    Integration,
    /// A sync between two of them.
    Sync,
}

/// What a unit was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The spec: its folder's and its own name.
    pub spec: String,
    /// A hash of the texts of the spec and of the documents beside it.
    pub hash: u64,
}

/// What the emitters of one integration share.
#[derive(Clone, Copy)]
struct Cx<'a> {
    ir: &'a Ir,
    sources: &'a Sources,
    id: IntegrationId,
    integration: &'a Integration,
    /// Whether types are emitted that nothing carries.
    everything: bool,
}

impl Cx<'_> {
    /// The integration's name for people, as documentation text.
    fn title(&self) -> String {
        title(&self.integration.about, &self.integration.name)
    }

    /// Whether the document deprecates something of what is emitted.
    fn deprecates(&self) -> bool {
        let types = self.ir.types.iter().map(|(_, def)| def);
        self.integration.operations.values().any(|operation| operation.deprecated)
            || types.filter(|def| def.integration == self.id).any(|def| {
                let fields = match &def.kind {
                    TypeKind::Struct(body) => body.fields.as_slice(),
                    _ => &[],
                };
                def.notes.deprecated || fields.iter().any(|field| field.notes.deprecated)
            })
    }

    /// Spells types from the modules beside `types`.
    fn spell(&self) -> Spell<'_> {
        Spell { types: &self.ir.types, from: From::Integration }
    }
}

/// Emits all units: integrations, then syncs, in the IR's order.
#[must_use]
pub fn emit(ir: &Ir, sources: &Sources) -> Vec<Unit> {
    let integrations: Vec<Unit> = contexts(ir, sources)
        .map(|cx| Unit {
            modules: modules(&cx).into_iter().map(|(_, make)| make(&cx)).collect(),
            ..integration(&cx)
        })
        .collect();
    let syncs: Vec<Unit> =
        ir.syncs.iter().map(|s| sync_unit(ir, sources, s, &integrations)).collect();
    integrations.into_iter().chain(syncs).collect()
}

/// Emits all units as the files of their crates, and gives each away, with the number of its unit, as soon as it is
/// there: together they take much room. What comes back are the units without their modules.
pub(crate) fn emit_files<E>(
    ir: &Ir,
    sources: &Sources,
    options: &CrateOptions,
    mut give: impl FnMut(usize, File) -> Result<(), E>,
) -> Result<Vec<Unit>, E> {
    let mut units = Vec::new();
    for (number, cx) in contexts(ir, sources).enumerate() {
        let unit = integration(&cx);
        let modules = modules(&cx);
        let names = modules.iter().map(|(name, _)| *name);
        let root = crates::root_files(&unit, names, options);
        root.into_iter().try_for_each(|file| give(number, file))?;
        for (_, make) in modules {
            let mut module = make(&cx);
            give(number, crates::module_file(&unit, &module))?;
            for part in std::mem::take(&mut module.parts) {
                give(number, crates::part_file(&unit, &module, &part))?;
            }
        }
        units.push(unit);
    }
    let integrations = units.len();
    for (number, sync) in (integrations..).zip(&ir.syncs) {
        let unit = sync_unit(ir, sources, sync, &units[..integrations]);
        crate_files(&unit, options).into_iter().try_for_each(|file| give(number, file))?;
        units.push(unit);
    }
    Ok(units)
}

fn contexts<'a>(ir: &'a Ir, sources: &'a Sources) -> impl Iterator<Item = Cx<'a>> {
    ir.integrations.iter().enumerate().map(move |(id, integration)| Cx {
        ir,
        sources,
        id: IntegrationId(id),
        integration,
        everything: false,
    })
}

/// An integration without its modules.
fn integration(cx: &Cx) -> Unit {
    let Integration { name, about, .. } = cx.integration;
    Unit {
        name: name.clone(),
        kind: UnitKind::Integration,
        deprecates: cx.deprecates(),
        recursion_limit: depth::recursion_limit(&cx.ir.types, cx.id),
        head: Text::of(head(about, name, cx.deprecates())).into_string(),
        root: Text::of(client::root(cx)).into_string(),
        modules: Vec::new(),
        uses: Vec::new(),
        about: about.clone(),
        origin: Origin::of_integration(cx),
    }
}

fn sync_unit(ir: &Ir, sources: &Sources, sync: &Sync, integrations: &[Unit]) -> Unit {
    let uses = sync::uses(ir, sync);
    let used = integrations.iter().filter(|unit| uses.contains(&unit.name));
    let deprecates = integrations.iter().any(|unit| uses.contains(&unit.name) && unit.deprecates);
    let origin = Origin::of_sync(sources, &sync.place, used.map(|unit| unit.origin.hash));
    Unit {
        name: sync.name.clone(),
        kind: UnitKind::Sync,
        deprecates,
        recursion_limit: None,
        head: Text::of(head(&sync.about, &sync.name, deprecates)).into_string(),
        root: Text::of(sync::root(ir, sources, sync, origin.hash)).into_string(),
        modules: Vec::new(),
        uses,
        about: sync.about.clone(),
        origin,
    }
}

/// What makes a module.
type Make = fn(&Cx) -> Module;

/// The modules that have something in them, by name.
fn modules(cx: &Cx) -> Vec<(&'static str, Make)> {
    let mut modules: Vec<(&str, Make)> = vec![("operations", operations::module)];
    if !cx.integration.resources.is_empty() {
        modules.push(("resources", resources::module));
    }
    modules.push(("types", types::module));
    modules
}

/// A name for people, as one line of documentation text.
fn title(about: &About, name: &str) -> String {
    let raw = about.title.as_deref().unwrap_or(name);
    docs::escape(raw).join(" ")
}

/// The module documentation of a unit.
fn head(about: &About, name: &str, deprecates: bool) -> TokenStream {
    let title = title(about, name);
    let purpose = about.purpose.as_deref().map(docs::escape).unwrap_or_default();
    let mut lines = match purpose.as_slice() {
        [] => vec![format!("{title}.")],
        [first, rest @ ..] => {
            std::iter::once(format!("{title}: {first}")).chain(rest.iter().cloned()).collect()
        }
    };
    if let Some(reference) = &about.reference {
        lines.push(String::new());
        lines.extend(docs::escape(&format!("Reference: {reference}")));
    }
    let doc = docs::inner(&lines);
    // Deprecated is what the document says is; users are told, this code is not.
    let allow = deprecates.then(|| quote!(#![allow(deprecated)]));
    quote!(#doc #allow)
}

impl Origin {
    /// An integration's documents stand in its spec's folder, unless others were given for them.
    fn of_integration(cx: &Cx) -> Self {
        let spec = cx.sources.path(cx.integration.place.file);
        let used: BTreeSet<FileId> =
            cx.integration.operations.values().map(|o| o.defined.file).collect();
        let beside = |path: &Path| spec.parent().is_some_and(|folder| path.starts_with(folder));
        let files = cx.sources.files().zip((0..).map(FileId));
        let mut files: Vec<(&Path, u64)> = files
            .filter(|(path, id)| *path == spec || beside(path) || used.contains(id))
            .map(|(path, id)| (path, cx.sources.digest(id)))
            .collect();
        files.sort_unstable();
        Origin { spec: short(spec), hash: hash(files.iter().map(|(_, digest)| *digest)) }
    }

    /// A sync rests on its own file and on its integrations.
    fn of_sync(sources: &Sources, place: &Place, integrations: impl Iterator<Item = u64>) -> Self {
        let parts = std::iter::once(sources.digest(place.file)).chain(integrations);
        Origin { spec: short(sources.path(place.file)), hash: hash(parts) }
    }
}

/// A hash of several.
fn hash(parts: impl Iterator<Item = u64>) -> u64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    parts.for_each(|part| hasher.update(&part.to_le_bytes()));
    hasher.digest()
}

/// The names of a file and of its folder: the same on every machine.
fn short(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
    let names = [path.parent().and_then(name), name(path)];
    names.into_iter().flatten().collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
