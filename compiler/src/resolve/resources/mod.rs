//! `resources:`: what can be done with each kind of record.

mod belongs;
mod changes;
mod collections;
mod digits;
mod keys;
mod one;
mod since;
mod uses;

pub(super) use belongs::schema_at;

use super::names::type_ident;
use super::{Context, feeds, paths, presets, upserts};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::spec::UNDECLARED;
use crate::ir::{Operation, Preset, Resource, Standing, TypeId};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;

/// Resolves all resources. `named` are the types of the spec as responses have them.
pub(super) fn resolve(
    context: &mut Context<'_>,
    named: &IndexMap<String, TypeId>,
) -> IndexMap<String, Resource> {
    let section = context.place("resources");
    let mut resources = IndexMap::new();
    for (name, syntax) in &context.spec.syntax.resources {
        let place = section.child(name);
        let Some(ty) = record(context, named, &syntax.ty, &place) else { continue };
        key(context, ty, syntax, &place);
        let uses =
            Uses { context, record: ty, syntax, key: &syntax.key, other_key: false, place: &place };
        resources.insert(name.clone(), uses.resource(name, syntax, ty));
    }
    resources
}

/// The record's type.
fn record(
    context: &mut Context<'_>,
    named: &IndexMap<String, TypeId>,
    name: &str,
    place: &Place,
) -> Option<TypeId> {
    if let Some(ty) = named.get(name) {
        return Some(*ty);
    }
    let declared = &context.spec.syntax.types;
    let at = place.child("type");
    match declared.get(name) {
        None => {
            context.undeclared("types", name, &at, declared.keys());
        }
        Some(ty) if ty.direction == Some(syntax::Direction::Requests) => {
            let message = format!("`{name}` is part of requests only, so no record is read as it");
            context.report(Diagnostic::error(UNDECLARED, message).at(&at, ""));
        }
        // Reported where it is declared.
        Some(_) => {}
    }
    None
}

/// The fact that the key rests on. What a refinement says about it is a fact of the type.
fn key(context: &mut Context<'_>, record: TypeId, syntax: &syntax::Resource, place: &Place) {
    let structure = context.types.as_struct(record);
    let Some(field) = structure.and_then(|s| s.field(&syntax.key)) else { return };
    let spec = context.spec.place.file;
    let refined = is_refined(context, &syntax.ty, &syntax.key);
    if !field.may_be_missing() && field.place.file != spec && !refined {
        let text = format!("every `{}` has `{}`", syntax.ty, syntax.key);
        let document = field.place.clone();
        context.fact(Standing::Proven, text, None, &place.child("key"), Some(&document));
    }
}

/// Whether a field is as it is because the spec says so, and the document does not.
pub(super) fn is_refined(context: &Context<'_>, ty: &str, path: &str) -> bool {
    let steps = |path: &str| -> Vec<String> {
        let steps = paths::parse(path).unwrap_or_default().into_iter();
        steps.map(|(step, _)| step.into_wire()).collect()
    };
    let path = steps(path);
    let covers = |key: &str| {
        let key = steps(key);
        let mut pairs = key.iter().zip(&path);
        key.len() <= path.len() && pairs.all(|(key, step)| key == "*" || key == step)
    };
    let section = context.spec.place.child("types").child(ty);
    let mut said = context.facts.iter().filter(|fact| fact.standing != Standing::Proven);
    said.any(|fact| {
        let inside = ["refine", "add"].iter().any(|key| fact.place.is_within(&section.child(key)));
        inside && fact.place.segments().last().is_some_and(|key| covers(&key))
    })
}

struct Uses<'u, 'c> {
    context: &'u mut Context<'c>,
    syntax: &'u syntax::Resource,
    /// The type of a record, and the field that identifies one.
    record: TypeId,
    key: &'u str,
    /// It was said that another field is the key.
    other_key: bool,
    place: &'u Place,
}

impl Uses<'_, '_> {
    fn is_refined(&self, path: &str) -> bool {
        is_refined(self.context, &self.syntax.ty, path)
    }

    fn resource(mut self, name: &str, syntax: &syntax::Resource, ty: TypeId) -> Resource {
        let changes = syntax.changes.as_ref().and_then(|changes| {
            self.fitting("changes", &changes.operation, |uses| uses.changes(changes))
        });
        let (changes, feed) = match syntax.changes.as_ref().and_then(|c| Some((c, c.ids.as_ref()?)))
        {
            None => (changes, None),
            Some(said) => {
                (None, changes.and_then(|c| feeds::resolve(self.context, syntax, said, c)))
            }
        };
        let list = syntax.list.as_ref();
        let list = list.and_then(|u| self.fitting("list", u.operation(), |uses| uses.list(u)));
        let [get, update, delete] =
            [("get", &syntax.get), ("update", &syntax.update), ("delete", &syntax.delete)].map(
                |(verb, used)| {
                    let used = used.as_ref()?;
                    self.fitting(verb, used.operation(), |uses| uses.one(used, verb))
                },
            );
        let create = syntax.create.as_ref();
        let create =
            create.and_then(|u| self.fitting("create", u.operation(), |uses| uses.create(u)));
        let resource = Resource {
            name: name.to_owned(),
            ident: type_ident(name),
            ty,
            key: syntax.key.clone(),
            list,
            changes,
            feed,
            get,
            create,
            update,
            upsert: syntax.upsert.as_ref().and_then(|u| {
                self.fitting("upsert", &u.operation, |uses| {
                    upserts::resolve(uses.context, u, &uses.place.child("upsert"))
                })
            }),
            delete,
            place: self.place.clone(),
        };
        self.belong(syntax, &resource);
        resource
    }

    /// A use of an operation: where several of its parts do not fit, the operation is another than the one that is
    /// meant, and that is one mistake.
    fn fitting<T>(
        &mut self,
        verb: &str,
        operation: &str,
        resolve: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let mark = self.context.diagnostics.list().len();
        let found = resolve(self);
        if self.context.doubtful_operations.contains(operation) {
            self.context.diagnostics.forget_since(mark);
            return found;
        }
        let place = self.place.child(verb);
        let text = format!("is `{operation}` the operation that is meant?");
        self.context.diagnostics.one_since(mark, &place.key(), &text);
        found
    }
}

/// The operation that is used, the constants it is sent with, and where the spec says that the key goes.
fn used<'s>(
    context: &mut Context<'_>,
    syntax: &'s syntax::Use,
    place: &Place,
) -> Option<(Operation, Preset, Option<&'s str>)> {
    match syntax {
        syntax::Use::Name(name) => {
            let operation = operation(context, name, place)?;
            Some((operation, Preset::default(), None))
        }
        syntax::Use::Full(full) => {
            let operation = operation(context, &full.operation, &place.child("operation"))?;
            let preset = presets::resolve(context, &operation, &full.with, &place.child("with"));
            Some((operation, preset, full.key.as_deref()))
        }
    }
}

/// The operation of a name of `operations`. One that is declared and not there was reported there.
pub(in crate::resolve) fn operation(
    context: &mut Context<'_>,
    name: &str,
    place: &Place,
) -> Option<Operation> {
    if let Some(operation) = context.operations.get(name) {
        return Some(operation.clone());
    }
    let declared = &context.spec.syntax.operations;
    if !declared.contains_key(name) {
        context.undeclared("operations", name, place, declared.keys());
    }
    None
}
