//! Operations: a struct that holds the parameters, and how it becomes a request.

use super::modules::{self, Module, Piece};
use super::paths::{ident, mentions};
use super::text::Text;
use super::{Cx, bodies, docs, keys, outputs, pagination, parameters};
use crate::ir::{Operation, Repeat};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The module `operations`.
pub(super) fn module(cx: &Cx) -> Module {
    let types = cx
        .integration
        .operations
        .values()
        .any(|operation| mentions(&outputs::ty(cx.spell(), &operation.output), "types"));
    let pieces = cx.integration.operations.values().map(|operation| {
        let item = item(cx, operation, types);
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
    let head = format!("Operations of {}", cx.title());
    modules::module("operations", &head, "values that a client sends", pieces.collect())
}

/// `types`: whether the module of operations has the module of types in reach.
fn item(cx: &Cx, operation: &Operation, types: bool) -> TokenStream {
    let members = members(cx, operation);
    let fields = fields(&members);
    let call = call(cx, operation, &members);
    let paginated = operation.pagination.as_ref().map(|plan| pagination::item(cx, operation, plan));
    let outputs = outputs::items(cx, operation);
    let body = operation.body.as_ref().and_then(|body| bodies::choices(cx, operation, body));
    let code = quote!(#fields #call #body #outputs #paginated);
    let link = match mentions(&code, "types") {
        true => outputs::Link::Here,
        false if types => outputs::Link::Above,
        false => outputs::Link::None,
    };
    let doc = documentation(cx, operation, link);
    let deprecated = docs::deprecated(operation.deprecated);
    let name = ident(&operation.ident);
    let default = members.iter().all(|member| !member.needed).then(|| quote!(, Default));
    quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug #default)]
        pub struct #name { #fields }
        #call
        #body
        #outputs
        #paginated
    }
}

/// A member of the operation's struct.
pub(super) struct Member {
    pub(super) name: Ident,
    pub(super) ty: TokenStream,
    /// Its attributes: documentation, and whether it is deprecated.
    pub(super) doc: TokenStream,
    /// Whether a value cannot be made without it.
    pub(super) needed: bool,
    /// Whether the constructor takes what can become it.
    pub(super) into: bool,
    /// The method of the request that writes it.
    pub(super) way: TokenStream,
    /// Its name on the wire, if it is another.
    pub(super) wire: Option<TokenStream>,
    /// The function that writes it, if no method does.
    pub(super) write: Option<TokenStream>,
}

fn documentation(cx: &Cx, operation: &Operation, link: outputs::Link) -> TokenStream {
    let call = docs::code(&format!("{} {}", operation.method, operation.path));
    let mut lines = docs::lines(operation.doc.as_deref(), &format!("Calls {call}."));
    if operation.doc.is_some() {
        lines.extend([String::new(), call]);
    }
    if operation.pagination.is_some() {
        let all = "It has pages: `client.items(operation)` reads the items of all of them, `client.pages(operation)` page by page.";
        lines.extend([String::new(), all.to_owned()]);
    }
    lines.extend(outputs::errors(cx, operation, link));
    docs::outer(&lines)
}

fn fields(members: &[Member]) -> TokenStream {
    let fields = members.iter().map(|Member { name, ty, doc, .. }| quote!(#doc pub #name: #ty,));
    fields.collect()
}

fn members(cx: &Cx, operation: &Operation) -> Vec<Member> {
    let parameters = operation.parameters.iter().map(|p| parameters::member(cx, p));
    let body = operation.body.as_ref().map(|b| bodies::member(cx, operation, b));
    parameters.chain(body).collect()
}

/// The call of the runtime's macro: what the request is, where members go, and what is answered.
fn call(cx: &Cx, operation: &Operation, members: &[Member]) -> TokenStream {
    let (struct_name, name, path) = (ident(&operation.ident), &operation.name, &operation.path);
    let method = ident(&operation.method.to_ascii_lowercase());
    let options = options(cx, operation);
    let returned = outputs::returned(cx.spell(), &operation.output);
    let read = outputs::read(&operation.output);
    let written = written(members);
    let needed: Vec<&Member> = members.iter().filter(|member| member.needed).collect();
    let parameters = needed.iter().map(|Member { name, ty, into, .. }| match into {
        true => quote!(#name: impl Into<#ty>),
        false => quote!(#name: #ty),
    });
    let new = (!needed.is_empty()).then(|| quote!(new(#(#parameters),*)));
    quote! {
        gusset::operation!(
            #struct_name: #method #path as #name #options #returned { #written } #new #read
        );
    }
}

/// Members in their order; those that may be absent in brackets, with others that go the same way. A body that a
/// function writes has its function behind the brackets.
fn written(members: &[Member]) -> TokenStream {
    let mut items: Vec<TokenStream> = Vec::new();
    for group in members.chunk_by(|a, b| !a.needed && !b.needed && is_same(&a.way, &b.way)) {
        let names = group.iter().map(|Member { name, wire, .. }| quote!(#name #wire));
        let way = group.iter().map(|member| &member.way).take(1);
        let write = group.iter().filter_map(|member| member.write.as_ref());
        items.push(match group.iter().any(|member| member.needed) {
            true => quote!(#(#way)* #(#names)* #(#write)*),
            false => quote!(#(#way)* [#(#names),*] #(#write)*),
        });
    }
    quote!(#(#items),*)
}

fn is_same(some: &TokenStream, other: &TokenStream) -> bool {
    some.to_string() == other.to_string()
}

/// What is special about it.
fn options(cx: &Cx, operation: &Operation) -> TokenStream {
    let usual = match operation.method.as_str() {
        "POST" | "PATCH" => Repeat::Never,
        "PUT" | "DELETE" => Repeat::Idempotent,
        _ => Repeat::Safe,
    };
    let repeat = (operation.repeat != usual).then(|| match operation.repeat {
        Repeat::Safe => quote!(, repeat(gusset::Repeat::Safe)),
        Repeat::Idempotent => quote!(, repeat(gusset::Repeat::Idempotent)),
        Repeat::Never => quote!(, repeat(gusset::Repeat::Never)),
    });
    let limits = operation.limits.iter().filter_map(|l| cx.integration.limits.get_index_of(l));
    let limits: Vec<_> = limits.map(proc_macro2::Literal::usize_unsuffixed).collect();
    let limits = (!limits.is_empty()).then(|| quote!(, limits(&[#(#limits),*])));
    let answers = outputs::meta(operation);
    quote!(#repeat #limits #answers)
}

/// Spells a path to an operation from the modules beside `operations`.
pub(super) fn path(cx: &Cx, name: &str) -> TokenStream {
    let operation = cx.integration.operations.get(name);
    let name = ident(operation.map_or(name, |o| o.ident.as_str()));
    quote!(operations::#name)
}
