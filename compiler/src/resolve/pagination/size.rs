//! How many records a page has.

use super::Pages;
use super::meaning::Takes;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::PAGE_SIZE;
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
                let because = self.syntax.because.as_deref();
                let place = self.place.child("size").child("value");
                context
                    .fact(Standing::Assumed, text, because, &place, None)
                    .seen_by(self.sign(PagePart::Size));
                None
            }
        };
        Some(PageSize { into, value: size.value })
    }

    /// What takes a page or a record by its number takes no size.
    fn is_size(
        &self,
        context: &mut Context<'_>,
        into: &FoundSlot,
        slot: &str,
        place: &Place,
    ) -> Option<()> {
        let found = self.takes(context, into, slot);
        if !matches!(found, Takes::Page | Takes::Offset) {
            return Some(());
        }
        if let Some(because) = self.syntax.because.as_deref() {
            let text =
                format!("`{}` takes how many records a page has at `{slot}`", self.operation.name);
            context
                .fact(Standing::Overridden, text, Some(because), place, Some(&into.document))
                .seen_by(self.sign(PagePart::Size));
            return Some(());
        }
        let message = format!("`{slot}` takes {}, not how many records a page has", found.noun());
        context.report(
            Diagnostic::error(PAGE_SIZE, message)
                .at(place, "")
                .and(&into.document, "the document has it here")
                .help("if the name misleads, say why in `because`"),
        );
        None
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
        let because = self.syntax.because.as_deref();
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
