//! Which operation of the new version is which of the old one.

use super::call;
use super::change::{Change, Draft, Effect};
use crate::openapi::{FoundOperation, unnamed};
use std::collections::{HashMap, HashSet, VecDeque};

/// The operations that both versions have.
pub(super) struct Pairs {
    /// For each operation of the new version that of the old one.
    old: Vec<Option<usize>>,
}

impl Pairs {
    /// The same method and path first. What is left may call the parameters of its path otherwise.
    pub(super) fn of(was: &[FoundOperation], is: &[FoundOperation]) -> Pairs {
        let mut old = vec![None; is.len()];
        let mut taken = HashSet::new();
        pair(&mut old, &mut taken, was, is, |found| found.path.clone());
        pair(&mut old, &mut taken, was, is, |found| unnamed(&found.path));
        Pairs { old }
    }

    /// What an operation of the new version was.
    pub(super) fn old_of(&self, new: usize) -> Option<usize> {
        self.old.get(new).copied().flatten()
    }

    /// Operations that are gone; where one of the same id is new, they moved.
    pub(super) fn removed(&self, was: &[FoundOperation], is: &[FoundOperation]) -> Vec<Change> {
        let kept: HashSet<usize> = self.old.iter().copied().flatten().collect();
        let added = is.iter().zip(&self.old).filter(|(_, old)| old.is_none());
        let fresh: HashMap<&str, &FoundOperation> =
            added.filter_map(|(found, _)| Some((found.id.as_deref()?, found))).collect();
        let gone = was.iter().enumerate().filter(|(number, _)| !kept.contains(number));
        gone.map(|(_, found)| {
            let moved = found.id.as_deref().and_then(|id| fresh.get(id));
            let message = match moved {
                Some(to) => format!("is gone; `{}` has its id", call(to)),
                None => "is gone".to_owned(),
            };
            let draft =
                Draft::new("operation_removed", Effect::Breaking, "", message).old(&found.place);
            let draft = match moved {
                Some(to) => draft.new_at(&to.place),
                None => draft,
            };
            draft.of([call(found).into()].into())
        })
        .collect()
    }
}

/// Pairs what has no other yet and the same key, in the order of the documents.
fn pair(
    old: &mut [Option<usize>],
    taken: &mut HashSet<usize>,
    was: &[FoundOperation],
    is: &[FoundOperation],
    key: impl Fn(&FoundOperation) -> String,
) {
    let mut free: HashMap<(&str, String), VecDeque<usize>> = HashMap::new();
    for (number, found) in was.iter().enumerate().filter(|(number, _)| !taken.contains(number)) {
        free.entry((&found.method, key(found))).or_default().push_back(number);
    }
    for (new, old) in is.iter().zip(old).filter(|(_, old)| old.is_none()) {
        let same = free.get_mut(&(new.method.as_str(), key(new)));
        *old = same.and_then(VecDeque::pop_front);
        taken.extend(*old);
    }
}
