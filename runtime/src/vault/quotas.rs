//! Calls of all processes of a machine, counted.

use super::{Inner, Vault, millis};
use crate::error::Error;
use crate::limits::{LimitKind, QuotaStore, Share};
use crate::lock;
use futures_core::future::BoxFuture;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Params, Transaction, params};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A call that nobody ended, because its process was killed, holds its place of a limit of calls at a time for no longer.
const FORGOTTEN: i64 = 15 * 60 * 1000;

/// How soon a place among calls at a time is looked for again.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Calls that ended and pauses, before they are written.
#[derive(Debug, Default)]
pub(super) struct Ended {
    news: Mutex<Vec<News>>,
    writing: AtomicBool,
}

#[derive(Debug)]
enum News {
    Call { id: String, shares: Arc<[Share]>, sent: bool, now: i64 },
    Pause { shares: Arc<[Share]>, until: i64 },
}

impl QuotaStore for Vault {
    fn take<'a>(
        &'a self,
        call: &'a str,
        shares: &'a [Share],
        now: Timestamp,
    ) -> BoxFuture<'a, Result<Option<Duration>, Error>> {
        let (call, shares, now) = (call.to_owned(), shares.to_vec(), millis(now));
        Box::pin(self.work(move |vault| {
            let news = std::mem::take(&mut *lock(&vault.ended.news));
            vault.transaction(&vault.quotas, |change| {
                for one in &news {
                    write(change, one)?;
                }
                take(change, &call, &shares, now)
            })
        }))
    }

    fn end(&self, call: &str, shares: &Arc<[Share]>, sent: bool, now: Timestamp) {
        let shares = Arc::clone(shares);
        self.tell(News::Call { id: call.to_owned(), shares, sent, now: millis(now) });
    }

    fn pause(&self, shares: &Arc<[Share]>, until: Timestamp) {
        self.tell(News::Pause { shares: Arc::clone(shares), until: millis(until) });
    }
}

impl Vault {
    /// Writes news soon, and many in one go; the call that brings them does not wait for the disk.
    fn tell(&self, news: News) {
        lock(&self.inner.ended.news).push(news);
        if self.inner.ended.writing.swap(true, Ordering::AcqRel) {
            return;
        }
        let inner = Arc::clone(&self.inner);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn_blocking(move || inner.write_news());
            }
            Err(_) => inner.write_news(),
        }
    }
}

impl Inner {
    fn write_news(&self) {
        loop {
            let news = std::mem::take(&mut *lock(&self.ended.news));
            if news.is_empty() {
                self.ended.writing.store(false, Ordering::Release);
                // Whoever brought some in between may have seen that writing goes on.
                if lock(&self.ended.news).is_empty()
                    || self.ended.writing.swap(true, Ordering::AcqRel)
                {
                    return;
                }
                continue;
            }
            let written = self.transaction(&self.quotas, |change| {
                news.iter().try_for_each(|one| write(change, one))
            });
            if let Err(error) = written {
                // Calls count for longer then, which keeps the limit.
                tracing::warn!(%error, calls = news.len(), "the ends of calls could not be written");
            }
        }
    }
}

fn write(change: &Transaction<'_>, news: &News) -> rusqlite::Result<()> {
    match news {
        News::Call { id, shares, sent, now } => {
            for share in shares.iter() {
                ended(change, id, share, *sent, *now)?;
            }
        }
        News::Pause { shares, until } => {
            for share in shares.iter() {
                change
                    .prepare_cached(
                        "INSERT INTO quotas (quota, paused) VALUES (?1, ?2) \
                         ON CONFLICT DO UPDATE SET paused = max(paused, ?2)",
                    )?
                    .execute(params![share.quota, until])?;
            }
        }
    }
    Ok(())
}

