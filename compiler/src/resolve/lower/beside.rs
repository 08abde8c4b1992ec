//! What an answer is besides its main body: headers, and events.

use super::media::is_header;
use super::offers::{Kind, Offer};
use super::refine::Tree;
use super::schema::Context;
use super::{Lowering, Out};
use crate::diagnostics::codes::openapi::PARAMETER;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ir::{Events, HeaderField, HeaderKind, Headers};
use crate::openapi::{Document, Node};
use crate::resolve::names::{Scope, field_ident};

impl<'a> Lowering<'a> {
    /// The headers that successes are documented with.
    pub(super) fn headers<'n>(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        successes: impl Iterator<Item = &'n Node<'a>>,
        ident: &str,
    ) -> Option<Headers>
    where
        'a: 'n,
    {
        let document = &self.documents[cx.document];
        let mut names = Scope::default();
        let mut fields: Vec<HeaderField> = Vec::new();
        let mut said = Vec::new();
        for node in successes {
            let headers = self.part(out, cx.document, node, "headers");
            said.extend(headers.iter().flat_map(Node::entries));
        }
        for (wire, header) in said.into_iter().filter(|(_, header)| !header.value.is_null()) {
            let known = fields.iter().any(|field| field.wire.eq_ignore_ascii_case(wire));
            if known || wire.eq_ignore_ascii_case("content-type") {
                continue;
            }
            if !is_header(wire) {
                let message = format!("`{}` is no name of a header", wire.escape_debug());
                let finding = Diagnostic::warning(PARAMETER, message);
                out.push(finding.at(&header.place, "it is left out"));
                continue;
            }
            let header = match document.resolve(header) {
                Ok(header) => header,
                Err(error) => {
                    out.push(error.diagnostic(Severity::Warning));
                    continue;
                }
            };
            let schema = header.get("schema").and_then(|schema| document.resolve(schema).ok());
            let list = schema.as_ref().is_some_and(|schema| says_type(schema) == Some("array"));
            let item = schema.as_ref().filter(|_| list).and_then(|schema| schema.get("items"));
            let item = item.and_then(|item| document.resolve(item).ok());
            fields.push(HeaderField {
                wire: wire.to_owned(),
                ident: names.unique(field_ident(wire)),
                kind: kind(if list { item.as_ref() } else { schema.as_ref() }),
                list,
                doc: header.str("description").map(str::to_owned),
            });
        }
        if fields.is_empty() {
            return None;
        }
        let ident = self.operation_names.unique(format!("{ident}Headers"));
        Some(Headers { ident, fields })
    }

    /// The events that a success can be answered with.
    pub(super) fn events<'n>(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        successes: impl Iterator<Item = &'n Node<'a>>,
        ident: &str,
    ) -> Option<Events>
    where
        'a: 'n,
    {
        let document = &self.documents[cx.document];
        let offer = successes
            .flat_map(|node| Offer::all(document, node))
            .find(|offer| offer.kind == Kind::Events)?;
        let Some(schema) = data(document, &offer.content) else { return Some(Events { ty: None }) };
        let text = document.resolve(schema.clone()).is_ok_and(|s| s.str("type") == Some("string"));
        let ty = (!text)
            .then(|| self.lower(out, cx, schema, &format!("{ident}Event"), &Tree::default()));
        Some(Events { ty })
    }
}

/// The schema of what an event holds: that of the item of a list, and of `data` where the schema is of whole events.
fn data<'a>(document: &'a Document, content: &Node<'a>) -> Option<Node<'a>> {
    let item = content.get("itemSchema");
    let schema = item.or_else(|| {
        let schema = content.get("schema")?;
        let whole = document.resolve(schema.clone()).ok()?;
        match whole.get("items") {
            Some(items) if whole.str("type") == Some("array") => Some(items),
            _ => Some(schema),
        }
    })?;
    let whole = document.resolve(schema.clone()).ok()?;
    let has = |name: &str| whole.at(&["properties", name]).is_some();
    if has("data") && (has("event") || has("id") || has("retry")) {
        let data = whole.at(&["properties", "data"])?;
        return data.get("contentSchema").or(Some(data));
    }
    Some(schema)
}

fn kind(schema: Option<&Node<'_>>) -> HeaderKind {
    match schema.and_then(says_type) {
        Some("integer") => HeaderKind::Integer,
        Some("number") => HeaderKind::Number,
        Some("boolean") => HeaderKind::Boolean,
        _ => HeaderKind::Text,
    }
}

/// The one type that a schema says besides null.
fn says_type<'a>(schema: &Node<'a>) -> Option<&'a str> {
    let listed = schema.get("type").iter().flat_map(Node::items).collect::<Vec<_>>();
    let mut listed = listed.iter().filter_map(|kind| kind.value.as_str()).filter(|k| *k != "null");
    match (schema.str("type"), listed.next(), listed.next()) {
        (Some(one), ..) | (None, Some(one), None) => Some(one),
        _ => None,
    }
}
