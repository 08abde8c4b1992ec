//! Outputs: what a success is in Rust, and how it is read.

use super::paths::{Spell, ident};
use super::{Cx, docs};
use crate::ir::{Answer, Choice, HeaderKind, Headers, Operation, Output, Status, TypeId, TypeKind};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The type that a success returns.
pub(super) fn ty(spell: Spell, output: &Output) -> TokenStream {
    match output {
        Output::Empty => quote!(()),
        Output::Json { ty, .. } => spell.of(*ty),
        Output::Lines { ty, .. } => {
            let ty = spell.of(*ty);
            quote!(Vec<#ty>)
        }
        Output::Text(_) => quote!(String),
        Output::Bytes(_) => quote!(gusset::bytes::Bytes),
        Output::Redirect => quote!(gusset::Redirect),
        Output::Choice(choice) => {
            let name = ident(&choice.ident);
            quote!(#name)
        }
    }
}

/// The type that a success returns, unless there is nothing in it.
pub(super) fn returned(spell: Spell, output: &Output) -> Option<TokenStream> {
    let ty = ty(spell, output);
    (!matches!(output, Output::Empty)).then(|| quote!(-> #ty))
}

/// What reads it from a response, unless it is JSON or nothing.
pub(super) fn read(output: &Output) -> Option<TokenStream> {
    let by = match (output, reader(output)) {
        (Output::Empty, _) => return None,
        (Output::Json { ty, .. }, _) if !ty.nullable => return None,
        (_, Reader::Method(method)) => quote!(gusset::Response::#method),
        (_, Reader::ByStatus(choice)) => by_status(choice),
    };
    Some(quote!(by #by))
}

/// How an output is read.
enum Reader<'o> {
    /// By a method of the response.
    Method(TokenStream),
    /// As the status says.
    ByStatus(&'o Choice),
}

fn reader(output: &Output) -> Reader<'_> {
    Reader::Method(match output {
        Output::Empty => quote!(empty),
        Output::Json { ty, .. } if ty.nullable => quote!(optional),
        Output::Json { .. } => quote!(json),
        Output::Lines { .. } => quote!(lines),
        Output::Text(_) => quote!(text),
        Output::Bytes(_) => quote!(bytes),
        Output::Redirect => quote!(redirect),
        Output::Choice(choice) => return Reader::ByStatus(choice),
    })
}

fn by_status(choice: &Choice) -> TokenStream {
    let name = ident(&choice.ident);
    let arms = choice.answers.iter().map(|answer| {
        let variant = ident(&answer.status.ident());
        let status = match answer.status {
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#code)
            }
            Status::Range(hundred) => {
                let first = Literal::u16_unsuffixed(hundred * 100);
                let last = Literal::u16_unsuffixed(hundred * 100 + 99);
                quote!(#first..=#last)
            }
            Status::Default => quote!(_),
        };
        match (&answer.output, reader(&answer.output)) {
            (Output::Empty, _) => quote!(#status => Ok(#name::#variant),),
            (_, Reader::Method(method)) => {
                quote!(#status => Ok(#name::#variant(response.#method()?)),)
            }
            (_, Reader::ByStatus(inner)) => {
                let read = by_status(inner);
                quote!(#status => Ok(#name::#variant((#read)(response)?)),)
            }
        }
    });
    let all = choice.answers.iter().any(|answer| answer.status == Status::Default);
    let other = (!all).then(|| quote!(_ => response.undocumented(),));
    quote! {
        |response| match response.status() {
            #(#arms)*
            #other
        }
    }
}

/// What is special about the answers, for the operation's constant.
pub(super) fn meta(operation: &Operation) -> TokenStream {
    let accept = operation.accept.as_ref().map(|media| quote!(, accept(#media)));
    let redirects = matches!(operation.output, Output::Redirect).then(|| quote!(, redirects()));
    let server = operation.server.map(Literal::usize_unsuffixed);
    let server = server.map(|server| quote!(, server(#server)));
    let public = operation.public.then(|| quote!(, public()));
    quote!(#accept #redirects #server #public)
}

/// The items that an operation needs for its answers.
pub(super) fn items(cx: &Cx, operation: &Operation) -> TokenStream {
    let choice = choice(cx, operation);
    let headers = operation.headers.as_ref().map(|it| headers(operation, it));
    let events = operation.events.map(|events| {
        let name = ident(&operation.ident);
        let (data, text) = match events.ty {
            Some(ty) => (cx.spell().of(ty), None),
            None => (
                quote!(String),
                Some(quote!(
                    const JSON: bool = false;
                )),
            ),
        };
        quote! {
            impl gusset::Evented for #name {
                type Data = #data;
                #text
            }
        }
    });
    quote!(#choice #headers #events)
}

fn headers(operation: &Operation, headers: &Headers) -> TokenStream {
    let (of, name) = (ident(&operation.ident), ident(&headers.ident));
    let doc = docs::outer(&[format!("Headers that [`{of}`] is answered with.")]);
    let fields = headers.fields.iter().map(|field| {
        let doc =
            docs::item(field.doc.as_deref(), &format!("The header {}.", docs::code(&field.wire)));
        let name = ident(&field.ident);
        let ty = match field.kind {
            HeaderKind::Text => quote!(String),
            HeaderKind::Integer => quote!(i64),
            HeaderKind::Number => quote!(f64),
            HeaderKind::Boolean => quote!(bool),
        };
        let ty = if field.list { quote!(Vec<#ty>) } else { ty };
        quote!(#doc pub #name: Option<#ty>)
    });
    let values = headers.fields.iter().map(|field| {
        let (name, wire) = (ident(&field.ident), &field.wire);
        match field.list {
            true => quote!(#name: response.header_list(#wire)?),
            false => quote!(#name: response.header_as(#wire)?),
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            #(#fields,)*
        }

        impl gusset::Headed for #of {
            type Headers = #name;

            fn headers(response: &gusset::Response) -> Result<Self::Headers, gusset::Error> {
                Ok(#name { #(#values),* })
            }
        }
    }
}

/// The enum of a choice by status.
fn choice(cx: &Cx, operation: &Operation) -> Option<TokenStream> {
    let Output::Choice(choice) = &operation.output else { return None };
    let name = ident(&choice.ident);
    let of = docs::outer(&[format!("What [`{}`] is answered with.", ident(&operation.ident))]);
    let variants = choice.answers.iter().map(|Answer { status, output, doc }| {
        let doc = docs::item(doc.as_deref(), &format!("The answer by status {status}."));
        let variant = ident(&status.ident());
        match output {
            Output::Empty => quote!(#doc #variant,),
            output => {
                let ty = ty(cx.spell(), output);
                quote!(#doc #variant(#ty),)
            }
        }
    });
    Some(quote! {
        #of
        #[derive(Clone, Debug)]
        pub enum #name {
            #(#variants)*
        }
    })
}

/// How documentation of an operation reaches the module of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// By its name, which the operation itself uses.
    Here,
    /// From the module above, where that has it: beside `operations`, or imported there for others.
    Above,
    /// Not at all: a link would warn.
    None,
}

/// The section about failures: the statuses by the type of their bodies, and how it is got.
pub(super) fn errors(cx: &Cx, operation: &Operation, link: Link) -> Vec<String> {
    let mut bodies: Vec<(String, Vec<String>)> = Vec::new();
    for failure in &operation.failures {
        let Some(ty) = failure.ty else { continue };
        let Some(link) = body(cx, ty.id, link) else { continue };
        let status = format!("`{}`", failure.status);
        match bodies.iter_mut().find(|(known, _)| *known == link) {
            Some((_, statuses)) => statuses.push(status),
            None => bodies.push((link, vec![status])),
        }
    }
    if bodies.is_empty() {
        return Vec::new();
    }
    let heading = [String::new(), "# Errors".to_owned()];
    let lines = bodies.iter().enumerate().map(|(number, (link, statuses))| {
        let by = if number == 0 { ", by [`gusset::Error::decode`]" } else { "" };
        format!("- {}: {link}{by}", statuses.join(", "))
    });
    heading.into_iter().chain(lines).collect()
}

/// What the body of a failure is in words: a named type, or a list or a map of one.
fn body(cx: &Cx, id: TypeId, link: Link) -> Option<String> {
    let def = cx.ir.types.get(id);
    match (&def.kind, &def.name) {
        (TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_), Some(name)) => {
            Some(match link {
                Link::Here => format!("[`types::{name}`]"),
                Link::Above => format!("[`{name}`](super::types::{name})"),
                Link::None => format!("`types::{name}`"),
            })
        }
        (TypeKind::List(item), _) => Some(format!("a list of {}", body(cx, item.id, link)?)),
        (TypeKind::Map(item), _) => Some(format!("a map of {}", body(cx, item.id, link)?)),
        _ => None,
    }
}
