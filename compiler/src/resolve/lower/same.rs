//! Types that documents write in place again and again: equal ones are one type, under all the names that they have.
//!
//! Contents are compared from the inside out, with parts that were found equal before standing for each other, so each
//! type is looked at once. The document's own schemas stay types of their own; what is written in place may be another
//! name of one, if its name or the document says that the two are the same and not just alike. What is part of itself stays as it is: there is no inside to begin from.

use super::levels::levels;
use crate::ir::{
    Constant, IntegrationId, Notes, StringFormat, Struct, TypeDef, TypeId, TypeKind, TypeUse,
    Types, Variant, Width,
};
use crate::resolve::names::words;
use crate::source::Place;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// What makes a type what it is. What is said of a field or a value is part of it, as it is shown where the type is
/// declared; what is said of the type as a whole is not.
#[derive(PartialEq, Eq, Hash)]
enum Content<'t> {
    Boolean,
    Integer(Width),
    Number,
    String(StringFormat),
    InString(TypeId),
    List(TypeUse),
    Tuple(Vec<TypeUse>),
    Map(TypeUse),
    Any,
    Enum(&'t Notes, &'t [Variant]),
    Struct(&'t Notes, Vec<Member<'t>>, Option<TypeUse>, bool, Ways),
    Union(&'t Notes, Vec<Choice<'t>>, Option<&'t str>, bool),
}

/// A field of a struct: its names, type, flags, and what is said of it.
type Member<'t> = (&'t str, &'t str, TypeUse, [bool; 4], Option<&'t str>, &'t Notes);

/// A variant of a union: its name, type, flags, tags, constants, and what is said of it.
type Choice<'t> = (&'t str, TypeUse, [bool; 3], &'t [String], &'t [Constant], Option<&'t str>);

/// Whether it is sent and whether it is received, as far as its fields depend on that.
#[derive(PartialEq, Eq, Hash)]
struct Ways {
    sent: Option<bool>,
    received: Option<bool>,
}

impl Ways {
    /// What goes one way only is left out of the other; what may be absent or null is a `Patch` where it is sent.
    fn of(def: &TypeDef, body: &Struct) -> Self {
        let one_way = body.fields.iter().any(|field| field.read_only || field.write_only);
        let patch = body.fields.iter().any(|field| !field.required && field.ty.nullable);
        Ways {
            sent: (one_way || patch).then_some(def.sent),
            received: one_way.then_some(def.received),
        }
    }
}

/// Marks the types of an integration that are another name of one before them.
///
/// They have the same ways then: what is known of one is known of all.
pub(super) fn mark(
    types: &mut Types,
    integration: IntegrationId,
    is_own: impl Fn(&Place) -> bool,
    written_alike: impl Fn(&Place, &Place) -> bool,
) {
    let found = find(types, integration, is_own, written_alike);
    let declared = |types: &Types, id: TypeId| types.get(id).is_declared();
    for (id, first) in &found {
        if declared(types, *id) {
            let (sent, received) = (types.get(*id).sent, types.get(*id).received);
            let first = types.get_mut(*first);
            (first.sent, first.received) = (first.sent | sent, first.received | received);
        }
    }
    for (id, first) in found {
        let (sent, received) = (types.get(first).sent, types.get(first).received);
        let is_declared = declared(types, id);
        let def = types.get_mut(id);
        def.same_as = Some(first);
        if is_declared {
            (def.sent, def.received) = (sent, received);
        }
    }
}

/// Each type that is the same as another, and that one.
fn find(
    types: &Types,
    integration: IntegrationId,
    is_own: impl Fn(&Place) -> bool,
    written_alike: impl Fn(&Place, &Place) -> bool,
) -> Vec<(TypeId, TypeId)> {
    let travels = |def: &TypeDef| def.sent || def.received;
    let mine = || types.iter().filter(|(_, def)| def.integration == integration);
    // These are of no other's kind, whatever they are made of.
    let alone = |def: &TypeDef| def.is_declared() && (is_own(&def.place) || !travels(def));
    let (levels, circles) =
        levels(types, mine().filter(|(_, def)| !alone(def)).map(|(id, _)| id).collect());
    let level = |id: TypeId| -> Option<u32> {
        let below = |part: TypeUse| match alone(types.get(part.id)) {
            true => Some(0),
            false => levels.get(part.id),
        };
        let parts = types.get(id).kind.parts();
        parts.into_iter().try_fold(0, |most, part| Some(most.max(below(part)? + 1)))
    };
    // On each level the document's own first: what is the same and written in place is another name of these.
    let mut order: Vec<(u32, bool, TypeId)> = Vec::with_capacity(mine().count());
    order.extend(
        mine()
            .filter(|(_, def)| travels(def) || !def.is_declared())
            .filter_map(|(id, def)| Some((level(id)?, !alone(def), id))),
    );
    order.sort_unstable();
    drop(levels);
    let mut contents = Contents::default();
    let mut same: HashMap<TypeId, TypeId> = HashMap::new();
    for (_, in_place, id) in order {
        if circles.contains(&id) {
            continue;
        }
        let Some(alike) = contents.alike(types, &same, id) else { continue };
        if !in_place {
            alike.own.push(id);
            continue;
        }
        let def = types.get(id);
        let is_same = |own: &TypeId| {
            let own = types.get(*own);
            ends_with(def, own) || written_alike(&own.place, &def.place)
        };
        match alike.own.iter().copied().find(is_same).or(alike.in_place) {
            Some(known) => {
                same.insert(id, known);
            }
            None => alike.in_place = Some(id),
        }
    }
    let mut same: Vec<(TypeId, TypeId)> = same.into_iter().collect();
    same.sort_unstable();
    same
}

