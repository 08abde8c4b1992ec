//! Listed values: open enums of text, and the scalars that other values are.

use super::schema::single_type;
use super::{Lowering, Out};
use crate::ir::{Enum, Notes, TypeKind, TypeUse, Variant, Width};
use crate::openapi::{Node, Schema, SchemaType};
use crate::resolve::names::{type_ident, variant_idents};
use crate::source::Json;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;

impl<'a> Lowering<'a> {
    /// The type of a schema that lists its values; `None` if they say no more than its `type`.
    pub(super) fn lower_enum(
        &mut self,
        out: &mut Out<'_>,
        node: &Node<'a>,
        schema: &Schema,
        hint: &str,
    ) -> Option<TypeUse> {
        let listed = &schema.shape.enumeration;
        let nullable = listed.contains(&Value::Null);
        let values: Vec<&Value> = listed.iter().filter(|value| !value.is_null()).collect();
        if values.is_empty() {
            return None;
        }
        let text = match single_type(schema) {
            Ok(Some(SchemaType::String)) => true,
            Ok(None) if values.iter().all(|value| value.is_string()) => true,
            Ok(None) => {
                let ty = self.shape(out, scalar(&values), &node.place);
                return Some(TypeUse { nullable, ..ty });
            }
            _ => false,
        };
        if !text {
            return None;
        }
        // A number or a flag among text is text that YAML took for something else.
        let texts: Option<Vec<Cow<'_, str>>> = values.iter().map(|value| as_text(value)).collect();
        let texts = texts?;
        let words = |key| words(node, key, listed.len());
        let (names, docs) = (
            words("x-enum-varnames").or_else(|| words("x-enumNames")),
            words("x-enum-descriptions").or_else(|| words("x-enumDescriptions")),
        );
        // The words stand beside all values, null among them.
        let at = |index: usize| {
            listed.iter().enumerate().filter(|(_, v)| !v.is_null()).nth(index).map(|(at, _)| at)
        };
        let mut seen: HashSet<&str> = HashSet::new();
        let once: Vec<usize> = (0..texts.len()).filter(|i| seen.insert(&texts[*i])).collect();
        let named: Vec<&str> = once
            .iter()
            .map(|i| names.as_ref().zip(at(*i)).map_or(&*texts[*i], |(names, at)| names[at]))
            .collect();
        let variants = variant_idents(&named).into_iter().zip(&once).map(|(ident, i)| Variant {
            wire: texts[*i].to_string(),
            ident,
            doc: docs.as_ref().zip(at(*i)).map(|(docs, at)| docs[at].to_owned()),
        });
        let kind = TypeKind::Enum(Enum { variants: variants.collect() });
        let ident = self.type_names.give(&node.place, type_ident(hint));
        let doc = schema.data.description.clone();
        let ty = self.add(out, Some(ident), kind, doc, &node.place);
        let deprecated = node.flag("deprecated");
        out.types.get_mut(ty.id).notes = Notes { deprecated, ..Notes::default() };
        Some(TypeUse { nullable, ..ty })
    }
}

/// The words that a vendor gives to values, if there is one for each and no two are the same.
fn words<'d>(node: &Node<'d>, key: &str, count: usize) -> Option<Vec<&'d str>> {
    let list = node.get(key)?;
    let words: Option<Vec<&str>> = list.value.as_array()?.iter().map(Json::as_str).collect();
    let words = words.filter(|words| words.len() == count)?;
    let blank = words.iter().any(|word| word.trim().is_empty());
    let distinct: HashSet<&&str> = words.iter().collect();
    let repeated = distinct.len() < count && key.to_lowercase().contains("names");
    (!blank && !repeated).then_some(words)
}

fn as_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(_) | Value::Bool(_) => Some(Cow::Owned(value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The type that holds all of some values, which are not all text.
fn scalar(values: &[&Value]) -> TypeKind {
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| is(value));
    if all(|value| value.is_i64()) {
        TypeKind::Integer(Width::I64)
    } else if all(|value| value.is_u64()) {
        TypeKind::Integer(Width::U64)
    } else if all(Value::is_number) {
        TypeKind::Number
    } else if all(Value::is_boolean) {
        TypeKind::Boolean
    } else {
        TypeKind::fallback("its values are of several types")
    }
}
