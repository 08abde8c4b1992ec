//! The members of an object: its own, and those of all that `allOf` adds. What several parts say of one member all
//! holds.

use super::Lowering;
use crate::openapi::{Document, Node, Schema, SchemaType, ShapeError};
use crate::source::{Json, Place};
use indexmap::IndexMap;
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
    /// Keywords that cannot be read.
    pub(super) faults: Vec<ShapeError>,
}

/// A member.
#[derive(Clone, Debug, Default)]
pub(super) struct Member<'a> {
    /// The schemas that it is all of; the last is that of the object itself.
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) required: bool,
}

impl<'a> Member<'a> {
    /// The schema that says most about what the member means here.
    pub(super) fn node(&self) -> Option<&Node<'a>> {
        self.nodes.last()
    }

    /// What its schemas say under a key, the object's own first.
    pub(super) fn str(&self, key: &str) -> Option<&'a str> {
        self.nodes.iter().rev().find_map(|node| node.str(key))
    }
}

/// Why other members of an object are JSON.
pub(super) const OF_A_CHOICE: &str =
    "its members are a choice, which is not combined with the others";
pub(super) const OF_SEVERAL: &str = "its members are all of several schemas, which is not combined";

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
    /// What a choice of members leaves that was not made: they have types, and these are lost.
    Choices,
    /// Of a schema.
    Schema(Node<'a>),
    /// Of several schemas, all of which hold.
    Schemas,
}

/// Choices of members that were made.
#[derive(Clone, Debug)]
pub(super) struct Chosen<'a> {
    /// Where the choices stand.
    pub(super) places: Vec<Place>,
    /// What one of these has may be there; none, if one of them is among the parts of the object.
    pub(super) any: Vec<Node<'a>>,
}

/// Collects the members of an object that is all of some schemas.
pub(super) fn collect<'a>(document: &'a Document, parts: &[Node<'a>]) -> Members<'a> {
    collect_chosen(document, parts, None)
}

/// The same, where some choices were made.
pub(super) fn collect_chosen<'a>(
    document: &'a Document,
    parts: &[Node<'a>],
    chosen: Option<&Chosen<'a>>,
) -> Members<'a> {
    let mut members = Members::default();
    let mut required: HashSet<String> = HashSet::new();
    let mut seen: HashSet<Place> = HashSet::new();
    // Depth first and in order, each schema once; its own members come after those of its `allOf`.
    let mut stack: Vec<Step<'a>> = parts.iter().rev().cloned().map(Step::Enter).collect();
    let mut chooses = false;
    let mut conditional: Vec<Node<'a>> = Vec::new();
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(node) => {
                let Ok(node) = document.resolve(node) else { continue };
                if !seen.insert(node.place.clone()) {
                    continue;
                }
                match Schema::read(&node) {
                    Ok(mut schema) => {
                        members.faults.append(&mut schema.faults);
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
                    let known = members.fields.entry(name.to_owned()).or_default();
                    known.nodes.push(member);
                }
                required.extend(schema.shape.required);
                conditional.extend(conditions(&node));
                let made = chosen.is_some_and(|chosen| chosen.places.contains(&node.place));
                if !made && chooses_members(document, &node, parts) {
                    chooses = true;
                }
                if let Some(said) = rest(document, &node) {
                    members.rest = both(std::mem::take(&mut members.rest), said);
                }
            }
        }
    }
    if chooses {
        members.rest = Rest::Choices;
    }
    for (name, member) in &mut members.fields {
        member.required = required.remove(name);
    }
    // What is there under a condition may be there.
    while let Some(part) = conditional.pop() {
        let Ok(part) = document.resolve(part) else { continue };
        if seen.insert(part.place.clone()) {
            for (name, member) in part.get("properties").iter().flat_map(Node::entries) {
                let known = members.fields.entry(name.to_owned());
                known.or_insert_with(|| Member { nodes: vec![member], required: false });
            }
            conditional.extend(part.get("allOf").iter().flat_map(Node::items));
            conditional.extend(conditions(&part));
        }
    }
    let any = chosen.map_or(&[][..], |chosen| &chosen.any);
    for arm in any {
        for (name, member) in collect(document, std::slice::from_ref(arm)).fields {
            members.fields.entry(name).or_insert(Member { required: false, ..member });
        }
    }
    // Required, but declared nowhere: a member of any type, which a provider may well leave out. Where the document
    // allows other members, it is one of these.
    if !chooses && matches!(members.rest, Rest::Unsaid | Rest::Closed) && !members.fields.is_empty()
    {
        let mut undeclared: Vec<String> = required.into_iter().collect();
        undeclared.sort_unstable();
        for name in undeclared {
            members.fields.entry(name).or_default();
        }
    }
    members
}

