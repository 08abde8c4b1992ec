//! `operations:`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An operation of a document that is used.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Its `operationId`.
    pub id: Option<String>,
    /// Or its method and path: `GET /sobjects/Lead/{id}`.
    pub call: Option<String>,
    /// The document it is in, where several have it.
    pub document: Option<String>,
    /// The media type that its body is sent as, where the document offers several: `application/x-www-form-urlencoded`.
    pub send: Option<String>,
    /// Whether it may be sent again when the answer got lost; by default what its method means.
    pub repeat: Option<Repeat>,
    /// How its pages follow each other.
    pub paginate: Option<Paginate>,
    /// Its own base URL, which the credentials are for, too; needs a `because` where the document does not list it.
    pub server: Option<String>,
    /// Whether it is sent without credentials; by default where the document says `security: []`.
    pub public: Option<bool>,
    /// The media type to ask for, where an answer has several; JSON if there is some.
    pub accept: Option<String>,
    /// Why an override or an assumption is right.
    pub because: Option<String>,
}

/// Whether a call may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// It only reads.
    Safe,
    /// Repeating has the same effect.
    Idempotent,
    /// Repeating may do it twice.
    Never,
}

/// How pages follow each other: `items` and exactly one of `cursor`, `url`, `link`, `offset`, `page`, `then`, `single`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paginate {
    /// Where the array of items is: `body.results`, or `body`.
    pub items: String,
    /// The type of an item (a name of `types`), where the document cannot know it; needs a `because`.
    pub item: Option<String>,
    /// A token in the response goes into the next request.
    pub cursor: Option<Cursor>,
    /// The response holds the next page's URL.
    pub url: Option<NextUrl>,
    /// `true`: a `Link` header with `rel="next"`; needs a `because` where the document does not list the header.
    pub link: Option<bool>,
    /// Skip as many records as were read.
    pub offset: Option<Offset>,
    /// A page number.
    pub page: Option<PageNumber>,
    /// Another operation reads on, given a cursor.
    pub then: Option<Continue>,
    /// `true`: all records come in one answer.
    pub single: Option<bool>,
    /// What it means that an answer has no array of items, where the document lets it be absent; an error by default.
    #[serde(default)]
    pub absent: Absent,
    /// How many records are asked for.
    pub size: Option<PageSize>,
    /// The next request carries nothing but the cursor.
    #[serde(default)]
    pub exclusive: bool,
    /// Why an assumption is right. What contradicts the document, or a name, has its reason in the rule that does.
    pub because: Option<String>,
}

/// What it means that an answer has no array of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// Something is wrong.
    #[default]
    Error,
    /// There are no records; needs a `because`.
    Empty,
}

/// A token in the response, or the key of its last record, goes into the next request; without it there is no next page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// `body.PATH`; or a member of the last record of a page, as `body.data[-1].id`.
    pub from: String,
    /// `query.NAME`, `body.PATH` or `header.NAME`.
    pub into: String,
    /// A boolean that is true while there is more: `body.has_more`.
    pub more: Option<String>,
    /// A boolean that is true on the last page: `body.isLast`.
    pub last: Option<String>,
    /// Why this rule is right, where names or the document say otherwise.
    pub because: Option<String>,
}

/// The response holds the next page's URL.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextUrl {
    /// `body.PATH`.
    pub from: String,
    /// A boolean that is true while there is more.
    pub more: Option<String>,
    /// A boolean that is true on the last page.
    pub last: Option<String>,
    /// The operation whose URL it is, by its name in `operations`, where that is another one: its method holds, and no body is sent.
    pub operation: Option<String>,
    /// Why this rule is right, where names or the document say otherwise.
    pub because: Option<String>,
}

/// Skip as many records as were read. Ends by `more`, `last` or `total`; without them at an empty page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// `query.NAME` or `body.PATH`.
    pub into: String,
    /// Where pages are asked for inside a text: what is sent there, with `{value}` for the text without a page,
    /// `{start}` and `{size}`: `{value} STARTPOSITION {start} MAXRESULTS {size}`.
    #[serde(rename = "as")]
    pub template: Option<String>,
    /// The number of the first record; 0 by default.
    #[serde(default)]
    pub first: u64,
    /// How many records there are in all: `body.total`.
    pub total: Option<String>,
    /// A boolean that is true while there is more.
    pub more: Option<String>,
    /// A boolean that is true on the last page.
    pub last: Option<String>,
    /// Why this rule is right, where names or the document say otherwise.
    pub because: Option<String>,
}

/// A page number. Ends like `offset`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageNumber {
    /// `query.NAME` or `body.PATH`.
    pub into: String,
    /// The first page's number; by default the parameter's `default` or `minimum` in the document, else 1.
    pub first: Option<i64>,
    /// How many records there are in all.
    pub total: Option<String>,
    /// A boolean that is true while there is more.
    pub more: Option<String>,
    /// A boolean that is true on the last page.
    pub last: Option<String>,
    /// Why this rule is right, where names or the document say otherwise.
    pub because: Option<String>,
}

/// Another operation reads on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Continue {
    /// Its name in `operations`.
    pub operation: String,
    /// `body.PATH` of the cursor.
    pub from: String,
    /// Where the cursor goes in its request.
    pub into: String,
    /// A boolean that is true while there is more.
    pub more: String,
    /// Why this rule is right, where names or the document say otherwise.
    pub because: Option<String>,
}

/// How many records are asked for.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageSize {
    /// `query.NAME` or `body.PATH`; without it the provider decides, and `value` says how many come.
    pub into: Option<String>,
    /// Records per page.
    pub value: i64,
    /// Why this rule is right, where names or the document say otherwise.
    pub because: Option<String>,
}
