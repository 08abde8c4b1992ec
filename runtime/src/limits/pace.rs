//! What is learnt of a limit that nobody documents: additive increase, multiplicative decrease.
//!
//! Calls are counted, and go as they come until one is refused. What went well lately says how fast calls may be: from then
//! on they are spread out a little below that, and come faster again, slowly at first, until one is refused. After a while
//! without a refusal it is forgotten.

use std::time::{Duration, Instant};

/// Of what went well before a refusal so much is asked for after it.
const DECREASE: f64 = 0.85;

/// How much faster calls come with each second. It is twice as much after ten seconds, and grows with the square of the
/// time, so that a fault that passes does not slow calls down for long.
const INCREASE: f64 = 0.005;

/// No slower: what allows less says how long to wait, and that is waited for.
const SLOWEST: f64 = 0.5;

/// So many seconds' worth of calls may go at once.
const BURST: f64 = 0.1;

/// Fewer calls than that are not refused for their speed.
const FEW: f64 = 5.0;

/// What was so many seconds ago counts half.
const HALF: f64 = 30.0;

/// Who makes no call for so long begins anew, unless calls are held back.
const IDLE: Duration = Duration::from_secs(10);

/// Without a refusal for so long, there is no limit.
const MEMORY: Duration = Duration::from_secs(10 * 60);

