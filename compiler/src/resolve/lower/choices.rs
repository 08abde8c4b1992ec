//! `oneOf`, `anyOf`, and `allOf` of one: what they come down to.

use super::schema::{Context, single_type};
use super::{Lowering, Out};
use crate::ir::{StringFormat, TypeKind, TypeUse, Width};
use crate::openapi::{Document, Node, Schema, SchemaType};
use serde_json::Value;

impl<'a> Lowering<'a> {
    /// A schema that only wraps another: one `allOf`, or one choice beside null. Says whether it adds null.
    pub(super) fn transparent(
        &self,
        cx: &Context<'_>,
        node: &Node<'a>,
        schema: &Schema,
    ) -> Option<(Node<'a>, bool)> {
        if schema.has_members() {
            return None;
        }
        let document = &self.documents[cx.document];
        if let Some(parts) = node.get("allOf") {
            // Parts that say nothing about the shape (a description, an example) do not count.
            let says = |part: &Node<'a>| {
                let Ok(part) = document.resolve(part.clone()) else { return true };
                let shape =
                    ["type", "properties", "additionalProperties", "items", "enum", "const"];
                let groups = ["allOf", "oneOf", "anyOf", "required"];
                shape.iter().chain(&groups).any(|key| part.get(key).is_some())
            };
            let mut parts = parts.items().filter(says);
            return match (parts.next(), parts.next()) {
                (Some(only), None) if schema.shape.required.is_empty() => Some((only, false)),
                _ => None,
            };
        }
        let choices = node.get("oneOf").or_else(|| node.get("anyOf"))?;
        let (nulls, others): (Vec<_>, Vec<_>) =
            choices.items().partition(|choice| is_null(document, choice));
        match others.as_slice() {
            [only] => Some((only.clone(), !nulls.is_empty())),
            _ => None,
        }
    }

    /// One of several: text if all are text, a number if all are numbers, else JSON.
    pub(super) fn lower_choice(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        choices: &[Node<'a>],
    ) -> TypeUse {
        let document = &self.documents[cx.document];
        let mut nullable = false;
        let mut kinds = Vec::new();
        for choice in choices {
            if is_null(document, choice) {
                nullable = true;
                continue;
            }
            let read = document.resolve(choice.clone()).ok().and_then(|c| Schema::read(&c).ok());
            let (kind, null) = match read {
                Some(schema) => (single_type(&schema).unwrap_or(None), schema.allows_null()),
                None => (None, false),
            };
            nullable |= null;
            kinds.push(kind);
        }
        let all = |allowed: &[SchemaType]| {
            kinds.iter().all(|kind| kind.is_some_and(|kind| allowed.contains(&kind)))
        };
        let kind = if all(&[SchemaType::String]) {
            TypeKind::String(StringFormat::Plain)
        } else if all(&[SchemaType::Integer]) {
            TypeKind::Integer(Width::I64)
        } else if all(&[SchemaType::Integer, SchemaType::Number]) {
            TypeKind::Number
        } else if all(&[SchemaType::Boolean]) {
            TypeKind::Boolean
        } else {
            TypeKind::fallback("it is one of several schemas")
        };
        TypeUse { nullable, ..self.shape(out, kind, &node.place) }
    }
}

/// Whether a schema allows null and nothing else.
fn is_null(document: &Document, node: &Node<'_>) -> bool {
    let Ok(node) = document.resolve(node.clone()) else { return false };
    let Ok(schema) = Schema::read(&node) else { return false };
    let values = &schema.shape.enumeration;
    schema.types == [SchemaType::Null] || (!values.is_empty() && values.iter().all(Value::is_null))
}
