//! The entries of `types:`: which schemas they claim, and what they say about them.

use super::refine::Tree;
use super::{Direction, Lowering, Out};
use crate::diagnostics::codes::types::{CLAIMED_TWICE, NO_SCHEMA, UNKNOWN_SCHEMA};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{TypeId, TypeKind, TypeUse};
use crate::openapi::{Document, Node};
use crate::resolve::names::{Scope, type_ident};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;
use std::collections::HashMap;

/// All entries.
#[derive(Debug, Default)]
pub(super) struct Entries<'a> {
    list: Vec<Entry<'a>>,
    claims: HashMap<(Place, Direction), usize>,
}

/// An entry.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    /// The Rust name, and the one for requests where they differ.
    ident: String,
    ident_input: Option<String>,
    pub(super) because: Option<&'a str>,
    direction: Option<Direction>,
    pub(super) document: usize,
    schemas: Vec<Node<'a>>,
    tree: Tree,
    pub(super) place: Place,
    lowered: HashMap<Option<Direction>, TypeUse>,
}

impl<'a> Entries<'a> {
    pub(super) fn read(
        documents: &'a [Document],
        section: &'a IndexMap<String, syntax::Type>,
        place: &Place,
        names: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut entries = Entries::default();
        for (name, ty) in section {
            let place = place.child(name);
            let schemas = find(documents, ty, &place, diagnostics);
            let Some((document, schemas)) = schemas else { continue };
            let index = entries.list.len();
            for direction in [Direction::Requests, Direction::Responses] {
                if ty.direction.is_some_and(|only| only != direction) {
                    continue;
                }
                for schema in &schemas {
                    let claim = (schema.place.clone(), direction);
                    if let Some(other) = entries.claims.insert(claim, index)
                        && other != index
                    {
                        let other = &entries.list[other];
                        let message =
                            format!("`{name}` and `{}` both stand for the same schema", other.name);
                        diagnostics.push(
                            Diagnostic::error(CLAIMED_TWICE, message)
                                .at(&place.key(), "")
                                .and(&other.place.key(), "the other")
                                .and(&schema.place.key(), "the schema")
                                .help("keep one, or restrict each to one direction with `in`"),
                        );
                    }
                }
            }
            entries.list.push(Entry {
                name,
                ident: names.unique(type_ident(name)),
                ident_input: None,
                because: ty.because.as_deref(),
                direction: ty.direction,
                document,
                schemas,
                tree: Tree::read(ty, &place, diagnostics),
                place,
                lowered: HashMap::new(),
            });
        }
        entries
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|entry| entry.name == name)
    }

    pub(super) fn get(&self, index: usize) -> &Entry<'a> {
        &self.list[index]
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|entry| entry.name)
    }

    pub(super) fn claim(&self, schema: &Place, direction: Direction) -> Option<usize> {
        if self.claims.is_empty() {
            return None;
        }
        self.claims.get(&(schema.clone(), direction)).copied()
    }

    /// Whether an entry claims a schema for one direction, and none or another for the other.
    pub(super) fn differs(&self, schema: &Place) -> bool {
        self.claim(schema, Direction::Requests) != self.claim(schema, Direction::Responses)
    }

    /// What an entry became, in either direction.
    pub(super) fn types_of(&self, index: usize) -> Vec<TypeId> {
        let mut types: Vec<TypeId> = self.list[index].lowered.values().map(|ty| ty.id).collect();
        types.sort_unstable();
        types.dedup();
        types
    }

    pub(super) fn was_used(&self, index: usize) -> bool {
        !self.list[index].lowered.is_empty()
    }
}

