//! `changes.ids`: an answer says which records changed, and each is read by its key.

use super::Context;
use super::message::{self, Root};
use super::paths::{self, Found};
use crate::cel::{self, Env};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::NOT_IN_RESPONSE;
use crate::diagnostics::codes::resources::{
    CURSOR_IS_NO_TIME, CURSOR_MAY_BE_MISSING, FEED, UNKNOWN_CURSOR,
};
use crate::ir::{
    Changes, Feed, FeedTime, Operation, Output, PagePart, Sign, Standing, StringFormat, Ty,
    TypeKind, TypeUse,
};
use crate::source::Place;
use crate::spec::syntax;

/// Resolves a feed; `changes` is what it has in common with a listing of changes.
pub(super) fn resolve(
    context: &mut Context<'_>,
    resource: &syntax::Resource,
    (syntax, ids): (&syntax::Changes, &syntax::Ids),
    changes: Changes,
) -> Option<Feed> {
    let operation = context.operations.get(&changes.operation)?.clone();
    let place = changes.place.clone();
    unneeded(context, resource, (syntax, &operation), &place);
    let Output::Json { ty: answer, .. } = &operation.output else {
        let message = format!("`{}` has no JSON answer with ids in it", operation.name);
        context.report(
            Diagnostic::error(NOT_IN_RESPONSE, message)
                .at(&place.child("operation"), "")
                .and(&operation.defined, "the operation"),
        );
        return None;
    };
    let answer = TypeUse { nullable: false, ..*answer };
    let reader =
        Reader { operation: &operation, answer, because: syntax.because.as_deref(), place: &place };
    let found = reader.walk(context, &ids.entries, &place.child("ids").child("in"))?;
    let (entry, map) = reader.entry(context, &found, &ids.entries)?;
    let id = reader.id(context, ids.key.as_deref(), (entry, map));
    let at = reader.time(context, &syntax.cursor, entry);
    let removed = match &ids.removed {
        None => {
            let text = format!("`{}` tells no record that is gone", operation.name);
            let usual = "only the spec knows";
            context.granted(text, None, usual, &place.child("ids"), None);
            Some(None)
        }
        Some(text) => {
            let env = Env::result(Some(cel::ty_of_use(context.types, entry)));
            let at = place.child("ids").child("removed");
            let context = &mut *context;
            cel::compile(text, &at, &env, context.types, Some(&Ty::Bool), context.diagnostics)
                .map(Some)
        }
    };
    let text = format!("`{}` says which records changed at `{}`", operation.name, ids.entries);
    if found.unlisted.is_none() {
        let (standing, because) = match found.optional {
            false => (Standing::Proven, None),
            true => (Standing::Assumed, Some("an answer without it is an error at run time")),
        };
        let sign = Sign::Page { operation: operation.name.clone(), part: PagePart::Items };
        let at = place.child("ids").child("in");
        context.fact(standing, text, because, &at, found.field.as_ref()).seen_by(sign);
    }
    Some(Feed { changes, entries: found.wire, id: id?, at: at?, removed: removed? })
}

/// What a feed needs, and what has no meaning for one.
fn unneeded(
    context: &mut Context<'_>,
    resource: &syntax::Resource,
    (syntax, operation): (&syntax::Changes, &Operation),
    place: &Place,
) {
    if resource.get.is_none() {
        context.report(
            Diagnostic::error(FEED, "nothing says how a record is read by its id")
                .at(&place.child("ids").key(), "")
                .help("give the resource a `get`: each record that changed is read by it"),
        );
    }
    if operation.pagination.is_some() {
        let message = format!("`{}` has pages, and ids come in one answer", operation.name);
        context.report(
            Diagnostic::error(FEED, message)
                .at(&place.child("operation"), "")
                .and(&operation.place.child("paginate").key(), "the pages"),
        );
    }
    let said = [
        ("order", syntax.order != syntax::Order::None),
        ("lookback", syntax.lookback.is_some()),
        ("cap", syntax.cap.is_some()),
    ];
    for (key, _) in said.iter().filter(|(_, said)| *said) {
        let message = format!("`{key}` is about a listing of records, and these are ids");
        context.report(Diagnostic::error(FEED, message).at(&place.child(key).key(), ""));
    }
}

struct Reader<'r> {
    operation: &'r Operation,
    answer: TypeUse,
    because: Option<&'r str>,
    place: &'r Place,
}

