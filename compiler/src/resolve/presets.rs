//! `with:`: constants, held against the types of the document.

use super::Context;
use super::documented;
use super::message::Root;
use super::paths::describe;
use super::slots;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::SECRET;
use crate::diagnostics::codes::references::BAD_PATH;
use crate::diagnostics::codes::resources::BAD_CONSTANT;
use crate::ir::{
    Media, Operation, Parameter, ParameterIn, Preset, RequestBody, Slot, StringFormat, StyleKind,
    TypeId, TypeKind, TypeUse, Types,
};
use crate::source::Place;
use crate::source::pointer;
use crate::spec::syntax::With;
use serde_json::{Map, Value};

/// Resolves constants for an operation.
pub(super) fn resolve(
    context: &mut Context<'_>,
    operation: &Operation,
    with: &With,
    place: &Place,
) -> Preset {
    let mut preset = Preset::default();
    let mut torn = false;
    for (path, value) in with {
        let at = place.child(path);
        if value.is_null()
            && !["query.", "body.", "path.", "header."].iter().any(|r| path.starts_with(r))
        {
            // One text without quotes is torn into several.
            if std::mem::replace(&mut torn, true) {
                continue;
            }
            context.report(
                Diagnostic::error(BAD_PATH, format!("`{path}` is no path, and has no value"))
                    .at(&at.key(), "")
                    .help("if it belongs to the text before it: inside `{}`, text with a comma needs quotes"),
            );
            continue;
        }
        let roots = [Root::Query, Root::Body, Root::Path, Root::Header];
        let Some(found) = slots::find(context, operation, path, &roots, &at.key()) else {
            continue;
        };
        if let Some(template) = template_in(value) {
            let message =
                format!("`{template}` would be sent as it is: a constant has no templates");
            context.report(
                Diagnostic::error(BAD_CONSTANT, message)
                    .at(&at, "")
                    .help("what differs between accounts is given in Rust, by the operation's field; settings are for `server`"),
            );
            continue;
        }
        let before = context.diagnostics.errors();
        let text =
            |value: &Value| format!("`{path}` of `{}` takes {}", operation.name, shown(value));
        if let Slot::Body(pointer) = &found.slot {
            if holds(context, found.ty, value, &at, &found.document)
                && allowed(context, value, &at, &found.document)
            {
                let body = preset.body.get_or_insert_with(|| Value::Object(Map::new()));
                let ty = operation.body.as_ref().map(|body| body.ty.id);
                put(context.types, ty, body, pointer, value.clone());
                context.proven(text(value), &at, Some(&found.document));
            }
            continue;
        }
        // A list parameter gives one entry an element, or one entry with all of them joined.
        let separator = separator(operation, &found.slot);
        let list = match context.types.get(found.ty.id).kind {
            TypeKind::List(item) => Some(item),
            _ => None,
        };
        let (ty, values): (TypeUse, Vec<(&Value, Place)>) = match (list, value) {
            (Some(item), Value::Array(values)) => {
                (item, values.iter().enumerate().map(|(n, v)| (v, at.child(n))).collect())
            }
            (Some(item), value) => (item, vec![(value, at.clone())]),
            (None, value) => (found.ty, vec![(value, at.clone())]),
        };
        let mut texts = Vec::new();
        for (value, at) in values {
            if value.as_str() == Some("") && (list.is_some() || matches!(found.slot, Slot::Path(_)))
            {
                let message = "an empty text says nothing here";
                context.report(Diagnostic::error(BAD_CONSTANT, message).at(&at, ""));
                continue;
            }
            if holds(context, ty, value, &at, &found.document)
                && (list.is_some() || allowed(context, value, &at, &found.document))
                && let Some(text) = as_text(context, value, &at)
            {
                texts.push(text);
            }
        }
        if let (Some(separator), false) = (separator, texts.is_empty()) {
            texts = vec![texts.join(separator)];
        }
        if context.diagnostics.errors() == before {
            context.proven(text(value), &at, Some(&found.document));
        }
        preset.values.extend(texts.into_iter().map(|text| (found.slot.clone(), text)));
    }
    preset
}

