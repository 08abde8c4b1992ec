//! The members of an object: its own, and those of all that `allOf` adds.

use super::Lowering;
use crate::openapi::{Document, Node, Schema, SchemaType, ShapeError};
use crate::source::Place;
use indexmap::IndexMap;
use openapiv3::AdditionalProperties;
use std::collections::HashSet;

/// The members of an object.
#[derive(Clone, Debug, Default)]
pub(super) struct Members<'a> {
    /// By wire name, in the document's order.
    pub(super) fields: IndexMap<String, Member<'a>>,
    /// What other members are.
    pub(super) rest: Rest<'a>,
    /// Parts that cannot be read.
    pub(super) broken: Vec<ShapeError>,
}

/// A member.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    pub(super) node: Node<'a>,
    pub(super) required: bool,
}

/// What other members of an object are.
#[derive(Clone, Debug, Default)]
pub(super) enum Rest<'a> {
    /// The document does not say.
    #[default]
    Unsaid,
    /// There are none.
    Closed,
    /// Anything.
    Anything,
    /// Of a schema.
    Schema(Node<'a>),
}

/// Collects the members of an object.
pub(super) fn collect<'a>(document: &'a Document, node: &Node<'a>) -> Members<'a> {
    let mut members = Members::default();
    let mut required: HashSet<String> = HashSet::new();
    let mut seen: HashSet<Place> = HashSet::new();
    // Depth first and in order, each schema once; its own members come after those of its `allOf`.
    let mut stack = vec![Step::Enter(node.clone())];
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(node) => {
                let Ok(node) = document.resolve(node) else { continue };
                if !seen.insert(node.place.clone()) {
                    continue;
                }
                match Schema::read(&node) {
                    Ok(schema) => {
                        let parts = node.get("allOf");
                        stack.push(Step::Own(node, Box::new(schema)));
                        let parts: Vec<Node<'a>> = parts.iter().flat_map(Node::items).collect();
                        stack.extend(parts.into_iter().rev().map(Step::Enter));
                    }
                    Err(error) => members.broken.push(error),
                }
            }
            Step::Own(node, schema) => {
                for (name, member) in node.get("properties").iter().flat_map(Node::entries) {
                    let member = Member { node: member, required: false };
                    members.fields.insert(name.to_owned(), member);
                }
                required.extend(schema.shape.required);
                if chooses_members(document, &node) {
                    members.rest = Rest::Anything;
                }
                members.rest = match schema.shape.additional_properties {
                    None => std::mem::take(&mut members.rest),
                    Some(AdditionalProperties::Any(false)) => Rest::Closed,
                    Some(AdditionalProperties::Any(true)) => Rest::Anything,
                    Some(AdditionalProperties::Schema(_)) => match node.get("additionalProperties")
                    {
                        Some(rest) if rest.value.as_object().is_some_and(|o| !o.is_empty()) => {
                            Rest::Schema(rest)
                        }
                        _ => Rest::Anything,
                    },
                };
            }
        }
    }
    for (name, member) in &mut members.fields {
        member.required = required.contains(name);
    }
    members
}

/// Whether a schema leaves a choice of members: they are kept, untyped. Choices of what is required add none.
fn chooses_members(document: &Document, node: &Node<'_>) -> bool {
    let choices = ["oneOf", "anyOf"].into_iter().filter_map(|key| node.get(key));
    choices.flat_map(|list| list.items().collect::<Vec<_>>()).any(|choice| {
        let Ok(choice) = document.resolve(choice) else { return true };
        let says = ["properties", "additionalProperties", "allOf", "oneOf", "anyOf"];
        says.iter().any(|key| choice.get(key).is_some())
    })
}

enum Step<'a> {
    Enter(Node<'a>),
    Own(Node<'a>, Box<Schema>),
}

impl Lowering<'_> {
    /// Whether a schema is an object, by its type, its members or those that `allOf` adds.
    pub(super) fn is_object(&self, document: usize, node: &Node<'_>) -> bool {
        let document = &self.documents[document];
        let mut seen: HashSet<Place> = HashSet::new();
        let mut stack = vec![node.clone()];
        let mut object = false;
        while let Some(node) = stack.pop() {
            let Ok(node) = document.resolve(node) else { continue };
            if !seen.insert(node.place.clone()) {
                continue;
            }
            let Ok(schema) = Schema::read(&node) else { continue };
            let plain =
                schema.types.iter().all(|t| matches!(t, SchemaType::Object | SchemaType::Null));
            if !plain || (schema.types.is_empty() && schema.shape.items.is_some()) {
                return false;
            }
            object |= schema.types.contains(&SchemaType::Object) || schema.has_members();
            stack.extend(node.get("allOf").iter().flat_map(Node::items));
        }
        object
    }
}