impl Reader<'_> {
    fn walk(&self, context: &mut Context<'_>, text: &str, place: &Place) -> Option<Found> {
        let path = message::read(text, &[Root::Body], place, context.diagnostics)?;
        match paths::walk(context.types, self.answer, path.rest) {
            Ok(found) => {
                let (operation, path) = (self.operation.name.clone(), found.wire.clone());
                let sign = Sign::Answer { operation, path };
                let said = (text, self.operation.name.as_str());
                Some(message::known(context, found, said, self.because, place, sign))
            }
            Err(error) => {
                context.report(error.diagnostic(NOT_IN_RESPONSE, place, path.offset));
                None
            }
        }
    }

    /// The type of what is said of one record, and whether its id is the key of a map.
    fn entry(
        &self,
        context: &mut Context<'_>,
        found: &Found,
        text: &str,
    ) -> Option<(TypeUse, bool)> {
        match context.types.get(found.ty.id).kind {
            TypeKind::Map(entry) => return Some((entry, true)),
            TypeKind::List(entry) => return Some((entry, false)),
            _ => {}
        }
        let is = paths::describe(context.types, found.ty);
        let message = format!("`{text}` is {is}, neither a list nor a map by id");
        let mut finding =
            Diagnostic::error(FEED, message).at(&self.place.child("ids").child("in"), "");
        if let Some(field) = &found.field {
            finding = finding.and(field, "the document says so");
        }
        context.report(finding);
        None
    }

    /// Where the id is in what is said of a record. The outer option is for errors, the inner for ids that are not
    /// inside: keys of a map, and elements that are ids.
    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    fn id(
        &self,
        context: &mut Context<'_>,
        text: Option<&str>,
        (entry, map): (TypeUse, bool),
    ) -> Option<Option<Vec<String>>> {
        let section = self.place.child("ids");
        let scalar = |context: &Context<'_>, ty: TypeUse| {
            matches!(
                context.types.get(ty.id).kind,
                TypeKind::String(StringFormat::Plain | StringFormat::Uuid)
                    | TypeKind::Integer { .. }
            )
        };
        let (message, at) = match text {
            None if map || scalar(context, entry) => return Some(None),
            None => {
                let is = paths::describe(context.types, entry);
                let message =
                    format!("what is said of a record is {is}, and nothing says where its id is");
                (message, section.key())
            }
            Some(_) if map => {
                ("the ids are the keys of a map".to_owned(), section.child("key").key())
            }
            Some(text) => {
                let at = section.child("key");
                match paths::walk(context.types, entry, text) {
                    Ok(found) if scalar(context, found.ty) && !found.optional => {
                        return Some(Some(found.wire));
                    }
                    Ok(found) if found.optional => (format!("`{text}` may be missing"), at),
                    Ok(found) => {
                        let is = paths::describe(context.types, found.ty);
                        (format!("`{text}` is {is}, which identifies no record"), at)
                    }
                    Err(error) => {
                        context.report(error.diagnostic(NOT_IN_RESPONSE, &at, 0));
                        return None;
                    }
                }
            }
        };
        let help = match text {
            None => "`ids: {in: .., key: id}`",
            Some(_) if map => "leave `key` out",
            Some(_) => "an id is text or a whole number, and is always there",
        };
        context.report(Diagnostic::error(FEED, message).at(&at, "").help(help));
        None
    }

    /// Where the time of the change is: in what is said of a record, or in the answer.
    fn time(&self, context: &mut Context<'_>, text: &str, entry: TypeUse) -> Option<FeedTime> {
        let place = self.place.child("cursor");
        let in_answer = text.starts_with("body.");
        let found = if in_answer {
            self.walk(context, text, &place)?
        } else {
            match paths::walk(context.types, entry, text) {
                Ok(found) => found,
                Err(error) => {
                    context.report(error.diagnostic(UNKNOWN_CURSOR, &place, 0));
                    return None;
                }
            }
        };
        let time = matches!(
            context.types.get(found.ty.id).kind,
            TypeKind::String(StringFormat::DateTime | StringFormat::Date)
        );
        let (code, message) = match (time, found.optional) {
            (true, false) => {
                let fact =
                    format!("`{}` says when records changed, at `{text}`", self.operation.name);
                context.proven(fact, &place, found.field.as_ref());
                return Some(match in_answer {
                    true => FeedTime::Answer(found.wire),
                    false => FeedTime::Entry(found.wire),
                });
            }
            (true, true) => {
                let message =
                    format!("`{text}` may be missing, so it cannot tell when a record changed");
                (CURSOR_MAY_BE_MISSING, message)
            }
            (false, _) => {
                let is = paths::describe(context.types, TypeUse { nullable: false, ..found.ty });
                (CURSOR_IS_NO_TIME, format!("`{text}` is {is}, not a point in time"))
            }
        };
        let mut finding = Diagnostic::error(code, message).at(&place, "");
        if let Some(field) = &found.field {
            finding = finding.and(field, "");
        }
        context.report(finding.help(
            "beside `ids`, `cursor` is a member of what is said of a record, or `body.PATH` of the answer",
        ));
        None
    }
}
