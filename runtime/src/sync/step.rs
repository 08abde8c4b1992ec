//! One step: read a page, decide, write, commit.

use super::error::SyncError;
use super::meter::Meter;
use super::observer::{Event, Observer};
use super::report::Report;
use super::sort::{Aside, Step, hash, keys, sort};
use super::state::{Mode, Run, State, SyncId};
use super::store::{Commit, Entry, Stage, Store};
use super::{ReadPage, Sync, Write};
use crate::resources::Outcome;
use crate::{Clock, PageState};
use jiff::Timestamp;

/// What a run works with; none of it is durable.
pub(super) struct Worker<'r, 'm, S: Sync, T> {
    pub(super) sync: &'r S,
    pub(super) store: &'r T,
    pub(super) id: &'r SyncId,
    pub(super) lookups: &'r S::Lookups,
    pub(super) observer: &'r mut dyn Observer,
    pub(super) meter: &'r mut Meter<'m>,
    pub(super) clock: &'r dyn Clock,
    pub(super) resumed: bool,
}

/// What a step leaves behind.
#[expect(clippy::large_enum_variant, reason = "there is one, for the time of a step")]
pub(super) enum After {
    /// The next step starts from here.
    More(State, Run),
    /// The run is complete.
    Complete(Report),
}

impl<S: Sync, T: Store> Worker<'_, '_, S, T> {
    /// Takes the next step of a run.
    ///
    /// All that it leaves behind is committed at once, after the target took the records. A stop in between repeats
    /// the write, which is an upsert.
    pub(super) async fn step(&mut self, state: State, run: Run) -> Result<After, SyncError> {
        if run.page != PageState::Done {
            return self.read(state, run).await;
        }
        if run.mode != Mode::Full {
            let refused = self.store.refused(self.id, run.number, S::META.batch.max(1)).await?;
            if !refused.is_empty() {
                let writes = refused
                    .into_iter()
                    .filter_map(|row| Some(Write { key: row.key, body: row.record? }));
                return self.send_again(state, run, writes.collect()).await;
            }
        }
        self.finish(state, run).await
    }

    /// Reads a page and deals with it.
    async fn read(&mut self, state: State, mut run: Run) -> Result<After, SyncError> {
        let page = self.sync.read(run.mode.since(), &run.page).await.map_err(SyncError::Read)?;
        if page.next == run.page {
            return Err(SyncError::Stuck);
        }
        let read = run.counts.read + (page.items.len() + page.rejected.len()) as u64;
        self.observer.event(&Event::Page { read });

        let keys = keys::<S>(&page);
        let names: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
        let ledger = self.store.ledger(self.id, &names).await?;
        let mut step =
            sort(self.sync, self.lookups, &run, self.clock.timestamp(), &page, keys, &ledger);
        step.counts.pages = 1;
        self.write(&run, &mut step, read).await?;
        move_on::<S>(&mut run, page);
        self.commit(state, run, step).await
    }

    /// Sends records that the target refused in an earlier run: nobody would read them again, as they did not change.
    async fn send_again(
        &mut self,
        state: State,
        run: Run,
        writes: Vec<Write>,
    ) -> Result<After, SyncError> {
        let mut step = Step { writes, ..Step::default() };
        step.counts.resent = step.writes.len() as u64;
        self.write(&run, &mut step, run.counts.read).await?;
        self.commit(state, run, step).await
    }

    async fn write(&mut self, run: &Run, step: &mut Step, read: u64) -> Result<(), SyncError> {
        let writes = std::mem::take(&mut step.writes);
        for batch in writes.chunks(S::META.batch.max(1)) {
            let outcomes = self.sync.write(batch).await.map_err(SyncError::Write)?;
            if outcomes.len() != batch.len() {
                let (written, returned) = (batch.len(), outcomes.len());
                return Err(SyncError::Outcomes { written, returned });
            }
            self.observer.event(&Event::Written { read, records: batch.len() });
            for (write, outcome) in batch.iter().zip(outcomes) {
                self.settle(run, step, write, outcome);
            }
        }
        Ok(())
    }

    fn settle(&self, run: &Run, step: &mut Step, write: &Write, outcome: Outcome) {
        let target = match outcome {
            Outcome::Created { id } => {
                step.counts.created += 1;
                id
            }
            Outcome::Updated { id } => {
                step.counts.updated += 1;
                id
            }
            // Remembered as if written, so that it is not tried again until it changes.
            Outcome::Skipped { reason } => {
                tracing::debug!(key = write.key, reason, "left alone");
                step.counts.skipped += 1;
                None
            }
            Outcome::Rejected { reason } => {
                let (key, record) = (write.key.clone(), Some(write.body.clone()));
                step.seen.push(key.clone());
                let aside = Aside { key, stage: Stage::Write, reason, record };
                return step.set_aside(run, self.clock.timestamp(), aside);
            }
        };
        step.cleared.push(write.key.clone());
        step.ledger.push((write.key.clone(), Entry { target, hash: hash(write) }));
    }

    async fn commit(
        &mut self,
        mut state: State,
        mut run: Run,
        step: Step,
    ) -> Result<After, SyncError> {
        run.counts.add(&step.counts);
        self.meter.add_to(&mut run.counts);
        state.revision += 1;
        state.run = Some(run.clone());
        let commit = Commit {
            ledger: &step.ledger,
            seen: &step.seen,
            quarantined: &step.quarantined,
            cleared: &step.cleared,
            ..Commit::of(&state, &run)
        };
        self.store.commit(self.id, &commit).await?;
        self.observer.event(&Event::Committed(&run.counts));
        Ok(After::More(state, run))
    }

    /// Moves the watermark and closes the run.
    async fn finish(&mut self, mut state: State, mut run: Run) -> Result<After, SyncError> {
        self.meter.add_to(&mut run.counts);
        state.revision += 1;
        state.watermark = watermark(state.watermark, &run);
        state.version = run.version.clone();
        state.run = None;
        let mut report = Report::new(self.id, &run, self.resumed);
        report.complete = true;
        report.watermark = state.watermark;
        let commit = Commit {
            clear_older: run.mode == Mode::Full,
            report: Some((&report, None)),
            ..Commit::of(&state, &run)
        };
        self.store.commit(self.id, &commit).await?;
        self.observer.event(&Event::Finished(&report));
        Ok(After::Complete(report))
    }
}

/// Up to when every change was dealt with. What changes after the start of a run may be missing from what was read; so
/// may what changes after the last change that was seen, if the clocks differ. It never moves back.
fn watermark(old: Option<Timestamp>, run: &Run) -> Option<Timestamp> {
    run.seen.map(|seen| seen.min(run.started_at)).max(old)
}

/// Where the run reads on after a page.
fn move_on<S: Sync>(run: &mut Run, page: ReadPage<S::Source>) {
    let records = (page.items.len() + page.rejected.len()) as u64;
    run.listed += records;
    run.seen = page.items.iter().filter_map(S::changed_at).max().max(run.seen);
    run.page = page.next;
    let (Mode::Changes { since }, Some(cap)) = (run.mode, S::META.cap) else { return };
    if run.page == PageState::Done || run.listed + records <= cap {
        return;
    }
    // The next page is beyond what the source gives in one listing: begin another one at the last change seen. If that
    // leads nowhere (no order, or one moment with more changes than the cap), read everything.
    run.page = PageState::Start;
    run.listed = 0;
    run.mode = match run.seen {
        Some(seen) if S::META.ascending && seen > since => Mode::Changes { since: seen },
        _ => Mode::Full,
    };
}
