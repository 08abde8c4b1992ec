//! `oneOf`, `anyOf`, several types, and base schemas with a discriminator: one of several types.
//!
//! First the choices of a schema are laid side by side as [`Arm`]s, without a look at what their types become: what
//! comes down to one type (text and an enum, an integer and a number, something and null) becomes that type. What is
//! left is a union. Its variants are lowered from a queue, as the fields of structs are.

mod ambiguity;
mod arms;
mod base;
mod crossed;
mod facts;
mod idents;
mod sizes;
mod tags;

use super::refine::Tree;
use super::schema::Context;
use super::{Direction, Lowering, Out};
use crate::ir::{
    Enum, SchemaKey, StringFormat, TypeKind, TypeUse, Union, UnionVariant, Variant, Width,
};
use crate::openapi::{Node, Schema, SchemaType};
use crate::resolve::names::{Scope, type_ident, variant_idents};
use crate::source::Place;
use arms::{Arm, Class};
use serde_json::Value;
use std::collections::HashSet;

pub(super) use arms::is_null;
pub(super) use base::{Children, is_base};
pub(super) use sizes::box_large;

/// What the choices of a schema are.
#[derive(Debug)]
struct Choices<'a> {
    arms: Vec<Arm<'a>>,
    nullable: bool,
    /// The discriminator, and what it says.
    tag: Option<tags::Discriminator>,
    /// An object whose members are those of all choices, and where its choices stand.
    base: Option<(Node<'a>, Vec<Place>)>,
}

/// A union whose variants are to be lowered.
#[derive(Debug)]
pub(super) struct UnionJob<'a> {
    ty: TypeUse,
    document: usize,
    direction: Direction,
    node: Node<'a>,
    choices: Choices<'a>,
}

impl<'a> Lowering<'a> {
    /// What a schema with choices is; nothing if it has none, or none that make a difference to its type.
    pub(super) fn lower_choices(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        schema: &Schema,
        hint: &str,
    ) -> Option<TypeUse> {
        let mut choices = self.choices(cx.document, node, schema)?;
        let nullable = choices.nullable;
        self.merge_numbers(&mut choices.arms);
        let texts = choices.arms.iter().filter(|arm| arm.class == Class::Text).count();
        if texts == choices.arms.len() && texts > 1 {
            let ty = self.lower_texts(out, cx, &choices.arms, node, hint);
            return Some(TypeUse { nullable: ty.nullable || nullable, ..ty });
        }
        let mut open = false;
        if choices.arms.iter().any(|arm| arm.class != Class::Untyped) {
            open = choices.arms.iter().any(Arm::is_anything);
            choices.arms.retain(|arm| arm.class != Class::Untyped);
        }
        match choices.arms.as_slice() {
            [] => return None,
            [only] if only.class == Class::Untyped => {
                let any = self.any(out, "the document gives no type", &node.place);
                return Some(any);
            }
            // An object of anything, or anything else: there is nothing to tell apart.
            [only] if open && only.is_any_object() => {
                let any = self.any(out, "the document allows anything", &node.place);
                return Some(TypeUse { nullable, ..any });
            }
            [only] if choices.base.is_none() && !open => {
                let only = only.clone();
                let ty = self.lower_arm(out, cx, &only, hint);
                return Some(TypeUse { nullable: ty.nullable || nullable, ..ty });
            }
            _ => {}
        }
        if let Some(ty) = self.lower_merged(out, cx, node, &choices, hint) {
            return Some(TypeUse { nullable, ..ty });
        }
        let ty = self.queue_union(out, cx, node, choices, hint);
        Some(TypeUse { nullable, ..ty })
    }

