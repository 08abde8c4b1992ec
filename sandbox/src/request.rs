//! A request as the sandbox sees it: values by slot, and whether they are what the document asks for.

use crate::errors::Refusal;
use crate::values;
use gusset_compiler::ir::{
    Enum, Hook, HookKind, Media, Operation, Parameter, ParameterIn, Slot, StringFormat, TypeKind,
    TypeUse, Types,
};
use http::HeaderMap;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashMap;

/// A request whose operation is known.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    /// The path as sent, the base path included.
    pub(crate) uri_path: String,
    /// Path parameters by wire name.
    pub(crate) path: HashMap<String, String>,
    /// Query parameters, decoded, in order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Value>,
}

impl Incoming {
    /// The first value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }

    /// What stands in a slot, as text.
    pub(crate) fn text(&self, slot: &Slot) -> Option<String> {
        match slot {
            Slot::Query(name) => self.query(name).map(str::to_owned),
            Slot::Header(name) => self.header(name).map(str::to_owned),
            Slot::Path(name) => self.path.get(name).cloned(),
            Slot::Body(pointer) => {
                let value = values::get(self.body.as_ref()?, &values::steps(pointer))?;
                (!value.is_null()).then(|| values::text(value))
            }
        }
    }

    /// All values of a slot.
    pub(crate) fn all(&self, slot: &Slot) -> Vec<String> {
        match slot {
            Slot::Query(name) => {
                self.query.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect()
            }
            _ => self.text(slot).into_iter().collect(),
        }
    }

    /// Reads the body as the operation's media type says.
    pub(crate) fn read_body(&mut self, operation: &Operation, bytes: &[u8]) -> Result<(), Refusal> {
        let Some(body) = &operation.body else { return Ok(()) };
        if bytes.is_empty() {
            return if body.required { Err(Refusal::bad("the body is missing")) } else { Ok(()) };
        }
        match &body.media {
            Media::Json(_) => {
                let kind = self.header("content-type").unwrap_or_default();
                if !kind.split(';').next().unwrap_or_default().trim_end().ends_with("json") {
                    return Err(Refusal::new(
                        415,
                        "unsupported_media_type",
                        format!("the body is `{kind}`, not JSON"),
                    ));
                }
                let value = serde_json::from_slice(bytes)
                    .map_err(|e| Refusal::bad(format!("the body is no JSON: {e}")))?;
                self.body = Some(value);
            }
            Media::Form => {
                let pairs = url::form_urlencoded::parse(bytes)
                    .map(|(k, v)| (k.into_owned(), Value::String(v.into_owned())));
                self.body = Some(Value::Object(pairs.collect()));
            }
            Media::Multipart(_)
            | Media::Parts(_)
            | Media::Lines(_)
            | Media::Text(_)
            | Media::Bytes(_)
            | Media::AnyBytes(_) => {}
        }
        Ok(())
    }

    /// Whether what hooks set is there: they sign requests, and nobody here knows by which rule.
    pub(crate) fn check_hooks(
        &self,
        hooks: &IndexMap<String, Hook>,
        operation: &Operation,
    ) -> Result<(), Refusal> {
        for hook in hooks.values() {
            let HookKind::Request(request) = &hook.kind else { continue };
            if !request.is_for(&operation.name) {
                continue;
            }
            for value in &request.sets {
                let there = match value.location {
                    ParameterIn::Header => self.header(&value.wire),
                    _ => self.query(&value.wire),
                };
                if there.is_none_or(str::is_empty) {
                    return Err(Refusal::bad(format!("`{}` is missing", value.path())));
                }
            }
        }
        Ok(())
    }

    /// Whether parameters and body are what the document asks for.
    pub(crate) fn check(&self, types: &Types, operation: &Operation) -> Result<(), Refusal> {
        for parameter in &operation.parameters {
            self.check_parameter(types, parameter)?;
        }
        match (&operation.body, &self.body) {
            (Some(body), Some(value)) if matches!(body.media, Media::Json(_)) => {
                check(types, body.ty, value, &mut String::from("body"), 0).map_err(Refusal::bad)
            }
            _ => Ok(()),
        }
    }

