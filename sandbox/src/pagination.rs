//! Pages, as declared: what a request asks for, and how its answer leads on.

use crate::errors::Refusal;
use crate::model;
use crate::request::Incoming;
use crate::table::{Order, Position, Span, Start};
use crate::values::{self, Sampler};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gusset_compiler::ir::{
    More, Next, Operation, Pagination, Parameter, ParameterIn, Slot, TypeKind, TypeUse, Types,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::sync::Arc;

/// The query parameter of next URLs. No provider has one of that name.
const CURSOR: &str = "sandbox_cursor";
/// Stands for the items until their text takes its place.
const ITEMS: &str = "\u{0}items";
/// Without a declared page size.
const SIZE: i64 = 100;

/// Which page of which listing a request asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) order: Order,
    pub(crate) start: Start,
    pub(crate) size: usize,
}

/// What a listing needs to know about its operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan<'m> {
    pub(crate) types: &'m Types,
    pub(crate) operation: &'m Operation,
    pub(crate) pagination: &'m Pagination,
    /// Whether this operation reads on where another one's listing stopped.
    pub(crate) resumes: bool,
    /// The operation that next URLs are of, where it is not the listing's own.
    pub(crate) next: Option<&'m Operation>,
    pub(crate) resource: &'m str,
    /// What a cursor parameter always holds on the first page.
    pub(crate) first: Option<&'m str>,
    /// Where the record is that the request asks for those behind.
    pub(crate) behind: Option<Position>,
}

