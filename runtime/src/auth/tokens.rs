//! Tokens, and where they are kept.

use crate::error::Error;
use crate::secret::Secret;
use futures_core::future::BoxFuture;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::{self, Debug};

/// What a token endpoint gave. It travels with its secrets in the clear: a store seals it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tokens {
    /// What calls carry.
    pub access: Secret,
    /// What gets the next access token; providers that rotate it give a new one each time.
    #[serde(default)]
    pub refresh: Option<Secret>,
    /// When the access token ends, where the provider tells.
    #[serde(default)]
    pub expires: Option<Timestamp>,
    /// What else the answer said, as text, such as `instance_url`.
    #[serde(default)]
    pub rest: BTreeMap<String, String>,
}

impl Tokens {
    /// An access token alone.
    #[must_use]
    pub fn new(access: impl Into<Secret>) -> Self {
        Tokens { access: access.into(), refresh: None, expires: None, rest: BTreeMap::new() }
    }
}

impl fmt::Debug for Tokens {
    /// Of what else was said, only the names: nobody knows what is in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access", &self.access)
            .field("refresh", &self.refresh)
            .field("expires", &self.expires)
            .field("rest", &self.rest.keys().collect::<Vec<_>>())
            .finish()
    }
}

/// Whose tokens: names of connections are those of one integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Account<'a> {
    /// The integration.
    pub integration: &'a str,
    /// The connection.
    pub connection: &'a str,
}

impl Account<'_> {
    #[cfg(feature = "sqlite")]
    pub(crate) fn owned(self) -> (String, String) {
        (self.integration.to_owned(), self.connection.to_owned())
    }
}

/// Keeps tokens beyond the life of a client. A rotated refresh token that is lost locks the connection out, so it is
/// saved before it is used.
pub trait TokenStore: Debug + Send + Sync {
    /// The last tokens saved for a connection.
    fn load<'a>(&'a self, of: Account<'a>) -> BoxFuture<'a, Result<Option<Tokens>, Error>>;

    /// Saves tokens, replacing older ones. They are durable when this returns.
    fn save<'a>(&'a self, of: Account<'a>, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), Error>>;

    /// Lets one process renew the tokens of a connection at a time: whether `owner` may, until then. A claim that is made
    /// again by its owner is extended; one that has ended is free. A store of one process may leave this out.
    fn claim<'a>(
        &'a self,
        of: Account<'a>,
        owner: &'a str,
        now: Timestamp,
        until: Timestamp,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        let _ = (of, owner, now, until);
        Box::pin(std::future::ready(Ok(true)))
    }

    /// Ends a claim.
    fn release<'a>(&'a self, of: Account<'a>, owner: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        let _ = (of, owner);
        Box::pin(std::future::ready(Ok(())))
    }
}
