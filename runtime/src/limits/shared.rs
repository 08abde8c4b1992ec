//! Limits that processes share, through a store.

use super::gate::{NoRoom, TooLong};
use super::{Limit, LimitKind, Scope};
use crate::clock::Clock;
use crate::error::Error;
use crate::lock;
use crate::priority::{Priority, Turns};
use futures_core::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Room comes no earlier than this before the time that a store gives: a call that is answered counts for so much less
/// at most. A call that was never sent gives its room back whenever it is.
const EARLIER: Duration = Duration::from_secs(1);

/// Within that time a store is asked again and again: another process may have made room.
const PATIENCE: Duration = Duration::from_millis(50);

/// A store is asked again after no longer than this.
const LONGEST: Duration = Duration::from_secs(5);

/// What a call takes of a limit that processes share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The limit, with the integration and whoever else shares it.
    pub quota: String,
    /// How much there is.
    pub kind: LimitKind,
    /// How much of it the call takes.
    pub cost: u32,
}

/// Counts calls for all processes that have it. [`Vault`](crate::vault::Vault) is one for those of a machine.
pub trait QuotaStore: Debug + Send + Sync {
    /// Takes room for a call under all of its limits, or of none: then it says how long to wait before asking again.
    ///
    /// A call counts from `now` for the window and a little longer, as providers count when it arrives; [`QuotaStore::end`]
    /// says when it was answered.
    fn take<'a>(
        &'a self,
        call: &'a str,
        shares: &'a [Share],
        now: Timestamp,
    ) -> BoxFuture<'a, Result<Option<Duration>, Error>>;

    /// The call was answered, or never sent. May be noted later: until then it counts for too long, never too short.
    fn end(&self, call: &str, shares: &Arc<[Share]>, sent: bool, now: Timestamp);

    /// The provider asked for a pause of everything under these limits.
    fn pause(&self, shares: &Arc<[Share]>, until: Timestamp);
}

/// The store of a connection, and who of this process waits for it.
#[derive(Debug)]
pub(super) struct Sharing {
    store: Arc<dyn QuotaStore>,
    /// Of those who take the same, one asks at a time, in order.
    turns: Mutex<HashMap<Vec<&'static str>, Arc<Mutex<Asking>>>>,
    integration: &'static str,
    connection: String,
}

impl Sharing {
    pub(super) fn new(
        store: Arc<dyn QuotaStore>,
        integration: &'static str,
        connection: String,
    ) -> Self {
        Sharing { store, turns: Mutex::default(), integration, connection }
    }

    pub(super) fn shares(&self, limits: &[&'static Limit], operation: &str) -> Arc<[Share]> {
        let share = |limit: &&'static Limit| Share {
            quota: match limit.scope {
                Scope::Connection => {
                    format!("{} {} of {:?}", self.integration, limit.name, self.connection)
                }
                Scope::App => format!("{} {}", self.integration, limit.name),
            },
            kind: limit.kind,
            cost: limit.cost_of(operation),
        };
        limits.iter().map(share).collect()
    }

