//! Hooks: the trait that a user implements, and how the runtime calls it.

use super::paths::{From, Spell, ident};
use super::{Cx, docs, expressions};
use crate::ir::{
    Hook, HookKind, HookValue, Ir, ParameterIn, RequestHook, Sync, SyncHook, Ty, TypeId,
};
use crate::resolve::sync::called_hooks;
use crate::source::Sources;
use proc_macro2::TokenStream;
use quote::quote;

/// The hooks of an integration: its trait, what hooks give, and the way from the runtime to them.
pub(super) fn items(cx: &Cx) -> TokenStream {
    let hooks = &cx.integration.hooks;
    if hooks.is_empty() {
        return TokenStream::new();
    }
    let values = hooks.values().filter_map(|hook| match &hook.kind {
        HookKind::Request(request) => Some(values(hook, request)),
        HookKind::Answer => None,
    });
    let methods = hooks.values().map(|hook| method(cx, hook));
    let way = way(cx);
    let doc = docs::outer(&[format!("What the spec of {} asks of its user's code.", cx.title())]);
    quote! {
        #doc
        pub trait Hooks: std::fmt::Debug + Send + Sync {
            #(#methods)*
        }
        #(#values)*
        #way
    }
}

/// What a hook gives, each text by name, so that none is left out.
fn values(hook: &Hook, request: &RequestHook) -> TokenStream {
    let doc =
        docs::outer(&[format!("What the hook {} gives for a request.", docs::code(&hook.name))]);
    let name = ident(&request.values);
    let fields = request.sets.iter().map(|value| {
        let (what, field) = (where_to(value), ident(&value.ident));
        let doc = docs::outer(&[format!("The {what}.")]);
        quote!(#doc pub #field: String)
    });
    quote! {
        #doc
        #[derive(Clone)]
        pub struct #name {
            #(#fields,)*
        }
    }
}

fn where_to(value: &HookValue) -> String {
    match value.location {
        ParameterIn::Header => format!("header {}", docs::code(&value.wire)),
        _ => format!("query parameter {}", docs::code(&value.wire)),
    }
}

fn method(cx: &Cx, hook: &Hook) -> TokenStream {
    let place = docs::code(&expressions::place(cx.sources, &hook.place));
    let name = ident(&hook.name);
    match &hook.kind {
        HookKind::Request(request) => {
            let mut lines = docs::lines(
                hook.doc.as_deref(),
                "Gives what requests have beside their parameters.",
            );
            lines.push(String::new());
            let whom = match request.operations.as_slice() {
                [] => "all operations".to_owned(),
                some => some.iter().map(|name| docs::code(name)).collect::<Vec<_>>().join(", "),
            };
            let sets: Vec<String> = request.sets.iter().map(where_to).collect();
            let sees = match request.credentials {
                true => "The request has its credentials in it",
                false => "The request has no credentials in it yet",
            };
            lines.push(format!("Asked for in {place}: the {} of {whom}.", sets.join(", the ")));
            lines.push(format!("{sees}. It is called before each attempt."));
            lines.extend(failing("The call fails, and is not sent."));
            let (doc, values) = (docs::outer(&lines), ident(&request.values));
            quote! {
                #doc
                fn #name(&self, request: &gusset::HookRequest<'_>) -> Result<#values, gusset::HookError>;
            }
        }
        HookKind::Answer => {
            let mut lines =
                docs::lines(hook.doc.as_deref(), "Says what is to be done about an answer.");
            lines.push(String::new());
            lines.push(format!(
                "Asked for in {place}, for the answers that a rule of `errors` hands it."
            ));
            lines.extend(failing("The call fails."));
            let doc = docs::outer(&lines);
            quote! {
                #doc
                fn #name(&self, answer: &gusset::Response) -> Result<gusset::Judgement, gusset::HookError>;
            }
        }
    }
}

fn failing(what: &str) -> [String; 3] {
    [String::new(), "# Errors".to_owned(), what.to_owned()]
}

