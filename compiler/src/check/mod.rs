//! Pass 5: proves the IR. One file per rule family; the codes and their docs are in
//! [`codes`](crate::diagnostics::codes).
//!
//! After it, what is emitted does what the spec says: pages end, keys identify, watermarks advance,
//! and every request has what it needs. Paths into messages were already proven by `resolve`, which
//! cannot build a node of the IR without walking them.

mod asked;
mod circles;
mod comparisons;
mod given;
mod limits;
mod orders;
mod pagination;
pub(crate) mod reasons;
mod records;
mod rules;
mod secrets;
mod seeds;
mod settings;
mod sync;
mod times;
mod verify;
mod windows;
mod writes;

use crate::diagnostics::Diagnostics;
use crate::ir::{Integration, Ir, Types};
use crate::spec::IntegrationSpec;

/// What a rule sees.
#[derive(Clone, Copy)]
struct Subject<'s> {
    types: &'s Types,
    integration: &'s Integration,
}

/// Checks an integration; `spec` is what it was made of.
pub fn integration(
    ir: &Ir,
    integration: &Integration,
    spec: &IntegrationSpec,
    diagnostics: &mut Diagnostics,
) {
    let subject = Subject { types: &ir.types, integration };
    for (name, resource) in &integration.resources {
        if let Some(said) = spec.syntax.resources.get(name) {
            asked::check(subject, resource, said, diagnostics);
        }
    }
    pagination::check(subject, diagnostics);
    let before = diagnostics.errors();
    records::check(subject, diagnostics);
    // What seeds say of a record that is another than the one that is meant would be wrong again.
    if diagnostics.errors() == before {
        seeds::check(subject, diagnostics);
    }
    times::check(subject, diagnostics);
    given::check(subject, diagnostics);
    settings::check(subject, diagnostics);
    limits::check(subject, diagnostics);
    rules::check(subject, diagnostics);
    // What a document alone has wrong is no error of a spec.
    if !spec.alone {
        secrets::check(subject, diagnostics);
    }
    verify::check(subject, diagnostics);
    windows::check(subject, diagnostics);
    writes::check(subject, diagnostics);
}

/// Checks syncs, each and all together.
pub fn syncs(ir: &Ir, diagnostics: &mut Diagnostics) {
    for sync in &ir.syncs {
        sync::check(ir, sync, diagnostics);
        secrets::settings(&sync.settings, diagnostics);
    }
    circles::check(ir, diagnostics);
}
