//! Seeds: records that satisfy the schema and the spec's `sandbox:` rules, always the same.
//!
//! A seed is a function of its number, so nothing is made before it is read. The rules, by field path:
//! `{value: X}`; `{one_of: [..]}` or `{one_of: resource.field}`; `{between: [low, high]}`;
//! `{like: email | first_name | last_name | full_name | phone | company | job_title}`, where number `i`
//! is the same person in every resource of every provider. `records: N` instead of a field says how
//! many there are, whatever the sandbox was asked for.

use crate::keys::KeyRule;
use crate::model::Model;
use crate::people;
use crate::values::{self, Sampler};
use gusset_compiler::ir::{Resource, StringFormat, TimeFormat, TypeKind, TypeUse, Types};
use indexmap::IndexMap;
use serde_json::Value;

const YEAR: i64 = 365 * 86_400_000;
/// Coprime to most counts: changes are not in the order of the list.
const STRIDE: u64 = 7919;

/// How the records of one sandbox are made.
#[derive(Clone, Debug)]
pub(crate) struct Seeds {
    model: Model,
    /// The end of the year over which changes are spread, in milliseconds since 1970.
    pub(crate) anchor: i64,
    /// How many seeds each resource has.
    pub(crate) counts: IndexMap<String, u64>,
    keys: IndexMap<String, KeyRule>,
}

impl Seeds {
    pub(crate) fn new(model: Model, anchor: i64, records: u64) -> Self {
        let (mut counts, mut keys) = (IndexMap::new(), IndexMap::new());
        for (ordinal, (name, resource)) in model.integration().resources.iter().enumerate() {
            keys.insert(name.clone(), KeyRule::new(&model, resource, ordinal as u64 + 1));
            let rules = model.integration().sandbox.get(name);
            let own = rules.and_then(|r| r.get("records")).and_then(Value::as_u64);
            // What cannot be read is only written: it starts empty.
            let readable =
                resource.list.is_some() || resource.changes.is_some() || resource.get.is_some();
            counts.insert(name.clone(), own.unwrap_or(if readable { records } else { 0 }));
        }
        Seeds { model, anchor, counts, keys }
    }

    pub(crate) fn count(&self, resource: &str) -> u64 {
        self.counts.get(resource).copied().unwrap_or(0)
    }

