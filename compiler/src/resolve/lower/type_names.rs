//! The names of types. The document's own are given first: what has none of its own gets what is left, so a schema
//! keeps its name whatever else is selected.

use crate::openapi::Document;
use crate::resolve::names::{Scope, type_ident};
use crate::source::Place;
use std::collections::HashMap;

/// The names of an integration's types.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    scope: Scope,
    /// The names of the documents' own schemas, each unique in its document.
    own: HashMap<Place, String>,
    /// Names that are kept for such schemas, and who has them already: several documents may have one of a name.
    kept: HashMap<String, Option<Place>>,
}

/// The schema of the document's own that something stands in.
fn home(place: &Place) -> Option<Place> {
    let mut segments = place.segments();
    let (components, schemas, name) = (segments.next()?, segments.next()?, segments.next()?);
    let own = components == "components" && schemas == "schemas";
    own.then(|| Place::root(place.file).child(&components).child(&schemas).child(&name))
}

impl TypeNames {
    /// Beside names that are taken already.
    pub(super) fn new(documents: &[Document], mut scope: Scope) -> Self {
        let mut own = HashMap::new();
        let mut kept = HashMap::new();
        for document in documents {
            let schemas = document.root().child("components").child("schemas");
            let mut within = Scope::default();
            for name in document.schema_names() {
                let ident = within.unique(type_ident(&name));
                if scope.keep(&ident) {
                    kept.insert(ident.clone(), None);
                }
                own.insert(schemas.child(&name), ident);
            }
        }
        TypeNames { scope, own, kept }
    }

    /// The name that a document gives to the schema at a place.
    pub(super) fn own(&self, place: &Place) -> Option<&String> {
        self.own.get(place)
    }

    /// Gives a name to the type of the schema at a place: as wanted, or with a number. What a schema only wraps may
    /// have its name.
    pub(super) fn give(&mut self, place: &Place, wanted: String) -> String {
        let wrapped = || home(place).and_then(|home| self.own.get(&home));
        if self.own.get(place).or_else(wrapped) == Some(&wanted)
            && let Some(holder) = self.kept.get_mut(&wanted)
            && holder.is_none()
        {
            *holder = Some(place.clone());
            return wanted;
        }
        self.scope.unique(wanted)
    }
}
