//! Structs that travel: one item each, and what it says about its members.

use super::modules::{self, Module, Piece};
use super::paths::{From, Spell, ident};
use super::text::Text;
use super::{Cx, docs, enums, keys, records, unions};
use crate::ir::{Field, Struct, TypeDef, TypeKind, Types};
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
    let head = format!("Types of {}", cx.title());
    modules::module("types", &head, "what travels", pieces.collect())
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
    let needed = body.fields.iter().any(|f| needed(def, f));
    let deprecated = docs::deprecated(def.notes.deprecated);
    let default = (def.sent && !needed).then(|| quote!(Default,));
    let fields = body.fields.iter().map(|f| field(spell, def, f));
    let rest = body.rest.map(|value| {
        let value = spell.of(value);
        quote! {
            /// Members beside the ones above.
            pub rest: std::collections::BTreeMap<String, #value>
        }
    });
    let unknown = body.keeps_unknown.then(|| {
        quote! {
            /// Members that the document does not know.
            pub rest: std::collections::BTreeMap<String, gusset::serde_json::Value>
        }
    });
    let fields = fields.chain(rest).chain(unknown);
    let record = records::call(spell, def, name, body);
    let name = ident(name);
    quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug, #default PartialEq)]
        pub struct #name {
            #(#fields,)*
        }
        #record
    }
}

/// Whether a value cannot be made without this field.
pub(super) fn needed(def: &TypeDef, field: &Field) -> bool {
    let one_way = def.sent && def.received && (field.read_only || field.write_only);
    field.required && !one_way
}

fn field(spell: Spell, def: &TypeDef, field: &Field) -> TokenStream {
    let said = field.doc.as_deref().map(docs::escape).unwrap_or_default();
    let doc = docs::noted(said, &field.notes);
    let deprecated = docs::deprecated(field.notes.deprecated);
    let name = ident(&field.ident);
    let ty = spell.field(def.form(field), field.ty.id, field.boxed);
    quote! {
        #doc
        #deprecated
        pub #name: #ty
    }
}
