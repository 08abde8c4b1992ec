//! What schemas of the documents became.

use super::TypeUse;
use crate::source::{FileId, Place};
pub use crate::spec::syntax::Direction;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A schema by where it stands, and by direction where that makes a difference. There is one of each schema of a
/// document, so it takes no more room than it must.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SchemaKey {
    pointer: Arc<str>,
    file: FileId,
    direction: Option<Direction>,
}

impl SchemaKey {
    pub(crate) fn new(place: &Place, direction: Option<Direction>) -> Self {
        SchemaKey { pointer: place.pointer.clone(), file: place.file, direction }
    }
}

/// What schemas became, as far as something needed them.
#[derive(Clone, Debug, Default)]
pub struct Schemas(HashMap<SchemaKey, TypeUse>);

impl Schemas {
    pub(crate) fn new(known: HashMap<SchemaKey, TypeUse>) -> Self {
        Schemas(known)
    }

    /// At how many distinct places they stand.
    #[must_use]
    pub fn places(&self) -> usize {
        self.0.keys().map(|key| (key.file, &key.pointer)).collect::<HashSet<_>>().len()
    }

    /// All of them, in no order; without a direction, those that are the same both ways. References are no schemas.
    pub fn iter(&self) -> impl Iterator<Item = (Place, Option<Direction>, TypeUse)> {
        self.0.iter().map(|(key, ty)| {
            let place = Place { pointer: key.pointer.clone(), ..Place::root(key.file) };
            (place, key.direction, *ty)
        })
    }
}
