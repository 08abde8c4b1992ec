//! Values that are of all of several schemas: `allOf`, and members that several parts of an `allOf` have.

use super::members::{OF_SEVERAL, Rest};
use super::refine::Tree;
use super::schema::{Context, item_name, says_shape};
use super::{Direction, Lowering, Out};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::types::NO_VALUE;
use crate::ir::{Enum, StringFormat, TypeKind, TypeUse, Types, Variant, Width};
use crate::openapi::{Document, Node};
use crate::resolve::names::type_ident;
use crate::source::Place;
use std::collections::HashSet;

/// More structs that are all of several schemas are not made; each could lead to more.
const MOST_MERGED: usize = 20_000;

impl<'a> Lowering<'a> {
    /// A value that is of all of these schemas. `hint` is the name that it gets if it has none of its own.
    pub(super) fn lower_all(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        parts: &[Node<'a>],
        hint: &str,
        tree: &Tree,
    ) -> TypeUse {
        if let [only] = parts {
            return self.lower(out, cx, only.clone(), hint, tree);
        }
        let document = &self.documents[cx.document];
        let mut said: Vec<Node<'a>> = Vec::new();
        let mut seen: HashSet<Place> = HashSet::new();
        let mut nullable = false;
        for part in parts {
            // What cannot be followed is lowered, too, which reports it.
            let target = document.resolve(part.clone()).ok();
            let place = target.as_ref().map_or(&part.place, |target| &target.place);
            let says = target.as_ref().is_none_or(|target| says_anything(document, target));
            if says && seen.insert(place.clone()) {
                said.push(part.clone());
            } else if !says {
                // `allOf: [{$ref: ..}, {nullable: true}]`: meant to add null.
                nullable |= part.flag("nullable");
            }
        }
        let ty = match said.as_slice() {
            [] => match parts.last() {
                Some(last) => self.lower(out, cx, last.clone(), hint, tree),
                None => {
                    let place = self.documents[cx.document].root();
                    self.any(out, "it is required, but declared nowhere", &place)
                }
            },
            [only] => self.lower(out, cx, only.clone(), hint, tree),
            _ if tree.is_empty()
                && let Some(ty) = self.merge_choices(out, cx, &said, hint) =>
            {
                ty
            }
            _ if said.iter().all(|part| self.is_object(cx.document, part)) => {
                self.merge_objects(out, cx, &said, hint, tree)
            }
            [first, others @ ..] => {
                let place = first.place.clone();
                let mut all = self.lower(out, cx, first.clone(), hint, tree);
                for other in others {
                    let other = self.lower(out, cx, other.clone(), hint, tree);
                    all = self.narrower(out, all, other, &place, hint);
                }
                all
            }
        };
        TypeUse { nullable: ty.nullable || nullable, ..ty }
    }

    /// One union of several objects of which some leave a choice of members.
    fn merge_choices(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        parts: &[Node<'a>],
        hint: &str,
    ) -> Option<TypeUse> {
        let document = &self.documents[cx.document];
        let targets = parts.iter().map(|part| document.resolve(part.clone()).ok());
        let targets: Vec<Node<'a>> = targets.collect::<Option<_>>()?;
        let key = self.merge_key(cx, &targets);
        if let Some(known) = self.merged.get(&key) {
            return Some(*known);
        }
        if self.merged.len() > MOST_MERGED {
            return None;
        }
        let ty = self.lower_choices_of_all(out, cx, &targets, hint)?;
        self.merged.insert(key, ty);
        Some(ty)
    }

    /// By what a merged type is known.
    fn merge_key(
        &mut self,
        cx: &Context<'_>,
        targets: &[Node<'a>],
    ) -> (Vec<Place>, Option<Direction>) {
        let document = &self.documents[cx.document];
        let places: Vec<Place> = targets.iter().map(|target| target.place.clone()).collect();
        let split = targets.iter().any(|t| self.directions.matter(document, &self.entries, t));
        (places, split.then_some(cx.direction))
    }

    /// One struct of several objects.
    fn merge_objects(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        parts: &[Node<'a>],
        hint: &str,
        tree: &Tree,
    ) -> TypeUse {
        let document = &self.documents[cx.document];
        let mut targets: Vec<Node<'a>> = Vec::new();
        for part in parts {
            targets.extend(document.resolve(part.clone()));
        }
        let key = self.merge_key(cx, &targets);
        if let Some(known) = self.merged.get(&key).filter(|_| tree.is_empty()) {
            return *known;
        }
        let last = &targets[targets.len() - 1];
        if self.merged.len() > MOST_MERGED {
            return self.fallback(out, "it is all of too many schemas", &last.place);
        }
        let document = &self.documents[cx.document];
        let members = super::members::collect(document, &targets);
        let nullable = targets.iter().all(|target| {
            crate::openapi::Schema::read(target).is_ok_and(|schema| schema.allows_null())
        });
        if members.fields.is_empty() && tree.is_empty() && matches!(members.rest, Rest::Schemas) {
            let value = self.fallback(out, OF_SEVERAL, &last.place);
            let ty = self.shape(out, TypeKind::Map(value), &last.place);
            return TypeUse { nullable, ..ty };
        }
        if members.fields.is_empty() && tree.is_empty() {
            let ty = self.lower(out, cx, last.clone(), hint, tree);
            return TypeUse { nullable, ..ty };
        }
        let ident = self.type_names.give(&last.place, type_ident(hint));
        let ty = TypeUse { nullable, ..self.reserve(out, ident, last) };
        if tree.is_empty() {
            self.merged.insert(key, ty);
        }
        self.enqueue(ty, *cx, vec![targets], tree.clone());
        ty
    }

    /// The narrower of two types that values are both of; JSON if nothing says which that is. `hint` names it if it is
    /// a type of its own.
    pub(super) fn narrower(
        &mut self,
        out: &mut Out<'_>,
        a: TypeUse,
        b: TypeUse,
        place: &Place,
        hint: &str,
    ) -> TypeUse {
        let says_nothing = |ty: TypeUse| {
            matches!(out.types.get(ty.id).kind, TypeKind::Any { fallback: false, .. })
        };
        if says_nothing(a) {
            return b;
        }
        let nullable = a.nullable && (b.nullable || says_nothing(b));
        if says_nothing(b) || super::unify::same(out.types, a.id, b.id) {
            return TypeUse { nullable, ..a };
        }
        let (kind_a, kind_b) = (&out.types.get(a.id).kind, &out.types.get(b.id).kind);
        let narrow = match (kind_a, kind_b) {
            (TypeKind::Enum(_), TypeKind::Enum(_)) => self.both_list(out, a, b, place, hint),
            (TypeKind::Enum(_), TypeKind::String(_)) => a,
            (TypeKind::String(_), TypeKind::Enum(_)) => b,
            (TypeKind::String(StringFormat::Plain), TypeKind::String(_)) => b,
            (TypeKind::String(_), TypeKind::String(_)) => a,
            (TypeKind::Integer(x), TypeKind::Integer(y)) => {
                if rank(*x) <= rank(*y) {
                    a
                } else {
                    b
                }
            }
            (TypeKind::Integer(_), TypeKind::Number) => a,
            (TypeKind::Number, TypeKind::Integer(_)) => b,
            (TypeKind::Union(_), TypeKind::Map(_)) => a,
            (TypeKind::Map(_), TypeKind::Struct(_) | TypeKind::Union(_)) => b,
            (TypeKind::Struct(_), TypeKind::Map(_)) => a,
            (TypeKind::Tuple(_), TypeKind::List(_)) => a,
            (TypeKind::List(_), TypeKind::Tuple(_)) => b,
            (TypeKind::List(x), TypeKind::List(y)) | (TypeKind::Map(x), TypeKind::Map(y)) => {
                let list = matches!(kind_a, TypeKind::List(_));
                let (x, y) = (*x, *y);
                let item = self.narrower(out, x, y, place, &item_name(hint));
                match item {
                    item if item == x => a,
                    item if item == y => b,
                    item if list => self.shape(out, TypeKind::List(item), place),
                    item => self.shape(out, TypeKind::Map(item), place),
                }
            }
            (TypeKind::Union(_), _) if self.has_variant(out.types, a, b) => b,
            (_, TypeKind::Union(_)) if self.has_variant(out.types, b, a) => a,
            _ => {
                let because = "it is all of several schemas, which is not combined";
                self.fallback(out, because, place)
            }
        };
        TypeUse { nullable, ..narrow }
    }

    /// The values that two enums share, in the order of the first.
    fn both_list(
        &mut self,
        out: &mut Out<'_>,
        a: TypeUse,
        b: TypeUse,
        place: &Place,
        hint: &str,
    ) -> TypeUse {
        let (first, second) = (out.types.get(a.id), out.types.get(b.id));
        let (TypeKind::Enum(x), TypeKind::Enum(y)) = (&first.kind, &second.kind) else { return a };
        let listed: HashSet<&str> = y.variants.iter().map(|v| v.wire.as_str()).collect();
        let shared = x.variants.iter().filter(|v| listed.contains(v.wire.as_str()));
        let variants: Vec<Variant> = shared.cloned().collect();
        if variants.is_empty() {
            let message = "no value is of both lists, of which each value must be";
            let finding = Diagnostic::warning(NO_VALUE, message)
                .at(&first.place, "this list is taken")
                .and(&second.place, "this one shares no value with it");
            out.push(finding);
            return a;
        }
        if variants.len() == x.variants.len() {
            return a;
        }
        if variants.len() == y.variants.len() {
            return b;
        }
        let doc = first.doc.clone().or_else(|| second.doc.clone());
        let notes = first.notes.clone();
        let ident = self.type_names.give(place, type_ident(hint));
        let ty = self.add(out, Some(ident), TypeKind::Enum(Enum { variants }), doc, place);
        out.types.get_mut(ty.id).notes = notes;
        ty
    }

    /// Whether a type is a variant of a union, or is narrower than a scalar variant.
    fn has_variant(&self, types: &Types, union: TypeUse, ty: TypeUse) -> bool {
        let TypeKind::Union(body) = &types.get(union.id).kind else { return false };
        let fits = |variant: TypeUse| {
            super::unify::same(types, variant.id, ty.id)
                || matches!(
                    (&types.get(variant.id).kind, &types.get(ty.id).kind),
                    (TypeKind::String(StringFormat::Plain), TypeKind::String(_))
                        | (TypeKind::String(_), TypeKind::Enum(_))
                        | (TypeKind::Number, TypeKind::Integer(_))
                )
        };
        body.variants.iter().any(|variant| fits(variant.ty))
            || self.awaits_variant(union, &types.get(ty.id).place)
    }
}

/// How much a width holds, about.
fn rank(width: Width) -> u8 {
    match width {
        Width::I32 => 0,
        Width::U32 => 1,
        Width::I64 => 2,
        Width::U64 => 3,
        Width::Any => 4,
    }
}

/// Whether a schema says something of the shape of its values, and not only words about them.
fn says_anything(document: &Document, node: &Node<'_>) -> bool {
    let keys = [
        "properties",
        "additionalProperties",
        "patternProperties",
        "allOf",
        "oneOf",
        "anyOf",
        "required",
    ];
    // A reference beside other keys was followed; what cannot be followed says nothing here.
    says_shape(node)
        || keys.iter().any(|key| node.get(key).is_some())
        || (node.str("$ref").is_some() && document.resolve(node.clone()).is_err())
}
