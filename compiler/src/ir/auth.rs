//! Ways to authorise.

use super::Template;
use crate::source::Place;

/// One way to authorise. A connection uses one of those its integration declares.
#[derive(Clone, Debug)]
pub struct AuthScheme {
    /// The name in the spec (`private_app`).
    pub name: String,
    /// The Rust variant name (`PrivateApp`).
    pub ident: String,
    /// What it is.
    pub kind: AuthKind,
    /// What it means to people.
    pub doc: Option<String>,
    /// Where the spec says it.
    pub place: Place,
}

/// Several ways that a provider wants at once.
#[derive(Clone, Debug)]
pub struct Combined {
    /// The name (`api_key_and_app_key`).
    pub name: String,
    /// The Rust variant name (`ApiKeyAndAppKey`).
    pub ident: String,
    /// The ways; none gets tokens by itself.
    pub parts: Vec<AuthScheme>,
}

/// Where an API key travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyIn {
    /// A header of that name, with a prefix before the key (often empty).
    Header {
        /// The header's name.
        name: String,
        /// Text before the key, such as `Token `.
        prefix: String,
    },
    /// A query parameter of that name.
    Query(String),
    /// A cookie of that name.
    Cookie(String),
}

/// The kinds of authorisation.
#[derive(Clone, Debug)]
pub enum AuthKind {
    /// A key in a header, the query or a cookie.
    ApiKey(KeyIn),
    /// RFC 7617.
    Basic,
    /// RFC 6750.
    Bearer,
    /// OAuth 2.0 (RFC 6749).
    OAuth2(OAuth2),
}

/// OAuth 2.0.
#[derive(Clone, Debug)]
pub struct OAuth2 {
    /// The grant that gets access tokens.
    pub flow: OAuthFlow,
    /// The token endpoint.
    pub token_url: Template,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// How the client shows who it is at the token endpoint.
    pub client: ClientAuth,
}

/// The grant that gets access tokens at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthFlow {
    /// RFC 6749, 4.4.
    ClientCredentials,
    /// RFC 6749, 6: a refresh token obtained beforehand (also for the authorization code flow).
    RefreshToken,
}

/// How the client shows who it is at the token endpoint (RFC 6749, 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// HTTP Basic.
    Basic,
    /// In the form body.
    Body,
}
