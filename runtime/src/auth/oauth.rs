//! OAuth 2.0: tokens that are fetched, and renewed by one caller at a time.

use super::tokens::{TokenStore, Tokens};
use super::{basic, bearer};
use crate::client::Wire;
use crate::error::Error;
use crate::lock;
use crate::retry::Retry;
use crate::secret::Secret;
use crate::transport::{Call, TransportError, safe_url};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::Instrument;
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

/// A token is renewed this long before it ends, or a tenth of its life before, if that is shorter.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// The name of token calls in logs.
const OPERATION: &str = "oauth_token";

/// OAuth 2.0, from the spec.
#[derive(Clone, Debug)]
pub struct OAuth {
    /// The token endpoint.
    pub token_url: String,
    /// Scopes to ask for.
    pub scopes: &'static [&'static str],
    /// How the client shows who it is.
    pub client: ClientAuth,
}

/// How the client shows who it is at the token endpoint
/// ([RFC 6749, 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// HTTP Basic.
    Basic,
    /// In the form body.
    Body,
}

/// What a connection brings to the token endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) secret: Secret,
    /// `None`: client credentials.
    pub(crate) refresh: Option<Secret>,
}

/// The tokens of one client. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    oauth: OAuth,
    token_url: Url,
    grant: Grant,
    wire: Arc<Wire>,
    store: Option<Arc<dyn TokenStore>>,
    retry: Retry,
    current: Mutex<Option<Held>>,
    /// How many renewals have ended: who waited for one takes its result.
    rounds: AtomicU64,
    turn: tokio::sync::Mutex<Turn>,
}

/// Tokens in use, with the time from which they are renewed.
#[derive(Clone, Debug)]
struct Held {
    tokens: Tokens,
    renew: Option<Timestamp>,
}

#[derive(Debug, Default)]
struct Turn {
    loaded: bool,
    /// Received, but not yet safe in the store; not used before.
    unsaved: Option<Tokens>,
    failure: Option<Error>,
}

impl Session {
    pub(crate) fn new(
        oauth: OAuth,
        grant: Grant,
        wire: Arc<Wire>,
        store: Option<Arc<dyn TokenStore>>,
        retry: Retry,
    ) -> Result<Self, Error> {
        let token_url = safe_url(&oauth.token_url).map_err(Error::config)?;
        let shared = Shared {
            oauth,
            token_url,
            grant,
            wire,
            store,
            retry,
            current: Mutex::new(None),
            rounds: AtomicU64::new(0),
            turn: tokio::sync::Mutex::new(Turn::default()),
        };
        Ok(Session { shared: Arc::new(shared) })
    }

    /// Puts a valid access token into a call, and says which.
    pub(crate) async fn authorize(&self, call: &mut Call) -> Result<Secret, Error> {
        let token = match self.shared.fresh(None) {
            Some(token) => token,
            None => self.renew(None).await?,
        };
        call.headers.insert(AUTHORIZATION, bearer(&token)?);
        Ok(token)
    }

    /// Gets another token than the one that was refused. Of many callers one asks the provider.
    pub(crate) async fn renew(&self, refused: Option<Secret>) -> Result<Secret, Error> {
        let round = self.shared.rounds.load(Ordering::Acquire);
        let work = Arc::clone(&self.shared).renew(refused, round);
        // On a task of its own: if the caller goes away in between, a rotated token must not be lost.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => runtime.spawn(work.in_current_span()).await.unwrap_or_else(|_| {
                Err(Error::Auth { message: "the renewal of the token was stopped".to_owned() })
            }),
            Err(_) => work.await,
        }
    }
}

impl Shared {
    fn fresh(&self, refused: Option<&Secret>) -> Option<Secret> {
        let current = lock(&self.current);
        let held = current.as_ref()?;
        let stale = held.renew.is_some_and(|renew| renew <= self.wire.clock.timestamp());
        let known_bad = refused.is_some_and(|bad| bad.expose() == held.tokens.access.expose());
        (!stale && !known_bad).then(|| held.tokens.access.clone())
    }

