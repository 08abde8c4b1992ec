//! Leave to send one call.

use super::Limit;
use super::gate::Shared;
use super::observe;
use super::queue::{Claim, Kind};
use super::shared::Taken;
use crate::clock::Clock;
use crate::lock;
use crate::response::Response;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A call that goes out so soon after it got leave counts from then.
const AT_ONCE: Duration = Duration::from_millis(1);

/// Leave to send one call. Dropping it ends the call.
#[derive(Debug)]
pub(crate) struct Permit {
    pub(super) shared: Arc<Shared>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) claims: Arc<[Claim]>,
    pub(super) limits: Vec<&'static Limit>,
    /// Limits that do not hold here.
    pub(super) exempt: &'static [&'static str],
    pub(super) call: u64,
    pub(super) taken: Instant,
    pub(super) sent: Option<Instant>,
    pub(super) ended: bool,
    /// The place in the queue, for the same call when it is sent again.
    pub(crate) ticket: u64,
    /// How long it took to get it.
    pub(crate) waited: Duration,
    /// What was taken where other processes count, too.
    pub(super) elsewhere: Option<Taken>,
}

impl Permit {
    /// The call goes out now.
    pub(crate) fn sent(&mut self) {
        let now = self.clock.instant();
        let (call, taken) = (self.call, self.taken);
        if let Some(taken) = &mut self.elsewhere {
            taken.sent = true;
        }
        // Windows have more room than that for how long calls are on their way.
        if now.saturating_duration_since(taken) < AT_ONCE {
            self.sent = Some(taken);
            return;
        }
        self.sent = Some(now);
        lock(&self.shared.state).each(&self.claims, |held, _| {
            if let Kind::Quota(window) = &mut held.kind {
                window.sent(call, taken, now);
            }
        });
    }

    /// The call was answered. Gives its number, by which it is known from now on.
    pub(crate) fn answered(mut self, response: &Response) -> u64 {
        self.finish();
        let now = self.clock.instant();
        for (claim, limit) in self.claims.iter().zip(&self.limits) {
            let told = observe::told(limit, response);
            // What was read in all it says was not misread.
            if told.is_none() || limit.observe.reset.is_some() || limit.observe.usage.is_some() {
                observe::misread(&limit.observe, response, self.exempt);
            }
            let Some(left) = told else { continue };
            let mut state = lock(&self.shared.state);
            if let Some(held) = state.limits.get_mut(&claim.key)
                && let Kind::Quota(window) = &mut held.kind
            {
                window.observe(self.call, left.calls, left.reset, now);
            }
        }
        // Not before: what the answer tells may free calls, too.
        self.shared.changed.notify_waiters();
        self.call
    }

    fn end(&mut self) {
        if !self.ended {
            self.finish();
            self.shared.changed.notify_waiters();
        }
    }

    /// Ends the call; who waits is told later.
    fn finish(&mut self) {
        self.ended = true;
        self.elsewhere = None;
        let now = self.clock.instant();
        let (call, taken, sent) = (self.call, self.taken, self.sent);
        lock(&self.shared.state).each(&self.claims, |held, cost| match sent {
            Some(sent) => held.answered(call, cost, sent, now),
            None => held.unsent(call, cost, taken),
        });
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.end();
    }
}