/// What is written like a template anywhere in a constant.
fn template_in(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => {
            let start = text.find("${")?;
            let end = text[start..].find('}')?;
            text.get(start..=start + end)
        }
        Value::Array(values) => values.iter().find_map(template_in),
        Value::Object(members) => members.values().find_map(template_in),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// What stands between the elements of a list; `None` if each is an entry of its own.
fn separator(operation: &Operation, slot: &Slot) -> Option<&'static str> {
    let Slot::Query(name) = slot else { return Some(",") };
    let same = |p: &&Parameter| p.location == ParameterIn::Query && p.wire == *name;
    let style = operation.parameters.iter().find(same)?.style;
    match style.kind {
        _ if style.explode => None,
        StyleKind::Deep | StyleKind::Json | StyleKind::Content => None,
        StyleKind::Simple | StyleKind::Label | StyleKind::Matrix | StyleKind::Form => Some(","),
        StyleKind::Space => Some(" "),
        StyleKind::Pipe => Some("|"),
    }
}

/// A JSON media type of the document's own goes with the body (`application/scim+json`).
pub(super) fn media(operation: &Operation, preset: &mut Preset) {
    if let Some(RequestBody { media: Media::Json(media), .. }) = &operation.body
        && media != "application/json"
    {
        preset.values.push((Slot::Header("Content-Type".to_owned()), media.clone()));
    }
}

/// A parameter's value as text.
fn as_text(context: &mut Context<'_>, value: &Value, place: &Place) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            let message = "a parameter is text, a number, true or false, or a list of these";
            context.report(Diagnostic::error(BAD_CONSTANT, message).at(place, ""));
            None
        }
    }
}

/// Whether a number or a text is within the bounds that the document gives.
fn allowed(context: &mut Context<'_>, value: &Value, place: &Place, document: &Place) -> bool {
    let bound = |key| documented::number(context.documents, document, key);
    let outside = match value {
        Value::Number(number) => match (bound("minimum"), bound("maximum"), number.as_f64()) {
            (Some(least), _, Some(is)) if is < least as f64 => Some(format!("at least {least}")),
            (_, Some(most), Some(is)) if is > most as f64 => Some(format!("at most {most}")),
            _ => None,
        },
        Value::String(text) => {
            let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            match (bound("minLength"), bound("maxLength")) {
                (Some(least), _) if length < least => Some(format!("at least {least} characters")),
                (_, Some(most)) if length > most => Some(format!("at most {most} characters")),
                _ => None,
            }
        }
        _ => None,
    };
    let Some(bound) = outside else { return true };
    let message = format!("`{}` is out of bounds", short(value));
    context.report(Diagnostic::error(BAD_CONSTANT, message).at(place, "").and(document, bound));
    false
}

/// Whether a constant is of a type; reports where it is not. Members that are missing are no concern
/// here: another part of the request may give them.
pub(super) fn holds(
    context: &mut Context<'_>,
    ty: TypeUse,
    value: &Value,
    place: &Place,
    document: &Place,
) -> bool {
    if value.is_null() && ty.nullable {
        return true;
    }
    let def = context.types.get(ty.id);
    let schema = def.place.clone();
    if let (TypeKind::String(StringFormat::Secret), Value::String(_)) = (&def.kind, value) {
        context.report(
            Diagnostic::error(SECRET, "this is a secret, and a constant is shown")
                .at(place, "")
                .and(document, "says the document, or the name")
                .help("declare it under `auth`: a connection holds it, and it is never printed"),
        );
        return false;
    }
    let fine = match (&def.kind, value) {
        (TypeKind::Any { .. } | TypeKind::Union(_), _)
        | (TypeKind::Boolean, Value::Bool(_))
        | (TypeKind::Number, Value::Number(_)) => true,
        (TypeKind::Integer(width), Value::Number(number)) => width.holds(number),
        (TypeKind::String(format), Value::String(text)) => format.holds(text),
        (TypeKind::InString(_), Value::String(_)) => true,
        (TypeKind::Enum(known), Value::String(text)) => {
            if known.variants.iter().any(|v| v.wire == *text) {
                return true;
            }
            let message = format!("`{text}` is none of the values that the document lists");
            let names: Vec<String> = known.variants.iter().map(|v| v.wire.clone()).collect();
            context.report(
                Diagnostic::error(BAD_CONSTANT, message)
                    .at(place, "")
                    .and(&schema, "listed here")
                    .nearest(text, names.iter().map(String::as_str)),
            );
            return false;
        }
        (TypeKind::List(item), Value::Array(values)) => {
            let item = *item;
            let each = values
                .iter()
                .enumerate()
                .map(|(index, value)| holds(context, item, value, &place.child(index), document));
            return all(each);
        }
        (TypeKind::Tuple(items), Value::Array(values)) if items.len() == values.len() => {
            let items = items.clone();
            let each = items.iter().zip(values).enumerate().map(|(index, (item, value))| {
                holds(context, *item, value, &place.child(index), document)
            });
            return all(each);
        }
        (TypeKind::Map(item), Value::Object(members)) => {
            let item = *item;
            let each = members
                .iter()
                .map(|(key, value)| holds(context, item, value, &place.child(key), document));
            return all(each);
        }
        (TypeKind::Struct(_), Value::Object(members)) => {
            let each = members
                .iter()
                .map(|(key, value)| member(context, ty, (key, value), place, document));
            return all(each);
        }
        _ => false,
    };
    if !fine {
        let wanted = describe(context.types, TypeUse { nullable: false, ..ty });
        let message = format!("`{}` is not {wanted}", short(value));
        context.report(
            Diagnostic::error(BAD_CONSTANT, message)
                .at(place, "")
                .and(document, "the document says so"),
        );
    }
    fine
}

