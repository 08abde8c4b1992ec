//! Structs that contain themselves: which fields must be boxed.

use crate::ir::{TypeId, TypeKind, Types};

/// Boxes the fields through which structs from `start` on contain themselves by value. What was added before is
/// whole and never leads to what was added later.
pub(super) fn box_fields(types: &mut Types, start: usize) {
    let components = components(types, start);
    for (id, component) in components.iter().enumerate().map(|(i, c)| (TypeId(start + i), *c)) {
        let TypeKind::Struct(s) = &types.get(id).kind else { continue };
        let boxed: Vec<bool> = s
            .fields
            .iter()
            .map(|field| {
                let to = field.ty.id;
                to.0 >= start
                    && types.as_struct(to).is_some()
                    && components[to.0 - start] == component
            })
            .collect();
        if let TypeKind::Struct(s) = &mut types.get_mut(id).kind {
            for (field, boxed) in s.fields.iter_mut().zip(boxed) {
                field.boxed = boxed;
            }
        }
    }
}

/// The strongly connected component of each type from `start` on (Tarjan's algorithm, without recursion).
fn components(types: &Types, start: usize) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let len = types.iter().len() - start;
    let edges = |node: usize| -> Vec<usize> {
        let Some(s) = types.as_struct(TypeId(start + node)) else { return Vec::new() };
        let by_value = s.fields.iter().map(|f| f.ty.id);
        by_value
            .filter(|id| id.0 >= start && types.as_struct(*id).is_some())
            .map(|id| id.0 - start)
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
