//! `resources:`: what can be done with each kind of record.

use super::Context;
use super::documented;
use super::feeds;
use super::message::{self, Root};
use super::names::type_ident;
use super::paths;
use super::presets;
use super::slots::{self, Plain, plain};
use super::upserts;
use super::within;
use crate::check::{times, windows};
use crate::diagnostics::codes::resources::{KEY_SLOT, TIME_FORMAT, UNKNOWN_CURSOR, WITHIN};
use crate::diagnostics::codes::spec::{BAD_VALUE, UNDECLARED};
use crate::diagnostics::{Diagnostic, near};
use crate::ir::{
    Changes, Create, Listing, One, Operation, Output, Parameter, ParameterIn, Preset, Resource,
    Sign, Slot, Standing, StringFormat, TimeFormat, TypeId, TypeKind, TypeUse, Within,
};
use crate::source::Place;
use crate::spec::{quantity, syntax};
use indexmap::IndexMap;
use std::time::Duration;

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
        let uses = Uses { context, record: ty, key: &syntax.key, place: &place };
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
    if !field.may_be_missing() && field.place.file != spec {
        let text = format!("every `{}` has `{}`", syntax.ty, syntax.key);
        let document = field.place.clone();
        context.fact(Standing::Proven, text, None, &place.child("key"), Some(&document));
    }
}

struct Uses<'u, 'c> {
    context: &'u mut Context<'c>,
    /// The type of a record, and the field that identifies one.
    record: TypeId,
    key: &'u str,
    place: &'u Place,
}

impl Uses<'_, '_> {
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
        Resource {
            name: name.to_owned(),
            ident: type_ident(name),
            ty,
            key: syntax.key.clone(),
            list: syntax
                .list
                .as_ref()
                .and_then(|u| self.fitting("list", u.operation(), |uses| uses.list(u))),
            changes,
            feed,
            get: syntax
                .get
                .as_ref()
                .and_then(|u| self.fitting("get", u.operation(), |uses| uses.one(u, "get"))),
            create: syntax
                .create
                .as_ref()
                .and_then(|u| self.fitting("create", u.operation(), |uses| uses.create(u))),
            update: syntax
                .update
                .as_ref()
                .and_then(|u| self.fitting("update", u.operation(), |uses| uses.one(u, "update"))),
            upsert: syntax.upsert.as_ref().and_then(|u| {
                self.fitting("upsert", &u.operation, |uses| {
                    upserts::resolve(uses.context, u, &uses.place.child("upsert"))
                })
            }),
            delete: syntax
                .delete
                .as_ref()
                .and_then(|u| self.fitting("delete", u.operation(), |uses| uses.one(u, "delete"))),
            place: self.place.clone(),
        }
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

    fn list(&mut self, syntax: &syntax::Use) -> Option<Listing> {
        let place = self.place.child("list");
        let (operation, mut preset, key) = used(self.context, syntax, &place)?;
        if preset.body.is_some() {
            presets::media(&operation, &mut preset);
        }
        self.no_key(key, &place);
        self.no_id(syntax, &place);
        self.whole(syntax, &["item", "into", "because"], "list", &place);
        Some(Listing { operation: operation.name, preset, place })
    }

    fn create(&mut self, syntax: &syntax::Use) -> Option<Create> {
        let place = self.place.child("create");
        let (operation, mut preset, key) = used(self.context, syntax, &place)?;
        presets::media(&operation, &mut preset);
        self.no_key(key, &place);
        let id = match syntax {
            syntax::Use::Full(syntax::FullUse { id: Some(text), .. }) => {
                Some(self.made(&operation, text, &place.child("id"))?)
            }
            _ => None,
        };
        let item = self.item(&operation, syntax, &place);
        let into = self.into(&operation, syntax, &place);
        let (item, into) = (item?, into?);
        Some(Create { operation: operation.name, item, into, id, preset, place })
    }