/// Whether all hold; unlike [`Iterator::all`] it looks at the rest when one does not, to report that, too.
fn all(each: impl Iterator<Item = bool>) -> bool {
    each.filter(|holds| !holds).count() == 0
}

fn member(
    context: &mut Context<'_>,
    of: TypeUse,
    (key, value): (&str, &Value),
    place: &Place,
    document: &Place,
) -> bool {
    let place = place.child(key);
    let Some(structure) = context.types.as_struct(of.id) else { return false };
    let ty = structure.field(key).map(|f| (f.ty, f.place.clone()));
    let rest = structure.rest.map(|rest| (rest, document.clone()));
    if let Some((ty, document)) = ty.or(rest) {
        return holds(context, ty, value, &place, &document);
    }
    let names: Vec<String> = structure.fields.iter().map(|f| f.wire.clone()).collect();
    let message = format!("{} has no field `{key}`", describe(context.types, of));
    context.report(
        Diagnostic::error(BAD_CONSTANT, message)
            .at(&place.key(), "")
            .and(document, "the document says so")
            .nearest(key, names.iter().map(String::as_str)),
    );
    false
}

/// A constant in a sentence: texts in quotes, and no more of it than fits there.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}...`", &text[..end]),
        None => format!("`{text}`"),
    }
}

fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// Puts a value at a pointer, making objects and lists on the way.
fn put(types: &Types, ty: Option<TypeId>, at: &mut Value, pointer: &str, value: Value) {
    let Some(rest) = pointer.strip_prefix('/') else {
        merge(at, value);
        return;
    };
    let (segment, rest) = rest.find('/').map_or((rest, ""), |end| rest.split_at(end));
    let segment = pointer::unescape(segment);
    let (object, inner) = match ty.map(|ty| &types.get(ty).kind) {
        Some(TypeKind::Struct(body)) => {
            (true, body.field(&segment).map(|f| f.ty.id).or(body.rest.map(|rest| rest.id)))
        }
        Some(TypeKind::Map(item)) => (true, Some(item.id)),
        Some(TypeKind::List(item)) => (false, Some(item.id)),
        _ => (at.as_object().is_some_and(|o| !o.is_empty()), None),
    };
    // Lists are short: a spec writes each of their elements.
    if let (Ok(index @ 0..100), false) = (segment.parse::<usize>(), object) {
        if !at.is_array() {
            *at = Value::Array(Vec::new());
        }
        if let Value::Array(list) = at {
            while list.len() <= index {
                list.push(Value::Object(Map::new()));
            }
            put(types, inner, &mut list[index], rest, value);
        }
        return;
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    if let Value::Object(members) = at {
        let member = members.entry(segment).or_insert_with(|| Value::Object(Map::new()));
        put(types, inner, member, rest, value);
    }
}

/// Objects keep the members that the new value does not give.
fn merge(at: &mut Value, value: Value) {
    match (at, value) {
        (Value::Object(old), Value::Object(new)) => old.extend(new),
        (at, value) => *at = value,
    }
}

#[cfg(test)]
mod tests {
    use super::put;
    use crate::ir::Types;
    use serde_json::json;

    #[test]
    fn values_are_put_where_pointers_lead() {
        let types = Types::default();
        let mut body = json!({});
        put(&types, None, &mut body, "/a/b", json!(1));
        put(&types, None, &mut body, "/a/c", json!([2]));
        put(&types, None, &mut body, "/list/1/x", json!("y"));
        put(&types, None, &mut body, "/a", json!({"d": 3}));
        let expected = json!({"a": {"b": 1, "c": [2], "d": 3}, "list": [{}, {"x": "y"}]});
        assert_eq!(body, expected);
    }
}
