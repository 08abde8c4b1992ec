//! OAuth 2.0: tokens in use, renewed by one caller at a time.

use super::bearer;
use super::oauth::{Exchange, Grant, OAuth};
use super::tokens::{Account, TokenStore, Tokens};
use crate::client::Wire;
use crate::error::Error;
use crate::lock;
use crate::retry::Retry;
use crate::secret::Secret;
use crate::transport::Call;
use futures_core::future::BoxFuture;
use http::header::AUTHORIZATION;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::Instrument;

/// A token is renewed this long before it ends, or a tenth of its life before, if that is shorter; two seconds at least, if it lives for four.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// What a claim lasts beyond the timeout of an attempt.
const SLACK: SignedDuration = SignedDuration::from_secs(30);

/// No claim lasts longer: no token endpoint takes so long.
const LONGEST_CLAIM: SignedDuration = SignedDuration::from_mins(5);

/// How soon it is looked for what another process renews.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The right to renew, while other processes wait.
struct Claim<'a> {
    store: &'a dyn TokenStore,
    owner: &'a str,
}

/// The tokens of one client. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    exchange: Exchange,
    store: Option<Arc<dyn TokenStore>>,
    /// How long a process that renews keeps others off, from its last attempt on: if it is killed, they wait for so long.
    claim: SignedDuration,
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
        (retry, timeout): (Retry, Duration),
    ) -> Result<Self, Error> {
        let shared = Shared {
            exchange: Exchange::new(oauth, grant, retry, wire)?,
            store,
            claim: SignedDuration::try_from(timeout)
                .unwrap_or(LONGEST_CLAIM)
                .saturating_add(SLACK)
                .min(LONGEST_CLAIM),
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

    /// What the token endpoint said besides, when it gave the present token.
    pub(crate) async fn rest(&self) -> Result<BTreeMap<String, String>, Error> {
        if self.shared.fresh(None).is_none() {
            self.renew(None).await?;
        }
        let current = lock(&self.shared.current);
        Ok(current.as_ref().map(|held| held.tokens.rest.clone()).unwrap_or_default())
    }

    /// The member of such an answer that is a setting.
    pub(crate) fn member(&self, setting: &str) -> Option<&'static str> {
        let gives = &self.shared.exchange.oauth.gives;
        gives.iter().find(|(given, _)| *given == setting).map(|(_, member)| *member)
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

impl Session {
    /// The tokens in use, in the clear: to find them in texts, and leave them out.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let current = lock(&self.shared.current);
        let tokens = current.iter().map(|held| &held.tokens);
        let tokens = tokens.flat_map(|tokens| [Some(&tokens.access), tokens.refresh.as_ref()]);
        tokens.flatten().map(|token| token.expose().to_owned()).collect()
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
        if turn.unsaved.is_none()
            && let Some(token) = self.stored(refused.as_ref()).await?
        {
            return Ok(token);
        }
        if let Some(failure) = &turn.failure
            && self.rounds.load(Ordering::Acquire) != round
        {
            return Err(failure.clone());
        }
        let result = match &self.store {
            Some(store) => self.renew_alone(&**store, &mut turn, refused.as_ref()).await,
            None => self.fetch_and_save(&mut turn, None).await,
        };
        turn.failure = result.as_ref().err().cloned();
        self.rounds.fetch_add(1, Ordering::AcqRel);
        result
    }

    /// What another process renewed since; the refresh token held here may be void then.
    async fn stored(&self, refused: Option<&Secret>) -> Result<Option<Secret>, Error> {
        if let Some(store) = &self.store
            && let Some(tokens) = store.load(self.account()).await?
            && self.is_news(&tokens)
        {
            self.hold(tokens);
            return Ok(self.fresh(refused));
        }
        Ok(None)
    }

    /// Renews while other processes are kept off; or takes what one of them renewed.
    async fn renew_alone(
        &self,
        store: &dyn TokenStore,
        turn: &mut Turn,
        refused: Option<&Secret>,
    ) -> Result<Secret, Error> {
        let owner = format!("{:x}-{:016x}", std::process::id(), fastrand::u64(..));
        let claim = Claim { store, owner: &owner };
        while !self.extend(&claim).await? {
            self.exchange.wire.clock.sleep(LOOK_AGAIN).await;
            if let Some(token) = self.stored(refused).await? {
                return Ok(token);
            }
        }
        let result = self.renew_claimed(turn, &claim, refused).await;
        if let Err(error) = store.release(self.account(), &owner).await {
            // It ends by itself.
            tracing::warn!(%error, "other processes could not be told that a token was renewed");
        }
        result
    }

    async fn renew_claimed(
        &self,
        turn: &mut Turn,
        claim: &Claim<'_>,
        refused: Option<&Secret>,
    ) -> Result<Secret, Error> {
        // Between the look into the store and the claim another process may have been here.
        if turn.unsaved.is_none()
            && let Some(token) = self.stored(refused).await?
        {
            return Ok(token);
        }
        self.fetch_and_save(turn, Some(claim)).await
    }

    /// Claims the renewal for as long as an attempt may take: whether that is ours to do.
    async fn extend(&self, claim: &Claim<'_>) -> Result<bool, Error> {
        let now = self.exchange.wire.clock.timestamp();
        let until = now.checked_add(self.claim).unwrap_or(now);
        claim.store.claim(self.account(), claim.owner, now, until).await
    }

    async fn keep_off_others(&self, claim: Option<&Claim<'_>>) -> Result<(), Error> {
        match claim {
            Some(claim) if !self.extend(claim).await? => Err(Error::Auth {
                message: "another process took over the renewal of the token".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    fn account(&self) -> Account<'_> {
        let wire = &self.exchange.wire;
        Account { integration: wire.integration, connection: &wire.connection }
    }

    async fn fetch_and_save(
        &self,
        turn: &mut Turn,
        claim: Option<&Claim<'_>>,
    ) -> Result<Secret, Error> {
        let tokens = match turn.unsaved.take() {
            Some(tokens) => tokens,
            None => {
                let rotated =
                    lock(&self.current).as_ref().and_then(|held| held.tokens.refresh.clone());
                let before = || -> BoxFuture<'_, Result<(), Error>> {
                    Box::pin(self.keep_off_others(claim))
                };
                self.exchange.fetch(rotated, &before).await?
            }
        };
        if let Some(store) = &self.store
            && let Err(error) = store.save(self.account(), &tokens).await
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
            let life = expires.duration_since(now);
            // Providers count whole seconds, so a token may end up to one earlier than they say; another is for the way there.
            let tenth = (life / 10).max(SignedDuration::from_secs(2)).min(life / 2);
            let leeway = tenth.clamp(SignedDuration::ZERO, LEEWAY);
            expires.checked_sub(leeway).unwrap_or(now)
        });
        *lock(&self.current) = Some(Held { tokens, renew });
    }
}
