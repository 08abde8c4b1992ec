//! The key of a page's last record as the cursor: `from: body.data[-1].id`.

use super::{INTO, Pages, meaning};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{LAST_RECORD, NOT_IN_RESPONSE};
use crate::ir::{Next, PagePart, TypeUse};
use crate::resolve::message::{self, Root};
use crate::resolve::paths::{self, Found};
use crate::resolve::{Context, slots};
use crate::source::Place;
use crate::spec::syntax;

/// What stands for the last record of a page.
const LAST: &str = "[-1]";

/// The list and the member of its last record that a path means, if it means one.
pub(super) fn split(from: &str) -> Option<(&str, &str)> {
    from.split_once(LAST)
}

impl Pages<'_> {
    /// `items` is the array of records, and the type of one; `None` if that is wrong, which was said.
    pub(super) fn after(
        &self,
        context: &mut Context<'_>,
        rule: &syntax::Cursor,
        items: Option<(&Found, TypeUse)>,
        place: &Place,
    ) -> Option<Next> {
        let member = items.map(|items| self.of_last(context, rule, items, &place.child("from")));
        let into = slots::find(context, self.operation, &rule.into, &INTO, &place.child("into"));
        let more = self.more(context, rule.more.as_deref(), rule.last.as_deref(), place);
        let (member, into, more) = (member??, into?, more?);
        let document = member.field.clone().unwrap_or_else(|| self.schema.clone());
        slots::fits(context, (member.ty, &document), &into, &place.child("from"));
        let text = format!(
            "the next page of `{}` begins behind the record with the last `{}`",
            self.operation.name,
            member.wire.join(".")
        );
        let about = crate::resolve::documented::words(context.documents, &into.document);
        let name = rule.into.rsplit(['.', '/']).next().unwrap_or_default();
        if meaning::reads_behind(name, &about) {
            context.proven(text, place, Some(&document));
        } else {
            let usual = "no name says so; the same page twice is an error at run time";
            let sign = self.sign(PagePart::Way);
            context.granted(text, self.reason(), usual, place, Some(&document)).seen_by(sign);
        }
        self.until_empty(context, Some(&None), Some(&more), place);
        Some(Next::After { of: member.wire, into: into.slot, more })
    }

    /// The member of the last record, which every record has.
    fn of_last(
        &self,
        context: &mut Context<'_>,
        rule: &syntax::Cursor,
        (items, item): (&Found, TypeUse),
        place: &Place,
    ) -> Option<Found> {
        let (list, member) = split(&rule.from)?;
        let path = message::read(list, &[Root::Body], place, context.diagnostics)?;
        let page = TypeUse { nullable: false, ..self.output };
        let there = match paths::walk(context.types, page, path.rest) {
            Ok(found) => found.wire == items.wire,
            Err(error) => {
                context.report(error.diagnostic(NOT_IN_RESPONSE, place, path.offset));
                return None;
            }
        };
        if !there {
            let message = format!("the records of a page are at `{}`", self.syntax.items);
            context.report(
                Diagnostic::error(LAST_RECORD, message)
                    .at(&place.within(0, list.len()), "the last element of something else")
                    .and(&self.place.child("items"), "")
                    .help(format!("write it as `{}{LAST}{member}`", self.syntax.items)),
            );
            return None;
        }
        let Some(name) = member.strip_prefix('.').filter(|name| !name.is_empty()) else {
            context.report(
                Diagnostic::error(LAST_RECORD, "a record is no cursor: a member of it is")
                    .at(place, "")
                    .help(format!("such as `{list}{LAST}.id`")),
            );
            return None;
        };
        let found = match paths::walk(context.types, item, name) {
            Ok(found) => found,
            Err(error) => {
                let offset = list.len() + LAST.len() + 1;
                context.report(error.diagnostic(NOT_IN_RESPONSE, place, offset));
                return None;
            }
        };
        if found.optional {
            let message = format!("`{name}` may be missing, and then there is no next page");
            let mut finding = Diagnostic::error(LAST_RECORD, message).at(place, "");
            if let Some(field) = found.field.as_ref().or(found.unlisted.as_ref()) {
                finding = finding.and(field, "not required here");
            }
            context.report(finding.help(format!(
                "if every record has it, say so: `refine: {{{name}: string}}` in the type, with a `because`"
            )));
            return None;
        }
        Some(found)
    }
}