impl Plan<'_> {
    /// Reads what a request asks for. `order` is what the request says without its cursor.
    pub(crate) fn read(&self, request: &Incoming, order: Order) -> Result<Asked, Refusal> {
        let size = self.size(request)?;
        let (order, start) = match &self.pagination.next {
            Next::Cursor { into, .. } => {
                let token =
                    request.text(into).filter(|t| !t.is_empty() && Some(t.as_str()) != self.first);
                self.resume(token, order)?
            }
            Next::After { .. } => (order, self.behind.map_or(Start::First, Start::After)),
            Next::Url { .. } | Next::Link => {
                let token = request.query(self.token_name()).map(str::to_owned);
                self.resume(token.or(self.resumes.then(String::new)), order)?
            }
            Next::Continue { into, .. } if self.resumes => {
                let token = request.text(into).unwrap_or_default();
                self.resume(Some(token), order)?
            }
            Next::Continue { .. } => (order, Start::First),
            Next::Single => (order, Start::First),
            Next::Offset { into, first, template: None, .. } => {
                let first = i64::try_from(*first).unwrap_or(i64::MAX);
                (order, Start::Offset(number(request, into, first)?))
            }
            Next::Offset { into, first, template: Some(template), .. } => {
                let text = request.text(into).unwrap_or_default();
                let start = start_in(&text, template).ok_or_else(|| {
                    Refusal::bad(format!("`{text}` does not say where the page begins"))
                })?;
                (order, Start::Offset(start.saturating_sub(*first)))
            }
            Next::Page { into, first, .. } => {
                let page = number(request, into, *first)?;
                (order, Start::Offset(page.saturating_mul(size as u64)))
            }
        };
        Ok(Asked { order, start, size })
    }

    fn size(&self, request: &Incoming) -> Result<usize, Refusal> {
        let declared = self.pagination.size.as_ref();
        let value = declared.map_or(SIZE, |s| s.value);
        let asked = match declared.and_then(|s| s.into.as_ref()).and_then(|slot| request.text(slot))
        {
            Some(text) => text
                .parse::<i64>()
                .map_err(|_| Refusal::bad(format!("the page size `{text}` is no number")))?,
            None => value,
        };
        match usize::try_from(asked) {
            Ok(size) if size > 0 => Ok(size),
            _ => Err(Refusal::bad(format!("the page size must be at least 1, not {asked}"))),
        }
    }

    fn resume(&self, token: Option<String>, order: Order) -> Result<(Order, Start), Refusal> {
        let Some(token) = token else { return Ok((order, Start::First)) };
        let wrong = || Refusal::bad("the cursor is none that this listing gave");
        if self.numeric() {
            return token.parse().map(|n| (order, Start::Offset(n))).map_err(|_| wrong());
        }
        let bytes = URL_SAFE_NO_PAD.decode(&token).map_err(|_| wrong())?;
        let told: Value = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        let int = |key: &str| told.get(key).and_then(Value::as_i64);
        if told.get("r").and_then(Value::as_str) != Some(self.resource) {
            return Err(wrong());
        }
        let at = Position {
            changed: int("c").ok_or_else(wrong)?,
            number: int("n").and_then(|n| u32::try_from(n).ok()).ok_or_else(wrong)?,
        };
        let told = match int("s") {
            Some(since) => {
                Order::Changed { since, ascending: told.get("a") == Some(&Value::Bool(true)) }
            }
            None => Order::Made,
        };
        // A cursor carries its whole listing; a request that says something else besides is wrong.
        let silent =
            matches!(self.pagination.next, Next::Url { .. } | Next::Link | Next::Continue { .. })
                || self.pagination.exclusive;
        if told != order && !silent {
            return Err(wrong());
        }
        Ok((told, Start::After(at)))
    }

    fn token(&self, order: Order, span: &Span, next: Position) -> Value {
        if self.numeric() {
            return Value::from(span.offset + span.numbers.len() as u64);
        }
        let told = match order {
            Order::Made => json!({"r": self.resource, "c": next.changed, "n": next.number}),
            Order::Changed { since, ascending } => {
                json!({"r": self.resource, "c": next.changed, "n": next.number, "s": since, "a": ascending})
            }
        };
        Value::String(URL_SAFE_NO_PAD.encode(told.to_string()))
    }

    /// Whether the answer's place for the cursor holds a number.
    fn numeric(&self) -> bool {
        let from = match &self.pagination.next {
            Next::Cursor { from, .. } | Next::Continue { from, .. } => from,
            _ => return false,
        };
        let Some(ty) = model::output(self.operation) else { return false };
        let leaf = from.iter().try_fold(ty, |ty, key| values::step(self.types, ty, key));
        leaf.is_some_and(|ty| {
            matches!(self.types.get(ty.id).kind, TypeKind::Integer { .. } | TypeKind::Number)
        })
    }

    /// The answer: its JSON, and its `Link` header.
    pub(crate) fn write(
        &self,
        request: &Incoming,
        origin: &str,
        asked: Asked,
        span: &Span,
        texts: &[Arc<str>],
        now: i64,
    ) -> (String, Option<String>) {
        let items =
            format!("[{}]", texts.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(","));
        let next = span.next;
        let token = next.map(|at| self.token(asked.order, span, at));
        let link = match (&self.pagination.next, &token) {
            (Next::Link, Some(token)) => Some(format!(
                "<{origin}{}>; rel=\"next\"",
                self.next_url(request, &values::text(token))
            )),
            _ => None,
        };
        let Some(ty) = model::output(self.operation).filter(|_| !self.pagination.items.is_empty())
        else {
            return (items, link);
        };
        let body = self.envelope(request, ty, span, token, now);
        let marker = Value::String(ITEMS.to_owned()).to_string();
        (body.to_string().replacen(&marker, &items, 1), link)
    }

    fn envelope(
        &self,
        request: &Incoming,
        ty: TypeUse,
        span: &Span,
        token: Option<Value>,
        now: i64,
    ) -> Value {
        let sampler = Sampler::answer(self.types, now);
        let mut body = sampler.value(ty, "answer");
        if let TypeKind::Struct(s) = &self.types.get(ty.id).kind {
            for field in &s.fields {
                let name = field.wire.to_lowercase();
                let counts = name.starts_with("total") || name == "count";
                if counts && matches!(self.types.get(field.ty.id).kind, TypeKind::Integer { .. }) {
                    values::place(
                        &sampler,
                        Some(ty),
                        &mut body,
                        std::slice::from_ref(&field.wire),
                        Value::from(span.total),
                    );
                }
            }
        }
        let mut put = |path: &[String], value: Value| {
            values::place(&sampler, Some(ty), &mut body, path, value)
        };
        put(&self.pagination.items, Value::String(ITEMS.to_owned()));
        let has_more = token.is_some();
        let mut flag = |more: &More| put(&more.from, Value::Bool(has_more != more.inverted));
        match &self.pagination.next {
            Next::Cursor { more, .. } | Next::After { more, .. } | Next::Url { more, .. } => {
                more.iter().for_each(flag);
            }
            Next::Continue { more, .. } => flag(more),
            Next::Offset { total, more, .. } | Next::Page { total, more, .. } => {
                more.iter().for_each(flag);
                if let Some(total) = total {
                    values::place(&sampler, Some(ty), &mut body, total, Value::from(span.total));
                }
            }
            Next::Link | Next::Single => {}
        }
        match (&self.pagination.next, token) {
            (Next::Cursor { from, .. } | Next::Continue { from, .. }, Some(token)) => {
                values::place(&sampler, Some(ty), &mut body, from, token);
            }
            (Next::Url { from, .. }, Some(token)) => {
                let url = self.next_url(request, &values::text(&token));
                values::place(&sampler, Some(ty), &mut body, from, Value::String(url));
            }
            (
                Next::Cursor { from, .. } | Next::Continue { from, .. } | Next::Url { from, .. },
                None,
            ) => {
                values::clear(self.types, ty, &mut body, from);
            }
            _ => {}
        }
        body
    }

    /// The query parameter of the token in next URLs: one that their operation asks for, else one of our own.
    fn token_name(&self) -> &str {
        let asked = |p: &&Parameter| p.location == ParameterIn::Query && p.required;
        let wanted = self.next.and_then(|next| next.parameters.iter().find(asked));
        wanted.map_or(CURSOR, |parameter| &parameter.wire)
    }

    /// The next page's URL, without the host: the same request, or one of the operation that reads on, with a cursor.
    fn next_url(&self, request: &Incoming, token: &str) -> String {
        let name = self.token_name();
        let goes_along = |known: &str| {
            known != name
                && self.next.is_none_or(|next| next.parameters.iter().any(|p| p.wire == known))
        };
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(request.query.iter().filter(|(known, _)| goes_along(known)));
        query.append_pair(name, token);
        format!("{}?{}", self.next_path(request), query.finish())
    }

    fn next_path(&self, request: &Incoming) -> String {
        let Some(next) = self.next else { return request.uri_path.clone() };
        // What stands before the operation's own path is the base path.
        let own = self.operation.path.matches('/').count();
        let base = request.uri_path.rsplitn(own + 1, '/').nth(own).unwrap_or_default();
        let filled = request.path.iter().fold(next.path.clone(), |path, (name, value)| {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
            path.replace(&format!("{{{name}}}"), &value)
        });
        format!("{base}{filled}")
    }
}

/// The number of the first record, out of the text that asks for a page.
fn start_in(text: &str, template: &str) -> Option<u64> {
    let (before, _) = template.split_once("{start}")?;
    // What stands between the query and the number.
    let before = before.rsplit('}').next()?;
    let at = if before.is_empty() { 0 } else { text.rfind(before)? + before.len() };
    let rest = text.get(at..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// A number in a slot, as the distance from `first`.
fn number(request: &Incoming, slot: &Slot, first: i64) -> Result<u64, Refusal> {
    let Some(text) = request.text(slot) else { return Ok(0) };
    let wrong = || Refusal::bad(format!("`{text}` is no number from {first} on"));
    let n = text.parse::<i64>().map_err(|_| wrong())?;
    u64::try_from(n.saturating_sub(first)).map_err(|_| wrong())
}
