//! Changes by ids: what changed is read record by record.

use super::Client;
use crate::error::Error;
use crate::operation::Operation;
use crate::resources::{Feed, FeedTime, One};
use crate::response::Response;
use crate::start_of_day;
use futures_core::Stream;
use futures_core::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How many records are read at a time, limits permitting.
const AT_A_TIME: usize = 8;

/// A record that changed, or is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// Its key.
    pub key: String,
    /// When it changed, or up to when the provider told what did.
    pub at: Timestamp,
    /// The record as it is now; `None` if it is gone.
    pub record: Option<T>,
}

/// Changes, in the order in which the provider tells them. Ends after the last one or the first error.
#[must_use = "changes are read when they are polled"]
pub struct Changes<T> {
    changes: Option<BoxStream<'static, Result<Change<T>, Error>>>,
}

/// What a feed says of a record.
struct Entry {
    key: String,
    at: Timestamp,
    gone: bool,
}

impl Client {
    /// Records that changed since a time, where the provider tells their ids: each is read by its own, several at a
    /// time. One that is not there any more when it is read (404 or 410) is gone.
    pub fn feed<L: Operation + 'static, G: Operation + 'static, T: Send + 'static>(
        &self,
        feed: &'static Feed,
        one: &'static One,
        since: Timestamp,
        record: fn(G::Output) -> Result<T, Error>,
    ) -> Changes<T> {
        let client = self.clone();
        let entries = async move {
            let request = client.listing::<L>(&feed.listing, Some(since))?;
            entries(feed, &client.execute(request).await?)
        };
        let client = self.clone();
        let changes = stream::once(entries)
            .map_ok(|entries| stream::iter(entries.into_iter().map(Ok)))
            .try_flatten()
            .map_ok(move |Entry { key, at, gone }| {
                let client = client.clone();
                async move {
                    let record = match gone {
                        true => None,
                        false => match client.one::<G>(one, &key).await {
                            Ok(answer) => Some(record(answer)?),
                            Err(Error::Status(answer)) if matches!(answer.status, 404 | 410) => {
                                None
                            }
                            Err(error) => return Err(error),
                        },
                    };
                    Ok(Change { key, at, record })
                }
            })
            .try_buffered(AT_A_TIME);
        Changes { changes: Some(changes.boxed()) }
    }
}

/// What an answer says, each record once: of what is said of one twice, the last counts.
fn entries(feed: &Feed, response: &Response) -> Result<Vec<Entry>, Error> {
    let body = response.json_value()?;
    let wrong = |pointer: &str, message: &str| Error::Decode {
        operation: response.meta().name,
        path: pointer.trim_start_matches('/').replace('/', "."),
        message: message.to_owned(),
        assumed: None,
    };
    let mut said: Vec<(String, &Value)> = Vec::new();
    match body.pointer(feed.entries) {
        Some(Value::Object(entries)) => {
            said.extend(entries.iter().map(|(key, entry)| (key.clone(), entry)));
        }
        Some(Value::Array(entries)) => {
            for entry in entries {
                let id = match feed.id {
                    Some(pointer) => entry.pointer(pointer),
                    None => Some(entry),
                };
                let id =
                    id.and_then(text).ok_or_else(|| wrong(feed.entries, "an entry has no id"))?;
                said.push((id, entry));
            }
        }
        _ => return Err(wrong(feed.entries, "neither a list nor a map of what changed is there")),
    }
    let last: HashMap<String, usize> =
        said.iter().enumerate().map(|(index, (key, _))| (key.clone(), index)).collect();
    let mut entries = Vec::with_capacity(last.len());
    for (index, (key, entry)) in said.into_iter().enumerate() {
        if last.get(&key) != Some(&index) {
            continue;
        }
        let (value, pointer) = match feed.at {
            FeedTime::Entry(pointer) => (entry.pointer(pointer), pointer),
            FeedTime::Answer(pointer) => (body.pointer(pointer), pointer),
        };
        let at = value.and_then(Value::as_str).and_then(time);
        let at = at.ok_or_else(|| wrong(pointer, "nothing says when a record changed"))?;
        let gone = feed.removed.map_or(Ok(false), |removed| removed(entry))?;
        entries.push(Entry { key, at, gone });
    }
    Ok(entries)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn time(text: &str) -> Option<Timestamp> {
    let day = || start_of_day(text.parse::<Date>().ok()?);
    text.parse().ok().or_else(day)
}

impl<T> Changes<T> {
    /// The next change; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Change<T>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All changes, for feeds known to be small.
    ///
    /// # Errors
    /// The first error.
    pub async fn collect(mut self) -> Result<Vec<Change<T>>, Error> {
        let mut all = Vec::new();
        while let Some(change) = self.next().await {
            all.push(change?);
        }
        Ok(all)
    }
}

impl<T> Stream for Changes<T> {
    type Item = Result<Change<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(changes) = &mut this.changes else { return Poll::Ready(None) };
        let next = ready!(changes.as_mut().poll_next(cx));
        if !matches!(next, Some(Ok(_))) {
            this.changes = None;
        }
        Poll::Ready(next)
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").field("over", &self.changes.is_none()).finish_non_exhaustive()
    }
}
