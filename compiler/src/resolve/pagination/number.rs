//! Pages that are counted: by the number of a record, or of a page.

use super::meaning::{self, Said, Takes};
use super::{INTO, Pages};
use crate::diagnostics::codes::references::DOES_NOT_FIT;
use crate::diagnostics::{Applicability, Diagnostic};
use crate::ir::{More, Next, PagePart, ParameterIn, Slot, Standing, TypeKind};
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
        let into = into?;
        let (first, template) = (rule.first, rule.template.clone());
        if let Some(template) = &template {
            let text = format!("`{}` asks for pages as `{template}`", self.operation.name);
            self.taken(context, text, "only the spec knows", &place.child("as"));
        } else {
            self.counted(context, &into, (&rule.into, Takes::Offset), &place)?;
        }
        let number = i64::try_from(first).unwrap_or(i64::MAX);
        self.begins(context, Takes::Offset, number, (&into, template.is_none()), &place)?;
        self.until_empty(context, total.as_ref(), more.as_ref(), &place);
        Some(Next::Offset { into: into.slot, first, template, total: total?, more: more? })
    }

    /// Records and pages are counted from 0 or from 1, and from what the document says: those before another number would
    /// never be read.
    fn begins(
        &self,
        context: &mut Context<'_>,
        counted: Takes,
        first: i64,
        (into, is_number): (&FoundSlot, bool),
        place: &Place,
    ) -> Option<()> {
        let at = place.child("first");
        let what = if counted == Takes::Page { "page" } else { "record" };
        if first > 1 {
            let message = format!("what is before number {first} would never be read");
            let finding = Diagnostic::error(DOES_NOT_FIT, message).at(&at, "");
            context.report(finding.help("the first number is 0 or 1"));
            return None;
        }
        let said = |key| match is_number {
            true => documented::number(context.documents, &into.document, key),
            false => None,
        };
        let (least, most) = (said("minimum"), said("maximum"));
        let allowed = |n: &i64| (0..=1).contains(n) && least.is_none_or(|least| *n >= least);
        let begin = said("default").filter(allowed);
        let wrong = match (least, most, begin) {
            (_, _, Some(begin)) if begin != first => {
                Some((format!("is {begin} by default"), Some(begin)))
            }
            (Some(least), _, None) if first < least => {
                Some((format!("is {least} at least"), Some(least).filter(|n| (0..=1).contains(n))))
            }
            (_, Some(most), None) if first > most => Some((format!("is {most} at most"), None)),
            _ => None,
        };
        let text = format!("the first {what} of `{}` is number {first}", self.operation.name);
        let document = Some(&into.document);
        match (wrong, self.rule().because) {
            (None, _) if begin == Some(first) || least == Some(first) => {
                context.proven(text, &at, document);
            }
            (None, _) => {
                let usual = if counted == Takes::Page { "pages" } else { "offsets" };
                self.taken(context, text, &format!("{usual} are counted so"), &at);
            }
            (Some(_), Some(because)) => {
                let sign = self.sign(PagePart::Way);
                context
                    .fact(Standing::Overridden, text, Some(because), &at, document)
                    .seen_by(sign);
            }
            (Some((said, begin)), None) => {
                let message = format!(
                    "the first {what} is number {first}, but the document says that it {said}"
                );
                let mut finding = Diagnostic::error(DOES_NOT_FIT, message)
                    .at(&at, "")
                    .and(&into.document, "the document says so");
                if let Some(begin) = begin {
                    finding = finding.help(format!("write `first: {begin}`"));
                }
                context.report(finding.help(self.say_why("the document is wrong")));
                return None;
            }
        }
        Some(())
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
        let into = into?;
        self.counted(context, &into, (&rule.into, Takes::Page), &place)?;
        let number = |key| documented::number(context.documents, &into.document, key);
        let least = number("minimum");
        let allowed = |n: &i64| (0..=1).contains(n) && least.is_none_or(|least| *n >= least);
        let documented = number("default").or(least).filter(allowed);
        let documented = documented.or_else(|| least.filter(allowed));
        let first = rule.first.or(documented).unwrap_or(1);
        self.begins(context, Takes::Page, first, (&into, true), &place)?;
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

    /// The next page is asked for by a number of that kind. No document says so but by a name or a description.
    fn counted(
        &self,
        context: &mut Context<'_>,
        into: &FoundSlot,
        (slot, wanted): (&str, Takes),
        place: &Place,
    ) -> Option<()> {
        let place = place.child("into");
        let text = format!("`{}` takes {} at `{slot}`", self.operation.name, wanted.noun());
        let document = Some(&into.document);
        let sign = self.sign(PagePart::Way);
        let is_text = plain(context.types, into.ty) == Plain::Text;
        let found = match self.takes(context, into, slot) {
            Some((found, _)) if found == wanted && !is_text => {
                context.proven(text, &place, document);
                return Some(());
            }
            Some((found, Said::Name)) if found != wanted => Some(found),
            // A number is no token: where the type says so, too.
            Some((Takes::Token, _)) if is_text => Some(Takes::Token),
            _ if self.sibling(context, slot, wanted).is_some() => None,
            _ => {
                let usual = match is_text {
                    true => "its type is text; the same page twice is an error at run time",
                    false => {
                        "its name does not say so; the same page twice is an error at run time"
                    }
                };
                context.granted(text, self.reason(), usual, &place, document).seen_by(sign);
                return Some(());
            }
        };
        if self.rule().because.is_some() {
            let because = self.rule().because;
            context.fact(Standing::Overridden, text, because, &place, document).seen_by(sign);
            return Some(());
        }
        let message = match found {
            Some(found) => format!("`{slot}` takes {}, not {}", found.noun(), wanted.noun()),
            None => format!("nothing says that `{slot}` takes {}", wanted.noun()),
        };
        let mut finding = Diagnostic::error(DOES_NOT_FIT, message)
            .at(&place, "")
            .and(&into.document, "the document has it here");
        if let Some(sibling) = self.sibling(context, slot, wanted) {
            let help = format!("the document has `{sibling}` for that");
            finding = finding.mend(help, Applicability::MaybeIncorrect, slot, sibling);
        }
        let count = |key: &str| format!("count by it: `{key}: {{into: {slot}, ..}}`");
        finding = match found {
            Some(Takes::Page) => finding.help(count("page")),
            Some(Takes::Offset) => finding.help(count("offset")),
            Some(Takes::Token) => finding
                .help(format!("give it what answers have: `cursor: {{from: .., into: {slot}}}`")),
            Some(Takes::Size) | None => finding,
        };
        context.report(finding.help(self.say_why("the name misleads")));
        None
    }

    /// The query parameter that takes something by its name, where that is another one.
    pub(super) fn sibling(
        &self,
        context: &Context<'_>,
        slot: &str,
        wanted: Takes,
    ) -> Option<String> {
        let mut others =
            self.operation.parameters.iter().filter(|p| p.location == ParameterIn::Query);
        let found = others.find(|other| {
            let about = documented::words(context.documents, &other.place);
            let text = plain(context.types, other.ty) == Plain::Text;
            match meaning::takes(&other.wire, &about) {
                Some((takes, Said::Name)) => takes == wanted && (wanted == Takes::Token) >= text,
                Some((Takes::Token, Said::Description)) => {
                    wanted == Takes::Token && meaning::takes(&other.wire, "").is_some()
                }
                _ => false,
            }
        })?;
        let found = format!("query.{}", found.wire);
        (found != slot).then_some(found)
    }

    /// What a parameter or a member of a body takes, by its name and description.
    pub(super) fn takes(
        &self,
        context: &Context<'_>,
        into: &FoundSlot,
        slot: &str,
    ) -> Option<(Takes, Said)> {
        let name = slot.rsplit(['.', '/']).next().unwrap_or_default();
        let about = documented::words(context.documents, &into.document);
        meaning::takes(name, &about)
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
