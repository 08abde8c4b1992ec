//! How deep the compiler of emitted code has to look to know a type.
//!
//! Whether a type may go to another thread depends on all types that it contains: rustc follows them, a few steps for
//! each box, list and option, and gives up after 128 steps unless the crate says otherwise.

use crate::ir::{IntegrationId, TypeId, Types};
use std::collections::HashMap;

/// What rustc follows anyway.
const USUAL: usize = 128;
/// `T`, `Option`, `Box`, `Unique`, `NonNull`, `*const`: what a step from one named type to the next usually is.
const USUALLY: usize = 6;
/// What a step through a map of lists can be.
const AT_MOST: usize = 12;

/// The `recursion_limit` that the crate of an integration needs, if it is more than the usual.
pub(super) fn recursion_limit(types: &Types, integration: IntegrationId) -> Option<usize> {
    let travels = types
        .iter()
        .filter(|(_, def)| def.integration == integration && (def.sent || def.received));
    let parts: HashMap<TypeId, Vec<TypeId>> = travels
        .map(|(id, def)| (id, def.kind.parts().into_iter().map(|part| part.id).collect()))
        .collect();
    let named = |id: TypeId| usize::from(types.get(id).name.is_some());
    let chain = longest(&parts, named);
    (chain * USUALLY > USUAL).then(|| (chain * AT_MOST).next_power_of_two())
}

/// How many nodes that count stand on the longest way, or more: of what is in circles or leads into them, all count.
fn longest(parts: &HashMap<TypeId, Vec<TypeId>>, counts: impl Fn(TypeId) -> usize) -> usize {
    let mut wholes: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    let mut open: HashMap<TypeId, usize> = HashMap::new();
    for (&id, below) in parts {
        let below = below.iter().filter(|part| parts.contains_key(part));
        open.insert(id, below.clone().count());
        below.for_each(|&part| wholes.entry(part).or_default().push(id));
    }
    // From those that contain nothing upwards.
    let mut ready: Vec<TypeId> =
        open.iter().filter(|(_, parts)| **parts == 0).map(|(id, _)| *id).collect();
    let mut heights: HashMap<TypeId, usize> = HashMap::new();
    let mut highest = 0;
    while let Some(id) = ready.pop() {
        open.remove(&id);
        let height = heights.get(&id).copied().unwrap_or(0) + counts(id);
        highest = highest.max(height);
        for whole in wholes.get(&id).into_iter().flatten() {
            let below = heights.entry(*whole).or_insert(0);
            *below = height.max(*below);
            if let Some(left) = open.get_mut(whole) {
                *left -= 1;
                if *left == 0 {
                    ready.push(*whole);
                }
            }
        }
    }
    highest + open.keys().map(|id| counts(*id)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::longest;
    use crate::ir::TypeId;

    #[track_caller]
    fn check(edges: &[(usize, &[usize])], expect: usize) {
        let parts = edges.iter().map(|(id, below)| {
            (TypeId::of(*id), below.iter().map(|part| TypeId::of(*part)).collect())
        });
        // Odd ones have no names.
        assert_eq!(longest(&parts.collect(), |id| usize::from(id.index() % 2 == 0)), expect);
    }

    #[test]
    fn the_longest_way_counts() {
        check(&[], 0);
        check(&[(0, &[1, 4]), (1, &[2]), (2, &[4, 4]), (4, &[])], 3);
        check(&[(0, &[2]), (2, &[]), (4, &[6]), (6, &[])], 2);
    }

    #[test]
    fn all_that_is_in_circles_counts() {
        check(&[(0, &[2]), (2, &[4]), (4, &[2, 6]), (6, &[])], 4);
        check(&[(0, &[0])], 1);
    }
}
