//! Upserts, of one record or of many, with results as declared.

use crate::errors::Refusal;
use crate::resources::{Answer, Context};
use crate::store::Store;
use crate::values::{self, Sampler};
use crate::witness;
use gusset_compiler::ir::{Expr, Output, Resource, TypeKind, TypeUse, Upsert};
use serde_json::Value;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Looks at a record (as it is stored, or as it was sent if it is new) and may refuse it: the
/// members of the result.
type Refuse = Arc<dyn Fn(&Value) -> Option<Value> + Send + Sync>;

/// Refusals that a test wants.
#[derive(Default)]
pub(crate) struct Hooks(RwLock<Vec<(String, Refuse)>>);

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hooks")
    }
}

impl Hooks {
    pub(crate) fn add(&self, resource: &str, refuse: Refuse) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push((resource.to_owned(), refuse));
    }

    fn refuse(&self, resource: &str, record: &Value) -> Option<Value> {
        let hooks = self.0.read().unwrap_or_else(PoisonError::into_inner);
        hooks.iter().filter(|(name, _)| name == resource).find_map(|(_, refuse)| refuse(record))
    }
}

/// What became of a record.
enum Fate {
    Saved { key: Value, record: Value, created: bool },
    Refused { message: String, members: Value },
}

/// Serves an upsert.
pub(crate) fn serve(
    context: &Context<'_>,
    store: &mut Store,
    resource: &Resource,
    declared: &Upsert,
) -> Result<Answer, Refusal> {
    let body = context.sent(declared.into.as_ref())?;
    let Some(pointer) = &declared.records else {
        return Ok(single(
            context,
            declared,
            resource,
            one(context, store, resource, declared, body)?,
        ));
    };
    let records = values::get(body, &values::steps(pointer)).and_then(Value::as_array);
    let records =
        records.ok_or_else(|| Refusal::bad(format!("there are no records at `{pointer}`")))?;
    if records.len() > declared.batch {
        return Err(Refusal::bad(format!(
            "{} records are more than {} in one call",
            records.len(),
            declared.batch
        )));
    }
    let mut results = Vec::with_capacity(records.len());
    let list = context.output_at(declared.results.records.as_deref());
    let item = list.and_then(|ty| match &context.model.types().get(ty.id).kind {
        TypeKind::List(item) => Some(*item),
        _ => None,
    });
    for record in records {
        results.push(result(
            context,
            declared,
            item,
            one(context, store, resource, declared, record)?,
        ));
    }
    let Output::Json { ty, .. } = &context.operation.output else {
        return Ok(Answer { status: 204, body: None, link: None, made: None });
    };
    let sampler = Sampler::answer(context.model.types(), context.now);
    let mut answer = sampler.value(*ty, "answer");
    let path = values::steps(declared.results.records.as_deref().unwrap_or_default());
    values::place(&sampler, Some(*ty), &mut answer, &path, Value::Array(results));
    Ok(Answer { status: 200, body: Some(answer.to_string()), link: None, made: None })
}

fn one(
    context: &Context<'_>,
    store: &mut Store,
    resource: &Resource,
    declared: &Upsert,
    sent: &Value,
) -> Result<Fate, Refusal> {
    let key = match &declared.key {
        Some(slot) => context.request.text(slot),
        None => sent.get(&declared.by).filter(|v| !v.is_null()).map(values::text),
    };
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        return Ok(Fate::Refused {
            message: format!("the external key `{}` is missing", declared.by),
            members: Value::Null,
        });
    };
    let found = store.find(resource, &declared.by, &key);
    if let Some(members) =
        context.hooks.refuse(&resource.name, found.as_ref().map_or(sent, |(_, record)| record))
    {
        return Ok(Fate::Refused { message: "the record was refused".to_owned(), members });
    }
    let mut sent = sent.clone();
    if let Value::Object(members) = &mut sent {
        members.entry(declared.by.clone()).or_insert(Value::String(key));
    }
    let created = found.is_none();
    let record = match found {
        Some((number, _)) => store.update(resource, number, &sent, context.now),
        None => store.create(resource, &sent, context.now),
    };
    Ok(Fate::Saved {
        key: record.get(&resource.key).cloned().unwrap_or(Value::Null),
        record,
        created,
    })
}

/// The answer to a call about one record.
fn single(context: &Context<'_>, declared: &Upsert, resource: &Resource, fate: Fate) -> Answer {
    let created = matches!(fate, Fate::Saved { created: true, .. });
    let status = match (declared.results.created_status, &fate) {
        (_, Fate::Refused { .. }) if declared.results.failed.is_none() => 400,
        (Some(status), _) if created => status,
        _ => 200,
    };
    match &context.operation.output {
        Output::Json { ty, .. } if ty.id == resource.ty => match &fate {
            Fate::Saved { record, .. } => context.answer(status, resource, record, None),
            Fate::Refused { members, .. } => {
                Answer { status, body: Some(members.to_string()), link: None, made: None }
            }
        },
        Output::Json { .. } => {
            let ty = context.output_at(declared.results.records.as_deref());
            Answer {
                status,
                body: Some(result(context, declared, ty, fate).to_string()),
                link: None,
                made: None,
            }
        }
        _ => Answer {
            status: if status == 200 { 204 } else { status },
            body: None,
            link: None,
            made: None,
        },
    }
}

/// One result, as the spec says that results are read.
fn result(context: &Context<'_>, declared: &Upsert, ty: Option<TypeUse>, fate: Fate) -> Value {
    let refused = matches!(fate, Fate::Refused { .. });
    let sampler =
        Sampler { success: !refused, ..Sampler::answer(context.model.types(), context.now) };
    let mut result = ty.map_or(Value::Null, |ty| sampler.value(ty, "result"));
    let results = &declared.results;
    let mut put =
        |path: &[String], value: Value| values::place(&sampler, ty, &mut result, path, value);
    let path = |pointer: &Option<String>| pointer.as_deref().map(values::steps);
    match fate {
        Fate::Saved { key, created, .. } => {
            if let Some(path) = path(&results.id) {
                put(&path, key);
            }
            if let Some(path) = path(&results.created) {
                put(&path, Value::Bool(created));
            }
            for condition in [&results.failed, &results.skipped].into_iter().flatten() {
                for (path, value) in witness::against(condition) {
                    put(&path, value);
                }
            }
        }
        Fate::Refused { message, members } => {
            // Skipped, where the spec knows it: a hook says what else, if that is not meant.
            let skipped = results.skipped.as_ref().filter(|_| !members.is_null());
            for (path, value) in conditions(results.failed.as_ref()).chain(conditions(skipped)) {
                put(&path, value);
            }
            if let Some(path) = path(&results.message) {
                put(&path, Value::String(message));
            }
            if members.is_object() {
                values::merge(&mut result, &members);
            }
        }
    }
    result
}

fn conditions(condition: Option<&Expr>) -> impl Iterator<Item = (Vec<String>, Value)> {
    condition.map(witness::of).unwrap_or_default().body.into_iter()
}