/// How fast calls go.
#[derive(Debug)]
pub(super) struct Pace {
    /// Calls a second; `None`: as they come.
    rate: Option<f64>,
    refused: Option<Instant>,
    /// The newest call at that time: older ones were refused for the same.
    newest: u64,
    /// Calls that went well, in how many seconds; what was long ago counts less.
    well: (f64, f64),
    /// Calls since then.
    calls: u32,
    since: Instant,
    /// Calls that may go at once, as of when.
    free: f64,
    filled: Instant,
    taken: Instant,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Pace {
            rate: None,
            refused: None,
            newest: 0,
            well: (0.0, 0.0),
            calls: 0,
            since: now,
            free: 0.0,
            filled: now,
            taken: now,
        }
    }

    /// A call was refused. `newest` is the last one that was made.
    pub(super) fn refused(&mut self, call: u64, newest: u64, now: Instant) {
        if call <= self.newest {
            return;
        }
        self.calls = self.calls.saturating_sub(1);
        self.count(now);
        (self.refused, self.newest) = (Some(now), newest);
        let (calls, seconds) = self.well;
        if self.rate.is_none() && calls < FEW {
            return;
        }
        let good = (calls / seconds.max(1.0)).min(self.rate.unwrap_or(f64::MAX));
        self.rate = Some((good * DECREASE).max(SLOWEST));
        (self.free, self.filled, self.taken) = (0.0, now, now);
    }

    /// When a call may be made: `None` for now.
    pub(super) fn free_at(&mut self, now: Instant) -> Option<Instant> {
        if self.refused.is_some_and(|at| now.saturating_duration_since(at) >= MEMORY) {
            (self.rate, self.refused) = (None, None);
        }
        let rate = self.rate?;
        let since = now.saturating_duration_since(self.filled).as_secs_f64();
        self.free = (self.free + since * rate).min((rate * BURST).max(1.0));
        self.filled = now;
        // What is missing for the precision of clocks is not waited for.
        let missing = 1.0 - self.free;
        (missing > 1e-6).then(|| now + Duration::from_secs_f64(missing / rate))
    }

    pub(super) fn take(&mut self, now: Instant) {
        let idle = now.saturating_duration_since(self.taken);
        if self.refused.is_none() && idle >= IDLE {
            (self.well, self.calls, self.since) = ((0.0, 0.0), 0, now);
        } else if now.saturating_duration_since(self.since).as_secs_f64() >= HALF {
            self.count(now);
        }
        self.calls = self.calls.saturating_add(1);
        self.taken = now;
        if let (Some(rate), Some(refused)) = (&mut self.rate, self.refused) {
            self.free -= 1.0;
            let tens = now.saturating_duration_since(refused).as_secs_f64() / 10.0;
            // Who makes no calls learns nothing.
            let seconds = idle.as_secs_f64().min(1.0 / SLOWEST);
            *rate *= 1.0 + INCREASE * (1.0 + tens * tens) * seconds;
        }
    }

    pub(super) fn unsent(&mut self) {
        self.calls = self.calls.saturating_sub(1);
        self.free += 1.0;
    }

    /// Adds what happened since the last time to what went well.
    fn count(&mut self, now: Instant) {
        let seconds = now.saturating_duration_since(self.since).as_secs_f64();
        let left = 0.5_f64.powf(seconds / HALF);
        // Of the time since then, the older half counts less, too.
        let lately = HALF / std::f64::consts::LN_2 * (1.0 - left);
        let weight = if seconds > 0.0 { lately / seconds } else { 1.0 };
        let (calls, time) = self.well;
        self.well = (calls * left + f64::from(self.calls) * weight, time * left + lately);
        (self.calls, self.since) = (0, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls that go within a time, as fast as they may: a thousand in a second without limits.
    fn calls(pace: &mut Pace, from: Instant, seconds: u64) -> u32 {
        let end = from + Duration::from_secs(seconds);
        let (mut now, mut count) = (from, 0);
        while now < end {
            match pace.free_at(now) {
                Some(until) => now = until,
                None => {
                    pace.take(now);
                    count += 1;
                    now += Duration::from_millis(1);
                }
            }
        }
        count
    }

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn a_refusal_slows_calls_down_and_they_come_faster_again() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        assert_eq!(calls(&mut pace, start, 2), 2_000, "nothing is known yet");
        pace.refused(2_000, 2_020, after(start, 2));
        let slower = calls(&mut pace, after(start, 2), 5);
        assert!((4_200..4_400).contains(&slower), "{slower}");
        // One of the calls that were on their way says nothing new.
        pace.refused(2_015, 9_999, after(start, 7));
        let faster = calls(&mut pace, after(start, 7), 5);
        assert!((4_400..4_700).contains(&faster), "{faster}");
        pace.refused(20_000, 20_000, after(start, 12));
        let slower = calls(&mut pace, after(start, 12), 5);
        assert!((3_500..4_200).contains(&slower), "{slower}");
    }

    #[test]
    fn a_fault_that_passes_is_made_up_for() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let mut now = start;
        calls(&mut pace, now, 2);
        // For a minute every call is refused.
        for call in 2_000..2_060 {
            now += Duration::from_secs(1);
            pace.take(now);
            pace.refused(call, call, now);
        }
        assert!(calls(&mut pace, now, 5) < 2_000);
        assert!(calls(&mut pace, now + Duration::from_secs(5), 120) > 30_000);
    }

    #[test]
    fn what_was_long_ago_is_forgotten() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        calls(&mut pace, start, 1);
        pace.refused(1_000, 1_000, after(start, 1));
        assert!(pace.free_at(after(start, 1)).is_some());
        assert_eq!(pace.free_at(after(start, 1) + MEMORY), None);
        assert_eq!(calls(&mut pace, after(start, 1) + MEMORY, 2), 2_000);
    }

    #[test]
    fn few_calls_are_not_refused_for_their_speed() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        for call in 1..10 {
            let now = after(start, call * 60);
            pace.take(now);
            pace.refused(call, call, now);
            assert_eq!(pace.free_at(now), None);
        }
    }

    #[test]
    fn it_is_never_slower_than_a_call_in_two_seconds() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        calls(&mut pace, start, 1);
        for call in 1_000..2_000 {
            pace.refused(call, call, after(start, call));
        }
        let now = after(start, 1_999);
        assert_eq!(pace.free_at(now), Some(after(now, 2)));
        assert_eq!(pace.free_at(after(now, 2)), None);
    }
}
