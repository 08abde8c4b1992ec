//! Bodies that are sent in pieces.

use crate::transport::{Chunks, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use futures_util::StreamExt;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// A body that is sent in pieces as they come ([`Client::upload`](crate::Client::upload)): a file of any size, say.
///
/// Where the call may be sent again, the body is begun anew; so it is a function that opens it.
///
/// ```
/// use futures_util::stream::iter;
/// use gusset::{Upload, bytes::Bytes};
///
/// let rows = Upload::new(|| iter((0..3).map(|row| Ok::<_, std::io::Error>(Bytes::from(format!("{row}\n"))))));
/// assert_eq!(format!("{:?}", rows.with_length(6)), "Upload { length: Some(6) }");
/// ```
#[derive(Clone)]
pub struct Upload {
    length: Option<u64>,
    open: Arc<dyn Fn() -> Chunks + Send + Sync>,
}

impl Upload {
    /// A body, by what opens it.
    pub fn new<S, E>(open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let told = |error: E| TransportError::Broken(error.into().to_string());
        let open = move || -> Chunks { Box::pin(open().map(move |piece| piece.map_err(told))) };
        Upload { length: None, open: Arc::new(open) }
    }

    /// With its length in bytes. Many providers want to know it before; without it, HTTP/1.1 sends chunks.
    #[must_use]
    pub fn with_length(self, bytes: u64) -> Self {
        Upload { length: Some(bytes), ..self }
    }

    /// Its length in bytes, where it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Its pieces, from the beginning.
    #[must_use]
    pub fn open(&self) -> Chunks {
        (self.open)()
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("length", &self.length).finish()
    }
}