    async fn renew(self: Arc<Self>, refused: Option<Secret>, round: u64) -> Result<Secret, Error> {
        let mut turn = self.turn.lock().await;
        if !turn.loaded
            && let Some(store) = &self.store
            && let Some(tokens) = store.load(&self.wire.connection).await?
        {
            self.hold(tokens);
        }
        turn.loaded = true;
        if let Some(token) = self.fresh(refused.as_ref()) {
            return Ok(token);
        }
        if let Some(failure) = &turn.failure
            && self.rounds.load(Ordering::Acquire) != round
        {
            return Err(failure.clone());
        }
        let result = self.fetch_and_save(&mut turn).await;
        turn.failure = result.as_ref().err().cloned();
        self.rounds.fetch_add(1, Ordering::AcqRel);
        result
    }

    async fn fetch_and_save(&self, turn: &mut Turn) -> Result<Secret, Error> {
        let tokens = match turn.unsaved.take() {
            Some(tokens) => tokens,
            None => self.fetch().await?,
        };
        if let Some(store) = &self.store
            && let Err(error) = store.save(&self.wire.connection, &tokens).await
        {
            turn.unsaved = Some(tokens);
            return Err(Error::Auth {
                message: format!("a new token could not be stored: {error}"),
            });
        }
        let access = tokens.access.clone();
        self.hold(tokens);
        Ok(access)
    }

    fn hold(&self, tokens: Tokens) {
        let now = self.wire.clock.timestamp();
        let renew = tokens.expires.map(|expires| {
            let leeway = (expires.duration_since(now) / 10).clamp(SignedDuration::ZERO, LEEWAY);
            expires.checked_sub(leeway).unwrap_or(now)
        });
        *lock(&self.current) = Some(Held { tokens, renew });
    }

    async fn fetch(&self) -> Result<Tokens, Error> {
        let mut attempt = 1;
        loop {
            let (message, passing) = match self.fetch_once(attempt).await? {
                Ok(tokens) => return Ok(tokens),
                Err(failure) => failure,
            };
            if !passing || attempt >= self.retry.attempts {
                return Err(Error::Auth { message });
            }
            let clock = &self.wire.clock;
            clock.sleep(self.retry.backoff(attempt, clock.random())).await;
            attempt += 1;
        }
    }

    /// The inner error says what happened, and whether it may pass.
    async fn fetch_once(&self, attempt: u32) -> Result<Result<Tokens, (String, bool)>, Error> {
        let refresh = {
            let current = lock(&self.current);
            let rotated = current.as_ref().and_then(|held| held.tokens.refresh.clone());
            rotated.or_else(|| self.grant.refresh.clone())
        };
        let call = self.call(refresh.as_ref())?;
        let sent = self.wire.send(OPERATION, call, attempt, Duration::ZERO).await;
        let result = match &sent.result {
            Ok(answer) if answer.status.is_success() => {
                read(&answer.body, refresh, self.wire.clock.timestamp())
                    .map_err(|message| (message, false))
            }
            Ok(answer) => {
                let passing = answer.status.is_server_error() || answer.status.as_u16() == 429;
                Err((refusal(answer.status.as_u16(), &answer.body), passing))
            }
            Err(error) => {
                let message = format!("the token endpoint: {error}");
                Err((message, !matches!(error, TransportError::TooLarge(_))))
            }
        };
        self.wire.record(sent, result.as_ref().err().map(|(message, _)| message.clone()));
        Ok(result)
    }

    fn call(&self, refresh: Option<&Secret>) -> Result<Call, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let mut form = Serializer::new(String::new());
        match refresh {
            Some(token) => {
                form.append_pair("grant_type", "refresh_token")
                    .append_pair("refresh_token", token.expose());
            }
            None => {
                form.append_pair("grant_type", "client_credentials");
                if !self.oauth.scopes.is_empty() {
                    form.append_pair("scope", &self.oauth.scopes.join(" "));
                }
            }
        }
        let Grant { id, secret, .. } = &self.grant;
        match self.oauth.client {
            ClientAuth::Basic => {
                let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let secret = Secret::from(encode(secret.expose()));
                headers.insert(AUTHORIZATION, basic(&encode(id), &secret)?);
            }
            ClientAuth::Body => {
                form.append_pair("client_id", id).append_pair("client_secret", secret.expose());
            }
        }
        let body = Bytes::from(form.finish());
        Ok(Call { method: Method::POST, url: self.token_url.clone(), headers, body })
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
    })
}

/// What a refusal says ([RFC 6749, 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
fn refusal(status: u16, body: &[u8]) -> String {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let detail = [text("error"), text("error_description")].join(" ");
    let message = format!("the token endpoint answered {status} {}", detail.trim());
    message.trim_end().to_owned()
}
