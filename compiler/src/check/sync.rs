//! Syncs: they can be run, run again, and leave nothing required out.

use crate::diagnostics::codes::cel::MISSING_TARGET;
use crate::diagnostics::codes::spec::UNUSED;
use crate::diagnostics::codes::sync as codes;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{ExprKind, Ir, Resource, ResourceRef, Sync, Upsert};
use crate::resolve::sync::{called_hooks, expressions, visit};
use crate::source::Place;
use std::collections::HashSet;

pub(super) fn check(ir: &Ir, sync: &Sync, diagnostics: &mut Diagnostics) {
    readable(ir, &sync.source, &sync.place.child("source"), "the source", diagnostics);
    for lookup in sync.lookups.values() {
        readable(ir, &lookup.resource, &lookup.place.child("in"), "a lookup", diagnostics);
    }
    if let Some(target) = resource(ir, &sync.target) {
        match &target.upsert {
            Some(upsert) => {
                complete(ir, sync, upsert, diagnostics);
                unused(sync, diagnostics);
            }
            None => diagnostics.push(unsafe_to_repeat(sync, target)),
        }
    }
}

fn resource<'a>(ir: &'a Ir, reference: &ResourceRef) -> Option<&'a Resource> {
    ir.integrations.get(reference.integration.0)?.resources.get(&reference.resource)
}

/// What is read must have a listing.
fn readable(
    ir: &Ir,
    reference: &ResourceRef,
    place: &Place,
    who: &str,
    diagnostics: &mut Diagnostics,
) {
    let Some(resource) = resource(ir, reference) else { return };
    if resource.list.is_some() {
        return;
    }
    diagnostics.push(
        Diagnostic::error(
            codes::NO_LIST,
            format!("{who} must be readable, and `{}` has no `list`", reference.resource),
        )
        .at(place, "")
        .and(&resource.place, "declared here")
        .help("give the resource a `list` with a paginated operation"),
    );
}

/// A run may stop between a write and its record in the ledger, so every write must be safe to repeat.
fn unsafe_to_repeat(sync: &Sync, target: &Resource) -> Diagnostic {
    let name = &target.name;
    let message = match target.create {
        Some(_) => format!("`{name}` can only be created, which is not safe to repeat"),
        None => format!("`{name}` cannot be written: it has no `upsert`"),
    };
    let diagnostic = Diagnostic::error(codes::NO_UPSERT, message)
        .at(&sync.place.child("target"), "")
        .and(&target.place, "declared here")
        .help("give the resource an `upsert` by an external key");
    match target.create {
        Some(_) => diagnostic.note(
            "a run that stops between a write and its record in the ledger writes again, and would create a second record",
        ),
        None => diagnostic,
    }
}

/// Every required field of the target has a value.
fn complete(ir: &Ir, sync: &Sync, upsert: &Upsert, diagnostics: &mut Diagnostics) {
    let Some(record) = ir.types.as_struct(upsert.record) else { return };
    let name = ir.types.get(upsert.record).name.as_deref().unwrap_or("the record");
    let always_sent =
        |wire: &str| upsert.each.as_ref().is_some_and(|each| each.get(wire).is_some());
    let missing = record.fields.iter().filter(|field| {
        field.required
            && !field.read_only
            && field.wire != sync.match_target
            && !always_sent(&field.wire)
            && !sync.map.iter().any(|m| m.field == field.wire)
    });
    for field in missing {
        diagnostics.push(
            Diagnostic::error(
                MISSING_TARGET,
                format!("`{}` is required, and nothing is mapped onto it", field.wire),
            )
            .at(&sync.place.child("map").key(), format!("no `{}` here", field.wire))
            .and(&field.place, format!("required in `{name}`")),
        );
    }
}

/// What is declared is used.
fn unused(sync: &Sync, diagnostics: &mut Diagnostics) {
    let (mut settings, mut lookups) = (HashSet::new(), HashSet::new());
    for expr in expressions(sync) {
        visit(expr, &mut |part| match &part.kind {
            ExprKind::Setting(name, _) => {
                settings.insert(name.as_str());
            }
            ExprKind::Lookup(name) => {
                lookups.insert(name.as_str());
            }
            _ => {}
        });
    }
    let settings = sync.settings.iter().filter(|(name, _)| !settings.contains(name.as_str()));
    let lookups = sync.lookups.iter().filter(|(name, _)| !lookups.contains(name.as_str()));
    let called = called_hooks(sync);
    let hooks = sync.hooks.iter().filter(|(name, _)| !called.contains(name.as_str()));
    let hooks = hooks.map(|(name, h)| ("hook", name, &h.place));
    let settings = settings.map(|(name, s)| ("setting", name, &s.place));
    let lookups = lookups.map(|(name, l)| ("lookup", name, &l.place));
    for (what, name, place) in settings.chain(lookups).chain(hooks) {
        diagnostics.push(
            Diagnostic::warning(UNUSED, format!("nothing uses the {what} `{name}`"))
                .at(&place.key(), ""),
        );
    }
}
