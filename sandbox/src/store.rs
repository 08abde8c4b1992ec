//! The provider's state: one table per resource, in memory, and in a file if there is one.

use crate::Error;
use crate::feed::Changed;
use crate::file::File;
use crate::model::Model;
use crate::seed::{self, Seeds};
use crate::table::{Life, Order, Position, Row, Span, Start, Table};
use crate::values::{self, Sampler};
use gusset_compiler::ir::{Resource, TypeKind};
use indexmap::IndexMap;
use serde_json::Value;
use std::sync::Arc;

/// Names of fields that say that a record is no longer listed, without case and underscores.
const ARCHIVED: &[&str] = &["archived", "isarchived", "deleted", "isdeleted"];

/// The provider's state.
#[derive(Debug)]
pub(crate) struct Store {
    model: Model,
    seeds: Seeds,
    tables: IndexMap<String, Table>,
    file: Option<File>,
    /// Rows that are not in the file yet.
    pending: Vec<(String, u32)>,
    /// The last time of change that was given out.
    last: i64,
}

impl Store {
    /// Seeds the tables; with a file, only the first time.
    pub(crate) fn open(model: Model, mut seeds: Seeds, file: Option<File>) -> Result<Self, Error> {
        if let Some(file) = &file {
            seeds.anchor = file.meta("anchor", seeds.anchor)?;
            for (name, count) in &mut seeds.counts {
                let kept =
                    file.meta(&format!("seeds.{name}"), i64::try_from(*count).unwrap_or(i64::MAX))?;
                *count = u64::try_from(kept).unwrap_or(0);
            }
        }
        let mut tables = IndexMap::new();
        for (name, count) in &seeds.counts {
            let mut table = Table::default();
            for i in 0..*count {
                table.push(Row {
                    changed: seeds.changed(name, i),
                    life: Life::Live,
                    text: None,
                    written: false,
                });
            }
            tables.insert(name.clone(), table);
        }
        let last = seeds.anchor;
        let mut store = Store { model, seeds, tables, file: None, pending: Vec::new(), last };
        if let Some(file) = file {
            for kept in file.rows()? {
                store.last = store.last.max(kept.row.changed);
                if let Some(table) = store.tables.get_mut(&kept.resource) {
                    if (kept.number as usize) < table.rows().len() {
                        table.replace(kept.number, kept.row);
                    } else {
                        table.push(kept.row);
                    }
                }
            }
            store.file = Some(file);
        }
        Ok(store)
    }

    /// A time of change: now, but never the same twice.
    fn stamp(&mut self, now: i64) -> i64 {
        self.last = now.max(self.last + 1);
        self.last
    }

    pub(crate) fn count(&mut self, resource: &str) -> usize {
        self.tables.get_mut(resource).map_or(0, Table::live)
    }

    /// All listed records.
    pub(crate) fn records(&mut self, resource: &Resource) -> Vec<Value> {
        let numbers =
            self.tables.get_mut(&resource.name).map(|t| t.made().to_vec()).unwrap_or_default();
        numbers.into_iter().map(|n| self.value(resource, n)).collect()
    }

    /// A page: which records, and their text.
    pub(crate) fn page(
        &mut self,
        resource: &Resource,
        order: Order,
        start: Start,
        size: usize,
    ) -> (Span, Vec<Arc<str>>) {
        let Some(table) = self.tables.get_mut(&resource.name) else {
            return (Span { numbers: Vec::new(), offset: 0, total: 0, next: None }, Vec::new());
        };
        let span = table.span(order, start, size);
        let texts = span.numbers.iter().map(|n| self.text(resource, *n)).collect();
        (span, texts)
    }

    /// A record's text, made from its seed when it is read for the first time.
    fn text(&mut self, resource: &Resource, number: u32) -> Arc<str> {
        let Some(table) = self.tables.get_mut(&resource.name) else { return Arc::from("null") };
        if let Some(text) = table.row(number).and_then(|row| row.text.clone()) {
            return text;
        }
        let text: Arc<str> = self.seeds.record(resource, u64::from(number)).to_string().into();
        table.remember(number, Arc::clone(&text));
        text
    }

    fn value(&mut self, resource: &Resource, number: u32) -> Value {
        serde_json::from_str(&self.text(resource, number)).unwrap_or(Value::Null)
    }

    /// The record whose top-level field has that text; not a removed or archived one.
    pub(crate) fn find(
        &mut self,
        resource: &Resource,
        field: &str,
        wanted: &str,
    ) -> Option<(u32, Value)> {
        self.index(resource, field);
        let table = self.tables.get(&resource.name)?;
        let number = *table.indexes.get(field)?.get(wanted)?;
        let live = table.row(number).is_some_and(|row| row.life == Life::Live);
        live.then(|| (number, self.value(resource, number)))
    }

