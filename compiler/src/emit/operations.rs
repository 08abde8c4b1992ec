//! Operations: a struct that holds the parameters, and how it becomes a request.

use super::modules::{self, Module, Piece};
use super::paths::{ident, mentions};
use super::text::Text;
use super::{Cx, bodies, docs, keys, outputs, pagination, parameters, types};
use crate::ir::{Operation, Repeat};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The module `operations`.
pub(super) fn module(cx: &Cx) -> Module {
    let pieces = cx.integration.operations.values().map(|operation| {
        let item = item(cx, operation);
        let mut outer = vec!["Client", "INTEGRATION"];
        outer.extend(mentions(&item, "types").then_some("types"));
        Piece {
            key: keys::of_operation(operation),
            name: operation.ident.clone(),
            text: Text::of(item),
            outer,
            inner: Vec::new(),
        }
    });
    let head = format!("Operations of {}: values that a client sends.", cx.title());
    modules::module("operations", &head, pieces.collect())
}

fn item(cx: &Cx, operation: &Operation) -> TokenStream {
    let implemented = implementation(cx, operation);
    let paginated = operation.pagination.as_ref().map(|plan| pagination::item(cx, operation, plan));
    let outputs = outputs::items(cx, operation);
    let body = operation.body.as_ref().and_then(|body| bodies::choices(cx, operation, body));
    let code = quote!(#body #implemented #outputs #paginated);
    let declared = declaration(cx, operation, mentions(&code, "types"));
    quote!(#declared #code)
}

/// A member of the operation's struct.
pub(super) struct Member {
    pub(super) name: Ident,
    pub(super) ty: TokenStream,
    pub(super) doc: TokenStream,
    /// Whether a value cannot be made without it.
    pub(super) needed: bool,
    /// Whether the constructor takes what can become it.
    pub(super) into: bool,
    /// What it is when nobody gives it.
    pub(super) absent: TokenStream,
}

/// `linked`: whether the module of types is in reach.
fn declaration(cx: &Cx, operation: &Operation, linked: bool) -> TokenStream {
    let call = docs::code(&format!("{} {}", operation.method, operation.path));
    let mut lines = docs::lines(operation.doc.as_deref(), &format!("Calls {call}."));
    if operation.doc.is_some() {
        lines.extend([String::new(), call]);
    }
    lines.extend(outputs::errors(cx, operation, linked));
    let doc = docs::outer(&lines);
    let deprecated = docs::deprecated(operation.deprecated);
    let name = ident(&operation.ident);
    let members = members(cx, operation);
    let fields = members.iter().map(|Member { name, ty, doc, .. }| quote!(#doc pub #name: #ty));
    let needed: Vec<&Member> = members.iter().filter(|m| m.needed).collect();
    let default = needed.is_empty().then(|| quote!(, Default));
    let new = (!needed.is_empty()).then(|| constructor(&name, &members, &needed));
    quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug #default)]
        pub struct #name {
            #(#fields,)*
        }
        #new
    }
}

fn constructor(name: &Ident, members: &[Member], needed: &[&Member]) -> TokenStream {
    let parameters = needed.iter().map(|Member { name, ty, into, .. }| match into {
        true => quote!(#name: impl Into<#ty>),
        false => quote!(#name: #ty),
    });
    let values =
        members.iter().map(|Member { name, needed, into, absent, .. }| match (needed, into) {
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
    let parameters = operation.parameters.iter().map(|p| parameters::member(cx, p));
    let body = operation.body.as_ref().map(|b| bodies::member(cx, operation, b));
    parameters.chain(body).collect()
}

fn implementation(cx: &Cx, operation: &Operation) -> TokenStream {
    let name = ident(&operation.ident);
    let output = outputs::ty(cx.spell(), &operation.output);
    let decode = outputs::decode(&operation.output);
    let meta = meta(cx, operation);
    let statements: Vec<TokenStream> = writes(cx, operation);
    let write = (!statements.is_empty()).then(|| {
        quote! {
            fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
                #(#statements)*
                Ok(())
            }
        }
    });
    quote! {
        impl gusset::Operation for #name {
            type Client = Client;
            type Output = #output;
            const META: &'static gusset::OperationMeta = &#meta;
            const DECODE: gusset::Decode<Self::Output> = #decode;
            #write
        }
    }
}

fn meta(cx: &Cx, operation: &Operation) -> TokenStream {
    let (name, path) = (&operation.name, &operation.path);
    let method = ident(&operation.method.to_ascii_lowercase());
    let usual = match operation.method.as_str() {
        "POST" | "PATCH" => Repeat::Never,
        "PUT" | "DELETE" => Repeat::Idempotent,
        _ => Repeat::Safe,
    };
    let repeat = (operation.repeat != usual).then(|| match operation.repeat {
        Repeat::Safe => quote!(.repeat(gusset::Repeat::Safe)),
        Repeat::Idempotent => quote!(.repeat(gusset::Repeat::Idempotent)),
        Repeat::Never => quote!(.repeat(gusset::Repeat::Never)),
    });
    let limits = operation.limits.iter().filter_map(|l| cx.integration.limits.get_index_of(l));
    let limits: Vec<_> = limits.map(proc_macro2::Literal::usize_unsuffixed).collect();
    let limits = (!limits.is_empty()).then(|| quote!(.limits(&[#(#limits),*])));
    let answers = outputs::meta(operation);
    quote! {
        gusset::OperationMeta::#method(&INTEGRATION, #name, #path) #repeat #limits #answers
    }
}

/// The statements that write parameters and body into the request.
fn writes(cx: &Cx, operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter().map(|p| parameters::write(cx, p));
    let body = operation.body.as_ref().map(|b| bodies::write(cx, operation, b));
    parameters.chain(body).collect()
}

/// Spells a path to an operation from the modules beside `operations`.
pub(super) fn path(cx: &Cx, name: &str) -> TokenStream {
    let operation = cx.integration.operations.get(name);
    let name = ident(operation.map_or(name, |o| o.ident.as_str()));
    quote!(operations::#name)
}
