//! Pages that are counted: by the number of a record, or of a page.

use super::{INTO, Pages};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::DOES_NOT_FIT;
use crate::ir::{More, Next, PagePart, Slot, Standing, TypeKind};
use crate::resolve::slots::{self, FoundSlot, Plain, plain};
use crate::resolve::{Context, documented, paths};
use crate::source::Place;
use crate::spec::syntax;

impl Pages<'_> {
    pub(super) fn offset(&self, context: &mut Context<'_>, rule: &syntax::Offset) -> Option<Next> {
        let place = self.place.child("offset");
        let into = match &rule.template {
            None => self.counter(context, &rule.into, &place.child("into")),
            Some(template) => self.within(context, &rule.into, template, &place),
        };
        let total = self.total(context, rule.total.as_deref(), &place);
        let more = self.more(context, rule.more.as_deref(), rule.last.as_deref(), &place);
        self.counted(context, into.as_ref(), &rule.into, &place);
        self.begins(context, i64::try_from(rule.first).ok(), &place);
        let (first, template) = (rule.first, rule.template.clone());
        if let Some(template) = &template {
            let text = format!("`{}` asks for pages as `{template}`", self.operation.name);
            self.taken(context, text, "only the spec knows", &place.child("as"));
        }
        let text = format!("the first record of `{}` is number {first}", self.operation.name);
        self.taken(context, text, "offsets are counted so", &place.child("first"));
        self.until_empty(context, total.as_ref(), more.as_ref(), &place);
        Some(Next::Offset { into: into?.slot, first, template, total: total?, more: more? })
    }

    /// Records and pages are counted from 0 or from 1: those before another number would never be read.
    fn begins(&self, context: &mut Context<'_>, first: Option<i64>, place: &Place) {
        let Some(first) = first.filter(|first| *first > 1) else { return };
        let message = format!("what is before number {first} would never be read");
        let finding = Diagnostic::error(DOES_NOT_FIT, message).at(&place.child("first"), "");
        context.report(finding.help("the first number is 0 or 1"));
    }

    /// A slot for a text in which pages are asked for.
    fn within(
        &self,
        context: &mut Context<'_>,
        text: &str,
        template: &str,
        place: &Place,
    ) -> Option<FoundSlot> {
        let times = |name: &str| template.matches(name).count();
        let sized = times("{size}") == 0 || self.syntax.size.is_some();
        if times("{value}") != 1 || times("{start}") != 1 || times("{size}") > 1 || !sized {
            let message = match sized {
                true => {
                    "the text has `{value}` and `{start}` in it once each, and `{size}` at most once"
                }
                false => "nothing says how many records `{size}` are",
            };
            context.report(
                Diagnostic::error(DOES_NOT_FIT, message)
                    .at(&place.child("as"), "")
                    .help("such as `as: '{value} OFFSET {start} LIMIT {size}'`, with `size: {value: 100}` beside it"),
            );
        }
        let found = slots::find(context, self.operation, text, &INTO, &place.child("into"))?;
        if !matches!(plain(context.types, found.ty), Plain::Text | Plain::Unknown) {
            let is = paths::describe(context.types, found.ty);
            context.report(
                Diagnostic::error(DOES_NOT_FIT, format!("`{text}` is {is}, not text"))
                    .at(&place.child("into"), "")
                    .and(&found.document, "the document says so"),
            );
            return None;
        }
        Some(found)
    }

    pub(super) fn page(
        &self,
        context: &mut Context<'_>,
        rule: &syntax::PageNumber,
    ) -> Option<Next> {
        let place = self.place.child("page");
        let into = self.counter(context, &rule.into, &place.child("into"));
        let total = self.total(context, rule.total.as_deref(), &place);
        let more = self.more(context, rule.more.as_deref(), rule.last.as_deref(), &place);
        self.counted(context, into.as_ref(), &rule.into, &place);
        let into = into?;
        self.begins(context, rule.first, &place);
        let number = |key| documented::number(context.documents, &into.document, key);
        let documented = number("default").or_else(|| number("minimum"));
        let first = rule.first.or(documented).unwrap_or(1);
        let text = format!("the first page of `{}` is number {first}", self.operation.name);
        if documented == Some(first) {
            context.proven(text, &place.child("first"), Some(&into.document));
        } else {
            self.taken(context, text, "pages are counted so", &place.child("first"));
        }
        self.until_empty(context, total.as_ref(), more.as_ref(), &place);
        Some(Next::Page { into: into.slot, first, total: total?, more: more? })
    }

    /// What is said of the way from page to page, and no document can say.
    fn taken(&self, context: &mut Context<'_>, text: String, usual: &str, place: &Place) {
        context.granted(text, None, usual, place, None).seen_by(self.sign(PagePart::Way));
    }

    /// Where nothing says how many records there are, a page of none is the last one.
    pub(super) fn until_empty(
        &self,
        context: &mut Context<'_>,
        total: Option<&Option<Vec<String>>>,
        more: Option<&Option<More>>,
        place: &Place,
    ) {
        if matches!((total, more), (Some(None), Some(None))) {
            let text = format!("behind the last page of `{}` is an empty one", self.operation.name);
            let usual = "the same page twice is an error at run time";
            self.taken(context, text, usual, place);
        }
    }

    /// The fact that the next page is asked for by a number.
    fn counted(
        &self,
        context: &mut Context<'_>,
        into: Option<&FoundSlot>,
        slot: &str,
        place: &Place,
    ) {
        let Some(into) = into else { return };
        let text =
            format!("`{}` takes the number of the next page at `{slot}`", self.operation.name);
        context.fact(Standing::Proven, text, None, &place.child("into"), Some(&into.document));
    }

    /// A slot that takes a number.
    pub(super) fn counter(
        &self,
        context: &mut Context<'_>,
        text: &str,
        place: &Place,
    ) -> Option<FoundSlot> {
        let found = slots::find(context, self.operation, text, &INTO, place)?;
        let kind = plain(context.types, found.ty);
        if matches!(kind, Plain::Boolean | Plain::Compound | Plain::Time) {
            let is = paths::describe(context.types, found.ty);
            context.report(
                Diagnostic::error(DOES_NOT_FIT, format!("`{text}` is {is}, not a whole number"))
                    .at(place, "")
                    .and(&found.document, "the document says so"),
            );
            return None;
        }
        let text_in_a_body = matches!(found.slot, Slot::Body(_))
            && matches!(
                context.types.get(found.ty.id).kind,
                TypeKind::String(_) | TypeKind::Enum(_)
            );
        if text_in_a_body {
            let is = paths::describe(context.types, found.ty);
            context.report(
                Diagnostic::error(DOES_NOT_FIT, format!("`{text}` is {is}, and a number is sent"))
                    .at(place, "")
                    .and(&found.document, "the document says so"),
            );
            return None;
        }
        Some(found)
    }
}
