//! Whether the direction of travel makes a difference to a schema.

use super::Direction;
use super::entries::Entries;
use crate::openapi::{Document, Node};
use crate::source::Place;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What is known about schemas so far.
#[derive(Debug, Default)]
pub(super) struct Directions {
    matters: HashMap<Place, bool>,
    /// For schemas that were looked into: whether they make a difference themselves, and what they refer to.
    graph: HashMap<Place, (bool, Vec<Place>)>,
}

impl Directions {
    /// Whether a schema, or one that it reaches, differs between requests and responses.
    pub(super) fn matter(
        &mut self,
        document: &Document,
        entries: &Entries<'_>,
        node: &Node<'_>,
    ) -> bool {
        let mut seen = HashSet::new();
        let mut stack = vec![node.place.clone()];
        let mut result = false;
        while let Some(place) = stack.pop() {
            if let Some(known) = self.matters.get(&place) {
                if *known {
                    result = true;
                    break;
                }
                continue;
            }
            if !seen.insert(place.clone()) {
                continue;
            }
            let (direct, refs) = self.graph.entry(place.clone()).or_insert_with(|| {
                let Some(node) = document.node(&place) else { return (false, Vec::new()) };
                let one_way = entries.claim(&place, Direction::Requests)
                    != entries.claim(&place, Direction::Responses);
                let (direct, refs) = look(document, node);
                (direct || one_way, refs)
            });
            if *direct {
                result = true;
                break;
            }
            stack.extend(refs.iter().cloned());
        }
        if result {
            self.matters.insert(node.place.clone(), true);
        } else {
            // All that was reached reaches no difference either.
            self.matters.extend(seen.into_iter().map(|place| (place, false)));
        }
        result
    }
}

/// Whether one schema, with all that is written inside it, has a member that goes one way only; and its references.
fn look(document: &Document, node: Node<'_>) -> (bool, Vec<Place>) {
    let mut direct = false;
    let mut refs = Vec::new();
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        match node.value {
            Value::Object(_) => {
                direct |= node.flag("readOnly") || node.flag("writeOnly");
                if node.str("$ref").is_some() {
                    if let Ok(target) = document.resolve(node) {
                        refs.push(target.place);
                    }
                    continue;
                }
                let data = ["example", "examples", "default", "enum", "const"];
                stack.extend(node.entries().filter(|(k, _)| !data.contains(k)).map(|(_, n)| n));
            }
            Value::Array(_) => stack.extend(node.items()),
            _ => {}
        }
    }
    (direct, refs)
}
