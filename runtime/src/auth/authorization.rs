//! OAuth 2.0's authorization code: a user's consent becomes tokens
//! ([RFC 6749, 4.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1)), with PKCE
//! ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)).

use super::oauth::{Exchange, Grant, GrantKind};
use super::{OAuth, Tokens};
use crate::client::Wire;
use crate::error::Error;
use crate::excerpt;
use crate::options::Options;
use crate::secret::Secret;
use crate::transport::safe_url;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use url::Url;

/// Where users are asked, and how their consent becomes tokens. Emitted clients have one for each such way to authorise.
#[derive(Clone, Debug)]
pub struct Authorization {
    integration: &'static str,
    oauth: OAuth,
    authorize_url: String,
    parameters: Vec<(&'static str, String)>,
    pkce: bool,
}

/// An authorisation that a user was sent to. It is kept until the user comes back: in the session of a web application, say.
#[derive(Clone, Serialize, Deserialize)]
pub struct Begun {
    /// Where the user is sent.
    pub url: String,
    /// What the user comes back with, so that nobody can come in another's place.
    pub state: Secret,
    /// What proves at the token endpoint that it was asked for here; not with providers that do not know it.
    pub verifier: Option<Secret>,
    /// Where the user comes back to.
    pub redirect_uri: String,
}

/// The URL has the state in its query.
impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begun")
            .field("url", &self.url.split('?').next())
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

/// What a user's consent led to.
#[derive(Clone)]
pub struct Granted {
    /// The tokens; [`Tokens::rest`] is what else the provider said, such as `instance_url`.
    pub tokens: Tokens,
    /// The parameters that the user came back with, but for the code and the state: `realmId`, say.
    pub parameters: Vec<(String, String)>,
}

/// Of the parameters only the names: nobody knows what is in them.
impl fmt::Debug for Granted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.parameters.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Granted").field("tokens", &self.tokens).field("parameters", &names).finish()
    }
}

impl Authorization {
    /// With PKCE; `authorize_url` is the page where users are asked.
    #[must_use]
    pub fn new(integration: &'static str, oauth: OAuth, authorize_url: impl Into<String>) -> Self {
        let authorize_url = authorize_url.into();
        Authorization { integration, oauth, authorize_url, parameters: Vec::new(), pkce: true }
    }

    /// Without PKCE, for providers that refuse it.
    #[must_use]
    pub fn without_pkce(self) -> Self {
        Authorization { pkce: false, ..self }
    }

    /// With something else that the page is told, such as `access_type=offline`.
    #[must_use]
    pub fn with_parameter(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// Begins: the user is sent to the URL, and comes back to `redirect_uri`, which the provider knows.
    ///
    /// # Errors
    /// [`Error::Config`] when the page's URL is none, or would be asked in the clear.
    pub fn begin(&self, client_id: &str, redirect_uri: &str) -> Result<Begun, Error> {
        let mut page = self.page()?;
        let state = random()?;
        let verifier = self.pkce.then(random).transpose()?;
        {
            let mut query = page.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", client_id)
                .append_pair("redirect_uri", redirect_uri)
                .append_pair("state", state.expose());
            if !self.oauth.scopes.is_empty() {
                query.append_pair("scope", &self.oauth.scopes.join(" "));
            }
            if let Some(verifier) = &verifier {
                let challenge = digest(&SHA256, verifier.expose().as_bytes());
                query
                    .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(challenge))
                    .append_pair("code_challenge_method", "S256");
            }
            for (name, value) in &self.parameters {
                query.append_pair(name, value);
            }
        }
        Ok(Begun { url: page.into(), state, verifier, redirect_uri: redirect_uri.to_owned() })
    }

    /// The page, which may have a query of its own.
    fn page(&self) -> Result<Url, Error> {
        let (base, query) = match self.authorize_url.split_once('?') {
            Some((base, query)) => (base, Some(query)),
            None => (self.authorize_url.as_str(), None),
        };
        let mut page = safe_url(base).map_err(Error::config)?;
        page.set_query(query);
        Ok(page)
    }

    /// Ends: `came_back` is the URL that the user came back to, or its query.
    ///
    /// # Errors
    /// [`Error::Auth`] when the user or the provider refused, when `came_back` belongs to another authorisation, or when the
    /// token endpoint does not take the code; it can be tried again from the beginning only. [`Error::Config`] when the
    /// token endpoint is no URL.
    pub async fn finish(
        &self,
        begun: &Begun,
        came_back: &str,
        client_id: &str,
        client_secret: impl Into<Secret>,
        options: Options,
    ) -> Result<Granted, Error> {
        let (code, parameters) = read(begun, came_back)?;
        let Begun { verifier, redirect_uri, .. } = begun.clone();
        let kind = GrantKind::Code { code, verifier, redirect_uri };
        let grant = Grant { id: client_id.to_owned(), secret: client_secret.into(), kind };
        let mut oauth = self.oauth.clone();
        if let Some(token_url) = &options.token_url {
            oauth.token_url.clone_from(token_url);
        }
        let retry = options.retry;
        let wire = Arc::new(Wire::new(self.integration, Vec::new(), &options)?);
        let exchange = Exchange::new(oauth, grant, retry, wire)?;
        let ready =
            || -> futures_core::future::BoxFuture<'_, _> { Box::pin(std::future::ready(Ok(()))) };
        Ok(Granted { tokens: exchange.fetch(None, &ready).await?, parameters })
    }
}

/// The code that a user came back with, and what else ([RFC 6749, 4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2)).
fn read(begun: &Begun, came_back: &str) -> Result<(Secret, Vec<(String, String)>), Error> {
    let auth = |message: String| Error::Auth { message };
    let query = came_back.split('#').next().unwrap_or_default();
    let query = query.split_once('?').map_or(query, |(_, query)| query);
    let (mut code, mut state, mut error, mut told) = (None, None, None, None);
    let mut rest = Vec::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "code" => code = Some(Secret::from(&*value)),
            "state" => state = Some(Secret::from(&*value)),
            "error" => error = Some(value.into_owned()),
            "error_description" => told = Some(value.into_owned()),
            _ => rest.push((name.into_owned(), value.into_owned())),
        }
    }
    // Before anything is believed.
    if state.as_ref() != Some(&begun.state) {
        let message = "who came back was not sent from here: `state` is another one, or missing";
        return Err(auth(message.to_owned()));
    }
    if let Some(error) = error {
        let told = told.map(|told| format!(": {told}")).unwrap_or_default();
        let told = format!("the authorisation was refused: {error}{told}");
        let secrets = [begun.verifier.as_ref(), Some(&begun.state), code.as_ref()];
        let secrets = secrets.into_iter().flatten().map(|secret| secret.expose().to_owned());
        return Err(auth(excerpt::without(told, &secrets.collect::<Vec<_>>())));
    }
    let code = code.ok_or_else(|| auth("the provider gave no code".to_owned()))?;
    Ok((code, rest))
}

/// 256 random bits, as URLs take them.
fn random() -> Result<Secret, Error> {
    let mut bytes = [0; 32];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::config("the system gives no random bytes"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes).into())
}
