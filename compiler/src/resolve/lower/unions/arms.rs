//! The choices of a schema, side by side.

use super::super::schema::{Context, own_name, single_type};
use super::super::{Direction, Lowering};
use super::tags::Discriminator;
use super::{Choices, type_of};
use crate::openapi::{Document, Node, Schema, SchemaType};
use crate::source::Place;
use serde_json::Value;
use std::collections::HashSet;

/// A choice.
#[derive(Clone, Debug)]
pub(super) struct Arm<'a> {
    /// As it is written: maybe a reference.
    pub(super) origin: Node<'a>,
    /// What it refers to.
    pub(super) node: Node<'a>,
    /// What else it is all of, where choices of several groups, or inside each other, are made.
    pub(super) with: Vec<Node<'a>>,
    /// All schemas that stand for it: references to references, wrappers.
    pub(super) places: Vec<Place>,
    /// The name of the schema exactly as the document writes it, if it has one.
    pub(super) name: Option<String>,
    /// The type that is meant, where the schema allows several.
    pub(super) kind: Option<SchemaType>,
    pub(super) class: Class,
    /// The values of the discriminator that stand for it.
    pub(super) tags: Vec<String>,
    /// It is the base of the other arms, by itself.
    pub(super) is_base: bool,
    /// It has the members of the base already.
    pub(super) is_whole: bool,
    /// The discriminator is that of other arms, and says nothing of it.
    pub(super) is_untold: bool,
    /// The name of what it is all of.
    pub(super) label: Option<String>,
}

/// What values of a choice are, from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Text,
    Integer,
    Number,
    /// Whole numbers of any size, and others: both are listed.
    AnyNumber,
    Boolean,
    List,
    Object,
    /// One of several types again, told in its own way.
    Union,
    /// The document gives no type.
    Untyped,
    /// What cannot be said from outside.
    Unknown,
}

impl Class {
    pub(super) fn is_scalar(self) -> bool {
        let numbers = matches!(self, Class::Integer | Class::Number | Class::AnyNumber);
        numbers || matches!(self, Class::Text | Class::Boolean)
    }

    fn of(kind: SchemaType) -> Self {
        match kind {
            SchemaType::String => Class::Text,
            SchemaType::Integer => Class::Integer,
            SchemaType::Number => Class::Number,
            SchemaType::Boolean => Class::Boolean,
            SchemaType::Array => Class::List,
            SchemaType::Object => Class::Object,
            SchemaType::Null => Class::Untyped,
        }
    }
}

/// More choices than these are not looked at one by one.
const MOST: usize = 2_000;

