//! Changes of a value: what a rewriting touches is made anew, the rest stays where it is.

use super::{Entries, Entry, Json, Members, unescape};
use std::sync::Arc;

impl Default for Members {
    fn default() -> Self {
        Members::new(Box::default())
    }
}

/// Of entries with the same key the last one wins, at the place of the first.
impl FromIterator<(Arc<str>, Json)> for Members {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Json)>>(entries: I) -> Self {
        Members::of(entries.into_iter().collect()).0
    }
}

impl Members {
    fn entries_mut(&mut self) -> &mut [Entry] {
        match &mut self.0 {
            Entries::Few(entries) => entries,
            Entries::Many(many) => &mut many.entries,
        }
    }

    /// The entries; the values may be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Json)> {
        self.entries_mut().iter_mut().map(|(key, value)| (&**key, value))
    }

    /// The value of a key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        let at = self.position(key)?;
        self.entries_mut().get_mut(at).map(|(_, value)| value)
    }

    /// Has entries come and go.
    pub(crate) fn change(&mut self, how: impl FnOnce(&mut Vec<(Arc<str>, Json)>)) {
        let mut entries = std::mem::take(self).into_entries().into_vec();
        how(&mut entries);
        *self = entries.into_iter().collect();
    }

    /// Takes an entry out.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Json> {
        let at = self.position(key)?;
        let mut value = None;
        self.change(|entries| value = Some(entries.remove(at).1));
        value
    }

    /// Sets an entry; a new one is the last.
    pub(crate) fn insert(&mut self, key: &str, value: Json) {
        match self.get_mut(key) {
            Some(known) => *known = value,
            None => self.change(|entries| entries.push((key.into(), value))),
        }
    }
}

impl Json {
    /// The member of a mapping, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        if let Json::Object(members) = self { members.get_mut(key) } else { None }
    }

    /// The value at the end of a JSON pointer, to be changed.
    pub(crate) fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Json> {
        let mut at = self;
        for segment in pointer.split('/').skip(1) {
            at = match at {
                Json::Object(members) => members.get_mut(&unescape(segment))?,
                Json::Array(list) => list.get_mut(segment.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Json;
    use serde_json::json;

    #[test]
    fn entries_come_go_and_change() {
        for others in [1, 40] {
            let mut members: serde_json::Map<_, _> =
                (0..others).map(|i| (format!("k{i}"), json!(i))).collect();
            let mut value = Json::from(json!(members));
            *value.get_mut("k0").unwrap() = Json::Null;
            let Json::Object(tree) = &mut value else { panic!("a mapping") };
            tree.change(|entries| {
                entries.insert(0, ("first".into(), Json::Bool(true)));
                entries.push(("k0".into(), Json::Bool(false)));
            });
            members.insert("k0".to_owned(), json!(false));
            members.shift_insert(0, "first".to_owned(), json!(true));
            assert_eq!(value.to_string(), json!(members).to_string());
            *value.pointer_mut("/k0").unwrap() = Json::from(json!([{"a/b": 1}]));
            *value.pointer_mut("/k0/0/a~1b").unwrap() = Json::Null;
            assert_eq!(value.get("k0").unwrap(), &json!([{"a/b": null}]));
            assert!(value.pointer_mut("/k0/1").is_none());
            assert!(value.get("first").is_some() && value.get_mut("none").is_none());
        }
    }
}
