//! The embedded runner: a loop over steps.

use super::Sync;
use super::error::{Failed, SyncError};
use super::meter::Meter;
use super::observer::{Event, Observer};
use super::report::Report;
use super::sort::target;
use super::state::{Counts, Mode, Run, State, SyncId};
use super::step::{After, Worker};
use super::store::{Commit, Store};
use crate::{Clock, PageState, Priority, SystemClock};
use jiff::Timestamp;
use std::fmt;
use tracing::Instrument;

/// How a run goes.
pub struct Options<'o> {
    /// On whose behalf: one sync may run for many connections, each with its own state.
    pub connection: &'o str,
    /// Is told what happens.
    pub observer: Option<&'o mut dyn Observer>,
    /// Reads all records even if changes would do, and begins anew even if a run was stopped.
    pub full: bool,
    /// Where time comes from.
    pub clock: &'o dyn Clock,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { connection: "default", observer: None, full: false, clock: &SystemClock }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("connection", &self.connection)
            .field("full", &self.full)
            .finish_non_exhaustive()
    }
}

/// Runs a sync to its end: goes on with a run that was stopped, or begins a new one.
///
/// A first run reads all records. Later ones read what changed, where the source can list that and the sync's
/// [version](Sync::version) is still the same. Where its calls wait for limits they are in bulk, unless
/// [`Options::priority`](crate::Options::priority) of a client or [`Priority::scope`] says otherwise. The future may be dropped at any time, and the process may end: the
/// next run goes on with the page that was not committed. A listing of changes is begun again there, as it moves while
/// records change.
///
/// # Errors
/// [`Failed`], with the reason and what was done. What was committed stays; call again to go on.
pub async fn run<S: Sync, T: Store>(
    sync: &S,
    store: &T,
    options: Options<'_>,
) -> Result<Report, Failed> {
    let span = tracing::info_span!("sync", name = S::META.name, connection = options.connection);
    let run = resume_or_begin(sync, store, options).instrument(span);
    Priority::Bulk.unless_said(run).await
}

async fn resume_or_begin<S: Sync, T: Store>(
    sync: &S,
    store: &T,
    options: Options<'_>,
) -> Result<Report, Failed> {
    let id = SyncId { sync: S::META.name.to_owned(), connection: options.connection.to_owned() };
    let mut silent = |_: &Event<'_>| {};
    let observer = options.observer.unwrap_or(&mut silent);
    let mut meter = Meter::start(sync, options.clock);

    let target = target(&sync.target());
    let version = format!("{} {target:016x}", sync.version());
    let mut state = store.state(&id).await?;
    let now = options.clock.timestamp();
    let left = state.run.take();
    let since = match &left {
        _ if options.full => None,
        Some(run) if run.version == version => run.mode.since(),
        // What an unfinished run of another version has written is not what the last complete one would have.
        Some(_) => None,
        None => watermark::<S>(&state, &version),
    };
    let forgotten = since.is_some_and(|since| forgotten::<S>(since, now));
    if let (Some(since), true) = (since, forgotten) {
        let reach = S::META.reach;
        tracing::warn!(%since, ?reach, "the source no longer knows what changed since the last run: everything is read again");
    }
    let (mut run, resumed) = match left {
        Some(run) if run.version == version && !options.full && !forgotten => (resume(run), true),
        _ => {
            let since = since.filter(|_| !forgotten);
            let run = begin(&mut state, version, now, since);
            (Run { out_of_reach: forgotten, ..run }, false)
        }
    };
    state.revision += 1;
    state.run = Some(run.clone());
    store.commit(&id, &Commit::of(&state, &run)).await?;
    observer.event(&Event::Started { resumed, mode: run.mode, read: run.counts.read });

    let outcome = match sync.lookups().await {
        Ok(lookups) => {
            let (lookups, meter, clock) = (&lookups, &mut meter, options.clock);
            let mut worker = Worker {
                sync,
                store,
                id: &id,
                lookups,
                observer,
                meter,
                clock,
                target,
                resumed,
                stale: resumed,
            };
            to_the_end(&mut worker, &mut state, &mut run).await
        }
        Err(error) => Err(SyncError::Lookup(error)),
    };
    match outcome {
        Ok(report) => Ok(report),
        Err(error) => {
            meter.add_to(&mut run.counts);
            Err(stopped(store, &id, state, run, resumed, error).await)
        }
    }
}

/// Steps until the run is complete. State and run are always those of the last commit.
async fn to_the_end<S: Sync, T: Store>(
    worker: &mut Worker<'_, '_, S, T>,
    state: &mut State,
    run: &mut Run,
) -> Result<Report, SyncError> {
    loop {
        match worker.step(state, run.clone()).await? {
            After::More(next) => *run = next,
            After::Complete(report) => return Ok(report),
        }
    }
}

/// Goes on with a run. Records that changed since have left their places in a listing of changes, so a place in it
/// means nothing any more.
fn resume(mut run: Run) -> Run {
    if run.mode != Mode::Full && run.page != PageState::Done {
        run.page = PageState::Start;
        run.listed = 0;
    }
    run
}

/// Since when a new run asks for changes, if it may.
fn watermark<S: Sync>(state: &State, version: &str) -> Option<Timestamp> {
    let known = state.watermark.filter(|_| version == state.version && S::META.incremental);
    known.map(|watermark| watermark.checked_sub(S::META.lookback).unwrap_or(Timestamp::MIN))
}

/// Whether the source no longer knows all that changed since a time.
fn forgotten<S: Sync>(since: Timestamp, now: Timestamp) -> bool {
    let oldest = S::META.reach.map(|reach| now.checked_sub(reach).unwrap_or(Timestamp::MIN));
    oldest.is_some_and(|oldest| since < oldest)
}

/// A new run. What an unfinished one of another version has committed stays; its page does not.
fn begin(state: &mut State, version: String, now: Timestamp, since: Option<Timestamp>) -> Run {
    state.runs += 1;
    Run {
        number: state.runs,
        version,
        mode: since.map_or(Mode::Full, |since| Mode::Changes { since }),
        page: PageState::Start,
        started_at: now,
        seen: None,
        listed: 0,
        out_of_reach: false,
        counts: Counts::default(),
    }
}

/// Leaves a report of a run that stopped. That this fails too (the store may be why it stopped) adds nothing.
async fn stopped<T: Store>(
    store: &T,
    id: &SyncId,
    mut state: State,
    run: Run,
    resumed: bool,
    error: SyncError,
) -> Failed {
    let mut report = Report::new(id, &run, resumed);
    report.watermark = state.watermark;
    state.revision += 1;
    state.run = Some(run);
    let reason = error.to_string();
    if let Some(run) = &state.run {
        let commit = Commit { report: Some((&report, Some(&reason))), ..Commit::of(&state, run) };
        drop(store.commit(id, &commit).await);
    }
    Failed { error, report: Some(Box::new(report)) }
}
