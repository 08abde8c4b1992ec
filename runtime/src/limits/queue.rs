//! Limits as they are held, and who waits for them.

use super::pace::Pace;
use super::window::Window;
use super::{Limit, LimitKind, Scope};
use crate::priority::{Priority, Turns};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::oneshot;

/// A limit's name, and the connection that has it to itself (0: all share it).
pub(super) type Key = (&'static str, u64);

/// What a call takes of a limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) key: Key,
    pub(super) cost: u32,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// Boxed, because a node has room for eleven, and most connections have two.
    pub(super) limits: BTreeMap<Key, Box<Held>>,
    /// By priority, in the order of their tickets.
    queues: [VecDeque<Waiter>; 2],
    turns: Turns,
    next: u64,
}

/// A limit, and what is held of it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) paused: Option<Instant>,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Quota(Window),
    Concurrency {
        most: u32,
        used: u32,
    },
    /// Nothing is documented.
    Pace(Pace),
}

#[derive(Debug)]
pub(super) struct Waiter {
    pub(super) ticket: u64,
    pub(super) claims: Arc<[Claim]>,
    pub(super) granted: oneshot::Sender<(u64, Instant)>,
}

/// What is learnt of a connection's limits where none is documented, by the name that errors say. Names of specs have no
/// brackets.
pub(super) fn undocumented(connection: u64) -> Key {
    ("(not documented)", connection)
}

pub(super) fn key(limit: &Limit, connection: u64) -> Key {
    match limit.scope {
        Scope::Connection => (limit.name, connection),
        Scope::App => (limit.name, 0),
    }
}

impl State {
    /// A call that no limit holds for was refused all the same.
    pub(super) fn refused(&mut self, connection: u64, call: u64, now: Instant) {
        let newest = self.next;
        let key = undocumented(connection);
        if let Some(held) = self.limits.get_mut(&key)
            && let Kind::Pace(pace) = &mut held.kind
        {
            pace.refused(call, newest, now);
        }
    }

    /// Whether calls may go where no limit is documented is known from now on.
    pub(super) fn learn(&mut self, connection: u64, now: Instant) {
        let pace = || Box::new(Held { paused: None, kind: Kind::Pace(Pace::new(now)) });
        self.limits.entry(undocumented(connection)).or_insert_with(pace);
    }

    pub(super) fn each(&mut self, claims: &[Claim], mut change: impl FnMut(&mut Held, u32)) {
        for claim in claims {
            if let Some(held) = self.limits.get_mut(&claim.key) {
                change(held, claim.cost);
            }
        }
    }

    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Takes what a call needs, if it is free and nobody waits: its ticket and its number.
    pub(super) fn take_free(
        &mut self,
        claims: &[Claim],
        ticket: Option<u64>,
        now: Instant,
    ) -> Option<(u64, u64)> {
        if !self.nobody_waits() || self.blocked(claims, now).is_some() {
            return None;
        }
        let ticket = ticket.unwrap_or_else(|| self.number());
        let call = self.number();
        self.each(claims, |held, cost| held.take(call, cost, now));
        Some((ticket, call))
    }

    fn queue(&mut self, priority: Priority) -> &mut VecDeque<Waiter> {
        let [interactive, bulk] = &mut self.queues;
        match priority {
            Priority::Interactive => interactive,
            Priority::Bulk => bulk,
        }
    }

    pub(super) fn nobody_waits(&self) -> bool {
        self.queues.iter().all(VecDeque::is_empty)
    }

    pub(super) fn enter(&mut self, priority: Priority, waiter: Waiter) {
        let queue = self.queue(priority);
        let at = queue.partition_point(|other| other.ticket < waiter.ticket);
        queue.insert(at, waiter);
    }

    /// Says whether it was still there.
    pub(super) fn leave(&mut self, priority: Priority, ticket: u64) -> bool {
        let queue = self.queue(priority);
        let at = queue.partition_point(|other| other.ticket < ticket);
        let there = queue.get(at).is_some_and(|waiter| waiter.ticket == ticket);
        if there {
            queue.remove(at);
        }
        there
    }

