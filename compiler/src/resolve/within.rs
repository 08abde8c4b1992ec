//! Records that are a part of a body: `item: body.data` of an answer, `into: body.data` of a request.

use super::Context;
use super::message::{self, Root};
use super::paths;
use super::slots;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::NOT_IN_RESPONSE;
use crate::diagnostics::codes::resources::WITHIN;
use crate::ir::{Operation, Output, Sign, Slot, Standing, TypeUse, Within};
use crate::source::Place;

/// Where an answer has its record. The outer option is for errors, the inner for answers that are the record.
#[expect(clippy::option_option, reason = "an error is not the same as nothing")]
pub(super) fn item(
    context: &mut Context<'_>,
    operation: &Operation,
    (text, because): (Option<&str>, Option<&str>),
    place: &Place,
) -> Option<Option<Within>> {
    let Some(text) = text else { return Some(None) };
    let path = message::read(text, &[Root::Body], place, context.diagnostics)?;
    let Output::Json { ty, place: schema } = &operation.output else {
        let message = format!("`{}` has no JSON answer with a record in it", operation.name);
        context.report(
            Diagnostic::error(NOT_IN_RESPONSE, message)
                .at(place, "")
                .and(&operation.defined, "the operation"),
        );
        return None;
    };
    let found = match paths::walk(context.types, *ty, path.rest) {
        Ok(found) => {
            let sign = Sign::Answer { operation: operation.name.clone(), path: found.wire.clone() };
            message::known(context, found, (text, &operation.name), because, place, sign)
        }
        Err(error) => {
            context.report(error.diagnostic(NOT_IN_RESPONSE, place, path.offset));
            return None;
        }
    };
    if found.wire.is_empty() {
        return Some(None);
    }
    if found.unlisted.is_none() {
        let fact = format!("`{}` gives the record at `{text}`", operation.name);
        let (standing, because) = match found.optional {
            false => (Standing::Proven, None),
            true => (Standing::Assumed, Some("an answer without it is an error at run time")),
        };
        let sign = Sign::Answer { operation: operation.name.clone(), path: found.wire.clone() };
        let document = found.field.as_ref().or(Some(schema));
        context.fact(standing, fact, because, place, document).seen_by(sign);
    }
    Some(Some(Within { path: found.wire, ty: found.ty, place: place.clone() }))
}

/// Where a body takes its record. The outer option is for errors, the inner for bodies that are the record.
#[expect(clippy::option_option, reason = "an error is not the same as nothing")]
pub(super) fn into(
    context: &mut Context<'_>,
    operation: &Operation,
    text: Option<&str>,
    place: &Place,
) -> Option<Option<Within>> {
    let Some(text) = text else { return Some(None) };
    let found = slots::find(context, operation, text, &[Root::Body], place)?;
    let Slot::Body(pointer) = &found.slot else { return None };
    if pointer.is_empty() {
        return Some(None);
    }
    let rest = text.strip_prefix("body").unwrap_or_default();
    let steps = paths::parse(rest.strip_prefix('.').unwrap_or(rest)).unwrap_or_default();
    // A record is the only thing that is put there: a list of it has one element.
    let beyond = steps.iter().any(|(step, _)| match step {
        paths::Segment::Index(index) => *index != 0,
        // What is sent tells elements of lists by their numbers.
        paths::Segment::Name(name) => name.parse::<usize>().is_ok(),
    });
    if beyond {
        let message = format!("`{text}` is no place for one record");
        context.report(Diagnostic::error(WITHIN, message).at(place, "").help(
            "a record goes into a member, or is the first element of a list: `body.data[0]`",
        ));
        return None;
    }
    let fact = format!("`{}` takes the record at `{text}`", operation.name);
    context.proven(fact, place, Some(&found.document));
    let path = steps.into_iter().map(|(step, _)| match step {
        paths::Segment::Name(name) => name,
        paths::Segment::Index(index) => index.to_string(),
    });
    let ty = TypeUse { nullable: false, ..found.ty };
    Some(Some(Within { path: path.collect(), ty, place: place.clone() }))
}
