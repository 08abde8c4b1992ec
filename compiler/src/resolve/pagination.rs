//! `paginate:`: every path in it leads somewhere, to a value of the right type.

mod after;

use super::Context;
use super::documented;
use super::message::{self, Root};
use super::names;
use super::paths::{self, Found};
use super::slots::{self, FoundSlot, Plain, plain};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{
    DOES_NOT_FIT, ITEM, NOT_AN_ARRAY, NOT_IN_RESPONSE, ONE_RULE, PAGE_SIZE,
};
use crate::ir::{
    More, Next, Operation, Output, PagePart, PageSize, Pagination, Sign, Slot, Standing, TypeId,
    TypeKind, TypeUse,
};
use crate::source::Place;
use crate::spec::syntax;

/// Where cursors, offsets and sizes may go.
const INTO: [Root; 3] = [Root::Query, Root::Body, Root::Header];

/// Resolves an operation's pagination. `item` is the type that the spec gives its items, if it does.
pub(super) fn resolve(
    context: &mut Context<'_>,
    operation: &Operation,
    syntax: &syntax::Paginate,
    item: Option<TypeId>,
    place: &Place,
) -> Option<Pagination> {
    let Output::Json { ty: output, place: schema } = &operation.output else {
        let message = format!("`{}` has no JSON response with pages in it", operation.name);
        context.report(
            Diagnostic::error(NOT_IN_RESPONSE, message)
                .at(&place.key(), "")
                .and(&operation.defined, "the operation"),
        );
        return None;
    };
    let pages = Pages { operation, syntax, output: *output, schema, place };
    // Each part is resolved whether or not another is wrong, so that all mistakes are reported.
    let items = pages.items(context, item);
    let next = pages.next(context, items.as_ref().map(|(found, item)| (found, *item)));
    let size = syntax.size.as_ref().map(|size| pages.size(context, size));
    let (items, item) = items?;
    let pagination = Pagination {
        items: items.wire,
        item,
        next: next?,
        size: match size {
            Some(size) => Some(size?),
            None => None,
        },
        exclusive: syntax.exclusive,
        absent_is_empty: syntax.absent == syntax::Absent::Empty,
        place: place.clone(),
    };
    let text = format!("the pages of `{}` hold records at `{}`", operation.name, syntax.items);
    if items.unlisted.is_none() {
        let document = items.field.as_ref().or(Some(schema));
        let (standing, because) = match (items.optional, syntax.absent) {
            (false, _) => (Standing::Proven, None),
            (true, syntax::Absent::Error) => {
                (Standing::Assumed, Some("a page without the array is an error at run time"))
            }
            (true, syntax::Absent::Empty) => (Standing::Assumed, syntax.because.as_deref()),
        };
        let at = place.child("items");
        context.fact(standing, text, because, &at, document).seen_by(pages.sign(PagePart::Items));
    }
    if syntax.exclusive {
        let text = format!("the next request of `{}` carries only the cursor", operation.name);
        let (at, usual) = (place.child("exclusive"), "only the spec knows");
        context.granted(text, None, usual, &at, None).seen_by(pages.sign(PagePart::Way));
    }
    Some(pagination)
}

struct Pages<'p> {
    operation: &'p Operation,
    syntax: &'p syntax::Paginate,
    output: TypeUse,
    schema: &'p Place,
    place: &'p Place,
}

