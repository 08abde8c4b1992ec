//! `verify`: the call that tries a connection changes nothing, and tells something.

use super::Subject;
use crate::diagnostics::codes::connection::BAD_VERIFY;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::Repeat;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Diagnostics) {
    let integration = subject.integration;
    let Some(verify) = integration.verify.as_ref().filter(|verify| verify.said) else { return };
    let Some(operation) = integration.operations.get(&verify.operation) else { return };
    let name = &operation.name;
    if operation.repeat != Repeat::Safe {
        let message = format!("`{name}` is a {}, and may change something", operation.method);
        diagnostics.push(
            Diagnostic::error(BAD_VERIFY, message)
                .at(&verify.place, "")
                .and(&operation.place, "the operation")
                .help("take one that reads; if this one does: `repeat: safe` and a `because`, where it is declared"),
        );
    } else if operation.public && !integration.auth.is_empty() {
        let message = format!("`{name}` is sent without credentials, so it does not try them");
        diagnostics.push(
            Diagnostic::error(BAD_VERIFY, message)
                .at(&verify.place, "")
                .and(&operation.defined, "it is public")
                .help("take one that needs credentials"),
        );
    }
}
