//! Which operation a request means, and which use of it by a resource.

use crate::model::Model;
use crate::request::Incoming;
use crate::resources;
use crate::values;
use gusset_compiler::ir::{Next, Preset, Resource, Slot};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::HashMap;

/// What a resource uses an operation for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    List,
    Changes,
    /// Ids of what changed.
    Feed,
    Get,
    Create,
    Update,
    Upsert,
    Delete,
    /// A listing of its records that the resource does not declare.
    Alone,
    /// Reads on where a listing of the same resource by another operation stopped.
    Continue {
        operation: String,
    },
}

/// A resource's use of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    pub(crate) resource: String,
    pub(crate) operation: String,
    pub(crate) role: Role,
}

/// A method and a path template, with the operations and uses that share them.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    method: String,
    segments: Vec<String>,
    pub(crate) operations: Vec<String>,
    pub(crate) uses: Vec<Use>,
}

/// All routes.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    routes: Vec<Route>,
}

/// What the path of a request led to.
#[derive(Debug)]
pub(crate) enum Found<'r> {
    Route(&'r Route, HashMap<String, String>),
    /// The path is known, the method is not: those that are.
    Method(Vec<String>),
    Nothing,
}

impl Routes {
    pub(crate) fn new(model: &Model) -> Self {
        let mut routes: Vec<Route> = Vec::new();
        let uses = uses(model);
        for (name, operation) in &model.integration().operations {
            let segments: Vec<String> =
                operation.path.split('/').skip(1).map(str::to_owned).collect();
            let own = uses.iter().filter(|u| u.operation == *name).cloned();
            match routes.iter_mut().find(|r| r.method == operation.method && r.segments == segments)
            {
                Some(route) => {
                    route.operations.push(name.clone());
                    route.uses.extend(own);
                }
                None => routes.push(Route {
                    method: operation.method.clone(),
                    segments,
                    operations: vec![name.clone()],
                    uses: own.collect(),
                }),
            }
        }
        // Literal segments win over templates.
        routes.sort_by_key(|r| r.segments.iter().filter(|s| s.contains('{')).count());
        Routes { routes }
    }

    /// The route of a method and a path below the base path.
    pub(crate) fn find(&self, method: &str, path: &str) -> Found<'_> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let mut methods = Vec::new();
        for route in &self.routes {
            if let Some(parameters) = matches(&route.segments, &parts) {
                if route.method == method {
                    return Found::Route(route, parameters);
                }
                methods.push(route.method.clone());
            }
        }
        if methods.is_empty() { Found::Nothing } else { Found::Method(methods) }
    }
}

fn matches(segments: &[String], parts: &[&str]) -> Option<HashMap<String, String>> {
    if segments.len() != parts.len() {
        return None;
    }
    let mut parameters = HashMap::new();
    for (segment, part) in segments.iter().zip(parts) {
        let part = percent_decode_str(part).decode_utf8_lossy().into_owned();
        match segment.split_once('{').and_then(|(before, rest)| {
            rest.split_once('}').map(|(name, after)| (before, name, after))
        }) {
            Some((before, name, after)) => {
                let value = part.strip_prefix(before)?.strip_suffix(after)?;
                if value.is_empty() {
                    return None;
                }
                parameters.insert(name.to_owned(), value.to_owned());
            }
            None if *segment == part => {}
            None => return None,
        }
    }
    Some(parameters)
}

fn uses(model: &Model) -> Vec<Use> {
    let mut uses = Vec::new();
    for (name, resource) in &model.integration().resources {
        let mut add = |operation: Option<&String>, role: Role| {
            if let Some(operation) = operation {
                uses.push(Use { resource: name.clone(), operation: operation.clone(), role });
            }
        };
        // Of uses that a request is equally like, the first one is meant.
        add(resource.list.as_ref().map(|u| &u.operation), Role::List);
        add(resource.changes.as_ref().map(|u| &u.operation), Role::Changes);
        add(resource.feed.as_ref().map(|u| &u.changes.operation), Role::Feed);
        add(resource.get.as_ref().map(|u| &u.operation), Role::Get);
        add(resource.upsert.as_ref().map(|u| &u.operation), Role::Upsert);
        add(resource.create.as_ref().map(|u| &u.operation), Role::Create);
        add(resource.update.as_ref().map(|u| &u.operation), Role::Update);
        add(resource.delete.as_ref().map(|u| &u.operation), Role::Delete);
        for listing in [
            resource.list.as_ref().map(|u| &u.operation),
            resource.changes.as_ref().map(|u| &u.operation),
        ] {
            if let Some((listing, operation)) = listing.and_then(|l| Some((l, reads_on(model, l)?)))
            {
                add(Some(operation), Role::Continue { operation: listing.clone() });
            }
        }
    }
    for used in model.alone() {
        uses.push(used.clone());
        let Use { resource, operation: listing, .. } = used;
        if let Some(operation) = reads_on(model, listing) {
            let role = Role::Continue { operation: listing.clone() };
            uses.push(Use { resource: resource.clone(), operation: operation.clone(), role });
        }
    }
    uses
}