    fn check_parameter(&self, types: &Types, parameter: &Parameter) -> Result<(), Refusal> {
        let name = &parameter.wire;
        let value = match parameter.location {
            ParameterIn::Path => self.path.get(name).cloned(),
            ParameterIn::Query => self.query(name).map(str::to_owned),
            ParameterIn::Header => self.header(name).map(str::to_owned),
            ParameterIn::Cookie => self.cookie(name),
        };
        let Some(value) = value else {
            let place = format!("{:?}", parameter.location).to_lowercase();
            return if parameter.required {
                Err(Refusal::bad(format!("{place} parameter `{name}` is missing")))
            } else {
                Ok(())
            };
        };
        let bad =
            |wanted: &str| Err(Refusal::bad(format!("`{name}` must be {wanted}, not `{value}`")));
        match &types.get(parameter.ty.id).kind {
            TypeKind::Boolean if value.parse::<bool>().is_err() => bad("true or false"),
            TypeKind::Number if value.parse::<f64>().is_err() => bad("a number"),
            TypeKind::Integer { .. } => match (value.parse::<i64>(), parameter.bounds) {
                (Err(_), _) => bad("a whole number"),
                (Ok(n), (Some(low), _)) if n < low => bad(&format!("at least {low}")),
                (Ok(n), (_, Some(high))) if n > high => bad(&format!("at most {high}")),
                _ => Ok(()),
            },
            TypeKind::String(format) if !format.holds(&value) => bad(of_format(*format)),
            TypeKind::Enum(body) if !lists(body, &value) => bad(&listed(body)),
            TypeKind::List(item) => self.check_list(types, parameter, *item, &value),
            _ => Ok(()),
        }
    }

    /// Elements that the document lists; how they are told apart is the style's matter, and commas are most styles'.
    fn check_list(
        &self,
        types: &Types,
        parameter: &Parameter,
        item: TypeUse,
        first: &str,
    ) -> Result<(), Refusal> {
        let TypeKind::Enum(body) = &types.get(item.id).kind else { return Ok(()) };
        let all = match parameter.location {
            ParameterIn::Query => self.all(&Slot::Query(parameter.wire.clone())),
            _ => vec![first.to_owned()],
        };
        let name = &parameter.wire;
        for value in all.iter().filter(|value| !lists(body, value)) {
            let unknown = value.split([',', ' ', '|']).find(|part| !lists(body, part));
            if let Some(part) = unknown {
                let wanted = listed(body);
                return Err(Refusal::bad(format!("`{name}` must be {wanted}, not `{part}`")));
            }
        }
        Ok(())
    }

    /// A cookie's value.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let pairs =
            self.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.into_iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_owned())
    }
}

fn lists(body: &Enum, text: &str) -> bool {
    body.variants.iter().any(|variant| variant.wire == text)
}

/// The values of an enum, in words.
fn listed(body: &Enum) -> String {
    const MOST: usize = 10;
    let known: Vec<String> =
        body.variants.iter().take(MOST).map(|variant| format!("`{}`", variant.wire)).collect();
    let more = if body.variants.len() > MOST { ", .." } else { "" };
    match known.as_slice() {
        [one] => one.clone(),
        _ => format!("one of {}{more}", known.join(", ")),
    }
}

fn of_format(format: StringFormat) -> &'static str {
    match format {
        StringFormat::DateTime | StringFormat::Date => "a date",
        StringFormat::Time => "a time",
        StringFormat::Duration => "a duration",
        StringFormat::Uuid => "a UUID",
        StringFormat::Part => "a file",
        StringFormat::Plain
        | StringFormat::Base64
        | StringFormat::Binary
        | StringFormat::Secret => "text",
    }
}

