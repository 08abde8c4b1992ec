//! Limits: what no provider could mean is a slip.

use super::Subject;
use crate::diagnostics::codes::connection::BAD_LIMIT;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::LimitKind;
use crate::spec::quantity::A_YEAR;

/// More calls in a second, or at a time, than any provider grants: as good as no limit.
const MOST: u32 = 100_000;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    for limit in subject.integration.limits.values() {
        let (key, message) = match limit.kind {
            LimitKind::Quota { per, .. } if per > A_YEAR => {
                ("quota", "a window of more than a year".to_owned())
            }
            LimitKind::Quota { calls, per }
                if f64::from(calls) / per.as_secs_f64() > f64::from(MOST) =>
            {
                ("quota", format!("more than {MOST} calls a second are no limit"))
            }
            LimitKind::Concurrency(most) if most > MOST => {
                ("concurrency", format!("more than {MOST} calls at a time are no limit"))
            }
            LimitKind::Quota { .. } | LimitKind::Concurrency(_) => continue,
        };
        diagnostics.push(
            Diagnostic::error(BAD_LIMIT, message)
                .at(&limit.place.child(key), "")
                .help("if there is none: `unlimited: true` and a `because`"),
        );
    }
}
