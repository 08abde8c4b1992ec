//! The body of a request: what it can be sent as, and which of that it is.

use super::media::{essence, is_json, is_json_lines, is_text, is_xml, variant};
use super::refine::Tree;
use super::schema::Context;
use super::{Lowering, Out};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::PARAMETER;
use crate::diagnostics::codes::references::MEDIA_TYPE;
use crate::ir::{
    BodyChoices, BodyContent, Encoding, Media, RequestBody, StringFormat, TypeKind, TypeUse,
};
use crate::openapi::Node;
use crate::resolve::names::{Scope, upper_camel_case, variant_ident};
use crate::source::Place;

/// A media type that the document offers.
#[derive(Clone)]
pub(super) struct Offer<'a> {
    pub(super) media: Media,
    /// As the document has it.
    pub(super) name: &'a str,
    pub(super) node: Node<'a>,
    pub(super) schema: Option<Node<'a>>,
}

impl<'a> Lowering<'a> {
    /// The body of a request, if the document has one.
    pub(super) fn body(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        operation: &Node<'a>,
        (name, ident): (&str, &str),
    ) -> Option<RequestBody> {
        let node = self.part(out, cx.document, operation, "requestBody");
        let content = node.as_ref().and_then(|node| self.part(out, cx.document, node, "content"));
        let mut offers: Vec<Offer<'a>> = Vec::new();
        for (media, node) in content.iter().flat_map(Node::entries) {
            if let Some(media) = super::media::sendable(out, media, &node.place) {
                let node = self.documents[cx.document].resolve(node.clone()).unwrap_or(node);
                offers.push(self.offer(cx, media, node));
            }
        }
        if let Some((media, place)) = self.wishes.get(name).and_then(|wish| wish.send.as_ref()) {
            chosen(out, operation, (media, place), &mut offers);
        }
        let said = operation.get("requestBody").filter(|said| !said.value.is_null())?;
        let Some(node) = node else {
            return Some(self.unknown_body(out, "its `$ref` cannot be followed", &said.place));
        };
        offers.sort_by_key(|offer| rank(&offer.media));
        let offers = self.apart(cx, offers);
        let read: openapiv3::RequestBody = out.level(&node);
        let Some(first) = offers.first() else {
            let message = "the document gives no media type of the body";
            let finding = Diagnostic::warning(PARAMETER, message);
            if !read.required {
                out.push(finding.at(&node.place.key(), "it is left out"));
                return None;
            }
            out.push(finding.at(&node.place.key(), "it is taken for JSON"));
            let body = self.unknown_body(out, message, &node.place);
            return Some(RequestBody { required: true, ..body });
        };
        if !read.required && self.is_nothing(cx, first) {
            return None;
        }
        let place = first.schema.as_ref().map_or(&first.node.place, |schema| &schema.place).clone();
        let mut variants = Scope::default();
        let several = offers.len() > 1;
        let mut contents = Vec::new();
        for offer in offers {
            let variant = variants.unique(variant_ident(&variant(offer.name)));
            let hint = match several {
                true => format!("{ident}{variant}Body"),
                false => format!("{ident}Body"),
            };
            let (ty, media, encodings) = self.content(out, cx, offer, &hint);
            contents.push(BodyContent { ident: variant, ty, media, encodings });
        }
        let first = contents.first()?.clone();
        let choices = several.then(|| {
            let ident = self.operation_names.unique(upper_camel_case(&format!("{ident}Body")));
            BodyChoices { ident, contents }
        });
        Some(RequestBody {
            ty: first.ty,
            media: first.media,
            encodings: first.encodings,
            required: read.required,
            choices,
            place,
        })
    }

    /// A body of which nothing is known: JSON, as most are, which may be left out.
    fn unknown_body(&self, out: &mut Out<'_>, because: &str, place: &Place) -> RequestBody {
        RequestBody {
            ty: self.fallback(out, because, place),
            media: Media::Json("application/json".to_owned()),
            encodings: Vec::new(),
            required: false,
            choices: None,
            place: place.clone(),
        }
    }

    /// The type of what is sent as one media type, and how its members are written.
    fn content(
        &mut self,
        out: &mut Out<'_>,
        cx: &Context<'_>,
        offer: Offer<'a>,
        hint: &str,
    ) -> (TypeUse, Media, Vec<(String, Encoding)>) {
        let Offer { media, node, schema, .. } = offer;
        let text = |format| TypeKind::String(format);
        let place = &node.place;
        match media {
            Media::Json(_) | Media::Form => {
                let ty = match schema {
                    Some(schema) => self.lower(out, cx, schema, hint, &Tree::default()),
                    None => self.any(out, "the document gives no type of the body", place),
                };
                let encodings = match media {
                    Media::Form => super::encodings::form(out, &node),
                    _ => Vec::new(),
                };
                (ty, media, encodings)
            }
            Media::Multipart(media) => self.multipart(out, cx, (media, &node), schema, hint),
            Media::Lines(_) => {
                let document = &self.documents[cx.document];
                let schema = schema.map(|s| (document.resolve(s.clone()).ok(), s));
                let items = schema.as_ref().and_then(|(found, _)| found.as_ref()?.get("items"));
                let item = match items.or(schema.map(|(_, schema)| schema)) {
                    Some(item) => self.lower(out, cx, item, hint, &Tree::default()),
                    None => self.any(out, "the document gives no type of the lines", place),
                };
                (self.shape(out, TypeKind::List(item), place), media, Vec::new())
            }
            Media::Text(_) => {
                (self.shape(out, text(StringFormat::Plain), place), media, Vec::new())
            }
            Media::AnyBytes(_) => {
                (self.shape(out, text(StringFormat::Part), place), media, Vec::new())
            }
            Media::Bytes(_) | Media::Parts(_) => {
                (self.any(out, "the body is bytes", place), media, Vec::new())
            }
        }
    }

