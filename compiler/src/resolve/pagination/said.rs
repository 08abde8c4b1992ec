//! What answers say of pages: where the next one is, whether there is one, how many records there are.

use super::Pages;
use super::meaning::{self, Counts, Said};
use crate::diagnostics::codes::references::{DOES_NOT_FIT, NOT_IN_RESPONSE, ONE_RULE};
use crate::diagnostics::{Applicability, Diagnostic};
use crate::ir::{More, PagePart, Standing, TypeUse};
use crate::resolve::message::{self, Root};
use crate::resolve::paths::{self, Found};
use crate::resolve::slots::{Plain, plain};
use crate::resolve::{Context, documented};
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
        self.is_total(context, text, &found, &place.child("total"))?;
        Some(Some(found.wire))
    }

    /// A total counts records. No document says so but by a name or a description: one that says something else is an
    /// error, one that says nothing is an assumption.
    fn is_total(
        &self,
        context: &mut Context<'_>,
        text: &str,
        found: &Found,
        place: &Place,
    ) -> Option<()> {
        let fact = format!("`{text}` of `{}` is how many records there are", self.operation.name);
        let document = found.field.as_ref();
        let because = self.rule().because;
        match self.counts(context, &found.wire, document) {
            // That it is there at all was said to be assumed.
            Counts::Records if found.unlisted.is_some() => {}
            Counts::Records => context.proven(fact, place, document),
            Counts::Unclear => {
                let usual =
                    "its name does not say so; a page of more records is an error at run time";
                let sign = self.sign(PagePart::All);
                context.granted(fact, self.reason(), usual, place, document).seen_by(sign);
            }
            Counts::Other(_) if because.is_some() => {
                let sign = self.sign(PagePart::All);
                context.fact(Standing::Overridden, fact, because, place, document).seen_by(sign);
            }
            Counts::Other(what) => {
                let message = format!("`{text}` is {what}, not how many records there are");
                let mut finding = Diagnostic::error(DOES_NOT_FIT, message)
                    .at(place, "")
                    .and(document.unwrap_or(self.schema), "the document has it here");
                finding = match self.right_total(context, &found.wire) {
                    Some(right) => {
                        let help = format!("the records are counted by `{right}`");
                        finding.mend(help, Applicability::MaybeIncorrect, text, right)
                    }
                    None => finding.help(
                        "leave `total` out: pages are read until one is empty, where nothing else ends them",
                    ),
                };
                context.report(finding.help(self.say_why("the name misleads")));
                return None;
            }
        }
        Some(())
    }

    fn counts(&self, context: &Context<'_>, wire: &[String], document: Option<&Place>) -> Counts {
        let said = document.map(|place| documented::words(context.documents, place));
        let items = self.syntax.items.rsplit('.').next().map(str::to_owned);
        let named = self.operation.path.split('/').filter(|part| !part.contains('{'));
        let called = items.into_iter().chain(named.map(str::to_owned));
        let called: Vec<String> = called
            .map(|name| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
            .map(|name| name.to_lowercase())
            .collect();
        meaning::counts(wire, said.as_deref().unwrap_or_default(), &called)
    }

    /// The number of the same answer that is the total by its name: beside the wrong one, if there is one. A `count` beside
    /// a number of pages is that of all their records.
    fn right_total(&self, context: &Context<'_>, wrong: &[String]) -> Option<String> {
        const DEPTH: usize = 3;
        let (mut found, mut counted) = (Vec::new(), Vec::new());
        let mut around = vec![(self.output, Vec::<String>::new())];
        while let Some((ty, path)) = around.pop() {
            let fields = context.types.as_struct(ty.id).map(|s| s.fields.as_slice());
            for field in fields.unwrap_or_default() {
                let wire: Vec<String> = path.iter().cloned().chain([field.wire.clone()]).collect();
                let kind = plain(context.types, field.ty);
                let number = matches!(kind, Plain::Integer | Plain::Number);
                let counts = || self.counts(context, &wire, Some(&field.place));
                if number && counts() == Counts::Records {
                    found.push(wire);
                } else if number && field.wire == "count" {
                    counted.push(wire);
                } else if wire.len() < DEPTH {
                    around.push((field.ty, wire));
                }
            }
        }
        let near = |wire: &&Vec<String>| {
            wire.split_last().map(|(_, p)| p) == wrong.split_last().map(|(_, p)| p)
        };
        let named = found.iter().find(near).or_else(|| found.iter().min_by_key(|w| w.len()));
        let right = named.or_else(|| counted.iter().find(near))?;
        Some(format!("body{}", right.iter().map(|name| paths::step(name)).collect::<String>()))
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
        self.is_flag(context, (text, &found), place, inverted)?;
        Some(More { from: found.wire, inverted })
    }

    /// What a flag says is told by its name or its description alone, as what a total counts is.
    fn is_flag(
        &self,
        context: &mut Context<'_>,
        (text, found): (&str, &Found),
        place: &Place,
        inverted: bool,
    ) -> Option<()> {
        let says = |last| if last { "that a page is the last" } else { "that there is more" };
        let fact = format!("`{text}` of `{}` says {}", self.operation.name, says(inverted));
        let document = found.field.as_ref();
        let because = self.rule().because;
        let about = document.map(|place| documented::words(context.documents, place));
        let name = found.wire.last().map_or("", String::as_str);
        match meaning::is_last(name, about.as_deref().unwrap_or_default()) {
            // That it is there at all was said to be assumed.
            Some((last, _)) if last == inverted && found.unlisted.is_some() => {}
            Some((last, _)) if last == inverted => context.proven(fact, place, document),
            None | Some((_, Said::Description)) => {
                let usual = "its name does not say so; a listing that comes back or leads nowhere is an error at run time";
                let sign = self.sign(PagePart::Way);
                context.granted(fact, self.reason(), usual, place, document).seen_by(sign);
            }
            Some(_) if because.is_some() => {
                let sign = self.sign(PagePart::Way);
                context.fact(Standing::Overridden, fact, because, place, document).seen_by(sign);
            }
            Some((last, Said::Name)) => {
                let message = format!("`{text}` says {}, not {}", says(last), says(inverted));
                let key = if last { "last" } else { "more" };
                context.report(
                    Diagnostic::error(DOES_NOT_FIT, message)
                        .at(place, "")
                        .and(document.unwrap_or(self.schema), "the document has it here")
                        .help(format!("write it as `{key}: {text}`"))
                        .help(self.say_why("the name misleads")),
                );
                return None;
            }
        }
        Some(())
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
                let because = self.reason();
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
