//! A quota: so many calls in any window of a length.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Calls that others make are believed in for this long at most; then a call of ours asks again.
const BELIEF: Duration = Duration::from_secs(15 * 60);

/// No window is longer; instants stay in range.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// A quota, with the calls that count against it.
///
/// Providers count a call when it arrives, which is some time between sending it and its answer. So a call counts
/// from its answer, but no longer than a tenth of the window (at most a second) after it was sent: then windows hold
/// on the provider's clock too, and slow answers do not slow down calls.
#[derive(Debug)]
pub(super) struct Window {
    calls: u32,
    per: Duration,
    /// What our calls took, by when they stop counting.
    ours: BTreeMap<(Instant, u64), u32>,
    /// The sum of these.
    took: u32,
    /// What those of ours took that are not answered.
    in_flight: u32,
    /// Calls that others must have made, by when they stop counting.
    others: BTreeMap<Instant, u32>,
    /// The newest call whose answer was heard: what older calls' answers say is outdated.
    heard: u64,
}

impl Window {
    pub(super) fn new(calls: u32, per: Duration) -> Self {
        Window {
            calls,
            per: per.min(LONGEST),
            ours: BTreeMap::new(),
            took: 0,
            in_flight: 0,
            others: BTreeMap::new(),
            heard: 0,
        }
    }

    /// When a call that takes so much may be made: `None` for now.
    pub(super) fn free_at(&mut self, cost: u32, now: Instant) -> Option<Instant> {
        self.forget(now);
        let mut missing = self.used().saturating_add(cost).saturating_sub(self.calls);
        if missing == 0 {
            return None;
        }
        let mut ours = self.ours.iter().map(|((until, _), took)| (*until, *took)).peekable();
        let mut others = self.others.iter().map(|(until, took)| (*until, *took)).peekable();
        while missing > 0 {
            let first = match (ours.peek(), others.peek()) {
                (Some((a, _)), Some((b, _))) if b < a => others.next(),
                (Some(_), _) => ours.next(),
                (None, _) => others.next(),
            };
            // A quota of no calls is never free; look again after a window.
            let Some((until, took)) = first else { return Some(now + self.per) };
            missing = missing.saturating_sub(took);
            if missing == 0 {
                return Some(until);
            }
        }
        None
    }

    /// Counts a call; [`Window::sent`] follows, or [`Window::unsent`].
    pub(super) fn take(&mut self, call: u64, cost: u32, now: Instant) {
        self.ours.insert((self.at_latest(now), call), cost);
        self.took = self.took.saturating_add(cost);
        self.in_flight = self.in_flight.saturating_add(cost);
    }

    /// The call goes out later than it was taken.
    pub(super) fn sent(&mut self, call: u64, taken: Instant, now: Instant) {
        if let Some(cost) = self.ours.remove(&(self.at_latest(taken), call)) {
            self.ours.insert((self.at_latest(now), call), cost);
        }
    }

    /// The call does not go out.
    pub(super) fn unsent(&mut self, call: u64, cost: u32, taken: Instant) {
        if let Some(cost) = self.ours.remove(&(self.at_latest(taken), call)) {
            self.took = self.took.saturating_sub(cost);
        }
        self.in_flight = self.in_flight.saturating_sub(cost);
    }

    /// The call was answered, or given up.
    pub(super) fn answered(&mut self, call: u64, cost: u32, sent: Instant, now: Instant) {
        let latest = self.at_latest(sent);
        if now + self.per < latest
            && let Some(cost) = self.ours.remove(&(latest, call))
        {
            self.ours.insert((now + self.per, call), cost);
        }
        self.in_flight = self.in_flight.saturating_sub(cost);
    }

    /// The provider says how many calls are left: calls of others count, too.
    pub(super) fn observe(&mut self, call: u64, left: u32, reset: Option<Duration>, now: Instant) {
        if call < self.heard {
            return;
        }
        self.heard = call;
        self.forget(now);
        let ours = self.took;
        // The provider may not have seen yet what is in flight.
        let seen = ours.saturating_sub(self.in_flight);
        let others = self.calls.saturating_sub(left).saturating_sub(seen);
        let believed: u32 = self.others.values().sum();
        if others > believed {
            // A window ends within its length: a reset further away has another unit or clock than declared.
            let until = now + reset.unwrap_or(BELIEF).min(self.per);
            *self.others.entry(until).or_default() += others - believed;
        } else {
            self.release(believed - others);
        }
    }

    fn release(&mut self, mut count: u32) {
        while count > 0 {
            let Some(mut last) = self.others.last_entry() else { return };
            let gone = count.min(*last.get());
            count -= gone;
            *last.get_mut() -= gone;
            if *last.get() == 0 {
                last.remove();
            }
        }
    }

    fn at_latest(&self, sent: Instant) -> Instant {
        sent + (self.per / 10).min(Duration::from_secs(1)) + self.per
    }

