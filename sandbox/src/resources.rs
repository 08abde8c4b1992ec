//! What the roles of an operation do with the state.

use crate::errors::Refusal;
use crate::feed;
use crate::model::{self, Model};
use crate::pagination::Plan;
use crate::request::Incoming;
use crate::routes::{self, Role, Use};
use crate::store::Store;
use crate::table::{Order, Start};
use crate::upsert::{self, Hooks};
use crate::values::{self, Sampler};
use gusset_compiler::ir::{
    Changes, Next, One, Operation, Output, Resource, Slot, TimeFormat, TypeKind, TypeUse, Within,
};
use serde_json::{Map, Value};

/// An answer that is no refusal.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// JSON; `None` for an empty body.
    pub(crate) body: Option<String>,
    pub(crate) link: Option<String>,
    /// A header that says where the new record is.
    pub(crate) made: Option<(String, String)>,
}

/// What a role works with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) model: &'a Model,
    pub(crate) request: &'a Incoming,
    pub(crate) operation: &'a Operation,
    pub(crate) hooks: &'a Hooks,
    /// `http://127.0.0.1:4000`.
    pub(crate) origin: &'a str,
    pub(crate) now: i64,
}

impl Context<'_> {
    /// Does what a use of an operation is for.
    pub(crate) fn serve(&self, store: &mut Store, used: &Use) -> Result<Answer, Refusal> {
        let Some(resource) = self.model.resource(&used.resource) else { return Ok(self.sample()) };
        match &used.role {
            Role::List | Role::Changes | Role::Alone | Role::Continue { .. } => {
                self.list(store, resource, &used.role)
            }
            Role::Feed => match &resource.feed {
                Some(declared) => feed::serve(self, store, resource, declared),
                None => Ok(self.sample()),
            },
            Role::Get => match &resource.get {
                Some(one) => {
                    let (_, record) = self.find(store, resource, one)?;
                    Ok(self.answer(200, resource, &record, one.item.as_ref()))
                }
                None => Ok(self.sample()),
            },
            Role::Create => {
                let declared = resource.create.as_ref();
                let sent = self.sent(declared.and_then(|c| c.into.as_ref()))?;
                let record = store.create(resource, sent, self.now);
                let status = if self.model.always_200() { 200 } else { 201 };
                let item = declared.and_then(|c| c.item.as_ref());
                let mut answer = self.answer(status, resource, &record, item);
                if let Some(header) = resource.create.as_ref().and_then(|c| c.id.as_ref()) {
                    let key = record.get(&resource.key).map(values::text).unwrap_or_default();
                    let place = format!("{}{}/{key}", self.origin, self.request.uri_path);
                    answer.status = status;
                    answer.made = Some((header.clone(), place));
                }
                Ok(answer)
            }
            Role::Update => {
                let into = resource.update.as_ref().and_then(|u| u.into.as_ref());
                // A body that may be left out changes nothing.
                let sent = match self.request.body {
                    Some(_) => self.sent(into)?,
                    None => &Value::Null,
                };
                self.one(store, resource, resource.update.as_ref(), |store, number| {
                    store.update(resource, number, sent, self.now)
                })
            }
            Role::Delete => self.one(store, resource, resource.delete.as_ref(), |store, number| {
                store.delete(resource, number, self.now);
                Value::Null
            }),
            Role::Upsert => match &resource.upsert {
                Some(declared) => upsert::serve(self, store, resource, declared),
                None => Ok(self.sample()),
            },
        }
    }

    fn one(
        &self,
        store: &mut Store,
        resource: &Resource,
        one: Option<&One>,
        act: impl FnOnce(&mut Store, u32) -> Value,
    ) -> Result<Answer, Refusal> {
        let Some(one) = one else { return Ok(self.sample()) };
        let (number, before) = self.find(store, resource, one)?;
        let after = act(store, number);
        let record = if after.is_null() { &before } else { &after };
        Ok(self.answer(200, resource, record, one.item.as_ref()))
    }

    /// The record that was sent.
    pub(crate) fn sent(&self, into: Option<&Within>) -> Result<&Value, Refusal> {
        let body = self.request.body.as_ref();
        let body = body.ok_or_else(|| Refusal::bad("the body is missing"))?;
        let path = into.map(|into| into.path.as_slice()).unwrap_or_default();
        values::get(body, path)
            .ok_or_else(|| Refusal::bad(format!("there is no record at `{}`", path.join("."))))
    }

    fn find(
        &self,
        store: &mut Store,
        resource: &Resource,
        one: &One,
    ) -> Result<(u32, Value), Refusal> {
        let key = self.request.text(&one.key).ok_or_else(|| Refusal::bad("the key is missing"))?;
        store
            .find(resource, &resource.key, &key)
            .ok_or_else(|| Refusal::missing(&resource.name, &key))
    }

    fn list(&self, store: &mut Store, resource: &Resource, role: &Role) -> Result<Answer, Refusal> {
        let (source, resumes) = match role {
            Role::Continue { operation } => (self.model.operation(operation), true),
            _ => (Some(self.operation), false),
        };
        let Some(pagination) = source.and_then(|o| o.pagination.as_ref()) else {
            return Ok(self.sample());
        };
        let changes = resource.changes.as_ref().filter(|_| *role == Role::Changes);
        let order = match changes {
            Some(changes) => self.since(changes)?,
            None => Order::Made,
        };
        let preset = routes::preset(resource, role);
        let first = match (&pagination.next, preset) {
            (Next::Cursor { into: Slot::Body(pointer), .. }, Some(preset)) => preset
                .body
                .as_ref()
                .and_then(|b| values::get(b, &values::steps(pointer)))
                .and_then(Value::as_str),
            (Next::Cursor { into, .. }, Some(preset)) => {
                preset.values.iter().find(|(slot, _)| slot == into).map(|(_, value)| value.as_str())
            }
            _ => None,
        };
        let behind = match &pagination.next {
            Next::After { of, into, .. } => match self.request.text(into) {
                Some(text) => Some(store.position(resource, of, &text).ok_or_else(|| {
                    Refusal::bad(format!("no record has the {} `{text}`", of.join(".")))
                })?),
                None => None,
            },
            _ => None,
        };
        let plan = Plan {
            types: self.model.types(),
            operation: self.operation,
            pagination,
            resumes,
            next: match &pagination.next {
                Next::Url { operation, .. } => {
                    operation.as_ref().and_then(|name| self.model.operation(name))
                }
                _ => None,
            },
            resource: &resource.name,
            first,
            behind,
        };
        let asked = plan.read(self.request, order)?;
        // Also where another operation reads on.
        let known = match (asked.order, &resource.changes) {
            (Order::Changed { since, ascending }, Some(changes)) => {
                Order::Changed { since: since.max(self.oldest(changes)), ascending }
            }
            (order, _) => order,
        };
        let (span, texts) = store.page(resource, known, asked.start, asked.size);
        if let Some(cap) = changes
            .and_then(|c| c.cap)
            .filter(|cap| span.offset >= *cap && asked.start != Start::First)
        {
            return Err(Refusal::bad(format!("a listing ends after {cap} records")));
        }
        let (body, link) = plan.write(self.request, self.origin, asked, &span, &texts, self.now);
        Ok(Answer { status: 200, body: Some(body), link, made: None })
    }

    /// Changes from before are not remembered.
    pub(crate) fn oldest(&self, changes: &Changes) -> i64 {
        let reach = changes.reach.map(|reach| i64::try_from(reach.as_millis()).unwrap_or(i64::MAX));
        reach.map_or(i64::MIN, |reach| self.now.saturating_sub(reach))
    }

    fn since(&self, changes: &Changes) -> Result<Order, Refusal> {
        let since = match self.request.text(&changes.since) {
            Some(text) => time_in(&text, changes)
                .ok_or_else(|| Refusal::bad(format!("`{text}` is no time as it is wanted here")))?,
            None => i64::MIN,
        };
        Ok(Order::Changed { since, ascending: changes.ascending })
    }

    /// The answer about one record, as the operation's output says. `item` is where the spec has the record in it.
    pub(crate) fn answer(
        &self,
        status: u16,
        resource: &Resource,
        record: &Value,
        item: Option<&Within>,
    ) -> Answer {
        match &self.operation.output {
            Output::Json { ty, .. } => {
                let mut body = self.shape(*ty, resource, record);
                if let Some(item) = item {
                    let sampler = Sampler::answer(self.model.types(), self.now);
                    values::place(&sampler, Some(*ty), &mut body, &item.path, record.clone());
                }
                Answer { status, body: Some(body.to_string()), link: None, made: None }
            }
            Output::Empty => Answer { status: 204, body: None, link: None, made: None },
            _ => Answer { status, body: Some(String::new()), link: None, made: None },
        }
    }

    /// A record as the output's type shows it: itself, in a member, or by members of the same name.
    fn shape(&self, ty: TypeUse, resource: &Resource, record: &Value) -> Value {
        if ty.id == resource.ty {
            return record.clone();
        }
        let types = self.model.types();
        let no_members = Map::new();
        let members = record.as_object().unwrap_or(&no_members);
        let sampler = Sampler { hints: Some(members), ..Sampler::answer(types, self.now) };
        let mut body = sampler.value(ty, &resource.name);
        if let (TypeKind::Struct(s), Value::Object(body)) = (&types.get(ty.id).kind, &mut body) {
            let alike = |ty: TypeUse| match &types.get(ty.id).kind {
                TypeKind::Struct(s) => {
                    s.fields.iter().filter(|f| members.contains_key(&f.wire)).count()
                }
                _ => 0,
            };
            // The record in a member, as another schema shows it.
            let around = alike(ty) == 0 && s.fields.iter().all(|f| f.ty.id != resource.ty);
            let most = s.fields.iter().filter(|_| around).max_by_key(|f| alike(f.ty));
            if let Some(field) = most.filter(|f| alike(f.ty) > 0) {
                body.insert(field.wire.clone(), self.shape(field.ty, resource, record));
            }
            for field in &s.fields {
                if field.ty.id == resource.ty {
                    body.insert(field.wire.clone(), record.clone());
                } else if let Some(value) = members.get(&field.wire) {
                    body.insert(field.wire.clone(), value.clone());
                } else if field.wire.eq_ignore_ascii_case(&resource.key) {
                    let key = members.get(&resource.key).cloned().unwrap_or(Value::Null);
                    body.insert(field.wire.clone(), values::coerce(types, field.ty, key));
                } else if matches!(field.wire.as_str(), "ok" | "success") {
                    body.insert(field.wire.clone(), Value::Bool(true));
                }
            }
        }
        self.not_an_error(&mut body, ty);
        body
    }

    /// An answer that satisfies the schema, for operations of no resource.
    pub(crate) fn sample(&self) -> Answer {
        match &self.operation.output {
            Output::Json { ty, .. } => {
                let sampler = Sampler {
                    full: true,
                    listed: true,
                    ..Sampler::answer(self.model.types(), self.now)
                };
                let mut body = sampler.value(*ty, &self.operation.name);
                self.not_an_error(&mut body, *ty);
                Answer { status: 200, body: Some(body.to_string()), link: None, made: None }
            }
            Output::Empty => Answer { status: 204, body: None, link: None, made: None },
            _ => Answer { status: 200, body: Some(String::new()), link: None, made: None },
        }
    }

    /// Makes an answer one that no error rule takes for an error.
    fn not_an_error(&self, body: &mut Value, ty: TypeUse) {
        let sampler = Sampler::answer(self.model.types(), self.now);
        for rule in &self.model.integration().errors.rules {
            for (path, value) in crate::witness::against(&rule.when) {
                if values::get(body, &path).is_some() {
                    values::place(&sampler, Some(ty), body, &path, value);
                }
            }
        }
    }

    /// The type at a JSON pointer of the output.
    pub(crate) fn output_at(&self, pointer: Option<&str>) -> Option<TypeUse> {
        let ty = model::output(self.operation)?;
        values::steps(pointer.unwrap_or_default())
            .iter()
            .try_fold(ty, |ty, key| values::step(self.model.types(), ty, key))
    }
}

/// The time that changes are asked from, out of the text that it is sent in.
pub(crate) fn time_in(text: &str, changes: &Changes) -> Option<i64> {
    let Some(template) = &changes.template else { return parse_time(text, changes.format) };
    let (before, after) = template.split_once("{since}")?;
    // The other side of a window is the present, which leaves nothing out.
    let after = after.split("{until}").next().unwrap_or_default();
    let rest = text.strip_prefix(before)?;
    let end = if after.is_empty() { rest.len() } else { rest.find(after)? };
    parse_time(rest.get(..end)?, changes.format)
}

fn parse_time(text: &str, format: TimeFormat) -> Option<i64> {
    match format {
        TimeFormat::Rfc3339 => {
            text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
        }
        TimeFormat::Minute => {
            let minute = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", text).ok()?;
            Some(minute.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
        }
        TimeFormat::Date => {
            let date = text.parse::<jiff::civil::Date>().ok()?;
            Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
        }
        TimeFormat::EpochSeconds => text.parse::<i64>().ok().map(|s| s.saturating_mul(1000)),
        TimeFormat::EpochMillis => text.parse().ok(),
    }
}
