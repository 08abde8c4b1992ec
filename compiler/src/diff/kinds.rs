//! Types without parts, and types of different kinds.

use super::change::{Draft, Effect};
use super::types::{Comparing, Pair, Way};
use crate::ir::{
    Enum, StringFormat, TypeDef, TypeId, TypeKind, TypeUse, Types, Union, UnionVariant, Width,
};
use crate::resolve::paths::describe;
use crate::source::Place;

impl Comparing<'_> {
    /// Types of different kinds, and scalars.
    pub(super) fn kinds(
        &mut self,
        number: usize,
        (a, b): (&TypeDef, &TypeDef),
        (old, new, way): Pair,
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
            (_, TypeKind::Union(union)) => match self.among((old, a), union) {
                Some(variant) => {
                    let same = TypeUse { id: old, nullable: false };
                    self.part(number, (same, variant), way, path, (&a.place, &b.place));
                    way.wider()
                }
                None => Effect::Breaking,
            },
            _ => Effect::Breaking,
        };
        let use_of = |id| TypeUse { id, nullable: false };
        let (mut was, mut is) = (word(self.old, use_of(old)), word(self.new, use_of(new)));
        if was == is {
            // One name for types of two kinds.
            (was, is) = (format!("{was}, {}", kind(&a.kind)), format!("{is}, {}", kind(&b.kind)));
        }
        let draft = Draft::new("type_changed", effect, path, format!("was {was}, and is {is}"));
        Some(draft.old(&a.place).new_at(&b.place))
    }

    /// The choice of a union that a type is. What has a name is told by it, what has none by what it holds.
    fn among(&self, (id, a): (TypeId, &TypeDef), union: &Union) -> Option<TypeUse> {
        let is = |variant: &&UnionVariant| match &a.name {
            Some(_) => self.same_name(a, self.new.get(variant.ty.id)),
            None => self.same_content(id, variant.ty.id, DEEPEST),
        };
        union.variants.iter().find(is).map(|variant| variant.ty)
    }

    fn same_name(&self, a: &TypeDef, b: &TypeDef) -> bool {
        a.name == b.name && std::mem::discriminant(&a.kind) == std::mem::discriminant(&b.kind)
    }

    /// Whether two types without names hold the same, as far as the names in them tell.
    fn same_content(&self, a: TypeId, b: TypeId, depth: usize) -> bool {
        let (a, b) = (self.old.get(a), self.new.get(b));
        if a.name.is_some() || b.name.is_some() {
            return self.same_name(a, b);
        }
        let Some(depth) = depth.checked_sub(1) else { return false };
        let same = |a: TypeUse, b: TypeUse| {
            a.nullable == b.nullable && self.same_content(a.id, b.id, depth)
        };
        match (&a.kind, &b.kind) {
            (TypeKind::Boolean, TypeKind::Boolean)
            | (TypeKind::Number, TypeKind::Number)
            | (TypeKind::Any { .. }, TypeKind::Any { .. }) => true,
            (TypeKind::Integer(a), TypeKind::Integer(b)) => a == b,
            (TypeKind::String(a), TypeKind::String(b)) => a == b || (a.is_text() && b.is_text()),
            (TypeKind::InString(a), TypeKind::InString(b)) => self.same_content(*a, *b, depth),
            (TypeKind::List(a), TypeKind::List(b)) | (TypeKind::Map(a), TypeKind::Map(b)) => {
                same(*a, *b)
            }
            (TypeKind::Tuple(a), TypeKind::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(*a, *b))
            }
            _ => false,
        }
    }
}

/// Lists of lists without names end somewhere; a bound keeps this total.
const DEEPEST: usize = 32;

/// What kind of type has a name.
fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "an object",
        TypeKind::Enum(_) => "one of several texts",
        TypeKind::Union(_) => "one of several types",
        TypeKind::Tuple(_) => "each of its own type",
        TypeKind::Any { .. } => "of any type",
        _ => "of another kind",
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

/// Values are open in both directions; only one that can no longer be sent harms.
pub(super) fn enums(
    a: &Enum,
    b: &Enum,
    way: Way,
    path: &str,
    (old, new): (&Place, &Place),
) -> Vec<Draft> {
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