/// From the runtime, which knows hooks by name, to the methods.
fn way(cx: &Cx) -> TokenStream {
    let hooks = &cx.integration.hooks;
    let mut requests = Vec::new();
    let mut given = Vec::new();
    let mut judged = Vec::new();
    for hook in hooks.values() {
        let (name, method) = (&hook.name, ident(&hook.name));
        match &hook.kind {
            HookKind::Request(request) => {
                let fields: Vec<_> = request.sets.iter().map(|value| ident(&value.ident)).collect();
                let values = ident(&request.values);
                given.push(quote! {
                    #name => {
                        let #values { #(#fields),* } = Hooks::#method(&self.0, request)?;
                        Ok(vec![#(#fields),*])
                    }
                });
                requests.push(asked(cx, hook, request));
            }
            HookKind::Answer => judged.push(quote!(#name => Hooks::#method(&self.0, answer),)),
        }
    }
    let given = (!given.is_empty()).then(|| {
        quote! {
            fn request(
                &self,
                hook: &str,
                request: &gusset::HookRequest<'_>,
            ) -> Result<Vec<String>, gusset::HookError> {
                match hook {
                    #(#given)*
                    _ => Err(gusset::HookError::unknown()),
                }
            }
        }
    });
    let judged = (!judged.is_empty()).then(|| {
        quote! {
            fn answer(
                &self,
                hook: &str,
                answer: &gusset::Response,
            ) -> Result<gusset::Judgement, gusset::HookError> {
                match hook {
                    #(#judged)*
                    _ => Err(gusset::HookError::unknown()),
                }
            }
        }
    });
    quote! {
        static REQUEST_HOOKS: &[gusset::RequestHook] = &[#(#requests),*];

        #[derive(Debug)]
        struct Called<H>(H);

        impl<H: Hooks> gusset::CallHooks for Called<H> {
            #given
            #judged
        }
    }
}

fn asked(cx: &Cx, hook: &Hook, request: &RequestHook) -> TokenStream {
    let (name, place) = (&hook.name, expressions::place(cx.sources, &hook.place));
    let (operations, credentials) = (&request.operations, request.credentials);
    let sets = request.sets.iter().map(|value| {
        let wire = &value.wire;
        match value.location {
            ParameterIn::Header => quote!(gusset::HookSlot::Header(#wire)),
            _ => quote!(gusset::HookSlot::Query(#wire)),
        }
    });
    quote! {
        gusset::RequestHook {
            name: #name,
            place: #place,
            sets: &[#(#sets),*],
            operations: &[#(#operations),*],
            credentials: #credentials,
        }
    }
}

/// The hooks of a sync that its expressions call.
pub(super) fn of_sync(sync: &Sync) -> Vec<&SyncHook> {
    let called = called_hooks(sync);
    sync.hooks.values().filter(|hook| called.contains(hook.name.as_str())).collect()
}

/// The trait of a sync.
pub(super) fn sync_items(ir: &Ir, sources: &Sources, sync: &Sync) -> TokenStream {
    let hooks = of_sync(sync);
    if hooks.is_empty() {
        return TokenStream::new();
    }
    let doc = docs::outer(&[format!(
        "The functions of their own that expressions of {} call.",
        docs::code(&sync.name)
    )]);
    let methods = hooks.iter().map(|hook| {
        let mut lines = docs::lines(
            hook.doc.as_deref(),
            &format!("The function {}.", docs::code(&format!("hook.{}", hook.name))),
        );
        lines.push(String::new());
        let place = docs::code(&expressions::place(sources, &hook.place));
        lines.push(format!(
            "Asked for in {place}. It gives the same for the same values, and does nothing else."
        ));
        lines.extend(failing("The record is set aside, with the message."));
        let (doc, name) = (docs::outer(&lines), ident(&hook.name));
        let takes = hook.takes.iter().map(|(parameter, ty)| {
            let (parameter, ty) = (ident(parameter), taken(ir, ty));
            quote!(#parameter: #ty)
        });
        let gives = given(ir, &hook.gives);
        quote! {
            #doc
            fn #name(&self, #(#takes),*) -> Result<#gives, gusset::HookError>;
        }
    });
    quote! {
        #doc
        pub trait Hooks: std::fmt::Debug + Send + Sync {
            #(#methods)*

            /// Another text makes the next run read all records again, as hooks may give other values for them.
            fn version(&self) -> &str {
                ""
            }
        }
    }
}

/// A parameter: borrowed as far as it is no number.
fn taken(ir: &Ir, ty: &Ty) -> TokenStream {
    match ty {
        Ty::String => quote!(&str),
        Ty::Bytes => quote!(&[u8]),
        Ty::List(item) => {
            let item = given(ir, item);
            quote!(&[#item])
        }
        Ty::Optional(inner) => {
            let inner = taken(ir, inner);
            quote!(Option<#inner>)
        }
        Ty::Dyn | Ty::Record(_) => {
            let owned = given(ir, ty);
            quote!(&#owned)
        }
        _ => given(ir, ty),
    }
}

/// A value that is given away.
fn given(ir: &Ir, ty: &Ty) -> TokenStream {
    match ty {
        Ty::Bool => quote!(bool),
        Ty::Int => quote!(i64),
        Ty::Uint => quote!(u64),
        Ty::Double => quote!(f64),
        Ty::String => quote!(String),
        Ty::Bytes => quote!(Vec<u8>),
        Ty::Timestamp => quote!(gusset::jiff::Timestamp),
        Ty::Duration => quote!(gusset::jiff::SignedDuration),
        Ty::Null | Ty::Dyn | Ty::Map(_) => quote!(gusset::serde_json::Value),
        Ty::List(item) => {
            let item = given(ir, item);
            quote!(Vec<#item>)
        }
        Ty::Optional(inner) => {
            let inner = given(ir, inner);
            quote!(Option<#inner>)
        }
        Ty::Record(id) => record(ir, *id),
    }
}

fn record(ir: &Ir, id: TypeId) -> TokenStream {
    let integration = ir.integrations.get(ir.types.get(id).integration.0);
    let name = integration.map_or("", |integration| integration.name.as_str());
    Spell { types: &ir.types, from: From::Sync(name) }.plain(id)
}

/// Hooks come last among the options of a client.
pub(super) fn options(cx: &Cx) -> Option<TokenStream> {
    (!cx.integration.hooks.is_empty()).then(|| {
        quote! {
            let options = options.with_hooks(std::sync::Arc::new(Called(hooks)), REQUEST_HOOKS);
        }
    })
}
