//! `encoding`: how the members of a form are written, and which of them are files.

use super::body::Offer;
use super::media::{essence, is_json, is_text, is_xml, sendable};
use super::members::{Member, collect};
use super::refine::Tree;
use super::schema::Context;
use super::styles::style;
use super::{Lowering, Out, notes};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::PARAMETER;
use crate::ir::{
    Encoding, Field, Media, ParameterIn, StringFormat, Struct, Style, StyleKind, TypeKind, TypeUse,
};
use crate::openapi::Node;
use crate::resolve::names::{Scope, field_ident, type_ident, upper_camel_case};
use crate::source::Json;

/// What the document says about the members of an `application/x-www-form-urlencoded` body.
pub(super) fn form(out: &mut Out<'_>, content: &Node<'_>) -> Vec<(String, Encoding)> {
    let entries = content.get("encoding").into_iter().flat_map(|e| e.entries());
    let read = |(name, node): (&str, Node<'_>)| {
        let encoding = match (styled(out, &node), node.str("contentType")) {
            (Some(style), _) => style,
            (None, Some(media)) if is_json(media) => Style::of(StyleKind::Json),
            (None, _) => return None,
        };
        Some((name.to_owned(), Encoding::Style(encoding)))
    };
    entries.filter_map(read).collect()
}

/// The style, if the document gives one: then `contentType` says nothing (OpenAPI 3.1.2, "Encoding Object").
fn styled(out: &mut Out<'_>, node: &Node<'_>) -> Option<Style> {
    let said = ["style", "explode", "allowReserved"].iter().any(|key| node.get(key).is_some());
    let explode = node.value.get("explode").and_then(Json::as_bool);
    said.then(|| style(out, node, ParameterIn::Query, explode))
}

