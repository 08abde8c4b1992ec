//! Bodies of requests: a member of the operation's struct, and what writes it into the request.

use super::operations::Member;
use super::parameters::style;
use super::paths::ident;
use super::{Cx, docs};
use crate::ir::{
    BodyContent, Encoding, Media, Operation, RequestBody, Style, StyleKind, TypeId, TypeKind,
    TypeUse,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The name of the body's field, which no parameter has.
fn body_name(operation: &Operation) -> Ident {
    let taken = |name: &str| operation.parameters.iter().any(|p| p.ident == name);
    let name = ["body", "request_body", "body_"].into_iter().find(|n| !taken(n));
    ident(name.unwrap_or("the_body"))
}

/// The member that holds it.
pub(super) fn member(cx: &Cx, operation: &Operation, body: &RequestBody) -> Member {
    let (plain, into) = match &body.choices {
        Some(choices) => {
            let name = ident(&choices.ident);
            (quote!(#name), true)
        }
        None => spelled(cx, &body.media, body.ty),
    };
    let ty = if body.required { plain } else { quote!(Option<#plain>) };
    // Bodies are JSON, if nothing else is said.
    let doc = match (&body.choices, &body.media) {
        (None, Media::Json(_)) | (Some(_), _) => Vec::new(),
        (None, media) => vec![format!("The body: {}.", docs::code(name(media)))],
    };
    let (way, write) = write(cx, body);
    Member {
        name: body_name(operation),
        ty,
        doc: docs::outer(&doc),
        needed: body.required,
        into,
        way,
        wire: None,
        write,
    }
}

/// The type of a body, and whether a constructor takes what can become it.
fn spelled(cx: &Cx, media: &Media, ty: TypeUse) -> (TokenStream, bool) {
    match media {
        Media::Json(_) | Media::Form | Media::Multipart(_) | Media::Lines(_) => {
            (cx.spell().of(ty), false)
        }
        Media::Parts(_) => (quote!(Vec<(String, gusset::Part)>), false),
        Media::Text(_) => (quote!(String), true),
        Media::Bytes(_) => (quote!(gusset::bytes::Bytes), true),
        Media::AnyBytes(_) => (quote!(gusset::Part), true),
    }
}

fn name(media: &Media) -> &str {
    match media {
        Media::Form => "application/x-www-form-urlencoded",
        Media::Json(media)
        | Media::Multipart(media)
        | Media::Parts(media)
        | Media::Lines(media)
        | Media::Text(media)
        | Media::Bytes(media)
        | Media::AnyBytes(media) => media,
    }
}

/// The enum of several bodies. A type that only one of them has becomes that one.
pub(super) fn choices(cx: &Cx, operation: &Operation, body: &RequestBody) -> Option<TokenStream> {
    let choices = body.choices.as_ref()?;
    let title = format!("The bodies of {}, of which one is sent.", docs::code(&operation.name));
    let doc = docs::outer(&[title]);
    let enumeration = ident(&choices.ident);
    let types: Vec<TokenStream> =
        choices.contents.iter().map(|c| spelled(cx, &c.media, c.ty).0).collect();
    let names: Vec<Ident> = choices.contents.iter().map(|c| ident(&c.ident)).collect();
    let docs =
        choices.contents.iter().map(|c| docs::outer(&[format!("{}.", docs::code(name(&c.media)))]));
    // Other names of one type are no other types.
    let first = |ty: TypeUse| TypeUse { id: cx.ir.types.first(ty.id), ..ty };
    let texts = choices.contents.iter().map(|c| spelled(cx, &c.media, first(c.ty)).0.to_string());
    let texts: Vec<String> = texts.collect();
    let alone = |n: &usize| texts.iter().filter(|text| **text == texts[*n]).count() == 1;
    let conversions = (0..types.len()).filter(alone).map(|n| {
        let (ty, name) = (&types[n], &names[n]);
        quote! {
            impl From<#ty> for #enumeration {
                fn from(body: #ty) -> Self {
                    #enumeration::#name(body)
                }
            }
        }
    });
    Some(quote! {
        #doc
        #[derive(Clone, Debug)]
        pub enum #enumeration {
            #(#docs #names(#types),)*
        }
        #(#conversions)*
    })
}

/// What writes it: a method of the request, or a function.
fn write(cx: &Cx, body: &RequestBody) -> (TokenStream, Option<TokenStream>) {
    let function = |does: TokenStream| (quote!(with), Some(quote!(: |body, request| #does)));
    let Some(choices) = &body.choices else {
        return match line(cx, &body.media, body.ty, &body.encodings) {
            Line::Method(name) => (name, None),
            Line::Call(call) => function(call),
        };
    };
    let enumeration = ident(&choices.ident);
    let arms = choices.contents.iter().map(|content| {
        let BodyContent { ident: variant, ty, media, encodings } = content;
        let variant = ident(variant);
        let call = match line(cx, media, *ty, encodings) {
            Line::Method(name) => quote!(request.#name(body)),
            Line::Call(call) => call,
        };
        quote!(#enumeration::#variant(body) => #call,)
    });
    function(quote!(match body { #(#arms)* }))
}

/// What writes a body of one media type.
enum Line {
    /// A method of the request, which needs nothing but the body.
    Method(TokenStream),
    /// A call.
    Call(TokenStream),
}

fn line(cx: &Cx, media: &Media, ty: TypeUse, encodings: &[(String, Encoding)]) -> Line {
    Line::Call(match media {
        Media::Json(media) if media == "application/json" => return Line::Method(quote!(json)),
        Media::Json(media) => quote!(request.json_as(#media, body)),
        Media::Form => return form(cx, ty.id, encodings),
        Media::Multipart(media) => {
            let encodings = encodings.iter().map(|(name, encoding)| match encoding {
                Encoding::Type(media) => quote!((#name, gusset::Encoding::Type(#media))),
                Encoding::Style(said) => {
                    let style = style(*said);
                    quote!((#name, gusset::Encoding::Style(#style)))
                }
            });
            quote!(request.multipart(#media, body, &[#(#encodings),*]))
        }
        Media::Parts(media) => quote!(request.parts(#media, body)),
        Media::Lines(media) => quote!(request.json_lines(#media, body)),
        Media::Text(media) | Media::Bytes(media) => quote!(request.bytes(#media, body.clone())),
        Media::AnyBytes(media) => quote!(request.bytes_of(body, #media)),
    })
}

/// What writes a form: in the style that most members have to which it matters, and the others apart.
fn form(cx: &Cx, ty: TypeId, encodings: &[(String, Encoding)]) -> Line {
    let content = Style::of(StyleKind::Content);
    let said = |name: &str| {
        encodings.iter().find_map(|(known, encoding)| match encoding {
            Encoding::Style(style) if known == name => Some(plain(*style)),
            _ => None,
        })
    };
    let members: Vec<(&str, Style)> = match cx.ir.types.as_struct(ty) {
        Some(body) => {
            let members =
                body.fields.iter().map(|field| (field, said(&field.wire).unwrap_or(content)));
            let matters = |style: Style, ty: TypeId| {
                style.reserved || style.kind == StyleKind::Json || !is_scalar(cx, ty)
            };
            members
                .filter(|(field, style)| matters(*style, field.ty.id))
                .map(|(field, style)| (field.wire.as_str(), style))
                .collect()
        }
        None => {
            encodings.iter().filter_map(|(name, _)| Some((name.as_str(), said(name)?))).collect()
        }
    };
    let fixed = cx.ir.types.as_struct(ty).is_some_and(|body| body.rest.is_none());
    let most = members
        .iter()
        .map(|(_, style)| *style)
        .filter(|style| fixed && !style.reserved && style.kind != StyleKind::Json)
        .max_by_key(|style| members.iter().filter(|(_, other)| other == style).count())
        .unwrap_or(content);
    let others: Vec<TokenStream> = members
        .iter()
        .filter(|(_, style)| *style != most)
        .map(|(name, said)| {
            let style = style(*said);
            quote!((#name, #style))
        })
        .collect();
    if most == content && others.is_empty() {
        return Line::Method(quote!(form));
    }
    let most = style(most);
    Line::Call(quote!(request.form_as(body, #most, &[#(#others),*])))
}

/// A style as it is spelled: `explode` counts only where it means something.
fn plain(style: Style) -> Style {
    let whole = matches!(style.kind, StyleKind::Deep | StyleKind::Json | StyleKind::Content);
    Style { explode: style.explode && !whole, ..style }
}

fn is_scalar(cx: &Cx, id: TypeId) -> bool {
    !matches!(
        cx.ir.types.get(id).kind,
        TypeKind::List(_)
            | TypeKind::Tuple(_)
            | TypeKind::Map(_)
            | TypeKind::Struct(_)
            | TypeKind::Union(_)
            | TypeKind::Any { .. }
    )
}

/// The type of a request body, as a resource takes it; `None` without one.
pub(super) fn record(operation: &Operation) -> Option<TypeUse> {
    let sent = |media: &Media| {
        matches!(media, Media::Json(_) | Media::Form | Media::Multipart(_) | Media::Lines(_))
    };
    operation.body.as_ref().filter(|b| sent(&b.media)).map(|b| b.ty)
}