    /// A value that is all of several schemas, of which some leave a choice of members: one of all combinations.
    pub(super) fn lower_choices_of_all(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        parts: &[Node<'a>],
        hint: &str,
    ) -> Option<TypeUse> {
        let choices = self.choices_of_all(cx.document, parts)?;
        let nullable = choices.nullable;
        let ty = self.queue_union(out, cx, parts.last()?, choices, hint);
        Some(TypeUse { nullable, ..ty })
    }

    /// A union whose variants are lowered later.
    fn queue_union(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        choices: Choices<'a>,
        hint: &str,
    ) -> TypeUse {
        let ident = self.type_names.give(&node.place, type_ident(hint));
        let doc = node.str("description").or_else(|| node.str("title")).map(str::to_owned);
        let ty = self.add(out, Some(ident), TypeKind::Union(Union::default()), doc, &node.place);
        let scalar = choices.arms.iter().all(|arm| arm.class.is_scalar());
        let job = UnionJob {
            ty,
            document: cx.document,
            direction: cx.direction,
            node: node.clone(),
            choices,
        };
        // Whether a union is made of scalars alone is asked for at once, of parameters.
        match scalar {
            true => self.lower_union(out, job),
            false => self.unions.push_back(job),
        }
        ty
    }

    /// Lowers the variants of a union.
    pub(super) fn lower_union(&mut self, out: &mut Out<'_>, job: UnionJob<'a>) {
        let UnionJob { ty, document, direction, node, choices } = job;
        let cx = Context { document, direction, refinement: None };
        let name = out.types.get(ty.id).name.clone().unwrap_or_default();
        let Choices { mut arms, tag, base, .. } = choices;
        let facts = self.facts_of(document, &arms, base.as_ref());
        let tag = tags::apply(out, &self.documents[document], tag, &mut arms, &facts);
        let (mut arms, facts) = tags::split(arms, facts, tag.as_deref());
        let names = idents::of(&arms, &facts);
        let mut idents = Scope::new(&["Other"]);
        let mut variants: Vec<UnionVariant> = Vec::new();
        let texts: Vec<Arm<'a>> =
            arms.iter().filter(|arm| arm.class == Class::Text).cloned().collect();
        let mut texts_done = false;
        for ((arm, fact), base_name) in arms.iter_mut().zip(facts).zip(names) {
            if arm.class == Class::Text && std::mem::replace(&mut texts_done, true) {
                continue;
            }
            let arm_hint = format!("{name}{base_name}");
            let lowered = match (&base, arm.class) {
                (_, Class::Text) => self.lower_texts(out, &cx, &texts, &node, &arm_hint),
                (Some((base, made)), Class::Object) if !arm.is_whole => {
                    self.lower_extended(out, &cx, base, made, arm, &arm_hint)
                }
                (None, _) if arm.is_base => self.lower_base(out, &cx, &arm.node, &name),
                _ => self.lower_arm(out, &cx, arm, &arm_hint),
            };
            if matches!(out.types.get(lowered.id).kind, TypeKind::Any { .. }) || lowered.id == ty.id
            {
                continue; // What is of any type is what is of none of the others.
            }
            let adds_tag = fact.adds_tag(tag.as_deref()) && !arm.tags.is_empty();
            let same = |v: &&mut UnionVariant| v.ty.id == lowered.id && v.adds_tag == adds_tag;
            if let Some(known) = variants.iter_mut().find(same).filter(|_| !adds_tag) {
                known.tags.append(&mut arm.tags);
                continue;
            }
            variants.push(UnionVariant {
                ident: idents.unique(base_name),
                ty: TypeUse { nullable: false, ..lowered },
                boxed: false,
                tags: std::mem::take(&mut arm.tags),
                adds_tag,
                constants: fact.told(tag.as_deref()),
                closed: fact.closed,
                doc: None,
                place: arm.node.place.clone(),
            });
        }
        let def = out.types.get_mut(ty.id);
        def.kind = match variants.is_empty() {
            true => TypeKind::fallback("it is one of several schemas without types"),
            false => {
                let joint = node.get("anyOf").is_some() && node.get("oneOf").is_none();
                TypeKind::Union(Union { variants, joint: joint && tag.is_none(), tag })
            }
        };
    }

    /// Whether the schema at a place is a choice of a union whose variants are still to be lowered.
    pub(super) fn awaits_variant(&self, union: TypeUse, place: &Place) -> bool {
        let job = self.unions.iter().find(|job| job.ty.id == union.id);
        job.is_some_and(|job| {
            // Beside a base, a choice is not the whole of its variant.
            let whole = job.choices.base.is_none();
            whole && job.choices.arms.iter().any(|arm| arm.places.contains(place))
        })
    }

    /// An arm as a type of its own.
    fn lower_arm(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        arm: &Arm<'a>,
        hint: &str,
    ) -> TypeUse {
        if arm.class == Class::AnyNumber {
            return self.shape(out, TypeKind::Integer(Width::Any), &arm.node.place);
        }
        let Some(kind) = arm.kind else {
            return self.lower(out, cx, arm.origin.clone(), hint, &Tree::default());
        };
        // One of several types of one schema. The schema's place stands for all of them.
        let keys = [None, Some(Direction::Requests), Some(Direction::Responses)]
            .map(|direction| SchemaKey::new(&arm.node.place, direction));
        let before = keys.clone().map(|key| self.known.get(&key).copied());
        let ty = self.lower_kind(out, cx, &arm.node, kind, hint);
        for (key, before) in keys.into_iter().zip(before) {
            match before {
                Some(before) => self.known.insert(key, before),
                None => self.known.remove(&key),
            };
        }
        ty
    }

    /// Several kinds of text are one: an enum of all values, or text of the format that all have.
    fn lower_texts(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        arms: &[Arm<'a>],
        node: &Node<'a>,
        hint: &str,
    ) -> TypeUse {
        let read = |arm: &Arm<'a>| Schema::read(&arm.node).unwrap_or_default();
        let schemas: Vec<Schema> = arms.iter().map(read).collect();
        // "Or the empty text" is no value of its own.
        let is_listed = |schema: &Schema| {
            schema
                .shape
                .enumeration
                .iter()
                .any(|value| value.as_str().is_some_and(|v| !v.is_empty()))
        };
        let listed: Vec<usize> = (0..arms.len()).filter(|at| is_listed(&schemas[*at])).collect();
        match listed.as_slice() {
            [] if schemas.iter().any(|schema| !schema.shape.enumeration.is_empty()) => {
                self.shape(out, TypeKind::String(StringFormat::Plain), &node.place)
            }
            [] => {
                let same =
                    schemas.windows(2).all(|pair| pair[0].shape.format == pair[1].shape.format);
                match same {
                    true => self.lower_arm(out, cx, &arms[0], hint),
                    false => self.shape(out, TypeKind::String(StringFormat::Plain), &node.place),
                }
            }
            [only] => self.lower_arm(out, cx, &arms[*only], hint),
            _ => {
                let mut seen: HashSet<&str> = HashSet::new();
                let mut values: Vec<(&str, Option<&str>)> = Vec::new();
                for (schema, arm) in schemas.iter().zip(arms) {
                    let listed = &schema.shape.enumeration;
                    // What is said of a choice of one value is said of that value.
                    let doc = arm.node.str("description").or_else(|| arm.node.str("title"));
                    let doc = doc.filter(|_| listed.len() == 1);
                    let fresh = listed.iter().filter_map(Value::as_str).filter(|v| seen.insert(v));
                    values.extend(fresh.map(|value| (value, doc)));
                }
                let wires: Vec<&str> = values.iter().map(|(wire, _)| *wire).collect();
                let variants = variant_idents(&wires).into_iter().zip(&values);
                let variants = variants.map(|(ident, (wire, doc))| Variant {
                    wire: (*wire).to_owned(),
                    ident,
                    doc: doc.map(str::to_owned),
                });
                let variants = variants.collect();
                let ident = self.type_names.give(&node.place, type_ident(hint));
                let doc = node.str("description").map(str::to_owned);
                self.add(out, Some(ident), TypeKind::Enum(Enum { variants }), doc, &node.place)
            }
        }
    }

    /// Whole numbers beside numbers are numbers of any kind, so that none is rounded; of several widths the first that
    /// is not the narrow one.
    fn merge_numbers(&self, arms: &mut Vec<Arm<'a>>) {
        let has = |class| arms.iter().position(|arm: &Arm<'a>| arm.class == class);
        let wide =
            |arm: &Arm<'a>| arm.class == Class::Integer && arm.node.str("format") != Some("int32");
        let keep = has(Class::Number)
            .or_else(|| arms.iter().position(wide))
            .or_else(|| has(Class::Integer));
        let flag = has(Class::Boolean);
        if has(Class::Integer).is_some()
            && let Some(number) = keep.filter(|at| arms[*at].class == Class::Number)
        {
            arms[number].class = Class::AnyNumber;
        }
        let mut index = 0;
        arms.retain(|arm| {
            let here = index;
            index += 1;
            match arm.class {
                Class::Number | Class::Integer | Class::AnyNumber => keep == Some(here),
                Class::Boolean => flag == Some(here),
                _ => true,
            }
        });
    }
}

/// The type of JSON that a listed value has.
fn type_of(value: &Value) -> Option<SchemaType> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(SchemaType::Boolean),
        Value::Number(n) if n.is_f64() => Some(SchemaType::Number),
        Value::Number(_) => Some(SchemaType::Integer),
        Value::String(_) => Some(SchemaType::String),
        Value::Array(_) => Some(SchemaType::Array),
        Value::Object(_) => Some(SchemaType::Object),
    }
}
