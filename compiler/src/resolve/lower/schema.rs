//! A schema becomes a type.

use super::refine::Tree;
use super::scalars;
use super::{Direction, Lowering, Out};
use crate::diagnostics::codes::openapi::DANGLING_REF;
use crate::diagnostics::codes::types::UNKNOWN_FIELD;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ir::{SchemaKey, TypeKind, TypeUse, Width};
use crate::openapi::{Node, Schema, SchemaType};
use crate::resolve::names::{type_ident, upper_camel_case};
use crate::resolve::paths::describe;
use serde_json::Value;

/// Where a schema is met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'p> {
    pub(super) document: usize,
    pub(super) direction: Direction,
    /// Inside a refined entry: which, and the path from it to here.
    pub(super) refinement: Option<(usize, &'p str)>,
}

/// What is said of a keyword of a schema that is not as OpenAPI says.
pub(super) const BROKEN_KEYWORD: &str = "a keyword of a schema cannot be read; it is left out";

/// Schemas nested deeper than this without a struct between them are no types.
const DEEPEST: usize = 100;

impl<'a> Lowering<'a> {
    /// Lowers a schema. `hint` is the name that it gets if it has none of its own.
    pub(super) fn lower(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: Node<'a>,
        hint: &str,
        tree: &Tree,
    ) -> TypeUse {
        // In 3.0 nothing beside a `$ref` counts, but who writes this there means it.
        let nullable =
            node.str("$ref").is_some() && (node.flag("nullable") || node.flag("x-nullable"));
        let ty = self.lower_target(out, cx, node, hint, tree);
        TypeUse { nullable: ty.nullable || nullable, ..ty }
    }

    /// Lowers what a schema is, or refers to.
    fn lower_target(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: Node<'a>,
        hint: &str,
        tree: &Tree,
    ) -> TypeUse {
        let referred = node.str("$ref").is_some() || self.type_names.own(&node.place).is_some();
        let mut cx = *cx;
        let document = &self.documents[cx.document];
        let node = match document.resolve(node.clone()) {
            Ok(node) => node,
            Err(error) => {
                out.push(error.diagnostic(Severity::Warning));
                return self.fallback(out, "its `$ref` cannot be followed", &node.place);
            }
        };
        if !tree.is_empty() {
            return self.lower_node(out, &cx, node, hint, tree);
        }
        let (node, document) = match self.twins.find(self.documents, cx.document, &node) {
            Some((home, twin)) => {
                cx.document = home;
                (twin, &self.documents[home])
            }
            None => (node, document),
        };
        if let Some(entry) = self.entries.claim(&node.place, cx.direction)
            && let Some(ty) = self.entry_type(out, entry, cx.direction)
        {
            let nullable = Schema::read(&node).is_ok_and(|s| s.allows_null());
            return TypeUse { nullable: ty.nullable || nullable, ..ty };
        }
        let split = self.directions.matter(document, &self.entries, &node);
        let key = SchemaKey::new(&node.place, split.then_some(cx.direction));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let own = || self.type_names.own(&node.place).cloned().or_else(|| own_name(&node));
        let name = match referred.then(own).flatten() {
            Some(name) if split && cx.direction == Direction::Requests => input_name(&name),
            Some(name) => name,
            None => hint.to_owned(),
        };
        let plain = Context { refinement: None, ..cx };
        let ty = self.lower_node(out, &plain, node, &name, tree);
        self.known.insert(key, ty);
        ty
    }

    /// Lowers a schema under a name that is taken already.
    pub(super) fn lower_as(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: Node<'a>,
        ident: &str,
    ) -> TypeUse {
        let before = out.types.len();
        let ty = self.lower_node(out, cx, node, ident, &Tree::default());
        let def = out.types.get_mut(ty.id);
        if ty.id.index() >= before && def.name.is_some() {
            def.name = Some(ident.to_owned());
        }
        ty
    }

