//! Ids of what changed since a time, with what is said of each.

use crate::errors::Refusal;
use crate::resources::{Answer, Context, time_in};
use crate::seed::written;
use crate::store::Store;
use crate::values::{self, Sampler};
use crate::witness;
use gusset_compiler::ir::{Feed, FeedTime, Resource, TimeFormat, TypeKind, TypeUse};
use serde_json::{Map, Value};

/// A record that changed.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) key: Value,
    pub(crate) at: i64,
    pub(crate) gone: bool,
}

/// Serves a feed.
pub(crate) fn serve(
    context: &Context<'_>,
    store: &mut Store,
    resource: &Resource,
    feed: &Feed,
) -> Result<Answer, Refusal> {
    let Some(ty) = crate::model::output(context.operation) else { return Ok(context.sample()) };
    let since = match context.request.text(&feed.changes.since) {
        Some(text) => time_in(&text, &feed.changes)
            .ok_or_else(|| Refusal::bad(format!("`{text}` is no time as it is wanted here")))?,
        None => i64::MIN,
    };
    let types = context.model.types();
    let changed = store.changed(resource, since.max(context.oldest(&feed.changes)));
    let latest = changed.iter().map(|changed| changed.at).max().unwrap_or(context.now);
    let at = |path: &[String]| path.iter().try_fold(ty, |ty, key| values::step(types, ty, key));
    let sampler = Sampler::answer(types, latest);
    let mut body = sampler.value(ty, "answer");
    let list = at(&feed.entries);
    let (entry, map) = match list.map(|ty| &types.get(ty.id).kind) {
        Some(TypeKind::Map(entry)) => (*entry, true),
        Some(TypeKind::List(entry)) => (*entry, false),
        _ => return Ok(context.sample()),
    };
    let said = |changed: &Changed| one(context, resource, feed, entry, changed);
    let entries = match map {
        true => {
            Value::Object(changed.iter().map(|one| (values::text(&one.key), said(one))).collect())
        }
        false => changed.iter().map(said).collect(),
    };
    values::place(&sampler, Some(ty), &mut body, &feed.entries, entries);
    if let FeedTime::Answer(path) = &feed.at {
        let value = written(types, at(path), TimeFormat::Rfc3339, latest);
        values::place(&sampler, Some(ty), &mut body, path, value);
    }
    Ok(Answer { status: 200, body: Some(body.to_string()), link: None, made: None })
}

/// What is said of a record.
fn one(
    context: &Context<'_>,
    resource: &Resource,
    feed: &Feed,
    ty: TypeUse,
    changed: &Changed,
) -> Value {
    let types = context.model.types();
    let hints: Map<String, Value> =
        [(resource.key.clone(), changed.key.clone())].into_iter().collect();
    let sampler = Sampler { hints: Some(&hints), ..Sampler::answer(types, changed.at) };
    let mut entry = match types.get(ty.id).kind {
        TypeKind::Struct(_) => sampler.value(ty, "entry"),
        _ => return values::coerce(types, ty, changed.key.clone()),
    };
    if let Some(path) = &feed.id {
        values::place(&sampler, Some(ty), &mut entry, path, changed.key.clone());
    }
    if let FeedTime::Entry(path) = &feed.at {
        let leaf = path.iter().try_fold(ty, |ty, key| values::step(types, ty, key));
        let value = written(types, leaf, TimeFormat::Rfc3339, changed.at);
        values::place(&sampler, Some(ty), &mut entry, path, value);
    }
    for (path, gone) in feed.removed.iter().flat_map(|condition| witness::of(condition).body) {
        let leaf = path.iter().try_fold(ty, |ty, key| values::step(types, ty, key));
        let value = match (changed.gone, leaf.map(|leaf| &types.get(leaf.id).kind), &gone) {
            (true, ..) => gone,
            (false, _, Value::Bool(gone)) => Value::Bool(!gone),
            (false, Some(TypeKind::Enum(known)), _) => {
                let other = known.variants.iter().find(|v| gone.as_str() != Some(v.wire.as_str()));
                Value::String(other.map(|v| v.wire.clone()).unwrap_or_default())
            }
            (false, ..) => continue,
        };
        values::place(&sampler, Some(ty), &mut entry, &path, value);
    }
    entry
}
