//! `hooks:` of an integration: what code of the user gives for requests, and which answers it judges.

use super::Context;
use super::credentials::Carrier;
use super::message::{self, Root};
use super::names::{field_ident, type_ident};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::spec::{BAD_HOOK, UNUSED};
use crate::ir::{Hook, HookKind, HookValue, ParameterIn, RequestHook, Sign, Standing};
use crate::source::Place;
use crate::spec::syntax::{self, HookOn};
use indexmap::IndexMap;

/// Headers that belong to the transport.
const OF_THE_TRANSPORT: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// Resolves all hooks, and takes what they set from the parameters of operations. `carriers` carry credentials.
pub(super) fn resolve(context: &mut Context<'_>, carriers: &[Carrier]) -> IndexMap<String, Hook> {
    let mut hooks = IndexMap::new();
    let section = context.place("hooks");
    let spec = context.spec;
    for (name, said) in &spec.syntax.hooks {
        let place = section.child(name);
        if let Some(hook) = hook(context, name, said, carriers, &place) {
            apart(context, &hooks, &hook);
            hooks.insert(name.clone(), hook);
        }
    }
    for hook in hooks.values() {
        if let HookKind::Request(request) = &hook.kind {
            told(context, hook, request);
            taken(context, request);
        }
    }
    hooks
}

fn hook(
    context: &mut Context<'_>,
    name: &str,
    said: &syntax::Hook,
    carriers: &[Carrier],
    place: &Place,
) -> Option<Hook> {
    let kind = match said.on {
        HookOn::Request => HookKind::Request(request(context, name, said, carriers, place)?),
        HookOn::Answer => answer(context, name, said, place)?,
    };
    Some(Hook {
        name: name.to_owned(),
        values: format!("{}Values", type_ident(name)),
        kind,
        doc: said.doc.clone(),
        place: place.clone(),
    })
}

fn bad(context: &mut Context<'_>, message: String, place: &Place, help: &str) {
    context.report(Diagnostic::error(BAD_HOOK, message).at(place, "").help(help));
}

fn answer(
    context: &mut Context<'_>,
    name: &str,
    said: &syntax::Hook,
    place: &Place,
) -> Option<HookKind> {
    let given = [
        ("sets", !said.sets.is_empty()),
        ("operations", !said.operations.is_empty()),
        ("credentials", said.credentials),
    ];
    if let Some((key, _)) = given.iter().find(|(_, there)| *there) {
        let message = format!("a hook that is called with answers has no `{key}`");
        bad(
            context,
            message,
            &place.child(*key).key(),
            "`on: request`, if it is called with requests",
        );
        return None;
    }
    let text = format!("`{name}` says what is to be done about answers that rules hand it");
    let because = said.because.as_deref();
    context.granted(
        text,
        because,
        "it is code of the user, of which only the types are known",
        place,
        None,
    );
    Some(HookKind::Answer)
}

fn request(
    context: &mut Context<'_>,
    name: &str,
    said: &syntax::Hook,
    carriers: &[Carrier],
    place: &Place,
) -> Option<RequestHook> {
    if said.sets.is_empty() {
        let message = format!("`{name}` gives nothing for a request");
        bad(context, message, &place.key(), "say what it gives: `sets: [header.X-Signature]`");
        return None;
    }
    let before = context.diagnostics.errors();
    let mut sets: Vec<HookValue> = Vec::new();
    for (index, text) in said.sets.iter().enumerate() {
        let place = place.child("sets").child(index);
        let Some(value) = value(context, text, carriers, &place) else { continue };
        match sets.iter().find(|known| known.ident == value.ident) {
            Some(known) => {
                let message = match same(known, &value) {
                    true => format!("`{text}` is set twice"),
                    false => format!(
                        "`{}` and `{}` are both `{}` in Rust",
                        known.wire, value.wire, value.ident
                    ),
                };
                bad(context, message, &place, "one of them in a hook of its own, or not at all");
            }
            None => sets.push(value),
        }
    }
    let mut operations = Vec::new();
    for (index, name) in said.operations.iter().enumerate() {
        let known = &context.spec.syntax.operations;
        if !known.contains_key(name) && !context.operations.contains_key(name) {
            let at = place.child("operations").child(index);
            context.undeclared("operations", name, &at, known.keys());
        } else if context.operations.contains_key(name) {
            operations.push(name.clone());
        }
    }
    if context.diagnostics.errors() > before {
        return None;
    }
    if operations.is_empty() && !said.operations.is_empty() {
        // All operations that it is for were left out; without any it would be for all.
        return None;
    }
    if said.credentials {
        let text = format!("`{name}` must see the credentials of calls");
        let at = place.child("credentials");
        context.fact(Standing::Assumed, text, said.because.as_deref(), &at, None);
    }
    Some(RequestHook { sets, operations, credentials: said.credentials })
}

