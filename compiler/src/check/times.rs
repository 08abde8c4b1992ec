//! Watermarks: the time that is remembered is the time that is asked for.

use super::Subject;
use crate::diagnostics::codes::resources::OTHER_TIME;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::resolve::times::{Asking, fields, other};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        let feed = resource.feed.as_ref().map(|feed| &feed.changes);
        let Some(changes) = resource.changes.as_ref().or(feed) else { continue };
        let Some(operation) = subject.integration.operations.get(&changes.operation) else {
            continue;
        };
        let fields = fields(subject.types, resource.ty);
        let asking = Asking { changes, operation, fields: &fields };
        // With a reason, it is a fact that overrides the document.
        let (None, Some(other)) = (&changes.because, other(&asking)) else { continue };
        let message = format!(
            "the time of {} is remembered, but records are asked for by the time of {}",
            other.remembered.noun(),
            other.asked.noun()
        );
        let mut diagnostic = Diagnostic::error(OTHER_TIME, message)
            .at(&other.sent, "")
            .and(&changes.place.child("cursor"), "what is remembered");
        if let Some(document) = other.document {
            diagnostic = diagnostic.and(&document, "what it means");
        }
        diagnostics.push(diagnostic.help(
            "records that change would never be read again: use the parameter and the field that \
             mean the same time; if the names mislead, say why in a `because` of `since`",
        ));
    }
}
