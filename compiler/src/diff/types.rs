//! Types of both versions side by side. Each pair is compared once in each direction, however many operations reach it.

use super::change::{Draft, Effect, Operations};
use super::kinds::enums;
use super::limits;
use crate::ir::{Struct, TypeId, TypeKind, TypeUse, Types, Union};
use crate::openapi::Document;
use crate::resolve::paths::describe;
use crate::source::Place;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// The direction in which values travel: what is allowed more harms receivers, what is allowed less harms senders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    Sent,
    Received,
}

impl Way {
    /// The effect of allowing more than before.
    pub(super) fn wider(self) -> Effect {
        Effect::breaking_if(self == Way::Received)
    }

    /// The effect of allowing less than before.
    pub(super) fn narrower(self) -> Effect {
        Effect::breaking_if(self == Way::Sent)
    }
}

/// Two types, and which way their values travel.
pub(super) type Pair = (TypeId, TypeId, Way);

/// Compares types.
pub(super) struct Comparing<'c> {
    documents: (&'c Document, &'c Document),
    pub(super) old: &'c Types,
    pub(super) new: &'c Types,
    numbers: HashMap<Pair, usize>,
    nodes: Vec<Node>,
    queue: VecDeque<(usize, Pair, String)>,
}

/// A pair that was compared.
#[derive(Default)]
struct Node {
    changes: Vec<Draft>,
    /// The pairs that it is a part of.
    parents: Vec<usize>,
    /// The operations that have it directly.
    operations: Vec<usize>,
}

impl<'c> Comparing<'c> {
    pub(super) fn new(old: (&'c Document, &'c Types), new: (&'c Document, &'c Types)) -> Self {
        Comparing {
            documents: (old.0, new.0),
            old: old.1,
            new: new.1,
            numbers: HashMap::new(),
            nodes: Vec::new(),
            queue: VecDeque::new(),
        }
    }

    /// Compares what an operation sends or receives. What is said about the use itself is returned.
    pub(super) fn root(
        &mut self,
        operation: usize,
        (old, new): (TypeUse, TypeUse),
        way: Way,
        path: &str,
        places: (&Place, &Place),
    ) -> Option<Draft> {
        let number = self.pair((old.id, new.id, way), path);
        let node = &mut self.nodes[number];
        if node.operations.last() != Some(&operation) {
            node.operations.push(operation);
        }
        self.drain();
        null(old, new, way, path, places)
    }

    /// The changes of all pairs, each with the operations that reach it, and the number of the first of these.
    pub(super) fn finish(mut self, calls: &[Arc<str>]) -> Vec<(Draft, usize, Operations)> {
        let mut found = Vec::new();
        let mut stamps = vec![usize::MAX; self.nodes.len()];
        let mut known: HashMap<usize, Option<(usize, Operations)>> = HashMap::new();
        for number in 0..self.nodes.len() {
            let changes = std::mem::take(&mut self.nodes[number].changes);
            if changes.is_empty() {
                continue;
            }
            let whole = self.whole(number);
            let reach = known.entry(whole).or_insert_with(|| {
                let operations = self.reached_by(whole, &mut stamps);
                let names = operations.iter().map(|number| calls[*number].clone());
                Some((*operations.first()?, names.collect()))
            });
            if let Some((first, names)) = reach {
                found.extend(changes.into_iter().map(|change| (change, *first, names.clone())));
            }
        }
        found
    }

    /// The pair that a pair is only a part of: the same operations reach both.
    fn whole(&self, mut number: usize) -> usize {
        // Each pair is on the way from an operation, so this ends; a bound keeps it total.
        for _ in 0..self.nodes.len() {
            let node = &self.nodes[number];
            let mut parents = node.parents.iter().filter(|parent| **parent != number);
            match (parents.next(), node.operations.is_empty()) {
                (Some(parent), true) if parents.all(|other| other == parent) => number = *parent,
                _ => break,
            }
        }
        number
    }

    /// The operations that reach a pair. Pairs are stamped with the number of the pair whose walk met them last.
    fn reached_by(&self, start: usize, stamps: &mut [usize]) -> Vec<usize> {
        let mut stack = vec![start];
        let mut operations = Vec::new();
        while let Some(number) = stack.pop() {
            if std::mem::replace(&mut stamps[number], start) == start {
                continue;
            }
            let node = &self.nodes[number];
            operations.extend(&node.operations);
            stack.extend(&node.parents);
        }
        operations.sort_unstable();
        operations.dedup();
        operations
    }

    /// The number of a pair, which is compared later if it is new.
    fn pair(&mut self, pair: Pair, path: &str) -> usize {
        if let Some(number) = self.numbers.get(&pair) {
            return *number;
        }
        let number = self.nodes.len();
        self.nodes.push(Node::default());
        self.numbers.insert(pair, number);
        self.queue.push_back((number, pair, path.to_owned()));
        number
    }

