//! Where calls wait for limits: in order, for no longer than allowed, and for all their limits at once.

use super::observe;
use super::window::Window;
use super::{Limit, LimitKind, Scope};
use crate::clock::Clock;
use crate::lock;
use crate::operation::{Integration, OperationMeta};
use crate::response::Response;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, oneshot};

/// A limit's name, and the connection that has it to itself (0: all share it).
type Key = (&'static str, u64);

/// Gates of integrations whose limits are shared by all connections. They live as long as the program, as
/// providers remember too.
static SHARED: Mutex<Vec<(&'static str, Arc<Shared>)>> = Mutex::new(Vec::new());

/// Where the calls of a connection wait.
#[derive(Debug)]
pub(crate) struct Gate {
    integration: &'static Integration,
    connection: u64,
    shared: Arc<Shared>,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// Told when waiting calls should look again.
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    limits: HashMap<Key, Held>,
    /// In the order of their tickets.
    queue: Vec<Waiter>,
    next: u64,
}

/// A limit, and what is held of it.
#[derive(Debug)]
struct Held {
    paused: Option<Instant>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Quota(Window),
    Concurrency { most: u32, used: u32 },
}

#[derive(Debug)]
struct Waiter {
    ticket: u64,
    keys: Arc<[Key]>,
    granted: oneshot::Sender<(u64, Instant)>,
}

/// A limit would make a call wait for too long.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong {
    pub(crate) limit: &'static str,
    pub(crate) wait: Duration,
}

/// Leave to send one call. Dropping it ends the call.
#[derive(Debug)]
pub(crate) struct Permit {
    shared: Arc<Shared>,
    clock: Arc<dyn Clock>,
    keys: Arc<[Key]>,
    limits: Vec<&'static Limit>,
    call: u64,
    taken: Instant,
    sent: Option<Instant>,
    ended: bool,
    /// The place in the queue, for the same call when it is sent again.
    pub(crate) ticket: u64,
    /// How long it took to get it.
    pub(crate) waited: Duration,
}

impl Gate {
    pub(crate) fn new(integration: &'static Integration, clock: Arc<dyn Clock>) -> Self {
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
            state.limits.entry(key(limit, connection)).or_insert_with(|| Held::new(limit.kind));
        }
        drop(state);
        Gate { integration, connection, shared, clock }
    }

    /// Waits until all limits of an operation let a call through.
    pub(crate) async fn acquire(
        &self,
        meta: &OperationMeta,
        ticket: Option<u64>,
        max_wait: Duration,
    ) -> Result<Permit, TooLong> {
        let start = self.clock.instant();
        let deadline = after(start, max_wait);
        let limits: Vec<_> = self.limits(meta).collect();
        let keys: Arc<[Key]> = limits.iter().map(|limit| key(limit, self.connection)).collect();
        let mut place = Place::take(&self.shared, ticket, &keys);
        // Taking what is free takes time too, but is no wait.
        let mut waited = false;
        let (call, taken) = loop {
            let mut changed = std::pin::pin!(self.shared.changed.notified());
            changed.as_mut().enable();
            let now = self.clock.instant();
            let blocked = {
                let mut state = lock(&self.shared.state);
                state.admit(now);
                if let Ok(grant) = place.grant.try_recv() {
                    break grant;
                }
                state.blocked(&keys, now)
            };
            // When calls in flight end is not known.
            let (limit, until) = match blocked {
                Some((limit, until)) => (limit, until.unwrap_or(deadline)),
                None => (keys.first().map_or("", |(name, _)| *name), deadline),
            };
            if until > deadline || now >= deadline {
                return Err(TooLong { limit, wait: until.saturating_duration_since(start) });
            }
            waited = true;
            tokio::select! {
                biased;
                Ok(grant) = &mut place.grant => break grant,
                () = &mut changed => {}
                () = self.clock.sleep(until.saturating_duration_since(now)) => {}
            }
        };
        place.left = true;
        let ticket = place.ticket;
        drop(place);
        Ok(Permit {
            shared: Arc::clone(&self.shared),
            clock: Arc::clone(&self.clock),
            keys,
            limits,
            call,
            taken,
            sent: None,
            ended: false,
            ticket,
            waited: if waited { taken.saturating_duration_since(start) } else { Duration::ZERO },
        })
    }

    /// Stops everything under an operation's limits for a while. `false` if it has none.
    pub(crate) fn pause(&self, meta: &OperationMeta, wait: Duration) -> bool {
        let until = after(self.clock.instant(), wait);
        let mut state = lock(&self.shared.state);
        let mut any = false;
        for limit in self.limits(meta) {
            if let Some(held) = state.limits.get_mut(&key(limit, self.connection)) {
                held.paused = held.paused.max(Some(until));
                any = true;
            }
        }
        any
    }

    fn limits(&self, meta: &OperationMeta) -> impl Iterator<Item = &'static Limit> {
        let all = self.integration.limits;
        meta.limits.iter().filter_map(move |index| all.get(*index))
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        lock(&self.shared.state).limits.retain(|(_, connection), _| *connection != self.connection);
    }
}

fn key(limit: &Limit, connection: u64) -> Key {
    match limit.scope {
        Scope::Connection => (limit.name, connection),
        Scope::App => (limit.name, 0),
    }
}

