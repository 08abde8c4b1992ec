//! What schemas of the documents became.

use super::TypeUse;
use crate::source::Place;
pub use crate::spec::syntax::Direction;
use std::collections::{HashMap, HashSet};

/// What schemas became, as far as something needed them.
#[derive(Clone, Debug, Default)]
pub struct Schemas(HashMap<(Place, Option<Direction>), TypeUse>);

impl Schemas {
    pub(crate) fn new(known: HashMap<(Place, Option<Direction>), TypeUse>) -> Self {
        Schemas(known)
    }

    /// At how many distinct places they stand.
    #[must_use]
    pub fn places(&self) -> usize {
        self.0.keys().map(|(place, _)| place).collect::<HashSet<_>>().len()
    }

    /// All of them, in no order; without a direction, those that are the same both ways. References are no schemas.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, Option<Direction>, TypeUse)> {
        self.0.iter().map(|((place, direction), ty)| (place, *direction, *ty))
    }
}
