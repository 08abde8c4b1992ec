//! Bodies of requests: a member of the operation's struct, and what writes it into the request.

use super::operations::Member;
use super::paths::ident;
use super::{Cx, docs};
use crate::ir::{Media, Operation, RequestBody, TypeUse};
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
    let plain = match &body.media {
        Media::Bytes(_) => quote!(gusset::bytes::Bytes),
        Media::Json(_) | Media::Form => cx.spell().of(body.ty),
    };
    let ty = if body.required { plain } else { quote!(Option<#plain>) };
    Member {
        name: body_name(operation),
        ty,
        doc: docs::outer(&["The body.".to_owned()]),
        needed: body.required,
        text: false,
        absent: quote!(None),
    }
}

/// What writes it.
pub(super) fn write(operation: &Operation, body: &RequestBody) -> TokenStream {
    let name = body_name(operation);
    let line = |value: TokenStream| match &body.media {
        Media::Json(media) if media == "application/json" => quote!(request.json(#value)?;),
        Media::Json(media) => quote!(request.json_as(#media, #value)?;),
        Media::Form => quote!(request.form(#value)?;),
        Media::Bytes(media) => quote!(request.bytes(#media, #value.clone())?;),
    };
    if body.required {
        let bytes = matches!(body.media, Media::Bytes(_));
        return line(if bytes { quote!(self.#name) } else { quote!(&self.#name) });
    }
    let line = line(quote!(body));
    quote! {
        if let Some(body) = &self.#name {
            #line
        }
    }
}

/// The type of a request body, as a resource takes it; `None` without one.
pub(super) fn record(operation: &Operation) -> Option<TypeUse> {
    operation.body.as_ref().filter(|b| !matches!(b.media, Media::Bytes(_))).map(|b| b.ty)
}