    /// Which records changed at or after a time, in the order in which they did; also those that are gone.
    pub(crate) fn changed(&mut self, resource: &Resource, since: i64) -> Vec<Changed> {
        let rows = self.tables.get(&resource.name).map(Table::rows).unwrap_or_default();
        let rows = rows.iter().enumerate().filter(|(_, row)| row.changed >= since);
        let mut found: Vec<(i64, u32, Life)> = rows
            .filter_map(|(number, row)| Some((row.changed, u32::try_from(number).ok()?, row.life)))
            .collect();
        found.sort_unstable_by_key(|(changed, number, _)| (*changed, *number));
        let changed = found.into_iter().map(|(at, number, life)| {
            let key = match life {
                // Nothing else of it is left.
                Life::Removed => self.seeds.key(resource, u64::from(number)),
                Life::Live | Life::Archived => {
                    self.value(resource, number).get(&resource.key).cloned().unwrap_or_default()
                }
            };
            Changed { key, at, gone: life != Life::Live }
        });
        changed.collect()
    }

    /// Where the listed record stands whose member has that text.
    pub(crate) fn position(
        &mut self,
        resource: &Resource,
        member: &[String],
        wanted: &str,
    ) -> Option<Position> {
        let number = match member {
            [field] => self.find(resource, field, wanted)?.0,
            path => {
                let made = self.tables.get_mut(&resource.name)?.made().to_vec();
                made.into_iter().find(|number| {
                    let record = self.value(resource, *number);
                    values::get(&record, path).is_some_and(|v| values::text(v) == wanted)
                })?
            }
        };
        let row = self.tables.get(&resource.name)?.row(number)?;
        Some(Position { changed: row.changed, number })
    }

    fn index(&mut self, resource: &Resource, field: &str) {
        let Some(table) = self.tables.get(&resource.name) else { return };
        if table.indexes.contains_key(field) {
            return;
        }
        let total = u32::try_from(table.rows().len()).unwrap_or(u32::MAX);
        let mut index = std::collections::HashMap::new();
        for number in 0..total {
            let Some(row) = self.tables.get(&resource.name).and_then(|t| t.row(number)) else {
                continue;
            };
            if row.life != Life::Live {
                continue;
            }
            let value = if row.text.is_none() && field == resource.key {
                Some(self.seeds.key(resource, u64::from(number)))
            } else {
                self.value(resource, number).get(field).cloned()
            };
            if let Some(value) = value.filter(|v| !v.is_null()) {
                index.insert(values::text(&value), number);
            }
        }
        if let Some(table) = self.tables.get_mut(&resource.name) {
            table.indexes.insert(field.to_owned(), index);
        }
    }

    /// Makes a record of what was sent; what is required and lacking is made up.
    pub(crate) fn create(&mut self, resource: &Resource, sent: &Value, now: i64) -> Value {
        let number = self.tables.get(&resource.name).map_or(0, |t| t.rows().len()) as u64;
        let changed = self.stamp(now);
        let ty = self.model.record(resource);
        // Members inside that have a name of what was sent, or of the key, mean the same.
        let mut hints = sent.as_object().cloned().unwrap_or_default();
        hints.insert(resource.key.clone(), self.seeds.key(resource, number));
        let sampler = Sampler {
            index: number,
            hints: Some(&hints),
            ..Sampler::answer(self.model.types(), changed)
        };
        let mut record = sampler.value(ty, &resource.name);
        if let Value::Object(members) = &mut record {
            for name in self.times(resource) {
                members.entry(name).or_insert(Value::String(values::date_time(changed)));
            }
        }
        self.seeds.stamp(resource, &mut record, number, changed);
        self.take(resource, &mut record, sent);
        self.write(resource, None, record.clone(), changed);
        record
    }

    /// Optional members that tell when a record was made or changed.
    fn times(&self, resource: &Resource) -> Vec<String> {
        let types = self.model.types();
        let TypeKind::Struct(s) = &types.get(resource.ty).kind else { return Vec::new() };
        let is_time = |f: &&gusset_compiler::ir::Field| {
            matches!(
                types.get(f.ty.id).kind,
                TypeKind::String(gusset_compiler::ir::StringFormat::DateTime)
            ) && (values::is_change(&f.wire) || f.wire.to_lowercase().contains("creat"))
        };
        s.fields.iter().filter(is_time).map(|f| f.wire.clone()).collect()
    }

    /// Changes members of a record.
    pub(crate) fn update(
        &mut self,
        resource: &Resource,
        number: u32,
        sent: &Value,
        now: i64,
    ) -> Value {
        let changed = self.stamp(now);
        let mut record = self.value(resource, number);
        self.take(resource, &mut record, sent);
        self.seeds.touch(resource, &mut record, changed);
        self.write(resource, Some(number), record.clone(), changed);
        record
    }

