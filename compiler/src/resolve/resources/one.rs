//! `get`, `update` and `delete`: one record by its key.

use super::{Uses, used};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::resources::KEY_SLOT;
use crate::ir::{
    Field, One, Operation, Parameter, ParameterIn, Preset, Sign, Slot, StringFormat, TypeKind,
    TypeUse,
};
use crate::resolve::message::Root;
use crate::resolve::slots::{self, Plain, plain};
use crate::resolve::{documented, paths, presets};
use crate::source::Place;
use crate::spec::syntax;

impl Uses<'_, '_> {
    pub(super) fn one(&mut self, syntax: &syntax::Use, verb: &str) -> Option<One> {
        let place = self.place.child(verb);
        let (operation, mut preset, key) = used(self.context, syntax, &place)?;
        if preset.body.is_some() || verb == "update" {
            presets::media(&operation, &mut preset);
        }
        self.no_id(syntax, &place);
        let none: &[&str] = match verb {
            "get" => &["into"],
            "update" => &[],
            _ => &["item", "into"],
        };
        self.whole(syntax, none, verb, &place);
        let said = (verb == "delete").then(|| syntax::Use::Name(operation.name.clone()));
        let said = said.as_ref().unwrap_or(syntax);
        let item = self.item(&operation, said, &place);
        let into = match verb {
            "update" => self.into(&operation, said, &place),
            _ => Some(None),
        };
        let key = match key {
            Some(text) => {
                let roots = [Root::Path, Root::Query, Root::Header, Root::Body];
                let at = place.child("key");
                let found = slots::find(self.context, &operation, text, &roots, &at)?;
                self.key_fits(found.ty, (&found.document, &found.slot), &operation.name, &at);
                found.slot
            }
            None => {
                let slot = self.only_path_parameter(&operation, &preset, &place)?;
                let Slot::Path(name) = &slot else { return None };
                let taken = |p: &&Parameter| p.location == ParameterIn::Path && p.wire == *name;
                if let Some(parameter) = operation.parameters.iter().find(taken) {
                    self.key_fits(parameter.ty, (&parameter.place, &slot), &operation.name, &place);
                }
                slot
            }
        };
        Some(One { operation: operation.name, key, item: item?, into: into?, preset, place })
    }

    /// The key of a record is of the type that the operation takes.
    fn key_fits(
        &mut self,
        slot: TypeUse,
        (document, to): (&Place, &Slot),
        operation: &str,
        place: &Place,
    ) {
        let types = &self.context.types;
        let field = types.as_struct(self.record).and_then(|s| s.field(self.key));
        let Some(field) = field else { return };
        let (key, takes) = (plain(types, field.ty), plain(types, slot));
        let differ = matches!(
            (key, takes),
            (Plain::Text, Plain::Integer | Plain::Number | Plain::Boolean | Plain::Time)
                | (Plain::Integer, Plain::Boolean | Plain::Time)
                | (_, Plain::Compound)
        );
        let is = paths::describe(types, TypeUse { nullable: false, ..field.ty });
        let written = match differ {
            true => Written::Otherwise,
            false => self.written(field, key, slot, document),
        };
        // A text may be a UUID, but not where another field is the one that is asked for.
        let meant = match (written, to) {
            (Written::Unclear, Slot::Path(name)) if name != self.key => self.is_uuid(name),
            _ => false,
        };
        let written = if meant { Written::Otherwise } else { written };
        if written != Written::Otherwise {
            let text = format!("`{operation}` takes the key `{}`, which is {is}", self.key);
            if written == Written::Alike {
                self.context.proven(text, place, Some(document));
                return;
            }
            let usual = "the document says how it is written there, and not how keys are";
            let sign = Sign::Sent { operation: operation.to_owned(), slot: to.clone() };
            self.context.granted(text, None, usual, place, Some(document)).seen_by(sign);
            return;
        }
        let takes = match &self.context.types.get(slot.id).kind {
            TypeKind::String(StringFormat::Uuid) => "a UUID".to_owned(),
            _ if differ => paths::describe(self.context.types, slot),
            _ => "another pattern".to_owned(),
        };
        let message = format!("the key `{}` is {is}, but `{operation}` takes {takes}", self.key);
        let finding = |at: &Place| {
            Diagnostic::error(KEY_SLOT, message)
                .at(at, "")
                .and(document, "where it goes")
                .and(&field.place, "the key")
        };
        match to {
            // It is one mistake of all uses.
            Slot::Path(_) if meant && self.other_key => {}
            Slot::Path(name) if meant => {
                let help = format!("the records have `{name}`, which is one: `key: {name}`");
                let finding = finding(&self.place.child("key")).help(help);
                self.other_key = true;
                self.context.report(finding);
            }
            _ => self.context.report(finding(place)),
        }
    }

    /// Whether a key is written as the operation takes it: by the format and the pattern that the document gives both.
    fn written(&self, field: &Field, key: Plain, slot: TypeUse, document: &Place) -> Written {
        let uuid = |ty: TypeUse| {
            matches!(self.context.types.get(ty.id).kind, TypeKind::String(StringFormat::Uuid))
        };
        let documents = self.context.documents;
        let pattern = |place: &Place| documented::text(documents, place, "pattern");
        let said = self.said(self.key);
        match (pattern(document), key) {
            (_, Plain::Integer) if uuid(slot) => Written::Otherwise,
            _ if uuid(slot) && self.is_uuid(&field.wire) => Written::Alike,
            _ if uuid(slot) => Written::Unclear,
            (None, _) => Written::Alike,
            (Some(wanted), Plain::Integer) => numbers(&wanted),
            (Some(wanted), _) => {
                let given = pattern(&field.place).or_else(|| pattern(&said));
                if given == Some(wanted) { Written::Alike } else { Written::Unclear }
            }
        }
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

    /// The one path parameter that no constant fills.
    fn only_path_parameter(
        &mut self,
        operation: &Operation,
        preset: &Preset,
        place: &Place,
    ) -> Option<Slot> {
        let open: Vec<Slot> = operation
            .parameters
            .iter()
            .filter(|p| p.location == ParameterIn::Path)
            .map(|p| Slot::Path(p.wire.clone()))
            .filter(|slot| !preset.values.iter().any(|(given, _)| given == slot))
            .collect();
        match open.as_slice() {
            [only] => Some(only.clone()),
            several => {
                let message = match several.len() {
                    0 => "no path parameter takes the key".to_owned(),
                    n => format!("{n} path parameters could take the key"),
                };
                self.context.report(
                    Diagnostic::error(KEY_SLOT, message)
                        .at(place, "")
                        .and(&operation.defined, "the operation")
                        .help("say where the key goes: `{operation: NAME, key: path.NAME}`"),
                );
                None
            }
        }
    }
}

/// How a key is written, and how it is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Alike,
    Unclear,
    Otherwise,
}

/// Whether whole numbers match a pattern.
fn numbers(pattern: &str) -> Written {
    let Ok(pattern) = regex_lite::Regex::new(pattern) else { return Written::Unclear };
    let digits = "1234567890123456789";
    let matches = (1..=digits.len()).filter(|length| pattern.is_match(&digits[..*length])).count();
    match matches {
        0 => Written::Otherwise,
        all if all == digits.len() => Written::Alike,
        _ => Written::Unclear,
    }
}
