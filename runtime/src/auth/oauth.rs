//! OAuth 2.0: what is said at the token endpoint.

use super::basic;
use super::jwt::{About, Signing, SigningKey};
use super::tokens::Tokens;
use crate::client::{Extent, Wire};
use crate::error::Error;
use crate::excerpt::{self, Carried};
use crate::retry::Retry;
use crate::secret::Secret;
use crate::transport::{Call, TransportError, safe_url};
use bytes::Bytes;
use futures_core::future::BoxFuture;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

/// The name of token calls in logs.
const OPERATION: &str = "oauth_token";

/// OAuth 2.0, from the spec.
///
/// ```
/// use gusset::{ClientAuth, OAuth};
///
/// let oauth = OAuth::new("https://login.example.com/token", &["read"], ClientAuth::Basic)
///     .with_parameter("audience", "https://api.example.com");
/// assert_eq!(oauth.parameters.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct OAuth {
    /// The token endpoint.
    pub token_url: String,
    /// Scopes to ask for.
    pub scopes: &'static [&'static str],
    /// How the client shows who it is.
    pub client: ClientAuth,
    /// Whom signed assertions are for; the token endpoint, if it is not said.
    pub audience: Option<String>,
    /// What else the token endpoint is told.
    pub parameters: Vec<(&'static str, String)>,
    /// Settings that its answers have: their names, and those of the answer's members.
    pub gives: Vec<(&'static str, &'static str)>,
}

impl OAuth {
    /// With a token endpoint, scopes, and how the client shows who it is.
    #[must_use]
    pub fn new(
        token_url: impl Into<String>,
        scopes: &'static [&'static str],
        client: ClientAuth,
    ) -> Self {
        let token_url = token_url.into();
        OAuth {
            token_url,
            scopes,
            client,
            audience: None,
            parameters: Vec::new(),
            gives: Vec::new(),
        }
    }

    /// With another audience of signed assertions.
    #[must_use]
    pub fn with_audience(self, audience: impl Into<String>) -> Self {
        OAuth { audience: Some(audience.into()), ..self }
    }

    /// With a setting that the token endpoint's answers have, in a member of that name.
    #[must_use]
    pub fn giving(mut self, setting: &'static str, member: &'static str) -> Self {
        self.gives.push((setting, member));
        self
    }

    /// With something else that the token endpoint is told.
    #[must_use]
    pub fn with_parameter(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }
}

/// How the client shows who it is at the token endpoint
/// ([RFC 6749, 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// HTTP Basic.
    Basic,
    /// In the form body.
    Body,
    /// By an assertion that it signs ([RFC 7523, 2.2](https://www.rfc-editor.org/rfc/rfc7523#section-2.2)).
    PrivateKeyJwt(Signing),
    /// Not at all: a public client, which has no secret.
    Public,
}

/// What a connection brings to the token endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) id: String,
    /// The client's secret, or its private key in PEM.
    pub(crate) secret: Secret,
    pub(crate) kind: GrantKind,
}

/// By what tokens are got.
#[derive(Clone, Debug)]
pub(crate) enum GrantKind {
    ClientCredentials,
    Refresh(Secret),
    /// An assertion about a subject, signed with the key that is the secret.
    Assertion {
        subject: String,
        signing: Signing,
    },
    /// What a user's consent gave; it works once.
    Code {
        code: Secret,
        verifier: Option<Secret>,
        redirect_uri: String,
    },
}

impl Grant {
    /// In the clear: to find them in texts, and leave them out.
    pub(super) fn secrets(&self) -> Vec<String> {
        let mut secrets = vec![&self.secret];
        match &self.kind {
            GrantKind::ClientCredentials | GrantKind::Assertion { .. } => {}
            GrantKind::Refresh(token) => secrets.push(token),
            GrantKind::Code { code, verifier, .. } => {
                secrets.push(code);
                secrets.extend(verifier);
            }
        }
        secrets.into_iter().map(|secret| secret.expose().to_owned()).collect()
    }

    fn refresh(&self) -> Option<&Secret> {
        match &self.kind {
            GrantKind::Refresh(token) => Some(token),
            _ => None,
        }
    }

    /// How assertions are signed, where some are.
    fn signing(&self, oauth: &OAuth) -> Option<Signing> {
        match (&self.kind, oauth.client) {
            (GrantKind::Assertion { signing, .. }, _) => Some(*signing),
            (_, ClientAuth::PrivateKeyJwt(signing)) => Some(signing),
            _ => None,
        }
    }
}