impl Pages<'_> {
    /// How a run sees that something said of the pages is false.
    fn sign(&self, part: PagePart) -> Sign {
        Sign::Page { operation: self.operation.name.clone(), part }
    }

    /// The array of items, and the type of one.
    fn items(&self, context: &mut Context<'_>, given: Option<TypeId>) -> Option<(Found, TypeUse)> {
        let place = self.place.child("items");
        let found = self.response(context, &self.syntax.items, &place, PagePart::Items)?;
        let TypeKind::List(item) = context.types.get(found.ty.id).kind else {
            let message = format!(
                "`{}` is {}, not an array of records",
                self.syntax.items,
                paths::describe(context.types, found.ty)
            );
            let mut diagnostic = Diagnostic::error(NOT_AN_ARRAY, message)
                .at(&place, "")
                .and(found.field.as_ref().unwrap_or(self.schema), "the document says so");
            for name in arrays_in(context, found.ty) {
                diagnostic =
                    diagnostic.help(format!("did you mean `{}.{name}`?", self.syntax.items));
            }
            context.report(diagnostic);
            return None;
        };
        let Some(given) = given else { return Some((found, item)) };
        let place = self.place.child("item");
        if item.id == given {
            return Some((found, item));
        }
        let typed = matches!(context.types.get(item.id).kind, TypeKind::Struct(_))
            && context.types.as_struct(item.id).is_some_and(|s| !s.fields.is_empty());
        let name = self.syntax.item.as_deref().unwrap_or_default();
        let standing = if typed { Standing::Overridden } else { Standing::Assumed };
        let text = format!("the records of `{}` are `{name}`", self.operation.name);
        let because = self.syntax.because.as_deref();
        let document = Some(context.types.get(item.id).place.clone());
        let path = found.wire.iter().cloned().chain(["*".to_owned()]).collect();
        let sign = Sign::Answer { operation: self.operation.name.clone(), path };
        context.fact(standing, text, because, &place, document.as_ref()).seen_by(sign);
        if !matches!(context.types.get(given).kind, TypeKind::Struct(_)) {
            let message = format!("`{name}` is no record");
            context.report(Diagnostic::error(ITEM, message).at(&place, ""));
        }
        Some((found, TypeUse { id: given, nullable: false }))
    }

    fn next(&self, context: &mut Context<'_>, items: Option<(&Found, TypeUse)>) -> Option<Next> {
        let syntax = self.syntax;
        let rules = [
            ("cursor", syntax.cursor.is_some()),
            ("url", syntax.url.is_some()),
            ("link", syntax.link.is_some()),
            ("offset", syntax.offset.is_some()),
            ("page", syntax.page.is_some()),
            ("then", syntax.then.is_some()),
            ("single", syntax.single.is_some()),
        ];
        let given: Vec<&str> = rules.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
        if given.len() != 1 {
            let message = match given.as_slice() {
                [] => "nothing says how pages follow each other".to_owned(),
                several => {
                    format!("pages follow each other by one rule, not by {}", several.join(" and "))
                }
            };
            context.report(Diagnostic::error(ONE_RULE, message).at(&self.place.key(), "").help(
                "exactly one of `cursor`, `url`, `link`, `offset`, `page`, `then` and `single`",
            ));
            return None;
        }
        if let Some(rule) = &syntax.cursor {
            if after::split(&rule.from).is_some() {
                return self.after(context, rule, items, &self.place.child("cursor"));
            }
            return self.cursor(context, rule);
        }
        if let Some(rule) = &syntax.url {
            return self.url(context, rule);
        }
        if let Some(rule) = &syntax.offset {
            return self.offset(context, rule);
        }
        if let Some(rule) = &syntax.page {
            return self.page(context, rule);
        }
        if let Some(rule) = &syntax.then {
            return self.then(context, rule);
        }
        for (name, value) in [("link", syntax.link), ("single", syntax.single)] {
            if value == Some(false) {
                let message =
                    format!("`{name}: false` leaves no rule: write `{name}: true` or another rule");
                let place = self.place.child(name);
                context.report(Diagnostic::error(ONE_RULE, message).at(&place, ""));
                return None;
            }
        }
        if syntax.single.is_some() {
            let text = format!("all records of `{}` come in one answer", self.operation.name);
            let usual = "the spec says so; a link to another page is an error at run time";
            let place = self.place.child("single");
            context.granted(text, None, usual, &place, None).seen_by(self.sign(PagePart::Only));
            return Some(Next::Single);
        }
        self.link(context);
        Some(Next::Link)
    }

    /// A header is there if the document lists it.
    fn link(&self, context: &mut Context<'_>) {
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

    fn cursor(&self, context: &mut Context<'_>, rule: &syntax::Cursor) -> Option<Next> {
        let place = self.place.child("cursor");
        let from = self.response(context, &rule.from, &place.child("from"), PagePart::Next);
        let into = slots::find(context, self.operation, &rule.into, &INTO, &place.child("into"));
        let more = self.more(context, rule.more.as_deref(), rule.last.as_deref(), &place);
        let (from, into) = (from?, into?);
        let document = from.field.clone().unwrap_or_else(|| self.schema.clone());
        slots::fits(context, (from.ty, &document), &into, &place.child("from"));
        let more = more?;
        self.is_url(context, &from, &place.child("from"));
        self.goes_on(context, (&rule.from, from.field.as_ref()), &place.child("from"));
        self.goes_on(context, (&rule.into, Some(&into.document)), &place.child("into"));
        self.ends(context, &from, more.as_ref(), &place);
        let text =
            format!("the next page of `{}` is got with `{}`", self.operation.name, rule.from);
        if from.unlisted.is_none() {
            context.fact(Standing::Proven, text, None, &place, Some(&document));
        }
        Some(Next::Cursor { from: from.wire, into: into.slot, more })
    }

    /// A cursor leads to the next page; where its name says that it leads back, it does not.
    fn goes_on(
        &self,
        context: &mut Context<'_>,
        (text, document): (&str, Option<&Place>),
        place: &Place,
    ) {
        let name = text.rsplit(['.', '/']).next().unwrap_or_default();
        let words: Vec<String> = names::words(name).iter().map(|w| w.to_lowercase()).collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        if !has(&["prev", "previous", "before", "back", "backward"]) || has(&["next", "after"]) {
            return;
        }
        if let Some(because) = self.syntax.because.as_deref() {
            let text = format!("`{text}` of `{}` leads to the next page", self.operation.name);
            context.fact(Standing::Overridden, text, Some(because), place, document);
            return;
        }
        let message = format!("`{text}` leads back, not to the next page");
        let mut finding = Diagnostic::error(DOES_NOT_FIT, message).at(place, "");
        if let Some(document) = document {
            finding = finding.and(document, "the document has it here");
        }
        context.report(finding.help("if the name misleads, say why in `because`"));
    }

    /// A cursor is a token; where its name says that it is a URL, it is one.
    fn is_url(&self, context: &mut Context<'_>, from: &Found, place: &Place) {
        let name = from.wire.last().map_or("", String::as_str);
        let known = ["url", "uri", "href", "link", "links"];
        let words = names::words(name);
        if !words.iter().any(|word| known.contains(&word.to_lowercase().as_str())) {
            return;
        }
        if let Some(because) = self.syntax.because.as_deref() {
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
                .help("follow it with `url: {from: ...}`; if it is a token, say why in `because`"),
        );
    }

    /// Where the document has the token or URL on every page, the last one must be told some other way.
    fn ends(&self, context: &mut Context<'_>, from: &Found, more: Option<&More>, place: &Place) {
        let always = !from.optional && from.unlisted.is_none();
        if more.is_some() {
            return;
        }
        let text = format!("the last page of `{}` leads to no other", self.operation.name);
        let (standing, because) = match always {
            false => (Standing::Proven, None),
            true => (Standing::Assumed, self.syntax.because.as_deref()),
        };
        if from.unlisted.is_none() {
            context
                .fact(standing, text, because, &place.child("from"), from.field.as_ref())
                .seen_by(self.sign(PagePart::Way));
        }
    }

    fn url(&self, context: &mut Context<'_>, rule: &syntax::NextUrl) -> Option<Next> {
        let place = self.place.child("url");
        let at = (&place.child("from"), PagePart::Next);
        let from = self.value(context, &rule.from, at, "a URL", &[Plain::Text]);
        let more = self.more(context, rule.more.as_deref(), rule.last.as_deref(), &place);
        let (from, more) = (from?, more?);
        self.goes_on(context, (&rule.from, from.field.as_ref()), &place.child("from"));
        self.ends(context, &from, more.as_ref(), &place);
        let text = format!("the next page of `{}` is at `{}`", self.operation.name, rule.from);
        if from.unlisted.is_none() {
            context.fact(Standing::Proven, text, None, &place, from.field.as_ref());
        }
        Some(Next::Url { from: from.wire, more })
    }

    fn offset(&self, context: &mut Context<'_>, rule: &syntax::Offset) -> Option<Next> {
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

    fn page(&self, context: &mut Context<'_>, rule: &syntax::PageNumber) -> Option<Next> {
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
    fn until_empty(
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

    fn then(&self, context: &mut Context<'_>, rule: &syntax::Continue) -> Option<Next> {
        let place = self.place.child("then");
        let from = self.response(context, &rule.from, &place.child("from"), PagePart::Next);
        let more = self.flag(context, &rule.more, &place.child("more"), false);
        let Some(other) = context.operations.get(&rule.operation).cloned() else {
            // A declared operation that is not there was reported where it is declared.
            let known = &context.spec.syntax.operations;
            if !known.contains_key(&rule.operation) {
                let at = place.child("operation");
                context.undeclared("operations", &rule.operation, &at, known.keys());
            }
            return None;
        };
        let into = slots::find(context, &other, &rule.into, &INTO, &place.child("into"));
        let same = matches!(&other.output, Output::Json { ty, .. } if ty.id == self.output.id);
        if !same {
            let message = format!(
                "`{}` does not give the same output as `{}`",
                other.name, self.operation.name
            );
            context.report(
                Diagnostic::error(DOES_NOT_FIT, message)
                    .at(&place.child("operation"), "")
                    .and(&other.defined, "the operation that reads on"),
            );
        }
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

    fn size(&self, context: &mut Context<'_>, size: &syntax::PageSize) -> Option<PageSize> {
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

    /// A slot that takes a number.
    fn counter(&self, context: &mut Context<'_>, text: &str, place: &Place) -> Option<FoundSlot> {
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

    /// The outer option is for errors, the inner for no total.
    #[expect(clippy::option_option, reason = "an error is not the same as nothing")]
    fn total(
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
    fn more(
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

    fn flag(
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
    fn value(
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
    fn response(
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

/// The members of a struct that are arrays.
fn arrays_in(context: &Context<'_>, ty: TypeUse) -> Vec<String> {
    let fields = context.types.as_struct(ty.id).map(|s| s.fields.as_slice()).unwrap_or_default();
    fields
        .iter()
        .filter(|f| matches!(context.types.get(f.ty.id).kind, TypeKind::List(_)))
        .map(|f| f.wire.clone())
        .take(3)
        .collect()
}
