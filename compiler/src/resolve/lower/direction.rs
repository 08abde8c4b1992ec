//! Whether the direction of travel makes a difference to a schema.

use super::entries::Entries;
use crate::openapi::{Document, Node};
use crate::source::{Json, Place};
use std::collections::HashMap;

/// What is known about schemas so far.
#[derive(Debug, Default)]
pub(super) struct Directions {
    matters: HashMap<Place, bool>,
}

impl Directions {
    /// Whether a schema, or one that it reaches, differs between requests and responses.
    pub(super) fn matter(
        &mut self,
        document: &Document,
        entries: &Entries<'_>,
        node: &Node<'_>,
    ) -> bool {
        if let Some(known) = self.matters.get(&node.place) {
            return *known;
        }
        // Most schemas stand in another and refer to none: nothing is remembered of those.
        let (direct, refs) = look(document, node.clone());
        if refs.is_empty() {
            return direct || entries.differs(&node.place);
        }
        // Each schema is looked into once: afterwards all that were reached are known.
        let mut referring: HashMap<Place, Vec<Place>> = HashMap::new();
        let mut differing = Vec::new();
        let mut stack = vec![node.place.clone()];
        self.matters.insert(node.place.clone(), false);
        while let Some(place) = stack.pop() {
            let Some(node) = document.node(&place) else { continue };
            let one_way = entries.differs(&place);
            let (direct, refs) = look(document, node);
            let mut differs = direct || one_way;
            for target in refs {
                match self.matters.get(&target) {
                    Some(known) => differs |= known,
                    None => {
                        self.matters.insert(target.clone(), false);
                        stack.push(target.clone());
                    }
                }
                referring.entry(target).or_default().push(place.clone());
            }
            if differs {
                differing.push(place);
            }
        }
        while let Some(place) = differing.pop() {
            differing.extend(referring.remove(&place).into_iter().flatten());
            self.matters.insert(place, true);
        }
        self.matters.get(&node.place).is_some_and(|known| *known)
    }
}

/// Whether one schema, with all that is written inside it, has a member that goes one way only; and its references.
fn look(document: &Document, node: Node<'_>) -> (bool, Vec<Place>) {
    let mut direct = false;
    let mut refs = Vec::new();
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        match node.value {
            Json::Object(_) => {
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
            Json::Array(_) => stack.extend(node.items()),
            _ => {}
        }
    }
    (direct, refs)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::source::Sources;
    use serde_json::{Map, Value, json};
    use std::path::Path;

    /// The answer for the first of these schemas, and for how many it is known then.
    fn known(schemas: Map<String, Value>) -> (bool, usize, usize) {
        let document = json!({"openapi": "3.1.0", "components": {"schemas": schemas}}).to_string();
        let mut sources = Sources::new().with_file("openapi.json", document);
        let path = Path::new("openapi.json");
        let mut found = Diagnostics::new();
        let document = Document::load(&mut sources, path, None, None, &mut found).unwrap();
        let mut directions = Directions::default();
        let entries = Entries::default();
        let matters = directions.matter(&document, &entries, &document.schema("S0").unwrap());
        let differing = directions.matters.values().filter(|known| **known).count();
        (matters, directions.matters.len(), differing)
    }

    fn chain(length: usize) -> Map<String, Value> {
        let to =
            |i| json!({"properties": {"next": {"$ref": format!("#/components/schemas/S{i}")}}});
        (0..length).map(|i| (format!("S{i}"), to((i + 1) % length))).collect()
    }

    #[test]
    fn one_look_tells_of_all_that_is_reached() {
        assert_eq!(known(chain(3_000)), (false, 3_000, 0));
        let mut schemas = chain(3_000);
        schemas.insert("S2999".to_owned(), json!({"properties": {"id": {"readOnly": true}}}));
        assert_eq!(known(schemas), (true, 3_000, 3_000));
        // What is only referred to by one that differs does not differ itself.
        let mut schemas = chain(10);
        schemas.insert("S9".to_owned(), json!({"type": "string"}));
        schemas["S4"]["writeOnly"] = json!(true);
        assert_eq!(known(schemas), (true, 10, 5));
    }
}