    fn lower_node(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: Node<'a>,
        hint: &str,
        tree: &Tree,
    ) -> TypeUse {
        if self.active.contains(&node.place) || self.active.len() > DEEPEST {
            let message = "the schema contains nothing but itself";
            out.push(Diagnostic::warning(DANGLING_REF, message).at(&node.place, ""));
            return self.fallback(out, message, &node.place);
        }
        let schema = match Schema::read(&node) {
            Ok(schema) => schema,
            Err(error) => {
                out.push(error.diagnostic(
                    Severity::Warning,
                    "a schema cannot be read; it becomes `serde_json::Value`",
                ));
                return self.fallback(out, "the document's schema is broken", &node.place);
            }
        };
        for fault in &schema.faults {
            out.push(fault.diagnostic(Severity::Warning, BROKEN_KEYWORD));
        }
        self.active.push(node.place.clone());
        let nullable = schema.allows_null();
        let ty = self.lower_schema(out, cx, &node, schema, hint, tree);
        self.active.pop();
        TypeUse { nullable: ty.nullable || nullable, ..ty }
    }

    fn lower_schema(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        schema: Schema,
        hint: &str,
        tree: &Tree,
    ) -> TypeUse {
        if let Some((inner, nullable)) = self.transparent(cx, node, &schema) {
            let ty = self.lower(out, cx, inner, hint, tree);
            return TypeUse { nullable: ty.nullable || nullable, ..ty };
        }
        if tree.is_empty()
            && let Some(ty) = self.lower_choices(out, cx, node, &schema, hint)
        {
            return ty;
        }
        let object = self.is_object(cx.document, node);
        if object || (!tree.is_empty() && schema.types.is_empty()) {
            return self.lower_object(out, cx, node, &schema, hint, tree);
        }
        if !tree.is_empty() {
            let bare = self.lower_schema(out, cx, node, schema, hint, &Tree::default());
            self.refined_scalar(out, cx, node, bare, tree);
            return bare;
        }
        if let Some(parts) = node.get("allOf") {
            let parts: Vec<Node<'a>> = parts.items().collect();
            let all = self.lower_all(out, cx, &parts, hint, &Tree::default());
            if !says_shape(node) {
                return all;
            }
            let own = self.lower_own(out, cx, node, &schema, hint);
            return self.narrower(out, all, own, &node.place, hint);
        }
        self.lower_own(out, cx, node, &schema, hint)
    }

    /// One of several types that a schema allows.
    pub(super) fn lower_kind(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        kind: SchemaType,
        hint: &str,
    ) -> TypeUse {
        let mut schema = Schema::read(node).unwrap_or_default();
        schema.types = vec![kind];
        schema.shape.enumeration.retain(|value| kind == SchemaType::String && value.is_string());
        match kind {
            SchemaType::Object => self.lower_object(out, cx, node, &schema, hint, &Tree::default()),
            _ => self.lower_own(out, cx, node, &schema, hint),
        }
    }

    /// What a schema that is no object says itself.
    fn lower_own(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        schema: &Schema,
        hint: &str,
    ) -> TypeUse {
        if let Some(ty) = self.lower_enum(out, node, schema, hint) {
            return ty;
        }
        let kind = match single_type(schema) {
            Ok(Some(SchemaType::String)) => TypeKind::String(scalars::string_format(node)),
            Ok(Some(SchemaType::Integer)) => TypeKind::Integer(scalars::width(node)),
            // Who lists both means that whole ones stay whole.
            Ok(Some(SchemaType::Number)) if schema.types.contains(&SchemaType::Integer) => {
                TypeKind::Integer(Width::Any)
            }
            Ok(Some(SchemaType::Number)) => TypeKind::Number,
            Ok(Some(SchemaType::Boolean)) => TypeKind::Boolean,
            Ok(Some(SchemaType::Array)) => self.lower_array(out, cx, node, hint),
            // Only text has such a format, and hardly anybody means other values beside it.
            Ok(None) if !scalars::string_format(node).is_text() => {
                TypeKind::String(scalars::string_format(node))
            }
            Ok(Some(SchemaType::Object | SchemaType::Null) | None) => {
                TypeKind::any("the document gives no type")
            }
            Err(because) => TypeKind::fallback(because),
        };
        let nullable = schema.shape.enumeration.contains(&Value::Null);
        TypeUse { nullable, ..self.shape(out, kind, &node.place) }
    }

