#![allow(clippy::unwrap_used)]

mod documents;
mod entries;
mod same;
mod schemas;
mod sizes;
mod total;
mod unions;

use super::*;
use crate::ir::{Operation, Standing};
use crate::openapi::Selector;
use crate::source::{Sources, locate};
use std::fmt::Write as _;
use std::path::Path;

/// What came of lowering a document with a `types:` section.
struct Lowered {
    types: Types,
    operations: Vec<Operation>,
    facts: Vec<Fact>,
    /// `code message | the text at the primary place`.
    found: Vec<String>,
}

/// Lowers the operations that are selected (`GET /things`), or all.
#[track_caller]
fn lower(document: &str, section: &str, selected: &[&str]) -> Lowered {
    lower_files(document, &[], section, selected)
}

/// Lowers a document of several files.
#[track_caller]
fn lower_files(document: &str, more: &[(&str, &str)], section: &str, selected: &[&str]) -> Lowered {
    let mut sources = Sources::new()
        .with_file("openapi.yaml", document)
        .with_file("integration.yaml", format!("types:\n{section}"));
    for (path, text) in more {
        sources = sources.with_file(path, *text);
    }
    let spec = sources.read(Path::new("integration.yaml")).unwrap();
    let mut diagnostics = Diagnostics::new();
    let path = Path::new("openapi.yaml");
    let document = Document::load(&mut sources, path, None, None, &mut diagnostics).unwrap();
    let entries: IndexMap<String, syntax::Type> = match section {
        "" => IndexMap::new(),
        section => serde_yaml::from_str(section).unwrap(),
    };
    let place = Place::root(spec).child("types");
    let documents = [document];
    let mut types = Types::default();
    let mut lowering =
        Lowering::new(IntegrationId(0), &documents, &entries, place.clone(), &mut diagnostics);
    let mut operations = Vec::new();
    for (index, found) in documents[0].operations().enumerate() {
        let call = format!("{} {}", found.method, found.path);
        if selected.is_empty() || selected.contains(&call.as_str()) {
            let name = found.id.clone().unwrap_or_else(|| format!("operation_{index}"));
            operations.extend(lowering.operation(
                &name,
                &place,
                0,
                &found,
                &mut types,
                &mut diagnostics,
            ));
        }
    }
    let (facts, _) = lowering.finish(&mut types, &mut diagnostics);
    let shown = diagnostics.finish().into_iter().map(|d| {
        let at = d.primary.as_ref().and_then(|label| {
            let (file, span) = locate(&sources, &label.place)?;
            Some(sources.text(file)[span.start..span.end].to_owned())
        });
        let help = d.help.first().map(|h| format!(" | {h}")).unwrap_or_default();
        format!("{} {} | {}{help}", d.code, d.message, at.unwrap_or_default())
    });
    let found = shown.collect();
    Lowered { types, operations, facts, found }
}

impl Lowered {
    /// A type as one would write it.
    fn show(&self, ty: TypeUse) -> String {
        let def = self.types.get(ty.id);
        let text = match &def.kind {
            TypeKind::Boolean => "bool".to_owned(),
            TypeKind::Integer(crate::ir::Width::Any) => "number".to_owned(),
            TypeKind::Integer(width) => format!("{width:?}").to_lowercase(),
            TypeKind::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| self.show(*item)).collect();
                format!("({})", items.join(", "))
            }
            TypeKind::Number => "f64".to_owned(),
            TypeKind::String(format) => format!("{format:?}"),
            TypeKind::InString(inner) => {
                format!("text({})", self.show(TypeUse { id: *inner, nullable: false }))
            }
            TypeKind::List(item) => format!("[{}]", self.show(*item)),
            TypeKind::Map(value) => format!("{{{}}}", self.show(*value)),
            TypeKind::Struct(_) => def.name.clone().unwrap(),
            TypeKind::Enum(e) => {
                let variants: Vec<_> = e.variants.iter().map(|v| v.ident.as_str()).collect();
                format!("{}({})", def.name.clone().unwrap(), variants.join("|"))
            }
            TypeKind::Union(body) => {
                let variants = body.variants.iter().map(|v| {
                    let tags =
                        if v.tags.is_empty() { String::new() } else { format!("{:?}", v.tags) };
                    let boxed = if v.boxed { "@" } else { "" };
                    format!("{}{tags}: {boxed}{}", v.ident, self.show(v.ty))
                });
                let variants: Vec<_> = variants.collect();
                let tag = body.tag.as_ref().map(|tag| format!(" by {tag}")).unwrap_or_default();
                format!("{}({}{tag})", def.name.clone().unwrap(), variants.join(" | "))
            }
            TypeKind::Any { .. } => "any".to_owned(),
        };
        if ty.nullable { format!("{text}?") } else { text }
    }

    /// A struct and its fields: `*` required, `@` boxed.
    fn fields(&self, name: &str) -> String {
        let named = |d: &TypeDef| d.name.as_deref() == Some(name);
        let Some((_, def)) = self.types.iter().find(|(_, d)| named(d)) else {
            return "no such type".to_owned();
        };
        let mut out = String::new();
        if let TypeKind::Struct(s) = &def.kind {
            for field in &s.fields {
                let required = if field.required { "*" } else { "" };
                let boxed = if field.boxed { "@" } else { "" };
                let _ = write!(out, "{}{required}: {boxed}{}, ", field.ident, self.show(field.ty));
            }
            if let Some(rest) = s.rest {
                let _ = write!(out, "..{}, ", self.show(rest));
            }
        }
        out.trim_end_matches(", ").to_owned()
    }

    fn output(&self, index: usize) -> String {
        match &self.operations[index].output {
            crate::ir::Output::Json { ty, .. } => self.show(*ty),
            other => format!("{other:?}"),
        }
    }
}

/// A document with these schemas and one operation that sends and returns `Root`.
fn with_schemas(schemas: &str) -> String {
    let indented: String = schemas.lines().map(|l| format!("    {l}\n")).collect();
    format!(
        "openapi: 3.1.0
paths:
  /things:
    post:
      operationId: make
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Root'}}}}}}}}
      responses:
        '200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Root'}}}}}}}}
components:
  schemas:
{indented}"
    )
}
