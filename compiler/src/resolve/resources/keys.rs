//! The key of a record and the place that it goes into: whether they are of one type, written alike, and called alike.

use super::Uses;
use super::collections::{Collection, ends_with, says};
use super::digits::{Digits, digits, never};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::resources::KEY_SLOT;
use crate::ir::{
    Field, Operation, Parameter, ParameterIn, Sign, Slot, Standing, StringFormat, TypeKind, TypeUse,
};
use crate::resolve::slots::{Plain, plain};
use crate::resolve::{documented, paths};
use crate::source::Place;

/// Where a key goes.
pub(super) struct Goes<'g> {
    pub(super) operation: &'g Operation,
    pub(super) slot: &'g Slot,
    pub(super) ty: TypeUse,
    /// Where the document has it.
    pub(super) document: &'g Place,
}

/// Whether a value is what a place takes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fit {
    Alike,
    /// It may be, and this is why nobody knows.
    Unclear(String),
    /// It is not, as far as the document says how it is written.
    Otherwise,
    /// It cannot be: there is no text of it.
    Never,
}

/// What the name of the place says of the key.
enum Named {
    /// Nothing against it.
    Key,
    /// It may be another field.
    Unclear(String),
    /// It is another field.
    Other(Field),
}

impl Uses<'_, '_> {
    /// The key of a record is what the operation takes.
    pub(super) fn key_fits(&mut self, goes: &Goes<'_>, because: Option<&str>, place: &Place) {
        let record = self.context.types.as_struct(self.record);
        let Some(field) = record.and_then(|record| record.field(self.key)).cloned() else { return };
        let Goes { operation, slot, document, .. } = *goes;
        if because.is_none() && self.goes_elsewhere(&field, goes, place) {
            return;
        }
        let (fit, named) = (self.fit(&field, goes), self.named(goes));
        let is = paths::describe(self.context.types, TypeUse { nullable: false, ..field.ty });
        let text = format!("`{}` takes the key `{}`, which is {is}", operation.name, self.key);
        let sign = Sign::Sent { operation: operation.name.clone(), slot: slot.clone() };
        let usual = match (fit, named) {
            (Fit::Alike, Named::Key) => {
                self.context.proven(text, place, Some(document));
                return;
            }
            (Fit::Alike, Named::Unclear(why))
            | (Fit::Unclear(why), Named::Key | Named::Unclear(_)) => why,
            (Fit::Otherwise | Fit::Alike | Fit::Unclear(_), _) if because.is_some() => {
                let document = Some(document);
                let fact = self.context.fact(Standing::Overridden, text, because, place, document);
                fact.seen_by(sign);
                return;
            }
            (Fit::Otherwise | Fit::Alike | Fit::Unclear(_), Named::Other(other)) => {
                self.is_another(&field, &other, goes);
                return;
            }
            (fit, _) => {
                self.does_not_fit(&field, &is, goes, (&fit, place));
                return;
            }
        };
        self.context.granted(text, because, &usual, place, Some(document)).seen_by(sign);
    }

    /// Whether another parameter of the path is called like the key, and this one like another field: they are swapped.
    fn goes_elsewhere(&mut self, field: &Field, goes: &Goes<'_>, place: &Place) -> bool {
        let Goes { operation, slot: Slot::Path(name), document, .. } = *goes else { return false };
        let record = self.context.types.as_struct(self.record);
        let other_field = record.is_some_and(|record| record.field(name).is_some());
        let meant = |p: &&Parameter| p.location == ParameterIn::Path && p.wire == self.key;
        let Some(meant) = operation.parameters.iter().find(meant) else { return false };
        if *name == self.key || !other_field {
            return false;
        }
        let (key, of) = (self.key, &operation.name);
        let message =
            format!("the key `{key}` goes into `path.{name}`, but `{of}` has `path.{key}`");
        let finding = Diagnostic::error(KEY_SLOT, message)
            .at(place, "")
            .and(&meant.place, "called like the key")
            .and(document, "called like another field of the records")
            .and(&field.place, "the key")
            .help(format!(
                "`key: path.{key}`; if it is not that, say why in a `because` of this use"
            ));
        self.context.report(finding);
        true
    }

