//! `upsert:`: records that are made or changed by an external key.

use super::Context;
use super::message::{self, Root};
use super::paths;
use super::presets;
use super::resources::{is_refined, operation, schema_at};
use super::slots;
use super::slots::{Plain, plain};
use super::within;
use crate::cel::{self, Env};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::NOT_IN_RESPONSE;
use crate::diagnostics::codes::resources::{BAD_UPSERT, WITHIN};
use crate::ir::{
    Expr, Operation, Output, Results, Sign, Slot, Standing, Ty, TypeId, TypeKind, TypeUse, Upsert,
    Within,
};
use crate::source::Place;
use crate::spec::syntax;
use serde_json::Value;

/// Resolves an upsert.
pub(super) fn resolve(
    context: &mut Context<'_>,
    syntax: &syntax::Upsert,
    place: &Place,
) -> Option<Upsert> {
    let operation = operation(context, &syntax.operation, &place.child("operation"))?;
    let mut preset = presets::resolve(context, &operation, &syntax.with, &place.child("with"));
    presets::media(&operation, &mut preset);
    let records = match &syntax.batch {
        Some(batch) => Some(records(context, &operation, batch, &place.child("batch"))?),
        None => None,
    };
    let into = match &records {
        Some(_) => {
            if syntax.into.is_some() {
                let message = "where the records of a batch go is said by `batch.into`";
                let at = place.child("into").key();
                context.report(Diagnostic::error(WITHIN, message).at(&at, ""));
            }
            None
        }
        None => within::into(context, &operation, syntax.into.as_deref(), &place.child("into"))?,
    };
    let record = match (&records, &into) {
        (Some((_, record)), _) => *record,
        (None, Some(into)) => inside(context, &operation, into)?,
        (None, None) => single(context, &operation, place)?,
    };
    let key = match &syntax.key {
        Some(text) => {
            let at = place.child("key");
            let roots = [Root::Path, Root::Query, Root::Header];
            Some(slots::find(context, &operation, text, &roots, &at)?.slot)
        }
        None => None,
    };
    told(context, syntax, (&operation, record), place);
    let results = results(context, &operation, syntax, &place.child("results"));
    let batch = syntax.batch.as_ref();
    if batch.is_some() && syntax.key.is_some() {
        let message =
            "several records in one call have no one key: `key` and `batch` exclude each other";
        context.report(Diagnostic::error(BAD_UPSERT, message).at(&place.child("key").key(), ""));
    }
    if let Some(each) = batch.and_then(|b| b.each.as_ref())
        && each.contains_key(&syntax.by)
    {
        let message = format!("every record would have the same key `{}`", syntax.by);
        let at = place.child("batch").child("each").child(&syntax.by);
        context.report(Diagnostic::error(BAD_UPSERT, message).at(&at.key(), ""));
    }
    Some(Upsert {
        operation: operation.name,
        by: syntax.by.clone(),
        preset,
        record,
        into,
        key,
        each: batch
            .and_then(|b| b.each.as_ref())
            .map(|each| Value::Object(each.clone().into_iter().collect())),
        records: records.map(|(pointer, _)| pointer),
        batch: batch.map_or(1, |batch| batch.max),
        results: results?,
        place: place.clone(),
    })
}

/// What the key and the batch rest on.
fn told(
    context: &mut Context<'_>,
    syntax: &syntax::Upsert,
    (operation, record): (&Operation, TypeId),
    place: &Place,
) {
    let by = &syntax.by;
    let field = context.types.as_struct(record).and_then(|s| s.field(by)).cloned();
    // What a refinement says about it is a fact of the type.
    let mut types = context.spec.syntax.types.iter().filter(|(_, ty)| {
        let schema = schema_at(&context.types.get(record).place);
        schema.is_some_and(|name| ty.schema.iter().chain(&ty.schemas).any(|known| *known == name))
    });
    let refined = types.any(|(name, _)| is_refined(context, name, by));
    let spec = context.spec.place.file;
    if let Some(field) = field.filter(|field| field.place.file != spec && !refined) {
        let text = format!("records that `{}` writes have the key `{by}`", operation.name);
        context.proven(text, &place.child("by"), Some(&field.place));
    }
    if let Some(key) = &syntax.key {
        let text = format!("`{}` takes the key at `{key}`", operation.name);
        context.proven(text, &place.child("key"), Some(&operation.defined));
    }
    let Some(batch) = &syntax.batch else { return };
    let at = place.child("batch").child("max");
    let text = format!("`{}` takes {} records a call", operation.name, batch.max);
    let usual = "only the spec knows; a batch that is refused is halved";
    context.granted(text, None, usual, &at, None);
}