/// The document and the schemas that an entry names.
fn find<'a>(
    documents: &'a [Document],
    ty: &syntax::Type,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<(usize, Vec<Node<'a>>)> {
    let names: Vec<(&str, Place)> = match (&ty.schema, ty.schemas.as_slice()) {
        (Some(one), []) => vec![(one, place.child("schema"))],
        (None, [_, ..]) => {
            let places = (0..ty.schemas.len()).map(|i| place.child("schemas").child(i));
            ty.schemas.iter().map(String::as_str).zip(places).collect()
        }
        (one, _) => {
            let message = match one {
                Some(_) => "a type has either `schema` or `schemas`, not both",
                None => "a type needs the `schema` that it is made of",
            };
            diagnostics.push(Diagnostic::error(NO_SCHEMA, message).at(&place.key(), ""));
            return None;
        }
    };
    let candidates: Vec<usize> = match &ty.document {
        Some(name) => {
            let of_name = |d: &Document| d.name.as_deref() == Some(name);
            let found: Vec<usize> = documents.iter().position(of_name).into_iter().collect();
            if found.is_empty() {
                let known = documents.iter().filter_map(|d| d.name.as_deref());
                diagnostics.push(
                    Diagnostic::error(UNKNOWN_SCHEMA, format!("no document is called `{name}`"))
                        .at(&place.child("document"), "")
                        .nearest(name, known),
                );
                return None;
            }
            found
        }
        None => (0..documents.len()).collect(),
    };
    // Without `document`, the first that has all of them.
    let has = |document: &usize, name: &str| documents[*document].schema(name).is_some();
    let home = candidates.iter().find(|d| names.iter().all(|(name, _)| has(d, name)));
    let Some(home) = home.copied() else {
        for (name, place) in names {
            if candidates.iter().any(|d| has(d, name)) {
                continue;
            }
            let known: Vec<String> =
                candidates.iter().flat_map(|d| documents[*d].schema_names()).collect();
            let mut finding =
                Diagnostic::error(UNKNOWN_SCHEMA, format!("the document has no schema `{name}`"))
                    .at(&place, "");
            if let [only] = candidates.as_slice()
                && let root = documents[*only].root().child("components").child("schemas")
                && documents[*only].node(&root).is_some()
            {
                finding = finding.and(&root.key(), "the schemas are here");
            }
            diagnostics.push(finding.nearest(name, known.iter().map(String::as_str)));
        }
        return None;
    };
    let document = &documents[home];
    let mut schemas = Vec::new();
    for (name, place) in names {
        match document.resolve(document.schema(name)?) {
            Ok(node) => schemas.push(node),
            Err(error) => {
                diagnostics.push(
                    error
                        .diagnostic(crate::diagnostics::Severity::Error)
                        .and(&place, "asked for here"),
                );
                return None;
            }
        }
    }
    Some((home, schemas))
}

impl<'a> Lowering<'a> {
    /// What an entry is in a direction.
    pub(super) fn entry_type(
        &mut self,
        out: &mut Out<'_>,
        index: usize,
        direction: Direction,
    ) -> Option<TypeUse> {
        let entry = self.entries.get(index);
        if entry.direction.is_some_and(|only| only != direction) {
            return None;
        }
        let document = &self.documents[entry.document];
        let (schemas, tree, place) =
            (entry.schemas.clone(), entry.tree.clone(), entry.place.clone());
        let split = schemas.iter().any(|s| self.directions.matter(document, &self.entries, s));
        let key = split.then_some(direction);
        let entry = &mut self.entries.list[index];
        if let Some(known) = entry.lowered.get(&key) {
            return Some(*known);
        }
        let mut ident = entry.ident.clone();
        if split && entry.direction.is_none() && direction == Direction::Requests {
            let fresh = || self.type_names.give(&entry.place, format!("{}Input", entry.ident));
            ident = entry.ident_input.get_or_insert_with(fresh).clone();
        }
        let cx = super::schema::Context {
            document: entry.document,
            direction,
            refinement: Some((index, "")),
        };
        let ty = if schemas.iter().all(|schema| self.is_object(cx.document, schema)) {
            let ty = self.reserve(out, ident, &schemas[0]);
            // Known before it is whole: an entry may reach itself.
            self.entries.list[index].lowered.insert(key, ty);
            let schemas = schemas.into_iter().map(|schema| vec![schema]).collect();
            self.enqueue(ty, cx, schemas, tree);
            ty
        } else if schemas.len() > 1 || !tree.is_empty() {
            let other = schemas.iter().find(|s| !self.is_object(cx.document, s));
            let mut finding = Diagnostic::error(
                NO_SCHEMA,
                format!(
                    "`{}` cannot be unified or refined: its schema is no object",
                    entry_name(&place)
                ),
            )
            .at(&place.key(), "");
            if let Some(other) = other {
                finding = finding.and(&other.place.key(), "this is no object");
            }
            out.push(finding);
            self.any(out, "the spec wants an object", &place)
        } else {
            // An entry that gives a name to an enum, or stands for something without a name.
            self.lower_as(out, &cx, schemas[0].clone(), &ident)
        };
        let kind = &out.types.get(ty.id).kind;
        debug_assert!(!matches!(kind, TypeKind::InString(_)));
        self.entries.list[index].lowered.insert(key, ty);
        Some(ty)
    }
}

fn entry_name(place: &Place) -> String {
    place.segments().last().unwrap_or_default()
}
