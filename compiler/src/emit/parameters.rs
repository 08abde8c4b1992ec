//! Parameters: members of an operation's struct, and the line that writes each into the request.

use super::operations::Member;
use super::paths::ident;
use super::{Cx, docs};
use crate::ir::{Parameter, ParameterIn, Style, StyleKind, TypeId, TypeKind, Types};
use proc_macro2::TokenStream;
use quote::quote;

/// The member that holds it.
pub(super) fn member(cx: &Cx, parameter: &Parameter) -> Member {
    let spell = cx.spell();
    let needed = parameter.required;
    let list = is_list(&cx.ir.types, parameter.ty.id);
    let plain = spell.plain(parameter.ty.id);
    // An empty list is not sent, so it needs no `Option`.
    let (ty, absent) = match (needed, list) {
        (true, _) | (false, true) => (plain, quote!(Vec::new())),
        (false, false) => (quote!(Option<#plain>), quote!(None)),
    };
    Member {
        name: ident(&parameter.ident),
        ty,
        doc: docs::said(parameter.doc.as_deref()),
        needed,
        into: spell.is_given_into(parameter.ty.id),
        absent,
    }
}

/// The line that writes it.
pub(super) fn write(cx: &Cx, parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.wire, ident(&parameter.ident));
    if is_scalar(&cx.ir.types, parameter.ty.id) && is_bare(parameter.style) {
        return match parameter.location {
            ParameterIn::Path => quote!(request.path(#wire, &self.#name);),
            ParameterIn::Query => quote!(request.query(#wire, &self.#name);),
            ParameterIn::Header => quote!(request.header(#wire, &self.#name)?;),
            ParameterIn::Cookie => quote!(request.cookie(#wire, &self.#name);),
        };
    }
    let usual = Style { explode: true, ..Style::of(StyleKind::Form) };
    if parameter.location == ParameterIn::Query
        && parameter.style == usual
        && is_list(&cx.ir.types, parameter.ty.id)
    {
        return quote!(request.query_list(#wire, &self.#name)?;);
    }
    let method = match parameter.location {
        ParameterIn::Path => quote!(path_as),
        ParameterIn::Query => quote!(query_as),
        ParameterIn::Header => quote!(header_as),
        ParameterIn::Cookie => quote!(cookie_as),
    };
    let style = style(parameter.style);
    quote!(request.#method(#wire, &self.#name, #style)?;)
}

fn is_list(types: &Types, id: TypeId) -> bool {
    matches!(types.get(id).kind, TypeKind::List(_))
}

/// Whether its text is all there is to it: what `gusset::Param` is for.
fn is_scalar(types: &Types, id: TypeId) -> bool {
    matches!(
        types.get(id).kind,
        TypeKind::Boolean
            | TypeKind::Integer { .. }
            | TypeKind::Number
            | TypeKind::String(_)
            | TypeKind::Enum(_)
    )
}

/// Whether the style writes a scalar as its text.
fn is_bare(style: Style) -> bool {
    !style.reserved && !matches!(style.kind, StyleKind::Label | StyleKind::Matrix | StyleKind::Json)
}

/// A style, spelled.
pub(super) fn style(style: Style) -> TokenStream {
    let kind = match style.kind {
        StyleKind::Simple => quote!(SIMPLE),
        StyleKind::Label => quote!(LABEL),
        StyleKind::Matrix => quote!(MATRIX),
        StyleKind::Form => quote!(FORM),
        StyleKind::Space => quote!(SPACE),
        StyleKind::Pipe => quote!(PIPE),
        StyleKind::Deep => quote!(DEEP),
        StyleKind::Json => quote!(JSON),
        StyleKind::Content => quote!(CONTENT),
    };
    // There it means nothing.
    let whole = matches!(style.kind, StyleKind::Deep | StyleKind::Json | StyleKind::Content);
    let explode = (style.explode && !whole).then(|| quote!(.explode()));
    let reserved = style.reserved.then(|| quote!(.reserved()));
    quote!(gusset::Style::#kind #explode #reserved)
}
