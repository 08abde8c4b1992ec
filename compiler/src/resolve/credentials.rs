//! What carries credentials: no operation takes it as a parameter, and which operations are sent with them is said.

use super::Context;
use super::servers::is_public;
use crate::ir::{
    AuthKind, AuthScheme, Combined, KeyIn, Operation, Parameter, ParameterIn, Sign, Standing,
};
use crate::openapi::Document;
use crate::source::Place;
use indexmap::IndexMap;

/// A header, a query parameter or a cookie that a way to authorise fills.
pub(super) type Carrier = (ParameterIn, String);

/// What the ways to authorise fill. (`Authorization` is no parameter in any document: OpenAPI says so.)
pub(super) fn carriers(auth: &IndexMap<String, AuthScheme>, combined: &[Combined]) -> Vec<Carrier> {
    let schemes = auth.values().chain(combined.iter().flat_map(|several| &several.parts));
    let carrier = |scheme: &AuthScheme| match &scheme.kind {
        AuthKind::ApiKey(KeyIn::Header { name, .. }) => Some((ParameterIn::Header, name.clone())),
        AuthKind::ApiKey(KeyIn::Query(name)) => Some((ParameterIn::Query, name.clone())),
        AuthKind::ApiKey(KeyIn::Cookie(name)) => Some((ParameterIn::Cookie, name.clone())),
        AuthKind::Basic | AuthKind::Bearer | AuthKind::OAuth2(_) | AuthKind::OAuth1 { .. } => None,
    };
    schemes.filter_map(carrier).collect()
}

/// Takes carriers from the parameters of operations that are sent with credentials, and says which are.
pub(super) fn resolve(context: &mut Context<'_>, carriers: &[Carrier], authorised: bool) {
    if !authorised {
        return;
    }
    for operation in context.operations.values_mut().filter(|operation| !operation.public) {
        operation.parameters.retain(|parameter| !carries(parameter, carriers));
    }
    let names: Vec<String> = context.operations.keys().cloned().collect();
    let mut silent = Vec::new();
    for name in names {
        let Some(operation) = context.operations.get(&name).cloned() else { continue };
        let said = context.spec.syntax.operations.get(&name).and_then(|syntax| syntax.public);
        match said {
            Some(public) => self::said(context, &operation, public),
            None if operation.public => {}
            None if context.documents.iter().any(|d| is_silent(d, &operation.defined)) => {
                silent.push(operation);
            }
            None => {}
        }
    }
    assumed(context, &silent);
}

fn carries(parameter: &Parameter, carriers: &[Carrier]) -> bool {
    carriers.iter().any(|(location, name)| {
        *location == parameter.location && location.same(name, &parameter.wire)
    })
}

/// What the spec says about an operation, held against what the document says.
fn said(context: &mut Context<'_>, operation: &Operation, public: bool) {
    let name = &operation.name;
    let syntax = context.spec.syntax.operations.get(name);
    let because = syntax.and_then(|syntax| syntax.because.clone());
    let documents = context.documents;
    let defined = &operation.defined;
    let standing = if documents.iter().any(|d| is_silent(d, defined)) {
        Standing::Assumed
    } else if documents.iter().any(|d| is_public(d, defined)) == public {
        Standing::Proven
    } else {
        Standing::Overridden
    };
    let with = if public { "without" } else { "with" };
    let text = format!("`{name}` is sent {with} credentials");
    let place = operation.place.child("public");
    let sign = Sign::Refused { statuses: vec![401, 403], operations: vec![name.clone()] };
    context.fact(standing, text, because.as_deref(), &place, Some(defined)).seen_by(sign);
}

/// Where the document does not say whether operations need authorisation, they are sent with it: OpenAPI reads the
/// silence as "none needed", but few that write documents do.
fn assumed(context: &mut Context<'_>, silent: &[Operation]) {
    let Some(first) = silent.first() else { return };
    let names: Vec<String> = silent.iter().map(|o| format!("`{}`", o.name)).collect();
    let (all, verb) = (silent.len() == context.operations.len(), "sent with credentials");
    let text = match names.as_slice() {
        _ if all && silent.len() > 1 => format!("all operations are {verb}"),
        [only] => format!("{only} is {verb}"),
        [shown @ .., last] if shown.len() < 4 => {
            format!("{} and {last} are {verb}", shown.join(", "))
        }
        [a, b, c, more @ ..] => format!("{a}, {b}, {c} and {} others are {verb}", more.len()),
        _ => return,
    };
    let reason = "the document does not say whether they need them; `public: true` in an operation of the spec \
                  says that it does not";
    let place = context.place("auth");
    let sign = Sign::Refused {
        statuses: vec![401, 403],
        operations: silent.iter().map(|operation| operation.name.clone()).collect(),
    };
    context.granted(text, None, reason, &place, Some(&first.defined)).seen_by(sign);
}

/// Whether a document has no word about what an operation needs: neither there nor at its top.
fn is_silent(document: &Document, defined: &Place) -> bool {
    let Some(operation) = document.node(defined) else { return false };
    let top = document.node(&document.root());
    operation.get("security").is_none() && top.is_none_or(|top| top.get("security").is_none())
}
