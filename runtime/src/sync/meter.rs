//! What a run costs: requests and waits of its clients, and time.

use super::Sync;
use super::state::Counts;
use crate::{Client, Clock, Stats};
use std::time::{Duration, Instant};

/// Measures what was spent since it was last asked.
pub(super) struct Meter<'m> {
    clients: Vec<&'m Client>,
    clock: &'m dyn Clock,
    last: Stats,
    since: Instant,
}

impl<'m> Meter<'m> {
    pub(super) fn start<S: Sync>(sync: &'m S, clock: &'m dyn Clock) -> Self {
        let clients = sync.clients();
        Meter { last: total(&clients), clients, clock, since: clock.instant() }
    }

    /// Adds what was spent.
    pub(super) fn add_to(&mut self, counts: &mut Counts) {
        let (stats, now) = (total(&self.clients), self.clock.instant());
        counts.requests += stats.requests.saturating_sub(self.last.requests);
        counts.retries += stats.retries.saturating_sub(self.last.retries);
        counts.waits += stats.waits.saturating_sub(self.last.waits);
        let waited = stats.waited.saturating_sub(self.last.waited);
        counts.waited_ms += u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
        // Whole milliseconds: what is left over is counted next time.
        let spent = u64::try_from(now.saturating_duration_since(self.since).as_millis())
            .unwrap_or(u64::MAX);
        counts.duration_ms += spent;
        self.since += Duration::from_millis(spent);
        self.last = stats;
    }
}

fn total(clients: &[&Client]) -> Stats {
    clients.iter().map(|client| client.stats()).fold(Stats::default(), |sum, stats| Stats {
        requests: sum.requests + stats.requests,
        retries: sum.retries + stats.retries,
        waits: sum.waits + stats.waits,
        waited: sum.waited + stats.waited,
    })
}