/// The operation that reads on where a page of a listing ends.
fn reads_on<'m>(model: &'m Model, listing: &str) -> Option<&'m String> {
    match &model.operation(listing)?.pagination.as_ref()?.next {
        Next::Continue { operation, .. } | Next::Url { operation: Some(operation), .. } => {
            Some(operation)
        }
        _ => None,
    }
}

/// What a use always sends.
pub(crate) fn preset<'r>(resource: &'r Resource, role: &Role) -> Option<&'r Preset> {
    match role {
        Role::List => resource.list.as_ref().map(|u| &u.preset),
        Role::Changes => resource.changes.as_ref().map(|u| &u.preset),
        Role::Feed => resource.feed.as_ref().map(|u| &u.changes.preset),
        Role::Get => resource.get.as_ref().map(|u| &u.preset),
        Role::Create => resource.create.as_ref().map(|u| &u.preset),
        Role::Update => resource.update.as_ref().map(|u| &u.preset),
        Role::Upsert => resource.upsert.as_ref().map(|u| &u.preset),
        Role::Delete => resource.delete.as_ref().map(|u| &u.preset),
        Role::Alone | Role::Continue { .. } => None,
    }
}

/// The use that a request means: the one whose presets it carries, or comes closest to. `None` if
/// resources differ in their presets and the request is like none of them.
pub(crate) fn choose<'r>(model: &Model, uses: &'r [Use], request: &Incoming) -> Option<&'r Use> {
    let mut best: Option<(u64, &Use)> = None;
    for candidate in uses {
        let Some(score) =
            model.resource(&candidate.resource).and_then(|r| likeness(r, candidate, request))
        else {
            continue;
        };
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How much a request is like what a use sends; `None` where a preset has nothing in common with it.
fn likeness(resource: &Resource, candidate: &Use, request: &Incoming) -> Option<u64> {
    let mut score = 1;
    if let (Role::Changes, Some(changes)) = (&candidate.role, &resource.changes) {
        let asks = match &changes.template {
            None => request.text(&changes.since).is_some(),
            // The same place may hold a text that asks for all records.
            Some(_) => {
                let sent = request.text(&changes.since);
                sent.is_some_and(|text| resources::time_in(&text, changes).is_some())
            }
        };
        score += if asks { 1_000_000 } else { 0 };
    }
    let Some(preset) = preset(resource, &candidate.role) else { return Some(score) };
    for (slot, wanted) in &preset.values {
        let sent = request.all(slot);
        if sent.iter().any(|value| value == wanted) {
            score += 1000;
        } else if let Some(sent) = sent.first() {
            let common = wanted
                .split_whitespace()
                .filter(|word| sent.split_whitespace().any(|w| w == *word))
                .count();
            // A path that names something else is something else.
            if matches!(slot, Slot::Path(_)) || (common == 0 && wanted.contains(' ')) {
                return None;
            }
            score += common as u64;
        }
    }
    if let (Some(wanted), Some(sent)) = (&preset.body, &request.body) {
        score += if within(wanted, sent) { 1000 } else { 0 };
    }
    Some(score)
}

/// Whether everything in `wanted` is also in `sent`.
fn within(wanted: &Value, sent: &Value) -> bool {
    match (wanted, sent) {
        (Value::Object(wanted), Value::Object(sent)) => {
            wanted.iter().all(|(key, value)| sent.get(key).is_some_and(|s| within(value, s)))
        }
        (Value::Array(wanted), Value::Array(sent)) => {
            wanted.len() == sent.len() && wanted.iter().zip(sent).all(|(w, s)| within(w, s))
        }
        (wanted, sent) => values::text(wanted) == values::text(sent),
    }
}
