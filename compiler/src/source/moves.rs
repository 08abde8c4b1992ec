//! Where the parts of a rewritten document stood in the text.

use super::{FileId, Place};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// What one rewriting of a file moved: whole subtrees, each by its pointer after and before. What is not listed
/// stayed.
#[derive(Debug, Default)]
pub struct Moves {
    by_new: HashMap<Arc<str>, (FileId, Arc<str>)>,
    /// Made when a reference is the first to ask; most documents have none that do.
    by_old: OnceLock<HashMap<Arc<str>, Vec<Arc<str>>>>,
}

impl Moves {
    /// Records that what stands at `new` now stood at `old`.
    pub fn record(&mut self, new: impl Into<Arc<str>>, file: FileId, old: impl Into<Arc<str>>) {
        self.by_new.insert(new.into(), (file, old.into()));
    }

    /// Whether nothing moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_new.is_empty()
    }

    /// Where a place stood before.
    #[must_use]
    pub fn origin(&self, place: &Place) -> Place {
        let found = prefixes(&place.pointer).find_map(|at| {
            self.by_new.get(&place.pointer[..at]).map(|(file, old)| (at, *file, old))
        });
        match found {
            None => place.clone(),
            Some((at, file, old)) => {
                let pointer = Arc::from(format!("{old}{}", &place.pointer[at..]));
                Place { file, pointer, ..place.clone() }
            }
        }
    }

    /// Where what stood at a pointer of `file` may stand now, the likeliest first. Empty if it did not move.
    #[must_use]
    pub fn destinations(&self, file: FileId, pointer: &str) -> Vec<String> {
        let by_old = self.by_old.get_or_init(|| self.inverse(file));
        let found =
            prefixes(pointer).find_map(|at| by_old.get(&pointer[..at]).map(|news| (at, news)));
        let Some((at, news)) = found else { return Vec::new() };
        news.iter().map(|new| format!("{new}{}", &pointer[at..])).collect()
    }

    fn inverse(&self, of: FileId) -> HashMap<Arc<str>, Vec<Arc<str>>> {
        let mut by_old: HashMap<Arc<str>, Vec<Arc<str>>> = HashMap::new();
        for (new, (file, old)) in &self.by_new {
            if *file == of {
                by_old.entry(old.clone()).or_default().push(new.clone());
            }
        }
        for news in by_old.values_mut() {
            news.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        }
        by_old
    }
}

/// The ends of a pointer's prefixes, the longest first.
fn prefixes(pointer: &str) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(pointer.len()).chain(pointer.rmatch_indices('/').map(|(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_that_moved_decides() {
        let mut moves = Moves::default();
        let (file, other) = (FileId(0), FileId(1));
        moves.record("/components/schemas", file, "/definitions");
        moves.record("/a/0", file, "/a/1");
        moves.record("/a/0/schema", file, "/a/1");
        moves.record("/components/schemas/X", other, "/update");
        let origin = |pointer: &str| {
            let origin = moves.origin(&Place { pointer: pointer.into(), ..Place::root(file) });
            format!("{origin:?}")
        };
        assert_eq!(origin("/components/schemas/A/type"), "#0/definitions/A/type");
        assert_eq!(origin("/components/schemas/X/type"), "#1/update/type");
        assert_eq!(origin("/components/schemasX"), "#0/components/schemasX");
        assert_eq!(origin("/a/0/schema/items"), "#0/a/1/items");
        assert_eq!(origin(""), "#0");
        assert_eq!(moves.destinations(file, "/definitions/A"), ["/components/schemas/A"]);
        assert_eq!(moves.destinations(file, "/a/1/items"), ["/a/0/items", "/a/0/schema/items"]);
        assert!(moves.destinations(file, "/update").is_empty());
    }
}
