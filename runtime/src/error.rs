//! What can go wrong.

use crate::assumption::Assumption;
use crate::cel;
use crate::hooks::HookError;
use crate::response::Response;
use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;
use std::fmt;
use std::time::Duration;

/// What went wrong, and with what. It holds no credentials.
#[derive(Clone)]
#[non_exhaustive]
pub enum Error {
    /// The client is set up wrongly.
    Config {
        /// What is wrong, and what to do.
        message: String,
    },
    /// A request cannot be written down: a value does not fit where it belongs.
    Request {
        /// The operation.
        operation: &'static str,
        /// What is wrong.
        message: String,
    },
    /// No valid credentials could be had.
    Auth {
        /// What happened.
        message: String,
    },
    /// The provider could not be reached, or the connection broke.
    Transport {
        /// The operation.
        operation: &'static str,
        /// What happened.
        message: String,
    },
    /// No answer in time.
    Timeout {
        /// The operation.
        operation: &'static str,
        /// Whose: the origin of the URL.
        server: String,
        /// How long was waited.
        after: Duration,
    },
    /// The call was not done in time, its waits and attempts together.
    Deadline {
        /// The operation.
        operation: &'static str,
        /// How much time it had.
        after: Duration,
    },
    /// Calls to the host are stopped, because it failed again and again: this one was not sent.
    Unavailable {
        /// The operation.
        operation: &'static str,
        /// Whose: the origin of the URL.
        server: String,
        /// For how long they are; nothing, while one finds out.
        wait: Duration,
    },
    /// The provider answered that it failed.
    Status(Box<StatusError>),
    /// An answer is not what the document says.
    Decode {
        /// The operation.
        operation: &'static str,
        /// The JSON path of the value (`results[3].id`).
        path: String,
        /// What is wrong with it.
        message: String,
        /// What the spec assumes of it.
        assumed: Option<&'static Assumption>,
    },
    /// A limit would make the call wait for longer than allowed.
    Limited {
        /// The operation.
        operation: &'static str,
        /// The limit, by its name in the spec.
        limit: &'static str,
        /// How long it would have to wait, as far as is known.
        wait: Duration,
    },
    /// The pages do not lead on as the spec says.
    Pagination {
        /// The operation.
        operation: &'static str,
        /// What is wrong.
        message: String,
        /// What the spec assumes of it.
        assumed: Option<&'static Assumption>,
    },
    /// Code of the user that the spec asks for gives nothing.
    Hook {
        /// The operation.
        operation: &'static str,
        /// The hook, by its name in the spec.
        hook: &'static str,
        /// Where the spec asks for it (`bank/integration.yaml:12:9`).
        place: &'static str,
        /// What the hook says.
        error: HookError,
    },
    /// An expression of the spec could not be evaluated.
    Expression(cel::Error),
    /// What is kept on disk could not be read or written.
    State {
        /// What happened.
        message: String,
    },
}

/// The provider answered that it failed.
#[derive(Clone, Debug)]
pub struct StatusError {
    /// The operation.
    pub operation: &'static str,
    /// The status.
    pub status: u16,
    /// The provider's code, where the spec says where to find it.
    pub code: Option<String>,
    /// The provider's message, where the spec says where to find it.
    pub message: Option<String>,
    /// The rule that judged it (`shop/integration.yaml:31:5`); `None` by its status alone.
    pub rule: Option<&'static str>,
    /// How often the call was sent.
    pub attempts: u32,
    /// What the spec assumes of the call, and the provider may refuse it for.
    pub assumed: Option<&'static Assumption>,
    /// What the body says, in short, where there is no message.
    pub(crate) excerpt: Option<Box<str>>,
    /// What came with it.
    pub(crate) answer: Refusal,
}

/// What came with a failure: shown to nobody but who asks, because it may hold secrets.
#[derive(Clone)]
pub(crate) struct Refusal {
    headers: HeaderMap,
    /// At most [`LONGEST_BODY`] of it.
    body: Bytes,
}

/// How much of a failure's body is kept.
const LONGEST_BODY: usize = 256 * 1024;

impl Refusal {
    pub(crate) fn new(response: &Response) -> Self {
        let body = response.body();
        let body = match body.get(..LONGEST_BODY) {
            // A copy, so that the rest is not kept with it.
            Some(start) if body.len() > LONGEST_BODY => Bytes::copy_from_slice(start),
            _ => body.clone(),
        };
        Refusal { headers: response.headers().clone(), body }
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({} bytes)", self.body.len())
    }
}

impl StatusError {
    /// The headers that came with it.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The body that came with it, or its first 256 KiB. It may hold secrets: the request log never has it. Where no
    /// message was found, the error's text has its first characters, without what looks like a credential by its name and without those of
    /// the call.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.answer.body
    }

    /// The body as a documented type (the section "Errors" of an operation lists them).
    ///
    /// # Errors
    /// [`Error::Decode`] with the JSON path of what is not as that type has it.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, Error> {
        crate::response::decode(self.operation, &self.answer.body)
    }
}

