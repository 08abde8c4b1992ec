//! Pages: sizes within bounds, listings that end.

use super::Subject;
use crate::diagnostics::codes::references::{NO_END, PAGE_SIZE};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Next, Operation, Pagination, ParameterIn, Slot};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for operation in subject.integration.operations.values() {
        if let Some(pagination) = &operation.pagination {
            size(operation, pagination, diagnostics);
            end(pagination, diagnostics);
        }
    }
}

/// The size is a number of records that the provider allows.
fn size(operation: &Operation, pagination: &Pagination, diagnostics: &mut Diagnostics) {
    let Some(size) = &pagination.size else { return };
    let place = pagination.place.child("size").child("value");
    if size.value < 1 {
        let message = format!("a page of {} records", size.value);
        diagnostics.push(Diagnostic::error(PAGE_SIZE, message).at(&place, ""));
        return;
    }
    let Some(Slot::Query(name)) = &size.into else { return };
    let parameter =
        operation.parameters.iter().find(|p| p.location == ParameterIn::Query && p.wire == *name);
    let Some(parameter) = parameter else { return };
    let (bound, what) = match parameter.bounds {
        (_, Some(max)) if size.value > max => (max, "most"),
        (Some(min), _) if size.value < min => (min, "least"),
        _ => return,
    };
    diagnostics.push(
        Diagnostic::error(PAGE_SIZE, format!("a page cannot have {} records", size.value))
            .at(&place, "")
            .and(&parameter.place, format!("at {what} {bound}")),
    );
}

/// A counted listing knows where it ends.
fn end(pagination: &Pagination, diagnostics: &mut Diagnostics) {
    let (name, open) = match &pagination.next {
        Next::Offset { total, more, .. } => ("offset", total.is_none() && more.is_none()),
        Next::Page { total, more, .. } => ("page", total.is_none() && more.is_none()),
        Next::Cursor { .. } | Next::Url { .. } | Next::Link | Next::Continue { .. } => return,
    };
    if open && pagination.size.is_none() {
        diagnostics.push(
            Diagnostic::error(NO_END, "nothing says where this listing ends")
                .at(&pagination.place.child(name).key(), "")
                .help("give a `total`, a `more` or `last` flag, or the page `size`"),
        );
    }
}
