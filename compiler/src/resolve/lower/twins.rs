//! Schemas that a vendor repeats in each of its documents: the first document's stands for all.

use crate::openapi::{Document, Node};
use crate::source::{Json, Place};
use std::collections::{HashMap, HashSet};

/// What is known so far.
#[derive(Debug, Default)]
pub(super) struct Twins {
    known: HashMap<Place, Option<(usize, Place)>>,
}

impl Twins {
    /// The same schema under the same name in an earlier document.
    pub(super) fn find<'a>(
        &mut self,
        documents: &'a [Document],
        document: usize,
        node: &Node<'_>,
    ) -> Option<(usize, Node<'a>)> {
        if document == 0 {
            return None;
        }
        let known = self.known.entry(node.place.clone()).or_insert_with(|| {
            let name = component(&node.place)?;
            let here = documents[document].node(&node.place)?;
            (0..document).find_map(|earlier| {
                let there = documents[earlier].schema(&name)?;
                let there = documents[earlier].resolve(there).ok()?;
                let same =
                    same(&documents[earlier], there.clone(), &documents[document], here.clone());
                same.then_some((earlier, there.place))
            })
        });
        let (home, place) = known.as_ref()?;
        Some((*home, documents[*home].node(place)?))
    }
}

/// The name of a schema that stands under `components.schemas`.
fn component(place: &Place) -> Option<String> {
    let mut segments = place.segments();
    let path = (segments.next()?, segments.next()?, segments.next()?, segments.next());
    match path {
        (components, schemas, name, None) if components == "components" && schemas == "schemas" => {
            Some(name)
        }
        _ => None,
    }
}

/// Whether two schemas say the same apart from words and examples, and so does all that they refer to.
pub(super) fn same(a_doc: &Document, a: Node<'_>, b_doc: &Document, b: Node<'_>) -> bool {
    let mut seen: HashSet<(Place, Place)> = HashSet::new();
    let mut stack = vec![(a, b)];
    while let Some((a, b)) = stack.pop() {
        match (a.value, b.value) {
            (Json::Object(_), Json::Object(_)) => {
                if let (Some(to_a), Some(to_b)) = (a.str("$ref"), b.str("$ref")) {
                    let same_name = to_a.rsplit('/').next() == to_b.rsplit('/').next();
                    let (Ok(a), Ok(b)) = (a_doc.resolve(a), b_doc.resolve(b)) else { return false };
                    if !same_name {
                        return false;
                    }
                    if seen.insert((a.place.clone(), b.place.clone())) {
                        stack.push((a, b));
                    }
                    continue;
                }
                let members = |node: &Node<'_>| {
                    node.entries().filter(|(key, value)| !is_words(key, value)).count()
                };
                if members(&a) != members(&b) {
                    return false;
                }
                for (key, value) in a.entries().filter(|(key, value)| !is_words(key, value)) {
                    match b.get(key) {
                        Some(other) => stack.push((value, other)),
                        None => return false,
                    }
                }
            }
            (Json::Array(x), Json::Array(y)) => {
                if x.len() != y.len() {
                    return false;
                }
                stack.extend(a.items().zip(b.items()));
            }
            (a, b) if a == b => {}
            _ => return false,
        }
    }
    true
}

/// Descriptions, titles and examples; not members that are called so, which are schemas.
fn is_words(key: &str, value: &Node<'_>) -> bool {
    match key {
        "description" | "title" => value.value.is_string(),
        "example" | "examples" => !value.value.is_object() || value.get("type").is_none(),
        _ => false,
    }
}