/// The array of records in the body of a batch, and the struct of one.
fn records(
    context: &mut Context<'_>,
    operation: &Operation,
    batch: &syntax::Batch,
    place: &Place,
) -> Option<(String, TypeId)> {
    if batch.max == 0 {
        let message = "a batch of no records writes nothing";
        context.report(Diagnostic::error(BAD_UPSERT, message).at(&place.child("max"), ""));
    }
    let at = place.child("into");
    let found = slots::find(context, operation, &batch.into, &[Root::Body], &at)?;
    let Slot::Body(pointer) = found.slot else { return None };
    let item = match context.types.get(found.ty.id).kind {
        TypeKind::List(item) => Some(item),
        _ => None,
    };
    let record = item.filter(|item| context.types.as_struct(item.id).is_some());
    let Some(record) = record else {
        let is = paths::describe(context.types, found.ty);
        let message = format!("`{}` is {is}, not an array of records", batch.into);
        context.report(
            Diagnostic::error(BAD_UPSERT, message)
                .at(&at, "")
                .and(&found.document, "the document says so"),
        );
        return None;
    };
    let text = format!("`{}` takes records at `{}`", operation.name, batch.into);
    context.proven(text, &at, Some(&found.document));
    if let Some(each) = &batch.each {
        let at = place.child("each");
        let value = Value::Object(each.clone().into_iter().collect());
        presets::holds(context, record, &value, &at, &found.document);
    }
    Some((pointer, record.id))
}

/// The struct that is the body of a call for one record.
fn single(context: &mut Context<'_>, operation: &Operation, place: &Place) -> Option<TypeId> {
    let body = operation.body.as_ref().map(|body| body.ty.id);
    let record = body.filter(|id| context.types.as_struct(*id).is_some());
    if record.is_none() {
        let message = format!("the body of `{}` is no record", operation.name);
        context.report(
            Diagnostic::error(BAD_UPSERT, message)
                .at(&place.child("operation"), "")
                .and(&operation.defined, "the operation")
                .help("for several records in one call: `batch: {into: body.PATH, max: N}`")
                .help("if the record is a member of the body: `into: body.PATH`"),
        );
    }
    record
}

/// The struct inside the body of a call for one record.
fn inside(context: &mut Context<'_>, operation: &Operation, into: &Within) -> Option<TypeId> {
    if context.types.as_struct(into.ty.id).is_some() {
        return Some(into.ty.id);
    }
    let is = paths::describe(context.types, into.ty);
    context.report(
        Diagnostic::error(BAD_UPSERT, format!("a record goes here, and the document has {is}"))
            .at(&into.place, "")
            .and(&operation.defined, "the operation"),
    );
    None
}

fn results(
    context: &mut Context<'_>,
    operation: &Operation,
    syntax: &syntax::Upsert,
    place: &Place,
) -> Option<Results> {
    let (batch, syntax) = (syntax.batch.is_some(), &syntax.results);
    let mut results = Results { created_status: syntax.created_status, ..Results::default() };
    let Output::Json { ty, place: schema } = &operation.output else {
        let empty = matches!(
            syntax,
            syntax::Results {
                items: None,
                id: None,
                created: None,
                failed: None,
                skipped: None,
                message: None,
                ..
            }
        );
        if batch || !empty {
            let message =
                format!("`{}` gives no JSON that tells what became of records", operation.name);
            context.report(
                Diagnostic::error(BAD_UPSERT, message)
                    .at(&place.key(), "")
                    .and(&operation.defined, "the operation"),
            );
            return None;
        }
        return Some(results);
    };
    let result = match (&syntax.items, batch) {
        (Some(text), _) => {
            let at = place.child("items");
            let because = syntax.because.as_deref();
            let (pointer, item) = items(context, (operation, *ty, schema), text, because, &at)?;
            results.records = Some(pointer);
            item
        }
        (None, false) => *ty,
        (None, true) => {
            context.report(
                Diagnostic::error(BAD_UPSERT, "nothing says where the results of a batch are")
                    .at(&place.key(), "")
                    .help("`results: {items: body.PATH, ...}`, in the order of the records"),
            );
            return None;
        }
    };
    if batch {
        if syntax.failed.is_none() {
            let message = "nothing says which records of a batch were refused";
            context.report(
                Diagnostic::error(BAD_UPSERT, message)
                    .at(&place.key(), "no `failed` here")
                    .help("`failed: 'CEL over result'`; `failed: 'false'` where a call writes all its records or none"),
            );
        }
        let text = format!("the results of `{}` come in the order of the records", operation.name);
        let sign = outcome(operation, "");
        context
            .fact(Standing::Assumed, text, syntax.because.as_deref(), place, Some(schema))
            .seen_by(sign);
    }
    if let Some(status) = syntax.created_status {
        let text = format!("`{}` answers {status} for a record that is new", operation.name);
        let usual = "only the spec knows; it tells created from updated in reports";
        context.granted(text, None, usual, &place.child("created_status"), None);
    }
    let one = One { context, operation, result, because: syntax.because.as_deref(), place };
    one.fill(syntax, results)
}

