//! How pages follow each other.

use crate::log::without_query;
use crate::operation::{Operation, OperationMeta};
use crate::request::Slot;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::{self, Debug};

/// An operation whose output is one page of many.
pub trait Paginated: Operation {
    /// One item.
    type Item: serde::de::DeserializeOwned + Send;
    /// The rule, from the spec.
    const PLAN: &'static Pagination;

    /// What this page says about the next one.
    fn hints(page: &Self::Output) -> PageHints<'_>;

    /// Whether a page has its array of items, where the document lets it be absent. A page without it is an
    /// error, not the end: nothing says that there are no items.
    fn has_items(page: &Self::Output) -> bool {
        let _ = page;
        true
    }

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// The rule, from the spec.
#[derive(Debug)]
pub struct Pagination {
    /// JSON pointer from the body to the array of items; empty if the body is the array.
    pub items: &'static str,
    /// What leads to the next page.
    pub next: Next,
    /// The page size that is asked for.
    pub size: Option<PageSize>,
    /// The next request carries nothing but the cursor.
    pub exclusive: bool,
}

/// The page size that is asked for.
#[derive(Debug)]
pub struct PageSize {
    /// Where it goes; `None` where the provider decides.
    pub into: Option<Slot>,
    /// Records per page.
    pub value: u64,
}

/// What leads to the next page.
#[derive(Debug)]
pub enum Next {
    /// [`PageHints::next`] goes into the next request.
    Cursor {
        /// Where.
        into: Slot,
    },
    /// The same, where [`PageHints::next`] is a member of the page's last record.
    After {
        /// Where.
        into: Slot,
        /// JSON pointer from the record to the member.
        of: &'static str,
    },
    /// [`PageHints::next`] is the next page's URL, absolute or relative to the server; another origin is refused.
    Url {
        /// The operation whose URL it is, where that is another one, which gives the same output: it is sent by that one's
        /// method, without a body.
        operation: Option<&'static OperationMeta>,
    },
    /// A `Link` header with `rel="next"` ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).
    Link,
    /// Skip as many records as were read. Ends by `more` or `total`; without them at an empty page.
    Offset {
        /// Where the offset goes.
        into: Slot,
        /// The number of the first record: what is sent is this and the records that were read.
        first: u64,
        /// The text that is sent there, where pages are asked for inside a text: `{value}` is the text without a
        /// page, `{start}` the number of the page's first record, `{size}` the page size.
        template: Option<&'static str>,
    },
    /// There is no next page.
    Single,
    /// The next number. Ends like `Offset`.
    Page {
        /// Where the number goes.
        into: Slot,
        /// The first page's number.
        first: u64,
    },
    /// Another operation reads on with [`PageHints::next`]; it gives the same output.
    Continue {
        /// The other operation.
        operation: &'static OperationMeta,
        /// Where the cursor goes in its request.
        into: Slot,
    },
}

/// What a page says about the next one.
#[derive(Clone, Debug, Default)]
pub struct PageHints<'p> {
    /// The cursor or URL; absent or empty at the end.
    pub next: Option<Cow<'p, str>>,
    /// Whether there is more, where the provider says so.
    pub more: Option<bool>,
    /// How many records there are in all, where the provider says so.
    pub total: Option<u64>,
}

impl PageHints<'_> {
    /// The same without the page, so that its items can be taken.
    pub(crate) fn into_owned(self) -> PageHints<'static> {
        let next = self.next.map(|next| Cow::Owned(next.into_owned()));
        PageHints { next, more: self.more, total: self.total }
    }
}

/// Where a listing stands: durable, so that a sync can go on after a stop.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// Nothing was read yet.
    #[default]
    Start,
    /// Go on with this cursor.
    Cursor(String),
    /// Go on at this URL.
    Url(String),
    /// Skip that many records.
    Offset(u64),
    /// Go on with this page number, having read that many records.
    Page {
        /// The number.
        number: u64,
        /// Records read before it.
        read: u64,
    },
    /// All was read.
    Done,
}

/// A URL's query is not shown: it may hold a key.
impl Debug for PageState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageState::Start => f.write_str("Start"),
            PageState::Cursor(cursor) => f.debug_tuple("Cursor").field(cursor).finish(),
            PageState::Url(url) => {
                let shown = url::Url::parse(url).map(|url| without_query(&url));
                f.debug_tuple("Url").field(&shown.unwrap_or_default()).finish()
            }
            PageState::Offset(offset) => f.debug_tuple("Offset").field(offset).finish(),
            PageState::Page { number, read } => {
                f.debug_struct("Page").field("number", number).field("read", read).finish()
            }
            PageState::Done => f.write_str("Done"),
        }
    }
}
