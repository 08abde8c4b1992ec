//! What emitted code says about an integration and its operations.

mod macros;

use crate::assumption::Assumption;
use crate::errors::{ErrorRule, ErrorText};
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
    /// Where an answer that is an error has the provider's message.
    pub error_message: Option<ErrorText>,
    /// Where it has the provider's code.
    pub error_code: Option<ErrorText>,
    /// What the spec assumes of the provider, or overrides its document with, as far as a run can see it.
    pub assumptions: &'static [Assumption],
}

/// An operation, as the runtime needs to know it. Emitted as a constant: a constructor by method, and what is
/// special about it.
#[derive(Debug)]
#[non_exhaustive]
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
    /// The media types that it is answered with, as `Accept` has them; `None` for JSON.
    pub accept: Option<&'static str>,
    /// Whether a redirect is what a success is answered with.
    pub redirects: bool,
    /// Whether it is sent without credentials.
    pub public: bool,
    /// Where it goes, as an index into what [`Client::with_servers`](crate::Client::with_servers) was given; `None`
    /// for the connection's server.
    pub server: Option<usize>,
}

/// Constructors by method.
macro_rules! methods {
    ($($name:ident $method:ident $repeat:ident,)*) => {
        $(
            #[doc = concat!("An operation by ", stringify!($method), ".")]
            #[must_use]
            pub const fn $name(
                integration: &'static Integration,
                name: &'static str,
                path: &'static str,
            ) -> Self {
                Self::new(integration, name, http::Method::$method, path, Repeat::$repeat)
            }
        )*
    };
}

impl OperationMeta {
    methods! {
        get GET Safe,
        head HEAD Safe,
        options OPTIONS Safe,
        trace TRACE Safe,
        put PUT Idempotent,
        delete DELETE Idempotent,
        post POST Never,
        patch PATCH Never,
    }

    /// An operation of any method.
    #[must_use]
    pub const fn new(
        integration: &'static Integration,
        name: &'static str,
        method: http::Method,
        path: &'static str,
        repeat: Repeat,
    ) -> Self {
        OperationMeta {
            integration,
            name,
            method,
            path,
            repeat,
            limits: &[],
            accept: None,
            redirects: false,
            public: false,
            server: None,
        }
    }

    /// With another answer than the method's to whether it may be repeated.
    #[must_use]
    pub const fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// With limits, as indices into [`Integration::limits`].
    #[must_use]
    pub const fn limits(mut self, limits: &'static [usize]) -> Self {
        self.limits = limits;
        self
    }

    /// With the media types that it is answered with, where that is not JSON.
    #[must_use]
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// Sent without credentials.
    #[must_use]
    pub const fn public(mut self) -> Self {
        self.public = true;
        self
    }

    /// With a server of its own, as an index into what [`Client::with_servers`](crate::Client::with_servers) was given.
    #[must_use]
    pub const fn server(mut self, server: usize) -> Self {
        self.server = Some(server);
        self
    }

    /// Answered with a redirect.
    #[must_use]
    pub const fn redirects(mut self) -> Self {
        self.redirects = true;
        self
    }
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

/// What reads an output: mostly [`Response::json`].
pub type Decode<T> = fn(&Response) -> Result<T, Error>;

/// An operation is a value: its parameters, ready to be sent.
pub trait Operation: Send + Sync {
    /// The emitted client that can send it.
    type Client;
    /// What a success returns.
    type Output: Send;
    /// What the runtime needs to know.
    const META: &'static OperationMeta;

    /// How the output is read from a successful response.
    const DECODE: Decode<Self::Output>;

    /// Writes parameters and body; there may be none.
    ///
    /// # Errors
    /// When a value cannot be written where it belongs (a header with a line break, a body that does not serialise).
    fn write(&self, request: &mut Request) -> Result<(), Error> {
        let _ = request;
        Ok(())
    }

    /// The request as it goes to the wire, without server and credentials.
    ///
    /// # Errors
    /// Those of [`Operation::write`].
    fn request(&self) -> Result<Request, Error> {
        let mut request = Request::new(Self::META);
        self.write(&mut request)?;
        Ok(request)
    }

    /// The output from a successful response.
    ///
    /// # Errors
    /// [`Error::Decode`] with the JSON path.
    fn decode(response: &Response) -> Result<Self::Output, Error> {
        (Self::DECODE)(response)
    }
}

/// An operation whose document lists headers of its success.
pub trait Headed: Operation {
    /// Those headers.
    type Headers;

    /// Reads them.
    ///
    /// # Errors
    /// [`Error::Decode`] when one is not what the document says.
    fn headers(response: &Response) -> Result<Self::Headers, Error>;
}
