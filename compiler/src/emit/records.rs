//! What structs that travel say about their members: a call of the runtime's macro right below the struct.

use super::paths::{Spell, ident};
use super::types::needed;
use crate::ir::{Field, Form, Struct, TypeDef, TypeId, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

/// The call.
pub(super) fn call(spell: Spell, def: &TypeDef, name: &str, body: &Struct) -> TokenStream {
    let name = ident(name);
    let ways = match (def.received, def.sent) {
        (true, true) => quote!(read, write),
        (true, false) => quote!(read),
        (false, _) => quote!(write),
    };
    let members = members(spell, def, body);
    let needed: Vec<&Field> = body.fields.iter().filter(|f| needed(def, f)).collect();
    let parameters = needed.iter().map(|f| {
        let name = ident(&f.ident);
        let ty = spell.field(def.form(f), f.ty.id, f.boxed);
        match def.form(f) == Form::Plain && !f.boxed && spell.is_given_into(f.ty.id) {
            true => quote!(#name: impl Into<#ty>),
            false => quote!(#name: #ty),
        }
    });
    let new = (def.sent && !needed.is_empty()).then(|| quote!(new(#(#parameters),*)));
    quote!(gusset::record!(#name: #ways { #members } #new);)
}

/// The members in their order; those that may be absent in brackets.
fn members(spell: Spell, def: &TypeDef, body: &Struct) -> TokenStream {
    let mut groups: Vec<(bool, Vec<TokenStream>, Vec<TokenStream>)> = Vec::new();
    for field in &body.fields {
        let (needed, marks, member) = (needed(def, field), marks(spell, def, field), member(field));
        match groups.last_mut() {
            Some((false, known, list)) if !needed && is_same(known, &marks) => list.push(member),
            _ => groups.push((needed, marks, vec![member])),
        }
    }
    let items = groups.into_iter().map(|(needed, marks, list)| match needed {
        true => quote!(#(#marks)* #(#list)*),
        false => quote!(#(#marks)* [#(#list),*]),
    });
    let known = body.rest.map(|value| in_string(spell, value.id).then(|| quote!(#[in_string])));
    let rest = known.or_else(|| body.keeps_unknown.then_some(None));
    let items = items.chain(rest.map(|mark| quote!(#mark ..rest)));
    quote!(#(#items),*)
}

/// The field, and its name on the wire if that is another.
fn member(field: &Field) -> TokenStream {
    let (name, wire) = (ident(&field.ident), &field.wire);
    let wire = (name != wire).then(|| quote!(= #wire));
    quote!(#name #wire)
}

fn marks(spell: Spell, def: &TypeDef, field: &Field) -> Vec<TokenStream> {
    let both = def.sent && def.received;
    let marks = [
        (both && field.read_only).then(|| quote!(#[read_only])),
        (both && field.write_only).then(|| quote!(#[write_only])),
        in_string(spell, field.ty.id).then(|| quote!(#[in_string])),
    ];
    marks.into_iter().flatten().collect()
}

fn is_same(some: &[TokenStream], others: &[TokenStream]) -> bool {
    let texts = |marks: &[TokenStream]| marks.iter().map(ToString::to_string).collect::<Vec<_>>();
    texts(some) == texts(others)
}

/// Whether values, or those in lists and maps, travel as text.
fn in_string(spell: Spell, id: TypeId) -> bool {
    match &spell.types.get(id).kind {
        TypeKind::InString(_) => true,
        TypeKind::List(item) | TypeKind::Map(item) => in_string(spell, item.id),
        _ => false,
    }
}
