// src/operations.rs
//! Operations of next_urls: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /events/filter`.
///
/// It has pages: `client.items(operation)` reads the items of all of them, `client.pages(operation)` page by page.
#[derive(Clone, Debug, Default)]
pub struct FilterEvents {
    pub x_version: Option<String>,
    pub body: Option<types::FilterEventsBody>,
}
gusset::operation!(FilterEvents: post "/events/filter" as "filter_events" -> types::Page {
    header [x_version = "X-Version"], json [body]
});

impl gusset::Paginated for FilterEvents {
    type Item = types::PageEventsItem;
    const PLAN: &'static gusset::Pagination = &gusset::Pagination {
        items: "/events",
        next: gusset::Next::Url {
            operation: Some(<NextEvents as gusset::Operation>::META),
        },
        size: None,
        exclusive: false,
    };

    fn hints(page: &Self::Output) -> gusset::PageHints<'_> {
        gusset::PageHints {
            next: page.next.as_ref().map(|v| v.as_str().into()),
            ..gusset::PageHints::default()
        }
    }

    fn items(page: Self::Output) -> Vec<Self::Item> {
        page.events
    }
}

/// Calls `GET /events/filter/next`.
#[derive(Clone, Debug)]
pub struct NextEvents {
    pub token: String,
    pub x_version: Option<String>,
}
gusset::operation!(NextEvents: get "/events/filter/next" as "next_events" -> types::Page {
    query token, header [x_version = "X-Version"]
} new(token: impl Into<String>));

// src/types.rs
//! Types of next_urls: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterEventsBody {
    pub kind: Option<String>,
}
gusset::record!(FilterEventsBody: write { [kind] });

#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub events: Vec<PageEventsItem>,
    pub next: Option<String>,
}
gusset::record!(Page: read { events, [next] });

#[derive(Clone, Debug, PartialEq)]
pub struct PageEventsItem {
    pub id: i64,
}
gusset::record!(PageEventsItem: read { id });
