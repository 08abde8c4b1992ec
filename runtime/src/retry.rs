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
    /// How many retries a client may have in hand. After a timeout one takes two. A call that succeeds when it is sent
    /// again gives back what that took; one that succeeds at once earns a tenth. Keeps a fault from turning every call
    /// into many.
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

/// What it takes to send a call again, in tenths of a retry.
pub(crate) const RETRY: u32 = 10;

/// The same after a timeout: a provider that does not answer is worse off than one that refuses.
pub(crate) const RETRY_AFTER_TIMEOUT: u32 = 20;

/// The retries that a client has in hand, in tenths: a token bucket.
#[derive(Debug)]
pub(crate) struct Budget {
    full: u32,
    left: Mutex<u32>,
}

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(RETRY);
        Budget { full, left: Mutex::new(full) }
    }

    /// Takes what a retry costs, if there is so much.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let mut left = crate::lock(&self.left);
        let rest = left.checked_sub(cost);
        *left = rest.unwrap_or(*left);
        rest.is_some()
    }

    /// A success gives back what its last retry took; one at the first attempt earns a tenth of a retry.
    pub(crate) fn earn(&self, took: u32) {
        let mut left = crate::lock(&self.left);
        *left = left.saturating_add(took.max(1)).min(self.full);
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
        assert!(budget.take(RETRY) && budget.take(RETRY) && !budget.take(RETRY));
        for _ in 0..9 {
            budget.earn(0);
        }
        assert!(!budget.take(RETRY));
        budget.earn(0);
        assert!(budget.take(RETRY));
        budget.earn(RETRY);
        assert!(!budget.take(RETRY_AFTER_TIMEOUT), "a timeout takes two");
        budget.earn(RETRY);
        assert!(budget.take(RETRY_AFTER_TIMEOUT));
        budget.earn(u32::MAX);
        assert!(budget.take(2 * RETRY) && !budget.take(1), "never more than it began with");
    }
}
