//! Writing records by an external key, in batches where the provider has them.

use super::Client;
use crate::error::Error;
use crate::inside::Inside;
use crate::operation::Repeat;
use crate::request::{Request, merge};
use crate::resources::{Outcome, Results, Upsert};
use crate::response::Response;
use crate::sync::Write;
use crate::transport::is_loopback;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Serialize;
use serde_json::{Map, Value};

/// How many one-record calls are on their way at a time, limits permitting.
const AT_A_TIME: usize = 8;

impl Client {
    /// Creates or changes records by the external key that is in them.
    ///
    /// # Errors
    /// Every kind of [`Error`]. Records written before it stay written; writing all again does no harm.
    pub async fn upsert(
        &self,
        upsert: &'static Upsert,
        records: &[impl Serialize],
    ) -> Result<Vec<Outcome>, Error> {
        let wrong =
            |error: serde_json::Error| Error::request(upsert.operation.name, error.to_string());
        let records = records
            .iter()
            .map(|record| serde_json::to_value(record).map(|record| (None, record)).map_err(wrong));
        self.upsert_values(upsert, records.collect::<Result<_, _>>()?).await
    }

    /// Writes prepared records.
    ///
    /// # Errors
    /// Like [`Client::upsert`].
    pub async fn write(
        &self,
        upsert: &'static Upsert,
        records: &[Write],
    ) -> Result<Vec<Outcome>, Error> {
        let wrong =
            |error: serde_json::Error| Error::request(upsert.operation.name, error.to_string());
        let records = records.iter().map(|record| {
            let body = serde_json::from_str(record.body.get()).map_err(wrong);
            body.map(|body| (Some(record.key.clone()), body))
        });
        self.upsert_values(upsert, records.collect::<Result<_, _>>()?).await
    }

    /// All that a written record's effect rests on besides the record: where it is sent, and with what.
    #[must_use]
    pub fn target(&self, upsert: &'static Upsert) -> String {
        let Upsert { operation, preset, by, key, each, into, records, .. } = upsert;
        let (home, connection) = (&self.inner.home, self.connection());
        let (method, path) = (&operation.method, operation.path);
        // One that tokens tell is the connection's.
        let mut server = self.inner.server.fixed().cloned();
        if let Some(server) = server.as_mut().filter(|server| is_loopback(server)) {
            // A test server gets another port at each start; that it has none already is fine.
            let _ = server.set_port(None);
        }
        let server = server.map(String::from).unwrap_or_default();
        let place = into.map(|into| format!(" {into}")).unwrap_or_default();
        format!(
            "{home} {server} {connection} {method} {path} {preset:?} {by} {key:?} {each:?} {records:?}{place}"
        )
    }

    async fn upsert_values(
        &self,
        upsert: &'static Upsert,
        records: Vec<(Option<String>, Value)>,
    ) -> Result<Vec<Outcome>, Error> {
        let records = records
            .into_iter()
            .map(|(key, record)| Ok((key, prepare(upsert, record)?)))
            .collect::<Result<Vec<(Option<String>, Map<String, Value>)>, Error>>()?;
        match upsert.records {
            Some(pointer) => {
                let records: Vec<_> = records.into_iter().map(|(_, record)| record).collect();
                let mut outcomes = Vec::with_capacity(records.len());
                for batch in records.chunks(upsert.batch.max(1)) {
                    self.write_batch(upsert, pointer, batch, &mut outcomes).await?;
                }
                Ok(outcomes)
            }
            None => {
                let calls =
                    records.into_iter().map(|(key, record)| self.write_one(upsert, key, record));
                stream::iter(calls).buffered(AT_A_TIME).try_collect().await
            }
        }
    }

    /// Writes a batch. Where the provider refuses a batch for one bad record, halves find that record.
    async fn write_batch(
        &self,
        upsert: &'static Upsert,
        pointer: &str,
        batch: &[Map<String, Value>],
        outcomes: &mut Vec<Outcome>,
    ) -> Result<(), Error> {
        let mut waiting = vec![batch];
        while let Some(batch) = waiting.pop() {
            let mut request = Request::new(upsert.operation);
            request.preset(&upsert.preset)?;
            let records = batch.iter().map(|record| Value::Object(record.clone())).collect();
            request.set_json(pointer, Value::Array(records))?;
            let error = match self.execute(request).await {
                Ok(response) => {
                    outcomes.extend(read_batch(upsert, &response, batch)?);
                    continue;
                }
                Err(error) => error,
            };
            let Some(reason) = refusal(&error) else { return Err(error) };
            if batch.len() == 1 {
                outcomes.push(Outcome::Rejected { reason });
            } else if upsert.operation.repeat == Repeat::Never {
                return Err(error);
            } else {
                let (first, second) = batch.split_at(batch.len() / 2);
                waiting.extend([second, first]);
            }
        }
        Ok(())
    }

