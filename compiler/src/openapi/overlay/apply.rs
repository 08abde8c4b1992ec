//! Does what an overlay says.

use super::remove::remove;
use super::{Action, Change, Layers, Overlay, merge};
use crate::diagnostics::codes::openapi::{OVERLAY, OVERLAY_UNUSED};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::pointer;
use crate::source::{FileId, Place, Sources};
use serde_json::Value;
use serde_json_path::{JsonPath, NormalizedPath};
use std::sync::Arc;

/// A key or an index on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    Index(usize),
    Key(String),
}

/// More values than this are not added: an action may copy what another has copied.
const MOST: usize = 400_000;
/// Values that an overlay puts together are no deeper than twice what is read from a file.
const DEEPEST: usize = 256;

/// Applies overlays to the value of a file, in order.
pub(in crate::openapi) fn apply(
    overlays: &[&Overlay],
    sources: &mut Sources,
    file: FileId,
    value: &mut Value,
    diagnostics: &mut Diagnostics,
) {
    let mut layers = Layers::default();
    for action in overlays.iter().flat_map(|overlay| &overlay.actions) {
        if diagnostics.has_errors() {
            break; // What follows may build on what could not be done.
        }
        let targets = select(&action.target, value);
        if targets.is_empty() {
            let message = format!("`{}` selects nothing in the document", action.target);
            let finding = Diagnostic::warning(OVERLAY_UNUSED, message);
            diagnostics.push(finding.at(&action.place, "the action does nothing"));
            continue;
        }
        match &action.change {
            Change::Remove if targets.iter().any(Vec::is_empty) => {
                let finding = Diagnostic::error(OVERLAY, "a document cannot be removed whole");
                diagnostics.push(finding.at(&action.place, ""));
            }
            Change::Remove => remove(value, targets, file, &mut layers),
            Change::Update(update) => {
                let from = action.place.pointer.strip_suffix("/target").unwrap_or_default();
                let from =
                    Place { pointer: format!("{from}/update").into(), ..action.place.clone() };
                update_all(value, &targets, (update, &from), action, &mut layers, diagnostics);
            }
            Change::Copy(source) => {
                let sources = select(source, value);
                let [source] = sources.as_slice() else {
                    let message = format!("`{source}` selects {} values to copy", sources.len());
                    let finding = Diagnostic::error(OVERLAY, message);
                    diagnostics.push(finding.at(&action.place, "one is copied"));
                    continue;
                };
                let pointer = pointer(source);
                let copied = value.pointer(&pointer).cloned().unwrap_or_default();
                let from = Place { pointer: pointer.into(), ..Place::root(file) };
                update_all(value, &targets, (&copied, &from), action, &mut layers, diagnostics);
            }
        }
    }
    for moves in layers.layers {
        sources.rewritten(file, Arc::new(moves));
    }
}

fn update_all(
    value: &mut Value,
    targets: &[Vec<Step>],
    (update, from): (&Value, &Place),
    action: &Action,
    layers: &mut Layers,
    diagnostics: &mut Diagnostics,
) {
    let (count, depth) = measure(update);
    for target in targets {
        if layers.added + count > MOST || target.len() + depth > DEEPEST {
            let message = "the overlay makes the document too large, or too deep";
            diagnostics.push(Diagnostic::error(OVERLAY, message).at(&action.place, ""));
            return;
        }
        layers.added += count;
        let at = pointer(target);
        // An earlier target may have replaced what this one is in.
        let Some(target) = value.pointer_mut(&at) else { continue };
        if let Err(label) = merge::update(target, update, &at, from, layers.of_update()) {
            let message = format!("the update does not fit what `{}` selects", action.target);
            diagnostics.push(
                Diagnostic::error(OVERLAY, message)
                    .at(from, label)
                    .and(&action.place, "selected here"),
            );
            return;
        }
    }
}

/// How many values there are, and how deep.
fn measure(value: &Value) -> (usize, usize) {
    let (mut count, mut deepest) = (0, 0);
    let mut stack = vec![(value, 1)];
    while let Some((value, depth)) = stack.pop() {
        count += 1;
        deepest = deepest.max(depth);
        match value {
            Value::Object(members) => stack.extend(members.values().map(|v| (v, depth + 1))),
            Value::Array(list) => stack.extend(list.iter().map(|v| (v, depth + 1))),
            _ => {}
        }
    }
    (count, deepest)
}

fn select(path: &JsonPath, value: &Value) -> Vec<Vec<Step>> {
    let found = path.query_located(value).dedup();
    found.locations().map(steps).collect()
}

fn steps(path: &NormalizedPath<'_>) -> Vec<Step> {
    path.iter()
        .filter_map(|step| match step.as_index() {
            Some(index) => Some(Step::Index(index)),
            None => step.as_name().map(|name| Step::Key(name.to_owned())),
        })
        .collect()
}

/// The pointer of a path.
pub(super) fn pointer(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        out.push('/');
        match step {
            Step::Index(index) => out.push_str(&index.to_string()),
            Step::Key(key) => out.push_str(&pointer::escape(key)),
        }
    }
    out
}
