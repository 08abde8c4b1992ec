//! An output with what came beside it.

use crate::error::Error;
use crate::operation::{Headed, Operation};
use crate::response::Response;
use http::HeaderMap;
use std::fmt;

/// An output with the status and the headers that it came with ([`Client::receive`](crate::Client::receive)).
pub struct Reply<O: Operation> {
    /// What the operation returns.
    pub output: O::Output,
    /// Without its body, which is decoded.
    head: Response,
}

impl<O: Operation> Reply<O> {
    pub(super) fn new(response: &Response) -> Result<Self, Error> {
        let output = O::decode(response)?;
        Ok(Reply { output, head: response.with_body(bytes::Bytes::new()) })
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }
}

impl<O: Headed> Reply<O> {
    /// The headers that the document lists. One that did not come is `None`.
    ///
    /// # Errors
    /// [`Error::Decode`] when one is not what the document says.
    pub fn documented(&self) -> Result<O::Headers, Error> {
        O::headers(&self.head)
    }
}

impl<O: Operation<Output: fmt::Debug>> fmt::Debug for Reply<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status())
            .field("output", &self.output)
            .finish_non_exhaustive()
    }
}