    async fn write_one(
        &self,
        upsert: &'static Upsert,
        key: Option<String>,
        mut record: Map<String, Value>,
    ) -> Result<Outcome, Error> {
        let mut request = Request::new(upsert.operation);
        if let Some(slot) = &upsert.key {
            // A prepared record brings its key along, and need not have a field for it.
            let key = match (key, record.remove(upsert.by).unwrap_or_default()) {
                (Some(key), _) | (None, Value::String(key)) => key,
                (None, Value::Number(key)) => key.to_string(),
                (None, _) => {
                    let message = format!("a record has no key in `{}`", upsert.by);
                    return Err(Error::request(upsert.operation.name, message));
                }
            };
            request.set(slot, &key)?;
        }
        match upsert.into {
            Some(pointer) => request.json(&Inside::new(pointer, &record))?,
            None => request.json(&record)?,
        }
        request.preset_over_body(&upsert.preset)?;
        match self.execute(request).await {
            Ok(response) => {
                let result = if response.body().is_empty() {
                    &Value::Null
                } else {
                    response.json_value()?
                };
                read_one(upsert, result, response.status()).map_err(Error::from)
            }
            Err(error) => match refusal(&error) {
                Some(reason) => Ok(Outcome::Rejected { reason }),
                None => Err(error),
            },
        }
    }
}

/// A record with what every record is sent with.
fn prepare(upsert: &Upsert, record: Value) -> Result<Map<String, Value>, Error> {
    let wrong = |message: &str| Error::request(upsert.operation.name, message);
    let Value::Object(record) = record else { return Err(wrong("a record is no JSON object")) };
    let Some(each) = upsert.each else { return Ok(record) };
    let each: Map<String, Value> = serde_json::from_str(each)
        .map_err(|_| wrong("what every record is sent with is no JSON object"))?;
    let mut all = each.clone();
    all.extend(record);
    for (name, constant) in each {
        merge(all.entry(name).or_insert(Value::Null), constant);
    }
    Ok(all)
}

/// Whether the provider refused the data itself, and how it says so.
fn refusal(error: &Error) -> Option<String> {
    let Error::Status(status) = error else { return None };
    matches!(status.status, 400 | 409 | 413 | 422).then(|| status.to_string())
}

fn read_batch(
    upsert: &Upsert,
    response: &Response,
    sent: &[Map<String, Value>],
) -> Result<Vec<Outcome>, Error> {
    let meta = upsert.operation;
    let assumed = meta.integration.assumed_outcome(meta.name, "");
    let wrong = |message: String| {
        let path = upsert.results.records.unwrap_or_default().to_owned();
        Error::Decode { operation: meta.name, path, message, assumed: None }.because_of(assumed)
    };
    let body = response.json_value()?;
    let results = match upsert.results.records {
        Some(pointer) => body.pointer(pointer).and_then(Value::as_array),
        None => None,
    };
    let results = results.ok_or_else(|| wrong("there is no list of results".to_owned()))?;
    if results.len() != sent.len() {
        let (sent, given) = (sent.len(), results.len());
        let message = format!("{sent} records were sent, but there are {given} results");
        return Err(wrong(message));
    }
    for (result, record) in results.iter().zip(sent) {
        let echo = result.get(upsert.by).filter(|key| !key.is_null());
        if let (Some(echo), Some(key)) = (echo, record.get(upsert.by))
            && echo != key
        {
            let message =
                format!("the results are in another order: `{}` is not the same", upsert.by);
            return Err(wrong(message));
        }
    }
    let read = |result| read_one(upsert, result, response.status());
    Ok(results.iter().map(read).collect::<Result<_, _>>()?)
}

fn read_one(upsert: &Upsert, result: &Value, status: u16) -> Result<Outcome, crate::cel::Error> {
    let results = &upsert.results;
    let text = |pointer: Option<&str>| match result.pointer(pointer?)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let reason =
        || text(results.message).unwrap_or_else(|| "the provider gave no reason".to_owned());
    if results.skipped.is_some_and(|skipped| matches!(skipped(result), Ok(true))) {
        return Ok(Outcome::Skipped { reason: reason() });
    }
    if let Some(failed) = results.failed
        && failed(result)?
    {
        return Ok(Outcome::Rejected { reason: reason() });
    }
    let id = text(results.id);
    let meta = upsert.operation;
    for (pointer, is) in
        [(results.id, id.is_some()), (results.created, by_member(results, result).is_some())]
    {
        if let (Some(pointer), false) = (pointer, is)
            && let Some(assumed) = meta.integration.assumed_outcome(meta.name, pointer)
        {
            assumed.warn(meta.name, &format!("a result has no such `{pointer}`"));
        }
    }
    let by_status = || results.created_status.map(|created| created == status);
    Ok(match by_member(results, result).or_else(by_status) {
        Some(true) => Outcome::Created { id },
        Some(false) => Outcome::Updated { id },
        None => Outcome::Written { id },
    })
}

/// What a result says about whether its record is new.
fn by_member(results: &Results, result: &Value) -> Option<bool> {
    result.pointer(results.created?)?.as_bool()
}