    fn drain(&mut self) {
        while let Some((number, pair, path)) = self.queue.pop_front() {
            self.compare(number, pair, &path);
        }
    }

    /// A part of a pair.
    pub(super) fn part(
        &mut self,
        parent: usize,
        (old, new): (TypeUse, TypeUse),
        way: Way,
        path: &str,
        places: (&Place, &Place),
    ) {
        let number = self.pair((old.id, new.id, way), path);
        self.nodes[number].parents.push(parent);
        let change = null(old, new, way, path, places);
        self.nodes[parent].changes.extend(change);
    }

    fn compare(&mut self, number: usize, (old, new, way): Pair, path: &str) {
        let (a, b) = (self.old.get(old), self.new.get(new));
        let places = (&a.place, &b.place);
        if have_limits(&a.kind, &b.kind) {
            let changes = limits::compare(self.documents, places, way, path);
            self.nodes[number].changes.extend(changes);
        }
        match (&a.kind, &b.kind) {
            (TypeKind::Struct(a), TypeKind::Struct(b)) => {
                self.structs(number, (a, b), way, path, places);
            }
            (TypeKind::List(a), TypeKind::List(b)) => {
                self.part(number, (*a, *b), way, &format!("{path}[]"), places);
            }
            (TypeKind::Map(a), TypeKind::Map(b)) => {
                self.part(number, (*a, *b), way, &format!("{path}.*"), places);
            }
            (TypeKind::Tuple(a), TypeKind::Tuple(b)) if a.len() == b.len() => {
                for (at, pair) in a.iter().copied().zip(b.iter().copied()).enumerate() {
                    self.part(number, pair, way, &format!("{path}[{at}]"), places);
                }
            }
            (TypeKind::Enum(a), TypeKind::Enum(b)) => {
                let changes = enums(a, b, way, path, places);
                self.nodes[number].changes.extend(changes);
            }
            (TypeKind::Union(a), TypeKind::Union(b)) => {
                self.unions(number, (a, b), way, path, places);
            }
            _ => {
                let change = self.kinds(number, (a, b), (old, new, way), path);
                self.nodes[number].changes.extend(change);
            }
        }
    }

    fn structs(
        &mut self,
        number: usize,
        (a, b): (&Struct, &Struct),
        way: Way,
        path: &str,
        places: (&Place, &Place),
    ) {
        let mut changes = Vec::new();
        for field in &a.fields {
            let here = format!("{path}.{}", field.wire);
            let Some(other) = b.field(&field.wire) else {
                let draft = Draft::new("field_removed", Effect::Breaking, &here, "is gone");
                changes.push(draft.old(&field.place).new_at(places.1));
                continue;
            };
            let both = |draft: Draft| draft.old(&field.place).new_at(&other.place);
            // A member that only `required` names has no place of its own.
            if other.place == *places.1 && field.place != *places.0 {
                let message = "is gone, though `required` names it";
                changes.push(both(Draft::new("field_removed", Effect::Breaking, &here, message)));
                continue;
            }
            match (field.required, other.required) {
                (false, true) => changes.push(both(Draft::new(
                    "field_required",
                    way.narrower(),
                    &here,
                    match way {
                        Way::Sent => "must be given now",
                        Way::Received => "is always there now",
                    },
                ))),
                (true, false) => changes.push(both(Draft::new(
                    "field_optional",
                    way.wider(),
                    &here,
                    match way {
                        Way::Sent => "need not be given any more",
                        Way::Received => "may be missing now",
                    },
                ))),
                _ => {}
            }
            if other.notes.deprecated && !field.notes.deprecated {
                let draft =
                    Draft::new("deprecated", Effect::Additive, &here, "should no longer be used");
                changes.push(both(draft));
            }
            let places = (&field.place, &other.place);
            self.part(number, (field.ty, other.ty), way, &here, places);
        }
        for field in b.fields.iter().filter(|field| a.field(&field.wire).is_none()) {
            let here = format!("{path}.{}", field.wire);
            let demanded = way == Way::Sent && field.required;
            let message = if demanded { "is new, and must be given" } else { "is new" };
            let effect = Effect::breaking_if(demanded);
            changes.push(Draft::new("field_added", effect, &here, message).new_at(&field.place));
        }
        if let (Some(a), Some(b)) = (a.rest, b.rest) {
            self.part(number, (a, b), way, &format!("{path}.*"), places);
        } else {
            changes.extend(self.others((a, b), way, path, places));
        }
        self.nodes[number].changes.extend(changes);
    }

