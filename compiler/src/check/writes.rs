//! Writes: none is said to read only, and what is sent again may be.

use super::Subject;
use crate::diagnostics::codes::resources::REPEATED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::Repeat;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        let creates = resource.create.iter().map(|u| (&u.operation, &u.place, "creates"));
        let updates = resource.update.iter().map(|u| (&u.operation, &u.place, "changes"));
        let deletes = resource.delete.iter().map(|u| (&u.operation, &u.place, "removes"));
        let upserts = resource.upsert.iter().map(|u| (&u.operation, &u.place, "writes"));
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
