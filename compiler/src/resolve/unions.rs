//! One type for several schemas of the same thing.

use crate::ir::{Field, IntegrationId, Struct, TypeId, TypeKind, TypeUse, Types};
use crate::source::Place;

/// One type that every given type fits: a struct with the fields of all, a list of such, or JSON without a
/// type where shapes differ. The result is not emitted; it types expressions.
pub(super) fn union(
    types: &mut Types,
    integration: IntegrationId,
    all: &[TypeUse],
    place: &Place,
) -> Option<TypeUse> {
    within(types, integration, all, place, DEPTH)
}

/// Members of members, and so on, are one as deep as this.
const DEPTH: usize = 8;

fn within(
    types: &mut Types,
    integration: IntegrationId,
    all: &[TypeUse],
    place: &Place,
    depth: usize,
) -> Option<TypeUse> {
    let (first, rest) = all.split_first()?;
    if rest.is_empty() {
        return Some(*first);
    }
    let add = |types: &mut Types, kind| types.shape(integration, kind, place);
    let items: Option<Vec<TypeUse>> = all
        .iter()
        .map(|ty| match types.get(ty.id).kind {
            TypeKind::List(item) => Some(item),
            _ => None,
        })
        .collect();
    if let Some(mut items) = items {
        items.dedup();
        let item = within(types, integration, &items, place, depth)?;
        return Some(add(types, TypeKind::List(item)));
    }
    let structs: Option<Vec<Struct>> =
        all.iter().map(|ty| types.as_struct(ty.id).cloned()).collect();
    let Some(structs) = structs else {
        let because = "error bodies of different shapes".to_owned();
        return Some(add(types, TypeKind::any(because)));
    };
    let mut fields: Vec<Field> = Vec::new();
    for field in structs.iter().flat_map(|s| &s.fields) {
        match fields.iter_mut().find(|f| f.wire == field.wire) {
            Some(known) => {
                known.required &= field.required;
                known.ty.nullable |= field.ty.nullable;
                if same(types, known.ty.id, field.ty.id, DEPTH) {
                    continue;
                }
                let structs = [known.ty, field.ty];
                if depth > 0 && structs.iter().all(|ty| types.as_struct(ty.id).is_some()) {
                    let both = within(types, integration, &structs, place, depth - 1);
                    known.ty.id = both.map_or(known.ty.id, |ty| ty.id);
                } else {
                    let because = format!("`{}` differs between error bodies", field.wire);
                    known.ty.id = add(types, TypeKind::any(because)).id;
                }
            }
            None => fields.push(field.clone()),
        }
    }
    for field in &mut fields {
        field.required &= structs.iter().all(|s| s.field(&field.wire).is_some());
    }
    Some(add(types, TypeKind::Struct(Struct { fields, ..Struct::default() })))
}

/// Whether two types mean the same on the wire.
fn same(types: &Types, a: TypeId, b: TypeId, depth: usize) -> bool {
    if a == b {
        return true;
    }
    if depth == 0 {
        return false;
    }
    let uses =
        |a: TypeUse, b: TypeUse| a.nullable == b.nullable && same(types, a.id, b.id, depth - 1);
    match (&types.get(a).kind, &types.get(b).kind) {
        (TypeKind::Boolean, TypeKind::Boolean)
        | (TypeKind::Number, TypeKind::Number)
        | (TypeKind::Integer { .. }, TypeKind::Integer { .. })
        | (TypeKind::Any { .. }, TypeKind::Any { .. })
        | (TypeKind::Enum(_), TypeKind::Enum(_)) => true,
        (TypeKind::String(a), TypeKind::String(b)) => a == b,
        (TypeKind::InString(a), TypeKind::InString(b)) => same(types, *a, *b, depth - 1),
        (TypeKind::List(a), TypeKind::List(b)) | (TypeKind::Map(a), TypeKind::Map(b)) => {
            uses(*a, *b)
        }
        (TypeKind::Tuple(a), TypeKind::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| uses(*a, *b))
        }
        (TypeKind::Struct(a), TypeKind::Struct(b)) => {
            a.fields.len() == b.fields.len()
                && a.fields.iter().all(|field| {
                    b.field(&field.wire).is_some_and(|other| {
                        field.required == other.required && uses(field.ty, other.ty)
                    })
                })
        }
        _ => false,
    }
}
