//! What answers say of pages: where the next one is, whether there is one, how many records there are.

use super::Pages;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{DOES_NOT_FIT, NOT_IN_RESPONSE, ONE_RULE};
use crate::ir::{More, PagePart, Standing, TypeUse};
use crate::resolve::Context;
use crate::resolve::message::{self, Root};
use crate::resolve::paths::{self, Found};
use crate::resolve::slots::{Plain, plain};
use crate::source::Place;

impl Pages<'_> {
    /// The outer option is for errors, the inner for no total.
    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    pub(super) fn total(
        &self,
        context: &mut Context<'_>,
        text: Option<&str>,
        place: &Place,
    ) -> Option<Option<Vec<String>>> {
        let Some(text) = text else { return Some(None) };
        let allowed = [Plain::Integer, Plain::Number];
        let at = (&place.child("total"), PagePart::Total);
        let found = self.value(context, text, at, "a number", &allowed)?;
        let fact = format!("`{text}` of `{}` is how many records there are", self.operation.name);
        if found.unlisted.is_none() {
            let at = place.child("total");
            context.fact(Standing::Proven, fact, None, &at, found.field.as_ref());
        }
        Some(Some(found.wire))
    }

    /// The outer option is for errors, the inner for no flag.
    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    pub(super) fn more(
        &self,
        context: &mut Context<'_>,
        more: Option<&str>,
        last: Option<&str>,
        place: &Place,
    ) -> Option<Option<More>> {
        match (more, last) {
            (None, None) => Some(None),
            (Some(text), None) => self.flag(context, text, &place.child("more"), false).map(Some),
            (None, Some(text)) => self.flag(context, text, &place.child("last"), true).map(Some),
            (Some(_), Some(_)) => {
                context.report(
                    Diagnostic::error(ONE_RULE, "`more` and `last` say the same: give one of them")
                        .at(&place.child("last").key(), ""),
                );
                None
            }
        }
    }

    pub(super) fn flag(
        &self,
        context: &mut Context<'_>,
        text: &str,
        place: &Place,
        inverted: bool,
    ) -> Option<More> {
        let at = (place, PagePart::More);
        let found = self.value(context, text, at, "a boolean", &[Plain::Boolean])?;
        let says = if inverted { "that a page is the last" } else { "that there is more" };
        let fact = format!("`{text}` of `{}` says {says}", self.operation.name);
        if found.unlisted.is_none() {
            context.fact(Standing::Proven, fact, None, place, found.field.as_ref());
        }
        Some(More { from: found.wire, inverted })
    }

    /// A value of the response, of a certain kind.
    pub(super) fn value(
        &self,
        context: &mut Context<'_>,
        text: &str,
        (place, part): (&Place, PagePart),
        wanted: &str,
        kinds: &[Plain],
    ) -> Option<Found> {
        let found = self.response(context, text, place, part)?;
        if kinds.contains(&plain(context.types, found.ty)) {
            return Some(found);
        }
        let is = paths::describe(context.types, found.ty);
        context.report(
            Diagnostic::error(DOES_NOT_FIT, format!("`{text}` is {is}, not {wanted}"))
                .at(place, "")
                .and(found.field.as_ref().unwrap_or(self.schema), "the document says so"),
        );
        None
    }

    /// Where a path leads in the response. That something without a type is what it is taken for is assumed.
    pub(super) fn response(
        &self,
        context: &mut Context<'_>,
        text: &str,
        place: &Place,
        part: PagePart,
    ) -> Option<Found> {
        let path = message::read(text, &[Root::Body], place, context.diagnostics)?;
        // An answer without a body is a page of nothing.
        let page = TypeUse { nullable: false, ..self.output };
        match paths::walk(context.types, page, path.rest) {
            Ok(found) => {
                let name = &self.operation.name;
                let because = self.syntax.because.as_deref();
                let sign = self.sign(part);
                Some(message::known(context, found, (text, name), because, place, sign))
            }
            Err(error) => {
                context.report(error.diagnostic(NOT_IN_RESPONSE, place, path.offset));
                None
            }
        }
    }
}
