//! A value of a document together with its place.

use super::ShapeError;
use crate::source::{Json, Members, Place};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value of a document together with its place.
#[derive(Clone, Debug)]
pub struct Node<'d> {
    /// The value.
    pub value: &'d Json,
    /// Where it stands.
    pub place: Place,
}

impl<'d> Node<'d> {
    /// The member of that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Node<'d>> {
        let value = self.value.as_object()?.get(key)?;
        Some(Node { value, place: self.place.child(key) })
    }

    /// The member at the end of a path of names.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<Node<'d>> {
        path.iter().try_fold(self.clone(), |node, key| node.get(key))
    }

    /// The text member of that name.
    #[must_use]
    pub fn str(&self, key: &str) -> Option<&'d str> {
        self.value.as_object()?.get(key)?.as_str()
    }

    /// The boolean member of that name; false if it is not there.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Json::as_bool).unwrap_or(false)
    }

    /// The keys of a mapping.
    pub fn keys(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.value.as_object().into_iter().flat_map(Members::keys)
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> impl Iterator<Item = (&'d str, Node<'d>)> + use<'d> {
        let place = self.place.clone();
        self.value
            .as_object()
            .into_iter()
            .flat_map(Members::iter)
            .map(move |(key, value)| (key, Node { value, place: place.child(key) }))
    }

    /// The elements of a list.
    pub fn items(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let place = self.place.clone();
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| Node { value, place: place.child(index) })
    }

    /// Reads it with all that is below.
    ///
    /// # Errors
    /// What is not as OpenAPI says, and where.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ShapeError> {
        read(self.value.to_value(), &self.place)
    }
}

/// Reads a value with all that is below.
pub(super) fn read<T: DeserializeOwned>(value: Value, place: &Place) -> Result<T, ShapeError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let mut place = place.clone();
        for segment in error.path() {
            place = match segment {
                serde_path_to_error::Segment::Seq { index } => place.child(index),
                serde_path_to_error::Segment::Map { key } => place.child(key),
                _ => place,
            };
        }
        ShapeError { message: error.into_inner().to_string(), place }
    })
}