impl<'a> Lowering<'a> {
    /// The choices of a schema, if they are choices of types.
    pub(super) fn choices(
        &self,
        document: usize,
        node: &Node<'a>,
        schema: &Schema,
    ) -> Option<Choices<'a>> {
        let docs = &self.documents[document];
        let object = self.is_object(document, node);
        if object {
            let own = Discriminator::read(node);
            return match super::base::extended(docs, node) {
                Some(found) => self.extended(document, node, &[], found),
                None => own.and_then(|tag| self.inherited(document, node, tag)),
            };
        }
        if let Some(choices) = self.all_of_several(document, node) {
            return Some(choices);
        }
        let list = listed(node);
        if list.is_empty() {
            let kinds = kinds(schema);
            let several = kinds.len() > 1;
            return several.then(|| Choices {
                arms: kinds.into_iter().map(|kind| Arm::of_kind(node, kind, schema)).collect(),
                nullable: schema.shape.enumeration.contains(&Value::Null),
                tag: None,
                base: None,
            });
        }
        let tag = Discriminator::read(node);
        let (arms, nullable) = self.arms(document, list, tag.as_ref(), &node.place);
        Some(Choices { arms, nullable, tag, base: None })
    }

    /// Choices, with those of choices among them.
    pub(super) fn arms(
        &self,
        document: usize,
        list: Vec<Node<'a>>,
        tag: Option<&Discriminator>,
        home: &Place,
    ) -> (Vec<Arm<'a>>, bool) {
        let docs = &self.documents[document];
        let cx = Context { document, direction: Direction::Responses, refinement: None };
        let mapped = tag.map(|tag| tag.places(docs)).unwrap_or_default();
        let mut arms: Vec<Arm<'a>> = Vec::new();
        let mut nullable = false;
        let mut seen: HashSet<Place> = HashSet::from([home.clone()]);
        let start = |origin: Node<'a>| (origin.clone(), origin, Vec::new());
        let mut stack: Vec<(Node<'a>, Node<'a>, Vec<Place>)> =
            list.into_iter().rev().map(start).collect();
        while let Some((origin, inner, mut places)) = stack.pop() {
            let Ok(node) = docs.resolve(inner.clone()) else {
                arms.push(Arm::new(origin, inner, places, Class::Unknown));
                continue;
            };
            if !seen.insert(node.place.clone()) || arms.len() > MOST {
                continue;
            }
            places.push(node.place.clone());
            if is_null(docs, &node) {
                nullable = true;
                continue;
            }
            let Ok(schema) = Schema::read(&node) else {
                arms.push(Arm::new(origin, node, places, Class::Unknown));
                continue;
            };
            nullable |= schema.allows_null() || schema.shape.enumeration.contains(&Value::Null);
            let claimed = self.entries.claim(&node.place, Direction::Responses).is_some();
            if let Some((inner, null)) = self.transparent(&cx, &node, &schema).filter(|_| !claimed)
            {
                nullable |= null;
                // A wrapper around an inline schema is that schema; around a reference, the reference.
                stack.push((inner.clone(), inner, places));
                continue;
            }
            let inside = listed(&node);
            if !inside.is_empty() && !self.is_object(document, &node) {
                let own = Discriminator::read(&node);
                let apart = match (&own, tag) {
                    (Some(own), Some(tag)) => own.property != tag.property,
                    (Some(_), None) => true,
                    (None, _) => false,
                };
                nullable |= inside.iter().any(|choice| is_null(docs, choice));
                if apart || claimed || mapped.contains(&node.place) {
                    arms.push(Arm::new(origin, node, places, Class::Union));
                } else {
                    stack.extend(inside.into_iter().rev().map(start));
                }
                continue;
            }
            let class = self.class(document, &node, &schema);
            match kinds(&schema) {
                several if several.len() > 1 => {
                    arms.extend(several.into_iter().map(|kind| Arm::of_kind(&node, kind, &schema)));
                }
                _ => arms.push(Arm::new(origin, node, places, class)),
            }
        }
        self.without_twins(document, &mut arms);
        (arms, nullable)
    }

    fn class(&self, document: usize, node: &Node<'a>, schema: &Schema) -> Class {
        if self.is_object(document, node) {
            return match super::base::extended(&self.documents[document], node) {
                Some(_) => Class::Union,
                None => Class::Object,
            };
        }
        match single_type(schema) {
            Ok(Some(kind)) => Class::of(kind),
            Ok(None) => match kinds(schema).as_slice() {
                [kind] => Class::of(*kind),
                [] if schema.shape.all_of.is_empty() => Class::Untyped,
                _ => Class::Unknown,
            },
            Err(_) => Class::Unknown,
        }
    }

    /// Schemas without names that say the same as another are that other.
    fn without_twins(&self, document: usize, arms: &mut Vec<Arm<'a>>) {
        if arms.len() > 64 {
            return;
        }
        let docs = &self.documents[document];
        let mut kept: Vec<Arm<'a>> = Vec::new();
        for arm in std::mem::take(arms) {
            let twin = kept.iter().any(|known| {
                (known.name.is_none() || arm.name.is_none())
                    && known.class == arm.class
                    && known.kind == arm.kind
                    && super::super::twins::same(docs, known.node.clone(), docs, arm.node.clone())
            });
            if !twin {
                kept.push(arm);
            }
        }
        *arms = kept;
    }
}