    /// Members beside the declared ones, where not both versions say what they are. A document that does not say
    /// allows any.
    fn others(
        &self,
        (a, b): (&Struct, &Struct),
        way: Way,
        path: &str,
        places: (&Place, &Place),
    ) -> Option<Draft> {
        let typed = |types: &Types, body: &Struct| {
            body.rest.filter(|rest| !matches!(types.get(rest.id).kind, TypeKind::Any { .. }))
        };
        let (was, is) = (typed(self.old, a), typed(self.new, b));
        let (kind, effect, message) = match (a.closed, b.closed) {
            (false, true) => {
                // Who reads them finds none of them.
                let read = way == Way::Sent || a.rest.is_some();
                ("others_removed", Effect::breaking_if(read), "are gone".to_owned())
            }
            (true, false) => ("others_added", Effect::Additive, "are new".to_owned()),
            _ => match (was, is) {
                (None, Some(is)) => {
                    let is = describe(self.new, is);
                    ("type_changed", way.narrower(), format!("were of any type, and are {is}"))
                }
                (Some(was), None) => {
                    let was = describe(self.old, was);
                    ("type_changed", way.wider(), format!("were {was}, and are of any type"))
                }
                _ => return None,
            },
        };
        let draft = Draft::new(kind, effect, &format!("{path}.*"), message);
        Some(draft.old(places.0).new_at(places.1))
    }

    fn unions(
        &mut self,
        number: usize,
        (a, b): (&Union, &Union),
        way: Way,
        path: &str,
        places: (&Place, &Place),
    ) {
        let name = |types: &Types, ty: TypeUse| types.get(ty.id).name.clone();
        let mut changes = Vec::new();
        if a.tag != b.tag {
            let tag = |tag: &Option<String>| {
                tag.as_ref().map_or("nothing".to_owned(), |tag| format!("`{tag}`"))
            };
            let message =
                format!("its kind was told by {}, and is told by {}", tag(&a.tag), tag(&b.tag));
            changes.push(
                Draft::new("type_changed", Effect::Breaking, path, message)
                    .old(places.0)
                    .new_at(places.1),
            );
        }
        let mut matched = vec![false; b.variants.len()];
        for variant in &a.variants {
            let of = name(self.old, variant.ty);
            let kind = std::mem::discriminant(&self.old.get(variant.ty.id).kind);
            let mut free = (0..b.variants.len()).filter(|at| !matched[*at]);
            let same = |at: &usize| {
                let other = &b.variants[*at];
                let tagged = variant.tags.iter().any(|tag| other.tags.contains(tag));
                let named = of.is_some() && of == name(self.new, other.ty);
                let shaped = of.is_none()
                    && std::mem::discriminant(&self.new.get(other.ty.id).kind) == kind
                    && variant.ident == other.ident;
                tagged || named || shaped
            };
            match free.find(same) {
                Some(at) => {
                    matched[at] = true;
                    let other = &b.variants[at];
                    let here = format!("{path}<{}>", variant.ident);
                    let places = (&variant.place, &other.place);
                    self.part(number, (variant.ty, other.ty), way, &here, places);
                }
                None => {
                    let message = format!("is no longer {}", describe(self.old, variant.ty));
                    let draft = Draft::new("choice_removed", way.narrower(), path, message);
                    changes.push(draft.old(&variant.place).new_at(places.1));
                }
            }
        }
        for (variant, _) in b.variants.iter().zip(&matched).filter(|(_, matched)| !**matched) {
            // Choices are open: what is not known is kept as it came.
            let message = format!("may be {}, too", describe(self.new, variant.ty));
            let draft = Draft::new("choice_added", Effect::Additive, path, message);
            changes.push(draft.new_at(&variant.place));
        }
        self.nodes[number].changes.extend(changes);
    }
}

/// Whether the limits of two types can be laid side by side.
fn have_limits(a: &TypeKind, b: &TypeKind) -> bool {
    let scalar = |kind: &TypeKind| {
        matches!(kind, TypeKind::String(_) | TypeKind::Integer(_) | TypeKind::Number)
    };
    match (a, b) {
        (TypeKind::List(_), TypeKind::List(_)) | (TypeKind::Map(_), TypeKind::Map(_)) => true,
        (a, b) => scalar(a) && scalar(b),
    }
}

/// Null that is allowed now, or no longer.
fn null(
    old: TypeUse,
    new: TypeUse,
    way: Way,
    path: &str,
    (a, b): (&Place, &Place),
) -> Option<Draft> {
    let draft = match (old.nullable, new.nullable) {
        (false, true) => Draft::new("null_allowed", way.wider(), path, "may be null now"),
        (true, false) => {
            Draft::new("null_forbidden", way.narrower(), path, "may no longer be null")
        }
        _ => return None,
    };
    Some(draft.old(a).new_at(b))
}
