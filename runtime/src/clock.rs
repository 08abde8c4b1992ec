//! Time and chance, injected so that tests decide them.

use futures_core::future::BoxFuture;
use jiff::Timestamp;
use std::fmt::Debug;
use std::time::{Duration, Instant};

/// Where time and chance come from.
pub trait Clock: Debug + Send + Sync {
    /// The time of day.
    fn timestamp(&self) -> Timestamp;

    /// Time that never goes back.
    fn instant(&self) -> Instant;

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Waits for as long as something else may take before it is given up. A clock that leaps over waits must not leap
    /// over this one: what is waited for takes its own time, and ends it.
    fn timeout(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep(duration)
    }

    /// A number in `0.0..1.0`, for jitter.
    fn random(&self) -> f64 {
        fastrand::f64()
    }
}

/// The system's time, and tokio's timers: under a paused tokio clock, waiting costs nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn timestamp(&self) -> Timestamp {
        Timestamp::now()
    }

    fn instant(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
