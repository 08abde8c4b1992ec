//! Turns what a spec selects of its documents into the IR: operations, and the types that they reach.
//!
//! Structs are lowered from a queue, not by recursion, so a chain of schemas can be as long as it likes. A type is
//! shared by requests and responses unless direction makes a difference: a member that is only read or only
//! written, or an entry of `types:` that holds for one direction.

mod all_of;
mod beside;
mod body;
mod choices;
mod direction;
mod encodings;
mod entries;
mod enums;
mod levels;
pub(crate) mod media;
mod members;
mod notes;
mod offers;
mod operation;
mod output;
mod parameters;
mod recursion;
mod refine;
mod same;
mod scalars;
mod schema;
pub(crate) mod secrets;
mod structs;
mod styles;
mod twins;
mod type_names;
mod unify;
mod unions;
mod written;

use super::names::Scope;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::ir::{
    Fact, IntegrationId, Notes, SchemaKey, Schemas, Sign, TypeDef, TypeId, TypeKind, TypeUse, Types,
};
use crate::openapi::{Document, Level, Node};
use crate::source::Place;
use crate::spec::syntax;
use direction::Directions;
use entries::Entries;
use indexmap::IndexMap;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, VecDeque};
use structs::Job;
use twins::Twins;
use type_names::TypeNames;
use unify::Agreement;

pub use output::Wish;
pub use syntax::Direction;

/// Lowers the documents of one integration.
#[derive(Debug)]
pub struct Lowering<'a> {
    integration: IntegrationId,
    /// Types of which it was said that they lack a reason.
    reasonless: HashSet<&'a str>,
    documents: &'a [Document],
    entries: Entries<'a>,
    directions: Directions,
    twins: Twins,
    type_names: TypeNames,
    operation_names: Scope,
    /// What schemas became: by their place, and by direction where that makes a difference.
    known: HashMap<SchemaKey, TypeUse>,
    /// Structs that are all of several schemas, by the places of these.
    merged: HashMap<(Vec<Place>, Option<Direction>), TypeUse>,
    /// Schemas that are being lowered and are no structs; meeting one again means that it contains nothing but itself.
    active: Vec<Place>,
    /// What the schemas of bodies with files became.
    uploads: HashMap<Place, TypeUse>,
    queue: VecDeque<Job<'a>>,
    unions: VecDeque<unions::UnionJob<'a>>,
    /// Bases by themselves, beside the unions of them and their children.
    bases: HashMap<(Place, Option<Direction>), TypeUse>,
    /// Who is made of whom, by document; read when a base is met.
    children: Vec<OnceCell<unions::Children>>,
    agreements: Vec<Agreement>,
    facts: Vec<Fact>,
    /// Whether structs keep members that the document does not know.
    keep_unknown: bool,
    /// What the spec wants of answers, by operation.
    wishes: HashMap<String, Wish>,
    /// What the bodies of failures became: by document and text, because documents repeat them.
    failed: HashMap<(usize, String), TypeUse>,
}

/// Where results go.
struct Out<'o> {
    types: &'o mut Types,
    diagnostics: &'o mut Diagnostics,
}

impl<'a> Lowering<'a> {
    /// `section` is the spec's `types:`, `place` where it stands.
    #[must_use]
    pub fn new(
        integration: IntegrationId,
        documents: &'a [Document],
        section: &'a IndexMap<String, syntax::Type>,
        place: Place,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut taken = Scope::default();
        let entries = Entries::read(documents, section, &place, &mut taken, diagnostics);
        Lowering {
            integration,
            reasonless: HashSet::new(),
            documents,
            entries,
            directions: Directions::default(),
            twins: Twins::default(),
            type_names: TypeNames::new(documents, taken),
            operation_names: Scope::default(),
            known: HashMap::new(),
            merged: HashMap::new(),
            active: Vec::new(),
            uploads: HashMap::new(),
            queue: VecDeque::new(),
            unions: VecDeque::new(),
            bases: HashMap::new(),
            children: documents.iter().map(|_| OnceCell::new()).collect(),
            agreements: Vec::new(),
            facts: Vec::new(),
            keep_unknown: false,
            wishes: HashMap::new(),
            failed: HashMap::new(),
        }
    }

    /// Has structs keep members that the document does not know, unless their schema is closed.
    #[must_use]
    pub fn keeping_unknown_members(self, keep: bool) -> Self {
        Lowering { keep_unknown: keep, ..self }
    }

    /// Says what the spec wants of an operation's answers, before it is lowered.
    pub fn wish(&mut self, operation: &str, wish: Wish) {
        self.wishes.insert(operation.to_owned(), wish);
    }

