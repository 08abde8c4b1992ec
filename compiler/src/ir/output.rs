//! What operations are answered with.

use super::TypeUse;
use crate::source::Place;

/// What a success returns.
#[derive(Clone, Debug)]
pub enum Output {
    /// No body.
    Empty,
    /// JSON of a type.
    Json {
        /// The type.
        ty: TypeUse,
        /// Where the schema stands.
        place: Place,
    },
    /// A line of JSON for each value.
    Lines {
        /// The type of a value.
        ty: TypeUse,
        /// Where the schema stands.
        place: Place,
    },
    /// Text of a media type.
    Text(String),
    /// Bytes of a media type.
    Bytes(String),
    /// Nothing but where to go on.
    Redirect,
    /// By status one of several.
    Choice(Choice),
}

/// A documented success, whatever is made of it and of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Success {
    /// When.
    pub status: Status,
    /// The media types of its body, without parameters, the one that is taken first; none if it has no body.
    pub media: Vec<String>,
}

/// By status one of several answers.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The Rust name of the enum.
    pub ident: String,
    /// The answers: single statuses, then ranges, then the default.
    pub answers: Vec<Answer>,
}

/// An answer of a [`Choice`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// When it is given.
    pub status: Status,
    /// What it holds.
    pub output: Output,
    /// The document's description, raw.
    pub doc: Option<String>,
}

/// The statuses that a documented response stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One.
    Code(u16),
    /// All of a hundred: `2XX`.
    Range(u16),
    /// All that are not documented otherwise.
    Default,
}

/// A documented failure.
#[derive(Clone, Debug)]
pub struct Failure {
    /// When.
    pub status: Status,
    /// The type of its body, where that is JSON.
    pub ty: Option<TypeUse>,
}

/// The headers that a success is documented with.
#[derive(Clone, Debug)]
pub struct Headers {
    /// The Rust name of the struct.
    pub ident: String,
    /// The headers, in the document's order.
    pub fields: Vec<HeaderField>,
}

/// A documented header.
#[derive(Clone, Debug)]
pub struct HeaderField {
    /// Its name.
    pub wire: String,
    /// The Rust field name.
    pub ident: String,
    /// What it is read as, or each of its elements.
    pub kind: HeaderKind,
    /// Whether it is a list.
    pub list: bool,
    /// The document's description, raw.
    pub doc: Option<String>,
}

/// What a header is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderKind {
    /// `String`.
    Text,
    /// `i64`.
    Integer,
    /// `f64`.
    Number,
    /// `bool`.
    Boolean,
}

/// Server-sent events.
#[derive(Clone, Copy, Debug)]
pub struct Events {
    /// What their data is, as JSON; `None` for text.
    pub ty: Option<TypeUse>,
}

impl Output {
    /// The types of what is read.
    pub fn types(&self) -> impl Iterator<Item = TypeUse> + '_ {
        let (one, several) = match self {
            Output::Json { ty, .. } | Output::Lines { ty, .. } => (Some(*ty), [].as_slice()),
            Output::Choice(choice) => (None, choice.answers.as_slice()),
            Output::Empty | Output::Text(_) | Output::Bytes(_) | Output::Redirect => {
                (None, [].as_slice())
            }
        };
        let inside = |answer: &Answer| match &answer.output {
            Output::Json { ty, .. } | Output::Lines { ty, .. } => Some(*ty),
            _ => None,
        };
        one.into_iter().chain(several.iter().filter_map(inside))
    }
}

impl Status {
    /// As documents write it: `200`, `2XX`, `default`; ranges in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Status> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("default") {
            return Some(Status::Default);
        }
        if let Some(hundred) = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx")) {
            let hundred: u16 = hundred.parse().ok()?;
            return (1..=5).contains(&hundred).then_some(Status::Range(hundred));
        }
        let code: u16 = text.parse().ok()?;
        (100..=599).contains(&code).then_some(Status::Code(code))
    }

    /// The hundred that it is of; `None` for the default.
    #[must_use]
    pub fn hundred(self) -> Option<u16> {
        match self {
            Status::Code(code) => Some(code / 100),
            Status::Range(hundred) => Some(hundred),
            Status::Default => None,
        }
    }

    /// Its name as a Rust variant, after the names of RFC 9110.
    #[must_use]
    pub fn ident(self) -> String {
        let name = match self {
            Status::Code(200) => "Ok",
            Status::Code(201) => "Created",
            Status::Code(202) => "Accepted",
            Status::Code(203) => "NonAuthoritative",
            Status::Code(204) => "NoContent",
            Status::Code(205) => "ResetContent",
            Status::Code(206) => "PartialContent",
            Status::Code(207) => "MultiStatus",
            Status::Code(400) => "BadRequest",
            Status::Code(401) => "Unauthorized",
            Status::Code(403) => "Forbidden",
            Status::Code(404) => "NotFound",
            Status::Code(409) => "Conflict",
            Status::Code(410) => "Gone",
            Status::Code(413) => "ContentTooLarge",
            Status::Code(422) => "UnprocessableContent",
            Status::Code(429) => "TooManyRequests",
            Status::Code(500) => "ServerError",
            Status::Code(503) => "Unavailable",
            Status::Code(code) => return format!("Status{code}"),
            Status::Range(2) => "Success",
            Status::Range(3) => "Redirect",
            Status::Range(4) => "ClientError",
            Status::Range(5) => "AnyServerError",
            Status::Range(hundred) => return format!("Status{hundred}xx"),
            Status::Default => "Default",
        };
        name.to_owned()
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Range(hundred) => write!(f, "{hundred}XX"),
            Status::Default => write!(f, "default"),
        }
    }
}
