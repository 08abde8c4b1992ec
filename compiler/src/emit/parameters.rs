//! Parameters: members of an operation's struct, and the line that writes each into the request.

use super::operations::Member;
use super::paths::{Spell, ident};
use super::{Cx, docs};
use crate::ir::{ListStyle, Parameter, ParameterIn, TypeId, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

/// The member that holds it.
pub(super) fn member(cx: &Cx, parameter: &Parameter) -> Member {
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

/// The line that writes it.
pub(super) fn write(cx: &Cx, parameter: &Parameter) -> TokenStream {
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