    /// Waits for room; says whether it had to.
    pub(super) async fn take(
        &self,
        limits: &[&'static Limit],
        (operation, priority): (&str, Priority),
        clock: &Arc<dyn Clock>,
        (start, deadline): (Instant, Instant),
    ) -> Result<(Taken, bool), NoRoom> {
        let names: Vec<&'static str> = limits.iter().map(|limit| limit.name).collect();
        let asking = Arc::clone(lock(&self.turns).entry(names).or_default());
        let _turn = Turn::wait(asking, priority).await;
        let shares = self.shares(limits, operation);
        let call = call_name();
        let mut waited = false;
        loop {
            let wait = self.store.take(&call, &shares, clock.timestamp()).await;
            let Some(wait) = wait.map_err(NoRoom::Store)? else {
                let (store, clock) = (Arc::clone(&self.store), Arc::clone(clock));
                return Ok((Taken { store, clock, call, shares, sent: false }, waited));
            };
            let until = clock.instant() + wait;
            if until > deadline {
                let limit = limits.first().map_or("", |limit| limit.name);
                let wait = until.saturating_duration_since(start);
                return Err(NoRoom::TooLong(TooLong { limit, wait }));
            }
            waited = true;
            clock.sleep(pause(wait)).await;
        }
    }

    pub(super) fn pause(
        &self,
        limits: &[&'static Limit],
        operation: &str,
        now: Timestamp,
        wait: Duration,
    ) {
        let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
        let until = now.checked_add(wait).unwrap_or(Timestamp::MAX);
        self.store.pause(&self.shares(limits, operation), until);
    }
}

/// Who asks the store, and who waits for that.
#[derive(Debug, Default)]
struct Asking {
    busy: bool,
    interactive: VecDeque<oneshot::Sender<()>>,
    bulk: VecDeque<oneshot::Sender<()>>,
    turns: Turns,
}

impl Asking {
    fn next(&mut self) -> Option<oneshot::Sender<()>> {
        let (priority, next) = self.turns.order().into_iter().find_map(|priority| {
            let queue = match priority {
                Priority::Interactive => &mut self.interactive,
                Priority::Bulk => &mut self.bulk,
            };
            Some((priority, queue.pop_front()?))
        })?;
        self.turns.went(priority, !self.bulk.is_empty());
        Some(next)
    }
}

/// The turn to ask the store, or the wait for it. Dropping it passes it on.
struct Turn {
    asking: Arc<Mutex<Asking>>,
    given: Option<oneshot::Receiver<()>>,
}

impl Turn {
    async fn wait(asking: Arc<Mutex<Asking>>, priority: Priority) -> Self {
        let given = {
            let mut all = lock(&asking);
            if std::mem::replace(&mut all.busy, true) {
                let (give, given) = oneshot::channel();
                match priority {
                    Priority::Interactive => all.interactive.push_back(give),
                    Priority::Bulk => all.bulk.push_back(give),
                }
                Some(given)
            } else {
                None
            }
        };
        let mut turn = Turn { asking, given };
        if let Some(given) = &mut turn.given {
            // Who has the turn gives it to somebody, also when it is given up.
            let _ = given.await;
        }
        turn.given = None;
        turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Who still waits has no turn to pass on.
        if self.given.as_mut().is_some_and(|given| given.try_recv().is_err()) {
            return;
        }
        let mut all = lock(&self.asking);
        while let Some(next) = all.next() {
            if next.send(()).is_ok() {
                return;
            }
        }
        all.busy = false;
    }
}

/// When to ask a store again that gives room after so long.
fn pause(wait: Duration) -> Duration {
    let early = wait.saturating_sub(EARLIER).clamp(PATIENCE, LONGEST);
    early.min(wait).max(Duration::from_millis(1))
}

/// No two calls of all processes of a machine have the same.
fn call_name() -> String {
    static PROCESS: OnceLock<String> = OnceLock::new();
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let process = PROCESS.get_or_init(|| {
        let started = Timestamp::now().as_nanosecond();
        format!("{:x}-{started:x}", std::process::id())
    });
    format!("{process}-{:x}", CALLS.fetch_add(1, Ordering::Relaxed))
}

/// Room that was taken. Dropping it ends the call.
#[derive(Debug)]
pub(super) struct Taken {
    store: Arc<dyn QuotaStore>,
    clock: Arc<dyn Clock>,
    call: String,
    shares: Arc<[Share]>,
    pub(super) sent: bool,
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.store.end(&self.call, &self.shares, self.sent, self.clock.timestamp());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn interactive_calls_ask_first_and_who_gives_up_passes_its_turn_on() {
        let asking = Arc::<Mutex<Asking>>::default();
        let went = Arc::<Mutex<Vec<&str>>>::default();
        let first = Turn::wait(Arc::clone(&asking), Priority::Bulk).await;
        let ask = |name: &'static str, priority| {
            let (asking, went) = (Arc::clone(&asking), Arc::clone(&went));
            tokio::spawn(async move {
                let _turn = Turn::wait(asking, priority).await;
                lock(&went).push(name);
            })
        };
        let mut tasks = vec![ask("bulk", Priority::Bulk), ask("bulk", Priority::Bulk)];
        tasks.extend((0..5).map(|_| ask("me", Priority::Interactive)));
        let gone = ask("gone", Priority::Interactive);
        let given = ask("given", Priority::Interactive);
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
        drop(first);
        for task in tasks {
            task.await.unwrap();
        }
        given.await.unwrap();
        let (m, b) = ("me", "bulk");
        assert_eq!(*lock(&went), [m, m, m, m, b, m, "given", b]);

        // It has the turn, and goes before it takes notice.
        let first = Turn::wait(Arc::clone(&asking), Priority::Bulk).await;
        let gone = ask("gone", Priority::Bulk);
        tokio::task::yield_now().await;
        drop(first);
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
        drop(Turn::wait(asking, Priority::Bulk).await);
    }

    #[test]
    fn a_store_is_asked_often_only_when_room_may_come() {
        for (wait, expect) in [
            (0, 1),
            (30, 30),
            (50, 50),
            (900, 50),
            (1_040, 50),
            (4_000, 3_000),
            (86_400_000, 5_000),
        ] {
            let wait = Duration::from_millis(wait);
            assert_eq!(pause(wait), Duration::from_millis(expect), "{wait:?}");
        }
    }
}
