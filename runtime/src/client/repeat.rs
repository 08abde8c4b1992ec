//! What comes after an attempt: the answer, another attempt, or an error.

use super::Inner;
use super::classify::Verdict;
use super::execute::{Done, Journey};
use crate::error::Error;
use crate::errors::Action;
use crate::operation::Repeat;
use crate::retry::{RETRY, RETRY_AFTER_TIMEOUT};
use crate::secret::Secret;
use crate::transport::TransportError;
use std::time::Duration;

/// What comes after an attempt.
pub(super) enum Step {
    Done(Box<Done>),
    /// Send again after a wait.
    Again {
        after: Duration,
    },
    /// Send again as soon as the limits allow: they are paused.
    Queue,
    Failed(Error),
}

impl Inner {
    /// Nothing came back: the call may have been carried out, unless there was no connection.
    pub(super) fn after_silence(
        &self,
        journey: &mut Journey<'_>,
        error: TransportError,
        stopped: Option<Duration>,
    ) -> Step {
        let Journey { meta, attempt, .. } = *journey;
        let cost = match &error {
            TransportError::Timeout(_) => RETRY_AFTER_TIMEOUT,
            _ => RETRY,
        };
        let repeatable = match &error {
            TransportError::Connect(_) => true,
            TransportError::Broken(_) | TransportError::Timeout(_) => meta.repeat != Repeat::Never,
            TransportError::TooLarge(_) => false,
        };
        let after = self.retry.backoff(attempt, self.wire.clock.random());
        if repeatable && self.may_repeat(journey, cost, after, stopped) {
            return Step::Again { after };
        }
        Step::Failed(error.of(meta.name, &journey.call.url))
    }

    pub(super) async fn after_refusal(
        &self,
        journey: &mut Journey<'_>,
        verdict: Verdict,
        token: Option<Secret>,
        (error, stopped): (Error, Option<Duration>),
    ) -> Result<Step, Error> {
        let Journey { meta, attempt, .. } = *journey;
        let backoff = self.retry.backoff(attempt, self.wire.clock.random());
        Ok(match verdict.action {
            Action::Refresh
                if !journey.refreshed && !meta.public && self.refresh(token).await? =>
            {
                journey.refreshed = true;
                Step::Again { after: Duration::ZERO }
            }
            // The call was refused, so it did nothing and may be sent again whatever it is.
            Action::Wait => {
                let wait = verdict.wait.unwrap_or(backoff);
                let paused = self.gate.pause(meta, wait.min(self.retry.longest_wait));
                if attempt >= self.retry.attempts
                    || wait > self.retry.longest_wait
                    || !self.in_time(journey, wait)
                    || stopped.is_some_and(|stopped| stopped > wait)
                {
                    Step::Failed(error)
                } else if paused {
                    Step::Queue
                } else {
                    self.counters.waited(wait);
                    Step::Again { after: wait }
                }
            }
            Action::Retry if meta.repeat != Repeat::Never => {
                let after = verdict.wait.unwrap_or(backoff);
                if verdict.wait.is_none_or(|wait| wait <= self.retry.longest_wait)
                    && self.may_repeat(journey, RETRY, after, stopped)
                {
                    Step::Again { after }
                } else {
                    Step::Failed(error)
                }
            }
            _ => Step::Failed(error),
        })
    }

    /// Whether a call may be sent again after a wait. Takes what that costs.
    fn may_repeat(
        &self,
        journey: &mut Journey<'_>,
        cost: u32,
        after: Duration,
        stopped: Option<Duration>,
    ) -> bool {
        let may = journey.attempt < self.retry.attempts
            // It would find the host stopped.
            && stopped.is_none_or(|stopped| stopped <= after)
            && self.in_time(journey, after)
            && self.budget.take(cost);
        if may {
            journey.spent = cost;
        }
        may
    }

    /// Whether a wait leaves time for another attempt.
    fn in_time(&self, journey: &Journey<'_>, wait: Duration) -> bool {
        journey
            .until
            .is_none_or(|until| until.saturating_duration_since(self.wire.clock.instant()) > wait)
    }
}
