//! Structs that travel: one item and one constructor each.

use super::modules::{self, Module, Piece};
use super::paths::{From, Spell, ident};
use super::renames::Renames;
use super::text::Text;
use super::{Cx, docs, enums, keys, unions};
use crate::ir::{Field, Form, Struct, TypeDef, TypeId, TypeKind, Types};
use proc_macro2::TokenStream;
use quote::quote;

/// The module `types`.
pub(super) fn module(cx: &Cx) -> Module {
    let spell = Spell { types: &cx.ir.types, from: From::Types };
    let keys = keys::of_types(&cx.ir.types, cx.integration);
    let travels = |def: &TypeDef| def.integration == cx.id && (def.sent || def.received);
    let nobody = Vec::new();
    let pieces = cx.ir.types.iter().filter(|(_, def)| travels(def)).filter_map(|(id, def)| {
        let shared = match keys.get(&id) {
            Some(shared) => shared,
            None if cx.everything => &nobody,
            None => return None,
        };
        let name = def.name.as_deref()?;
        Some(Piece {
            key: keys::of_type(shared, name),
            name: name.to_owned(),
            text: Text::of(item(spell, def)?),
            outer: Vec::new(),
            inner: named(spell.types, def),
        })
    });
    let head = format!("Types of {}: what travels.", cx.title());
    modules::module("types", &head, pieces.collect())
}

/// The types that a type names.
fn named(types: &Types, def: &TypeDef) -> Vec<String> {
    if let Some(first) = def.same_as {
        return types.get(first).name.iter().cloned().collect();
    }
    let mut names = Vec::new();
    let mut open = def.kind.parts();
    while let Some(part) = open.pop() {
        let def = types.get(part.id);
        match &def.name {
            Some(name) => names.push(name.clone()),
            None => open.extend(def.kind.parts()),
        }
    }
    names
}

fn item(spell: Spell, def: &TypeDef) -> Option<TokenStream> {
    let name = def.name.as_deref()?;
    if let Some(first) = def.same_as {
        return alias(def, name, spell.types.get(first));
    }
    match &def.kind {
        TypeKind::Struct(body) => Some(structure(spell, def, name, body)),
        TypeKind::Enum(body) if !body.variants.is_empty() => Some(enums::item(def, name, body)),
        TypeKind::Union(body) => Some(unions::item(spell, def, name, body)),
        _ => None,
    }
}