/// The schemas that hold under a condition, the last first.
fn conditions<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    let dependent = node.get("dependentSchemas");
    let dependent = dependent.iter().flat_map(Node::entries).map(|(_, part)| part);
    let mut parts: Vec<Node<'a>> = match node.get("if") {
        Some(_) => ["then", "else"].into_iter().filter_map(|key| node.get(key)).collect(),
        None => Vec::new(),
    };
    parts.extend(dependent);
    parts.reverse();
    parts
}

/// What two schemas say together.
fn both<'a>(known: Rest<'a>, said: Rest<'a>) -> Rest<'a> {
    match (known, said) {
        (Rest::Schema(known), Rest::Anything) => Rest::Schema(known),
        (Rest::Schema(known), Rest::Schema(said)) if known.value != said.value => Rest::Schemas,
        (Rest::Schemas, Rest::Schema(_) | Rest::Anything) => Rest::Schemas,
        (_, said) => said,
    }
}

/// What one schema says about members beside its properties.
fn rest<'a>(document: &Document, node: &Node<'a>) -> Option<Rest<'a>> {
    let said = node.get("additionalProperties").or_else(|| node.get("unevaluatedProperties"));
    let patterns: Vec<Node<'a>> =
        node.get("patternProperties").iter().flat_map(Node::entries).map(|(_, n)| n).collect();
    let said = said.map(|said| match said.value {
        Json::Bool(false) => Rest::Closed,
        Json::Object(keys) if !keys.is_empty() => Rest::Schema(said),
        _ => Rest::Anything,
    });
    match (patterns.as_slice(), said) {
        ([], said) => said,
        (_, Some(Rest::Anything | Rest::Schema(_))) => Some(Rest::Anything),
        ([only], _) => Some(Rest::Schema(only.clone())),
        ([first, others @ ..], _) => {
            let place = |node: &Node<'a>| document.resolve(node.clone()).ok().map(|n| n.place);
            let same = others.iter().all(|other| place(other) == place(first));
            Some(if same { Rest::Schema(first.clone()) } else { Rest::Anything })
        }
    }
}

/// Whether a schema leaves a choice of members: they are kept, untyped. Choices of what is required add none,
/// and a base that lists its children leaves none to a child.
fn chooses_members(document: &Document, node: &Node<'_>, children: &[Node<'_>]) -> bool {
    let is_child = |choice: &Node<'_>| children.iter().any(|child| child.place == choice.place);
    let adds = |choice: &Node<'_>| {
        let says = ["properties", "additionalProperties", "allOf", "oneOf", "anyOf"];
        says.iter().any(|key| choice.get(key).is_some())
    };
    ["oneOf", "anyOf"].into_iter().filter_map(|key| node.get(key)).any(|list| {
        let choices: Vec<_> = list.items().map(|choice| document.resolve(choice)).collect();
        choices.iter().any(|choice| choice.as_ref().map_or(true, adds))
            && !choices.iter().flatten().any(is_child)
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
            object |= schema.types.contains(&SchemaType::Object)
                || schema.has_members()
                || node.get("patternProperties").is_some();
            stack.extend(node.get("allOf").iter().flat_map(Node::items));
        }
        object
    }
}
