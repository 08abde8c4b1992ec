//! Schemas that only wrap another.

use super::Lowering;
use super::schema::Context;
use super::unions::{is_base, is_null};
use crate::openapi::{Node, Schema};

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
                let shape = [
                    "type",
                    "format",
                    "properties",
                    "additionalProperties",
                    "items",
                    "enum",
                    "const",
                ];
                let groups = ["allOf", "oneOf", "anyOf", "required"];
                shape.iter().chain(&groups).any(|key| part.get(key).is_some())
            };
            let mut parts = parts.items().filter(says);
            return match (parts.next(), parts.next()) {
                // A child that adds nothing to its base is not the union of base and children.
                (Some(only), None)
                    if schema.shape.required.is_empty() && !is_base(document, &only) =>
                {
                    Some((only, false))
                }
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
}
