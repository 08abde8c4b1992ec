//! `verify:`: the call that tries a connection.

use super::resources::operation;
use super::{Context, presets};
use crate::ir::{Operation, Preset, Repeat, Resource, Verify};
use crate::spec::syntax;
use indexmap::IndexMap;

/// What the spec says, or what is found.
pub(super) fn resolve(
    context: &mut Context<'_>,
    resources: &IndexMap<String, Resource>,
) -> Option<Verify> {
    let place = context.place("verify");
    let (operation, mut preset) = match &context.spec.syntax.verify {
        None => return found(context, resources),
        Some(syntax::Verify::Name(name)) => (operation(context, name, &place)?, Preset::default()),
        Some(syntax::Verify::Full(full)) => {
            let operation = operation(context, &full.operation, &place.child("operation"))?;
            let preset = presets::resolve(context, &operation, &full.with, &place.child("with"));
            (operation, preset)
        }
    };
    if preset.body.is_some() {
        presets::media(&operation, &mut preset);
    }
    Some(Verify { operation: operation.name, preset, said: true, place })
}

/// The first listing of a resource, which has what it needs; or a GET that needs nothing.
fn found(context: &Context<'_>, resources: &IndexMap<String, Resource>) -> Option<Verify> {
    let place = context.place("integration");
    let operations = &context.operations;
    let lists = resources.values().filter_map(|resource| resource.list.as_ref());
    let mut lists = lists.filter(|list| operations.get(&list.operation).is_some_and(tells));
    if let Some(list) = lists.next() {
        let (operation, preset) = (list.operation.clone(), list.preset.clone());
        return Some(Verify { operation, preset, said: false, place });
    }
    let needs_nothing = |operation: &&Operation| {
        let body = operation.body.as_ref().is_some_and(|body| body.required);
        let get = operation.method == "GET" && tells(operation);
        get && !body && !operation.parameters.iter().any(|parameter| parameter.required)
    };
    let operation = operations.values().find(needs_nothing)?.name.clone();
    Some(Verify { operation, preset: Preset::default(), said: false, place })
}

/// Whether a call only reads, and needs credentials.
fn tells(operation: &Operation) -> bool {
    operation.repeat == Repeat::Safe && !operation.public
}
