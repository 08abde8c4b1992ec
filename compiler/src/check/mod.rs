//! Pass 5: proves the IR. One file per rule family; the codes and their docs are in
//! [`codes`](crate::diagnostics::codes).
//!
//! After it, what is emitted does what the spec says: pages end, keys identify, watermarks advance,
//! and every request has what it needs. Paths into messages were already proven by `resolve`, which
//! cannot build a node of the IR without walking them.

mod given;
mod pagination;
mod records;
mod seeds;
mod settings;
mod sync;
pub(crate) mod times;

use crate::diagnostics::Diagnostics;
use crate::ir::{Integration, Ir, Types};

/// What a rule sees.
#[derive(Clone, Copy)]
struct Subject<'s> {
    types: &'s Types,
    integration: &'s Integration,
}

/// Checks everything.
pub fn check(ir: &Ir, diagnostics: &mut Diagnostics) {
    for integration in &ir.integrations {
        let subject = Subject { types: &ir.types, integration };
        pagination::check(subject, diagnostics);
        records::check(subject, diagnostics);
        seeds::check(subject, diagnostics);
        times::check(subject, diagnostics);
        given::check(subject, diagnostics);
    }
    settings::check(ir, diagnostics);
    for sync in &ir.syncs {
        sync::check(ir, sync, diagnostics);
    }
}
