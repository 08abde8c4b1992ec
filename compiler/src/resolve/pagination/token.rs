//! Pages that are led to: by a token, by the `Link` header, by an operation that reads on.

use super::meaning::{self, Leads, Takes};
use super::{INTO, Pages};
use crate::diagnostics::codes::references::DOES_NOT_FIT;
use crate::diagnostics::{Applicability, Diagnostic};
use crate::ir::{More, Next, Operation, Output, PagePart, ParameterIn, Standing};
use crate::resolve::paths::Found;
use crate::resolve::slots::{self, FoundSlot};
use crate::resolve::{Context, documented, names};
use crate::source::Place;
use crate::spec::syntax;

impl Pages<'_> {
    /// A header is there if the document lists it.
    pub(super) fn link(&self, context: &mut Context<'_>) {
        let documents = context.documents;
        let standing = match documented::has_header(documents, &self.operation.defined, "Link") {
            true => Standing::Proven,
            false => Standing::Assumed,
        };
        let text = format!("answers of `{}` have a `Link` header", self.operation.name);
        let because = self.syntax.because.as_deref();
        let place = self.place.child("link");
        context
            .fact(standing, text, because, &place, Some(&self.operation.defined))
            .seen_by(self.sign(PagePart::Link));
    }

    pub(super) fn cursor(&self, context: &mut Context<'_>, rule: &syntax::Cursor) -> Option<Next> {
        let place = self.place.child("cursor");
        let from = self.response(context, &rule.from, &place.child("from"), PagePart::Next);
        let into = slots::find(context, self.operation, &rule.into, &INTO, &place.child("into"));
        let more = self.more(context, rule.more.as_deref(), rule.last.as_deref(), &place);
        let (from, into) = (from?, into?);
        let document = from.field.clone().unwrap_or_else(|| self.schema.clone());
        slots::fits(context, (from.ty, &document), &into, &place.child("from"));
        let more = more?;
        self.is_url(context, &from, &place.child("from"));
        self.goes_on(context, (&rule.from, &from), false, &place.child("from"));
        self.takes_on(context, &rule.into, &into, &place.child("into"));
        self.ends(context, &from, more.as_ref(), &place);
        Some(Next::Cursor { from: from.wire, into: into.slot, more })
    }

    /// A cursor leads to the next page; where a name on the way to it says that it leads elsewhere, it does not.
    pub(super) fn goes_on(
        &self,
        context: &mut Context<'_>,
        (text, from): (&str, &Found),
        relations: bool,
        place: &Place,
    ) {
        let document = from.field.as_ref();
        let about = document.map(|place| documented::words(context.documents, place));
        let names = from.wire.iter().map(String::as_str);
        let fact = format!("`{text}` of `{}` leads to the next page", self.operation.name);
        let sign = self.sign(PagePart::Way);
        let leads = meaning::leads(names, about.as_deref().unwrap_or_default(), relations);
        let message = match leads {
            // That it is there at all was said to be assumed.
            Leads::On if from.unlisted.is_some() => return,
            Leads::On => return context.proven(fact, place, document),
            Leads::Unclear => {
                let usual = "its name does not say so; the same page twice is an error at run time";
                context.granted(fact, self.reason(), usual, place, document).seen_by(sign);
                return;
            }
            Leads::Back => format!("`{text}` leads back, not to the next page"),
            Leads::Elsewhere(where_) => format!("`{text}` leads {where_}, not to the next one"),
        };
        if let Some(because) = self.rule().because {
            context.fact(Standing::Overridden, fact, Some(because), place, document).seen_by(sign);
            return;
        }
        let mut finding = Diagnostic::error(DOES_NOT_FIT, message).at(place, "");
        if let Some(document) = document {
            finding = finding.and(document, "the document has it here");
        }
        context.report(finding.help(self.say_why("the name misleads")));
    }

    /// What takes the cursor. What leads back beside what leads on does not (`ending_before` beside `starting_after`);
    /// alone, it leads on among the newest first. And where something else takes tokens by its name, what says nothing of
    /// them does not.
    fn takes_on(&self, context: &mut Context<'_>, text: &str, into: &FoundSlot, place: &Place) {
        let name = text.rsplit(['.', '/']).next().unwrap_or_default();
        let back = meaning::leads([name].into_iter(), "", false) == Leads::Back;
        let takes = self.takes(context, into, text).map(|(takes, _)| takes);
        let other = match (back, takes) {
            (true, _) => self.leads_on(),
            (false, Some(Takes::Token)) => None,
            (false, _) => self.sibling(context, text, Takes::Token),
        };
        let fact =
            format!("`{}` takes the token of the next page at `{text}`", self.operation.name);
        let document = Some(&into.document);
        let sign = self.sign(PagePart::Way);
        let Some(other) = other else {
            if takes == Some(Takes::Token) && !back {
                return context.proven(fact, place, document);
            }
            let usual = "its name does not say so; the same page twice is an error at run time";
            context.granted(fact, self.reason(), usual, place, document).seen_by(sign);
            return;
        };
        if let Some(because) = self.rule().because {
            let because = Some(because);
            context.fact(Standing::Overridden, fact, because, place, document).seen_by(sign);
            return;
        }
        let message = match back {
            true => format!("`{text}` leads back, not to the next page"),
            false => format!("nothing says that `{text}` takes the token of the next page"),
        };
        context.report(
            Diagnostic::error(DOES_NOT_FIT, message)
                .at(place, "")
                .and(&into.document, "the document has it here")
                .mend(
                    format!("the document has `{other}` for that"),
                    Applicability::MaybeIncorrect,
                    text,
                    other,
                )
                .help(self.say_why("the name misleads")),
        );
    }

    /// The query parameter that leads on by its name.
    fn leads_on(&self) -> Option<String> {
        let mut others =
            self.operation.parameters.iter().filter(|p| p.location == ParameterIn::Query);
        let on = |name: &str| {
            matches!(meaning::takes(name, ""), Some((Takes::Token, _)))
                && meaning::leads([name].into_iter(), "", false) == Leads::On
        };
        others.find(|other| on(&other.wire)).map(|other| format!("query.{}", other.wire))
    }

    /// A cursor is a token; where its name says that it is a URL, it is one.
    fn is_url(&self, context: &mut Context<'_>, from: &Found, place: &Place) {
        let name = from.wire.last().map_or("", String::as_str);
        let known = ["url", "uri", "href", "link", "links", "path"];
        let words = names::words(name);
        if !words.iter().any(|word| known.contains(&word.to_lowercase().as_str())) {
            return;
        }
        if let Some(because) = self.rule().because {
            let text = format!("`{name}` of `{}` is a token, no URL", self.operation.name);
            context
                .fact(Standing::Overridden, text, Some(because), place, from.field.as_ref())
                .seen_by(self.sign(PagePart::Way));
            return;
        }
        context.report(
            Diagnostic::error(DOES_NOT_FIT, format!("`{name}` is a URL, not a token"))
                .at(place, "")
                .and(from.field.as_ref().unwrap_or(self.schema), "the document has it here")
                .help("follow it with `url: {from: ...}`")
                .help(self.say_why("it is a token")),
        );
    }

    /// Where the document has the token or URL on every page, the last one must be told some other way.
    pub(super) fn ends(
        &self,
        context: &mut Context<'_>,
        from: &Found,
        more: Option<&More>,
        place: &Place,
    ) {
        let always = !from.optional && from.unlisted.is_none();
        if more.is_some() {
            return;
        }
        let text = format!("the last page of `{}` leads to no other", self.operation.name);
        let (standing, because) = match always {
            false => (Standing::Proven, None),
            true => (Standing::Assumed, self.reason()),
        };
        if from.unlisted.is_none() {
            context
                .fact(standing, text, because, &place.child("from"), from.field.as_ref())
                .seen_by(self.sign(PagePart::Way));
        }
    }

    pub(super) fn then(&self, context: &mut Context<'_>, rule: &syntax::Continue) -> Option<Next> {
        let place = self.place.child("then");
        let from = self.response(context, &rule.from, &place.child("from"), PagePart::Next);
        let more = self.flag(context, &rule.more, &place.child("more"), false);
        let at = place.child("operation");
        let other = self.other(context, &rule.operation, &at)?;
        let into = slots::find(context, &other, &rule.into, &INTO, &place.child("into"));
        self.answers_alike(context, &other, &at);
        let (from, into) = (from?, into?);
        let document = from.field.clone().unwrap_or_else(|| self.schema.clone());
        slots::fits(context, (from.ty, &document), &into, &place.child("from"));
        if from.unlisted.is_none() {
            let text = format!(
                "`{}` reads on with `{}` of `{}`",
                other.name, rule.from, self.operation.name
            );
            context.fact(Standing::Proven, text, None, &place, Some(&document));
        }
        Some(Next::Continue {
            operation: rule.operation.clone(),
            from: from.wire,
            into: into.slot,
            more: more?,
        })
    }

    /// The operation that reads on, or whose URLs those of next pages are.
    pub(super) fn other(
        &self,
        context: &mut Context<'_>,
        name: &str,
        place: &Place,
    ) -> Option<Operation> {
        if let Some(other) = context.operations.get(name) {
            return Some(other.clone());
        }
        // A declared operation that is not there was reported where it is declared.
        let known = &context.spec.syntax.operations;
        if !known.contains_key(name) {
            context.undeclared("operations", name, place, known.keys());
        }
        None
    }

    /// Whether another operation gives the same pages; if not, that is said.
    pub(super) fn answers_alike(
        &self,
        context: &mut Context<'_>,
        other: &Operation,
        place: &Place,
    ) -> bool {
        let same_type = matches!(&other.output, Output::Json { ty, .. } if ty.id == self.output.id);
        // Written in place, the same schema has a type each time.
        let same = same_type
            || documented::answer_alike(context.documents, &self.operation.defined, &other.defined);
        if !same {
            let message = format!(
                "`{}` does not give the same output as `{}`",
                other.name, self.operation.name
            );
            context.report(
                Diagnostic::error(DOES_NOT_FIT, message)
                    .at(place, "")
                    .and(&other.defined, "the operation that reads on"),
            );
        }
        same
    }
}
