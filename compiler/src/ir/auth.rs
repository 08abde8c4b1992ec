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
    OAuth2(Box<OAuth2>),
    /// OAuth 1.0a (RFC 5849), with HMAC-SHA256.
    OAuth1 {
        /// The realm.
        realm: Option<Template>,
    },
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
    /// Where users are asked, if a refresh token comes from their consent.
    pub consent: Option<Consent>,
    /// Whom signed assertions are for; `None` for the token endpoint.
    pub audience: Option<Template>,
    /// What else the token endpoint is told.
    pub parameters: Vec<(String, Template)>,
}

impl OAuth2 {
    /// The plain case.
    #[must_use]
    pub fn new(
        flow: OAuthFlow,
        token_url: Template,
        scopes: Vec<String>,
        client: ClientAuth,
    ) -> Self {
        OAuth2 {
            flow,
            token_url,
            scopes,
            client,
            consent: None,
            audience: None,
            parameters: Vec::new(),
        }
    }

    /// All texts that may have settings in them.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        let consent = self.consent.iter();
        let consent = consent
            .flat_map(|c| std::iter::once(&c.page).chain(c.parameters.iter().map(|(_, t)| t)));
        let parameters = self.parameters.iter().map(|(_, template)| template);
        std::iter::once(&self.token_url).chain(&self.audience).chain(parameters).chain(consent)
    }
}

/// The page where users are asked (RFC 6749, 4.1).
#[derive(Clone, Debug)]
pub struct Consent {
    /// Where it is.
    pub page: Template,
    /// Whether with PKCE (RFC 7636).
    pub pkce: bool,
    /// What else it is told.
    pub parameters: Vec<(String, Template)>,
}

/// The grant that gets access tokens at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthFlow {
    /// RFC 6749, 4.4.
    ClientCredentials,
    /// RFC 6749, 6: a refresh token obtained beforehand (also for the authorization code flow).
    RefreshToken,
    /// RFC 7523, 2.1: signed assertions.
    JwtBearer(Signing),
}

/// How assertions are signed (RFC 7518, 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// RSA with SHA-256.
    Rs256,
    /// ECDSA on the curve P-256 with SHA-256.
    Es256,
}

/// How the client shows who it is at the token endpoint (RFC 6749, 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// HTTP Basic.
    Basic,
    /// In the form body.
    Body,
    /// By a signed assertion (RFC 7523, 2.2).
    PrivateKeyJwt(Signing),
    /// Not at all.
    Public,
}
