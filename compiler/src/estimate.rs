//! How long a full sync takes at least: what limits, page sizes and batches leave open.
//!
//! Only what the spec says counts. A call that takes no time at all still waits for the limit, so no run is faster;
//! how much slower one is depends on the provider.

use crate::ir::{Integration, Ir, LimitKind, Next, Operation, Resource};
use std::time::Duration;

/// What is done with the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// All are read, by `list`.
    Read,
    /// All are written, by `upsert`.
    Write,
}

/// The least that reading or writing a number of records of one resource takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The integration's name.
    pub integration: String,
    /// The resource's name.
    pub resource: String,
    /// What is done.
    pub work: Work,
    /// The operation that is called.
    pub operation: String,
    /// Records in one call; `None` where the spec does not say, and one call may be enough.
    pub per_call: Option<u64>,
    /// Calls, at least.
    pub calls: u64,
    /// The time, at least.
    pub least: Duration,
    /// The limit that makes it so long; `None` if none does.
    pub limit: Option<String>,
}

/// Estimates for all resources that can be read or written as a whole.
#[must_use]
pub fn estimate(ir: &Ir, records: u64) -> Vec<Estimate> {
    let resources = ir.integrations.iter().flat_map(|i| i.resources.values().map(move |r| (i, r)));
    resources
        .flat_map(|(integration, resource)| {
            let read = read(resource, integration, records);
            let write = resource
                .upsert
                .as_ref()
                .map(|upsert| (Work::Write, &upsert.operation, u64::try_from(upsert.batch).ok()));
            read.into_iter().chain(write).filter_map(move |(work, name, per_call)| {
                let operation = integration.operations.get(name)?;
                Some(of(integration, resource, (work, operation), per_call, records))
            })
        })
        .collect()
}

fn read<'r>(
    resource: &'r Resource,
    integration: &Integration,
    records: u64,
) -> Option<(Work, &'r String, Option<u64>)> {
    let list = resource.list.as_ref()?;
    let pagination = integration.operations.get(&list.operation)?.pagination.as_ref()?;
    if matches!(pagination.next, Next::Single) {
        // One answer has them all.
        return Some((Work::Read, &list.operation, Some(records.max(1))));
    }
    let size = pagination.size.as_ref().and_then(|size| u64::try_from(size.value).ok());
    Some((Work::Read, &list.operation, size))
}

fn of(
    integration: &Integration,
    resource: &Resource,
    (work, operation): (Work, &Operation),
    per_call: Option<u64>,
    records: u64,
) -> Estimate {
    // Even nothing is read by a call.
    let calls = match (work, per_call) {
        (_, Some(per_call)) => records.div_ceil(per_call.max(1)),
        (_, None) => 1,
    };
    let calls = if work == Work::Read { calls.max(1) } else { calls };
    let limits = operation.limits.iter().filter_map(|name| integration.limits.get(name));
    // At least: what holds for some ways to authorise need not hold.
    let limits = limits.filter(|limit| limit.auth.is_empty());
    let waits = limits.map(|limit| {
        let cost = limit.cost.iter().find(|(name, _)| *name == operation.name);
        (waited(limit.kind, calls, cost.map_or(1, |(_, points)| *points)), &limit.name)
    });
    // Of equal ones the first.
    let longest = waits.fold(None, |longest: Option<(Duration, &String)>, next| match longest {
        Some(longest) if longest.0 >= next.0 => Some(longest),
        _ => Some(next),
    });
    let longest = longest.filter(|(wait, _)| !wait.is_zero());
    Estimate {
        integration: integration.name.clone(),
        resource: resource.name.clone(),
        work,
        operation: operation.name.clone(),
        per_call,
        calls,
        least: longest.map_or(Duration::ZERO, |(wait, _)| wait),
        limit: longest.map(|(_, name)| name.clone()),
    }
}

/// What the last of so many calls waits, each of so many points: a window is full after its calls, and the next begins when
/// it is over.
fn waited(kind: LimitKind, calls: u64, cost: u32) -> Duration {
    match kind {
        LimitKind::Quota { calls: quota, per } => {
            let a_window = u64::from(quota / cost.max(1)).max(1);
            let windows = calls.saturating_sub(1) / a_window;
            let seconds = per.as_secs().saturating_mul(windows);
            let nanos = u64::from(per.subsec_nanos()).saturating_mul(windows);
            Duration::from_secs(seconds).saturating_add(Duration::from_nanos(nanos))
        }
        // How long a call takes is the provider's affair.
        LimitKind::Concurrency(_) => Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_waited_for() {
        let quota = |calls, seconds| LimitKind::Quota { calls, per: Duration::from_secs(seconds) };
        let waits = |kind, calls| waited(kind, calls, 1).as_secs();
        assert_eq!(waits(quota(100, 10), 0), 0);
        assert_eq!(waits(quota(100, 10), 100), 0);
        assert_eq!(waits(quota(100, 10), 101), 10);
        assert_eq!(waits(quota(100, 10), 1_000), 90);
        assert_eq!(waits(quota(1, 1), 5), 4);
        assert_eq!(waits(LimitKind::Concurrency(1), 1_000), 0);
        // Of 100 points, a window has two calls of 50.
        assert_eq!(waited(quota(100, 10), 1_000, 50).as_secs(), 4_990);
        assert_eq!(waited(quota(100, 10), 3, 60).as_secs(), 20);
        let half = LimitKind::Quota { calls: 1, per: Duration::from_millis(500) };
        assert_eq!(waited(half, 4, 1), Duration::from_millis(1_500));
        assert!(waited(quota(1, u64::MAX), u64::MAX, 1) > Duration::from_secs(1));
    }
}
