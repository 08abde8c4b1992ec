//! Objects that have members beside their choices, and bases that others are made from.

use super::super::members::{Chosen, Members, Rest, collect};
use super::super::schema::{Context, own_name};
use super::super::twins::same;
use super::super::{Direction, Lowering, Out};
use super::Choices;
use super::arms::{Arm, Class};
use super::tags::Discriminator;
use crate::ir::TypeUse;
use crate::openapi::{Document, Node};
use crate::resolve::names::type_ident;
use crate::source::Place;
use std::collections::{HashMap, HashSet};

/// The choices of members that an object, or something that it is made of, leaves.
pub(super) struct Extended<'a> {
    /// Where they stand.
    pub(super) holders: Vec<Place>,
    /// One of each of these groups adds its members.
    pub(super) groups: Vec<Vec<Node<'a>>>,
    pub(super) tag: Option<Discriminator>,
}

/// The groups of choices that add members to an object.
pub(super) fn extended<'a>(document: &'a Document, node: &Node<'a>) -> Option<Extended<'a>> {
    let mut found = Extended { holders: Vec::new(), groups: Vec::new(), tag: None };
    for part in closure(document, node) {
        found.tag = found.tag.or_else(|| Discriminator::read(&part));
        for key in ["oneOf", "anyOf"] {
            let Some(list) = part.get(key) else { continue };
            let choices: Vec<Node<'a>> = list.items().collect();
            if adds_members(document, &choices) && !leads_to(document, &choices, &node.place) {
                found.holders.push(part.place.clone());
                found.groups.push(choices);
            }
        }
    }
    (!found.groups.is_empty()).then_some(found)
}

/// A schema and all that `allOf` makes it of.
pub(super) fn closure<'a>(document: &'a Document, node: &Node<'a>) -> Vec<Node<'a>> {
    let mut seen: HashSet<Place> = HashSet::new();
    let mut found = Vec::new();
    let mut stack = vec![node.clone()];
    while let Some(node) = stack.pop() {
        let Ok(node) = document.resolve(node) else { continue };
        if seen.insert(node.place.clone()) {
            let parts: Vec<Node<'a>> = node.get("allOf").iter().flat_map(Node::items).collect();
            stack.extend(parts.into_iter().rev());
            found.push(node);
        }
    }
    found
}

/// Whether `allOf` makes a schema of another.
pub(super) fn includes(document: &Document, node: &Node<'_>, other: &Place) -> bool {
    closure(document, node).iter().any(|part| part.place == *other)
}

