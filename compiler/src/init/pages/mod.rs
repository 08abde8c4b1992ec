//! Recognises how pages follow each other, from the names of parameters and members over the whole document.
//!
//! Only what the language can say is recognised, and only where both ends are there: what leads to the next page, and
//! where it goes.

mod cursor;
mod items;
mod rules;
mod size;

use super::outline::{Entry, scalar};
use super::view::{self, Value};
use crate::ir::{Operation, Types};
use crate::openapi::Document;
use crate::resolve::slots::Plain;

/// The shapes of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A token in the answer goes into the next request.
    Cursor,
    /// The answer holds the next page's URL.
    Url,
    /// A `Link` header.
    Link,
    /// As many records as were read are skipped.
    Offset,
    /// A page number.
    Page,
    /// Another operation reads on.
    Then,
}

impl Shape {
    /// Its key in `paginate`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Shape::Cursor => "cursor",
            Shape::Url => "url",
            Shape::Link => "link",
            Shape::Offset => "offset",
            Shape::Page => "page",
            Shape::Then => "then",
        }
    }
}

/// What was recognised of one operation.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    pub(super) shape: Shape,
    /// Where the records are.
    pub(super) items: items::Items,
    /// The rule, as YAML: `{from: .., into: ..}`.
    rule: String,
    /// Why.
    why: Vec<String>,
    size: Option<size::Size>,
    /// What has no type in the document, and is read all the same.
    assumed: Vec<String>,
    /// Why the listing ends, where the document does not say that it does.
    ends: Option<String>,
    /// The operation that reads on.
    then: Option<String>,
}

/// What recognises.
pub(super) struct Recognising<'r> {
    pub(super) documents: &'r [Document],
    pub(super) types: &'r Types,
    pub(super) operation: &'r Operation,
    request: Vec<Value>,
    answer: Vec<Value>,
}

/// What an operation is: paginated, or a list in which nothing leads to a next page.
pub(super) enum Seen {
    Pages(Box<Pages>),
    /// It looks like pages, and something is missing.
    Unclear(Unclear),
    Nothing,
}

/// What is not clear about the pages of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Unclear {
    /// It looks like pages; this is missing.
    Perhaps(String),
    /// Nothing leads to a next page, and a document cannot say that there is none.
    Single,
}

/// Looks at one operation. `others` are those that may read on.
pub(super) fn recognise<'r>(
    documents: &'r [Document],
    types: &'r Types,
    operation: &'r Operation,
    others: &[&Operation],
) -> Seen {
    let request = view::request(types, operation);
    let answer = view::answer(types, operation);
    let seen = Recognising { documents, types, operation, request, answer };
    let items = match items::find(&seen) {
        Ok(items) => items,
        Err(unclear) => {
            // What only reads, and is asked for a page, looks like one.
            let reads = operation.method == "GET";
            let asked =
                reads && seen.request.iter().any(|value| rules::is_about_pages(value.name()));
            return match unclear {
                Some(text) if asked => Seen::Unclear(Unclear::Perhaps(text)),
                None if asked => Seen::Unclear(Unclear::Perhaps(
                    "the document does not say what the answers hold".to_owned(),
                )),
                _ => Seen::Nothing,
            };
        }
    };
    let found = match rules::find(&seen, &items, others) {
        Ok(Some(found)) => found,
        Ok(None) if operation.method == "GET" && !seen.asks_for_a_page() => {
            return Seen::Unclear(Unclear::Single);
        }
        Ok(None) => return Seen::Nothing,
        Err(unclear) => return Seen::Unclear(Unclear::Perhaps(unclear)),
    };
    let size = size::find(&seen, found.open);
    if found.open && size.is_none() {
        let why = format!("nothing says where the pages of `{}` end", found.rule);
        return Seen::Unclear(Unclear::Perhaps(why));
    }
    Seen::Pages(Box::new(Pages {
        shape: found.shape,
        items,
        rule: found.rule,
        why: found.why,
        size,
        assumed: found.assumed,
        ends: found.ends,
        then: found.then,
    }))
}

impl Pages {
    /// The name of the operation that reads on, if another does.
    pub(super) fn reads_on(&self) -> Option<&str> {
        self.then.as_deref()
    }

    /// The section of the spec.
    pub(super) fn entry(&self) -> Entry {
        let mut paginate = Entry::map("paginate", Vec::new()).optional();
        for why in &self.why {
            paginate = paginate.why(why);
        }
        let items = Entry::text("items", scalar(&self.items.path));
        paginate.push(match &self.items.note {
            Some(note) => items.note(note),
            None => items,
        });
        paginate.push(Entry::text(self.shape.key(), &self.rule));
        if let Some(size) = &self.size {
            paginate.push(size.entry());
        }
        if self.items.optional {
            let absent = Entry::text("absent", "empty");
            let note = "if a page without the array has no records; with a `because`";
            paginate.push(absent.note(note).proposed());
        }
        let names: Vec<String> = self.assumed.iter().map(|name| format!("`{name}`")).collect();
        let untyped = (!names.is_empty())
            .then(|| format!("the document has {} without a type", names.join(" and ")));
        let because: Vec<String> = untyped.into_iter().chain(self.ends.clone()).collect();
        if !because.is_empty() {
            paginate.push(Entry::text("because", scalar(&because.join("; "))));
        }
        paginate
    }
}

impl Recognising<'_> {
    /// Whether the request can be given something about pages.
    fn asks_for_a_page(&self) -> bool {
        self.request.iter().any(|value| rules::is_about_pages(value.name()) || size::is_size(value))
    }

    /// A boolean of the answer that says whether there is more, as YAML behind a rule.
    fn more(&self) -> Option<(String, &Value)> {
        let flags = self.answer.iter().filter(|value| value.plain == Plain::Boolean);
        flags.clone().find_map(|value| {
            let key = match value.name() {
                name if rules::MORE.contains(&name) => "more",
                name if rules::LAST.contains(&name) => "last",
                _ => return None,
            };
            Some((format!(", {key}: {}", scalar(&value.path)), value))
        })
    }

    /// A number that may be that of all records or of those of the page.
    fn count(&self) -> Option<&Value> {
        self.answer.iter().find(|value| value.is_number() && value.name() == "count")
    }

    /// How many records there are in all, as YAML behind a rule.
    fn total(&self) -> Option<(String, &Value)> {
        let numbers = self.answer.iter().filter(|value| value.is_number());
        let found = numbers.clone().find(|value| rules::TOTAL.contains(&value.name()));
        let found = found.or_else(|| {
            // Beside a number of pages, it is that of all of their records.
            let pages = numbers.clone().any(|value| rules::PAGES.contains(&value.name()));
            let counts_all = |value: &&Value| {
                pages || view::words(self.documents, &value.place).contains("total")
            };
            self.count().filter(counts_all)
        });
        found.map(|value| (format!(", total: {}", scalar(&value.path)), value))
    }
}