    fn offer(&self, cx: &Context<'_>, name: &'a str, node: Node<'a>) -> Offer<'a> {
        let schema = node.get("schema");
        let document = &self.documents[cx.document];
        let resolved = schema.clone().and_then(|schema| document.resolve(schema).ok());
        let format = resolved.as_ref().and_then(|schema| schema.str("format"));
        let kind = resolved.as_ref().and_then(|schema| schema.str("type"));
        let said =
            resolved.as_ref().is_some_and(|s| s.value.as_object().is_some_and(|o| !o.is_empty()));
        let binary = format == Some("binary") || kind == Some("file");
        let bytes = || "application/octet-stream".to_owned();
        let media = match essence(name) {
            media if is_json(&media) => Media::Json(media),
            // Whatever one likes; a schema of more than text says that it is JSON.
            media if media == "*/*" || media == "application/*" => {
                match said && kind != Some("string") {
                    true => Media::Json("application/json".to_owned()),
                    false => Media::AnyBytes(bytes()),
                }
            }
            media if media == "application/x-www-form-urlencoded" => Media::Form,
            media if media.starts_with("multipart/") => {
                Media::Multipart(media.replace('*', "form-data"))
            }
            media if is_json_lines(&media) && said && !binary && kind != Some("string") => {
                Media::Lines(media)
            }
            media if is_text(&media) && !binary => Media::Text(name.trim().replace("/*", "/plain")),
            media if media.contains('*') => Media::AnyBytes(bytes()),
            _ => Media::Bytes(name.trim().to_owned()),
        };
        Offer { media, name, node, schema }
    }

    /// Leaves what differs in type: the same in another media type is reached by `send`.
    fn apart(&self, cx: &Context<'_>, offers: Vec<Offer<'a>>) -> Vec<Offer<'a>> {
        let mut apart: Vec<Offer<'a>> = Vec::new();
        for offer in offers {
            let bytes = |media: &Media| matches!(media, Media::Bytes(_) | Media::AnyBytes(_));
            if bytes(&offer.media) {
                // The caller says which of them it is.
                if let Some(known) = apart.iter_mut().find(|known| bytes(&known.media)) {
                    if let Media::Bytes(media) = &known.media {
                        known.media = Media::AnyBytes(media.clone());
                    }
                    continue;
                }
            }
            if !apart.iter().any(|known| self.is_same(cx, known, &offer)) {
                apart.push(offer);
            }
        }
        apart
    }

    /// Whether a media type offers no other type than one that is preferred.
    fn is_same(&self, cx: &Context<'_>, known: &Offer<'a>, offer: &Offer<'a>) -> bool {
        let json = |media: &Media| matches!(media, Media::Json(_));
        if json(&known.media)
            && (is_xml(offer.name) || is_json(offer.name) && offer.schema.is_none())
        {
            return true;
        }
        let structured = |offer: &Offer<'a>| match &offer.media {
            Media::Json(_) | Media::Form | Media::Lines(_) => true,
            Media::Multipart(_) => !self.has_files(cx, offer),
            _ => false,
        };
        let text = |media: &Media| matches!(media, Media::Text(_));
        if text(&known.media) && text(&offer.media) {
            return is_xml(known.name) == is_xml(offer.name);
        }
        let plain = json(&known.media) && text(&offer.media);
        if !(structured(known) && structured(offer) || plain) {
            return false;
        }
        let resolve = |offer: &Offer<'a>| {
            let schema = offer.schema.clone()?;
            self.documents[cx.document].resolve(schema).ok()
        };
        match (resolve(known), resolve(offer)) {
            (Some(a), Some(b)) => a.place == b.place || a.value == b.value,
            (None, None) => true,
            _ => false,
        }
    }

    /// Whether a body cannot hold anything: an object without members, and closed.
    fn is_nothing(&self, cx: &Context<'_>, offer: &Offer<'a>) -> bool {
        let Some(schema) = offer.schema.clone() else { return false };
        let Ok(schema) = self.documents[cx.document].resolve(schema) else { return false };
        let keys = ["allOf", "oneOf", "anyOf", "patternProperties"];
        schema.value.get("additionalProperties").is_some_and(|a| a.as_bool() == Some(false))
            && schema.get("properties").is_none_or(|p| p.keys().next().is_none())
            && !keys.iter().any(|key| schema.get(key).is_some())
    }
}

/// Leaves the media type that the spec chooses.
fn chosen(
    out: &mut Out<'_>,
    operation: &Node<'_>,
    (wanted, place): (&str, &Place),
    offers: &mut Vec<Offer<'_>>,
) {
    let fits = |offer: &Offer<'_>| essence(offer.name) == essence(wanted);
    if offers.iter().any(fits) {
        offers.retain(fits);
        offers.truncate(1);
        return;
    }
    let message = match offers.is_empty() {
        true => "the operation has no request body".to_owned(),
        false => format!("the body of the operation cannot be sent as `{wanted}`"),
    };
    let body = operation.get("requestBody").map_or(&operation.place, |_| &operation.place).clone();
    out.push(
        Diagnostic::error(MEDIA_TYPE, message)
            .at(place, "")
            .and(&body, "the operation")
            .nearest(wanted, offers.iter().map(|offer| offer.name)),
    );
}

/// What is preferred: what says most.
fn rank(media: &Media) -> u8 {
    match media {
        Media::Json(media) if media == "application/json" => 0,
        Media::Json(_) => 1,
        Media::Form => 2,
        Media::Multipart(_) | Media::Parts(_) => 3,
        Media::Lines(_) => 4,
        Media::Text(_) => 5,
        Media::Bytes(_) | Media::AnyBytes(_) => 6,
    }
}
