//! Tokens, and where they are kept.

use crate::error::Error;
use crate::secret::Secret;
use futures_core::future::BoxFuture;
use jiff::Timestamp;
use std::fmt::Debug;

/// What a token endpoint gave.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// What calls carry.
    pub access: Secret,
    /// What gets the next access token; providers that rotate it give a new one each time.
    pub refresh: Option<Secret>,
    /// When the access token ends, where the provider tells.
    pub expires: Option<Timestamp>,
}

/// Keeps tokens beyond the life of a client. A rotated refresh token that is lost locks the connection out, so it is
/// saved before it is used.
pub trait TokenStore: Debug + Send + Sync {
    /// The last tokens saved for a connection.
    fn load<'a>(&'a self, connection: &'a str) -> BoxFuture<'a, Result<Option<Tokens>, Error>>;

    /// Saves tokens, replacing older ones. They are durable when this returns.
    fn save<'a>(
        &'a self,
        connection: &'a str,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), Error>>;
}
