//! Values that satisfy a type, and typed access to JSON by wire path.

use crate::texts;
use gusset_compiler::ir::{Field, StringFormat, TypeKind, TypeUse, Types, Union};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Makes values of types. The same sampler makes the same value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sampler<'a> {
    pub(crate) types: &'a Types,
    /// The record's number: other numbers give other values.
    pub(crate) index: u64,
    /// When the record last changed, in milliseconds since 1970.
    pub(crate) changed: i64,
    /// How long before that it was made, in milliseconds.
    pub(crate) age: i64,
    /// Members to take over wherever a field of that wire name fits.
    pub(crate) hints: Option<&'a Map<String, Value>>,
    /// Whether simple optional fields are filled, too.
    pub(crate) full: bool,
    /// Whether lists that are no records have an element, so that there is something to see.
    pub(crate) listed: bool,
    /// What fields named `ok` or `success` say.
    pub(crate) success: bool,
}

/// Types that contain themselves end somewhere.
const DEPTH: usize = 12;

impl<'a> Sampler<'a> {
    /// A sampler for answers: required fields only.
    pub(crate) fn answer(types: &'a Types, changed: i64) -> Self {
        Sampler {
            types,
            index: 0,
            changed,
            age: 0,
            hints: None,
            full: false,
            listed: false,
            success: true,
        }
    }

    /// A sampler for seed `index`: simple optional fields, too.
    pub(crate) fn seed(types: &'a Types, index: u64, changed: i64) -> Self {
        let age = 86_400_000 + i64::try_from(mix(index) % 86_400_000).unwrap_or(0);
        Sampler {
            types,
            index,
            changed,
            age,
            hints: None,
            full: true,
            listed: false,
            success: true,
        }
    }

    /// A value of a type, for the field of that name.
    pub(crate) fn value(&self, ty: TypeUse, name: &str) -> Value {
        self.at(ty, name, 0)
    }

    fn at(&self, ty: TypeUse, name: &str, depth: usize) -> Value {
        if let Some(hint) = self.hints.and_then(|h| h.get(name)).filter(|h| fits(self.types, ty, h))
        {
            return hint.clone();
        }
        let number = mix(self.index ^ hash(name));
        match &self.types.get(ty.id).kind {
            TypeKind::Boolean => Value::Bool(self.success && is_success(name)),
            TypeKind::Integer { .. } => Value::from(number % 1000),
            TypeKind::Number => Value::from((number % 10_000) as f64 / 10.0),
            TypeKind::String(format) => Value::String(self.text(*format, name)),
            TypeKind::InString(inner) => {
                Value::String(text(&self.at(TypeUse { id: *inner, nullable: false }, name, depth)))
            }
            TypeKind::List(item) if self.listed && depth < 3 => {
                Value::Array(vec![self.at(*item, name, depth + 1)])
            }
            TypeKind::List(_) => Value::Array(Vec::new()),
            TypeKind::Tuple(_) if depth > DEPTH => Value::Null,
            TypeKind::Tuple(items) => {
                items.iter().map(|item| self.at(*item, name, depth + 1)).collect()
            }
            TypeKind::Map(_) | TypeKind::Any { .. } => Value::Object(Map::new()),
            TypeKind::Enum(e) => {
                let index = usize::try_from(number % e.variants.len().max(1) as u64).unwrap_or(0);
                Value::String(e.variants.get(index).map(|v| v.wire.clone()).unwrap_or_default())
            }
            TypeKind::Struct(_) | TypeKind::Union(_) if depth > DEPTH => Value::Null,
            TypeKind::Union(u) => self.variant(u, name, depth),
            TypeKind::Struct(s) => Value::Object(
                s.fields
                    .iter()
                    .filter(|f| self.wants(f, depth))
                    .map(|f| (f.wire.clone(), self.field(f, depth + 1)))
                    .collect(),
            ),
        }
    }

    fn text(&self, format: StringFormat, name: &str) -> String {
        let number = mix(self.index ^ hash(name));
        match format {
            StringFormat::Plain | StringFormat::Binary | StringFormat::Secret => {
                format!("{name} {}", self.index + 1)
            }
            StringFormat::Time => "12:00:00".to_owned(),
            StringFormat::Duration => "PT1H".to_owned(),
            StringFormat::Uuid => format!("00000000-0000-4000-8000-{:012x}", number >> 16),
            StringFormat::DateTime => date_time(self.time(name)),
            StringFormat::Date => date_time(self.time(name)).chars().take(10).collect(),
            StringFormat::Base64 | StringFormat::Part => "c2FuZGJveA==".to_owned(),
        }
    }