    /// The header that says where a new record is.
    fn made(&mut self, operation: &Operation, text: &str, place: &Place) -> Option<String> {
        let path = message::read(text, &[Root::Header], place, self.context.diagnostics)?;
        let name = message::header(path.rest, place, self.context.diagnostics)?;
        if !matches!(operation.output, Output::Empty) {
            let message = format!("the answer of `{}` has a body, which says it", operation.name);
            let help = "leave `id` out: `create` gives what the answer holds";
            self.context.report(Diagnostic::error(KEY_SLOT, message).at(place, "").help(help));
            return None;
        }
        let known =
            documented::headers(self.context.documents, std::slice::from_ref(&operation.defined));
        let is = |known: &str| known.eq_ignore_ascii_case(&name);
        let almost = known.iter().any(|(known, _)| near(&name, known));
        if almost && !known.iter().any(|(known, _)| is(known)) {
            let message = format!("no answer of `{}` has the header `{name}`", operation.name);
            self.context.report(
                Diagnostic::error(KEY_SLOT, message)
                    .at(place, "")
                    .nearest(&name, known.iter().map(|(known, _)| known.as_str())),
            );
            return None;
        }
        let standing =
            match documented::has_header(self.context.documents, &operation.defined, &name) {
                true => Standing::Proven,
                false => Standing::Assumed,
            };
        let text = format!("the URL in `{name}` ends with the key of the new record");
        let because = standing == Standing::Assumed;
        let because = because
            .then_some("the document does not list the header; without it, an error at run time");
        let sign = Sign::Header { name: name.clone(), operations: vec![operation.name.clone()] };
        self.context.fact(standing, text, because, place, Some(&operation.defined)).seen_by(sign);
        Some(name)
    }

    /// Only a new record has a key that an answer must tell.
    fn no_id(&mut self, syntax: &syntax::Use, place: &Place) {
        if matches!(syntax, syntax::Use::Full(syntax::FullUse { id: Some(_), .. })) {
            let message = "only `create` learns the key of a record from the answer";
            self.context
                .report(Diagnostic::error(KEY_SLOT, message).at(&place.child("id").key(), ""));
        }
    }

    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    fn item(
        &mut self,
        operation: &Operation,
        syntax: &syntax::Use,
        place: &Place,
    ) -> Option<Option<Within>> {
        let syntax::Use::Full(full) = syntax else { return Some(None) };
        let said = (full.item.as_deref(), full.because.as_deref());
        within::item(self.context, operation, said, &place.child("item"))
    }

    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    fn into(
        &mut self,
        operation: &Operation,
        syntax: &syntax::Use,
        place: &Place,
    ) -> Option<Option<Within>> {
        let syntax::Use::Full(full) = syntax else { return Some(None) };
        within::into(self.context, operation, full.into.as_deref(), &place.child("into"))
    }

    /// Some uses are answered with no record, and some send none.
    fn whole(&mut self, syntax: &syntax::Use, keys: &[&str], verb: &str, place: &Place) {
        let syntax::Use::Full(full) = syntax else { return };
        let said = [("item", &full.item), ("into", &full.into), ("because", &full.because)];
        for (key, _) in said.iter().filter(|(key, text)| text.is_some() && keys.contains(key)) {
            let (message, help) = match (*key, verb) {
                ("item", "list") => (
                    "a listing gives many records, on pages".to_owned(),
                    "`paginate.items` of the operation says where they are",
                ),
                ("item", _) => (
                    format!("`{verb}` gives what the operation is answered with"),
                    "only `get`, `create` and `update` are answered with the record",
                ),
                ("into", _) => (
                    format!("`{verb}` sends no record"),
                    "only `create`, `update` and `upsert` send one",
                ),
                _ => (
                    format!("nothing that `{verb}` relies on needs a reason"),
                    "a reason stands where something is assumed or overridden",
                ),
            };
            let at = place.child(key).key();
            self.context.report(Diagnostic::error(WITHIN, message).at(&at, "").help(help));
        }
    }

