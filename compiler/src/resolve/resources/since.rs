//! `since`: where the time goes, and how it is written.

use super::Uses;
use crate::diagnostics::codes::resources::TIME_FORMAT;
use crate::diagnostics::{Diagnostic, near};
use crate::ir::{Operation, Sign, Slot, Standing, StringFormat, TimeFormat, TypeKind};
use crate::resolve::message::Root;
use crate::resolve::paths;
use crate::resolve::slots::{self, Plain, plain};
use crate::source::Place;
use crate::spec::syntax;

impl Uses<'_, '_> {
    pub(super) fn since(
        &mut self,
        operation: &Operation,
        syntax: &syntax::Since,
        format: TimeFormat,
        because: Option<&str>,
        place: &Place,
    ) -> Option<Slot> {
        let (text, template) = (&syntax.into, syntax.template.as_deref());
        let roots = [Root::Query, Root::Body, Root::Header];
        let found = slots::find(self.context, operation, text, &roots, &place.child("into"))?;
        let whole =
            template.is_none_or(|template| self.since_template(template, &place.child("as")));
        let kind = plain(self.context.types, found.ty);
        let epoch = matches!(format, TimeFormat::EpochSeconds | TimeFormat::EpochMillis);
        let day = matches!(
            self.context.types.get(found.ty.id).kind,
            TypeKind::String(StringFormat::Date)
        );
        let fits = match kind {
            Plain::Text | Plain::Unknown => true,
            Plain::Integer | Plain::Number => epoch && template.is_none(),
            Plain::Time => {
                let date = format == TimeFormat::Date;
                !epoch && format != TimeFormat::Minute && template.is_none() && day == date
            }
            Plain::Boolean | Plain::Compound => false,
        };
        if !fits && whole {
            let takes = paths::describe(self.context.types, found.ty);
            let message = format!("a time written like this does not fit: `{text}` takes {takes}");
            let written = if template.is_some() { "as" } else { "format" };
            self.context.report(
                Diagnostic::error(TIME_FORMAT, message)
                    .at(&place.child(written), "")
                    .and(&found.document, "the document says so"),
            );
        }
        let sure = kind == Plain::Time;
        let text = format!("`{text}` takes the time as `format` says");
        let at = place.child("format");
        match (sure, because) {
            (true, _) => {
                let document = Some(&found.document);
                self.context.fact(Standing::Proven, text, None, &at, document);
            }
            (false, because) if fits => {
                let document = Some(&found.document);
                let sign =
                    Sign::Sent { operation: operation.name.clone(), slot: found.slot.clone() };
                self.context.fact(Standing::Assumed, text, because, &at, document).seen_by(sign);
            }
            _ => {}
        }
        Some(found.slot)
    }

    /// The text around a time says where the time goes, once.
    fn since_template(&mut self, template: &str, place: &Place) -> bool {
        for (name, at) in placeholders(template) {
            if !["since", "until"].contains(&name)
                && ["since", "until"].iter().any(|known| near(name, known))
            {
                let at = place.within(at, at + name.len());
                let message = format!("`{{{name}}}` stands for nothing");
                self.context.report(
                    Diagnostic::error(TIME_FORMAT, message)
                        .at(&at, "")
                        .nearest(name, ["since", "until"]),
                );
                return false;
            }
        }
        let times = |name: &str| template.matches(name).count();
        let whole = times("{since}") == 1 && times("{until}") <= 1;
        if !whole {
            let message = "the text has `{since}` in it once, and `{until}` at most once";
            self.context.report(
                Diagnostic::error(TIME_FORMAT, message).at(place, "").help(
                    "such as `as: 'updated >= \"{since}\"'` or `as: 'gte|{since}|lte|{until}'`",
                ),
            );
        }
        whole
    }
}

/// The words in braces of a text, and where they begin.
fn placeholders(template: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    for (at, _) in template.match_indices('{') {
        let inside = template.get(at + 1..).and_then(|rest| rest.split_once('}'));
        if let Some((name, _)) = inside
            && !name.is_empty()
            && name.chars().all(char::is_alphanumeric)
        {
            found.push((name, at + 1));
        }
    }
    found
}