impl<'a> Arm<'a> {
    pub(super) fn new(origin: Node<'a>, node: Node<'a>, places: Vec<Place>, class: Class) -> Self {
        let name = component(&node.place).or_else(|| {
            let target = origin.str("$ref")?.rsplit('/').next()?;
            let target = target.rsplit('#').next().unwrap_or(target);
            let stem = target.rsplit_once('.').map_or(target, |(stem, _)| stem);
            Some(stem.to_owned())
        });
        Arm {
            origin,
            node,
            with: Vec::new(),
            places,
            name,
            kind: None,
            class,
            tags: Vec::new(),
            is_base: false,
            is_whole: false,
            is_untold: false,
            label: None,
        }
    }

    /// A base and all that is chosen with it.
    pub(super) fn parts(&self, base: &Node<'a>) -> Vec<Node<'a>> {
        let chosen = self.with.iter().chain([&self.node]);
        [base].into_iter().chain(chosen).cloned().collect()
    }

    /// One of several types of a schema.
    fn of_kind(node: &Node<'a>, kind: SchemaType, schema: &Schema) -> Self {
        let places = vec![node.place.clone()];
        let whole = schema.types.contains(&SchemaType::Integer);
        let class = match kind {
            SchemaType::Number if whole => Class::AnyNumber,
            kind => Class::of(kind),
        };
        let arm = Arm::new(node.clone(), node.clone(), places, class);
        Arm { kind: Some(kind), name: None, ..arm }
    }

    /// Whether it allows whatever there is: what it says is only words.
    pub(super) fn is_anything(&self) -> bool {
        let words = ["title", "description", "default", "example", "examples", "deprecated"];
        self.class == Class::Untyped
            && self.node.entries().all(|(key, _)| words.contains(&key) || key.starts_with("x-"))
    }

    /// Whether it is any object, about whose members nothing is said.
    pub(super) fn is_any_object(&self) -> bool {
        let keys = ["properties", "patternProperties", "additionalProperties", "allOf"];
        let says = |key: &&str| match self.node.get(key) {
            Some(rest) if *key == "additionalProperties" => {
                rest.value.as_bool() == Some(false) || rest.entries().next().is_some()
            }
            said => said.is_some(),
        };
        self.class == Class::Object && self.kind.is_none() && !keys.iter().any(says)
    }

    /// The Rust name of the schema, if it has one.
    pub(super) fn type_name(&self) -> Option<String> {
        self.name.as_ref().and_then(|_| own_name(&self.node))
    }
}

/// The name of a component, as the document writes it.
fn component(place: &Place) -> Option<String> {
    let segments: Vec<String> = place.segments().collect();
    match segments.as_slice() {
        [.., parent, name] if matches!(parent.as_str(), "schemas" | "definitions" | "$defs") => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// The choices that are written in a schema.
pub(super) fn listed<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| node.get(key));
    lists.flat_map(|list| list.items().collect::<Vec<_>>()).collect()
}

/// The types besides null that a schema allows, by what it says or by the values that it lists.
fn kinds(schema: &Schema) -> Vec<SchemaType> {
    let mut kinds: Vec<SchemaType> = Vec::new();
    let listed = schema.shape.enumeration.iter().filter_map(type_of);
    let said = schema.types.iter().copied().filter(|kind| *kind != SchemaType::Null);
    let all: Vec<SchemaType> = match schema.types.is_empty() {
        true => listed.collect(),
        false => said.collect(),
    };
    for kind in all {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    if kinds.contains(&SchemaType::Number) {
        kinds.retain(|kind| *kind != SchemaType::Integer);
    }
    kinds
}

/// Whether a schema allows null and nothing else.
pub(in super::super) fn is_null(document: &Document, node: &Node<'_>) -> bool {
    let Ok(node) = document.resolve(node.clone()) else { return false };
    let Ok(schema) = Schema::read(&node) else { return false };
    let values = &schema.shape.enumeration;
    schema.types == [SchemaType::Null] || (!values.is_empty() && values.iter().all(Value::is_null))
}
