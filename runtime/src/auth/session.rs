//! OAuth 2.0: tokens in use, renewed by one caller at a time.

use super::bearer;
use super::oauth::{Exchange, Grant, OAuth};
use super::tokens::{TokenStore, Tokens};
use crate::client::Wire;
use crate::error::Error;
use crate::lock;
use crate::retry::Retry;
use crate::secret::Secret;
use crate::transport::Call;
use http::header::AUTHORIZATION;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tracing::Instrument;

/// A token is renewed this long before it ends, or a tenth of its life before, if that is shorter.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// The tokens of one client. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    exchange: Exchange,
    store: Option<Arc<dyn TokenStore>>,
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
        let shared = Shared {
            exchange: Exchange::new(oauth, grant, retry, wire)?,
            store,
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
        let stale = held.renew.is_some_and(|renew| renew <= self.exchange.wire.clock.timestamp());
        let known_bad = refused.is_some_and(|bad| bad.expose() == held.tokens.access.expose());
        (!stale && !known_bad).then(|| held.tokens.access.clone())
    }

    async fn renew(self: Arc<Self>, refused: Option<Secret>, round: u64) -> Result<Secret, Error> {
        let mut turn = self.turn.lock().await;
        if let Some(token) = self.fresh(refused.as_ref()) {
            return Ok(token);
        }
        // Another process may have renewed the tokens since, and the refresh token held here may be void.
        if turn.unsaved.is_none()
            && let Some(store) = &self.store
            && let Some(tokens) = store.load(&self.exchange.wire.connection).await?
            && self.is_news(&tokens)
        {
            self.hold(tokens);
            if let Some(token) = self.fresh(refused.as_ref()) {
                return Ok(token);
            }
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
            None => {
                let rotated =
                    lock(&self.current).as_ref().and_then(|held| held.tokens.refresh.clone());
                self.exchange.fetch(rotated).await?
            }
        };
        if let Some(store) = &self.store
            && let Err(error) = store.save(&self.exchange.wire.connection, &tokens).await
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

    fn is_news(&self, tokens: &Tokens) -> bool {
        let refresh = |tokens: &Tokens| tokens.refresh.as_ref().map(|t| t.expose().to_owned());
        lock(&self.current).as_ref().is_none_or(|Held { tokens: known, .. }| {
            known.access.expose() != tokens.access.expose() || refresh(known) != refresh(tokens)
        })
    }

    fn hold(&self, tokens: Tokens) {
        let now = self.exchange.wire.clock.timestamp();
        let renew = tokens.expires.map(|expires| {
            let leeway = (expires.duration_since(now) / 10).clamp(SignedDuration::ZERO, LEEWAY);
            expires.checked_sub(leeway).unwrap_or(now)
        });
        *lock(&self.current) = Some(Held { tokens, renew });
    }
}