/// Whether choices say more than what is required.
fn adds_members(document: &Document, choices: &[Node<'_>]) -> bool {
    let says = ["properties", "additionalProperties", "allOf", "oneOf", "anyOf"];
    choices.iter().any(|choice| match document.resolve(choice.clone()) {
        Ok(choice) => says.iter().any(|key| choice.get(key).is_some()),
        Err(_) => false,
    })
}

/// Whether one of the choices is a schema, or is made of one that chooses it: a base lists its children.
fn leads_to(document: &Document, choices: &[Node<'_>], place: &Place) -> bool {
    let resolved = choices.iter().filter_map(|choice| document.resolve(choice.clone()).ok());
    resolved.into_iter().any(|choice| choice.place == *place)
}

/// What says `allOf` of what, by the place of the base.
pub(in super::super) type Children = HashMap<Place, Vec<Place>>;

impl<'a> Lowering<'a> {
    /// The schemas that say `allOf` of a base with a discriminator, and the base itself.
    pub(super) fn inherited(
        &self,
        document: usize,
        node: &Node<'a>,
        tag: Discriminator,
    ) -> Option<Choices<'a>> {
        let docs = &self.documents[document];
        let children = self.children[document].get_or_init(|| children(docs));
        let mut seen: HashSet<Place> = HashSet::from([node.place.clone()]);
        let mut arms = Vec::new();
        let mut open: Vec<Place> = Vec::new();
        let mapped = tag.places(docs);
        open.extend(children.get(&node.place).into_iter().flatten().rev().cloned());
        // What the mapping names are children, too, whatever they say themselves.
        open.extend(mapped.into_iter().rev());
        while let Some(place) = open.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            let Some(child) = docs.node(&place) else { continue };
            open.extend(children.get(&place).into_iter().flatten().rev().cloned());
            let places = vec![place];
            let mut arm = Arm::new(child.clone(), child.clone(), places, Class::Object);
            arm.is_base = Discriminator::read(&child).is_some();
            arms.push(arm);
        }
        if arms.is_empty() {
            return None;
        }
        let places = vec![node.place.clone()];
        let mut base = Arm::new(node.clone(), node.clone(), places, Class::Object);
        base.is_base = true;
        arms.push(base);
        Some(Choices { arms, nullable: false, tag: Some(tag), base: None })
    }

    /// A base by itself: a struct of its own members.
    pub(super) fn lower_base(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        union: &str,
    ) -> TypeUse {
        let split = self.directions.matter(&self.documents[cx.document], &self.entries, node);
        let key = (node.place.clone(), split.then_some(cx.direction));
        if let Some(known) = self.bases.get(&key) {
            return *known;
        }
        let own = self.type_names.own(&node.place).cloned().or_else(|| own_name(node));
        let name = own.unwrap_or_else(|| union.to_owned());
        let input = if split && cx.direction == Direction::Requests { "Input" } else { "" };
        let ident = self.type_names.give(&node.place, type_ident(&format!("{name}Base{input}")));
        let ty = self.reserve(out, ident, node);
        self.bases.insert(key, ty);
        self.enqueue(ty, *cx, vec![vec![node.clone()]], Default::default());
        ty
    }

    /// Objects without names that nothing tells apart, and that agree about the members they share, are one struct:
    /// what one of them may have, it may have.
    pub(super) fn lower_merged(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        choices: &Choices<'a>,
        hint: &str,
    ) -> Option<TypeUse> {
        let Choices { arms, tag, base, .. } = choices;
        let inline =
            |arm: &Arm<'a>| arm.class == Class::Object && arm.name.is_none() && arm.with.is_empty();
        if tag.is_some() || arms.len() > 64 || !arms.iter().all(inline) {
            return None;
        }
        let docs = &self.documents[cx.document];
        let collect = |arm: &Arm<'a>| collect(docs, std::slice::from_ref(&arm.node));
        let all: Vec<Members<'a>> = arms.iter().map(collect).collect();
        let mut known: HashMap<&str, &Node<'a>> = HashMap::new();
        for (at, members) in all.iter().enumerate() {
            if members.fields.is_empty() || !matches!(members.rest, Rest::Unsaid) {
                return None;
            }
            for (wire, member) in &members.fields {
                let elsewhere =
                    |(other, m): (usize, &Members<'a>)| other == at || m.fields.contains_key(wire);
                if member.required && !all.iter().enumerate().all(elsewhere) {
                    return None;
                }
                let [node] = member.nodes.as_slice() else { return None };
                let first = known.entry(wire).or_insert(node);
                if !same(docs, (*first).clone(), docs, node.clone()) {
                    return None;
                }
            }
        }
        let any = arms.iter().map(|arm| arm.node.clone()).collect();
        let places = base.as_ref().map_or(vec![node.place.clone()], |(_, made)| made.clone());
        let ident = self.type_names.give(&node.place, type_ident(hint));
        let ty = self.reserve(out, ident, node);
        self.enqueue_chosen(ty, *cx, vec![node.clone()], Chosen { places, any });
        Some(ty)
    }

    /// A base together with one of its choices.
    pub(super) fn lower_extended(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        base: &Node<'a>,
        made: &[Place],
        arm: &Arm<'a>,
        hint: &str,
    ) -> TypeUse {
        let ident = self.type_names.give(&arm.node.place, type_ident(hint));
        let ty = self.reserve(out, ident, &arm.node);
        let chosen = Chosen { places: made.to_vec(), any: Vec::new() };
        self.enqueue_chosen(ty, *cx, arm.parts(base), chosen);
        ty
    }
}

/// Whether a schema is a base whose uses stand for its children, too.
pub(in super::super) fn is_base(document: &Document, node: &Node<'_>) -> bool {
    let Ok(node) = document.resolve(node.clone()) else { return false };
    Discriminator::read(&node).is_some() && super::arms::listed(&node).is_empty()
}

/// Reads who says `allOf` of whom among the named schemas of a document.
fn children(document: &Document) -> Children {
    let mut children: Children = HashMap::new();
    for name in document.schema_names() {
        let Some(schema) = document.schema(&name) else { continue };
        for part in schema.get("allOf").iter().flat_map(|list| list.items().collect::<Vec<_>>()) {
            if part.str("$ref").is_none() {
                continue;
            }
            if let Ok(base) = document.resolve(part) {
                children.entry(base.place).or_default().push(schema.place.clone());
            }
        }
    }
    children
}
