//! The parameters of an operation.

use super::refine::Tree;
use super::schema::Context;
use super::{Lowering, Out};
use crate::diagnostics::codes::openapi::PARAMETER;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ir::{ListStyle, Parameter, ParameterIn, StringFormat, TypeKind, TypeUse, Types};
use crate::openapi::{FoundOperation, Node, Schema, SchemaType};
use crate::resolve::names::{Scope, field_ident, upper_camel_case};
use openapiv3::{ParameterData, QueryStyle};

impl<'a> Lowering<'a> {
    /// The parameters of an operation and of its path item.
    pub(super) fn parameters(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        found: &FoundOperation,
        node: &Node<'a>,
        ident: &str,
        has_body: bool,
    ) -> Vec<Parameter> {
        let document = &self.documents[cx.document];
        let item = document.node(&found.item).and_then(|item| item.get("parameters"));
        let all = item.into_iter().chain(node.get("parameters"));
        let mut read: Vec<(ParameterIn, ParameterData, Node<'a>)> = Vec::new();
        for node in all.flat_map(|list| list.items().collect::<Vec<_>>()) {
            let node = match document.resolve(node) {
                Ok(node) => node,
                Err(error) => {
                    out.push(error.diagnostic(Severity::Warning));
                    continue;
                }
            };
            match node.level::<openapiv3::Parameter>() {
                Ok(parameter) => {
                    let location = location(&parameter);
                    let data = parameter.parameter_data();
                    // The operation's own replace the path item's.
                    let same = |(l, d, _): &(ParameterIn, ParameterData, _)| {
                        *l == location && d.name == data.name
                    };
                    match read.iter().position(same) {
                        Some(at) => read[at] = (location, data, node),
                        None => read.push((location, data, node)),
                    }
                }
                Err(error) => {
                    out.push(error.diagnostic(
                        Severity::Warning,
                        "a parameter cannot be read; it is left out",
                    ));
                }
            }
        }
        let mut idents = Scope::new(if has_body { &["body"] } else { &[] });
        let mut parameters = Vec::new();
        for (location, data, node) in read {
            let ignored = ["accept", "content-type", "authorization"];
            let header = location == ParameterIn::Header;
            if header && ignored.contains(&data.name.to_lowercase().as_str()) {
                continue; // OpenAPI: these say nothing.
            }
            let in_path = location == ParameterIn::Path;
            if in_path && !found.path.contains(&format!("{{{}}}", data.name)) {
                let message = format!("`{}` has no parameter `{}`", found.path, data.name);
                out.push(Diagnostic::warning(PARAMETER, message).at(&node.place, "it is left out"));
                continue;
            }
            parameters.push(self.parameter(out, cx, (location, data), &node, ident, &mut idents));
        }
        for name in template_names(&found.path) {
            if !parameters.iter().any(|p| p.location == ParameterIn::Path && p.wire == name) {
                let message =
                    format!("the document does not describe `{{{name}}}` of `{}`", found.path);
                let finding = Diagnostic::warning(PARAMETER, message);
                out.push(finding.at(&found.place.key(), "it is taken for text"));
                let text = TypeKind::String(StringFormat::Plain);
                parameters.push(Parameter {
                    wire: name.to_owned(),
                    ident: idents.unique(field_ident(name)),
                    location: ParameterIn::Path,
                    ty: self.shape(out, text, &found.place),
                    style: ListStyle::Comma,
                    required: true,
                    bounds: (None, None),
                    doc: None,
                    place: found.place.clone(),
                });
            }
        }
        parameters
    }

    fn parameter(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        (location, data): (ParameterIn, ParameterData),
        node: &Node<'a>,
        ident: &str,
        idents: &mut Scope,
    ) -> Parameter {
        let hint = format!("{ident}{}", upper_camel_case(&data.name));
        let schema = node.get("schema");
        let ty = match schema.clone() {
            Some(schema) => self.lower(out, cx, schema, &hint, &Tree::default()),
            None => self.shape(out, TypeKind::String(StringFormat::Plain), &node.place),
        };
        let ty = if is_plain(out.types, ty, true) {
            ty
        } else if schema.as_ref().is_some_and(|s| self.is_one_scalar(cx.document, s)) {
            // One of several scalars, or not said: each of them can be written as text.
            self.shape(out, TypeKind::String(StringFormat::Plain), &node.place)
        } else {
            let message = format!("`{}` is no scalar and no list of scalars", data.name);
            let finding = Diagnostic::warning(PARAMETER, message);
            out.push(finding.at(&node.place, "it is sent as the text that you give"));
            self.shape(out, TypeKind::String(StringFormat::Plain), &node.place)
        };
        let form = matches!(location, ParameterIn::Query | ParameterIn::Cookie);
        let style = node.get("style").and_then(|style| style.read().ok());
        let style = match (style, data.explode.unwrap_or(form)) {
            (Some(QueryStyle::SpaceDelimited), false) => ListStyle::Space,
            (Some(QueryStyle::PipeDelimited), false) => ListStyle::Pipe,
            (_, true) if form => ListStyle::Multi,
            _ => ListStyle::Comma,
        };
        let schema = schema.and_then(|s| self.documents[cx.document].resolve(s).ok());
        let bound = |key: &str| schema.as_ref().and_then(|s| s.value.get(key)?.as_i64());
        Parameter {
            ident: idents.unique(field_ident(&data.name)),
            location,
            // An optional parameter is left out instead of sent as null.
            ty: TypeUse { nullable: false, ..ty },
            style,
            required: data.required || location == ParameterIn::Path,
            bounds: (bound("minimum"), bound("maximum")),
            doc: data.description,
            place: node.place.clone(),
            wire: data.name,
        }
    }

    /// Whether a schema allows nothing but scalars, though of several types.
    fn is_one_scalar(&self, document: usize, schema: &Node<'_>) -> bool {
        let document = &self.documents[document];
        let scalar = |schema: &Schema| {
            let types = &schema.types;
            let compound = [SchemaType::Object, SchemaType::Array];
            !types.iter().any(|t| compound.contains(t))
                && !schema.has_members()
                && schema.shape.items.is_none()
        };
        let Ok(node) = document.resolve(schema.clone()) else { return false };
        let Ok(schema) = Schema::read(&node) else { return false };
        let parts = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|key| node.get(key));
        scalar(&schema)
            && parts.flat_map(|list| list.items().collect::<Vec<_>>()).all(|part| {
                let Ok(part) = document.resolve(part) else { return false };
                let nested = ["oneOf", "anyOf", "allOf"].iter().any(|key| part.get(key).is_some());
                !nested && Schema::read(&part).is_ok_and(|part| scalar(&part))
            })
    }
}

fn location(parameter: &openapiv3::Parameter) -> ParameterIn {
    match parameter {
        openapiv3::Parameter::Path { .. } => ParameterIn::Path,
        openapiv3::Parameter::Query { .. } => ParameterIn::Query,
        openapiv3::Parameter::Header { .. } => ParameterIn::Header,
        openapiv3::Parameter::Cookie { .. } => ParameterIn::Cookie,
    }
}

/// Whether a value can be written into a path, a query or a header.
fn is_plain(types: &Types, ty: TypeUse, lists: bool) -> bool {
    match &types.get(ty.id).kind {
        TypeKind::Boolean
        | TypeKind::Integer { .. }
        | TypeKind::Number
        | TypeKind::String(_)
        | TypeKind::Enum(_) => true,
        TypeKind::Union(body) => body.variants.iter().all(|v| is_plain(types, v.ty, false)),
        TypeKind::List(item) => lists && is_plain(types, *item, false),
        TypeKind::InString(_)
        | TypeKind::Tuple(_)
        | TypeKind::Map(_)
        | TypeKind::Struct(_)
        | TypeKind::Any { .. } => false,
    }
}

/// The names in braces of a path template.
fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