    /// A value of a field, as the document limits it, where nothing else says what it is.
    fn field(&self, field: &Field, depth: usize) -> Value {
        let value = self.at(field.ty, &field.wire, depth);
        let hinted = self.hints.is_some_and(|hints| hints.contains_key(&field.wire));
        let Some(notes) = field.notes.values.as_deref().filter(|_| !hinted) else { return value };
        let kind = &self.types.get(field.ty.id).kind;
        match (kind, value, notes.format) {
            (TypeKind::String(format), _, Some(document)) if format.is_text() => {
                Value::String(self.text(document, &field.wire))
            }
            (TypeKind::String(format), Value::String(text), None) if format.is_text() => {
                Value::String(texts::satisfying(notes, 0, self.index, text))
            }
            (TypeKind::Integer(_), value, _) => within(notes.bounds, value),
            (_, value, _) => value,
        }
    }

    /// A value of the first variant that one can be made for, with the tag that names it.
    fn variant(&self, union: &Union, name: &str, depth: usize) -> Value {
        let made = union.variants.iter().map(|variant| {
            let mut value = self.at(variant.ty, name, depth + 1);
            if let (Some(tag), Some(named), Value::Object(members)) =
                (&union.tag, variant.tags.first(), &mut value)
            {
                members.insert(tag.clone(), gusset_compiler::ir::literals::read(named));
            }
            value
        });
        made.into_iter().find(|value| !value.is_null()).unwrap_or(Value::Null)
    }

    fn wants(&self, field: &Field, depth: usize) -> bool {
        if field.write_only {
            return false;
        }
        field.required
            || self.hints.is_some_and(|h| h.contains_key(&field.wire))
            || (self.full && self.simple(field))
            || (self.listed && depth < 3 && self.holds_more(field))
    }

    fn holds_more(&self, field: &Field) -> bool {
        matches!(self.types.get(field.ty.id).kind, TypeKind::List(_) | TypeKind::Struct(_))
    }

    /// Optional fields that a seeded record has: text and numbers, times of making and changing, no
    /// references to what is not there.
    fn simple(&self, field: &Field) -> bool {
        let name = field.wire.to_lowercase();
        match &self.types.get(field.ty.id).kind {
            TypeKind::String(StringFormat::Plain | StringFormat::Secret) => {
                !name.ends_with("id") && !name.ends_with("url")
            }
            TypeKind::String(StringFormat::DateTime) => is_change(&name) || name.contains("creat"),
            TypeKind::Boolean | TypeKind::Integer { .. } | TypeKind::Number | TypeKind::Enum(_) => {
                true
            }
            TypeKind::InString(_) => true,
            _ => false,
        }
    }

    fn time(&self, name: &str) -> i64 {
        if name.to_lowercase().contains("creat") { self.changed - self.age } else { self.changed }
    }
}

/// A whole number between borders: itself where it is, else as far from the lower one as it goes.
pub(crate) fn within((low, high): (Option<i64>, Option<i64>), value: Value) -> Value {
    let Some(number) = value.as_i64() else { return value };
    let from = low.unwrap_or_else(|| high.map_or(number, |high| high.min(0)));
    if low.is_none_or(|low| number >= low) && high.is_none_or(|high| number <= high) {
        return value;
    }
    let room = high.map_or(i64::MAX, |high| high.saturating_sub(from).saturating_add(1)).max(1);
    Value::from(from.saturating_add(number.rem_euclid(room)))
}

/// Whether a field's name says that it is the time of the last change.
pub(crate) fn is_change(name: &str) -> bool {
    let name = name.to_lowercase();
    let cut = ["stamp", "time", "date"].map(|end| format!("mod{end}"));
    let known = ["updat", "modif", "changed"];
    known.iter().any(|word| name.contains(word)) || cut.iter().any(|word| name.contains(word))
}

fn is_success(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "ok" | "success" | "succeeded")
}

/// A time in milliseconds since 1970, as RFC 3339 writes it.
pub(crate) fn date_time(millis: i64) -> String {
    Timestamp::from_millisecond(millis).map(|t| format!("{t:.3}")).unwrap_or_default()
}

