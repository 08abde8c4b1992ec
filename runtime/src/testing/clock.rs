//! A clock that stands still until it is moved.

use crate::clock::Clock;
use crate::lock;
use futures_core::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Stands still until [`ManualClock::advance`]; one that leaps goes on by itself to the end of every wait.
///
/// ```
/// # use gusset::{Clock, testing::ManualClock};
/// # use std::time::Duration;
/// let clock = ManualClock::at("2026-02-28T23:59:59Z".parse()?);
/// clock.advance(Duration::from_secs(1));
/// assert_eq!(clock.timestamp().to_string(), "2026-03-01T00:00:00Z");
/// # Ok::<(), gusset::jiff::Error>(())
/// ```
pub struct ManualClock {
    start: (Instant, Timestamp),
    passed: Arc<watch::Sender<Duration>>,
    /// How far the time of day is from what passed: somebody set the clock.
    set: Mutex<SignedDuration>,
    leaps: bool,
    random: f64,
    slept: Mutex<Vec<Duration>>,
}

impl ManualClock {
    /// Stands still at a time of day.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        ManualClock {
            start: (Instant::now(), start),
            passed: Arc::new(watch::Sender::new(Duration::ZERO)),
            set: Mutex::default(),
            leaps: false,
            random: 0.5,
            slept: Mutex::default(),
        }
    }

    /// Nobody waits: who would wait moves the clock to the end of the wait. Several who wait at a time move it to the
    /// latest end, not by the sum. What is waited for only until it is given up ([`Clock::timeout`]) does not move it.
    #[must_use]
    pub fn leaping() -> Self {
        ManualClock { leaps: true, ..ManualClock::at(Timestamp::constant(1_767_225_600, 0)) }
    }

    /// With another number for jitter than 0.5; 1.0 makes every backoff the longest that it can be.
    #[must_use]
    pub fn with_random(self, random: f64) -> Self {
        ManualClock { random, ..self }
    }

    /// Lets time pass; waits that have come to their end go on.
    pub fn advance(&self, time: Duration) {
        self.passed.send_modify(|passed| *passed = passed.saturating_add(time));
    }

    /// Sets the time of day, as an administrator or a time server does: it may go back. Waits do not notice.
    pub fn set(&self, now: Timestamp) {
        let by = now.duration_since(self.timestamp());
        let mut set = lock(&self.set);
        *set = set.saturating_add(by);
    }

    /// How long it has run.
    #[must_use]
    pub fn passed(&self) -> Duration {
        *self.passed.borrow()
    }

    /// Every wait that was asked for, in order.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        lock(&self.slept).clone()
    }
}

impl Clock for ManualClock {
    fn timestamp(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.passed()).unwrap_or(SignedDuration::MAX);
        let since = passed.saturating_add(*lock(&self.set));
        self.start.1.checked_add(since).unwrap_or(Timestamp::MAX)
    }

    fn instant(&self) -> Instant {
        self.start.0 + self.passed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        lock(&self.slept).push(duration);
        let end = self.passed().saturating_add(duration);
        let (clock, leaps) = (Arc::clone(&self.passed), self.leaps);
        Box::pin(async move {
            if leaps {
                clock.send_modify(|passed| *passed = end.max(*passed));
            }
            // The sender is held, so this ends only when the time has come.
            let _ = clock.subscribe().wait_for(|passed| *passed >= end).await;
        })
    }

    fn timeout(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let end = self.passed().saturating_add(duration);
        let clock = Arc::clone(&self.passed);
        Box::pin(async move {
            let _ = clock.subscribe().wait_for(|passed| *passed >= end).await;
        })
    }

    fn random(&self) -> f64 {
        self.random
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManualClock").field("now", &self.timestamp()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn who_waits_goes_on_when_the_time_has_come() {
        let clock = ManualClock::at("2026-11-22T10:00:00Z".parse().unwrap());
        let wait = tokio::spawn(clock.sleep(Duration::from_secs(60)));
        tokio::task::yield_now().await;
        clock.advance(Duration::from_secs(59));
        tokio::task::yield_now().await;
        assert!(!wait.is_finished());
        clock.advance(Duration::from_secs(1));
        wait.await.unwrap();
        assert_eq!(clock.timestamp().to_string(), "2026-11-22T10:01:00Z");
        assert_eq!(clock.slept(), [Duration::from_secs(60)]);
    }

    #[tokio::test]
    async fn a_leap_is_to_the_latest_end() {
        let clock = ManualClock::leaping();
        let waits = [3, 9, 5].map(|seconds| clock.sleep(Duration::from_secs(seconds)));
        for wait in waits {
            wait.await;
        }
        assert_eq!(clock.passed(), Duration::from_secs(9));
    }

    #[test]
    fn the_time_of_day_may_go_back_and_what_passed_does_not() {
        let clock = ManualClock::leaping();
        let before = clock.instant();
        clock.advance(Duration::from_secs(10));
        clock.set("2020-01-01T00:00:00Z".parse().unwrap());
        clock.advance(Duration::from_secs(5));
        assert_eq!(clock.timestamp().to_string(), "2020-01-01T00:00:05Z");
        assert_eq!(clock.instant() - before, Duration::from_secs(15));
    }
}
