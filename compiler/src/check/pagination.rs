//! Pages: sizes, listings that end.

use super::Subject;
use crate::diagnostics::codes::references::{NO_END, PAGE_SIZE};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Next, Pagination};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for operation in subject.integration.operations.values() {
        if let Some(pagination) = &operation.pagination {
            size(pagination, diagnostics);
            end(pagination, diagnostics);
        }
    }
}

/// The size is a number of records. Whether the document allows it was checked where the parameter was found.
fn size(pagination: &Pagination, diagnostics: &mut Diagnostics) {
    let Some(size) = &pagination.size else { return };
    let place = pagination.place.child("size").child("value");
    if !(1..=MOST).contains(&size.value) {
        let message = format!("a page of {} records", size.value);
        diagnostics.push(Diagnostic::error(PAGE_SIZE, message).at(&place, ""));
    }
    let (Next::Cursor { into, .. }
    | Next::After { into, .. }
    | Next::Offset { into, .. }
    | Next::Page { into, .. }) = &pagination.next
    else {
        return;
    };
    if size.into.as_ref() == Some(into) {
        let place = pagination.place.child("size").child("into");
        let message = "the page size goes where the next page is asked for";
        diagnostics.push(Diagnostic::error(PAGE_SIZE, message).at(&place, ""));
    }
}

/// No provider gives a page of more records.
const MOST: i64 = 1_000_000;

/// A counted listing knows where it ends.
fn end(pagination: &Pagination, diagnostics: &mut Diagnostics) {
    let (name, open) = match &pagination.next {
        Next::Offset { total, more, .. } => ("offset", total.is_none() && more.is_none()),
        Next::Page { total, more, .. } => ("page", total.is_none() && more.is_none()),
        Next::Cursor { .. }
        | Next::After { .. }
        | Next::Url { .. }
        | Next::Link
        | Next::Single
        | Next::Continue { .. } => return,
    };
    if open && pagination.size.is_none() {
        diagnostics.push(
            Diagnostic::error(NO_END, "nothing says where this listing ends")
                .at(&pagination.place.child(name).key(), "")
                .help("give a `total`, a `more` or `last` flag, or the page `size`"),
        );
    }
}
