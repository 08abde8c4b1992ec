//! Several schemas that are the same record must agree.

use super::Out;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::types::DISAGREE;
use crate::ir::{StringFormat, TypeId, TypeKind, TypeUse, Types};
use crate::resolve::paths::describe;
use crate::source::Place;
use std::collections::HashSet;

/// A field that two unified schemas have; compared when all structs are whole.
#[derive(Debug)]
pub(super) struct Agreement {
    pub(super) field: String,
    pub(super) first: (TypeUse, Place),
    pub(super) second: (TypeUse, Place),
    /// Where the spec unifies them.
    pub(super) entry: Option<Place>,
}

impl Agreement {
    pub(super) fn check(&self, out: &mut Out<'_>) {
        let ((a, a_place), (b, b_place)) = (&self.first, &self.second);
        if same(out.types, a.id, b.id) {
            return;
        }
        let message = format!("the unified schemas disagree about `{}`", self.field);
        let mut finding = Diagnostic::error(DISAGREE, message);
        finding = match &self.entry {
            Some(entry) => finding.at(&entry.key(), ""),
            None => finding,
        };
        let (a, b) = (describe(out.types, *a), describe(out.types, *b));
        out.push(
            finding
                .and(a_place, format!("here it is {a}"))
                .and(b_place, format!("here it is {b}"))
                .help(format!("say which is right: `refine: {{{}: ..}}`", self.field)),
        );
    }
}

/// Whether two types are the same apart from their names. Null and integer widths make no difference.
pub(super) fn same(types: &Types, a: TypeId, b: TypeId) -> bool {
    let mut seen: HashSet<(TypeId, TypeId)> = HashSet::new();
    let mut stack = vec![(a, b)];
    while let Some((a, b)) = stack.pop() {
        if a == b || !seen.insert((a, b)) {
            continue;
        }
        match (&types.get(a).kind, &types.get(b).kind) {
            (TypeKind::Boolean, TypeKind::Boolean)
            | (TypeKind::Integer { .. }, TypeKind::Integer { .. })
            | (TypeKind::Number, TypeKind::Number)
            | (TypeKind::Any { .. }, TypeKind::Any { .. }) => {}
            (TypeKind::String(a), TypeKind::String(b)) => {
                let text =
                    |f: &StringFormat| matches!(f, StringFormat::Plain | StringFormat::Base64);
                if a != b && !(text(a) && text(b)) {
                    return false;
                }
            }
            (TypeKind::InString(a), TypeKind::InString(b)) => stack.push((*a, *b)),
            (TypeKind::List(a), TypeKind::List(b)) | (TypeKind::Map(a), TypeKind::Map(b)) => {
                stack.push((a.id, b.id));
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
                    if field.required != other.required {
                        return false;
                    }
                    stack.push((field.ty.id, other.ty.id));
                }
                stack.extend(a.rest.zip(b.rest).map(|(a, b)| (a.id, b.id)));
            }
            _ => return false,
        }
    }
    true
}
