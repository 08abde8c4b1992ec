//! Writes: none is said to read only, and what is sent again may be.

use super::Subject;
use crate::diagnostics::codes::resources::REPEATED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Operation, Output, Repeat, Resource};

/// What is read one by one is read by what only reads.
pub(super) fn reads_not(subject: Subject<'_>, resource: &Resource) -> Option<Diagnostic> {
    let used = resource.get.as_ref()?;
    let operation = subject.integration.operations.get(&used.operation)?;
    if operation.repeat == Repeat::Safe {
        return None;
    }
    let Operation { name, method, .. } = operation;
    let message = format!("`{name}` is a {method}, which may change what it is meant to read");
    let finding = Diagnostic::error(REPEATED, message)
        .at(&used.place, "")
        .and(&operation.defined, "the operation");
    Some(finding.help("if it only reads: `repeat: safe` and a `because`, in `operations`"))
}

/// What changes records removes none where another operation does.
pub(super) fn removes_nothing(subject: Subject<'_>, resource: &Resource) -> Option<Diagnostic> {
    let used = resource.delete.as_ref()?;
    let operations = &subject.integration.operations;
    let operation = operations.get(&used.operation)?;
    let writes = ["PUT", "PATCH", "POST"].contains(&operation.method.as_str());
    let removing = |other: &&Operation| other.method == "DELETE" && other.path == operation.path;
    let other = operations.values().find(removing);
    let also = resource.update.as_ref().filter(|update| update.operation == used.operation);
    if !writes || other.is_none() && also.is_none() {
        return None;
    }
    let message = format!("`{}` is a {}, which removes nothing", operation.name, operation.method);
    let mut finding = Diagnostic::error(REPEATED, message).at(&used.place, "");
    if let Some(also) = also {
        finding = finding.and(&also.place, "it changes records here");
    }
    if let Some(other) = other {
        let help = format!("`{}` is DELETE {}", other.name, other.path);
        finding = finding.and(&other.defined, "what removes").help(help);
    }
    Some(finding)
}

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        let creates = resource.create.iter().map(|u| (&u.operation, &u.place, "creates"));
        let updates = resource.update.iter().map(|u| (&u.operation, &u.place, "changes"));
        let deletes = resource.delete.iter().map(|u| (&u.operation, &u.place, "removes"));
        let upserts = resource.upsert.iter().map(|u| (&u.operation, &u.place, "writes"));
        // What gives no record was said to be that.
        let gives = resource.get.as_ref().is_some_and(|used| {
            let operation = subject.integration.operations.get(&used.operation);
            operation.is_some_and(|operation| matches!(operation.output, Output::Json { .. }))
        });
        let reads_not = reads_not(subject, resource).filter(|_| gives);
        for finding in [reads_not, removes_nothing(subject, resource)] {
            finding.into_iter().for_each(|finding| diagnostics.push(finding));
        }
        for (name, place, does) in creates.chain(updates).chain(deletes).chain(upserts) {
            let Some(operation) = subject.integration.operations.get(name) else { continue };
            let declared = operation.place.child("repeat");
            let reads = ["GET", "HEAD", "OPTIONS"].contains(&operation.method.as_str());
            let message = match operation.repeat {
                // A method that reads is not declared to; what it lacks to write is said elsewhere.
                Repeat::Safe if reads && does == "removes" => {
                    format!("`{name}` is a {}, which removes nothing", operation.method)
                }
                Repeat::Safe if reads => continue,
                Repeat::Safe => format!("`{name}` {does} records, so it does not only read"),
                Repeat::Never if does == "writes" => {
                    format!(
                        "`{name}` must not be repeated, and an upsert is sent again when its answer got lost"
                    )
                }
                Repeat::Never | Repeat::Idempotent => continue,
            };
            let mut finding = Diagnostic::error(REPEATED, message).at(place, "");
            finding = match operation.repeat {
                Repeat::Safe if reads => finding.and(&operation.defined, "the operation"),
                Repeat::Safe => finding.and(&declared, "it is said to be safe here"),
                _ => finding.and(&operation.place.key(), "declared here"),
            };
            diagnostics.push(
                finding.help(
                    "if repeating it has the same effect: `repeat: idempotent` and a `because`",
                ),
            );
        }
    }
}