fn value(
    context: &mut Context<'_>,
    text: &str,
    carriers: &[Carrier],
    place: &Place,
) -> Option<HookValue> {
    let path = message::read(text, &[Root::Header, Root::Query], place, context.diagnostics)?;
    let (location, wire) = match path.root {
        Root::Header => {
            (ParameterIn::Header, message::header(path.rest, place, context.diagnostics)?)
        }
        _ => (ParameterIn::Query, path.rest.to_owned()),
    };
    let value = HookValue { location, ident: field_ident(&wire), wire };
    let credentials = carriers.iter().any(|(location, name)| is(&value, *location, name))
        || is(&value, ParameterIn::Header, "authorization");
    if credentials {
        let message = format!("`{text}` carries the credentials, which `auth` sets");
        bad(context, message, place, "a hook sets what is beside them");
        return None;
    }
    let transport = OF_THE_TRANSPORT.iter().any(|name| is(&value, ParameterIn::Header, name));
    if transport {
        let message = format!("`{text}` is set by the transport");
        bad(context, message, place, "a hook sets what is beside it, and leaves the body as it is");
        return None;
    }
    Some(value)
}

fn is(value: &HookValue, location: ParameterIn, name: &str) -> bool {
    value.location == location
        && match location {
            ParameterIn::Header => value.wire.eq_ignore_ascii_case(name),
            _ => value.wire == name,
        }
}

fn same(a: &HookValue, b: &HookValue) -> bool {
    is(a, b.location, &b.wire)
}

/// No two hooks set the same of one operation.
fn apart(context: &mut Context<'_>, before: &IndexMap<String, Hook>, hook: &Hook) {
    let HookKind::Request(request) = &hook.kind else { return };
    for other in before.values() {
        let HookKind::Request(earlier) = &other.kind else { continue };
        let meet = request.operations.is_empty()
            || earlier.operations.is_empty()
            || request.operations.iter().any(|name| earlier.operations.contains(name));
        let twice = request.sets.iter().find(|v| earlier.sets.iter().any(|known| same(known, v)));
        if let (true, Some(value)) = (meet, twice) {
            let message = format!("`{}` and `{}` both set `{}`", other.name, hook.name, value.wire);
            context.report(
                Diagnostic::error(BAD_HOOK, message)
                    .at(&hook.place.child("sets"), "")
                    .and(&other.place.child("sets"), "set here")
                    .help("`operations` says which operations a hook is for"),
            );
            return;
        }
    }
}

/// The operations that a hook is called for.
fn names(context: &Context<'_>, request: &RequestHook) -> Vec<String> {
    match request.operations.as_slice() {
        [] => context.operations.keys().cloned().collect(),
        some => some.to_vec(),
    }
}

/// What the document lists is proven to be wanted; what it gives is up to the user's code.
fn told(context: &mut Context<'_>, hook: &Hook, request: &RequestHook) {
    let because = context.spec.syntax.hooks.get(&hook.name).and_then(|said| said.because.clone());
    let names = names(context, request);
    for (index, value) in request.sets.iter().enumerate() {
        let mut listed: Option<Place> = None;
        let mut silent: Option<(String, Place)> = None;
        for name in &names {
            let Some(operation) = context.operations.get(name) else { continue };
            let found = operation.parameters.iter().find(|p| is(value, p.location, &p.wire));
            match found {
                Some(parameter) => listed = listed.or(Some(parameter.place.clone())),
                None if silent.is_none() => {
                    silent = Some((name.clone(), operation.defined.clone()))
                }
                None => {}
            }
        }
        let place = hook.place.child("sets").child(index);
        let what = match value.location {
            ParameterIn::Header => "header",
            _ => "query parameter",
        };
        let (wire, because) = (&value.wire, because.as_deref());
        match (silent, request.operations.as_slice()) {
            (None, _) => {
                let text = format!("calls have the {what} `{wire}`");
                context.proven(text, &place, listed.as_ref());
            }
            // A document lists what single operations take besides, and seldom for all of them.
            (Some((name, document)), _) => {
                let text = format!("`{name}` takes the {what} `{wire}`");
                context.fact(Standing::Assumed, text, because, &place, Some(&document));
            }
        }
    }
    let text = format!("`{}` gives what the provider wants there", hook.name);
    let usual = "it is code of the user, of which only the types are known";
    let sign = Sign::Refused { statuses: vec![401, 403], operations: request.operations.clone() };
    context.granted(text, because.as_deref(), usual, &hook.place, None).seen_by(sign);
}

/// Operations do not take what a hook sets.
fn taken(context: &mut Context<'_>, request: &RequestHook) {
    for name in names(context, request) {
        if let Some(operation) = context.operations.get_mut(&name) {
            let set = |p: &crate::ir::Parameter| {
                request.sets.iter().any(|value| is(value, p.location, &p.wire))
            };
            operation.parameters.retain(|parameter| !set(parameter));
        }
    }
}

/// A hook that judges answers is asked by some rule. `asked` are the hooks that rules name.
pub(super) fn unused(context: &mut Context<'_>, hooks: &IndexMap<String, Hook>, asked: &[String]) {
    for hook in hooks.values() {
        if matches!(hook.kind, HookKind::Answer) && !asked.contains(&hook.name) {
            let message = format!("no rule hands an answer to the hook `{}`", hook.name);
            context.report(
                Diagnostic::warning(UNUSED, message)
                    .at(&hook.place.key(), "")
                    .help("`errors: {rules: [{when: .., action: hook, hook: NAME}]}`"),
            );
        }
    }
}
