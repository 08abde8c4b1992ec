//! What operations accept, held against the ways to authorise that the spec declares.

use super::Context;
use super::scopes::Need;
use crate::diagnostics::codes::connection::NOT_AUTHORISED;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;

/// Every operation accepts the declared ways to authorise: none is an error, not all a warning.
pub(super) fn accepted(
    context: &mut Context<'_>,
    name: &str,
    place: &Place,
    requirements: &[IndexMap<String, Vec<String>>],
    defined: &Place,
) {
    context.needs.push(Need {
        operation: name.to_owned(),
        selected: place.file == context.spec.place.file,
        place: place.clone(),
        sets: requirements.to_vec(),
        defined: defined.clone(),
    });
    let auth = &context.spec.syntax.auth;
    // A set of several schemes at once is more than one connection gives.
    let sets: Vec<Option<&str>> = requirements
        .iter()
        .filter(|set| set.len() <= 1)
        .map(|set| set.keys().next().map(String::as_str))
        .collect();
    if requirements.is_empty() || sets.contains(&None) {
        return;
    }
    let schemes: Vec<&str> = sets.into_iter().flatten().collect();
    let accepts = |auth: &syntax::Auth| match auth.scheme.as_ref().or(auth.overrides.as_ref()) {
        Some(scheme) => schemes.contains(&scheme.as_str()),
        // Assumed, with a reason: the document knows nothing about it.
        None => true,
    };
    let refused: Vec<&str> =
        auth.iter().filter(|(_, a)| !accepts(a)).map(|(name, _)| name.as_str()).collect();
    if refused.iter().any(|name| context.doubtful_auth.iter().any(|doubtful| doubtful == name)) {
        return;
    }
    if refused.is_empty() && !auth.is_empty() {
        return;
    }
    let none = refused.len() == auth.len();
    // One way that is missing is one mistake, of however many operations.
    if none && !context.said_no_auth.insert(schemes.iter().map(|&s| s.to_owned()).collect()) {
        return;
    }
    let list: Vec<String> = schemes.iter().map(|name| format!("`{name}`")).collect();
    let wants =
        if list.is_empty() { "several schemes at once".to_owned() } else { list.join(" or ") };
    let message = match (none, auth.is_empty()) {
        (true, true) => format!("`{name}` needs authorisation, and the spec declares none"),
        (true, false) => format!("`{name}` accepts none of the declared ways to authorise"),
        (false, _) => {
            let list: Vec<String> = refused.iter().map(|name| format!("`{name}`")).collect();
            format!("`{name}` does not accept {}", list.join(" and "))
        }
    };
    let severity = if none { Severity::Error } else { Severity::Warning };
    let diagnostic = Diagnostic { severity, ..Diagnostic::error(NOT_AUTHORISED, message) }
        .at(place, "")
        .and(defined, format!("the document wants {wants}"));
    if none {
        context.lacking(diagnostic);
    } else {
        context.report(diagnostic);
    }
}