impl<'a> Lowering<'a> {
    /// The type of a multipart body: its files are parts, everything else is what it is elsewhere.
    pub(super) fn multipart(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        (media, content): (String, &Node<'a>),
        schema: Option<Node<'a>>,
        hint: &str,
    ) -> (TypeUse, Media, Vec<(String, Encoding)>) {
        let document = &self.documents[cx.document];
        let schema =
            schema.and_then(|schema| Some((document.resolve(schema.clone()).ok()?, schema)));
        let Some((node, schema)) = schema.filter(|(node, _)| self.is_object(cx.document, node))
        else {
            let ty = self.any(out, "the caller names the parts", &content.place);
            return (ty, Media::Parts(media), Vec::new());
        };
        let mut encodings = Vec::new();
        for (name, node) in content.get("encoding").into_iter().flat_map(|e| e.entries()) {
            // Elsewhere than in `multipart/form-data` there are no styles.
            let style = styled(out, &node).filter(|_| media == "multipart/form-data");
            let media = node.get("contentType").and_then(|said| {
                let all = said.value.as_str()?.split(',');
                let all: Option<Vec<&str>> =
                    all.map(|media| sendable(out, media, &said.place)).collect();
                Some(all?.join(", "))
            });
            let encoding = match (style, media) {
                (Some(style), _) => Encoding::Style(style),
                (None, Some(media)) => Encoding::Type(media),
                (None, None) => continue,
            };
            encodings.push((name.to_owned(), encoding));
        }
        let members = collect(document, std::slice::from_ref(&node)).fields;
        let files: Vec<Option<File>> =
            members.iter().map(|(name, m)| self.file(cx, content, name, m)).collect();
        encodings.retain_mut(|(name, encoding)| {
            let Encoding::Type(media) = encoding else { return true };
            let at = members.get_index_of(name.as_str());
            let Some(at) = at.filter(|at| files[*at].is_none()) else { return true };
            // What is no file is written by the compiler's choice: JSON, if that is allowed.
            let mut all = media.split(", ");
            let one = all.clone().find(|media| is_json(media)).or(all.next());
            *media = one.unwrap_or_default().to_owned();
            let object = members[at].node().is_some_and(|member| {
                let items = document.resolve(member.clone()).ok().and_then(|m| m.get("items"));
                self.is_object(cx.document, &items.unwrap_or_else(|| member.clone()))
            });
            let xml = object && is_xml(media);
            if xml {
                let said = content.at(&["encoding", name, "contentType"]);
                let place = said.map_or_else(|| content.place.clone(), |said| said.place);
                let finding = Diagnostic::warning(PARAMETER, "an object is not written as XML");
                out.push(finding.at(&place, "the part is sent as JSON"));
            }
            !xml
        });
        if files.iter().all(Option::is_none) {
            let ty = self.lower(out, cx, schema, hint, &Tree::default());
            return (ty, Media::Multipart(media), encodings);
        }
        let name = match node.place == schema.place {
            true => hint.to_owned(),
            false => node.place.segments().last().unwrap_or_else(|| hint.to_owned()),
        };
        if let Some(known) = self.uploads.get(&node.place) {
            return (*known, Media::Multipart(media), encodings);
        }
        let ident = self.type_names.give(&node.place, type_ident(&name));
        let ty = self.reserve(out, ident.clone(), &node);
        self.uploads.insert(node.place.clone(), ty);
        let mut idents = Scope::default();
        let mut fields = Vec::new();
        for ((wire, member), file) in members.iter().zip(files) {
            let Some(said) = member.node() else { continue };
            if said.flag("readOnly") {
                continue;
            }
            let ty = match file {
                None => {
                    let hint = format!("{ident}{}", upper_camel_case(wire));
                    self.lower_all(out, cx, &member.nodes, &hint, &Tree::default())
                }
                Some(file) => {
                    let part = TypeKind::String(StringFormat::Part);
                    let part = self.shape(out, part, &said.place);
                    match file {
                        File::One => part,
                        File::Many => self.shape(out, TypeKind::List(part), &said.place),
                    }
                }
            };
            fields.push(Field {
                ident: idents.unique(field_ident(wire)),
                wire: wire.clone(),
                // What is null is no part.
                ty: TypeUse { nullable: false, ..ty },
                required: member.required && !ty.nullable,
                read_only: false,
                write_only: false,
                boxed: false,
                doc: member.str("description").map(str::to_owned),
                notes: notes::of(document, &member.nodes),
                place: said.place.clone(),
            });
        }
        out.types.get_mut(ty.id).kind = TypeKind::Struct(Struct { fields, ..Struct::default() });
        (ty, Media::Multipart(media), encodings)
    }

    /// Whether a body has files.
    pub(super) fn has_files(&self, cx: &Context<'_>, offer: &Offer<'a>) -> bool {
        let document = &self.documents[cx.document];
        let Some(schema) = offer.schema.clone() else { return false };
        let Ok(schema) = document.resolve(schema) else { return false };
        let members = collect(document, std::slice::from_ref(&schema)).fields;
        members.iter().any(|(name, m)| self.file(cx, &offer.node, name, m).is_some())
    }

    /// Whether a member is sent as it is: bytes, or a part with headers of its own.
    fn file(
        &self,
        cx: &Context<'_>,
        content: &Node<'a>,
        name: &str,
        member: &Member<'a>,
    ) -> Option<File> {
        let encoding = content.at(&["encoding", name]);
        let headers = encoding.as_ref().and_then(|e| e.get("headers"));
        let own =
            headers.iter().flat_map(Node::keys).any(|h| !h.eq_ignore_ascii_case("content-type"));
        let media = encoding.as_ref().and_then(|encoding| encoding.str("contentType"));
        let bytes = media.is_some_and(|media| media.split(',').all(is_bytes));
        let document = &self.documents[cx.document];
        let node = document.resolve(member.node()?.clone()).ok()?;
        let node = self.beside_null(cx, node);
        let is_file = |node: &Node<'_>| {
            let text = matches!(node.str("type"), None | Some("string" | "file"));
            let binary = node.str("format") == Some("binary") || node.str("type") == Some("file");
            let inside = node.get("contentEncoding").is_none()
                && node.str("contentMediaType").is_some_and(is_bytes);
            let compound = ["properties", "items", "$ref", "allOf", "oneOf", "anyOf", "enum"];
            let plain = !compound.iter().any(|key| node.get(key).is_some());
            text && plain && (binary || inside || bytes)
        };
        let items = node.get("items").and_then(|items| document.resolve(items).ok());
        let items = items.map(|items| self.beside_null(cx, items));
        match items {
            Some(items) => (is_file(&items) || own).then_some(File::Many),
            None => (is_file(&node) || own).then_some(File::One),
        }
    }

    /// What there is beside null (`anyOf: [{format: binary}, {type: 'null'}]`).
    fn beside_null(&self, cx: &Context<'_>, node: Node<'a>) -> Node<'a> {
        let list = node.get("anyOf").or_else(|| node.get("oneOf"));
        let parts: Vec<Node<'a>> = list.iter().flat_map(Node::items).collect();
        let mut other = parts.into_iter().filter(|part| part.str("type") != Some("null"));
        match (other.next(), other.next()) {
            (Some(one), None) => self.documents[cx.document].resolve(one).unwrap_or(node),
            _ => node,
        }
    }
}

/// Files under one name.
#[derive(Clone, Copy)]
enum File {
    One,
    Many,
}

/// Whether a media type is neither text nor JSON.
fn is_bytes(media: &str) -> bool {
    let form = "application/x-www-form-urlencoded";
    !is_text(media) && !is_json(media) && essence(media) != form
}
