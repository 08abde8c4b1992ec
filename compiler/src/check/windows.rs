//! Changes: they are asked for from the watermark on, and none is left behind.

use super::{Subject, comparisons, orders};
use crate::diagnostics::codes::resources::MISSED;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Changes, Operation};
use crate::resolve::times::ends;
use crate::spec::quantity::A_YEAR;

/// More records in one listing than that are as good as no cap.
const MOST: u64 = 100_000_000;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for resource in subject.integration.resources.values() {
        let feed = resource.feed.as_ref().map(|feed| &feed.changes);
        let Some(changes) = resource.changes.as_ref().or(feed) else { continue };
        let into = changes.place.child("since").child("into");
        if changes.because.is_none() && ends(changes) {
            diagnostics.push(
                Diagnostic::error(MISSED, "this takes the end of a span, and changes are read from a time on")
                    .at(&into, "")
                    .help("use what takes the beginning; if the name misleads, say why in a `because` of `since`"),
            );
        }
        comparisons::check(subject, resource, changes, diagnostics);
        orders::check(changes, diagnostics);
        capped(subject.integration.operations.get(&changes.operation), changes, diagnostics);
        if changes.lookback > A_YEAR {
            diagnostics.push(
                Diagnostic::error(MISSED, "a look back of more than a year reads everything again")
                    .at(&changes.place.child("lookback"), ""),
            );
        }
        if changes.reach.is_some_and(|reach| reach > 10 * A_YEAR) {
            diagnostics.push(
                Diagnostic::error(
                    MISSED,
                    "no provider remembers the changes of more than ten years",
                )
                .at(&changes.place.child("reach"), "")
                .help("leave it out where all changes are remembered"),
            );
        }
    }
}

/// A cap holds a page at least. (What lies beyond one is read on from the last change, or all is read again.)
fn capped(operation: Option<&Operation>, changes: &Changes, diagnostics: &mut Diagnostics) {
    let Some(cap) = changes.cap else { return };
    let place = changes.place.child("cap");
    let pagination = operation.and_then(|operation| operation.pagination.as_ref());
    if cap > MOST {
        let message = format!("a listing of {cap} records: no provider gives so many");
        diagnostics.push(
            Diagnostic::error(MISSED, message)
                .at(&place, "")
                .help("leave it out if there is no cap"),
        );
    }
    let page = pagination.and_then(|p| p.size.as_ref()).map_or(1, |size| size.value);
    if i64::try_from(cap).is_ok_and(|cap| cap < page) {
        let message = format!("a listing of {cap} records holds no page of {page}");
        diagnostics.push(Diagnostic::error(MISSED, message).at(&place, ""));
    }
}
