//! Syncs: what they read and write, and expressions with their types.

mod hooks;
mod lookups;
mod mapping;
#[cfg(test)]
mod tests;
mod told;
mod values;

pub(crate) use told::told;

use super::Documents;
use super::names::type_ident;
use crate::cel::{self, Env};
use crate::diagnostics::codes::spec::UNUSED;
use crate::diagnostics::codes::sync as codes;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{
    About, Expr, ExprKind, HOOK, IntegrationId, Ir, Resource, ResourceRef, StringFormat, Sync, Ty,
    TypeKind,
};
use crate::source::Place;
use crate::spec::quantity::{self, A_YEAR};
use crate::spec::syntax;
use indexmap::IndexMap;
use std::collections::HashSet;

/// Resolves a sync. `by_name` has the integrations that it lists and that were read.
///
/// Gives nothing if it is not known what is read or written; what else is wrong is reported and left out.
pub(crate) fn resolve_sync(
    syntax: &syntax::Sync,
    place: &Place,
    ir: &Ir,
    by_name: &IndexMap<String, IntegrationId>,
    documents: &[Documents],
    diagnostics: &mut Diagnostics,
) -> Option<Sync> {
    let mut resolver = Resolver { syntax, place, ir, by_name, documents, diagnostics };
    let source = resolver.reference(&syntax.source, &place.child("source"));
    let target = resolver.reference(&syntax.target, &place.child("target"));
    let before = resolver.diagnostics.errors();
    let settings =
        super::settings::resolve(&syntax.settings, &place.child("settings"), resolver.diagnostics);
    let settings_are_wrong = resolver.diagnostics.errors() > before;
    let (source, target) = (source?, target?);
    // A setting whose default is of another type may be of that type: what is made of it is not looked at.
    if settings_are_wrong {
        return None;
    }
    let hooks = resolver.hooks();
    let mut env = Env::sync(resolver.resource(&source)?.ty, &settings).with_hooks(hooks.clone());
    let lookups = resolver.lookups(&mut env);
    let when = resolver.condition(&env, syntax.when.as_deref(), "when");
    let unless = resolver.condition(&env, syntax.unless.as_deref(), "unless");
    let every = resolver.every();
    let map = resolver.map(&env, &source, &target);
    let hooks = hooks.into_iter().filter_map(|(name, hook)| Some((name, hook?))).collect();
    let sync = Sync {
        name: syntax.sync.clone(),
        ident: type_ident(&syntax.sync),
        about: about(&syntax.about),
        source,
        target,
        settings,
        lookups,
        hooks,
        when,
        unless,
        match_source: syntax.matching.source.clone(),
        match_target: syntax.matching.target.clone(),
        map,
        every,
        place: place.clone(),
    };
    // What could not be resolved may be what uses it.
    if sync.lookups.len() == syntax.lookups.len() {
        resolver.unused(&sync);
    }
    Some(sync)
}

/// What the parts of a sync share while they are resolved.
struct Resolver<'r> {
    syntax: &'r syntax::Sync,
    place: &'r Place,
    ir: &'r Ir,
    by_name: &'r IndexMap<String, IntegrationId>,
    /// Those of all integrations.
    documents: &'r [Documents],
    diagnostics: &'r mut Diagnostics,
}