    /// Lets through whoever may go, in order: of those who want the same, the first gets it, also where later ones want
    /// less of it; who waits for one limit does not hold up those who need only others.
    pub(super) fn admit(&mut self, now: Instant) {
        while let Some((priority, waiter)) = self.next(now) {
            let bulk_waits = !self.queue(Priority::Bulk).is_empty();
            self.turns.went(priority, bulk_waits);
            let call = self.number();
            self.each(&waiter.claims, |held, cost| held.take(call, cost, now));
            // Who gives up takes its place out of the queue first, so there is somebody to take this.
            let _ = waiter.granted.send((call, now));
        }
    }

    /// The next that may go.
    fn next(&mut self, now: Instant) -> Option<(Priority, Waiter)> {
        // What somebody waits for who goes first.
        let mut wanted: Vec<Key> = Vec::new();
        for priority in self.turns.order() {
            let waiting = self.queue(priority).len();
            for at in 0..waiting {
                let Some(waiter) = self.queue(priority).get(at) else { break };
                if waiter.claims.iter().any(|claim| wanted.contains(&claim.key)) {
                    continue;
                }
                let claims = Arc::clone(&waiter.claims);
                let before = wanted.len();
                for claim in claims.iter() {
                    let held = self.limits.get_mut(&claim.key);
                    if held.is_some_and(|held| held.free_at(claim.cost, now).is_some()) {
                        wanted.push(claim.key);
                    }
                }
                if wanted.len() == before {
                    return self.queue(priority).remove(at).map(|waiter| (priority, waiter));
                }
            }
        }
        None
    }

    /// The limit that holds a call up for longest, and until when, if that is known.
    pub(super) fn blocked(
        &mut self,
        claims: &[Claim],
        now: Instant,
    ) -> Option<(&'static str, Option<Instant>)> {
        let mut longest: Option<(&'static str, Option<Instant>)> = None;
        for claim in claims {
            let Some(held) = self.limits.get_mut(&claim.key) else { continue };
            if let Some(until) = held.free_at(claim.cost, now)
                && longest.is_none_or(|(_, known)| known < until)
            {
                longest = Some((claim.key.0, until));
            }
        }
        longest
    }
}

impl Held {
    pub(super) fn new(kind: LimitKind) -> Self {
        let kind = match kind {
            LimitKind::Quota { calls, per } => Kind::Quota(Window::new(calls, per)),
            LimitKind::Concurrency(most) => Kind::Concurrency { most, used: 0 },
        };
        Held { paused: None, kind }
    }

    /// `None`: now. `Some(None)`: when a call ends.
    pub(super) fn free_at(&mut self, cost: u32, now: Instant) -> Option<Option<Instant>> {
        if self.paused.is_some_and(|until| until <= now) {
            self.paused = None;
        }
        if self.paused.is_some() {
            return Some(self.paused);
        }
        match &mut self.kind {
            Kind::Quota(window) => window.free_at(cost, now).map(Some),
            Kind::Concurrency { most, used } => (*used >= *most).then_some(None),
            Kind::Pace(pace) => pace.free_at(now).map(Some),
        }
    }

    pub(super) fn take(&mut self, call: u64, cost: u32, now: Instant) {
        match &mut self.kind {
            Kind::Quota(window) => window.take(call, cost, now),
            Kind::Concurrency { used, .. } => *used += 1,
            Kind::Pace(pace) => pace.take(now),
        }
    }

    pub(super) fn unsent(&mut self, call: u64, cost: u32, taken: Instant) {
        match &mut self.kind {
            Kind::Quota(window) => window.unsent(call, cost, taken),
            Kind::Concurrency { used, .. } => *used = used.saturating_sub(1),
            Kind::Pace(pace) => pace.unsent(),
        }
    }

    pub(super) fn answered(&mut self, call: u64, cost: u32, sent: Instant, now: Instant) {
        match &mut self.kind {
            Kind::Quota(window) => window.answered(call, cost, sent, now),
            Kind::Concurrency { used, .. } => *used = used.saturating_sub(1),
            Kind::Pace(_) => {}
        }
    }
}