    fn no_key(&mut self, key: Option<&str>, place: &Place) {
        if key.is_some() {
            let message = "only `get`, `update` and `delete` are about one record by its key";
            self.context
                .report(Diagnostic::error(KEY_SLOT, message).at(&place.child("key").key(), ""));
        }
    }

    fn one(&mut self, syntax: &syntax::Use, verb: &str) -> Option<One> {
        let place = self.place.child(verb);
        let (operation, mut preset, key) = used(self.context, syntax, &place)?;
        if preset.body.is_some() || verb == "update" {
            presets::media(&operation, &mut preset);
        }
        self.no_id(syntax, &place);
        let none: &[&str] = match verb {
            "get" => &["into"],
            "update" => &[],
            _ => &["item", "into", "because"],
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
                self.key_fits(found.ty, &found.document, &operation.name, &at);
                found.slot
            }
            None => {
                let slot = self.only_path_parameter(&operation, &preset, &place)?;
                let Slot::Path(name) = &slot else { return None };
                let taken = |p: &&Parameter| p.location == ParameterIn::Path && p.wire == *name;
                if let Some(parameter) = operation.parameters.iter().find(taken) {
                    self.key_fits(parameter.ty, &parameter.place, &operation.name, &place);
                }
                slot
            }
        };
        Some(One { operation: operation.name, key, item: item?, into: into?, preset, place })
    }

    /// The key of a record is of the type that the operation takes.
    fn key_fits(&mut self, slot: TypeUse, document: &Place, operation: &str, place: &Place) {
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
        if !differ {
            let text = format!("`{operation}` takes the key `{}`, which is {is}", self.key);
            self.context.fact(Standing::Proven, text, None, place, Some(document));
            return;
        }
        let message = format!(
            "the key `{}` is {is}, but `{operation}` takes {}",
            self.key,
            paths::describe(types, slot)
        );
        let finding = Diagnostic::error(KEY_SLOT, message)
            .at(place, "")
            .and(document, "where it goes")
            .and(&field.place, "the key");
        self.context.report(finding);
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

    fn changes(&mut self, syntax: &syntax::Changes) -> Option<Changes> {
        let place = self.place.child("changes");
        let at = place.child("operation");
        let operation = operation(self.context, &syntax.operation, &at)?;
        let mut preset =
            presets::resolve(self.context, &operation, &syntax.with, &place.child("with"));
        let format = match syntax.since.format {
            syntax::TimeFormat::Rfc3339 => TimeFormat::Rfc3339,
            syntax::TimeFormat::Minute => TimeFormat::Minute,
            syntax::TimeFormat::Date => TimeFormat::Date,
            syntax::TimeFormat::EpochS => TimeFormat::EpochSeconds,
            syntax::TimeFormat::EpochMs => TimeFormat::EpochMillis,
        };
        let because = syntax.since.because.as_deref().or(syntax.because.as_deref());
        let at = place.child("since");
        let since = self.since(&operation, &syntax.since, format, because, &at);
        if preset.body.is_some() || matches!(since, Some(Slot::Body(_))) {
            presets::media(&operation, &mut preset);
        }
        let lookback = self.lookback(syntax.lookback.as_deref(), &place.child("lookback"));
        let cursor = match &syntax.ids {
            None => self.cursor(&syntax.cursor, &place.child("cursor")),
            // It is no field of the record.
            Some(_) => Some(syntax.cursor.split('.').map(str::to_owned).collect()),
        };
        let ascending = syntax.order == syntax::Order::Ascending;
        // What has no meaning beside ids is said of them.
        if ascending && syntax.ids.is_none() {
            let text = format!("`{}` gives the oldest change first", operation.name);
            let because = syntax.because.as_deref();
            let sign = Sign::Order { operation: operation.name.clone() };
            self.context
                .fact(Standing::Assumed, text, because, &place.child("order"), None)
                .seen_by(sign);
        }
        if let (Some(cap), None) = (syntax.cap, &syntax.ids) {
            let text = format!("a listing of `{}` gives {cap} records at most", operation.name);
            let usual = "only the spec knows";
            self.context.granted(text, None, usual, &place.child("cap"), None);
        }
        let changes = Changes {
            operation: operation.name.clone(),
            preset,
            since: since?,
            format,
            template: syntax.since.template.clone(),
            cursor: cursor?,
            lookback,
            cap: syntax.cap,
            ascending,
            because: syntax.since.because.clone(),
            place,
        };
        if let Some(because) = &syntax.since.because
            && let Some(other) = times::other(&changes, &operation)
        {
            let text = "records are asked for by the time that is remembered".to_owned();
            let document = other.document.as_ref();
            let sign =
                Sign::Sent { operation: operation.name.clone(), slot: changes.since.clone() };
            self.context
                .fact(Standing::Overridden, text, Some(because), &other.sent, document)
                .seen_by(sign);
        } else if let Some(because) = &syntax.since.because
            && windows::ends(&changes)
        {
            let text = "records are asked for from the time that is sent on".to_owned();
            let at = changes.place.child("since").child("into");
            let sign =
                Sign::Sent { operation: operation.name.clone(), slot: changes.since.clone() };
            self.context.fact(Standing::Overridden, text, Some(because), &at, None).seen_by(sign);
        } else if let Some((remembered, document)) = times::same(&changes, &operation) {
            let text = format!(
                "records are asked for by the time that is remembered, that of {remembered}"
            );
            let at = changes.place.child("since").child("into");
            self.context.proven(text, &at, document.as_ref());
        }
        Some(changes)
    }

    /// The fact that records have the time of change. What a refinement says about it is a fact of the type.
    fn has_cursor(&mut self, text: &str, place: &Place) {
        let record = TypeUse { id: self.record, nullable: false };
        let Ok(found) = paths::walk(self.context.types, record, text) else { return };
        let of_document = found.field.filter(|f| f.file != self.context.spec.place.file);
        if let (Some(document), false) = (of_document, found.optional) {
            let is = paths::describe(self.context.types, found.ty);
            let text = format!("every record says when it changed: `{text}` is {is}");
            self.context.proven(text, place, Some(&document));
        }
    }

    /// The steps to the time of change; whether they lead somewhere is checked with the record.
    fn cursor(&mut self, text: &str, place: &Place) -> Option<Vec<String>> {
        self.has_cursor(text, place);
        match paths::parse(text) {
            Ok(steps) if !steps.is_empty() => Some(
                steps
                    .into_iter()
                    .map(|(step, _)| match step {
                        paths::Segment::Name(name) => name,
                        paths::Segment::Index(index) => index.to_string(),
                    })
                    .collect(),
            ),
            Ok(_) => {
                let message = "the field with the time of change is missing";
                self.context.report(Diagnostic::error(UNKNOWN_CURSOR, message).at(place, ""));
                None
            }
            Err(error) => {
                self.context.report(error.diagnostic(UNKNOWN_CURSOR, place, 0));
                None
            }
        }
    }

    fn since(
        &mut self,
        operation: &Operation,
        syntax: &syntax::Since,
        format: TimeFormat,
        because: Option<&str>,
        place: &Place,
    ) -> Option<Slot> {
        let (text, template) = (&syntax.into, syntax.template.as_deref());
        let roots = [Root::Query, Root::Body, Root::Header];
        let found = slots::find(self.context, operation, text, &roots, &place.child("into"))?;
        let whole =
            template.is_none_or(|template| self.since_template(template, &place.child("as")));
        let kind = plain(self.context.types, found.ty);
        let epoch = matches!(format, TimeFormat::EpochSeconds | TimeFormat::EpochMillis);
        let day = matches!(
            self.context.types.get(found.ty.id).kind,
            TypeKind::String(StringFormat::Date)
        );
        let fits = match kind {
            Plain::Text | Plain::Unknown => true,
            Plain::Integer | Plain::Number => epoch && template.is_none(),
            Plain::Time => {
                let date = format == TimeFormat::Date;
                !epoch && format != TimeFormat::Minute && template.is_none() && day == date
            }
            Plain::Boolean | Plain::Compound => false,
        };
        if !fits && whole {
            let takes = paths::describe(self.context.types, found.ty);
            let message = format!("a time written like this does not fit: `{text}` takes {takes}");
            let written = if template.is_some() { "as" } else { "format" };
            self.context.report(
                Diagnostic::error(TIME_FORMAT, message)
                    .at(&place.child(written), "")
                    .and(&found.document, "the document says so"),
            );
        }
        let sure = kind == Plain::Time;
        let text = format!("`{text}` takes the time as `format` says");
        let at = place.child("format");
        match (sure, because) {
            (true, _) => {
                let document = Some(&found.document);
                self.context.fact(Standing::Proven, text, None, &at, document);
            }
            (false, because) if fits => {
                let document = Some(&found.document);
                let sign =
                    Sign::Sent { operation: operation.name.clone(), slot: found.slot.clone() };
                self.context.fact(Standing::Assumed, text, because, &at, document).seen_by(sign);
            }
            _ => {}
        }
        Some(found.slot)
    }

    /// The text around a time says where the time goes, once.
    fn since_template(&mut self, template: &str, place: &Place) -> bool {
        for (name, at) in placeholders(template) {
            if !["since", "until"].contains(&name)
                && ["since", "until"].iter().any(|known| near(name, known))
            {
                let at = place.within(at, at + name.len());
                let message = format!("`{{{name}}}` stands for nothing");
                self.context.report(
                    Diagnostic::error(TIME_FORMAT, message)
                        .at(&at, "")
                        .nearest(name, ["since", "until"]),
                );
                return false;
            }
        }
        let times = |name: &str| template.matches(name).count();
        let whole = times("{since}") == 1 && times("{until}") <= 1;
        if !whole {
            let message = "the text has `{since}` in it once, and `{until}` at most once";
            self.context.report(
                Diagnostic::error(TIME_FORMAT, message).at(place, "").help(
                    "such as `as: 'updated >= \"{since}\"'` or `as: 'gte|{since}|lte|{until}'`",
                ),
            );
        }
        whole
    }

    fn lookback(&mut self, text: Option<&str>, place: &Place) -> Duration {
        match text.map(quantity::duration) {
            None => Duration::ZERO,
            Some(Ok(lookback)) => {
                if lookback.is_zero() {
                    let message = "a look back of no time looks at nothing";
                    let finding = Diagnostic::error(BAD_VALUE, message).at(place, "");
                    self.context.report(finding.help("leave it out"));
                }
                lookback
            }
            Some(Err(wrong)) => {
                self.context.report(wrong.at(BAD_VALUE, place));
                Duration::ZERO
            }
        }
    }
}

/// The words in braces of a text, and where they begin.
fn placeholders(template: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    for (at, _) in template.match_indices('{') {
        let inside = template.get(at + 1..).and_then(|rest| rest.split_once('}'));
        if let Some((name, _)) = inside
            && !name.is_empty()
            && name.chars().all(char::is_alphanumeric)
        {
            found.push((name, at + 1));
        }
    }
    found
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
pub(super) fn operation(context: &mut Context<'_>, name: &str, place: &Place) -> Option<Operation> {
    if let Some(operation) = context.operations.get(name) {
        return Some(operation.clone());
    }
    let declared = &context.spec.syntax.operations;
    if !declared.contains_key(name) {
        context.undeclared("operations", name, place, declared.keys());
    }
    None
}