/// Whether a value is of a type; if not, a sentence that says where.
fn check(
    types: &Types,
    ty: TypeUse,
    value: &Value,
    at: &mut String,
    depth: usize,
) -> Result<(), String> {
    if value.is_null() {
        return if ty.nullable { Ok(()) } else { wrong(at, "something", value) };
    }
    // Deeper than any document means; JSON itself stops at 128.
    if depth > 64 {
        return Ok(());
    }
    match (&types.get(ty.id).kind, value) {
        (TypeKind::Any { .. } | TypeKind::Union(_), _) => Ok(()),
        (TypeKind::Boolean, Value::Bool(_)) | (TypeKind::Number, Value::Number(_)) => Ok(()),
        (TypeKind::Boolean, _) => wrong(at, "true or false", value),
        (TypeKind::Number, _) => wrong(at, "a number", value),
        (TypeKind::Integer(width), Value::Number(n)) => match width.holds(n) {
            true => Ok(()),
            false => wrong(at, "a whole number in range", value),
        },
        (TypeKind::Integer { .. }, _) => wrong(at, "a whole number", value),
        (TypeKind::String(format), Value::String(text)) if format.holds(text) => Ok(()),
        (TypeKind::String(format), _) => wrong(at, of_format(*format), value),
        (TypeKind::Enum(body), Value::String(text)) if lists(body, text) => Ok(()),
        (TypeKind::Enum(body), Value::String(_)) => wrong(at, &listed(body), value),
        (TypeKind::Enum(_), _) => wrong(at, "text", value),
        (TypeKind::InString(inner), Value::String(text)) => {
            let inner = TypeUse { id: *inner, nullable: false };
            check(
                types,
                inner,
                &values::coerce(types, inner, Value::String(text.clone())),
                at,
                depth + 1,
            )
        }
        (TypeKind::InString(_), _) => wrong(at, "text", value),
        (TypeKind::List(item), Value::Array(items)) => {
            items.iter().enumerate().try_for_each(|(i, v)| {
                within(at, &i.to_string(), |at| check(types, *item, v, at, depth + 1))
            })
        }
        (TypeKind::Tuple(types_of), Value::Array(items)) if types_of.len() == items.len() => {
            types_of.iter().zip(items).enumerate().try_for_each(|(i, (ty, v))| {
                within(at, &i.to_string(), |at| check(types, *ty, v, at, depth + 1))
            })
        }
        (TypeKind::List(_) | TypeKind::Tuple(_), _) => wrong(at, "a list", value),
        (TypeKind::Map(item), Value::Object(members)) => members
            .iter()
            .try_for_each(|(k, v)| within(at, k, |at| check(types, *item, v, at, depth + 1))),
        (TypeKind::Struct(s), Value::Object(members)) => {
            for field in s.fields.iter().filter(|f| f.required && !f.read_only) {
                if !members.contains_key(&field.wire) {
                    return Err(format!("{at}.{} is missing", field.wire));
                }
            }
            members.iter().try_for_each(|(name, v)| {
                match s.field(name).map(|f| (f.ty, f.required)).or(s.rest.map(|r| (r, false))) {
                    // An optional member that is null: most providers take it as "unset".
                    Some((_, false)) if v.is_null() => Ok(()),
                    Some((ty, _)) => within(at, name, |at| check(types, ty, v, at, depth + 1)),
                    None => Ok(()),
                }
            })
        }
        (TypeKind::Map(_) | TypeKind::Struct(_), _) => wrong(at, "an object", value),
    }
}

fn within(
    at: &mut String,
    key: &str,
    inner: impl FnOnce(&mut String) -> Result<(), String>,
) -> Result<(), String> {
    let length = at.len();
    at.push('.');
    at.push_str(key);
    let result = inner(at);
    at.truncate(length);
    result
}

fn wrong(at: &str, wanted: &str, value: &Value) -> Result<(), String> {
    let mut found: String = value.to_string().chars().take(60).collect();
    if found.is_empty() {
        found.push_str("nothing");
    }
    Err(format!("{at} must be {wanted}, not `{found}`"))
}