/// From its answer on a call counts for a window; a place among calls at a time is free at once.
fn ended(
    change: &Transaction<'_>,
    id: &str,
    share: &Share,
    sent: bool,
    now: i64,
) -> rusqlite::Result<()> {
    match share.kind {
        LimitKind::Quota { per, .. } if sent => {
            let until = now.saturating_add(length(per));
            change
                .prepare_cached(
                    "UPDATE calls SET until = ?3 WHERE quota = ?1 AND until > ?3 AND id = ?2",
                )?
                .execute(params![share.quota, id, until])?;
            Ok(())
        }
        _ => forget(
            change,
            "DELETE FROM calls WHERE quota = ?1 AND until > ?2 AND id = ?3 RETURNING cost",
            &share.quota,
            params![share.quota, now, id],
        ),
    }
}

/// Takes calls away, and what they cost off the sum.
fn forget(
    change: &Transaction<'_>,
    delete: &str,
    quota: &str,
    which: impl Params,
) -> rusqlite::Result<()> {
    let mut statement = change.prepare_cached(delete)?;
    let costs = statement.query_map(which, |row| row.get::<_, i64>(0))?;
    let cost = costs.sum::<rusqlite::Result<i64>>()?;
    if cost > 0 {
        add(change, quota, -cost)?;
    }
    Ok(())
}

fn add(change: &Transaction<'_>, quota: &str, cost: i64) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT INTO quotas (quota, used) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET used = used + ?2",
        )?
        .execute(params![quota, cost])?;
    Ok(())
}

fn take(
    change: &Transaction<'_>,
    call: &str,
    shares: &[Share],
    now: i64,
) -> rusqlite::Result<Option<Duration>> {
    let mut longest = None;
    for share in shares {
        longest = longest.max(wait(change, share, now)?);
    }
    if longest.is_some() {
        return Ok(longest);
    }
    for share in shares {
        let (until, cost) = match share.kind {
            LimitKind::Quota { per, .. } => {
                (length(per) + (length(per) / 10).min(1000), share.cost)
            }
            LimitKind::Concurrency(_) => (FORGOTTEN, 1),
        };
        change
            .prepare_cached("INSERT INTO calls (quota, until, id, cost) VALUES (?, ?, ?, ?)")?
            .execute(params![share.quota, now.saturating_add(until), call, cost])?;
        add(change, &share.quota, i64::from(cost))?;
    }
    Ok(None)
}

/// How long until there may be room.
fn wait(change: &Transaction<'_>, share: &Share, now: i64) -> rusqlite::Result<Option<Duration>> {
    let quota = &share.quota;
    forget(
        change,
        "DELETE FROM calls WHERE quota = ?1 AND until <= ?2 RETURNING cost",
        quota,
        params![quota, now],
    )?;
    let (used, paused): (i64, i64) = change
        .prepare_cached("SELECT used, paused FROM quotas WHERE quota = ?")?
        .query_row(params![quota], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or_default();
    if paused > now {
        return Ok(Some(span(paused - now)));
    }
    let (most, per) = match share.kind {
        LimitKind::Concurrency(most) => {
            return Ok((used >= i64::from(most)).then_some(LOOK_AGAIN));
        }
        LimitKind::Quota { calls, per } => (i64::from(calls), per),
    };
    let mut missing = used + i64::from(share.cost) - most;
    if missing <= 0 {
        return Ok(None);
    }
    let mut statement =
        change.prepare_cached("SELECT until, cost FROM calls WHERE quota = ? ORDER BY until")?;
    let mut rows = statement.query(params![quota])?;
    while let Some(row) = rows.next()? {
        missing -= row.get::<_, i64>(1)?;
        if missing <= 0 {
            return Ok(Some(span(row.get::<_, i64>(0)? - now)));
        }
    }
    // It takes more than there is; the client refuses that before.
    Ok(Some(per))
}

fn span(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

fn length(per: Duration) -> i64 {
    i64::try_from(per.as_millis()).unwrap_or(i64::MAX / 4)
}