/// Why there are no tokens.
struct Failure {
    message: String,
    /// Asking again may help.
    passing: bool,
    /// The grant itself is refused: expired, revoked, or used up.
    void: bool,
}

/// Gets tokens.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) oauth: OAuth,
    token_url: Url,
    grant: Grant,
    key: Option<SigningKey>,
    retry: Retry,
    pub(super) wire: Arc<Wire>,
}

impl Exchange {
    pub(super) fn new(
        oauth: OAuth,
        grant: Grant,
        retry: Retry,
        wire: Arc<Wire>,
    ) -> Result<Self, Error> {
        let token_url = safe_url(&oauth.token_url).map_err(Error::config)?;
        let key = grant.signing(&oauth).map(|signing| SigningKey::from_pem(signing, &grant.secret));
        Ok(Exchange { oauth, token_url, key: key.transpose()?, grant, retry, wire })
    }

    /// Gets tokens, with the refresh token that was last given, where one was. If that one is void, what is configured
    /// is tried once: somebody may have connected anew. `before` is asked before each attempt.
    pub(super) async fn fetch<'b>(
        &self,
        rotated: Option<Secret>,
        before: &'b (dyn Fn() -> BoxFuture<'b, Result<(), Error>> + Sync),
    ) -> Result<Tokens, Error> {
        let configured = self.grant.refresh();
        // A consent need not lead to one.
        if rotated.is_none() && configured.is_some_and(|token| token.expose().is_empty()) {
            let message = "there is no refresh token, and the access token has ended: the user has to be asked again";
            return Err(Error::Auth { message: message.to_owned() });
        }
        let text = |token: Option<&Secret>| token.map(|token| token.expose().to_owned());
        let mut spare = rotated.is_some() && text(rotated.as_ref()) != text(configured);
        let mut refresh = rotated.as_ref().or(configured);
        let mut attempt = 1;
        loop {
            before().await?;
            let Failure { message, passing, void } = match self.fetch_once(attempt, refresh).await?
            {
                Ok(tokens) => return Ok(tokens),
                Err(failure) => failure,
            };
            if void && std::mem::take(&mut spare) {
                (refresh, attempt) = (configured, 1);
                continue;
            }
            // A code may have been used up.
            let once = matches!(self.grant.kind, GrantKind::Code { .. });
            if !passing || once || attempt >= self.retry.attempts {
                return Err(Error::Auth { message });
            }
            let clock = &self.wire.clock;
            clock.sleep(self.retry.backoff(attempt, clock.random())).await;
            attempt += 1;
        }
    }

    async fn fetch_once(
        &self,
        attempt: u32,
        refresh: Option<&Secret>,
    ) -> Result<Result<Tokens, Failure>, Error> {
        let call = self.call(refresh)?;
        let (carried, asked) = (Carried::by(&call), call.clone());
        let sent = self.wire.send(OPERATION, call, attempt, Duration::ZERO, Extent::Whole).await;
        let result = match &sent.result {
            Ok(answer) if answer.status.is_success() => {
                read(&answer.body, refresh.cloned(), self.wire.clock.timestamp())
                    .map_err(|message| Failure { message, passing: false, void: false })
            }
            Ok(answer) => {
                let passing = answer.status.is_server_error() || answer.status.as_u16() == 429;
                let (message, void) = refusal(answer.status.as_u16(), &answer.body);
                // Some repeat what they were sent.
                let secrets = excerpt::secrets(&carried, &asked, &[], self.grant.secrets());
                let message = excerpt::without(message, &secrets);
                Err(Failure { message, passing, void })
            }
            Err(error) => {
                let message = format!("the token endpoint: {}", error.told(&self.token_url));
                let passing = !matches!(error, TransportError::TooLarge(_));
                Err(Failure { message, passing, void: false })
            }
        };
        self.wire.record(sent, result.as_ref().err().map(|failure| failure.message.clone()));
        Ok(result)
    }

    fn call(&self, refresh: Option<&Secret>) -> Result<Call, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let mut form = Serializer::new(String::new());
        let Grant { id, secret, kind } = &self.grant;
        let scopes = |form: &mut Serializer<'_, String>| {
            if !self.oauth.scopes.is_empty() {
                form.append_pair("scope", &self.oauth.scopes.join(" "));
            }
        };
        match (refresh, kind) {
            (Some(token), _) | (None, GrantKind::Refresh(token)) => {
                form.append_pair("grant_type", "refresh_token")
                    .append_pair("refresh_token", token.expose());
            }
            (None, GrantKind::ClientCredentials) => {
                form.append_pair("grant_type", "client_credentials");
                scopes(&mut form);
            }
            (None, GrantKind::Assertion { subject, .. }) => {
                let assertion = self.assertion(subject, self.oauth.scopes)?;
                form.append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                    .append_pair("assertion", assertion.expose());
                scopes(&mut form);
            }
            (None, GrantKind::Code { code, verifier, redirect_uri }) => {
                form.append_pair("grant_type", "authorization_code")
                    .append_pair("code", code.expose())
                    .append_pair("redirect_uri", redirect_uri);
                if let Some(verifier) = verifier {
                    form.append_pair("code_verifier", verifier.expose());
                }
            }
        }
        match self.oauth.client {
            // The assertion says who the client is.
            _ if matches!(kind, GrantKind::Assertion { .. }) => {}
            ClientAuth::Basic => {
                let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let secret = Secret::from(encode(secret.expose()));
                headers.insert(AUTHORIZATION, basic(&encode(id), &secret)?);
            }
            ClientAuth::Body => {
                form.append_pair("client_id", id).append_pair("client_secret", secret.expose());
            }
            ClientAuth::PrivateKeyJwt(_) => {
                let assertion = self.assertion(id, &[])?;
                form.append_pair("client_id", id)
                    .append_pair(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    )
                    .append_pair("client_assertion", assertion.expose());
            }
            ClientAuth::Public => {
                form.append_pair("client_id", id);
            }
        }
        for (name, value) in &self.oauth.parameters {
            form.append_pair(name, value);
        }
        let body = Bytes::from(form.finish());
        Ok(Call { method: Method::POST, url: self.token_url.clone(), headers, body })
    }
}

