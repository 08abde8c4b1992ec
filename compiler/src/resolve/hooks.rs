//! `hooks:` of an integration: what code of the user gives for requests, and which answers it judges.

mod meet;
mod values;

pub(super) use meet::Setters;

use super::Context;
use super::credentials::Carrier;
use super::names::type_ident;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::spec::{BAD_HOOK, UNUSED};
use crate::ir::{Hook, HookKind, HookValue, RequestHook, Standing};
use crate::source::Place;
use crate::spec::syntax::{self, HookOn};
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use values::Kept;

/// Resolves all hooks, and takes what they set from the parameters of operations. `carriers` carry credentials.
pub(super) fn resolve(context: &mut Context<'_>, carriers: &[Carrier]) -> IndexMap<String, Hook> {
    let mut hooks = IndexMap::new();
    let section = context.place("hooks");
    let spec = context.spec;
    let kept = Kept::of(carriers);
    for (name, said) in &spec.syntax.hooks {
        let place = section.child(name);
        if let Some(hook) = hook(context, name, said, &kept, &place) {
            hooks.insert(name.clone(), hook);
        }
    }
    meet::apart(context, &hooks);
    for hook in hooks.values() {
        if let HookKind::Request(request) = &hook.kind {
            meet::told(context, hook, request);
            meet::taken(context, hook, request);
        }
    }
    hooks
}

fn hook(
    context: &mut Context<'_>,
    name: &str,
    said: &syntax::Hook,
    kept: &Kept<'_>,
    place: &Place,
) -> Option<Hook> {
    let kind = match said.on {
        HookOn::Request => HookKind::Request(request(context, name, said, kept, place)?),
        HookOn::Answer => answer(context, name, said, place)?,
    };
    Some(Hook { name: name.to_owned(), kind, doc: said.doc.clone(), place: place.clone() })
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
    kept: &Kept<'_>,
    place: &Place,
) -> Option<RequestHook> {
    if said.sets.is_empty() {
        let message = format!("`{name}` gives nothing for a request");
        bad(context, message, &place.key(), "say what it gives: `sets: [header.X-Signature]`");
        return None;
    }
    let before = context.diagnostics.errors();
    let mut sets: Vec<HookValue> = Vec::new();
    let mut keys = HashSet::new();
    let mut idents: HashMap<String, usize> = HashMap::new();
    for (index, text) in said.sets.iter().enumerate() {
        let place = place.child("sets").child(index);
        let Some(value) = values::value(context, text, kept, &place) else { continue };
        let ident = &value.ident;
        let (location, key) = value.key();
        let message = match idents.get(ident).and_then(|known| sets.get(*known)) {
            _ if !keys.insert((location, key.into_owned())) => format!("`{text}` is set twice"),
            Some(known) => {
                format!("`{}` and `{}` are both `{ident}` in Rust", known.path(), value.path())
            }
            None => {
                idents.insert(ident.clone(), sets.len());
                sets.push(value);
                continue;
            }
        };
        bad(context, message, &place, "one of them in a hook of its own, or not at all");
    }
    let operations = context.listed_operations(&said.operations, &place.child("operations"));
    if context.diagnostics.errors() > before {
        return None;
    }
    let operations = operations?;
    if said.credentials {
        let text = format!("`{name}` must see the credentials of calls");
        let at = place.child("credentials");
        context.fact(Standing::Assumed, text, said.because.as_deref(), &at, None);
    }
    let values = format!("{}Values", type_ident(name));
    Some(RequestHook { values, sets, operations, credentials: said.credentials })
}

/// A hook that judges answers is asked by some rule. `asked` are the hooks that rules name.
pub(super) fn unused(
    context: &mut Context<'_>,
    hooks: &IndexMap<String, Hook>,
    asked: &HashSet<&str>,
) {
    for hook in hooks.values() {
        if matches!(hook.kind, HookKind::Answer) && !asked.contains(hook.name.as_str()) {
            let message = format!("no rule hands an answer to the hook `{}`", hook.name);
            context.report(
                Diagnostic::warning(UNUSED, message)
                    .at(&hook.place.key(), "")
                    .help("`errors: {rules: [{when: .., action: hook, hook: NAME}]}`"),
            );
        }
    }
}