    /// Takes over the members that the record type knows; never the key.
    fn take(&self, resource: &Resource, record: &mut Value, sent: &Value) {
        let types = self.model.types();
        let Value::Object(sent) = sent else { return };
        let known = |name: &str| match &types.get(resource.ty).kind {
            TypeKind::Struct(s) => s.field(name).is_some() || s.rest.is_some(),
            _ => true,
        };
        let Value::Object(record) = record else { return };
        for (name, value) in sent.iter().filter(|(name, _)| **name != resource.key && known(name)) {
            values::merge(record.entry(name.clone()).or_insert(Value::Null), value);
        }
    }

    /// Puts a record as a test wants it: members are merged into the record of the same key, or a new
    /// one is made. A time of change that is given and new is kept.
    pub(crate) fn put(&mut self, resource: &Resource, given: Value, now: i64) -> Value {
        let key = given.get(&resource.key).map(values::text);
        let found = key.as_deref().and_then(|key| self.find(resource, &resource.key, key));
        let told = seed::told(resource, &given);
        let (number, mut record, before) = match found {
            Some((number, record)) => {
                let before = seed::told(resource, &record);
                (Some(number), record, before)
            }
            None => {
                let number = self.tables.get(&resource.name).map_or(0, |t| t.rows().len()) as u64;
                let sampler = Sampler { index: number, ..Sampler::answer(self.model.types(), now) };
                let mut record = sampler.value(self.model.record(resource), &resource.name);
                self.seeds.stamp(resource, &mut record, number, now);
                (None, record, None)
            }
        };
        values::merge(&mut record, &given);
        let changed = match told.filter(|told| Some(*told) != before) {
            Some(told) => told,
            None => {
                let changed = self.stamp(now);
                self.seeds.touch(resource, &mut record, changed);
                changed
            }
        };
        self.write(resource, number, record.clone(), changed);
        record
    }

    /// Removes a record, or marks it where its type has a mark for that.
    pub(crate) fn delete(&mut self, resource: &Resource, number: u32, now: i64) {
        let changed = self.stamp(now);
        let mut record = self.value(resource, number);
        let types = self.model.types();
        let mark = match &types.get(resource.ty).kind {
            TypeKind::Struct(s) => {
                s.fields.iter().find(|f| is_mark(&f.wire)).map(|f| f.wire.clone())
            }
            _ => None,
        };
        match mark {
            Some(mark) => {
                values::merge(
                    &mut record,
                    &Value::Object([(mark, Value::Bool(true))].into_iter().collect()),
                );
                self.seeds.touch(resource, &mut record, changed);
                self.write(resource, Some(number), record, changed);
            }
            None => {
                let row = Row {
                    changed,
                    life: Life::Removed,
                    text: Some(Arc::from("null")),
                    written: true,
                };
                if let Some(table) = self.tables.get_mut(&resource.name) {
                    for (field, index) in &mut table.indexes {
                        if let Some(old) = record.get(field) {
                            index.remove(&values::text(old));
                        }
                    }
                    table.replace(number, row);
                }
                self.pending.push((resource.name.clone(), number));
            }
        }
    }

    fn write(&mut self, resource: &Resource, number: Option<u32>, record: Value, changed: i64) {
        let archived = record
            .as_object()
            .is_some_and(|m| m.iter().any(|(k, v)| is_mark(k) && *v == Value::Bool(true)));
        let life = if archived { Life::Archived } else { Life::Live };
        let row = Row { changed, life, text: Some(record.to_string().into()), written: true };
        let before = number.map(|n| self.value(resource, n));
        let Some(table) = self.tables.get_mut(&resource.name) else { return };
        let number = match number {
            Some(number) => {
                table.replace(number, row);
                number
            }
            None => table.push(row),
        };
        for (field, index) in &mut table.indexes {
            if let Some(old) = before.as_ref().and_then(|b| b.get(field)) {
                index.remove(&values::text(old));
            }
            if let Some(new) = record.get(field).filter(|v| !v.is_null() && life == Life::Live) {
                index.insert(values::text(new), number);
            }
        }
        self.pending.push((resource.name.clone(), number));
    }

    /// Writes what changed to the file, in one transaction.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        let Some(file) = &mut self.file else {
            self.pending.clear();
            return Ok(());
        };
        if self.pending.is_empty() {
            return Ok(());
        }
        let tables = &self.tables;
        file.write(self.pending.iter().filter_map(|(resource, number)| {
            let row = tables.get(resource)?.row(*number).filter(|row| row.written)?;
            Some((resource.as_str(), *number, row))
        }))?;
        // Not before: what could not be written is written with the next change.
        self.pending.clear();
        Ok(())
    }
}

fn is_mark(field: &str) -> bool {
    let plain: String = field.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect();
    ARCHIVED.contains(&plain.as_str())
}