impl Exchange {
    /// A signed assertion about a subject, or about the client itself.
    fn assertion(&self, subject: &str, scopes: &[&str]) -> Result<Secret, Error> {
        let key = self.key.as_ref().ok_or_else(|| Error::config("there is no private key"))?;
        let audience = self.oauth.audience.as_deref().unwrap_or(&self.oauth.token_url);
        let about = About { issuer: &self.grant.id, subject, audience, scopes };
        key.assertion(&about, self.wire.clock.timestamp())
    }
}

/// Reads a token answer ([RFC 6749, 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)). The end comes as
/// seconds, or, with some providers, as a time.
fn read(body: &[u8], refresh: Option<Secret>, now: Timestamp) -> Result<Tokens, String> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|_| "the token endpoint answered with something else than JSON".to_owned())?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let access =
        text("access_token").ok_or("the token endpoint answered without `access_token`")?;
    let seconds = |name: &str| {
        let value = value.get(name)?;
        value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
    };
    let after = seconds("expires_in")
        .and_then(|seconds| SignedDuration::try_from_secs_f64(seconds).ok())
        .and_then(|life| now.checked_add(life).ok());
    let at = || {
        let by_date = text("expires_at").and_then(|text| text.parse().ok());
        by_date.or_else(|| Timestamp::from_second(seconds("expires_at")? as i64).ok())
    };
    Ok(Tokens {
        access: access.into(),
        refresh: text("refresh_token").map(Secret::from).or(refresh),
        expires: after.or_else(at),
        rest: rest(&value),
    })
}

/// What else an answer says, as text: where the API of an account is, say. Nothing that is known to be a secret.
fn rest(value: &Value) -> BTreeMap<String, String> {
    const KNOWN: [&str; 6] =
        ["access_token", "refresh_token", "id_token", "expires_in", "expires_at", "token_type"];
    let members = value.as_object().into_iter().flatten();
    let members = members.filter(|(name, _)| !KNOWN.contains(&name.as_str()));
    members
        .filter_map(|(name, value)| {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(_) | Value::Bool(_) => value.to_string(),
                _ => return None,
            };
            Some((name.clone(), text))
        })
        .collect()
}

/// What a refusal says ([RFC 6749, 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)), and whether it is about the
/// grant.
fn refusal(status: u16, body: &[u8]) -> (String, bool) {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let detail = [text("error"), text("error_description")].join(" ");
    let message = format!("the token endpoint answered {status} {}", detail.trim());
    (message.trim_end().to_owned(), text("error") == "invalid_grant")
}
