//! Parameters: members of an operation's struct, and by which method of the request each is written.

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
    let plain = spell.plain(parameter.ty.id);
    // An empty list is not sent, so it needs no `Option`.
    let ty = match needed || is_list(&cx.ir.types, parameter.ty.id) {
        true => plain,
        false => quote!(Option<#plain>),
    };
    let name = ident(&parameter.ident);
    let wire = &parameter.wire;
    Member {
        ty,
        doc: documentation(parameter),
        needed,
        into: spell.is_given_into(parameter.ty.id),
        way: way(cx, parameter),
        wire: (name != wire).then(|| quote!(= #wire)),
        write: None,
        name,
    }
}

fn documentation(parameter: &Parameter) -> TokenStream {
    let said = parameter.doc.as_deref().map(docs::escape).unwrap_or_default();
    let doc = docs::noted(said, &parameter.notes);
    let deprecated = docs::deprecated(parameter.notes.deprecated);
    quote!(#doc #deprecated)
}

/// The method that writes it.
fn way(cx: &Cx, parameter: &Parameter) -> TokenStream {
    let Parameter { location, style: said, ty, .. } = parameter;
    if is_scalar(&cx.ir.types, ty.id) && is_bare(*said) {
        return match location {
            ParameterIn::Path => quote!(path),
            ParameterIn::Query => quote!(query),
            ParameterIn::Header => quote!(header),
            ParameterIn::Cookie => quote!(cookie),
        };
    }
    let usual = Style { explode: true, ..Style::of(StyleKind::Form) };
    if *location == ParameterIn::Query && *said == usual && is_list(&cx.ir.types, ty.id) {
        return quote!(query_list);
    }
    let style = style(*said);
    match location {
        ParameterIn::Path => quote!(path_as(#style)),
        ParameterIn::Query => quote!(query_as(#style)),
        ParameterIn::Header => quote!(header_as(#style)),
        ParameterIn::Cookie => quote!(cookie_as(#style)),
    }
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