impl<'r> Resolver<'r> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn resource(&self, reference: &ResourceRef) -> Option<&'r Resource> {
        self.ir.integrations.get(reference.integration.0)?.resources.get(&reference.resource)
    }

    /// The resources of an integration, as syncs name them.
    fn resources(&self, name: &str, id: IntegrationId) -> Vec<String> {
        let resources = self.ir.integrations.get(id.0).map(|found| found.resources.keys());
        resources.into_iter().flatten().map(|resource| format!("{name}.{resource}")).collect()
    }

    /// `integration.resource`.
    fn reference(&mut self, text: &str, place: &Place) -> Option<ResourceRef> {
        let Some((integration, resource)) = text.split_once('.') else {
            let known: Vec<String> =
                self.by_name.iter().flat_map(|(name, id)| self.resources(name, *id)).collect();
            let diagnostic =
                Diagnostic::error(codes::UNKNOWN_RESOURCE, format!("`{text}` names no resource"))
                    .at(place, "")
                    .help("write it as `integration.resource`")
                    .nearest(text, known.iter().map(String::as_str));
            self.report(diagnostic);
            return None;
        };
        let Some(id) = self.by_name.get(integration) else {
            // An integration that is listed but could not be read was reported where it was read.
            if !self.syntax.integrations.contains_key(integration) {
                let message = format!("the sync lists no integration `{integration}`");
                let known = self.syntax.integrations.keys().map(String::as_str);
                let diagnostic = Diagnostic::error(codes::UNKNOWN_INTEGRATION, message)
                    .at(&place.within(0, integration.len()), "not in `integrations`")
                    .nearest(integration, known);
                self.report(diagnostic);
            }
            return None;
        };
        let found = self.ir.integrations.get(id.0)?;
        if !found.resources.contains_key(resource) {
            // A resource that is declared wrongly was reported there, and is not in the IR.
            if !self.diagnostics.has_errors() {
                let message = match found.resources.is_empty() {
                    true => format!("`{integration}` has no resources"),
                    false => format!("`{integration}` has no resource `{resource}`"),
                };
                let start = integration.len() + 1;
                let diagnostic = Diagnostic::error(codes::UNKNOWN_RESOURCE, message)
                    .at(&place.within(start, text.len()), "unknown resource")
                    .and(&found.place.child("resources").key(), "its resources are declared here")
                    .nearest(resource, found.resources.keys().map(String::as_str));
                self.report(diagnostic);
            }
            return None;
        }
        Some(ResourceRef { integration: *id, resource: resource.to_owned() })
    }

    /// Integrations that are listed are used.
    fn unused(&mut self, sync: &Sync) {
        let used: HashSet<IntegrationId> = connected(sync).collect();
        for (name, id) in self.by_name {
            if !used.contains(id) {
                let place = self.place.child("integrations").child(name);
                self.diagnostics.push(
                    Diagnostic::warning(UNUSED, format!("nothing uses the integration `{name}`"))
                        .at(&place.key(), ""),
                );
            }
        }
    }

    fn condition(&mut self, env: &Env, text: Option<&str>, key: &str) -> Option<Expr> {
        let place = self.place.child(key);
        cel::compile(text?, &place, env, &self.ir.types, Some(&Ty::Bool), self.diagnostics)
    }

    fn every(&mut self) -> Option<std::time::Duration> {
        let text = self.syntax.every.as_deref()?;
        match quantity::duration(text) {
            Ok(every) if every.is_zero() || every > A_YEAR => {
                let message = format!("`{text}` is no interval between runs");
                let place = self.place.child("every");
                self.report(
                    Diagnostic::error(codes::BAD_INTERVAL, message)
                        .at(&place, "")
                        .help("more than nothing, and a year at most"),
                );
                None
            }
            Ok(every) => Some(every),
            Err(wrong) => {
                let place = self.place.child("every");
                self.report(wrong.at(codes::BAD_INTERVAL, &place));
                None
            }
        }
    }

    /// Whether a type is an enum or text, as far as expressions see it.
    fn is_text(&self, id: crate::ir::TypeId) -> bool {
        let kind = &self.ir.types.get(id).kind;
        let known = match kind {
            TypeKind::String(format) => *format != StringFormat::Secret,
            kind => matches!(kind, TypeKind::Enum(_)),
        };
        known && cel::ty_of(&self.ir.types, id) == Ty::String
    }
}

fn about(syntax: &syntax::About) -> About {
    About {
        title: syntax.title.clone(),
        purpose: syntax.purpose.clone(),
        owners: syntax.owners.clone(),
        reference: syntax.reference.clone(),
    }
}

/// Every expression of a sync.
pub(crate) fn expressions(sync: &Sync) -> impl Iterator<Item = &Expr> {
    let lookups = sync.lookups.values().map(|lookup| &lookup.is);
    let conditions = sync.when.iter().chain(&sync.unless);
    lookups.chain(conditions).chain(sync.map.iter().map(|m| &m.value))
}

/// The hooks that the expressions of a sync call, by name.
pub(crate) fn called_hooks(sync: &Sync) -> HashSet<&str> {
    let mut called = HashSet::new();
    for expr in expressions(sync) {
        visit(expr, &mut |part| {
            if let ExprKind::Call { function, .. } = &part.kind {
                called.extend(function.strip_prefix(HOOK));
            }
        });
    }
    called
}

/// The integrations that a sync reads and writes.
pub(crate) fn connected(sync: &Sync) -> impl Iterator<Item = IntegrationId> {
    let lookups = sync.lookups.values().map(|lookup| &lookup.resource);
    [&sync.source, &sync.target].into_iter().chain(lookups).map(|resource| resource.integration)
}

/// Visits an expression and all its parts.
pub(crate) fn visit<'e>(expr: &'e Expr, see: &mut impl FnMut(&'e Expr)) {
    see(expr);
    match &expr.kind {
        ExprKind::Select { of, .. } | ExprKind::Has { of, .. } => visit(of, see),
        ExprKind::Index { of, index, .. } => {
            visit(of, see);
            visit(index, see);
        }
        ExprKind::Call { args, .. } | ExprKind::List(args) => {
            for arg in args {
                visit(arg, see);
            }
        }
        ExprKind::Map(entries) => {
            for (key, value) in entries {
                visit(key, see);
                visit(value, see);
            }
        }
        ExprKind::Macro { over, body, .. } => {
            visit(over, see);
            visit(body, see);
        }
        ExprKind::Literal(_)
        | ExprKind::Variable(_)
        | ExprKind::Setting(..)
        | ExprKind::Lookup(_) => {}
    }
}
