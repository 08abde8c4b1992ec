//! Keys of seeds: as the record's schema has them, and as the paths, queries and bodies want them that they go into.
//!
//! A spec may take a UUID for text; the provider's own key is a UUID all the same.

use crate::model::Model;
use crate::texts;
use crate::values;
use gusset_compiler::ir::{
    Operation, ParameterIn, Resource, Slot, StringFormat, TypeKind, TypeUse, Types, ValueNotes,
};
use serde_json::Value;

/// How the keys of one resource are made.
#[derive(Clone, Debug)]
pub(crate) struct KeyRule {
    kind: Kind,
    /// Tells the keys of resources apart.
    ordinal: u64,
    notes: ValueNotes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    /// A number as text.
    Numeral,
    Text,
}

impl KeyRule {
    pub(crate) fn new(model: &Model, resource: &Resource, ordinal: u64) -> KeyRule {
        let types = model.types();
        let mut rule = KeyRule { kind: Kind::Text, ordinal, notes: ValueNotes::default() };
        let record = model.record(resource);
        if let Some(ty) = values::step(types, record, &resource.key) {
            let field = types.as_struct(record.id).and_then(|s| s.field(&resource.key));
            rule.learn(types, ty, field.and_then(|f| f.notes.values.as_deref()), true);
        }
        for (operation, slot) in taken(resource) {
            if let Some((ty, notes)) =
                model.operation(operation).and_then(|o| place(types, o, slot))
            {
                rule.learn(types, ty, notes.as_ref(), false);
            }
        }
        rule
    }

    /// Takes over what one place says about the key. What was said first stays.
    fn learn(&mut self, types: &Types, ty: TypeUse, notes: Option<&ValueNotes>, own: bool) {
        let known = &mut self.notes;
        match &types.get(ty.id).kind {
            TypeKind::Integer(_) | TypeKind::Number if own => self.kind = Kind::Number,
            TypeKind::InString(_) => self.kind = Kind::Numeral,
            TypeKind::Integer(_) if self.kind == Kind::Text => self.kind = Kind::Numeral,
            TypeKind::String(StringFormat::Plain | StringFormat::Secret) => {}
            TypeKind::String(format) => known.format = known.format.or(Some(*format)),
            TypeKind::Enum(body) if known.listed.is_empty() => {
                known.listed = body.variants.iter().map(|v| v.wire.clone()).collect();
            }
            _ => {}
        }
        let Some(notes) = notes else { return };
        known.format = known.format.or(notes.format);
        known.pattern = known.pattern.take().or_else(|| notes.pattern.clone());
        known.length = (known.length.0.max(notes.length.0), least(known.length.1, notes.length.1));
        known.bounds = (known.bounds.0.max(notes.bounds.0), least(known.bounds.1, notes.bounds.1));
        // Listed values of a number are JSON, and those of text are text.
        if known.listed.is_empty() && self.kind == Kind::Text {
            known.listed.clone_from(&notes.listed);
        }
    }

    /// The key of record `i`.
    pub(crate) fn key(&self, i: u64) -> Value {
        let number = || values::within(self.notes.bounds, Value::from(i + 1));
        match self.kind {
            Kind::Number => number(),
            Kind::Numeral => Value::String(values::text(&number())),
            Kind::Text => {
                let plain = (self.ordinal * 1_000_000_000 + i + 1).to_string();
                Value::String(texts::satisfying(&self.notes, self.ordinal, i, plain))
            }
        }
    }
}

fn least<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Where a resource's key goes, by operation.
fn taken(resource: &Resource) -> impl Iterator<Item = (&str, &Slot)> {
    let ones = [&resource.get, &resource.update, &resource.delete].into_iter().flatten();
    ones.map(|one| (one.operation.as_str(), &one.key))
}

/// What a place in a request wants.
fn place(
    types: &Types,
    operation: &Operation,
    slot: &Slot,
) -> Option<(TypeUse, Option<ValueNotes>)> {
    let (location, name) = match slot {
        Slot::Path(name) => (ParameterIn::Path, name),
        Slot::Query(name) => (ParameterIn::Query, name),
        Slot::Header(name) => (ParameterIn::Header, name),
        Slot::Body(pointer) => {
            let steps = values::steps(pointer);
            let body = operation.body.as_ref()?.ty;
            let ty = steps.iter().try_fold(body, |ty, key| values::step(types, ty, key))?;
            return Some((ty, None));
        }
    };
    let parameter =
        operation.parameters.iter().find(|p| p.location == location && p.wire == *name)?;
    let mut notes = parameter.notes.values.as_deref().cloned().unwrap_or_default();
    notes.bounds = parameter.bounds;
    Some((parameter.ty, Some(notes)))
}