    /// A type of the spec's `types:`, as it is in one direction.
    ///
    /// `None` if there is no such entry or it does not hold for that direction (nothing was pushed), or if its schema
    /// does not exist (which was pushed).
    pub fn named(
        &mut self,
        name: &str,
        direction: Direction,
        types: &mut Types,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeId> {
        let entry = self.entries.index(name)?;
        let start = types.len();
        let mut out = Out { types, diagnostics };
        let ty = self.entry_type(&mut out, entry, direction)?;
        self.drain(&mut out, start);
        Self::mark(out.types, [ty], direction);
        Some(ty.id)
    }

    /// Checks the entries of `types:` that nothing has used, and hands over what the spec assumes or overrides,
    /// and what schemas became.
    #[must_use]
    pub fn finish(
        mut self,
        types: &mut Types,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Fact>, Schemas) {
        let start = types.len();
        let mut out = Out { types, diagnostics };
        for entry in 0..self.entries.len() {
            for direction in [Direction::Responses, Direction::Requests] {
                if !self.entries.was_used(entry) {
                    self.entry_type(&mut out, entry, direction);
                }
            }
        }
        self.drain(&mut out, start);
        self.warn_of_ambiguity(&mut out);
        let facts = self.told();
        let (integration, documents, known, type_names) = self.leave();
        let node = |place: &Place| documents.iter().find_map(|document| document.node(place));
        same::mark(
            types,
            integration,
            |place| type_names.own(place).is_some(),
            |own, place| node(own).zip(node(place)).is_some_and(|(a, b)| a.value == b.value),
        );
        (facts, Schemas::new(known))
    }

    /// What is asked for at the end. The rest goes: of a big document it is much.
    fn leave(self) -> (IntegrationId, &'a [Document], HashMap<SchemaKey, TypeUse>, TypeNames) {
        (self.integration, self.documents, self.known, self.type_names)
    }

    /// What the spec says about fields, with the types that it says it of.
    fn told(&mut self) -> Vec<Fact> {
        let mut facts = std::mem::take(&mut self.facts);
        for fact in &mut facts {
            let name = fact.place.segments().nth(1).unwrap_or_default();
            if let (Some(Sign::Member { types, .. }), Some(entry)) =
                (&mut fact.sign, self.entries.index(&name))
            {
                *types = self.entries.types_of(entry);
            }
        }
        facts
    }

    /// Lowers all structs that were met, then what can only be said when they are whole.
    fn drain(&mut self, out: &mut Out<'_>, start: usize) {
        loop {
            if let Some(job) = self.queue.pop_front() {
                self.lower_struct(out, job);
            } else if let Some(job) = self.unions.pop_front() {
                self.lower_union(out, job);
            } else {
                break;
            }
        }
        for agreement in std::mem::take(&mut self.agreements) {
            agreement.check(out);
        }
        recursion::box_fields(out.types, start);
        unions::box_large(out.types, start);
    }

    /// Marks everything that is reached as sent or received.
    fn mark(types: &mut Types, roots: impl IntoIterator<Item = TypeUse>, direction: Direction) {
        let mut stack: Vec<TypeId> = roots.into_iter().map(|ty| ty.id).collect();
        while let Some(id) = stack.pop() {
            let def = types.get_mut(id);
            let mark = match direction {
                Direction::Requests => &mut def.sent,
                Direction::Responses => &mut def.received,
            };
            if std::mem::replace(mark, true) {
                continue;
            }
            stack.extend(def.kind.parts().into_iter().map(|part| part.id));
        }
    }

    /// Adds a type that is written in place.
    fn shape(&self, out: &mut Out<'_>, kind: TypeKind, place: &Place) -> TypeUse {
        self.add(out, None, kind, None, place)
    }

    fn any(&self, out: &mut Out<'_>, because: impl Into<String>, place: &Place) -> TypeUse {
        self.shape(out, TypeKind::any(because), place)
    }

    /// The document gives a type that is not modelled, or that cannot be read.
    fn fallback(&self, out: &mut Out<'_>, because: impl Into<String>, place: &Place) -> TypeUse {
        self.shape(out, TypeKind::fallback(because), place)
    }

    fn add(
        &self,
        out: &mut Out<'_>,
        name: Option<String>,
        kind: TypeKind,
        doc: Option<String>,
        place: &Place,
    ) -> TypeUse {
        let id = out.types.add(TypeDef {
            integration: self.integration,
            name,
            kind,
            doc,
            notes: Notes::default(),
            sent: false,
            received: false,
            same_as: None,
            place: place.clone(),
        });
        TypeUse { id, nullable: false }
    }
}

impl<'a> Lowering<'a> {
    /// A part of a part, wherever it stands; nothing if it leads nowhere, which is reported.
    fn part(
        &self,
        out: &mut Out<'_>,
        document: usize,
        node: &Node<'a>,
        key: &str,
    ) -> Option<Node<'a>> {
        let part = node.get(key).filter(|part| !part.value.is_null())?;
        let part = self.documents[document].resolve(part);
        part.map_err(|error| out.push(error.diagnostic(Severity::Warning))).ok()
    }
}

impl Out<'_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What one level of a part says; nothing, with a warning, if it cannot be read.
    fn level<T: Level + Default>(&mut self, node: &Node<'_>) -> T {
        node.level().unwrap_or_else(|error| {
            self.push(error.diagnostic(Severity::Warning, "a part of an operation cannot be read"));
            T::default()
        })
    }
}

#[cfg(test)]
mod tests;
