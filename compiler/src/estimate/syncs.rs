//! How long a run of a sync takes at least: from nothing that changed to everything that is new.

use super::{batch, cost, longest, pages, per_page};
use crate::ir::{Integration, Ir, Operation, ResourceRef, Sync};
use std::time::Duration;

/// What a run finds. Others lie between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A run after which nothing changed: it reads what it must to know that.
    NoneChanged,
    /// A first run whose records are all wanted: every record is read, and written to the target.
    AllWritten,
}

/// Calls of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calls {
    /// The integration's name.
    pub integration: String,
    /// The operation's name.
    pub operation: String,
    /// How many, at least.
    pub calls: u64,
}

/// The least that a run of a sync takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncEstimate {
    /// The sync's name.
    pub sync: String,
    /// What the run finds.
    pub case: Case,
    /// The calls of each operation; of lookups, whose size nobody knows, one.
    pub calls: Vec<Calls>,
    /// The time, at least.
    pub least: Duration,
    /// The limit that makes it so long, as `integration.limit`; `None` if none does.
    pub limit: Option<String>,
}

impl SyncEstimate {
    /// All calls.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.calls.iter().fold(0, |sum, of| sum.saturating_add(of.calls))
    }
}

/// Two estimates for each sync whose source has so many records.
#[must_use]
pub fn estimate_syncs(ir: &Ir, records: u64) -> Vec<SyncEstimate> {
    let cases = [Case::NoneChanged, Case::AllWritten];
    let of = |sync| cases.into_iter().filter_map(move |case| run(ir, sync, case, records));
    ir.syncs.iter().flat_map(of).collect()
}

fn run(ir: &Ir, sync: &Sync, case: Case, records: u64) -> Option<SyncEstimate> {
    let mut spent = Spent { ir, calls: Vec::new() };
    for lookup in sync.lookups.values() {
        spent.list(&lookup.resource, 1);
    }
    let source = ir.integrations.get(sync.source.integration.0)?;
    let resource = source.resources.get(&sync.source.resource)?;
    match (case, &resource.changes) {
        (Case::NoneChanged, Some(changes)) => {
            spent.add(source, source.operations.get(&changes.operation)?, 1);
        }
        _ => spent.list(&sync.source, records),
    }
    if case == Case::AllWritten {
        let target = ir.integrations.get(sync.target.integration.0)?;
        let upsert = target.resources.get(&sync.target.resource)?.upsert.as_ref()?;
        let list = resource.list.as_ref().and_then(|list| source.operations.get(&list.operation));
        let page = list.and_then(|list| per_page(list.pagination.as_ref()?, records));
        let writes = writes(records, page, batch(upsert));
        spent.add(target, target.operations.get(&upsert.operation)?, writes);
    }
    let (least, limit) = spent.least();
    Some(SyncEstimate { sync: sync.name.clone(), case, calls: spent.told(), least, limit })
}

/// Calls that write the records of pages: a batch never goes beyond its page.
fn writes(records: u64, page: Option<u64>, batch: u64) -> u64 {
    match page {
        Some(page) => {
            let full = (records / page).saturating_mul(page.div_ceil(batch));
            full.saturating_add((records % page).div_ceil(batch))
        }
        None => records.div_ceil(batch),
    }
}

/// Calls of operations.
struct Spent<'i> {
    ir: &'i Ir,
    calls: Vec<(&'i Integration, &'i Operation, u64)>,
}

impl<'i> Spent<'i> {
    fn add(&mut self, integration: &'i Integration, operation: &'i Operation, calls: u64) {
        let known = self
            .calls
            .iter_mut()
            .find(|(of, known, _)| of.name == integration.name && known.name == operation.name);
        match known {
            Some((.., count)) => *count = count.saturating_add(calls),
            None => self.calls.push((integration, operation, calls)),
        }
    }

    /// Reads a resource as a whole.
    fn list(&mut self, resource: &ResourceRef, records: u64) {
        let Some(integration) = self.ir.integrations.get(resource.integration.0) else { return };
        let list = integration.resources.get(&resource.resource).and_then(|r| r.list.as_ref());
        let operation = list.and_then(|list| integration.operations.get(&list.operation));
        if let Some((operation, plan)) = operation.and_then(|o| Some((o, o.pagination.as_ref()?))) {
            self.add(integration, operation, pages(plan, records));
        }
    }

    /// The time at least, and the limit that makes it so long. Calls of several integrations may wait at once.
    fn least(&self) -> (Duration, Option<String>) {
        self.ir.integrations.iter().fold((Duration::ZERO, None), |known, integration| {
            let (wait, limit) = longest(integration, |limit| {
                let own = self.calls.iter().filter(|(of, ..)| of.name == integration.name);
                own.filter_map(|(of, operation, calls)| Some((cost(of, limit, operation)?, *calls)))
                    .collect()
            });
            match limit {
                Some(limit) if wait > known.0 => {
                    (wait, Some(format!("{}.{limit}", integration.name)))
                }
                _ => known,
            }
        })
    }

    fn told(self) -> Vec<Calls> {
        let told = self.calls.into_iter().map(|(integration, operation, calls)| Calls {
            integration: integration.name.clone(),
            operation: operation.name.clone(),
            calls,
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::writes;

    #[test]
    fn batches_end_with_their_page() {
        assert_eq!(writes(1_000, Some(100), 200), 10);
        assert_eq!(writes(1_000, Some(100), 30), 40);
        assert_eq!(writes(1_050, Some(100), 30), 42);
        assert_eq!(writes(0, Some(100), 30), 0);
        assert_eq!(writes(1_000, None, 200), 5);
    }
}
