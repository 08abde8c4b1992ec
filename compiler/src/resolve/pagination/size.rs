//! How many records a page has.

use super::Pages;
use super::meaning::{self, Said, Takes};
use crate::diagnostics::codes::references::PAGE_SIZE;
use crate::diagnostics::{Applicability, Diagnostic};
use crate::ir::{PagePart, PageSize, Sign, Standing};
use crate::resolve::slots::FoundSlot;
use crate::resolve::{Context, documented};
use crate::source::Place;
use crate::spec::syntax;

impl Pages<'_> {
    pub(super) fn size(
        &self,
        context: &mut Context<'_>,
        size: &syntax::PageSize,
    ) -> Option<PageSize> {
        let into = match &size.into {
            Some(text) => {
                let place = self.place.child("size").child("into");
                let found = self.counter(context, text, &place)?;
                self.is_size(context, &found, text, &place)?;
                self.bounds(context, size.value, &found);
                self.gives(context, size.value, &found, &place);
                Some(found.slot)
            }
            None => {
                let text =
                    format!("a page of `{}` has {} records", self.operation.name, size.value);
                let because = self.size_reason();
                let place = self.place.child("size").child("value");
                context
                    .fact(Standing::Assumed, text, because, &place, None)
                    .seen_by(self.sign(PagePart::Size));
                None
            }
        };
        Some(PageSize { into, value: size.value })
    }

    /// What takes a page or a record by its number takes no size. Where no name says so, it is assumed.
    fn is_size(
        &self,
        context: &mut Context<'_>,
        into: &FoundSlot,
        slot: &str,
        place: &Place,
    ) -> Option<()> {
        let text =
            format!("`{}` takes how many records a page has at `{slot}`", self.operation.name);
        let because = self.syntax.size.as_ref().and_then(|size| size.because.as_deref());
        let (operation, of) = (self.operation.name.clone(), into.slot.clone());
        let sign = Sign::Size { operation, slot: of };
        let document = Some(&into.document);
        match self.takes(context, into, slot) {
            Some((Takes::Size, _)) => {}
            None | Some((_, Said::Description))
                if self.sibling(context, slot, Takes::Size).is_none() =>
            {
                let usual = "its name does not say so";
                context.granted(text, self.size_reason(), usual, place, document).seen_by(sign);
            }
            _ if because.is_some() => {
                context.fact(Standing::Overridden, text, because, place, document).seen_by(sign);
            }
            // Of two that are swapped, the rule says so.
            Some((Takes::Page | Takes::Offset, Said::Name)) if self.counts_by_a_size() => {
                return None;
            }
            found => {
                let message = match found {
                    Some((found, Said::Name)) => {
                        format!("`{slot}` takes {}, not {}", found.noun(), Takes::Size.noun())
                    }
                    _ => format!("nothing says that `{slot}` takes {}", Takes::Size.noun()),
                };
                let mut finding = Diagnostic::error(PAGE_SIZE, message)
                    .at(place, "")
                    .and(&into.document, "the document has it here");
                if let Some(sibling) = self.sibling(context, slot, Takes::Size) {
                    let help = format!("the document has `{sibling}` for that");
                    finding = finding.mend(help, Applicability::MaybeIncorrect, slot, sibling);
                }
                let why = "if the name misleads, say why: `because: ...` in `size`";
                context.report(finding.help(why));
                return None;
            }
        }
        Some(())
    }

    /// Whether the rule counts by what takes a size.
    fn counts_by_a_size(&self) -> bool {
        let syntax::Paginate { offset, page, .. } = self.syntax;
        let into = offset.as_ref().map(|rule| &rule.into).or(page.as_ref().map(|rule| &rule.into));
        let name = into.and_then(|into| into.rsplit(['.', '/']).next()).unwrap_or_default();
        self.rule().because.is_none()
            && matches!(meaning::takes(name, ""), Some((Takes::Size, Said::Name)))
    }

    /// Why what is assumed of the size is right.
    fn size_reason(&self) -> Option<&str> {
        let own = self.syntax.size.as_ref().and_then(|size| size.because.as_deref());
        own.or(self.syntax.because.as_deref())
    }

    /// That pages of such a size are given is proven where the document names the largest.
    fn gives(&self, context: &mut Context<'_>, size: i64, into: &FoundSlot, place: &Place) {
        let text = format!("a page of `{}` may have {size} records", self.operation.name);
        let document = Some(&into.document);
        if documented::number(context.documents, &into.document, "maximum").is_some() {
            context.proven(text, place, document);
            return;
        }
        let usual = "the document does not say how large pages may be";
        let because = self.size_reason();
        let (operation, slot) = (self.operation.name.clone(), into.slot.clone());
        context
            .granted(text, because, usual, place, document)
            .seen_by(Sign::Size { operation, slot });
    }

    /// The size is one that the document allows.
    fn bounds(&self, context: &mut Context<'_>, size: i64, into: &FoundSlot) {
        let bound = |key| documented::number(context.documents, &into.document, key);
        let (bound, what) = match (bound("minimum"), bound("maximum")) {
            (_, Some(max)) if size > max => (max, "most"),
            // A page of nothing is said to be one by the checks.
            (Some(min), _) if size < min && size > 0 => (min, "least"),
            _ => return,
        };
        context.report(
            Diagnostic::error(PAGE_SIZE, format!("a page cannot have {size} records"))
                .at(&self.place.child("size").child("value"), "")
                .and(&into.document, format!("at {what} {bound}")),
        );
    }
}