impl State {
    fn each(&mut self, keys: &[Key], mut change: impl FnMut(&mut Held)) {
        for key in keys {
            if let Some(held) = self.limits.get_mut(key) {
                change(held);
            }
        }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Lets through whoever may go, in order: of those who want the same, the first gets it; who waits for one limit
    /// does not hold up those who need only others.
    fn admit(&mut self, now: Instant) {
        let mut at = 0;
        while let Some(waiter) = self.queue.get(at) {
            let keys = Arc::clone(&waiter.keys);
            if self.blocked(&keys, now).is_some() {
                at += 1;
                continue;
            }
            let waiter = self.queue.remove(at);
            let call = self.number();
            for key in keys.iter() {
                if let Some(held) = self.limits.get_mut(key) {
                    held.take(call, now);
                }
            }
            // Who gives up takes its place out of the queue first, so there is somebody to take this.
            let _ = waiter.granted.send((call, now));
        }
    }

    /// The limit that holds a call up for longest, and until when, if that is known.
    fn blocked(&mut self, keys: &[Key], now: Instant) -> Option<(&'static str, Option<Instant>)> {
        let mut longest: Option<(&'static str, Option<Instant>)> = None;
        for (name, connection) in keys {
            let Some(held) = self.limits.get_mut(&(*name, *connection)) else { continue };
            if let Some(until) = held.free_at(now)
                && longest.is_none_or(|(_, known)| known < until)
            {
                longest = Some((*name, until));
            }
        }
        longest
    }
}

impl Held {
    fn new(kind: LimitKind) -> Self {
        let kind = match kind {
            LimitKind::Quota { calls, per } => Kind::Quota(Window::new(calls, per)),
            LimitKind::Concurrency(most) => Kind::Concurrency { most, used: 0 },
        };
        Held { paused: None, kind }
    }

    /// `None`: now. `Some(None)`: when a call ends.
    fn free_at(&mut self, now: Instant) -> Option<Option<Instant>> {
        if self.paused.is_some_and(|until| until <= now) {
            self.paused = None;
        }
        if self.paused.is_some() {
            return Some(self.paused);
        }
        match &mut self.kind {
            Kind::Quota(window) => window.free_at(now).map(Some),
            Kind::Concurrency { most, used } => (*used >= *most).then_some(None),
        }
    }

    fn take(&mut self, call: u64, now: Instant) {
        match &mut self.kind {
            Kind::Quota(window) => window.take(call, now),
            Kind::Concurrency { used, .. } => *used += 1,
        }
    }

    fn unsent(&mut self, call: u64, taken: Instant) {
        match &mut self.kind {
            Kind::Quota(window) => window.unsent(call, taken),
            Kind::Concurrency { used, .. } => *used = used.saturating_sub(1),
        }
    }

    fn answered(&mut self, call: u64, sent: Instant, now: Instant) {
        match &mut self.kind {
            Kind::Quota(window) => window.answered(call, sent, now),
            Kind::Concurrency { used, .. } => *used = used.saturating_sub(1),
        }
    }
}

/// A place in the queue; who gives up waiting leaves it.
struct Place<'a> {
    shared: &'a Shared,
    ticket: u64,
    keys: &'a [Key],
    grant: oneshot::Receiver<(u64, Instant)>,
    left: bool,
}

impl<'a> Place<'a> {
    fn take(shared: &'a Shared, ticket: Option<u64>, keys: &'a Arc<[Key]>) -> Self {
        let (granted, grant) = oneshot::channel();
        let mut state = lock(&shared.state);
        let ticket = ticket.unwrap_or_else(|| state.number());
        let at = state.queue.partition_point(|waiter| waiter.ticket < ticket);
        state.queue.insert(at, Waiter { ticket, keys: Arc::clone(keys), granted });
        Place { shared, ticket, keys, grant, left: false }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if self.left {
            return;
        }
        let mut state = lock(&self.shared.state);
        state.queue.retain(|waiter| waiter.ticket != self.ticket);
        if let Ok((call, taken)) = self.grant.try_recv() {
            state.each(self.keys, |held| held.unsent(call, taken));
            drop(state);
            self.shared.changed.notify_waiters();
        }
    }
}

impl Permit {
    /// The call goes out now.
    pub(crate) fn sent(&mut self) {
        let now = self.clock.instant();
        let (call, taken) = (self.call, self.taken);
        self.sent = Some(now);
        lock(&self.shared.state).each(&self.keys, |held| {
            if let Kind::Quota(window) = &mut held.kind {
                window.sent(call, taken, now);
            }
        });
    }

    /// The call was answered.
    pub(crate) fn answered(mut self, response: &Response) {
        self.end();
        let now = self.clock.instant();
        let mut state = lock(&self.shared.state);
        for (key, limit) in self.keys.iter().zip(&self.limits) {
            if let Some(Held { kind: Kind::Quota(window), .. }) = state.limits.get_mut(key)
                && let Some(left) = observe::left(&limit.observe, response)
            {
                window.observe(self.call, left, observe::reset(&limit.observe, response), now);
            }
        }
    }

    fn end(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let now = self.clock.instant();
        let (call, taken, sent) = (self.call, self.taken, self.sent);
        lock(&self.shared.state).each(&self.keys, |held| match sent {
            Some(sent) => held.answered(call, sent, now),
            None => held.unsent(call, taken),
        });
        self.shared.changed.notify_waiters();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.end();
    }
}

/// A time that far from now; further than a century is a century.
fn after(now: Instant, wait: Duration) -> Instant {
    now + wait.min(Duration::from_secs(100 * 365 * 24 * 60 * 60))
}

#[cfg(test)]
mod tests;
