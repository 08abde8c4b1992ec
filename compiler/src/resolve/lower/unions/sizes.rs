//! Variants that would make their union large are boxed.

use crate::ir::{StringFormat, TypeId, TypeKind, Types};

/// A variant may take this many bytes. `Other` takes 72; clippy complains of 200 more than that.
const MOST: usize = 200;
/// Structs within structs are looked into this deep; what is deeper counts as large.
const DEEPEST: usize = 24;

/// Boxes the large variants of the unions from `start` on.
pub(in super::super) fn box_large(types: &mut Types, start: usize) {
    let end = types.len();
    for id in (start..end).map(TypeId::of) {
        let TypeKind::Union(body) = &types.get(id).kind else { continue };
        let large: Vec<bool> =
            body.variants.iter().map(|v| size(types, v.ty.id, DEEPEST) > MOST).collect();
        if let TypeKind::Union(body) = &mut types.get_mut(id).kind {
            for (variant, large) in body.variants.iter_mut().zip(large) {
                variant.boxed |= large;
            }
        }
    }
}

/// About how many bytes a value takes; anything above [`MOST`] is large.
fn size(types: &Types, id: TypeId, depth: usize) -> usize {
    if depth == 0 {
        return MOST + 1;
    }
    match &types.get(id).kind {
        TypeKind::Boolean => 1,
        TypeKind::Integer(_) | TypeKind::Number => 8,
        TypeKind::String(StringFormat::Date | StringFormat::Time) => 16,
        TypeKind::InString(inner) => size(types, *inner, depth - 1),
        TypeKind::String(_) => 48,
        TypeKind::List(_) | TypeKind::Map(_) | TypeKind::Enum(_) => 24,
        TypeKind::Tuple(items) => {
            let one = |item: &crate::ir::TypeUse| size(types, item.id, depth - 1).min(MOST + 1) + 8;
            items.iter().map(one).sum()
        }
        TypeKind::Any { .. } => 72,
        TypeKind::Struct(body) => {
            let rest = if body.rest.is_some() || body.keeps_unknown { 24 } else { 0 };
            let mut sum = 1 + rest;
            for field in &body.fields {
                sum += match field.boxed {
                    true => 8,
                    false => {
                        size(types, field.ty.id, depth - 1)
                            + 8 * usize::from(field.may_be_missing())
                    }
                };
                if sum > MOST {
                    break;
                }
            }
            sum
        }
        TypeKind::Union(body) => {
            let one = |v: &crate::ir::UnionVariant| match v.boxed {
                true => 8,
                false => size(types, v.ty.id, depth - 1),
            };
            8 + body.variants.iter().map(one).max().unwrap_or(0).max(72)
        }
    }
}
