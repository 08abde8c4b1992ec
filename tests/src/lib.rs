//! What tests and benchmarks across crates share.

mod document;

pub use document::document;

use gusset::Clock;
use jiff::{SignedDuration, Timestamp};
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A clock that leaps over every wait, so that limits hold and nobody waits for them.
///
/// Several that wait at a time leap to the latest end of their waits, not over the sum of them. What is only waited for
/// until it is given up is not leapt over: it takes its own time.
#[derive(Debug)]
pub struct LeapClock {
    start: (Instant, Timestamp),
    leapt_ns: Arc<AtomicU64>,
}

impl Default for LeapClock {
    fn default() -> Self {
        LeapClock { start: (Instant::now(), Timestamp::now()), leapt_ns: Arc::default() }
    }
}

impl LeapClock {
    fn elapsed(&self) -> Duration {
        self.start.0.elapsed() + Duration::from_nanos(self.leapt_ns.load(Ordering::SeqCst))
    }
}

impl Clock for LeapClock {
    fn timestamp(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.elapsed()).unwrap_or_default();
        self.start.1.checked_add(elapsed).unwrap_or(self.start.1)
    }

    fn instant(&self) -> Instant {
        self.start.0 + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let end = (self.elapsed() + duration).saturating_sub(self.start.0.elapsed());
        let leapt = u64::try_from(end.as_nanos()).unwrap_or(u64::MAX);
        let all = Arc::clone(&self.leapt_ns);
        Box::pin(async move {
            all.fetch_max(leapt, Ordering::SeqCst);
        })
    }

    fn timeout(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(pending())
    }
}
