//! Where calls wait for limits: in order, for no longer than allowed, and for all their limits at once.

use super::permit::Permit;
use super::queue::{Claim, Held, State, Waiter, key, undocumented};
use super::shared::{QuotaStore, Sharing};
use super::{Limit, Scope};
use crate::clock::Clock;
use crate::error::Error;
use crate::lock;
use crate::operation::{Integration, OperationMeta};
use crate::priority::Priority;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, oneshot};

/// Gates of integrations whose limits are shared by all connections. They live as long as the program, as
/// providers remember too.
static SHARED: Mutex<Vec<(&'static str, Arc<Shared>)>> = Mutex::new(Vec::new());

/// Where no limit is documented, a refusal holds up other calls for no longer.
const GUESSED: Duration = Duration::from_secs(60);

/// Where the calls of a connection wait.
#[derive(Debug)]
pub(crate) struct Gate {
    integration: &'static Integration,
    /// Limits that do not hold here.
    pub(crate) exempt: &'static [&'static str],
    connection: u64,
    shared: Arc<Shared>,
    /// Whether limits are learnt where none is documented.
    learns: bool,
    /// Where other processes count, too.
    sharing: Option<Box<Sharing>>,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    /// Told when waiting calls should look again.
    pub(super) changed: Notify,
}

/// A limit would make a call wait for too long.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong {
    pub(crate) limit: &'static str,
    pub(crate) wait: Duration,
}

/// Why a call may not go out.
#[derive(Debug)]
pub(crate) enum NoRoom {
    TooLong(TooLong),
    /// The store that processes share could not be asked.
    Store(Error),
}

impl From<TooLong> for NoRoom {
    fn from(wait: TooLong) -> Self {
        NoRoom::TooLong(wait)
    }
}

