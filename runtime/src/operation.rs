//! What emitted code says about an integration and its operations.

use crate::errors::ErrorRule;
use crate::limits::Limit;
use crate::{Error, Request, Response};

/// An integration, as its spec describes it. Emitted as a `static`.
#[derive(Debug)]
pub struct Integration {
    /// The name in the spec: also the name in logs.
    pub name: &'static str,
    /// Limits; operations refer to them by index.
    pub limits: &'static [Limit],
    /// How responses are judged; first match wins, then the default by status.
    pub errors: &'static [ErrorRule],
    /// JSON pointer to the provider's message in an error body.
    pub error_message: Option<&'static str>,
    /// JSON pointer to the provider's code in an error body.
    pub error_code: Option<&'static str>,
}

/// An operation, as the runtime needs to know it. Emitted as a constant.
#[derive(Debug)]
pub struct OperationMeta {
    /// Whose it is.
    pub integration: &'static Integration,
    /// The name in the spec (`list_contacts`).
    pub name: &'static str,
    /// The method.
    pub method: http::Method,
    /// The path template (`/contacts/{contactId}`).
    pub path: &'static str,
    /// Whether it may be sent again when the answer got lost.
    pub repeat: Repeat,
    /// Indices into [`Integration::limits`].
    pub limits: &'static [usize],
}

/// Whether a call is safe to repeat
/// ([RFC 9110, 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reads only.
    Safe,
    /// Repeating has the same effect.
    Idempotent,
    /// Repeating may do it twice.
    Never,
}

/// An operation is a value: its parameters, ready to be sent.
pub trait Operation: Send + Sync {
    /// The emitted client that can send it.
    type Client;
    /// What a success returns.
    type Output: Send;
    /// What the runtime needs to know.
    const META: &'static OperationMeta;

    /// The request as it goes to the wire, without server and credentials.
    ///
    /// # Errors
    /// When a value cannot be written where it belongs (a header with a line break, a body that does not serialise).
    fn request(&self) -> Result<Request, Error>;

    /// The output from a successful response.
    ///
    /// # Errors
    /// [`Error::Decode`] with the JSON path.
    fn decode(response: &Response) -> Result<Self::Output, Error>;
}
