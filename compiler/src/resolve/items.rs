//! Outputs whose items the spec types: copies of the structs on the way to the items.

use super::Context;
use super::names::Scope;
use crate::ir::{Operation, Output, TypeDef, TypeId, TypeKind, TypeUse};
use crate::source::Place;
use indexmap::IndexMap;

/// Gives an operation an output of its own, in which the array at `wire` holds `item`.
///
/// What the path was walked through before, so whatever does not fit leaves the type as it is.
pub(super) fn replace(
    context: &mut Context<'_>,
    operation: &mut Operation,
    wire: &[String],
    item: TypeUse,
) {
    let Output::Json { ty, .. } = &mut operation.output else { return };
    let mut names = taken(context);
    let base = format!("{}Page", operation.ident);
    *ty = replaced(context, &mut names, &base, *ty, wire, item);
}

/// The names of the integration's types.
fn taken(context: &Context<'_>) -> Scope {
    let mine = context.types.iter().filter(|(_, def)| def.integration == context.id);
    let names: Vec<&str> = mine.filter_map(|(_, def)| def.name.as_deref()).collect();
    Scope::new(&names)
}

fn replaced(
    context: &mut Context<'_>,
    names: &mut Scope,
    base: &str,
    at: TypeUse,
    wire: &[String],
    item: TypeUse,
) -> TypeUse {
    let def = context.types.get(at.id).clone();
    let kind = match (def.kind.clone(), wire.split_first()) {
        (TypeKind::List(_), None) => TypeKind::List(item),
        (TypeKind::Struct(mut structure), Some((name, rest))) => {
            let Some(index) = structure.fields.iter().position(|f| f.wire == *name) else {
                return at;
            };
            let below = format!("{base}{}", super::names::upper_camel_case(name));
            let ty = structure.fields[index].ty;
            structure.fields[index].ty = replaced(context, names, &below, ty, rest, item);
            TypeKind::Struct(structure)
        }
        (TypeKind::List(inner), Some((_, rest))) => {
            TypeKind::List(replaced(context, names, base, inner, rest, item))
        }
        (TypeKind::Map(inner), Some((_, rest))) => {
            TypeKind::Map(replaced(context, names, base, inner, rest, item))
        }
        _ => return at,
    };
    let name = matches!(kind, TypeKind::Struct(_)).then(|| names.unique(base.to_owned()));
    let new = TypeDef { name, kind, sent: false, received: true, same_as: None, ..def };
    TypeUse { id: context.types.add(new), nullable: at.nullable }
}

/// The type that the spec gives the items of an operation, if it is known.
pub(super) fn given(
    context: &mut Context<'_>,
    named: &IndexMap<String, TypeId>,
    name: &str,
    place: &Place,
) -> Option<TypeId> {
    let declared = &context.spec.syntax.types;
    if !declared.contains_key(name) {
        context.undeclared("types", name, place, declared.keys());
    }
    named.get(name).copied()
}