/// A scalar as text; other values as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The value as the type wants it: numbers in strings, text of numbers, numbers of text.
pub(crate) fn coerce(types: &Types, ty: TypeUse, value: Value) -> Value {
    match (&types.get(ty.id).kind, value) {
        (_, Value::Null) => Value::Null,
        (TypeKind::InString(inner), value) => {
            Value::String(text(&coerce(types, TypeUse { id: *inner, nullable: false }, value)))
        }
        (TypeKind::String(_) | TypeKind::Enum(_), value) => Value::String(text(&value)),
        (TypeKind::Integer { .. }, Value::String(s)) => {
            s.parse::<i64>().map_or(Value::String(s), Value::from)
        }
        (TypeKind::Number, Value::String(s)) => {
            s.parse::<f64>().map_or(Value::String(s), Value::from)
        }
        (TypeKind::Boolean, Value::String(s)) => {
            s.parse::<bool>().map_or(Value::String(s), Value::from)
        }
        (TypeKind::Number, Value::Number(n)) => n.as_f64().map_or(Value::Null, Value::from),
        (_, value) => value,
    }
}

/// Whether a value is one of the type, looking at its outside only.
fn fits(types: &Types, ty: TypeUse, value: &Value) -> bool {
    match &types.get(ty.id).kind {
        TypeKind::Boolean => value.is_boolean(),
        TypeKind::Integer { .. } => value.is_i64() || value.is_u64(),
        TypeKind::Number => value.is_number(),
        TypeKind::String(_) | TypeKind::Enum(_) | TypeKind::InString(_) => value.is_string(),
        TypeKind::List(_) => value.is_array(),
        TypeKind::Tuple(items) => value.as_array().is_some_and(|list| list.len() == items.len()),
        TypeKind::Map(_) => value.is_object(),
        TypeKind::Struct(_) => false,
        TypeKind::Any { .. } | TypeKind::Union(_) => true,
    }
}

/// The type of the member that a step leads to.
pub(crate) fn step(types: &Types, ty: TypeUse, key: &str) -> Option<TypeUse> {
    match &types.get(ty.id).kind {
        TypeKind::Struct(s) => s.field(key).map(|f| f.ty).or(s.rest),
        TypeKind::Map(item) | TypeKind::List(item) => Some(*item),
        TypeKind::Tuple(items) => items.get(key.parse::<usize>().ok()?).copied(),
        _ => None,
    }
}

/// Writes a value at a wire path, making what leads there.
pub(crate) fn place(
    sampler: &Sampler<'_>,
    ty: Option<TypeUse>,
    at: &mut Value,
    path: &[String],
    value: Value,
) {
    let Some((key, rest)) = path.split_first() else {
        *at = match ty {
            Some(ty) => coerce(sampler.types, ty, value),
            None => value,
        };
        return;
    };
    let inner = ty.and_then(|ty| step(sampler.types, ty, key));
    let is_list = ty.is_some_and(|ty| matches!(sampler.types.get(ty.id).kind, TypeKind::List(_)))
        || at.is_array();
    let fresh = || inner.map_or(Value::Null, |ty| sampler.value(ty, key));
    if is_list {
        if !at.is_array() {
            *at = Value::Array(Vec::new());
        }
        // Places come from specs; no list in an answer is that long.
        if let (Value::Array(items), Ok(index @ 0..1000)) = (&mut *at, key.parse::<usize>()) {
            while items.len() <= index {
                items.push(fresh());
            }
            place(sampler, inner, &mut items[index], rest, value);
        }
        return;
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    if let Value::Object(members) = at {
        place(sampler, inner, members.entry(key.clone()).or_insert_with(fresh), rest, value);
    }
}

/// Takes a value away, as the type allows it: an optional member goes, a nullable one becomes null,
/// text becomes empty.
pub(crate) fn clear(types: &Types, ty: TypeUse, at: &mut Value, path: &[String]) {
    let Some((key, rest)) = path.split_first() else { return };
    let Value::Object(members) = at else { return };
    let field = match &types.get(ty.id).kind {
        TypeKind::Struct(s) => s.field(key),
        _ => None,
    };
    match field {
        Some(f) if f.required && !f.ty.nullable => match members.get_mut(key) {
            Some(inner) if !rest.is_empty() => clear(types, f.ty, inner, rest),
            _ => {
                let empty = match &types.get(f.ty.id).kind {
                    TypeKind::Integer { .. } => Value::from(0),
                    TypeKind::Any { .. } => Value::Null,
                    _ => Value::String(String::new()),
                };
                members.insert(key.clone(), empty);
            }
        },
        Some(f) if f.required => {
            members.insert(key.clone(), Value::Null);
        }
        _ => {
            members.remove(key);
        }
    }
}

/// The value at a wire path.
pub(crate) fn get<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |at, key| match at {
        Value::Object(members) => members.get(key),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    })
}

/// The steps of a JSON pointer.
pub(crate) fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~")).collect()
}

/// Merges members into a value; objects inside are merged, too.
pub(crate) fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// A number that looks random and is always the same (SplitMix64).
pub(crate) fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

/// A number for a text, always the same (FNV-1a).
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
}