/// Another name of a type, with what the document says there if it is something else.
fn alias(def: &TypeDef, name: &str, first: &TypeDef) -> Option<TokenStream> {
    let said = def.doc.as_deref().filter(|doc| first.doc.as_deref() != Some(doc));
    let (doc, deprecated) = (docs::said(said), docs::deprecated(def.notes.deprecated));
    let (name, first) = (ident(name), ident(first.name.as_deref()?));
    def.is_declared().then(|| quote!(#doc #deprecated pub type #name = #first;))
}

fn structure(spell: Spell, def: &TypeDef, name: &str, body: &Struct) -> TokenStream {
    let doc = docs::said(def.doc.as_deref());
    let needed: Vec<&Field> = body.fields.iter().filter(|f| needed(def, f)).collect();
    let deprecated = docs::deprecated(def.notes.deprecated);
    let default = (def.sent && needed.is_empty()).then(|| quote!(Default,));
    let serde = derives(def);
    let renames = Renames::of(&body.fields);
    let rename_all = renames.all().map(|rule| quote!(, rename_all = #rule));
    let fields = body.fields.iter().map(|f| field(spell, def, f, renames));
    let rest = body.rest.map(|value| {
        let with = in_string(spell, value.id).map(|_| quote!(, with = "gusset::in_string::inside"));
        let value = spell.of(value);
        quote! {
            /// Members beside the ones above.
            #[serde(flatten #with)]
            pub rest: std::collections::BTreeMap<String, #value>
        }
    });
    let unknown = body.keeps_unknown.then(|| {
        quote! {
            /// Members that the document does not know.
            #[serde(flatten)]
            pub rest: std::collections::BTreeMap<String, gusset::serde_json::Value>
        }
    });
    let fields = fields.chain(rest).chain(unknown);
    let name = ident(name);
    let new = (def.sent && !needed.is_empty()).then(|| constructor(spell, def, body, &needed));
    quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug, #default PartialEq, #serde)]
        #[serde(crate = "gusset::serde" #rename_all)]
        pub struct #name {
            #(#fields,)*
        }
        #new
    }
}

/// Only what the direction needs.
pub(super) fn derives(def: &TypeDef) -> TokenStream {
    let serialize = def.sent.then(|| quote!(gusset::serde::Serialize,));
    let deserialize = def.received.then(|| quote!(gusset::serde::Deserialize,));
    quote!(#serialize #deserialize)
}

/// Whether a value cannot be made without this field.
pub(super) fn needed(def: &TypeDef, field: &Field) -> bool {
    let one_way = def.sent && def.received && (field.read_only || field.write_only);
    field.required && !one_way
}

fn field(spell: Spell, def: &TypeDef, field: &Field, renames: Renames) -> TokenStream {
    let said = field.doc.as_deref().map(docs::escape).unwrap_or_default();
    let doc = docs::noted(said, &field.notes);
    let deprecated = docs::deprecated(field.notes.deprecated);
    let serde = attributes(spell, def, field, renames);
    let name = ident(&field.ident);
    let ty = spell.field(def.form(field), field.ty.id, field.boxed);
    quote! {
        #doc
        #deprecated
        #serde
        pub #name: #ty
    }
}

/// The serde attribute of a field, if it needs one.
fn attributes(spell: Spell, def: &TypeDef, field: &Field, renames: Renames) -> Option<TokenStream> {
    let form = def.form(field);
    let mut list: Vec<TokenStream> = Vec::new();
    list.extend(renames.own(field).map(|wire| quote!(rename = #wire)));
    let one_way = def.sent && def.received;
    let in_string = in_string(spell, field.ty.id);
    // Serde takes a missing `Option` for `None`, unless the field is read by a function.
    if def.received && (form == Form::Patch || form == Form::Option && in_string.is_some()) {
        list.push(quote!(default));
    }
    if one_way && field.read_only {
        list.push(quote!(skip_serializing));
    } else if def.sent && !needed(def, field) {
        match form {
            Form::Patch => list.push(quote!(skip_serializing_if = "gusset::Patch::is_absent")),
            Form::Option => list.push(quote!(skip_serializing_if = "Option::is_none")),
            Form::Plain => {}
        }
    }
    if one_way && field.write_only {
        list.push(quote!(skip_deserializing));
    }
    list.extend(in_string.map(|depth| match (form, depth) {
        (Form::Plain, 0) => quote!(with = "gusset::in_string"),
        (Form::Option, 0) => quote!(with = "gusset::in_string::optional"),
        _ => quote!(with = "gusset::in_string::inside"),
    }));
    (!list.is_empty()).then(|| quote!(#[serde(#(#list),*)]))
}

/// How deep in lists and maps values travel as text, if they do.
fn in_string(spell: Spell, id: TypeId) -> Option<usize> {
    match &spell.types.get(id).kind {
        TypeKind::InString(_) => Some(0),
        TypeKind::List(item) | TypeKind::Map(item) => {
            in_string(spell, item.id).map(|depth| depth + 1)
        }
        _ => None,
    }
}

/// `new(..)`: what is required, in the document's order.
fn constructor(
    spell: Spell,
    def: &TypeDef,
    body: &Struct,
    needed_fields: &[&Field],
) -> TokenStream {
    let name = ident(def.name.as_deref().unwrap_or_default());
    let parameters = needed_fields.iter().map(|f| {
        let name = ident(&f.ident);
        let ty = spell.field(def.form(f), f.ty.id, f.boxed);
        match def.form(f) == Form::Plain && !f.boxed && spell.is_given_into(f.ty.id) {
            true => quote!(#name: impl Into<#ty>),
            false => quote!(#name: #ty),
        }
    });
    let values = body.fields.iter().map(|f| {
        let name = ident(&f.ident);
        if !needed(def, f) {
            return match def.form(f) {
                Form::Patch => quote!(#name: gusset::Patch::Absent),
                Form::Option | Form::Plain => quote!(#name: None),
            };
        }
        match def.form(f) == Form::Plain && !f.boxed && spell.is_given_into(f.ty.id) {
            true => quote!(#name: #name.into()),
            false => quote!(#name),
        }
    });
    let rest = (body.rest.is_some() || body.keeps_unknown)
        .then(|| quote!(rest: std::collections::BTreeMap::new(),));
    let many = too_many(needed_fields.len());
    quote! {
        impl #name {
            /// With what is required; the rest is left out.
            #many
            pub fn new(#(#parameters),*) -> Self {
                #name { #(#values,)* #rest }
            }
        }
    }
}

/// A constructor takes what is required, however much that is.
pub(super) fn too_many(parameters: usize) -> Option<TokenStream> {
    (parameters > 7).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them all")]),
    )
}
