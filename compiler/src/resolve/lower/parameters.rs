//! The parameters of an operation.

use super::media::is_header;
use super::notes;
use super::refine::Tree;
use super::schema::Context;
use super::styles::{default, style};
use super::{Lowering, Out};
use crate::diagnostics::codes::openapi::{BAD_PART, PARAMETER};
use crate::diagnostics::{Diagnostic, Severity};
use crate::ir::{Notes, Parameter, ParameterIn, StringFormat, Style, StyleKind, TypeKind, TypeUse};
use crate::openapi::{FoundOperation, Node, Schema, SchemaType};
use crate::resolve::names::{Scope, field_ident, upper_camel_case};
use openapiv3::ParameterData;
use std::collections::HashSet;

/// A parameter of the document.
struct Read<'a> {
    location: ParameterIn,
    data: ParameterData,
    node: Node<'a>,
    /// The list that it is in.
    list: usize,
}

impl Read<'_> {
    fn is_same(&self, other: &Self) -> bool {
        self.location == other.location && self.location.same(&self.data.name, &other.data.name)
    }

    /// Whether it says anything.
    fn counts(&self, out: &mut Out<'_>, path: &str) -> bool {
        let name = &self.data.name;
        let ignored = ["accept", "content-type", "authorization"];
        let message = match self.location {
            // OpenAPI: these say nothing.
            ParameterIn::Header if ignored.contains(&name.to_lowercase().as_str()) => return false,
            ParameterIn::Header if !is_header(name) => {
                format!("`{}` is no name of a header", name.escape_debug())
            }
            ParameterIn::Path if !path.contains(&format!("{{{name}}}")) => {
                format!("`{path}` has no parameter `{name}`")
            }
            _ => return true,
        };
        out.push(Diagnostic::warning(PARAMETER, message).at(&self.node.place, "it is left out"));
        false
    }
}

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
        let item = document.node(&found.item);
        let mut all = Vec::new();
        for of in item.iter().chain([node]) {
            let list = self.part(out, cx.document, of, "parameters");
            if let Some(list) = list.as_ref().filter(|list| list.value.as_array().is_none()) {
                let finding = Diagnostic::warning(BAD_PART, "the parameters are no list");
                out.push(finding.at(&list.place.key(), "they are left out"));
            }
            all.extend(list);
        }
        let mut read: Vec<Read<'a>> = Vec::new();
        for (list, node) in
            all.iter().enumerate().flat_map(|(n, list)| list.items().map(move |p| (n, p)))
        {
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
                    let new = Read { location, data: parameter.parameter_data(), node, list };
                    match read.iter().position(|known| known.is_same(&new)) {
                        // The operation's own replace the path item's.
                        Some(at) => {
                            if read[at].list == list {
                                let message = format!("`{}` is there twice", new.data.name);
                                out.push(
                                    Diagnostic::warning(PARAMETER, message)
                                        .at(&new.node.place, "the last one counts"),
                                );
                            }
                            read[at] = new;
                        }
                        None => read.push(new),
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
        read.retain(|read| read.counts(out, &found.path));
        let idents = idents(&read, has_body);
        let mut parameters = Vec::new();
        for (read, name) in read.into_iter().zip(idents) {
            parameters.push(self.parameter(out, cx, read, ident, name));
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
                    ident: free(&parameters, name),
                    location: ParameterIn::Path,
                    ty: self.shape(out, text, &found.place),
                    style: Style::of(StyleKind::Simple),
                    required: true,
                    bounds: (None, None),
                    doc: None,
                    notes: Notes::default(),
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
        Read { location, data, node, .. }: Read<'a>,
        ident: &str,
        name: String,
    ) -> Parameter {
        let hint = format!("{ident}{}", upper_camel_case(&data.name));
        let content = node.get("content").and_then(|content| content.entries().next());
        let (schema, style) = match content {
            Some((media, content)) => {
                let style = match super::media::is_json(media) {
                    true => Style::of(StyleKind::Json),
                    false => Style { explode: false, ..default(location) },
                };
                (content.get("schema"), style)
            }
            None => (node.get("schema"), style(out, &node, location, data.explode)),
        };
        let ty = match schema.clone() {
            Some(schema) => self.lower(out, cx, schema, &hint, &Tree::default()),
            None => self.shape(out, TypeKind::String(StringFormat::Plain), &node.place),
        };
        // What is not said to be more than a scalar can be written as text.
        let untyped = matches!(out.types.get(ty.id).kind, TypeKind::Any { .. });
        let scalar = |schema: &Node<'_>| self.is_one_scalar(cx.document, schema);
        let ty = match untyped && schema.as_ref().is_some_and(scalar) {
            true => self.shape(out, TypeKind::String(StringFormat::Plain), &node.place),
            false => ty,
        };
        let document = &self.documents[cx.document];
        let said = notes::of(document, schema.as_slice());
        let notes = Notes { deprecated: node.flag("deprecated"), ..said };
        let schema = schema.and_then(|s| document.resolve(s).ok());
        let bound = |key: &str| schema.as_ref().and_then(|s| s.value.get(key)?.as_i64());
        Parameter {
            ident: name,
            location,
            // An optional parameter is left out instead of sent as null.
            ty: TypeUse { nullable: false, ..ty },
            style,
            required: data.required || location == ParameterIn::Path,
            bounds: (bound("minimum"), bound("maximum")),
            doc: data.description,
            notes,
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

/// The Rust names of parameters. Where places share a name, all but the first say where they travel.
fn idents(read: &[Read<'_>], has_body: bool) -> Vec<String> {
    let mut scope = Scope::new(if has_body { &["body"] } else { &[] });
    let mut first: HashSet<String> = HashSet::new();
    let name = |read: &Read<'_>| {
        let name = field_ident(&read.data.name);
        if first.insert(name.clone()) {
            return scope.unique(name);
        }
        scope.unique(field_ident(&format!("{}_{}", read.data.name, word(read.location))))
    };
    read.iter().map(name).collect()
}

fn word(location: ParameterIn) -> &'static str {
    match location {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    }
}

/// The name of a parameter that only the path has.
fn free(parameters: &[Parameter], name: &str) -> String {
    let taken: Vec<&str> = parameters.iter().map(|p| p.ident.as_str()).collect();
    Scope::new(&[taken.as_slice(), &["body"]].concat()).unique(field_ident(name))
}

/// The names in braces of a path template.
fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