    /// When a seed last changed.
    pub(crate) fn changed(&self, resource: &str, i: u64) -> i64 {
        let count = self.count(resource).max(1);
        let slot = i64::try_from((i % count).wrapping_mul(STRIDE) % count).unwrap_or(0);
        let step = YEAR / i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1);
        self.anchor - YEAR + (slot + 1) * step
    }

    /// The key of record `i`: provider-like text or a number, as the schema and the places say that take it.
    pub(crate) fn key(&self, resource: &Resource, i: u64) -> Value {
        match self.keys.get(&resource.name) {
            Some(rule) => rule.key(i),
            None => Value::from(i + 1),
        }
    }

    /// The whole record `i` of a resource.
    pub(crate) fn record(&self, resource: &Resource, i: u64) -> Value {
        let changed = self.changed(&resource.name, i);
        let sampler = Sampler::seed(self.model.types(), i, changed);
        let ty = self.model.record(resource);
        let mut record = sampler.value(ty, &resource.name);
        self.stamp(resource, &mut record, i, changed);
        for (path, rule) in
            self.model.integration().sandbox.get(&resource.name).into_iter().flatten()
        {
            if path == "records" {
                continue;
            }
            if let Some(value) = self.rule(rule, path, i) {
                let path: Vec<String> = path.split('.').map(str::to_owned).collect();
                values::place(&sampler, Some(ty), &mut record, &path, value);
            }
        }
        record
    }

    /// Writes the key and the time of change into a record.
    pub(crate) fn stamp(&self, resource: &Resource, record: &mut Value, i: u64, changed: i64) {
        if let (Value::Object(members), false) = (&mut *record, resource.key.is_empty()) {
            members.insert(resource.key.clone(), self.key(resource, i));
        }
        self.touch(resource, record, changed);
    }

    /// Writes the time of change into the fields that tell it.
    pub(crate) fn touch(&self, resource: &Resource, record: &mut Value, changed: i64) {
        let types = self.model.types();
        let ty = self.model.record(resource);
        let sampler = Sampler::answer(types, changed);
        if let (TypeKind::Struct(s), Value::Object(members)) =
            (&types.get(ty.id).kind, &mut *record)
        {
            for field in s.fields.iter().filter(|f| values::is_change(&f.wire)) {
                let is_time = matches!(
                    types.get(field.ty.id).kind,
                    TypeKind::String(StringFormat::DateTime | StringFormat::Date)
                );
                if let (Some(member), true) = (members.get_mut(&field.wire), is_time) {
                    *member = sampler.value(field.ty, &field.wire);
                }
            }
        }
        if let Some(changes) = &resource.changes {
            let leaf = changes.cursor.iter().try_fold(ty, |ty, key| values::step(types, ty, key));
            let value = written(types, leaf, changes.format, changed);
            values::place(&sampler, Some(ty), record, &changes.cursor, value);
        }
    }

    fn rule(&self, rule: &Value, path: &str, i: u64) -> Option<Value> {
        let Value::Object(rule) = rule else { return Some(rule.clone()) };
        if let Some(value) = rule.get("value") {
            return Some(value.clone());
        }
        if let Some(kind) = rule.get("like").and_then(Value::as_str) {
            return people::like(kind, i).map(Value::String);
        }
        let random = values::mix(i ^ values::hash(path));
        if let Some([low, high]) = rule.get("between").and_then(Value::as_array).map(Vec::as_slice)
        {
            return Some(between(low, high, random));
        }
        if let Some((name, field)) =
            rule.get("one_of").and_then(Value::as_str).and_then(|r| r.split_once('.'))
        {
            let other = self.model.resource(name)?;
            let j = random.checked_rem(self.count(name))?;
            if field == other.key {
                return Some(self.key(other, j));
            }
            let steps: Vec<String> = field.split('.').map(str::to_owned).collect();
            // Only its own rule and type decide the field: no rule of the other record is followed on.
            let own = self.model.integration().sandbox.get(name).and_then(|rules| rules.get(field));
            return match own.filter(|rule| rule.get("one_of").is_none()) {
                Some(rule) => self.rule(rule, field, j),
                None => {
                    let sampler = Sampler::seed(self.model.types(), j, self.changed(name, j));
                    values::get(&sampler.value(self.model.record(other), name), &steps).cloned()
                }
            };
        }
        let choices = rule.get("one_of").and_then(Value::as_array)?;
        let pick = usize::try_from(random.checked_rem(choices.len() as u64)?).ok()?;
        choices.get(pick).cloned()
    }
}

fn between(low: &Value, high: &Value, random: u64) -> Value {
    match (low.as_i64(), high.as_i64()) {
        (Some(low), Some(high)) if low <= high => {
            let span = high.abs_diff(low).saturating_add(1);
            Value::from(low.saturating_add_unsigned(random % span))
        }
        _ => {
            let (low, high) = (low.as_f64().unwrap_or(0.0), high.as_f64().unwrap_or(0.0));
            Value::from(low + (high - low) * ((random % 10_001) as f64 / 10_000.0))
        }
    }
}

/// A time as the record writes it: text by default, a number where the record has one.
pub(crate) fn written(
    types: &Types,
    leaf: Option<TypeUse>,
    format: TimeFormat,
    changed: i64,
) -> Value {
    let numeric = leaf.is_some_and(|ty| {
        matches!(
            types.get(ty.id).kind,
            TypeKind::Integer { .. } | TypeKind::Number | TypeKind::InString(_)
        )
    });
    let date = leaf
        .is_some_and(|ty| matches!(types.get(ty.id).kind, TypeKind::String(StringFormat::Date)));
    match format {
        _ if date => Value::String(values::date_time(changed).chars().take(10).collect()),
        TimeFormat::EpochSeconds if numeric => Value::from(changed / 1000),
        _ if numeric => Value::from(changed),
        _ => Value::String(values::date_time(changed)),
    }
}

/// The time of change that a record tells, in milliseconds since 1970.
pub(crate) fn told(resource: &Resource, record: &Value) -> Option<i64> {
    let changes = resource.changes.as_ref()?;
    match values::get(record, &changes.cursor)? {
        Value::String(text) => text.parse::<jiff::Timestamp>().ok().map(|t| t.as_millisecond()),
        Value::Number(n) if changes.format == TimeFormat::EpochSeconds => {
            n.as_i64().map(|s| s.saturating_mul(1000))
        }
        Value::Number(n) => n.as_i64(),
        _ => None,
    }
}
