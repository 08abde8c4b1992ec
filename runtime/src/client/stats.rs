//! What a client has done so far.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a client has done so far; clones count together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Calls sent, each time counted.
    pub requests: u64,
    /// Calls that were sent again.
    pub retries: u64,
    /// Calls that had to wait for a limit.
    pub waits: u64,
    /// How long they waited in all.
    pub waited: Duration,
}

/// Counts as it happens.
#[derive(Debug, Default)]
pub(super) struct Counters {
    requests: AtomicU64,
    retries: AtomicU64,
    waits: AtomicU64,
    waited_micros: AtomicU64,
}

impl Counters {
    pub(super) fn sent(&self, attempt: u32) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.retries.fetch_add(u64::from(attempt > 1), Ordering::Relaxed);
    }

    pub(super) fn waited(&self, time: Duration) {
        if !time.is_zero() {
            let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
            self.waits.fetch_add(1, Ordering::Relaxed);
            self.waited_micros.fetch_add(micros, Ordering::Relaxed);
        }
    }

    pub(super) fn read(&self) -> Stats {
        Stats {
            requests: self.requests.load(Ordering::Relaxed),
            retries: self.retries.load(Ordering::Relaxed),
            waits: self.waits.load(Ordering::Relaxed),
            waited: Duration::from_micros(self.waited_micros.load(Ordering::Relaxed)),
        }
    }
}