impl Error {
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Error::Config { message: message.into() }
    }

    pub(crate) fn request(operation: &'static str, message: impl Into<String>) -> Self {
        Error::Request { operation, message: message.into() }
    }

    pub(crate) fn pagination(operation: &'static str, message: impl Into<String>) -> Self {
        Error::Pagination { operation, message: message.into(), assumed: None }
    }

    /// With what the spec assumes of it, if it does.
    pub(crate) fn because_of(mut self, assumption: Option<&'static Assumption>) -> Self {
        if let (Error::Decode { assumed, .. } | Error::Pagination { assumed, .. }, Some(broken)) =
            (&mut self, assumption)
        {
            *assumed = Some(broken.failed());
        }
        self
    }

    /// What the spec assumes, or overrides the document with, and this error comes from; a refusal may have other
    /// reasons.
    #[must_use]
    pub fn assumption(&self) -> Option<&'static Assumption> {
        match self {
            Error::Decode { assumed, .. } | Error::Pagination { assumed, .. } => *assumed,
            Error::Status(error) => error.assumed,
            _ => None,
        }
    }

    /// The provider's status, if it answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Error::Status(error) => Some(error.status),
            _ => None,
        }
    }

    /// The provider's answer, if it is one.
    #[must_use]
    pub fn answer(&self) -> Option<&StatusError> {
        match self {
            Error::Status(error) => Some(error),
            _ => None,
        }
    }

    /// The body of the provider's answer as a documented type; `None` if there was no answer, or another one.
    #[must_use]
    pub fn decode<T: DeserializeOwned>(&self) -> Option<T> {
        self.answer()?.decode().ok()
    }

    /// The provider's error code, if it gave one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Error::Status(error) => error.code.as_deref(),
            _ => None,
        }
    }
}

/// The same text as [`Display`](fmt::Display): what `main` prints when it returns an error is for people.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Config { message } => write!(f, "configuration: {message}"),
            Error::Request { operation, message } => {
                write!(f, "{operation}: the request cannot be written: {message}")
            }
            Error::Auth { message } => write!(f, "authorisation: {message}"),
            Error::Transport { operation, message } => write!(f, "{operation}: {message}"),
            Error::Timeout { operation, server, after } => {
                write!(
                    f,
                    "{operation}: no answer from {server} within {after:?}; `Options::timeout` sets how long is waited"
                )
            }
            Error::Deadline { operation, after } => write!(
                f,
                "{operation}: not done within {after:?}, though what was sent may have been carried out; `Options::deadline` sets how long a call may take with all its waits and attempts"
            ),
            Error::Unavailable { operation, server, wait } => {
                write!(f, "{operation}: not sent, because {server} failed again and again; ")?;
                match wait.is_zero() {
                    true => {
                        f.write_str("a call that finds out whether it works again is on its way")
                    }
                    false => write!(f, "`Options::breaker` stops calls for another {wait:?}"),
                }
            }
            Error::Status(error) => error.fmt(f),
            Error::Decode { operation, path, message, assumed } => {
                let by = if assumed.is_some() { "assumed" } else { "documented" };
                write!(f, "{operation}: the answer is not as {by} at `{path}`: {message}")?;
                note(f, *assumed)
            }
            Error::Limited { operation, limit, wait } => write!(
                f,
                "{operation}: the limit `{limit}` would make it wait for {wait:?}, longer than `Options::max_wait` or `Options::deadline` allows"
            ),
            Error::Pagination { operation, message, assumed } => {
                write!(f, "{operation}: {message}")?;
                note(f, *assumed)
            }
            Error::Hook { operation, hook, place, error } => {
                write!(f, "{operation}: the hook `{hook}` ({place}): {error}")
            }
            Error::Expression(error) => write!(f, "an expression of the spec failed: {error}"),
            Error::State { message } => write!(f, "state on disk: {message}"),
        }
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, self.message.as_deref().or(self.excerpt.as_deref()))
    }
}

/// The same without anything of the body but what the spec asks for: for the log.
pub(crate) struct Logged<'e>(pub(crate) &'e Error);

impl fmt::Display for Logged<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Error::Status(error) => error.write(f, error.message.as_deref()),
            error => error.fmt(f),
        }
    }
}

impl StatusError {
    fn write(&self, f: &mut fmt::Formatter<'_>, said: Option<&str>) -> fmt::Result {
        write!(f, "{}: the provider answered {}", self.operation, self.status)?;
        let reason =
            http::StatusCode::from_u16(self.status).ok().and_then(|s| s.canonical_reason());
        if let (Some(reason), None) = (reason, &self.message) {
            write!(f, " {reason}")?;
        }
        if let Some(code) = &self.code {
            write!(f, " {code}")?;
        }
        if let Some(said) = said {
            write!(f, ": {said}")?;
        }
        if self.attempts > 1 {
            write!(f, " (sent {} times)", self.attempts)?;
        }
        if let Some(rule) = self.rule {
            write!(f, " (judged by {rule})")?;
        }
        match self.assumed {
            Some(assumed) => write!(f, " (perhaps for what is {assumed})"),
            None => Ok(()),
        }
    }
}

fn note(f: &mut fmt::Formatter<'_>, assumed: Option<&Assumption>) -> fmt::Result {
    assumed.map_or(Ok(()), |assumed| write!(f, " ({assumed})"))
}

impl std::error::Error for Error {}
impl std::error::Error for StatusError {}

impl From<cel::Error> for Error {
    fn from(error: cel::Error) -> Self {
        Error::Expression(error)
    }
}
