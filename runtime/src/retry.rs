//! How often, and after how long, a call is sent again.

use std::sync::Mutex;
use std::time::Duration;

/// How often, and after how long, a call is sent again. Only what may be repeated is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often a call is sent in all; 1 for never again.
    pub attempts: u32,
    /// The first backoff is between nothing and this; it doubles each time.
    pub base: Duration,
    /// No backoff is longer.
    pub cap: Duration,
    /// No wait that the server asks for is longer: what is longer fails at once.
    pub longest_wait: Duration,
    /// How many retries a client may have in hand; each success earns a tenth of one back. Keeps a fault
    /// from turning every call into many.
    pub budget: u32,
}

impl Default for Retry {
    fn default() -> Self {
        Retry {
            attempts: 5,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
            longest_wait: Duration::from_secs(30 * 60),
            budget: 100,
        }
    }
}

impl Retry {
    /// Nothing is sent again.
    #[must_use]
    pub fn never() -> Self {
        Retry { attempts: 1, ..Retry::default() }
    }

    /// With another number of attempts.
    #[must_use]
    pub fn with_attempt_limit(self, attempts: u32) -> Self {
        Retry { attempts, ..self }
    }

    /// Full jitter: anything from nothing to the doubled step, so that clients do not come back together.
    pub(crate) fn backoff(&self, attempt: u32, random: f64) -> Duration {
        let doubled = 2u32.saturating_pow(attempt.saturating_sub(1).min(30));
        self.base.saturating_mul(doubled).min(self.cap).mul_f64(random.clamp(0.0, 1.0))
    }
}

/// The retries that a client has in hand, in tenths.
#[derive(Debug)]
pub(crate) struct Budget {
    full: u32,
    left: Mutex<u32>,
}

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(10);
        Budget { full, left: Mutex::new(full) }
    }

    /// Takes one retry, if there is one.
    pub(crate) fn take(&self) -> bool {
        let mut left = crate::lock(&self.left);
        let enough = *left >= 10;
        if enough {
            *left -= 10;
        }
        enough
    }

    /// A success earns a tenth of a retry.
    pub(crate) fn earn(&self) {
        let mut left = crate::lock(&self.left);
        *left = (*left + 1).min(self.full);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_doubles_up_to_the_cap_and_is_jittered_from_zero() {
        let retry =
            Retry { base: Duration::from_secs(1), cap: Duration::from_secs(5), ..Retry::default() };
        let at = |attempt| retry.backoff(attempt, 1.0).as_secs();
        assert_eq!([at(1), at(2), at(3), at(4), at(1000)], [1, 2, 4, 5, 5]);
        assert_eq!(retry.backoff(3, 0.5), Duration::from_secs(2));
        assert_eq!(retry.backoff(3, 0.0), Duration::ZERO);
    }

    #[test]
    fn a_budget_runs_out_and_is_earned_back() {
        let budget = Budget::new(2);
        assert!(budget.take() && budget.take() && !budget.take());
        for _ in 0..9 {
            budget.earn();
        }
        assert!(!budget.take());
        budget.earn();
        assert!(budget.take());
    }
}
