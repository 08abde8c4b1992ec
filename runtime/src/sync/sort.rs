//! What is to happen with each record of a page. Nothing here reads, writes or waits.

use super::state::{Counts, Run};
use super::store::{Entry, Quarantined, Stage};
use super::{Decision, ReadPage, Rejected, Sync, Write};
use jiff::Timestamp;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{HashMap, HashSet};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128, xxh3_128_with_seed};

/// What one step does, filled in as it goes.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// What is written; no key twice.
    pub(super) writes: Vec<Write>,
    /// Keys of those that may have been written otherwise before.
    pub(super) unsure: Vec<String>,
    pub(super) ledger: Vec<(String, Entry)>,
    pub(super) seen: Vec<String>,
    pub(super) quarantined: Vec<Quarantined>,
    pub(super) cleared: Vec<String>,
    /// What it adds to the run's.
    pub(super) counts: Counts,
}

impl Step {
    /// Sets a record aside.
    pub(super) fn set_aside(&mut self, run: &Run, at: Timestamp, record: Aside) {
        self.counts.quarantined += 1;
        if record.stage == Stage::Write {
            self.counts.rejected += 1;
        }
        let Aside { key, stage, reason, record } = record;
        tracing::debug!(key, stage = stage.as_str(), reason, "set aside");
        self.quarantined.push(Quarantined { key, stage, reason, record, at, run: run.number });
    }
}

/// A record to be set aside.
pub(super) struct Aside {
    pub(super) key: String,
    pub(super) stage: Stage,
    pub(super) reason: String,
    pub(super) record: Option<Box<RawValue>>,
}

/// What was written, and where, hashed: the same hash is the same record in the same place.
pub(super) fn hash(write: &Write, target: u64) -> u128 {
    xxh3_128_with_seed(write.body.get().as_bytes(), target)
}

/// A hash of [`Sync::target`].
pub(super) fn target(target: &str) -> u64 {
    xxh3_64(target.as_bytes())
}

/// The keys of the records that count: of records with the same key on one page, the last one.
pub(super) fn keys<S: Sync>(page: &ReadPage<S::Source>) -> Vec<(String, usize)> {
    let mut last = HashMap::with_capacity(page.items.len());
    let keys: Vec<String> = page.items.iter().map(S::key).collect();
    for (index, key) in keys.iter().enumerate() {
        last.insert(key.clone(), index);
    }
    keys.into_iter()
        .enumerate()
        .filter(|(index, key)| last.get(key) == Some(index))
        .map(|(index, key)| (key, index))
        .collect()
}

/// What decisions rest on besides the records.
pub(super) struct Basis<'b, S: Sync> {
    pub(super) sync: &'b S,
    pub(super) lookups: &'b S::Lookups,
    /// The hash of [`Sync::target`].
    pub(super) target: u64,
}

/// Decides about every record of a page.
pub(super) fn sort<S: Sync>(
    by: &Basis<'_, S>,
    run: &Run,
    at: Timestamp,
    page: &ReadPage<S::Source>,
    keys: Vec<(String, usize)>,
    ledger: &HashMap<String, Entry>,
) -> Step {
    let mut step = Step::default();
    step.counts.read = (page.items.len() + page.rejected.len()) as u64;
    step.counts.skipped = (page.items.len() - keys.len()) as u64;
    let mut decoded = HashSet::with_capacity(keys.len());
    for (key, index) in keys {
        decoded.insert(key.clone());
        let Some(record) = page.items.get(index) else { continue };
        match by.sync.decide(record, by.lookups) {
            Ok(Decision::Skip) => {
                step.counts.skipped += 1;
                step.seen.push(key.clone());
                step.cleared.push(key);
            }
            Ok(Decision::Write(write))
                if ledger
                    .get(&key)
                    .is_some_and(|entry| entry.hash == Some(hash(&write, by.target))) =>
            {
                step.counts.skipped += 1;
                step.counts.unchanged += 1;
                step.seen.push(key.clone());
                step.cleared.push(key);
            }
            Ok(Decision::Write(write)) => {
                if ledger.get(&key).is_some_and(|entry| entry.hash.is_some()) {
                    step.unsure.push(key);
                }
                step.writes.push(write);
            }
            Err(error) => {
                let reason = error.to_string();
                step.seen.push(key.clone());
                step.set_aside(run, at, Aside { key, stage: Stage::Map, reason, record: None });
            }
        }
    }
    for record in &page.rejected {
        let aside = undecoded(S::META.key, record);
        // The same key decoded elsewhere on the page: that one counts.
        if decoded.contains(&aside.key) {
            step.counts.skipped += 1;
        } else {
            step.seen.push(aside.key.clone());
            step.set_aside(run, at, aside);
        }
    }
    step
}

fn undecoded(key: &str, record: &Rejected) -> Aside {
    let raw = serde_json::value::to_raw_value(&record.raw).ok();
    let key = match record.raw.pointer(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => {
            let text = raw.as_ref().map_or("", |raw| raw.get());
            format!("#{:032x}", xxh3_128(text.as_bytes()))
        }
    };
    Aside { key, stage: Stage::Decode, reason: record.reason.clone(), record: raw }
}
