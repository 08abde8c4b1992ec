//! Syncs of one catalog: every field has one that writes it, and nothing goes in a circle.

use crate::diagnostics::codes::sync::CIRCLE;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Ir, ResourceRef, Sync};

pub(super) fn check(ir: &Ir, diagnostics: &mut Diagnostics) {
    for (index, sync) in ir.syncs.iter().enumerate() {
        let before = ir.syncs.get(..index).unwrap_or_default();
        same_fields(sync, before, diagnostics);
        // Only the last sync of a circle reports it. One between two connections of a resource is none.
        if sync.source != sync.target && leads(before, &sync.target, &sync.source) {
            let target = sync.place.child("target");
            let mut finding =
                Diagnostic::error(CIRCLE, "what this writes comes back to its source")
                    .at(&target, "")
                    .help("a field is written in one direction: leave one of the syncs out");
            if let Some(back) = before.iter().find(|other| other.source == sync.target) {
                finding = finding.and(&back.place.child("source"), "it is read again here");
            }
            diagnostics.push(finding);
        }
    }
}

/// Whether syncs lead from one resource to another, in any number of steps.
fn leads(syncs: &[Sync], from: &ResourceRef, to: &ResourceRef) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        if at == to {
            return true;
        }
        for sync in syncs.iter().filter(|sync| sync.source == *at) {
            if !reached.contains(&&sync.target) {
                reached.push(&sync.target);
            }
        }
        next += 1;
    }
    false
}

/// Fields of the same records that one of the syncs before writes too.
fn same_fields(sync: &Sync, before: &[Sync], diagnostics: &mut Diagnostics) {
    // Records that are matched by another field are other records.
    let same =
        |other: &&Sync| other.target == sync.target && other.match_target == sync.match_target;
    let others: Vec<&Sync> = before.iter().filter(same).collect();
    let written = |field: &str| {
        others.iter().flat_map(|other| &other.map).find(|mapping| mapping.field == field)
    };
    for mapping in sync.map.iter().filter(|mapping| mapping.field != sync.match_target) {
        if let Some(first) = written(&mapping.field) {
            let message = format!("two syncs write `{}`", mapping.field);
            diagnostics.push(
                Diagnostic::error(CIRCLE, message)
                    .at(&mapping.place.key(), "")
                    .and(&first.place.key(), "the other one is here"),
            );
        }
    }
}
