//! Types of both versions side by side. Each pair is compared once in each direction, however many operations reach it.

use super::change::{Draft, Effect};
use crate::ir::{
    Enum, StringFormat, Struct, TypeDef, TypeId, TypeKind, TypeUse, Types, Union, Width,
};
use crate::resolve::paths::describe;
use crate::source::Place;
use std::collections::{HashMap, VecDeque};

/// The direction in which values travel: what is allowed more harms receivers, what is allowed less harms senders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    Sent,
    Received,
}

impl Way {
    /// The effect of allowing more than before.
    fn wider(self) -> Effect {
        Effect::breaking_if(self == Way::Received)
    }

    /// The effect of allowing less than before.
    fn narrower(self) -> Effect {
        Effect::breaking_if(self == Way::Sent)
    }
}

type Pair = (TypeId, TypeId, Way);

/// Compares types.
pub(super) struct Comparing<'c> {
    old: &'c Types,
    new: &'c Types,
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
    pub(super) fn new(old: &'c Types, new: &'c Types) -> Self {
        Comparing { old, new, numbers: HashMap::new(), nodes: Vec::new(), queue: VecDeque::new() }
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

    /// The changes of all pairs, each with the numbers of the operations that reach it.
    pub(super) fn finish(mut self) -> Vec<(Draft, Vec<usize>)> {
        let mut found = Vec::new();
        for number in 0..self.nodes.len() {
            let changes = std::mem::take(&mut self.nodes[number].changes);
            if changes.is_empty() {
                continue;
            }
            let operations = self.reached_by(number);
            found.extend(changes.into_iter().map(|change| (change, operations.clone())));
        }
        found
    }

    fn reached_by(&self, number: usize) -> Vec<usize> {
        let mut seen = vec![false; self.nodes.len()];
        let mut stack = vec![number];
        let mut operations = Vec::new();
        while let Some(number) = stack.pop() {
            if std::mem::replace(&mut seen[number], true) {
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
    fn part(
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
                let change = self.kinds(a, b, (old, new), way, path);
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
        }
        self.nodes[number].changes.extend(changes);
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

    /// Types of different kinds, and scalars.
    fn kinds(
        &self,
        a: &TypeDef,
        b: &TypeDef,
        (old, new): (TypeId, TypeId),
        way: Way,
        path: &str,
    ) -> Option<Draft> {
        let effect = match (&a.kind, &b.kind) {
            (TypeKind::Boolean, TypeKind::Boolean)
            | (TypeKind::Number, TypeKind::Number)
            | (TypeKind::Any { .. }, TypeKind::Any { .. }) => return None,
            (TypeKind::Integer(a), TypeKind::Integer(b)) if a == b => return None,
            (TypeKind::String(a), TypeKind::String(b))
                if a == b || (a.is_text() && b.is_text()) =>
            {
                return None;
            }
            // Values that were not known before are kept, so text instead of an enum harms nobody.
            (TypeKind::Enum(_), TypeKind::String(StringFormat::Plain)) => Effect::Additive,
            (TypeKind::String(StringFormat::Plain), TypeKind::Enum(_) | TypeKind::String(_))
            | (TypeKind::Number, TypeKind::Integer(_))
            | (TypeKind::Any { .. }, _) => way.narrower(),
            (TypeKind::String(_), TypeKind::String(StringFormat::Plain))
            | (TypeKind::Integer(_), TypeKind::Number)
            | (_, TypeKind::Any { .. }) => way.wider(),
            (TypeKind::Integer(a), TypeKind::Integer(b)) => match a.both(*b) {
                both if both == *b => way.wider(),
                both if both == *a => way.narrower(),
                _ => Effect::Breaking,
            },
            (_, TypeKind::Union(union)) if self.among(a, union) => way.wider(),
            _ => Effect::Breaking,
        };
        let use_of = |id| TypeUse { id, nullable: false };
        let (was, is) = (word(self.old, use_of(old)), word(self.new, use_of(new)));
        let draft = Draft::new("type_changed", effect, path, format!("was {was}, and is {is}"));
        Some(draft.old(&a.place).new_at(&b.place))
    }

    /// Whether a type is one of the choices of a union, as far as names and kinds tell.
    fn among(&self, a: &TypeDef, union: &Union) -> bool {
        union.variants.iter().any(|variant| {
            let other = self.new.get(variant.ty.id);
            let same = std::mem::discriminant(&a.kind) == std::mem::discriminant(&other.kind);
            same && a.name == other.name
        })
    }
}

/// A type in words, integers with their width.
fn word(types: &Types, ty: TypeUse) -> String {
    let word = describe(types, ty);
    match types.get(ty.id).kind {
        TypeKind::Integer(width) => match width {
            Width::I32 => "an integer of 32 bits".to_owned(),
            Width::I64 => "an integer of 64 bits".to_owned(),
            Width::U32 => "a natural number of 32 bits".to_owned(),
            Width::U64 => "a natural number of 64 bits".to_owned(),
            Width::Any => "an integer of any size".to_owned(),
        },
        TypeKind::String(format) if !format.is_text() => match format {
            StringFormat::DateTime | StringFormat::Date => word,
            other => format!("text that is a {}", format!("{other:?}").to_lowercase()),
        },
        _ => word,
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

/// Values are open in both directions; only one that can no longer be sent harms.
fn enums(a: &Enum, b: &Enum, way: Way, path: &str, (old, new): (&Place, &Place)) -> Vec<Draft> {
    let has = |set: &Enum, wire: &str| set.variants.iter().any(|variant| variant.wire == wire);
    let gone = a.variants.iter().filter(|variant| !has(b, &variant.wire)).map(|variant| {
        let message = format!("the value `{}` is gone", variant.wire);
        Draft::new("value_removed", way.narrower(), path, message)
    });
    let added = b.variants.iter().filter(|variant| !has(a, &variant.wire)).map(|variant| {
        let message = format!("the value `{}` is new", variant.wire);
        Draft::new("value_added", Effect::Additive, path, message)
    });
    gone.chain(added).map(|draft| draft.old(old).new_at(new)).collect()
}
