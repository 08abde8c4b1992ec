//! How calls are authorised.

mod authorization;
mod jwt;
mod oauth;
mod oauth1;
mod session;
mod tokens;

pub use authorization::{Authorization, Begun, Granted};
pub use jwt::Signing;
pub use oauth::{ClientAuth, OAuth};
pub use oauth1::OAuth1;
pub use tokens::{Account, TokenStore, Tokens};

pub(crate) use session::Session;

use oauth::GrantKind;

use crate::clock::Clock;
use crate::error::Error;
use crate::secret::Secret;
use crate::transport::Call;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_core::future::BoxFuture;
use http::HeaderValue;
use http::header::{AUTHORIZATION, COOKIE, HeaderName};
use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;
use url::Url;

/// How calls are authorised.
#[derive(Clone, Debug)]
pub struct Auth(pub(crate) Kind);

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    None,
    Bearer(Secret),
    Basic { user: String, password: Secret },
    Header { name: Cow<'static, str>, prefix: Cow<'static, str>, key: Secret },
    Query { name: Cow<'static, str>, key: Secret },
    Cookie { name: Cow<'static, str>, key: Secret },
    OAuth { oauth: OAuth, grant: oauth::Grant },
    OAuth1(Box<OAuth1>),
    Custom(Arc<dyn Authorizer>),
    All(Vec<Kind>),
}

impl Kind {
    /// The word of specs for it.
    pub(crate) fn way(&self) -> &'static str {
        match self {
            Kind::Bearer(_) => "bearer",
            Kind::Basic { .. } => "basic",
            Kind::Header { .. } | Kind::Query { .. } | Kind::Cookie { .. } => "api_key",
            Kind::OAuth { .. } => "oauth2",
            Kind::OAuth1(_) => "oauth1",
            Kind::None | Kind::Custom(_) | Kind::All(_) => "",
        }
    }

    /// How tokens are got, in the words of specs.
    pub(crate) fn grant(&self) -> &'static str {
        match self {
            Kind::OAuth { grant, .. } => match grant.kind {
                GrantKind::ClientCredentials => "client_credentials",
                GrantKind::Refresh(_) => "refresh_token",
                GrantKind::Assertion { .. } => "jwt_bearer",
                GrantKind::Code { .. } => "authorization_code",
            },
            _ => "",
        }
    }

    /// The secrets, in the clear: to find them in texts, and leave them out.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let owned = |secret: &Secret| secret.expose().to_owned();
        match self {
            Kind::None | Kind::Custom(_) => Vec::new(),
            Kind::Bearer(secret)
            | Kind::Header { key: secret, .. }
            | Kind::Query { key: secret, .. }
            | Kind::Cookie { key: secret, .. } => vec![owned(secret)],
            Kind::Basic { user, password } => {
                let both = STANDARD.encode(format!("{user}:{}", password.expose()));
                vec![both, owned(password)]
            }
            Kind::OAuth { grant, .. } => grant.secrets(),
            Kind::OAuth1(signer) => {
                let OAuth1 { consumer_secret, token, token_secret, .. } = &**signer;
                vec![owned(consumer_secret), token.clone(), owned(token_secret)]
            }
            Kind::All(kinds) => kinds.iter().flat_map(Kind::secrets).collect(),
        }
    }

    /// The query parameters that carry keys.
    pub(crate) fn query_keys(&self) -> Vec<Cow<'static, str>> {
        match self {
            Kind::Query { name, .. } => vec![name.clone()],
            Kind::All(kinds) => kinds.iter().flat_map(Kind::query_keys).collect(),
            _ => Vec::new(),
        }
    }
}

/// Authorises calls in a way of its own: signatures, sessions.
pub trait Authorizer: Debug + Send + Sync {
    /// Puts the credentials into a call.
    fn authorize<'a>(&'a self, call: &'a mut Call) -> BoxFuture<'a, Result<(), Error>>;

    /// Gets new credentials after the provider refused the present ones; `false` if there are none.
    fn refresh(&self) -> BoxFuture<'_, Result<bool, Error>> {
        Box::pin(std::future::ready(Ok(false)))
    }
}

impl Auth {
    /// No credentials.
    #[must_use]
    pub fn none() -> Self {
        Auth(Kind::None)
    }

