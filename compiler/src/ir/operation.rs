//! Operations and their pagination.

use super::{Events, Failure, Headers, IntegrationId, Notes, Output, Success, TypeUse};
use crate::source::Place;
use std::borrow::Cow;

/// A selected operation of a document.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name in the spec, `snake_case` (`list_contacts`).
    pub name: String,
    /// The Rust type name (`ListContacts`).
    pub ident: String,
    /// The integration it belongs to.
    pub integration: IntegrationId,
    /// The method, upper case.
    pub method: String,
    /// The path template of the document (`/contacts/{contactId}`).
    pub path: String,
    /// Parameters of path, query, header and cookie, path item's included, in the document's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// What a success returns.
    pub output: Output,
    /// The documented successes that it is made of, in the order of their status.
    pub successes: Vec<Success>,
    /// What to ask for, where that is not JSON: media types as `Accept` has them.
    pub accept: Option<String>,
    /// The type of the main documented error body, if there is one (default, 4xx, 5xx).
    pub error: Option<TypeUse>,
    /// The documented failures, in the order of their status.
    pub failures: Vec<Failure>,
    /// The headers that a success is documented with.
    pub headers: Option<Headers>,
    /// The events that it can be answered with instead.
    pub events: Option<Events>,
    /// A server of its own, as an index into [`Integration::servers`](super::Integration::servers).
    pub server: Option<usize>,
    /// Whether it is sent without credentials.
    pub public: bool,
    /// Whether it may be sent again when the answer got lost.
    pub repeat: Repeat,
    /// Names of the limits it counts against.
    pub limits: Vec<String>,
    /// How its pages follow each other.
    pub pagination: Option<Pagination>,
    /// Whether the document says that it should no longer be used.
    pub deprecated: bool,
    /// The first of the document's tags.
    pub tag: Option<String>,
    /// The document's summary or description, raw.
    pub doc: Option<String>,
    /// Where the spec selects it.
    pub place: Place,
    /// Where the document defines it.
    pub defined: Place,
}

/// Whether a call is safe to repeat (RFC 9110, 9.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reads only, or is declared so (`repeat: safe`).
    Safe,
    /// Repeating has the same effect (PUT, DELETE, or declared).
    Idempotent,
    /// Repeating may do it twice.
    Never,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterIn {
    /// In the path template.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl ParameterIn {
    /// Whether two names are of one parameter there: case does not tell headers apart.
    #[must_use]
    pub fn same(self, a: &str, b: &str) -> bool {
        a == b || self == ParameterIn::Header && a.eq_ignore_ascii_case(b)
    }

    /// A name as all names of the [same](Self::same) parameter have it.
    #[must_use]
    pub fn key(self, name: &str) -> Cow<'_, str> {
        match self {
            ParameterIn::Header => Cow::Owned(name.to_ascii_lowercase()),
            ParameterIn::Path | ParameterIn::Query | ParameterIn::Cookie => Cow::Borrowed(name),
        }
    }
}

/// How a value is written: OpenAPI's `style` with `explode` and `allowReserved`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The style itself.
    pub kind: StyleKind,
    /// Whether elements and members are written one by one.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub reserved: bool,
}

impl Style {
    /// A style without `explode`.
    #[must_use]
    pub fn of(kind: StyleKind) -> Self {
        Style { kind, explode: false, reserved: false }
    }
}

/// A style of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleKind {
    /// `1,2` in paths and headers.
    Simple,
    /// `.1,2` in paths.
    Label,
    /// `;a=1,2` in paths.
    Matrix,
    /// `a=1,2`; exploded `a=1&a=2`.
    Form,
    /// `a=1%202`.
    Space,
    /// `a=1%7C2`.
    Pipe,
    /// `a[b]=1`.
    Deep,
    /// JSON text: a parameter with `content`.
    Json,
    /// What forms do without a style: lists repeat the name, objects are JSON text.
    Content,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The Rust field name.
    pub ident: String,
    /// Where it travels.
    pub location: ParameterIn,
    /// Its type.
    pub ty: TypeUse,
    /// How it is written.
    pub style: Style,
    /// Whether it must be sent.
    pub required: bool,
    /// The document's `minimum` and `maximum`, where whole numbers.
    pub bounds: (Option<i64>, Option<i64>),
    /// The document's description, raw.
    pub doc: Option<String>,
    /// What else the document says about it.
    pub notes: Notes,
    /// Where it stands.
    pub place: Place,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Its type.
    pub ty: TypeUse,
    /// The media type it is sent as.
    pub media: Media,
    /// How members of a form are written that the document says something about, by wire name.
    pub encodings: Vec<(String, Encoding)>,
    /// Whether it must be sent.
    pub required: bool,
    /// All that it can be sent as, where that is of several types; the first is the one above.
    pub choices: Option<BodyChoices>,
    /// Where it stands.
    pub place: Place,
}

