//! What several operations share is one change of all of them: a parameter, an answer or a body that they refer to.

use super::change::{Change, Effect, Operations};
use crate::openapi::FoundOperation;
use crate::source::Place;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What makes two changes the same one.
#[derive(PartialEq, Eq, Hash)]
struct Same {
    kind: &'static str,
    effect: Effect,
    subject: String,
    message: String,
    old: Option<Place>,
    new: Option<Place>,
}

/// Tells changes of one part of the document where it is met first. `found` are those of each operation; a part that
/// stands in an operation itself is only its own.
pub(super) fn merge(found: &mut [Vec<Change>], old: &[FoundOperation], new: &[FoundOperation]) {
    let own: HashSet<&Place> = old.iter().chain(new).map(|operation| &operation.place).collect();
    let part = |place: &Option<Place>| place.clone().filter(|place| !own.contains(place));
    let mut first: HashMap<Same, (usize, usize)> = HashMap::new();
    let mut others: HashMap<(usize, usize), Vec<Arc<str>>> = HashMap::new();
    for (group, changes) in found.iter_mut().enumerate() {
        let mut kept: Vec<Change> = Vec::with_capacity(changes.len());
        for change in changes.drain(..) {
            let (old, new) = (part(&change.old), part(&change.new));
            if old.is_none() && new.is_none() {
                kept.push(change);
                continue;
            }
            let Change { kind, effect, .. } = change;
            let (subject, message) = (change.subject.clone(), change.message.clone());
            let same = Same { kind, effect, subject, message, old, new };
            match first.get(&same) {
                Some(at) => {
                    others.entry(*at).or_default().extend(change.operations.iter().cloned())
                }
                None => {
                    first.insert(same, (group, kept.len()));
                    kept.push(change);
                }
            }
        }
        *changes = kept;
    }
    for ((group, number), more) in others {
        if let Some(change) = found.get_mut(group).and_then(|changes| changes.get_mut(number)) {
            let mut met: HashSet<Arc<str>> = HashSet::new();
            let all = change.operations.iter().cloned().chain(more);
            change.operations = all.filter(|call| met.insert(call.clone())).collect::<Operations>();
        }
    }
}