    /// The key is not what the place takes.
    fn does_not_fit(
        &mut self,
        field: &Field,
        is: &str,
        goes: &Goes<'_>,
        (fit, place): (&Fit, &Place),
    ) {
        let Goes { operation, ty, document, .. } = *goes;
        let types = &self.context.types;
        let text = plain(types, ty) == Plain::Text;
        let takes = match &types.get(ty.id).kind {
            TypeKind::String(StringFormat::Uuid) => "a UUID".to_owned(),
            _ if text => "another pattern".to_owned(),
            _ => paths::describe(types, ty),
        };
        let (key, name) = (self.key, &operation.name);
        let message = format!("the key `{key}` is {is}, but `{name}` takes {takes}");
        let mut finding = Diagnostic::error(KEY_SLOT, message)
            .at(place, "")
            .and(document, "where it goes")
            .and(&field.place, "the key");
        if *fit == Fit::Otherwise {
            finding =
                finding.help("if it takes them all the same, say why in a `because` of this use");
        }
        self.context.report(finding);
    }

    /// The place asks for another field by its name. It is one mistake of all uses.
    fn is_another(&mut self, field: &Field, other: &Field, goes: &Goes<'_>) {
        if std::mem::replace(&mut self.other_key, true) {
            return;
        }
        let Goes { operation, document, .. } = *goes;
        let (key, name, asked) = (self.key, &operation.name, &other.wire);
        let finding = Diagnostic::error(
            KEY_SLOT,
            format!("the key is `{key}`, but `{name}` takes `{asked}`, which is another field of the records"),
        )
        .at(&self.place.child("key"), "")
        .and(document, "where it goes")
        .and(&field.place, "the key")
        .and(&other.place, "the field that it is called after")
        .help(format!("`key: {asked}`; if it takes `{key}`, say why in a `because` of the use"));
        self.context.report(finding);
    }

    /// Whether a field is of the type that a place takes, and written as the document says there.
    fn fit(&self, field: &Field, goes: &Goes<'_>) -> Fit {
        let types = &self.context.types;
        // What is inside text is written as such.
        let (held, inside) = match &types.get(field.ty.id).kind {
            TypeKind::InString(inner) => (TypeUse { id: *inner, nullable: false }, true),
            _ => (field.ty, false),
        };
        let format = match &types.get(field.ty.id).kind {
            TypeKind::String(format) => format.is_text() || *format == StringFormat::Secret,
            _ => true,
        } && !self.is_uuid(&field.wire);
        let (key, takes) = (plain(types, held), plain(types, goes.ty));
        match (key, takes) {
            (_, Plain::Compound) => Fit::Never,
            (Plain::Text | Plain::Integer, Plain::Boolean) | (Plain::Integer, Plain::Time) => {
                Fit::Otherwise
            }
            (Plain::Text, Plain::Integer | Plain::Number | Plain::Time) if !format => {
                Fit::Otherwise
            }
            (Plain::Text, Plain::Integer | Plain::Number) => {
                match self.pattern(field).is_some_and(|pattern| never(&pattern)) {
                    true => Fit::Otherwise,
                    false => Fit::Unclear(format!(
                        "keys are text, and it takes a number; `refine: {{{}: integer in string}}` says that they are digits",
                        field.wire
                    )),
                }
            }
            (Plain::Text, Plain::Time) => {
                Fit::Unclear("keys are text, and it takes a time".to_owned())
            }
            _ => self.written(field, (key, inside), goes),
        }
    }