    /// `Authorization: Bearer` ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)).
    #[must_use]
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Auth(Kind::Bearer(token.into()))
    }

    /// `Authorization: Basic` ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Auth(Kind::Basic { user: user.into(), password: password.into() })
    }

    /// A key in a header, behind a prefix (often empty).
    #[must_use]
    pub fn api_key_header(
        name: impl Into<Cow<'static, str>>,
        prefix: impl Into<Cow<'static, str>>,
        key: impl Into<Secret>,
    ) -> Self {
        Auth(Kind::Header { name: name.into(), prefix: prefix.into(), key: key.into() })
    }

    /// A key in the query.
    #[must_use]
    pub fn api_key_query(name: impl Into<Cow<'static, str>>, key: impl Into<Secret>) -> Self {
        Auth(Kind::Query { name: name.into(), key: key.into() })
    }

    /// A key in a cookie.
    #[must_use]
    pub fn api_key_cookie(name: impl Into<Cow<'static, str>>, key: impl Into<Secret>) -> Self {
        Auth(Kind::Cookie { name: name.into(), key: key.into() })
    }

    /// OAuth 2.0 client credentials
    /// ([RFC 6749, 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
    #[must_use]
    pub fn client_credentials(
        oauth: OAuth,
        id: impl Into<String>,
        secret: impl Into<Secret>,
    ) -> Self {
        let kind = GrantKind::ClientCredentials;
        let grant = oauth::Grant { id: id.into(), secret: secret.into(), kind };
        Auth(Kind::OAuth { oauth, grant })
    }

    /// OAuth 2.0 with a refresh token obtained beforehand
    /// ([RFC 6749, 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)).
    #[must_use]
    pub fn refresh_token(
        oauth: OAuth,
        id: impl Into<String>,
        secret: impl Into<Secret>,
        refresh: impl Into<Secret>,
    ) -> Self {
        let kind = GrantKind::Refresh(refresh.into());
        let grant = oauth::Grant { id: id.into(), secret: secret.into(), kind };
        Auth(Kind::OAuth { oauth, grant })
    }

    /// OAuth 2.0 with assertions about a subject, signed with a private key in PEM
    /// ([RFC 7523, 2.1](https://www.rfc-editor.org/rfc/rfc7523#section-2.1)).
    #[must_use]
    pub fn jwt_bearer(
        oauth: OAuth,
        signing: Signing,
        issuer: impl Into<String>,
        subject: impl Into<String>,
        private_key: impl Into<Secret>,
    ) -> Self {
        let kind = GrantKind::Assertion { subject: subject.into(), signing };
        let grant = oauth::Grant { id: issuer.into(), secret: private_key.into(), kind };
        Auth(Kind::OAuth { oauth, grant })
    }

    /// OAuth 1.0a: each call is signed ([RFC 5849](https://www.rfc-editor.org/rfc/rfc5849)).
    #[must_use]
    pub fn oauth1(signer: OAuth1) -> Self {
        Auth(Kind::OAuth1(Box::new(signer)))
    }

    /// Several at once, where a provider asks for more than one: keys, tokens, users with passwords.
    #[must_use]
    pub fn all(several: impl IntoIterator<Item = Auth>) -> Self {
        Auth(Kind::All(several.into_iter().map(|auth| auth.0).collect()))
    }

    /// A way of its own.
    #[must_use]
    pub fn custom(authorizer: Arc<dyn Authorizer>) -> Self {
        Auth(Kind::Custom(authorizer))
    }
}

/// A header value that may be seen.
pub(crate) fn plain_header(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text)
        .map_err(|_| Error::config(format!("{text:?} cannot be in a header")))
}

/// A header value that is marked sensitive, so that no layer below shows or compresses it.
pub(crate) fn sensitive(text: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        let message =
            "the credentials have characters that cannot be in a header (a line break at the end?)";
        Error::config(message)
    })?;
    value.set_sensitive(true);
    Ok(value)
}

pub(crate) fn basic(user: &str, password: &Secret) -> Result<HeaderValue, Error> {
    sensitive(&format!("Basic {}", STANDARD.encode(format!("{user}:{}", password.expose()))))
}

pub(crate) fn bearer(token: &Secret) -> Result<HeaderValue, Error> {
    sensitive(&format!("Bearer {}", token.expose()))
}

/// Puts credentials into a call that nothing has to be fetched for.
pub(crate) fn apply(kind: &Kind, call: &mut Call, clock: &dyn Clock) -> Result<(), Error> {
    match kind {
        Kind::OAuth1(signer) => signer.sign(call, clock)?,
        Kind::None | Kind::OAuth { .. } | Kind::Custom(_) => {}
        Kind::All(kinds) => {
            for kind in kinds {
                if matches!(kind, Kind::OAuth { .. } | Kind::OAuth1(_) | Kind::Custom(_)) {
                    return Err(Error::config("only constant credentials can be sent together"));
                }
                apply(kind, call, clock)?;
            }
        }
        Kind::Bearer(token) => {
            call.headers.insert(AUTHORIZATION, bearer(token)?);
        }
        Kind::Basic { user, password } => {
            call.headers.insert(AUTHORIZATION, basic(user, password)?);
        }
        Kind::Header { name, prefix, key } => {
            let header = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| Error::config(format!("`{name}` is no header name")))?;
            call.headers.insert(header, sensitive(&format!("{prefix}{}", key.expose()))?);
        }
        Kind::Query { name, key } => set_query(call, name, key.expose()),
        Kind::Cookie { name, key } => {
            let ours = format!("{name}={}", key.expose());
            let all = match call.headers.get(COOKIE).and_then(|value| value.to_str().ok()) {
                Some(others) => format!("{others}; {ours}"),
                None => ours,
            };
            call.headers.insert(COOKIE, sensitive(&all)?);
        }
    }
    Ok(())
}

/// Takes a query parameter out; a query without it stays as it was written.
pub(crate) fn leave_out(url: &mut Url, name: &str) {
    if !url.query_pairs().any(|(known, _)| known == name) {
        return;
    }
    let others: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    if others.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(others);
    }
}

/// Sets a query parameter once: a next link may have brought it already.
pub(crate) fn set_query(call: &mut Call, name: &str, value: &str) {
    leave_out(&mut call.url, name);
    call.url.query_pairs_mut().append_pair(name, value);
}
