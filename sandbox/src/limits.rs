//! The declared limits, enforced over a real window and announced.

use gusset_compiler::ir::{Integration, Limit, LimitKind, Operation, ResetUnit, Scope};
use std::collections::{HashMap, VecDeque};

/// What is used of the limits.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    /// Times of calls in the window and what they took, by limit and connection.
    calls: HashMap<(String, String), VecDeque<(i64, u32)>>,
    /// Calls under way, by limit and connection.
    running: HashMap<(String, String), u32>,
}

/// A limit that is used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exceeded {
    pub(crate) limit: String,
    /// Seconds until there is room again.
    pub(crate) retry_after: i64,
}

/// Keys of concurrency limits that a call holds until it ends.
pub(crate) type Held = Vec<(String, String)>;

impl Usage {
    /// Counts a call against all its limits, or against none if one is used up.
    pub(crate) fn enter(
        &mut self,
        integration: &Integration,
        operation: &Operation,
        connection: &str,
        now: i64,
    ) -> Result<Held, Exceeded> {
        for limit in applying(integration, operation, connection) {
            if let Some(exceeded) = self.exceeded(limit, cost(limit, operation), connection, now) {
                return Err(exceeded);
            }
        }
        let mut held = Held::new();
        for limit in applying(integration, operation, connection) {
            let key = key(limit, connection);
            match limit.kind {
                LimitKind::Quota { .. } => {
                    self.calls.entry(key).or_default().push_back((now, cost(limit, operation)))
                }
                LimitKind::Concurrency(_) => {
                    *self.running.entry(key.clone()).or_default() += 1;
                    held.push(key);
                }
            }
        }
        Ok(held)
    }

    /// A call ended.
    pub(crate) fn leave(&mut self, held: Held) {
        for key in held {
            if let Some(running) = self.running.get_mut(&key) {
                *running = running.saturating_sub(1);
            }
        }
    }

    fn exceeded(
        &mut self,
        limit: &Limit,
        cost: u32,
        connection: &str,
        now: i64,
    ) -> Option<Exceeded> {
        let key = key(limit, connection);
        match limit.kind {
            LimitKind::Quota { calls, per } => {
                let per = millis(per);
                let window = self.window(&key, per, now);
                let mut missing = (used(window) + u64::from(cost))
                    .checked_sub(u64::from(calls))
                    .filter(|missing| *missing > 0)?;
                let mut free = now;
                for (at, took) in window {
                    free = at.saturating_add(per);
                    missing = missing.saturating_sub(u64::from(*took));
                    if missing == 0 {
                        break;
                    }
                }
                Some(Exceeded { limit: limit.name.clone(), retry_after: (free - now + 999) / 1000 })
            }
            LimitKind::Concurrency(most) => {
                let running = self.running.get(&key).copied().unwrap_or(0);
                (running >= most).then(|| Exceeded { limit: limit.name.clone(), retry_after: 1 })
            }
        }
    }

    fn window(&mut self, key: &(String, String), per: i64, now: i64) -> &VecDeque<(i64, u32)> {
        let calls = self.calls.entry(key.clone()).or_default();
        while calls.front().is_some_and(|(at, _)| at.saturating_add(per) <= now) {
            calls.pop_front();
        }
        calls
    }

    /// What responses tell about the limits of an operation.
    pub(crate) fn announce(
        &mut self,
        integration: &Integration,
        operation: &Operation,
        connection: &str,
        now: i64,
    ) -> Vec<(String, String)> {
        let mut headers = Vec::new();
        for limit in applying(integration, operation, connection) {
            let LimitKind::Quota { calls, per } = limit.kind else { continue };
            let per = millis(per);
            let window = self.window(&key(limit, connection), per, now);
            let used = used(window);
            let free = window.front().map_or(now, |(first, _)| first.saturating_add(per));
            if let Some(name) = &limit.observe.remaining {
                headers.push((name.clone(), u64::from(calls).saturating_sub(used).to_string()));
            }
            if let Some((name, unit)) = &limit.observe.reset {
                headers.push((name.clone(), reset(*unit, free, now)));
            }
            if let Some((name, pattern)) = &limit.observe.usage {
                let text = pattern
                    .replace("{used}", &used.to_string())
                    .replace("{limit}", &calls.to_string());
                headers.push((name.clone(), text));
            }
        }
        headers
    }
}

fn applying<'i>(
    integration: &'i Integration,
    operation: &'i Operation,
    way: &'i str,
) -> impl Iterator<Item = &'i Limit> {
    let limits = operation.limits.iter().filter_map(|name| integration.limits.get(name));
    // Connections are called like the way that they authorise in.
    limits.filter(move |limit| limit.holds_for(way))
}

/// How much of a limit a call takes.
fn cost(limit: &Limit, operation: &Operation) -> u32 {
    limit.cost.iter().find(|(name, _)| *name == operation.name).map_or(1, |(_, points)| *points)
}

fn used(window: &VecDeque<(i64, u32)>) -> u64 {
    window.iter().map(|(_, took)| u64::from(*took)).sum()
}

fn key(limit: &Limit, connection: &str) -> (String, String) {
    match limit.scope {
        Scope::Connection => (limit.name.clone(), connection.to_owned()),
        Scope::App => (limit.name.clone(), String::new()),
    }
}

fn millis(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn reset(unit: ResetUnit, free: i64, now: i64) -> String {
    match unit {
        ResetUnit::Seconds => ((free - now + 999) / 1000).to_string(),
        ResetUnit::Millis => (free - now).to_string(),
        ResetUnit::EpochSeconds => ((free + 999) / 1000).to_string(),
        ResetUnit::EpochMillis => free.to_string(),
        ResetUnit::Date => crate::values::date_time(free),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::time::Duration;

    #[test]
    fn reset_is_told_as_declared() {
        let (free, now) = (1_790_000_005_500, 1_790_000_000_000);
        let told = |unit| reset(unit, free, now);
        assert_eq!(told(ResetUnit::Seconds), "6");
        assert_eq!(told(ResetUnit::Millis), "5500");
        assert_eq!(told(ResetUnit::EpochSeconds), "1790000006");
        assert_eq!(told(ResetUnit::EpochMillis), "1790000005500");
        assert_eq!(
            told(ResetUnit::Date).parse::<jiff::Timestamp>().unwrap().as_millisecond(),
            free
        );
    }

    #[test]
    fn concurrency_counts_calls_under_way() {
        let place = gusset_compiler::source::Sources::new().with_file("a", "").read("a".as_ref());
        let limit = Limit {
            name: "slots".to_owned(),
            kind: LimitKind::Concurrency(2),
            scope: Scope::Connection,
            operations: Vec::new(),
            auth: Vec::new(),
            cost: Vec::new(),
            observe: gusset_compiler::ir::Observe::default(),
            place: gusset_compiler::source::Place::root(place.unwrap()),
        };
        let mut usage = Usage::default();
        let slot = key(&limit, "a");
        usage.running.insert(slot.clone(), 2);
        let full = Exceeded { limit: "slots".to_owned(), retry_after: 1 };
        assert_eq!(usage.exceeded(&limit, 1, "a", 0), Some(full));
        assert_eq!(usage.exceeded(&limit, 1, "b", 0), None, "another connection");
        usage.leave(vec![slot]);
        assert_eq!(usage.exceeded(&limit, 1, "a", 0), None);
        assert_eq!(millis(Duration::from_secs(1)), 1000);
    }
}
