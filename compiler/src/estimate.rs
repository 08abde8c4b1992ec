//! How long reading and writing records takes at least: what limits, page sizes and batches leave open.
//!
//! Only what the spec says counts. A call that takes no time at all still waits for the limit, so no run is faster;
//! how much slower one is depends on the provider.

mod syncs;

pub use syncs::{Calls, Case, SyncEstimate, estimate_syncs};

use crate::ir::{Integration, Ir, LimitKind, Next, Operation, Pagination, Resource, Upsert};
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
            let list = resource.list.as_ref().map(|list| (Work::Read, &list.operation));
            let upsert = resource.upsert.as_ref().map(|upsert| (Work::Write, &upsert.operation));
            let of = move |(work, name): (Work, &String)| {
                let operation = integration.operations.get(name)?;
                of(integration, resource, (work, operation), records)
            };
            list.into_iter().chain(upsert).filter_map(of)
        })
        .collect()
}

fn of(
    integration: &Integration,
    resource: &Resource,
    (work, operation): (Work, &Operation),
    records: u64,
) -> Option<Estimate> {
    let (per_call, calls) = match (work, &resource.upsert) {
        (Work::Write, Some(upsert)) => {
            let batch = batch(upsert);
            (Some(batch), records.div_ceil(batch))
        }
        _ => {
            let pagination = operation.pagination.as_ref()?;
            (per_page(pagination, records), pages(pagination, records))
        }
    };
    let cost = |limit: &str| Some((cost(integration, limit, operation)?, calls));
    let (least, limit) = longest(integration, |limit| cost(limit).into_iter().collect());
    Some(Estimate {
        integration: integration.name.clone(),
        resource: resource.name.clone(),
        work,
        operation: operation.name.clone(),
        per_call,
        calls,
        least,
        limit,
    })
}

/// The most records in one write.
fn batch(upsert: &Upsert) -> u64 {
    u64::try_from(upsert.batch).unwrap_or(1).max(1)
}

/// Records on a page; `None` where the spec does not say.
fn per_page(pagination: &Pagination, records: u64) -> Option<u64> {
    match pagination.next {
        // One answer has them all.
        Next::Single => Some(records.max(1)),
        _ => {
            let size = pagination.size.as_ref()?;
            Some(u64::try_from(size.value).unwrap_or(1).max(1))
        }
    }
}

/// Calls that a listing of so many records takes at least. Even nothing is read by a call.
fn pages(pagination: &Pagination, records: u64) -> u64 {
    let full = match per_page(pagination, records) {
        Some(size) => records.div_ceil(size),
        None => u64::from(records > 0),
    };
    // Where nothing else tells the end, one more page does, which is empty.
    let until_empty = match &pagination.next {
        Next::Offset { total, more, .. } | Next::Page { total, more, .. } => {
            total.is_none() && more.is_none()
        }
        Next::After { more, .. } => more.is_none(),
        Next::Cursor { .. }
        | Next::Url { .. }
        | Next::Link
        | Next::Single
        | Next::Continue { .. } => false,
    };
    (full + u64::from(until_empty)).max(1)
}

/// What a call of an operation counts against a limit; `None` where it does not.
fn cost(integration: &Integration, limit: &str, operation: &Operation) -> Option<u32> {
    let holds = operation.limits.iter().any(|name| name == limit);
    let costs = &integration.limits.get(limit).filter(|_| holds)?.cost;
    let own = costs.iter().find(|(name, _)| *name == operation.name);
    Some(own.map_or(1, |(_, points)| *points))
}

/// The limit of an integration that takes longest, given how many calls of which cost count against each.
fn longest(
    integration: &Integration,
    calls: impl Fn(&str) -> Vec<(u32, u64)>,
) -> (Duration, Option<String>) {
    // At least: what holds for some ways to authorise need not hold.
    let limits = integration.limits.values().filter(|limit| limit.auth.is_empty());
    // Of equal ones the first.
    limits.fold((Duration::ZERO, None), |longest, limit| {
        let wait = waited_for(limit.kind, &calls(&limit.name));
        if wait > longest.0 { (wait, Some(limit.name.clone())) } else { longest }
    })
}

/// What calls of several costs wait for one limit, at least.
fn waited_for(kind: LimitKind, calls: &[(u32, u64)]) -> Duration {
    let sum = calls.iter().fold(0_u64, |sum, (_, calls)| sum.saturating_add(*calls));
    match calls {
        [] => Duration::ZERO,
        [(cost, _), rest @ ..] if rest.iter().all(|(other, _)| other == cost) => {
            waited(kind, sum, *cost)
        }
        // How calls of several costs fill a window is not known; its points are spent at most.
        several => {
            let points = several.iter().fold(0_u64, |sum, (cost, calls)| {
                sum.saturating_add(u64::from(*cost).saturating_mul(*calls))
            });
            waited(kind, points, 1)
        }
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
    fn calls_of_several_costs_spend_points() {
        let kind = LimitKind::Quota { calls: 100, per: Duration::from_secs(10) };
        assert_eq!(waited_for(kind, &[(1, 100), (1, 1)]).as_secs(), 10);
        assert_eq!(waited_for(kind, &[(1, 100), (50, 2)]).as_secs(), 10);
        assert_eq!(waited_for(kind, &[]).as_secs(), 0);
    }

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
