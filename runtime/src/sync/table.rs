//! Lookup tables: a resource, read once and kept by one of its fields.

use crate::Error;
use futures_core::Stream;
use futures_util::TryStreamExt;
use std::collections::HashMap;

/// The records of a resource by one field. Where several have the same value, the first one read is found; records
/// without a value are not kept.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: HashMap<String, T>,
}

impl<T> Table<T> {
    /// Reads all items.
    ///
    /// # Errors
    /// Those of the stream.
    pub async fn read<I, K>(items: I, key: K) -> Result<Self, Error>
    where
        I: Stream<Item = Result<T, Error>>,
        K: Fn(&T) -> Option<&str>,
    {
        let mut items = std::pin::pin!(items);
        let mut rows = HashMap::new();
        while let Some(record) = items.try_next().await? {
            if let Some(key) = key(&record).map(str::to_owned) {
                rows.entry(key).or_insert(record);
            }
        }
        Ok(Table { rows })
    }

    /// The record with this value, if there is a value and a record.
    pub fn get<'k>(&self, key: impl Into<Option<&'k str>>) -> Option<&T> {
        self.rows.get(key.into()?)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use futures_util::stream;

    #[tokio::test]
    async fn finds_the_first_record_with_the_value() {
        let users = [(Some("a@x"), 1), (None, 2), (Some("b@x"), 3), (Some("a@x"), 4)];
        let table = Table::read(stream::iter(users.map(Ok)), |user| user.0).await.unwrap();
        assert_eq!(table.len(), 2);
        assert_eq!(table.get("a@x"), Some(&(Some("a@x"), 1)));
        assert_eq!(table.get(Some("b@x")), Some(&(Some("b@x"), 3)));
        assert_eq!(table.get("c@x"), None);
        assert_eq!(table.get(None), None);
    }
}
