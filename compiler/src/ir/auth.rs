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

/// A value that a connection brings for a way to authorise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialField {
    /// Its name: that of the field in emitted code, and in what stores connections.
    pub name: String,
    /// Whether nobody should see it.
    pub secret: bool,
    /// What it is, for people.
    pub doc: &'static str,
}

impl CredentialField {
    fn secret(name: impl Into<String>, doc: &'static str) -> Self {
        CredentialField { name: name.into(), secret: true, doc }
    }

    fn shown(name: impl Into<String>, doc: &'static str) -> Self {
        CredentialField { name: name.into(), secret: false, doc }
    }
}

impl Combined {
    /// What a connection brings for all of them, in order.
    #[must_use]
    pub fn fields(&self) -> Vec<CredentialField> {
        let of = |part: &AuthScheme| match &part.kind {
            AuthKind::ApiKey(_) => vec![CredentialField::secret(&part.name, "The key.")],
            AuthKind::Basic => vec![
                CredentialField::shown(format!("{}_user", part.name), "The user name."),
                CredentialField::secret(format!("{}_password", part.name), "The password."),
            ],
            // None of these gets tokens or signs: such ways are not combined.
            AuthKind::Bearer | AuthKind::OAuth2(_) | AuthKind::OAuth1 { .. } => {
                vec![CredentialField::secret(&part.name, "The token.")]
            }
        };
        self.parts.iter().flat_map(of).collect()
    }
}

impl AuthKind {
    /// What a connection brings for it, in order.
    #[must_use]
    pub fn fields(&self) -> Vec<CredentialField> {
        use CredentialField as Field;
        match self {
            AuthKind::ApiKey(_) => vec![Field::secret("key", "The key.")],
            AuthKind::Basic => vec![
                Field::shown("user", "The user name."),
                Field::secret("password", "The password."),
            ],
            AuthKind::Bearer => vec![Field::secret("token", "The token.")],
            AuthKind::OAuth2(oauth) => oauth.fields(),
            AuthKind::OAuth1 { .. } => vec![
                Field::shown("consumer_key", "The application's key."),
                Field::secret("consumer_secret", "The application's secret."),
                Field::shown("token", "The token."),
                Field::secret("token_secret", "The token's secret."),
            ],
        }
    }
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
    /// Settings that come with tokens.
    pub gives: Vec<Given>,
}

/// A setting that comes with tokens.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name.
    pub setting: String,
    /// Where its value is.
    pub from: GivenBy,
    /// Where the spec says it.
    pub place: Place,
}

/// What a value comes with, and what it is called there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// The token endpoint's answers, by the name of a member.
    Answer(String),
    /// What a user comes back with, by the name of a parameter.
    User(String),
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
            gives: Vec::new(),
        }
    }

    fn fields(&self) -> Vec<CredentialField> {
        use CredentialField as Field;
        if let OAuthFlow::JwtBearer(_) = self.flow {
            return vec![
                Field::shown("issuer", "Who signs: the client's id."),
                Field::shown("subject", "For whom: a user, or the client itself."),
                Field::secret("private_key", "The private key, in PEM."),
            ];
        }
        let mut fields = vec![Field::shown("client_id", "The client's id.")];
        match self.client {
            ClientAuth::Basic | ClientAuth::Body => {
                fields.push(Field::secret("client_secret", "The client's secret."));
            }
            ClientAuth::PrivateKeyJwt(_) => {
                fields.push(Field::secret("private_key", "The client's private key, in PEM."));
            }
            ClientAuth::Public => {}
        }
        if self.flow == OAuthFlow::RefreshToken {
            let got = match self.consent {
                Some(_) => "The refresh token that a user's consent led to.",
                None => "The refresh token, obtained beforehand.",
            };
            fields.push(Field::secret("refresh_token", got));
        }
        fields
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
