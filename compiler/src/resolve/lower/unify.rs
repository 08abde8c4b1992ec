//! Several schemas that are the same record must agree.

use super::Out;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::types::DISAGREE;
use crate::ir::{TypeDef, TypeId, TypeKind, TypeUse, Types};
use crate::resolve::paths::describe;
use crate::source::Place;
use std::collections::HashSet;

/// A field that two unified schemas have; compared when all structs are whole.
#[derive(Debug)]
pub(super) struct Agreement {
    /// The struct that is made of the schemas.
    pub(super) owner: TypeId,
    /// The field's name on the wire; `None` for all other members.
    pub(super) wire: Option<String>,
    /// The field's path in a refinement.
    pub(super) field: String,
    /// Where the schema stands that the field has its type from.
    pub(super) first: Place,
    pub(super) second: (TypeUse, Place),
    /// Where the spec unifies them.
    pub(super) entry: Option<Place>,
}

impl Agreement {
    /// Gives the field a type that both schemas fit; reports it if there is none.
    pub(super) fn check(&self, out: &mut Out<'_>) {
        let (b, b_place) = &self.second;
        let Some(a) = self.slot(out.types).copied() else { return };
        if let Some(both) = merge(out.types, a, *b) {
            if let Some(slot) = self.slot(out.types) {
                *slot = both;
            }
            return;
        }
        let message = format!("the unified schemas disagree about `{}`", self.field);
        let mut finding = Diagnostic::error(DISAGREE, message);
        finding = match &self.entry {
            Some(entry) => finding.at(&entry.key(), ""),
            None => finding,
        };
        let (a, b) = (describe(out.types, a), describe(out.types, *b));
        out.push(
            finding
                .and(&self.first, format!("here it is {a}"))
                .and(b_place, format!("here it is {b}"))
                .help(format!("say which is right: `refine: {{{}: ..}}`", self.field)),
        );
    }

    /// The type of the field.
    fn slot<'t>(&self, types: &'t mut Types) -> Option<&'t mut TypeUse> {
        let TypeKind::Struct(owner) = &mut types.get_mut(self.owner).kind else { return None };
        match &self.wire {
            Some(wire) => owner.fields.iter_mut().find(|f| f.wire == *wire).map(|f| &mut f.ty),
            None => owner.rest.as_mut(),
        }
    }
}

/// A type that both fit: null is allowed where one allows it, and integers have the greater width. Structs are not
/// merged, as others may use them: they have to be the same.
fn merge(types: &mut Types, a: TypeUse, b: TypeUse) -> Option<TypeUse> {
    let nullable = a.nullable || b.nullable;
    let id = match (&types.get(a.id).kind, &types.get(b.id).kind) {
        _ if a.id == b.id => a.id,
        (TypeKind::Integer(x), TypeKind::Integer(y)) => match x.both(*y) {
            both if both == *x => a.id,
            both if both == *y => b.id,
            both => like(types, a.id, TypeKind::Integer(both)),
        },
        (TypeKind::List(x), TypeKind::List(y)) => {
            let (x, y) = (*x, *y);
            let item = merge(types, x, y)?;
            if item == x { a.id } else { like(types, a.id, TypeKind::List(item)) }
        }
        (TypeKind::Map(x), TypeKind::Map(y)) => {
            let (x, y) = (*x, *y);
            let value = merge(types, x, y)?;
            if value == x { a.id } else { like(types, a.id, TypeKind::Map(value)) }
        }
        _ => compare(types, a.id, b.id, true).then_some(a.id)?,
    };
    Some(TypeUse { id, nullable })
}

/// Adds a shape in place of another.
fn like(types: &mut Types, old: TypeId, kind: TypeKind) -> TypeId {
    let def = TypeDef { kind, ..types.get(old).clone() };
    types.add(def)
}

/// Whether two types are the same apart from their names. Null and integer widths make no difference.
pub(super) fn same(types: &Types, a: TypeId, b: TypeId) -> bool {
    compare(types, a, b, false)
}

/// The same; if `exact`, null and integer widths make a difference.
fn compare(types: &Types, a: TypeId, b: TypeId, exact: bool) -> bool {
    let uses = |a: TypeUse, b: TypeUse| !exact || a.nullable == b.nullable;
    let mut seen: HashSet<(TypeId, TypeId)> = HashSet::new();
    let mut stack = vec![(a, b)];
    while let Some((a, b)) = stack.pop() {
        if a == b || !seen.insert((a, b)) {
            continue;
        }
        match (&types.get(a).kind, &types.get(b).kind) {
            (TypeKind::Boolean, TypeKind::Boolean)
            | (TypeKind::Number, TypeKind::Number)
            | (TypeKind::Any { .. }, TypeKind::Any { .. }) => {}
            (TypeKind::Integer(a), TypeKind::Integer(b)) => {
                if exact && a != b {
                    return false;
                }
            }
            (TypeKind::String(a), TypeKind::String(b)) => {
                if a != b && !(a.is_text() && b.is_text()) {
                    return false;
                }
            }
            (TypeKind::InString(a), TypeKind::InString(b)) => stack.push((*a, *b)),
            (TypeKind::List(a), TypeKind::List(b)) | (TypeKind::Map(a), TypeKind::Map(b)) => {
                if !uses(*a, *b) {
                    return false;
                }
                stack.push((a.id, b.id));
            }
            (TypeKind::Tuple(a), TypeKind::Tuple(b)) => {
                let fits = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| uses(*a, *b));
                if !fits {
                    return false;
                }
                stack.extend(a.iter().zip(b).map(|(a, b)| (a.id, b.id)));
            }
            (TypeKind::Enum(a), TypeKind::Enum(b)) => {
                if a.variants != b.variants {
                    return false;
                }
            }
            (TypeKind::Struct(a), TypeKind::Struct(b)) => {
                if a.fields.len() != b.fields.len() || a.rest.is_some() != b.rest.is_some() {
                    return false;
                }
                for field in &a.fields {
                    let Some(other) = b.field(&field.wire) else { return false };
                    if field.required != other.required || !uses(field.ty, other.ty) {
                        return false;
                    }
                    stack.push((field.ty.id, other.ty.id));
                }
                let rests = a.rest.zip(b.rest);
                if rests.is_some_and(|(a, b)| !uses(a, b)) {
                    return false;
                }
                stack.extend(rests.map(|(a, b)| (a.id, b.id)));
            }
            _ => return false,
        }
    }
    true
}
