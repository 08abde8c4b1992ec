//! Operations: a struct that holds the parameters, and how it becomes a request.

use super::paths::{Spell, ident, mentions};
use super::{Cx, docs, pagination, types};
use crate::ir::{
    ListStyle, Media, Operation, Output, Parameter, ParameterIn, Repeat, RequestBody, TypeId,
    TypeKind, TypeUse,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The module `operations`.
pub(super) fn module(cx: &Cx) -> TokenStream {
    let title = cx.title();
    let head = docs::inner(&[format!("Operations of {title}: values that a client sends.")]);
    let items: TokenStream =
        cx.integration.operations.values().map(|operation| item(cx, operation)).collect();
    let types = mentions(&items, "types").then(|| {
        quote!(
            use super::types;
        )
    });
    quote! {
        #head
        #types
        #items
    }
}

fn item(cx: &Cx, operation: &Operation) -> TokenStream {
    let declared = declaration(cx, operation);
    let implemented = implementation(cx, operation);
    let paginated = operation.pagination.as_ref().map(|plan| pagination::item(cx, operation, plan));
    quote!(#declared #implemented #paginated)
}

/// A member of the operation's struct.
struct Member {
    name: Ident,
    ty: TokenStream,
    doc: TokenStream,
    /// Whether a value cannot be made without it.
    needed: bool,
    /// Whether the constructor takes `impl Into<String>`.
    text: bool,
    /// What it is when nobody gives it.
    absent: TokenStream,
}

fn declaration(cx: &Cx, operation: &Operation) -> TokenStream {
    let call = docs::code(&format!("{} {}", operation.method, operation.path));
    let mut lines = docs::lines(operation.doc.as_deref(), &format!("Calls {call}."));
    if operation.doc.is_some() {
        lines.extend([String::new(), call]);
    }
    let doc = docs::outer(&lines);
    let name = ident(&operation.ident);
    let members = members(cx, operation);
    let fields = members.iter().map(|Member { name, ty, doc, .. }| quote!(#doc pub #name: #ty));
    let needed: Vec<&Member> = members.iter().filter(|m| m.needed).collect();
    let default = needed.is_empty().then(|| quote!(, Default));
    let new = (!needed.is_empty()).then(|| constructor(&name, &members, &needed));
    quote! {
        #doc
        #[derive(Clone, Debug #default)]
        pub struct #name {
            #(#fields,)*
        }
        #new
    }
}

fn constructor(name: &Ident, members: &[Member], needed: &[&Member]) -> TokenStream {
    let parameters = needed.iter().map(|Member { name, ty, text, .. }| match text {
        true => quote!(#name: impl Into<String>),
        false => quote!(#name: #ty),
    });
    let values =
        members.iter().map(|Member { name, needed, text, absent, .. }| match (needed, text) {
            (true, true) => quote!(#name: #name.into()),
            (true, false) => quote!(#name),
            (false, _) => quote!(#name: #absent),
        });
    let many = types::too_many(needed.len());
    quote! {
        impl #name {
            /// With what is required; the rest is left out.
            #many
            pub fn new(#(#parameters),*) -> Self {
                #name { #(#values),* }
            }
        }
    }
}

fn members(cx: &Cx, operation: &Operation) -> Vec<Member> {
    let parameters = operation.parameters.iter().map(|p| parameter(cx, p));
    let body = operation.body.as_ref().map(|b| body_member(cx, operation, b));
    parameters.chain(body).collect()
}

fn parameter(cx: &Cx, parameter: &Parameter) -> Member {
    let spell = cx.spell();
    let needed = required(parameter);
    let list = list_item(cx, parameter.ty.id).map(|item| scalar(spell, item));
    let plain = match &list {
        Some(item) => quote!(Vec<#item>),
        None => scalar(spell, parameter.ty.id),
    };
    // An empty list is not sent, so it needs no `Option`.
    let (ty, absent) = match (needed, &list) {
        (true, _) | (false, Some(_)) => (plain, quote!(Vec::new())),
        (false, None) => (quote!(Option<#plain>), quote!(None)),
    };
    let place = match parameter.location {
        ParameterIn::Path => "path parameter",
        ParameterIn::Query => "query parameter",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    };
    let fallback = format!("The {place} {}.", docs::code(&parameter.wire));
    Member {
        name: ident(&parameter.ident),
        ty,
        doc: docs::item(parameter.doc.as_deref(), &fallback),
        needed,
        text: list.is_none() && spell.is_text(parameter.ty.id),
        absent,
    }
}

/// A path has no place for nothing.
fn required(parameter: &Parameter) -> bool {
    parameter.location == ParameterIn::Path || parameter.required && !parameter.ty.nullable
}

fn list_item(cx: &Cx, id: TypeId) -> Option<TypeId> {
    match &cx.ir.types.get(id).kind {
        TypeKind::List(item) => Some(item.id),
        _ => None,
    }
}

/// A value that travels as text; what has no such form travels as JSON.
fn scalar(spell: Spell, id: TypeId) -> TokenStream {
    match spell.types.get(id).kind {
        TypeKind::List(_) | TypeKind::Map(_) | TypeKind::Struct(_) => {
            quote!(gusset::serde_json::Value)
        }
        _ => spell.plain(id),
    }
}

/// The name of the body's field, which no parameter has.
fn body_name(operation: &Operation) -> Ident {
    let taken = |name: &str| operation.parameters.iter().any(|p| p.ident == name);
    let name = ["body", "request_body", "body_"].into_iter().find(|n| !taken(n));
    ident(name.unwrap_or("the_body"))
}

fn body_member(cx: &Cx, operation: &Operation, body: &RequestBody) -> Member {
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

fn implementation(cx: &Cx, operation: &Operation) -> TokenStream {
    let name = ident(&operation.ident);
    let output = output(cx.spell(), operation);
    let decode = match &operation.output {
        Output::Empty => quote!(response.empty()),
        Output::Json { .. } => quote!(response.json()),
        Output::Bytes(_) => quote!(response.bytes()),
    };
    let meta = meta(cx, operation);
    let statements: Vec<TokenStream> = writes(cx, operation);
    let request = match statements.is_empty() {
        true => quote!(Ok(gusset::Request::new(Self::META))),
        false => quote! {
            let mut request = gusset::Request::new(Self::META);
            #(#statements)*
            Ok(request)
        },
    };
    quote! {
        impl gusset::Operation for #name {
            type Client = super::Client;
            type Output = #output;
            const META: &'static gusset::OperationMeta = &#meta;

            fn request(&self) -> Result<gusset::Request, gusset::Error> {
                #request
            }

            fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
                #decode
            }
        }
    }
}

/// What a success returns.
pub(super) fn output(spell: Spell, operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::Empty => quote!(()),
        Output::Json { ty, .. } => spell.of(*ty),
        Output::Bytes(_) => quote!(gusset::bytes::Bytes),
    }
}

fn meta(cx: &Cx, operation: &Operation) -> TokenStream {
    let (name, path) = (&operation.name, &operation.path);
    let method = ident(&operation.method);
    let repeat = match operation.repeat {
        Repeat::Safe => quote!(Safe),
        Repeat::Idempotent => quote!(Idempotent),
        Repeat::Never => quote!(Never),
    };
    let limits = operation.limits.iter().filter_map(|l| cx.integration.limits.get_index_of(l));
    let limits = limits.map(proc_macro2::Literal::usize_unsuffixed);
    quote! {
        gusset::OperationMeta {
            integration: &super::INTEGRATION,
            name: #name,
            method: gusset::http::Method::#method,
            path: #path,
            repeat: gusset::Repeat::#repeat,
            limits: &[#(#limits),*],
        }
    }
}

/// The statements that write parameters and body into the request.
fn writes(cx: &Cx, operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter().map(|p| write_parameter(cx, p));
    let body = operation.body.as_ref().map(|b| write_body(operation, b));
    parameters.chain(body).collect()
}

fn write_parameter(cx: &Cx, parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.wire, ident(&parameter.ident));
    match parameter.location {
        ParameterIn::Path => quote!(request.path(#wire, &self.#name);),
        ParameterIn::Header => quote!(request.header(#wire, &self.#name)?;),
        ParameterIn::Cookie => quote!(request.cookie(#wire, &self.#name);),
        ParameterIn::Query if list_item(cx, parameter.ty.id).is_none() => {
            quote!(request.query(#wire, &self.#name);)
        }
        ParameterIn::Query => {
            let style = match parameter.style {
                ListStyle::Multi => quote!(Multi),
                ListStyle::Comma => quote!(Comma),
                ListStyle::Space => quote!(Space),
                ListStyle::Pipe => quote!(Pipe),
            };
            quote!(request.query_list(#wire, &self.#name, gusset::ListStyle::#style);)
        }
    }
}

fn write_body(operation: &Operation, body: &RequestBody) -> TokenStream {
    let name = body_name(operation);
    let write = |value: TokenStream| match &body.media {
        Media::Json(media) if media == "application/json" => quote!(request.json(#value)?;),
        Media::Json(media) => quote!(request.json_as(#media, #value)?;),
        Media::Form => quote!(request.form(#value)?;),
        Media::Bytes(media) => quote!(request.bytes(#media, #value.clone())?;),
    };
    if body.required {
        let bytes = matches!(body.media, Media::Bytes(_));
        return write(if bytes { quote!(self.#name) } else { quote!(&self.#name) });
    }
    let write = write(quote!(body));
    quote! {
        if let Some(body) = &self.#name {
            #write
        }
    }
}

/// The type of a request body, as a resource takes it; `None` without one.
pub(super) fn body_type(operation: &Operation) -> Option<TypeUse> {
    operation.body.as_ref().filter(|b| !matches!(b.media, Media::Bytes(_))).map(|b| b.ty)
}

/// Spells a path to an operation from the modules beside `operations`.
pub(super) fn path(cx: &Cx, name: &str) -> TokenStream {
    let operation = cx.integration.operations.get(name);
    let name = ident(operation.map_or(name, |o| o.ident.as_str()));
    quote!(operations::#name)
}