    fn lower_object(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        schema: &Schema,
        hint: &str,
        tree: &Tree,
    ) -> TypeUse {
        let members =
            super::members::collect(&self.documents[cx.document], std::slice::from_ref(node));
        if members.fields.is_empty() && tree.is_empty() {
            use super::members::{OF_A_CHOICE, OF_SEVERAL, Rest};
            let value = match members.rest {
                Rest::Schema(rest) => {
                    self.lower(out, cx, rest, &format!("{hint}Value"), &Tree::default())
                }
                Rest::Choices => self.fallback(out, OF_A_CHOICE, &node.place),
                Rest::Schemas => self.fallback(out, OF_SEVERAL, &node.place),
                _ => self.any(out, "the document gives no type of members", &node.place),
            };
            return self.shape(out, TypeKind::Map(value), &node.place);
        }
        let ident = self.type_names.give(&node.place, type_ident(hint));
        let ty = self.reserve(out, ident, node);
        if tree.is_empty() {
            // Known before it is whole, so that it may contain itself.
            let document = &self.documents[cx.document];
            let split = self.directions.matter(document, &self.entries, node);
            let key = SchemaKey::new(&node.place, split.then_some(cx.direction));
            let nullable = schema.allows_null();
            self.known.insert(key, TypeUse { nullable, ..ty });
        }
        self.enqueue(ty, *cx, vec![vec![node.clone()]], tree.clone());
        ty
    }

    /// A refinement goes into something that has no members.
    fn refined_scalar(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        node: &Node<'a>,
        ty: TypeUse,
        tree: &Tree,
    ) {
        let path = cx.refinement.map_or("", |(_, path)| path);
        let message = format!("`{path}` is {}, which has no fields", describe(out.types, ty));
        for place in tree.places() {
            out.push(
                Diagnostic::error(UNKNOWN_FIELD, message.clone())
                    .at(&place, "")
                    .and(&node.place, "this is what the document has"),
            );
        }
    }
}

/// The one type that a schema has besides null.
pub(super) fn single_type(schema: &Schema) -> Result<Option<SchemaType>, &'static str> {
    let mut types: Vec<SchemaType> =
        schema.types.iter().copied().filter(|t| *t != SchemaType::Null).collect();
    if types.contains(&SchemaType::Number) {
        types.retain(|t| *t != SchemaType::Integer);
    }
    match types.as_slice() {
        [] if schema.shape.items.is_some() => Ok(Some(SchemaType::Array)),
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err("it has one of several types"),
    }
}

/// Whether a schema says something of the shape of its values itself, besides what it is all of.
pub(super) fn says_shape(node: &Node<'_>) -> bool {
    let keys = ["type", "enum", "const", "items", "prefixItems", "format", "contentEncoding"];
    keys.iter().any(|key| node.get(key).is_some())
}

/// The name that a schema has in its document.
pub(super) fn own_name(node: &Node<'_>) -> Option<String> {
    let segments: Vec<String> = node.place.segments().collect();
    if let [.., parent, name] = segments.as_slice()
        && matches!(parent.as_str(), "schemas" | "definitions" | "$defs")
    {
        return Some(type_ident(name));
    }
    // A file of its own, or a schema somewhere else: its last step that is a name of the vendor's.
    let generic =
        ["schema", "content", "items", "properties", "responses", "allOf", "oneOf", "anyOf"];
    let last = segments.iter().rev().find(|s| {
        !generic.contains(&s.as_str()) && !s.contains('/') && s.parse::<usize>().is_err()
    })?;
    Some(upper_camel_case(last)).filter(|name| !name.is_empty())
}

pub(super) fn input_name(name: &str) -> String {
    if name.ends_with("Input") { name.to_owned() } else { format!("{name}Input") }
}

pub(super) fn item_name(hint: &str) -> String {
    format!("{hint}Item")
}
