// src/operations.rs
//! Operations of Defaults and deprecation: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /things`.
///
/// # Errors
/// - `404`: [`types::Trouble`], by [`gusset::Error::decode`]
#[derive(Clone, Debug, Default)]
pub struct ListThings {
    /// How many come at most. Default: `20`. From 1 to 100.
    pub limit: Option<i64>,
    /// By what they are sorted. Default: `name`.
    pub sort: Option<types::ListThingsSort>,
    /// At most 64 characters. Matches `^[a-z ]+$`.
    pub name: Option<String>,
    /// One of:
    ///
    /// - a
    /// - b
    ///
    /// At least 1 element.
    pub tags: Vec<String>,
    /// Where they begin.
    #[deprecated]
    pub after: Option<String>,
}
gusset::operation!(ListThings: get "/things" as "list_things" {
    query [limit, sort, name], query_list [tags], query [after]
});

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::Thing,
}
gusset::operation!(SendThing: post "/things" as "send_thing" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Defaults and deprecation: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

gusset::open_enum! {
    pub enum ListThingsSort {
        Name = "name", Size = "size",
    }
}

/// What went wrong, by `code`:
///
/// | code |
/// | --- |
/// | 1 |
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    pub code: Option<i64>,
}
gusset::record!(Trouble: read { [code] });

#[deprecated]
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// How large. Default: `20`. From 1 to 100.
    pub size: i64,
    /// Default: `anon`. At most 64 characters. Matches `^[a-z]+$`.
    pub name: Option<String>,
    /// Default: `many`.
    pub wrong: Option<i64>,
    #[deprecated]
    pub old: Option<String>,
    pub old_kind: Kind,
    /// More than 0, a multiple of 0.5.
    pub rate: Option<f64>,
}
gusset::record!(Thing: read, write {
    size, [name, wrong, old], old_kind, [rate]
} new(size: i64, old_kind: Kind));

gusset::open_enum! {
    #[deprecated]
    pub enum Kind {
        /// The first.
        First = "a",
        /// The second.
        Second = "b",
    }
}