    fn used(&self) -> u32 {
        self.others.values().fold(self.took, |sum, count| sum.saturating_add(*count))
    }

    fn forget(&mut self, now: Instant) {
        while let Some(first) = self.ours.first_entry().filter(|first| first.key().0 <= now) {
            self.took = self.took.saturating_sub(first.remove());
        }
        while self.others.first_key_value().is_some_and(|(until, _)| *until <= now) {
            self.others.pop_first();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(start: Instant, n: u64) -> Instant {
        start + Duration::from_secs(n)
    }

    fn call(window: &mut Window, id: u64, at: Instant) {
        assert_eq!(window.free_at(1, at), None, "call {id}");
        window.take(id, 1, at);
        window.answered(id, 1, at, at);
    }

    #[test]
    fn holds_in_any_window() {
        let t = Instant::now();
        let mut window = Window::new(2, Duration::from_secs(10));
        call(&mut window, 1, t);
        call(&mut window, 2, second(t, 6));
        assert_eq!(window.free_at(1, second(t, 9)), Some(second(t, 10)));
        call(&mut window, 3, second(t, 10));
        assert_eq!(window.free_at(1, second(t, 11)), Some(second(t, 16)));
    }

    #[test]
    fn a_call_counts_from_its_answer_but_not_much_later_than_it_was_sent() {
        let t = Instant::now();
        let millis = |n| t + Duration::from_millis(n);
        let mut window = Window::new(1, Duration::from_secs(10));
        window.take(1, 1, t);
        assert_eq!(window.free_at(1, t), Some(second(t, 11)));
        window.answered(1, 1, t, millis(200));
        assert_eq!(window.free_at(1, t), Some(millis(10_200)));

        let mut window = Window::new(1, Duration::from_secs(10));
        window.take(1, 1, t);
        window.answered(1, 1, t, second(t, 30));
        assert_eq!(window.free_at(1, second(t, 30)), None);
    }

    #[test]
    fn calls_of_others_count_until_the_reset() {
        let t = Instant::now();
        let mut window = Window::new(10, Duration::from_secs(60));
        call(&mut window, 1, t);
        window.observe(1, 0, Some(Duration::from_secs(20)), t);
        assert_eq!(window.free_at(1, t), Some(second(t, 20)));
        assert_eq!(window.free_at(1, second(t, 20)), None);
    }

    #[test]
    fn a_reset_further_away_than_the_window_is_not_believed() {
        let t = Instant::now();
        let mut window = Window::new(10, Duration::from_secs(60));
        call(&mut window, 1, t);
        window.observe(1, 0, Some(Duration::from_secs(1_763_800_000)), t);
        assert_eq!(window.free_at(1, t), Some(second(t, 60)));
        for id in 2..=11 {
            call(&mut window, id, second(t, 60));
        }
    }

    #[test]
    fn what_the_provider_takes_back_is_free_again_and_old_news_is_ignored() {
        let t = Instant::now();
        let mut window = Window::new(3, Duration::from_secs(60));
        window.take(1, 1, t);
        window.take(2, 1, t);
        window.answered(2, 1, t, t);
        window.observe(2, 0, None, t);
        assert!(window.free_at(1, t).is_some());
        window.answered(1, 1, t, t);
        window.observe(1, 2, None, t);
        assert!(window.free_at(1, t).is_some(), "call 1 was sent before call 2");
        window.observe(3, 1, None, t);
        assert_eq!(window.free_at(1, t), None);
    }

    #[test]
    fn points_wait_until_enough_of_them_are_free() {
        let t = Instant::now();
        let mut window = Window::new(10, Duration::from_secs(10));
        for (id, cost, at) in [(1, 4, 0), (2, 3, 2), (3, 3, 4)] {
            assert_eq!(window.free_at(cost, second(t, at)), None);
            window.take(id, cost, second(t, at));
            window.answered(id, cost, second(t, at), second(t, at));
        }
        assert_eq!(window.free_at(1, second(t, 5)), Some(second(t, 10)));
        assert_eq!(window.free_at(5, second(t, 5)), Some(second(t, 12)));
        assert_eq!(window.free_at(10, second(t, 5)), Some(second(t, 14)));
        assert_eq!(window.free_at(4, second(t, 10)), None);
        assert_eq!(window.free_at(7, second(t, 12)), None);
        assert_eq!(window.free_at(8, second(t, 12)), Some(second(t, 14)));
    }

    #[test]
    fn our_own_calls_are_not_counted_twice() {
        let t = Instant::now();
        let mut window = Window::new(100, Duration::from_secs(10));
        for id in 1..=100 {
            call(&mut window, id, t);
            window.observe(id, 100 - u32::try_from(id).unwrap_or(0), None, t);
        }
        assert_eq!(window.free_at(1, second(t, 10)), None, "all hundred ended together");
    }
}
