//! One step: read a page, decide, write, commit.

use super::error::SyncError;
use super::meter::Meter;
use super::observer::{Event, Observer};
use super::report::Report;
use super::sort::{Aside, Basis, Step, hash, keys, sort};
use super::state::{Mode, Run, State, SyncId};
use super::store::{Commit, Entry, Stage, Store};
use super::{ReadPage, Sync, Write};
use crate::resources::Outcome;
use crate::{Clock, Error, PageState};
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
    /// The hash of the sync's target.
    pub(super) target: u64,
    pub(super) resumed: bool,
    /// The page to be read was left behind by a run that stopped; it may be gone by now.
    pub(super) stale: bool,
}

/// What a step leaves behind.
pub(super) enum After {
    /// The next step starts from here.
    More(Run),
    /// The run is complete.
    Complete(Report),
}

impl<S: Sync, T: Store> Worker<'_, '_, S, T> {
    /// Takes the next step of a run.
    ///
    /// All that it leaves behind is committed at once, after the target took the records. A stop in between repeats
    /// the write, which is an upsert. The state is always that of the last commit.
    pub(super) async fn step(&mut self, state: &mut State, run: Run) -> Result<After, SyncError> {
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
    async fn read(&mut self, state: &mut State, mut run: Run) -> Result<After, SyncError> {
        let page = self.page(&mut run).await?;
        if let Mode::Changes { since } = run.mode {
            assumed(self.sync, since, &page)?;
        }
        if page.next == run.page {
            return Err(SyncError::Stuck);
        }
        let read = run.counts.read + (page.items.len() + page.rejected.len()) as u64;
        self.observer.event(&Event::Page { read });

        let keys = keys::<S>(&page);
        let names: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
        let ledger = self.store.ledger(self.id, &names).await?;
        let basis = Basis { sync: self.sync, lookups: self.lookups, target: self.target };
        let mut step = sort(&basis, &run, self.clock.timestamp(), &page, keys, &ledger);
        step.counts.pages = 1;
        self.write(state, &run, &mut step, read).await?;
        move_on::<S>(&mut run, page);
        self.commit(state, run, step).await
    }

    /// Reads the page where the run is. If a stopped run left it behind and the source does not know it any more, the
    /// listing is begun again: what it gives once more is in the ledger.
    async fn page(&mut self, run: &mut Run) -> Result<ReadPage<S::Source>, SyncError> {
        let stale = std::mem::take(&mut self.stale) && run.page != PageState::Start;
        match self.sync.read(run.mode.since(), &run.page).await {
            Err(error) if stale && refused(&error) => {
                tracing::warn!(%error, "the page where the run stopped is gone; the listing is begun again");
                run.page = PageState::Start;
                run.listed = 0;
                self.sync.read(run.mode.since(), &run.page).await.map_err(SyncError::Read)
            }
            page => page.map_err(SyncError::Read),
        }
    }

    /// Sends records that the target refused in an earlier run: nobody would read them again, as they did not change.
    async fn send_again(
        &mut self,
        state: &mut State,
        run: Run,
        writes: Vec<Write>,
    ) -> Result<After, SyncError> {
        let unsure = writes.iter().map(|write| write.key.clone()).collect();
        let mut step = Step { writes, unsure, ..Step::default() };
        step.counts.resent = step.writes.len() as u64;
        self.write(state, &run, &mut step, run.counts.read).await?;
        self.commit(state, run, step).await
    }

    async fn write(
        &mut self,
        state: &mut State,
        run: &Run,
        step: &mut Step,
        read: u64,
    ) -> Result<(), SyncError> {
        self.forget(state, run, &step.unsure).await?;
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
            Outcome::Written { id } => {
                step.counts.written += 1;
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
        step.ledger
            .push((write.key.clone(), Entry { target, hash: Some(hash(write, self.target)) }));
    }

    /// Forgets what was written before, as a stop would leave it open whether the target has that or the new record.
    async fn forget(
        &mut self,
        state: &mut State,
        run: &Run,
        unsure: &[String],
    ) -> Result<(), SyncError> {
        if unsure.is_empty() {
            return Ok(());
        }
        let next = State { revision: state.revision + 1, ..state.clone() };
        self.store.commit(self.id, &Commit { unsure, ..Commit::of(&next, run) }).await?;
        *state = next;
        Ok(())
    }

    async fn commit(
        &mut self,
        state: &mut State,
        mut run: Run,
        step: Step,
    ) -> Result<After, SyncError> {
        run.counts.add(&step.counts);
        self.meter.add_to(&mut run.counts);
        let next = State { revision: state.revision + 1, run: Some(run.clone()), ..state.clone() };
        let commit = Commit {
            ledger: &step.ledger,
            seen: &step.seen,
            quarantined: &step.quarantined,
            cleared: &step.cleared,
            ..Commit::of(&next, &run)
        };
        self.store.commit(self.id, &commit).await?;
        *state = next;
        self.observer.event(&Event::Committed(&run.counts));
        Ok(After::More(run))
    }

    /// Moves the watermark and closes the run.
    async fn finish(&mut self, state: &State, mut run: Run) -> Result<After, SyncError> {
        let mut state = state.clone();
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

/// Holds what the spec assumes of a listing of changes against one of its pages: each next page begins at the last
/// change seen, so one that comes out of order would be missed.
fn assumed<S: Sync>(
    sync: &S,
    since: Timestamp,
    page: &ReadPage<S::Source>,
) -> Result<(), SyncError> {
    let listing = sync.listing();
    let times: Vec<Timestamp> = page.items.iter().filter_map(S::changed_at).collect();
    if S::META.ascending && times.windows(2).any(|pair| pair[0] > pair[1]) {
        let (integration, operation) = listing.unzip();
        let operation = operation.unwrap_or(S::META.source);
        let assumed = integration.and_then(|it| it.assumed_order(operation));
        let message = "records do not come with the oldest change first; some would be missed";
        return Err(SyncError::Read(Error::pagination(operation, message).because_of(assumed)));
    }
    // A time may be rounded down to its day, in the provider's zone.
    let early = since - jiff::SignedDuration::from_hours(48);
    if let (Some((integration, operation)), true) = (listing, times.iter().any(|t| *t < early))
        && let Some(assumed) = integration.assumed_time(operation)
    {
        assumed.warn(operation, "records come that changed before the time that was asked for");
    }
    Ok(())
}

/// Up to when every change was dealt with. What changes after the start of a run may be missing from what was read; so
/// may what changes after the last change that was seen, if the clocks differ. It never moves back.
fn watermark(old: Option<Timestamp>, run: &Run) -> Option<Timestamp> {
    run.seen.map(|seen| seen.min(run.started_at)).max(old)
}

/// Whether the source does not give this page, rather than being out of order.
fn refused(error: &Error) -> bool {
    match error {
        Error::Status(answer) => matches!(answer.status, 400 | 404..=428 | 430..=499),
        Error::Pagination { .. } => true,
        _ => false,
    }
}

/// Where the run reads on after a page.
fn move_on<S: Sync>(run: &mut Run, page: ReadPage<S::Source>) {
    let records = (page.items.len() + page.rejected.len()) as u64;
    run.listed += records;
    run.seen = page.items.iter().filter_map(S::changed_at).max().max(run.seen);
    run.page = page.next;
    let Mode::Changes { since } = run.mode else { return };
    // A listing that ends where the source cuts it off tells nothing about its end.
    let cut_off = S::META.cap.is_some_and(|cap| run.listed >= cap);
    if run.page == PageState::Done && !cut_off {
        return;
    }
    // A record that changes moves to the end of a listing in order of change, and all behind it move up by one: the
    // next page would begin too late. So each page is the first one of a listing from the last change seen, and only
    // changes of one moment that fill a page make the next page needed.
    match run.seen {
        Some(seen) if S::META.ascending && seen > since => run.mode = Mode::Changes { since: seen },
        // The next page is beyond what the source gives in one listing, and another one leads nowhere.
        _ if S::META.cap.is_some_and(|cap| run.listed + records > cap) => run.mode = Mode::Full,
        _ => return,
    }
    run.page = PageState::Start;
    run.listed = 0;
}