/// Types of the same content.
#[derive(Default)]
struct Alike {
    /// The document's own.
    own: Vec<TypeId>,
    /// The first that is written in place and is none of these.
    in_place: Option<TypeId>,
}

/// Types by their content, by way of a hash; contents that share a hash are numbered. All contents at once would take
/// more room than the types.
#[derive(Default)]
struct Contents {
    hasher: RandomState,
    known: HashMap<(u64, u32), Alike>,
}

impl Contents {
    /// The types that have the content of this one. What stands for the parts of a type was decided before the type
    /// was met, so that its content stays.
    fn alike(
        &mut self,
        types: &Types,
        same: &HashMap<TypeId, TypeId>,
        id: TypeId,
    ) -> Option<&mut Alike> {
        let wanted = content(types.get(id), same)?;
        let hash = self.hasher.hash_one(&wanted);
        let differs = |alike: &Alike| {
            let known = alike.own.first().copied().or(alike.in_place);
            known.is_some_and(|id| content(types.get(id), same).as_ref() != Some(&wanted))
        };
        let mut turn = 0;
        while self.known.get(&(hash, turn)).is_some_and(differs) {
            turn += 1;
        }
        Some(self.known.entry((hash, turn)).or_default())
    }
}

/// Whether a type's name ends with that of another: `CreateOrderStatus` is an `OrderStatus`.
fn ends_with(def: &TypeDef, own: &TypeDef) -> bool {
    let words = |def: &TypeDef| def.name.as_deref().map(words).unwrap_or_default();
    let (all, last) = (words(def), words(own));
    !last.is_empty() && all.ends_with(&last)
}

/// What a type is, in terms of those that stand for its parts; nothing of what has no name and needs one.
fn content<'t>(def: &'t TypeDef, same: &HashMap<TypeId, TypeId>) -> Option<Content<'t>> {
    let id = |id: TypeId| same.get(&id).copied().unwrap_or(id);
    let part = |ty: TypeUse| TypeUse { id: id(ty.id), ..ty };
    let content = match &def.kind {
        TypeKind::Boolean => Content::Boolean,
        TypeKind::Integer(width) => Content::Integer(*width),
        TypeKind::Number => Content::Number,
        TypeKind::String(format) => Content::String(*format),
        TypeKind::InString(inner) => Content::InString(id(*inner)),
        TypeKind::List(item) => Content::List(part(*item)),
        TypeKind::Tuple(items) => Content::Tuple(items.iter().copied().map(part).collect()),
        TypeKind::Map(value) => Content::Map(part(*value)),
        TypeKind::Any { .. } => Content::Any,
        _ if !def.is_declared() => return None,
        TypeKind::Enum(body) => Content::Enum(&def.notes, &body.variants),
        TypeKind::Struct(body) => {
            let fields = body.fields.iter().map(|f| {
                let flags = [f.required, f.read_only, f.write_only, f.boxed];
                let doc = f.doc.as_deref();
                (f.wire.as_str(), f.ident.as_str(), part(f.ty), flags, doc, &f.notes)
            });
            let (fields, rest) = (fields.collect(), body.rest.map(part));
            Content::Struct(&def.notes, fields, rest, body.keeps_unknown, Ways::of(def, body))
        }
        TypeKind::Union(body) => {
            let variants = body.variants.iter().map(|v| {
                let flags = [v.boxed, v.adds_tag, v.closed];
                let told = (v.tags.as_slice(), v.constants.as_slice());
                (v.ident.as_str(), part(v.ty), flags, told.0, told.1, v.doc.as_deref())
            });
            Content::Union(&def.notes, variants.collect(), body.tag.as_deref(), body.joint)
        }
    };
    Some(content)
}