impl Gate {
    pub(crate) fn new(
        integration: &'static Integration,
        exempt: &'static [&'static str],
        clock: Arc<dyn Clock>,
    ) -> Self {
        static CONNECTIONS: AtomicU64 = AtomicU64::new(1);
        let shared = match integration.limits.iter().any(|limit| limit.scope == Scope::App) {
            false => Arc::default(),
            true => {
                let mut all = lock(&SHARED);
                let known = all.iter().find(|(name, _)| *name == integration.name);
                let known = known.map(|(_, shared)| Arc::clone(shared));
                known.unwrap_or_else(|| {
                    let new = Arc::<Shared>::default();
                    all.push((integration.name, Arc::clone(&new)));
                    new
                })
            }
        };
        let connection = CONNECTIONS.fetch_add(1, Ordering::Relaxed);
        let mut state = lock(&shared.state);
        for limit in integration.limits {
            state
                .limits
                .entry(key(limit, connection))
                .or_insert_with(|| Box::new(Held::new(limit.kind)));
        }
        drop(state);
        Gate { integration, exempt, connection, shared, learns: true, sharing: None, clock }
    }

    /// Says whether limits are learnt where none is documented.
    pub(crate) fn learning(mut self, learns: bool) -> Self {
        self.learns = learns;
        self
    }

    /// With a store that counts for other processes, too. `name` is the connection's.
    pub(crate) fn sharing(mut self, store: Option<Arc<dyn QuotaStore>>, name: &str) -> Self {
        let integration = self.integration.name;
        self.sharing =
            store.map(|store| Box::new(Sharing::new(store, integration, name.to_owned())));
        self
    }

    /// Waits until all limits of an operation let a call through. A call that is sent again brings its place in the queue.
    pub(crate) async fn acquire(
        &self,
        meta: &OperationMeta,
        (priority, ticket): (Priority, Option<u64>),
        max_wait: Duration,
    ) -> Result<Permit, NoRoom> {
        let start = self.clock.instant();
        let deadline = after(start, max_wait);
        let limits: Vec<_> = self.limits(meta).collect();
        let claim = |limit: &&'static Limit| Claim {
            key: key(limit, self.connection),
            cost: limit.cost_of(meta.name),
        };
        let claims: Arc<[Claim]> = match limits.is_empty() {
            false => limits.iter().map(claim).collect(),
            true => {
                let claim = Claim { key: undocumented(self.connection), cost: 1 };
                self.learns.then_some(claim).into_iter().collect()
            }
        };
        // Taking what is free takes time too, but is no wait.
        let mut waited = false;
        let free = {
            let mut state = lock(&self.shared.state);
            if limits.is_empty() && self.learns {
                state.learn(self.connection, start);
            }
            state.take_free(&claims, ticket, start)
        };
        let (ticket, call, taken) = match free {
            Some((ticket, call)) => (ticket, call, start),
            None => {
                let mut place = Place::take(&self.shared, priority, ticket, &claims);
                let ticket = place.ticket;
                let (call, taken) = self.wait(&mut place, (start, deadline), &mut waited).await?;
                (ticket, call, taken)
            }
        };
        let mut permit = Permit {
            shared: Arc::clone(&self.shared),
            clock: Arc::clone(&self.clock),
            claims,
            limits,
            exempt: self.exempt,
            call,
            taken,
            sent: None,
            ended: false,
            ticket,
            waited: if waited { taken.saturating_duration_since(start) } else { Duration::ZERO },
            elsewhere: None,
        };
        if let Some(sharing) = &self.sharing
            && !permit.limits.is_empty()
        {
            let span = (start, deadline);
            let whose = (meta.name, priority);
            let (taken, waited) = sharing.take(&permit.limits, whose, &self.clock, span).await?;
            permit.elsewhere = Some(taken);
            if waited {
                permit.waited = self.clock.instant().saturating_duration_since(start);
            }
        }
        Ok(permit)
    }

    /// Waits in the queue: until it is let through, or would have to wait for too long.
    async fn wait(
        &self,
        place: &mut Place<'_>,
        (start, deadline): (Instant, Instant),
        waited: &mut bool,
    ) -> Result<(u64, Instant), TooLong> {
        loop {
            let mut changed = std::pin::pin!(self.shared.changed.notified());
            changed.as_mut().enable();
            let now = self.clock.instant();
            let blocked = {
                let mut state = lock(&self.shared.state);
                state.admit(now);
                if let Ok(grant) = place.grant.try_recv() {
                    return Ok(place.leave(grant));
                }
                state.blocked(place.claims, now)
            };
            // When calls in flight end is not known, nor when those go that are before this one.
            let (limit, free) = match blocked {
                Some(blocked) => blocked,
                None => (place.claims.first().map_or("", |claim| claim.key.0), None),
            };
            let until = free.unwrap_or(deadline);
            if until > deadline || now >= deadline {
                let wait = until.saturating_duration_since(start);
                return Err(TooLong { limit, wait });
            }
            *waited = true;
            let wait = until.saturating_duration_since(now);
            let wait = match free {
                Some(_) => self.clock.sleep(wait),
                None => self.clock.timeout(wait),
            };
            tokio::select! {
                biased;
                Ok(grant) = &mut place.grant => return Ok(place.leave(grant)),
                () = &mut changed => {}
                () = wait => {}
            }
        }
    }

    /// A call was refused for being one too many. Where no limit holds, calls go slower from now on.
    pub(crate) fn refused(&self, meta: &OperationMeta, call: u64) {
        if self.limits(meta).next().is_none() {
            lock(&self.shared.state).refused(self.connection, call, self.clock.instant());
        }
    }

    /// Stops everything under an operation's limits for a while. Says whether they hold the call up for so long, too: where
    /// nothing is documented, others may be under other limits, so they are held up for a minute at most.
    pub(crate) fn pause(&self, meta: &OperationMeta, wait: Duration) -> bool {
        let now = self.clock.instant();
        let mut state = lock(&self.shared.state);
        let mut hold = |key, wait| {
            let held = state.limits.get_mut(&key);
            held.map(|held| held.paused = held.paused.max(Some(after(now, wait)))).is_some()
        };
        let limits: Vec<_> = self.limits(meta).collect();
        if limits.is_empty() {
            let known = hold(undocumented(self.connection), wait.min(GUESSED));
            return known && wait <= GUESSED;
        }
        let mut any = false;
        for limit in &limits {
            any |= hold(key(limit, self.connection), wait);
        }
        drop(state);
        if let Some(sharing) = self.sharing.as_ref().filter(|_| any) {
            sharing.pause(&limits, meta.name, self.clock.timestamp(), wait);
        }
        any
    }

    fn limits<'s>(
        &'s self,
        meta: &'s OperationMeta,
    ) -> impl Iterator<Item = &'static Limit> + use<'s> {
        let all = self.integration.limits;
        let holds = |limit: &&'static Limit| !self.exempt.contains(&limit.name);
        meta.limits.iter().filter_map(move |index| all.get(*index)).filter(holds)
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        lock(&self.shared.state).limits.retain(|(_, connection), _| *connection != self.connection);
    }
}

/// A place in the queue; who gives up waiting leaves it.
struct Place<'a> {
    shared: &'a Shared,
    priority: Priority,
    ticket: u64,
    claims: &'a [Claim],
    grant: oneshot::Receiver<(u64, Instant)>,
    left: bool,
}

impl<'a> Place<'a> {
    fn take(
        shared: &'a Shared,
        priority: Priority,
        ticket: Option<u64>,
        claims: &'a Arc<[Claim]>,
    ) -> Self {
        let (granted, grant) = oneshot::channel();
        let mut state = lock(&shared.state);
        let ticket = ticket.unwrap_or_else(|| state.number());
        state.enter(priority, Waiter { ticket, claims: Arc::clone(claims), granted });
        Place { shared, priority, ticket, claims, grant, left: false }
    }

    /// It was let through.
    fn leave(&mut self, grant: (u64, Instant)) -> (u64, Instant) {
        self.left = true;
        grant
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if self.left {
            return;
        }
        let mut state = lock(&self.shared.state);
        state.leave(self.priority, self.ticket);
        if let Ok((call, taken)) = self.grant.try_recv() {
            state.each(self.claims, |held, cost| held.unsent(call, cost, taken));
        }
        drop(state);
        // Those behind it may go now.
        self.shared.changed.notify_waiters();
    }
}

/// A time that far from now; further than a century is a century.
fn after(now: Instant, wait: Duration) -> Instant {
    now + wait.min(Duration::from_secs(100 * 365 * 24 * 60 * 60))
}

#[cfg(test)]
mod tests;
