//! How deep types are made of others: in lists by their ids, because there may be a hundred thousand of them.

use crate::ir::{TypeId, Types};
use std::collections::HashSet;

/// A number of some types.
pub(super) struct Numbers(Vec<u32>);

impl Numbers {
    const NONE: u32 = u32::MAX;

    fn none(types: &Types) -> Self {
        Numbers(vec![Self::NONE; types.len()])
    }

    pub(super) fn get(&self, id: TypeId) -> Option<u32> {
        self.0.get(id.index()).copied().filter(|number| *number != Self::NONE)
    }

    fn set(&mut self, id: TypeId, number: u32) {
        if let Some(known) = self.0.get_mut(id.index()) {
            *known = number;
        }
    }
}

/// What each of some types is a part of: the wholes of all parts in one list, and where those of each part begin.
struct Wholes {
    starts: Vec<u32>,
    list: Vec<TypeId>,
}

impl Wholes {
    fn of(types: &Types, these: &[TypeId], counts: impl Fn(TypeId) -> bool) -> Self {
        let parts = |id: &TypeId| types.get(*id).kind.parts().into_iter().map(|part| part.id);
        let mut starts = vec![0u32; types.len() + 1];
        for part in these.iter().flat_map(parts).filter(|part| counts(*part)) {
            starts[part.index()] += 1;
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut list = vec![TypeId::of(0); end as usize];
        // From the last to the first, so that each part's wholes come to stand in their order.
        for id in these.iter().rev() {
            let parts: Vec<TypeId> = parts(id).filter(|part| counts(*part)).collect();
            for part in parts.into_iter().rev() {
                let start = &mut starts[part.index()];
                *start -= 1;
                list[*start as usize] = *id;
            }
        }
        Wholes { starts, list }
    }

    fn of_part(&self, part: TypeId) -> &[TypeId] {
        let [start, end] = [part.index(), part.index() + 1].map(|at| self.starts[at] as usize);
        &self.list[start..end]
    }
}

/// How many steps it is from each of these types down to the last of its parts, and those that are in circles or made
/// of such: they count as if they had no parts.
pub(super) fn levels(types: &Types, these: Vec<TypeId>) -> (Numbers, HashSet<TypeId>) {
    let mut open = Numbers::none(types);
    these.iter().for_each(|id| open.set(*id, 0));
    let wholes = Wholes::of(types, &these, |part| open.get(part).is_some());
    for id in &these {
        let parts = types.get(*id).kind.parts();
        let count = parts.iter().filter(|part| open.get(part.id).is_some()).count();
        open.set(*id, u32::try_from(count).unwrap_or(Numbers::NONE - 1));
    }
    let mut levels = Numbers::none(types);
    let mut circles = HashSet::new();
    let mut ready: Vec<TypeId> =
        these.iter().copied().filter(|id| open.get(*id) == Some(0)).collect();
    let mut rest = these.iter();
    loop {
        let Some(id) = ready.pop() else {
            let left = |id: &&TypeId| levels.get(**id).is_none() && types.get(**id).is_declared();
            let Some(id) = rest.find(left) else { break };
            circles.insert(*id);
            ready.push(*id);
            continue;
        };
        let parts = types.get(id).kind.parts();
        let below = parts.iter().map(|part| levels.get(part.id).map_or(1, |level| level + 1));
        let level = if circles.contains(&id) { 0 } else { below.max().unwrap_or(0) };
        levels.set(id, level);
        for whole in wholes.of_part(id) {
            let left = open.get(*whole).unwrap_or_default();
            if left > 0 {
                open.set(*whole, left - 1);
                if left == 1 && !circles.contains(whole) {
                    ready.push(*whole);
                }
            }
        }
    }
    (levels, circles)
}