impl RequestBody {
    /// The types of all that it can be sent as.
    pub fn types(&self) -> impl Iterator<Item = TypeUse> {
        let others = self.choices.iter().flat_map(|c| c.contents.iter().skip(1));
        std::iter::once(self.ty).chain(others.map(|content| content.ty))
    }
}

/// The bodies of which one is sent.
#[derive(Clone, Debug)]
pub struct BodyChoices {
    /// The Rust name of the enum (`UploadBody`).
    pub ident: String,
    /// At least two.
    pub contents: Vec<BodyContent>,
}

/// One of several bodies.
#[derive(Clone, Debug)]
pub struct BodyContent {
    /// The Rust name of the variant (`Json`, `Multipart`).
    pub ident: String,
    /// Its type.
    pub ty: TypeUse,
    /// The media type it is sent as.
    pub media: Media,
    /// How members of a form are written, by wire name.
    pub encodings: Vec<(String, Encoding)>,
}

/// How a member of a form is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// In a style.
    Style(Style),
    /// As a part of that media type, or of one of those.
    Type(String),
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// JSON, with the exact media type (`application/json`, `application/scim+json`).
    Json(String),
    /// `application/x-www-form-urlencoded`.
    Form,
    /// The members of a type, as parts (`multipart/form-data`).
    Multipart(String),
    /// Parts that the caller names, because the document gives no members.
    Parts(String),
    /// JSON values, each on a line (`application/x-ndjson`); the type is their list.
    Lines(String),
    /// Text (`text/plain`, `application/xml`).
    Text(String),
    /// Bytes of a media type.
    Bytes(String),
    /// Bytes of a media type that the caller says, else of this one.
    AnyBytes(String),
}

/// A value in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A query parameter, by wire name.
    Query(String),
    /// A header, by name.
    Header(String),
    /// A path parameter, by wire name.
    Path(String),
    /// A JSON pointer into the body.
    Body(String),
}

/// A value in a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponsePath {
    /// A body path: the wire names of struct fields, from the root; list elements by number.
    Body(Vec<String>),
    /// A header, by name.
    Header(String),
}

/// How pages follow each other. Every path in it was resolved and typed.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// The wire path from the response body to the array of items; empty if the body is the array.
    pub items: Vec<String>,
    /// The type of one item.
    pub item: TypeUse,
    /// The rule that leads to the next page.
    pub next: Next,
    /// The page size that is asked for.
    pub size: Option<PageSize>,
    /// The next request carries nothing but the cursor (no other query parameters).
    pub exclusive: bool,
    /// Whether a page without the array of items has no records; else it is an error.
    pub absent_is_empty: bool,
    /// Where the spec says it.
    pub place: Place,
}

/// The page size that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// Where it goes; `None` where the provider decides and the spec only says how many come.
    pub into: Option<Slot>,
    /// Records per page.
    pub value: i64,
}

/// The rule that leads to the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A token in the response goes into the next request; no token, no next page.
    Cursor {
        /// Body path of the token.
        from: Vec<String>,
        /// Where it goes.
        into: Slot,
        /// Body path of a boolean that says whether there is more (`has_more`), or, inverted, that this was the last.
        more: Option<More>,
    },
    /// A member of a page's last record goes into the next request; no record, no next page.
    After {
        /// Wire path in the record.
        of: Vec<String>,
        /// Where it goes.
        into: Slot,
        /// Body path of a boolean that says whether there is more.
        more: Option<More>,
    },
    /// The response holds the next page's URL.
    Url {
        /// Body path of the URL.
        from: Vec<String>,
        /// Body path of a boolean that says whether there is more.
        more: Option<More>,
        /// The operation whose URL it is, where that is another one.
        operation: Option<String>,
    },
    /// A `Link` header with `rel="next"` (RFC 8288).
    Link,
    /// There is no next page.
    Single,
    /// Skip that many records.
    Offset {
        /// Where the offset goes.
        into: Slot,
        /// The number of the first record.
        first: u64,
        /// The text that is sent there, with `{value}` for the text without a page, `{start}` and `{size}`.
        template: Option<String>,
        /// Body path of the total, where there is one; without it, and without `more`, the listing ends at an empty page.
        total: Option<Vec<String>>,
        /// Body path of a boolean that says whether there is more.
        more: Option<More>,
    },
    /// A page number.
    Page {
        /// Where the number goes.
        into: Slot,
        /// The first page's number.
        first: i64,
        /// Body path of the number of records in all, where there is one.
        total: Option<Vec<String>>,
        /// Body path of a boolean that says whether there is more.
        more: Option<More>,
    },
    /// Another operation reads on, given a cursor.
    Continue {
        /// The name of the other operation.
        operation: String,
        /// Body path of the cursor.
        from: Vec<String>,
        /// Where it goes in the other operation's request.
        into: Slot,
        /// Body path of the boolean that says whether there is more.
        more: More,
    },
}

/// A boolean that ends or continues a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    /// Body path.
    pub from: Vec<String>,
    /// `true` means that this was the last page (`isLast`, `done`).
    pub inverted: bool,
}