    /// Whether a field is written as a place takes it: by the format and the pattern that the document gives both.
    fn written(&self, field: &Field, (key, inside): (Plain, bool), goes: &Goes<'_>) -> Fit {
        let uuid =
            matches!(self.context.types.get(goes.ty.id).kind, TypeKind::String(StringFormat::Uuid));
        let unclear = || {
            let usual = "the document says how it is written there, and not how keys are";
            Fit::Unclear(usual.to_owned())
        };
        let wanted = documented::text(self.context.documents, goes.document, "pattern");
        match (wanted, key) {
            (_, Plain::Integer) if uuid => Fit::Otherwise,
            _ if uuid && self.is_uuid(&field.wire) => Fit::Alike,
            _ if uuid => unclear(),
            (None, _) => Fit::Alike,
            (wanted, _) if (inside || key != Plain::Integer) && self.pattern(field) == wanted => {
                Fit::Alike
            }
            (Some(wanted), Plain::Integer) => match digits(&wanted) {
                Digits::Match => Fit::Alike,
                Digits::May => unclear(),
                Digits::Never => Fit::Otherwise,
            },
            (Some(_), _) => unclear(),
        }
    }

    /// The pattern that the document gives a field of the record.
    fn pattern(&self, field: &Field) -> Option<String> {
        let of = |place: &Place| documented::text(self.context.documents, place, "pattern");
        of(&field.place).or_else(|| of(&self.said(&field.wire)))
    }

    /// What the document says of a field of the record.
    fn said(&self, field: &str) -> Place {
        self.context.types.get(self.record).place.child("properties").child(field)
    }

    /// Whether a field of the record is a UUID; what a refinement takes for text may be one in the document.
    fn is_uuid(&self, name: &str) -> bool {
        let types = &self.context.types;
        let field = types.as_struct(self.record).and_then(|record| record.field(name));
        field.is_some_and(|field| {
            matches!(types.get(field.ty.id).kind, TypeKind::String(StringFormat::Uuid))
                || documented::text(self.context.documents, &self.said(name), "format").as_deref()
                    == Some("uuid")
        })
    }

    /// Whether the place is called after another field of the record than the key.
    fn named(&self, goes: &Goes<'_>) -> Named {
        let (Slot::Path(name) | Slot::Query(name)) = goes.slot else { return Named::Key };
        let types = &self.context.types;
        let record = types.as_struct(self.record);
        let others = || record.into_iter().flat_map(|record| &record.fields);
        let kind = plain(types, goes.ty);
        let is_uuid = |field: &Field| {
            let asked = &types.get(goes.ty.id).kind;
            matches!(asked, TypeKind::String(StringFormat::Uuid)) && self.is_uuid(&field.wire)
        };
        let fits = |field: &&Field| field.wire != self.key && self.fit(field, goes) == Fit::Alike;
        let exact = || others().filter(|field| field.wire == *name).find(fits);
        let nearly = || {
            let known = others().filter(|field| ends_with(name, &field.wire));
            known.filter(|_| !says(name, self.key)).find(fits)
        };
        if *name == self.key {
            return Named::Key;
        }
        let Some(other) = exact().or_else(nearly) else { return Named::Key };
        // `user_id` of `/users/{id}`, and `id` of `/users/{user_id}`.
        let about = Collection::before(&goes.operation.path, name);
        if about.is_called(self.key, name) {
            return Named::Key;
        }
        // What cannot be a key is said to be that.
        let field = others().find(|field| field.wire == self.key);
        let is_key = field.is_some_and(|field| {
            matches!(plain(types, field.ty), Plain::Text | Plain::Integer)
                && (is_uuid(other) || !field.may_be_missing())
        });
        let sure = is_key
            && *name == other.wire
            && matches!(goes.slot, Slot::Path(_))
            && kind == plain(types, other.ty)
            && (is_uuid(other) || !other.may_be_missing())
            && !about.is_called(name, self.key)
            && (is_uuid(other) || ends_in(&goes.operation.path, name));
        match sure {
            true => Named::Other(other.clone()),
            false => Named::Unclear(format!(
                "`{name}` is called after `{}`, another field of the records",
                other.wire
            )),
        }
    }
}

/// Whether a path ends in a parameter.
fn ends_in(path: &str, name: &str) -> bool {
    path.trim_end_matches('/').strip_suffix(&format!("{{{name}}}")).is_some()
}
