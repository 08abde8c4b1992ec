//! Choices that nothing tells apart.

use super::super::{Lowering, Out};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::types::AMBIGUOUS;
use crate::ir::{TypeId, TypeKind, Types, Union, UnionVariant};

impl Lowering<'_> {
    /// Warns of received unions two of whose variants no value tells apart.
    pub(in super::super) fn warn_of_ambiguity(&self, out: &mut Out<'_>) {
        let mut found = Vec::new();
        for (_, def) in out.types.iter() {
            let TypeKind::Union(body) = &def.kind else { continue };
            if def.integration != self.integration || !def.received {
                continue;
            }
            let Some((a, b)) = ambiguous(out.types, body) else { continue };
            let name = def.name.as_deref().unwrap_or("a union");
            let message =
                format!("nothing tells `{}` and `{}` of `{name}` apart", a.ident, b.ident);
            found.push(
                Diagnostic::warning(AMBIGUOUS, message)
                    .at(&def.place, "one of several schemas")
                    .and(&a.place, "this one")
                    .and(&b.place, "and this one")
                    .help("a value becomes the one whose members it has most of, the first if both fit"),
            );
        }
        for diagnostic in found {
            out.push(diagnostic);
        }
    }
}

/// The first two variants that no value tells apart.
fn ambiguous<'u>(types: &Types, body: &'u Union) -> Option<(&'u UnionVariant, &'u UnionVariant)> {
    // Many variants without a tag are compared a while only.
    let few = body.variants.iter().take(64).enumerate();
    let mut pairs =
        few.flat_map(|(at, a)| body.variants.iter().take(64).skip(at + 1).map(move |b| (a, b)));
    pairs.find(|(a, b)| !told(types, a, b))
}

fn told(types: &Types, a: &UnionVariant, b: &UnionVariant) -> bool {
    let shared = a.tags.iter().any(|tag| b.tags.contains(tag));
    if !a.tags.is_empty() && !b.tags.is_empty() && !shared {
        return true;
    }
    let constant = a.constants.iter().any(|a| {
        let other = b.constants.iter().find(|b| b.wire == a.wire);
        other.is_some_and(|b| a.values.iter().all(|value| !b.values.contains(value)))
    });
    constant || apart(types, a.ty.id, b.ty.id, 4)
}

/// Whether no value is of both types: by JSON type, by members, by the types of shared members.
fn apart(types: &Types, a: TypeId, b: TypeId, depth: usize) -> bool {
    let (x, y) = (&types.get(a).kind, &types.get(b).kind);
    if depth == 0 {
        return false;
    }
    match (x, y) {
        (TypeKind::Any { .. } | TypeKind::Union(_), _)
        | (_, TypeKind::Any { .. } | TypeKind::Union(_)) => {
            // A union inside has a tag of its own, or was compared already.
            !matches!((x, y), (TypeKind::Any { .. }, _) | (_, TypeKind::Any { .. }))
        }
        (TypeKind::List(a), TypeKind::List(b)) => apart(types, a.id, b.id, depth - 1),
        (TypeKind::Struct(x), TypeKind::Struct(y)) => {
            let lacks = |of: &crate::ir::Struct, other: &crate::ir::Struct| {
                of.fields.iter().any(|f| f.required && other.field(&f.wire).is_none())
            };
            let differs = || {
                x.fields.iter().filter(|f| f.required && !f.ty.nullable).any(|f| {
                    let other = y.field(&f.wire).filter(|o| o.required && !o.ty.nullable);
                    other.is_some_and(|o| apart(types, f.ty.id, o.ty.id, depth - 1))
                })
            };
            lacks(x, y) || lacks(y, x) || differs()
        }
        (TypeKind::Struct(s), TypeKind::Map(_)) | (TypeKind::Map(_), TypeKind::Struct(s)) => {
            s.fields.iter().any(|f| f.required)
        }
        _ => word(x) != word(y),
    }
}

fn word(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Boolean => "boolean",
        TypeKind::Integer(_) => "integer",
        TypeKind::Number => "number",
        TypeKind::String(_) | TypeKind::Enum(_) | TypeKind::InString(_) => "text",
        TypeKind::List(_) | TypeKind::Tuple(_) => "list",
        TypeKind::Map(_) | TypeKind::Struct(_) => "object",
        TypeKind::Union(_) | TypeKind::Any { .. } => "anything",
    }
}
