//! `paginate:`: every path in it leads somewhere, to a value of the right type.

mod after;
mod meaning;
mod number;
mod said;
mod size;
mod token;
mod url;

pub(crate) use url::url_extends;

use meaning::Takes;

use super::Context;
use super::message::Root;
use super::paths::{self, Found};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::references::{ITEM, NOT_AN_ARRAY, NOT_IN_RESPONSE, ONE_RULE};
use crate::ir::{
    Next, Operation, Output, PagePart, Pagination, ParameterIn, Sign, Standing, TypeId, TypeKind,
    TypeUse,
};
use crate::source::Place;
use crate::spec::syntax::{self, Paginate};

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

/// The rule that leads to the next page.
struct Rule<'p> {
    key: &'static str,
    /// Why it is right, where it contradicts a name or the document.
    because: Option<&'p str>,
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

    /// The rule that leads to the next page, by its key, and its own reason.
    fn rule(&self) -> Rule<'_> {
        let Paginate { cursor, url, offset, page, then, .. } = self.syntax;
        let rules = [
            ("cursor", cursor.as_ref().map(|rule| &rule.because)),
            ("url", url.as_ref().map(|rule| &rule.because)),
            ("offset", offset.as_ref().map(|rule| &rule.because)),
            ("page", page.as_ref().map(|rule| &rule.because)),
            ("then", then.as_ref().map(|rule| &rule.because)),
        ];
        let given = rules.into_iter().find_map(|(key, because)| Some((key, because?)));
        // The others have no keys of their own.
        let (key, because) = given.unwrap_or(("paginate", &self.syntax.because));
        Rule { key, because: because.as_deref() }
    }

    /// Where the request takes a token, or the number of a page or of a record, by its name.
    fn asks_for_a_page(&self) -> Option<Place> {
        let asks = |name: &str| match meaning::takes(name, "") {
            Some((takes, _)) => takes != Takes::Size,
            None => false,
        };
        let mut query =
            self.operation.parameters.iter().filter(|p| p.location == ParameterIn::Query);
        query.find(|parameter| asks(&parameter.wire)).map(|parameter| parameter.place.clone())
    }

    /// Why what is assumed of the way to the next page is right.
    fn reason(&self) -> Option<&str> {
        self.rule().because.or(self.syntax.because.as_deref())
    }

    /// What to do where the spec is right all the same.
    fn say_why(&self, although: &str) -> String {
        format!("if {although}, say why: `because: ...` in `{}`", self.rule().key)
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
            let sign = self.sign(PagePart::Only);
            match self.asks_for_a_page() {
                None => {
                    context.granted(text, None, usual, &place, None).seen_by(sign);
                }
                // A request that can ask for a page is answered with pages, as far as the document says.
                Some(asks) => {
                    let because = self.syntax.because.as_deref();
                    let standing = Standing::Overridden;
                    context.fact(standing, text, because, &place, Some(&asks)).seen_by(sign);
                }
            }
            return Some(Next::Single);
        }
        self.link(context);
        self.same_method(context, &self.place.child("link"));
        Some(Next::Link)
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
