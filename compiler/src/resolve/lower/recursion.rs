//! Types that contain themselves: which fields and variants must be boxed.

use crate::ir::{TypeId, TypeKind, Types};

/// Boxes the fields of structs and the variants of unions from `start` on through which these contain themselves by
/// value. What was added before is whole and never leads to what was added later.
pub(super) fn box_fields(types: &mut Types, start: usize) {
    let components = components(types, start);
    for (id, component) in components.iter().enumerate().map(|(i, c)| (TypeId::of(start + i), *c)) {
        let boxed: Vec<bool> = by_value(types, id)
            .into_iter()
            .map(|to| {
                to.index() >= start
                    && is_whole(types, to)
                    && components[to.index() - start] == component
            })
            .collect();
        match &mut types.get_mut(id).kind {
            TypeKind::Struct(s) => {
                s.fields.iter_mut().zip(boxed).for_each(|(field, boxed)| field.boxed = boxed);
            }
            TypeKind::Union(u) => {
                u.variants
                    .iter_mut()
                    .zip(boxed)
                    .for_each(|(variant, boxed)| variant.boxed |= boxed);
            }
            _ => {}
        }
    }
}

/// What a struct or a union holds by value, in the order of its fields or variants.
fn by_value(types: &Types, id: TypeId) -> Vec<TypeId> {
    match &types.get(id).kind {
        TypeKind::Struct(s) => s.fields.iter().map(|f| f.ty.id).collect(),
        TypeKind::Union(u) => u.variants.iter().map(|v| v.ty.id).collect(),
        TypeKind::Tuple(items) => items.iter().map(|item| item.id).collect(),
        _ => Vec::new(),
    }
}

/// Whether a type holds others by value.
fn is_whole(types: &Types, id: TypeId) -> bool {
    matches!(types.get(id).kind, TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Tuple(_))
}

/// The strongly connected component of each type from `start` on (Tarjan's algorithm, without recursion).
fn components(types: &Types, start: usize) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let len = types.len() - start;
    let edges = |node: usize| -> Vec<usize> {
        by_value(types, TypeId::of(start + node))
            .into_iter()
            .filter(|id| id.index() >= start && is_whole(types, *id))
            .map(|id| id.index() - start)
            .collect()
    };
    let (mut index, mut low) = (vec![NONE; len], vec![0; len]);
    let mut component = vec![NONE; len];
    let (mut stack, mut next) = (Vec::new(), 0);
    for root in 0..len {
        if index[root] != NONE {
            continue;
        }
        let mut work: Vec<(usize, Vec<usize>)> = vec![(root, edges(root))];
        (index[root], low[root]) = (next, next);
        next += 1;
        stack.push(root);
        while let Some((node, rest)) = work.last_mut() {
            let node = *node;
            if let Some(to) = rest.pop() {
                if index[to] == NONE {
                    (index[to], low[to]) = (next, next);
                    next += 1;
                    stack.push(to);
                    work.push((to, edges(to)));
                } else if component[to] == NONE {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            work.pop();
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == index[node] {
                while let Some(member) = stack.pop() {
                    component[member] = node;
                    if member == node {
                        break;
                    }
                }
            }
        }
    }
    component
}