/// The array of results, and the type of one.
fn items(
    context: &mut Context<'_>,
    (operation, output, schema): (&Operation, TypeUse, &Place),
    text: &str,
    because: Option<&str>,
    place: &Place,
) -> Option<(String, TypeUse)> {
    let path = message::read(text, &[Root::Body], place, context.diagnostics)?;
    let found = match paths::walk(context.types, output, path.rest) {
        Ok(found) => {
            let sign = outcome(operation, "");
            message::known(context, found, (text, &operation.name), because, place, sign)
        }
        Err(error) => {
            context.report(error.diagnostic(NOT_IN_RESPONSE, place, path.offset));
            return None;
        }
    };
    if let TypeKind::List(item) = context.types.get(found.ty.id).kind {
        if found.unlisted.is_none() {
            let text = format!("the results of `{}` are at `{text}`", operation.name);
            context.proven(text, place, found.field.as_ref().or(Some(schema)));
        }
        return Some((found.pointer(), item));
    }
    let is = paths::describe(context.types, found.ty);
    context.report(
        Diagnostic::error(BAD_UPSERT, format!("`{text}` is {is}, not an array of results"))
            .at(place, "")
            .and(found.field.as_ref().unwrap_or(schema), "the document says so"),
    );
    None
}

/// How a run sees that results are not as the spec says; `pointer` leads into one of them.
fn outcome(operation: &Operation, pointer: &str) -> Sign {
    Sign::Outcome { operation: operation.name.clone(), pointer: pointer.to_owned() }
}

struct One<'o, 'c> {
    context: &'o mut Context<'c>,
    operation: &'o Operation,
    result: TypeUse,
    because: Option<&'o str>,
    place: &'o Place,
}

impl One<'_, '_> {
    fn fill(mut self, syntax: &syntax::Results, mut results: Results) -> Option<Results> {
        let text = [Plain::Text, Plain::Integer, Plain::Unknown];
        let flag = [Plain::Boolean, Plain::Unknown];
        results.id = self.pointer(syntax.id.as_deref(), "id", "text", &text)?;
        results.created = self.pointer(syntax.created.as_deref(), "created", "a boolean", &flag)?;
        results.message = self.pointer(syntax.message.as_deref(), "message", "text", &text)?;
        let env = Env::result(Some(cel::ty_of_use(self.context.types, self.result)));
        results.failed = self.condition(syntax.failed.as_deref(), "failed", &env)?;
        results.skipped = self.condition(syntax.skipped.as_deref(), "skipped", &env)?;
        Some(results)
    }

    /// The outer option is for errors, the inner for what is not given.
    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    fn pointer(
        &mut self,
        text: Option<&str>,
        key: &str,
        wanted: &str,
        kinds: &[Plain],
    ) -> Option<Option<String>> {
        let Some(text) = text else { return Some(None) };
        let place = self.place.child(key);
        match paths::walk(self.context.types, self.result, text) {
            Ok(found) if kinds.contains(&plain(self.context.types, found.ty)) => {
                let name = &self.operation.name;
                let at = (text, name.as_str());
                let sign = outcome(self.operation, &found.pointer());
                let found = message::known(self.context, found, at, self.because, &place, sign);
                if found.unlisted.is_none() {
                    let text = format!("a result of `{name}` may have `{text}`");
                    self.context.proven(text, &place, found.field.as_ref());
                }
                Some(Some(found.pointer()))
            }
            Ok(found) => {
                let is = paths::describe(self.context.types, found.ty);
                let message = format!("`{text}` is {is}, not {wanted}");
                self.context.report(Diagnostic::error(BAD_UPSERT, message).at(&place, ""));
                None
            }
            Err(error) => {
                self.context.report(error.diagnostic(NOT_IN_RESPONSE, &place, 0));
                None
            }
        }
    }

    /// The outer option is for errors, the inner for what is not given.
    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    fn condition(&mut self, text: Option<&str>, key: &str, env: &Env) -> Option<Option<Expr>> {
        let Some(text) = text else { return Some(None) };
        let place = self.place.child(key);
        let context = &mut *self.context;
        let types = &*context.types;
        let condition =
            cel::compile(text, &place, env, types, Some(&Ty::Bool), context.diagnostics)?;
        let does = if key == "failed" { "refused" } else { "refused, and left alone" };
        let text = format!("a record with `{}` was {does}", text.trim());
        context.proven(text, &place, Some(&self.operation.defined));
        Some(Some(condition))
    }
}
