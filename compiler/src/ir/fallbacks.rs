//! Where the compiler gave up a type, for the report.

use super::{IntegrationId, TypeKind, Types};
use crate::source::Place;
use std::collections::HashSet;

/// A place where the document gives a type that became `serde_json::Value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// Why.
    pub because: String,
    /// The schema.
    pub place: Place,
}

impl Types {
    /// The places of an integration that fell back, each once, in the order in which they were met.
    #[must_use]
    pub fn fallbacks(&self, integration: IntegrationId) -> Vec<Fallback> {
        let mut met = HashSet::new();
        let one = |def: &super::TypeDef| match &def.kind {
            TypeKind::Any { because, fallback: true }
                if def.integration == integration && (def.sent || def.received) =>
            {
                Some(Fallback { because: because.clone(), place: def.place.clone() })
            }
            _ => None,
        };
        let all = self.iter().filter_map(|(_, def)| one(def));
        all.filter(|fallback| met.insert(fallback.place.clone())).collect()
    }
}
