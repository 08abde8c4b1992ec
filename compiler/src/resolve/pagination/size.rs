//! How many records a page has.

use super::Pages;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::PAGE_SIZE;
use crate::ir::{PagePart, PageSize, Standing};
use crate::resolve::slots::FoundSlot;
use crate::resolve::{Context, documented};
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
                self.bounds(context, size.value, &found);
                let text =
                    format!("a page of `{}` has {} records", self.operation.name, size.value);
                let document = Some(&found.document);
                context.fact(Standing::Proven, text, None, &place, document);
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
