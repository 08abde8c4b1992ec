//! Unions: enums of types, open. What they can do is the runtime's macro; what is emitted is the enum, and by what its
//! variants are told apart.

use super::docs;
use super::paths::{Spell, ident};
use crate::ir::{Struct, TypeDef, TypeId, TypeKind, Types, Union, UnionVariant, Width};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{format_ident, quote};
use std::collections::HashSet;

/// The name of the runtime's macro.
const MACRO: &str = "union";

/// The enum, its conversions, and those from what its variants hold.
pub(super) fn item(spell: Spell, def: &TypeDef, name: &str, body: &Union) -> TokenStream {
    let doc = docs::said(def.doc.as_deref());
    let name = ident(name);
    let variants = body.variants.iter().map(|variant| {
        let doc = docs::outer(&describe(variant));
        let (name, ty) = (ident(&variant.ident), held(spell, variant));
        quote!(#doc #name(#ty))
    });
    let traits = [
        def.sent.then(|| quote!(Serialize)),
        def.received.then(|| quote!(Deserialize)),
        (def.sent && is_scalar(spell.types, body)).then(|| quote!(Param)),
    ];
    let traits = traits.iter().flatten();
    let by = body.tag.as_ref().map(|tag| quote!(by #tag));
    let told = body.variants.iter().map(|variant| {
        let name = ident(&variant.ident);
        let written = variant.tags.first().filter(|_| variant.adds_tag && def.sent);
        let writes = written.map(|value| quote!(writes #value));
        let shape = def.received.then(|| shape(spell.types, body, variant));
        let shape = shape.map(|shape| quote!(=> #shape));
        quote!(#name #writes #shape)
    });
    let conversions = conversions(spell, def, body);
    let union = format_ident!("{MACRO}");
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name {
            #(#variants,)*
            /// None of the documented ones, as it came.
            Other(gusset::serde_json::Value),
        }

        gusset::#union! {
            impl #(#traits),* for #name #by { #(#told,)* }
        }

        #conversions
    }
}

fn held(spell: Spell, variant: &UnionVariant) -> TokenStream {
    let ty = spell.plain(variant.ty.id);
    if variant.boxed { quote!(Box<#ty>) } else { ty }
}

/// What the document says about a variant, or else by which values of the tag it is told.
fn describe(variant: &UnionVariant) -> Vec<String> {
    let said = variant.doc.as_deref().map(docs::escape).unwrap_or_default();
    if !said.is_empty() || variant.tags.is_empty() {
        return said;
    }
    let tags: Vec<String> = variant.tags.iter().map(|tag| docs::code(tag)).collect();
    vec![format!("{}.", tags.join(", "))]
}

fn is_scalar(types: &Types, body: &Union) -> bool {
    body.variants.iter().all(|variant| {
        matches!(
            types.get(variant.ty.id).kind,
            TypeKind::Boolean
                | TypeKind::Integer(_)
                | TypeKind::Number
                | TypeKind::String(_)
                | TypeKind::Enum(_)
        )
    })
}

/// `From` for what only one variant holds, where values are made to be sent.
fn conversions(spell: Spell, def: &TypeDef, body: &Union) -> TokenStream {
    if !def.sent {
        return TokenStream::new();
    }
    let name = ident(def.name.as_deref().unwrap_or_default());
    // Other names of one type are no other types.
    let plain = |variant: &UnionVariant| spell.plain(spell.types.first(variant.ty.id)).to_string();
    let all: Vec<String> = body.variants.iter().map(plain).collect();
    let alone = |ty: &str| all.iter().filter(|other| *other == ty).count() == 1;
    let untyped = quote!(gusset::serde_json::Value).to_string();
    let alone = body.variants.iter().zip(&all).filter(|(_, ty)| alone(ty) && **ty != untyped);
    alone
        .map(|(variant, _)| {
            let (ident, ty) = (ident(&variant.ident), spell.plain(variant.ty.id));
            let value = if variant.boxed { quote!(Box::new(value)) } else { quote!(value) };
            quote! {
                impl From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        #name::#ident(#value)
                    }
                }
            }
        })
        .collect()
}

/// What tells a variant.
fn shape(types: &Types, body: &Union, variant: &UnionVariant) -> TokenStream {
    let id = variant.ty.id;
    let base = match &types.get(id).kind {
        TypeKind::Boolean => return quote!(Shape::BOOLEAN),
        TypeKind::Number | TypeKind::Integer(Width::Any) => return quote!(Shape::NUMBER),
        TypeKind::Integer(_) => return quote!(Shape::INTEGER),
        TypeKind::String(_) | TypeKind::InString(_) | TypeKind::Enum(_) => {
            return quote!(Shape::TEXT);
        }
        TypeKind::List(_) | TypeKind::Tuple(_) => return quote!(Shape::LIST),
        TypeKind::Any { .. } => return quote!(Shape::ANY),
        TypeKind::Union(_) if !is_object(types, id) => return quote!(Shape::ANY),
        TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::Union(_) if variant.tags.is_empty() => {
            quote!(Shape::OBJECT)
        }
        TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::Union(_) => {
            let tags = &variant.tags;
            quote!(Shape::tagged(&[#(#tags),*]))
        }
    };
    let objects: Vec<&UnionVariant> =
        body.variants.iter().filter(|v| is_object(types, v.ty.id)).collect();
    let sure = objects.iter().all(|v| tag_is_sure(types, body, v));
    let alone = |v: &&UnionVariant| v.ident == variant.ident || !shares_tag(v, variant);
    if objects.len() < 2 || (sure && !variant.tags.is_empty() && objects.iter().all(alone)) {
        return base;
    }
    let (required, optional) = members(types, &objects, id);
    let constants: Vec<(String, Vec<String>)> = match &types.get(id).kind {
        TypeKind::Union(inner) => {
            inner.tag.iter().map(|tag| (tag.clone(), all_tags(inner))).collect()
        }
        _ => variant.constants.iter().map(|c| (c.wire.clone(), c.values.clone())).collect(),
    };
    let required = (!required.is_empty()).then(|| quote!(.required(&[#(#required),*])));
    let optional = (!optional.is_empty()).then(|| quote!(.optional(&[#(#optional),*])));
    let pairs = constants.iter().map(|(wire, values)| quote!((#wire, &[#(#values),*])));
    let constants = (!constants.is_empty()).then(|| quote!(.constants(&[#(#pairs),*])));
    let closed = variant.closed.then(|| quote!(.closed()));
    // What keeps other members loses none.
    let loses = types.as_struct(id).is_some_and(|s| s.rest.is_none() && !s.keeps_unknown);
    let joint = (body.joint && loses).then(|| quote!(.joint()));
    quote!(#base #required #optional #constants #closed #joint)
}

fn shares_tag(a: &UnionVariant, b: &UnionVariant) -> bool {
    a.tags.iter().any(|tag| b.tags.contains(tag))
}

fn all_tags(body: &Union) -> Vec<String> {
    body.variants.iter().flat_map(|variant| variant.tags.clone()).collect()
}

/// Whether values are objects.
fn is_object(types: &Types, id: TypeId) -> bool {
    let mut open = vec![id];
    let mut seen = HashSet::new();
    while let Some(id) = open.pop() {
        match &types.get(id).kind {
            TypeKind::Struct(_) | TypeKind::Map(_) => {}
            TypeKind::Union(body) if seen.insert(id) => {
                open.extend(body.variants.iter().map(|variant| variant.ty.id));
            }
            TypeKind::Union(_) => {}
            _ => return false,
        }
    }
    true
}

/// Whether each value of a variant has the tag: it is required, or the union itself writes it.
fn tag_is_sure(types: &Types, body: &Union, variant: &UnionVariant) -> bool {
    let Some(tag) = &body.tag else { return false };
    let required = |s: &Struct| s.field(tag).is_some_and(|f| f.required && !f.ty.nullable);
    variant.tags.is_empty()
        || variant.adds_tag
        || types.as_struct(variant.ty.id).is_none_or(required)
}

/// The members by which a variant is told from the others: those that all have tell nothing, unless a variant has no
/// others.
fn members<'t>(
    types: &'t Types,
    objects: &[&UnionVariant],
    id: TypeId,
) -> (Vec<&'t str>, Vec<&'t str>) {
    let Some(own) = types.as_struct(id) else { return (Vec::new(), Vec::new()) };
    let closed = objects.iter().any(|variant| variant.closed);
    let required = |s: &Struct, wire: &str| s.field(wire).map(|f| f.required && !f.write_only);
    let shared = |wire: &str| {
        !closed
            && objects.iter().all(|variant| {
                let other = types.as_struct(variant.ty.id).and_then(|s| required(s, wire));
                other.is_some() && other == required(own, wire)
            })
    };
    let fields = own.fields.iter().filter(|field| !shared(&field.wire));
    let (required, optional): (Vec<_>, Vec<_>) =
        fields.partition(|field| field.required && !field.write_only);
    let wires = |fields: Vec<&'t crate::ir::Field>| {
        fields.into_iter().map(|field| field.wire.as_str()).collect()
    };
    (wires(required), wires(optional))
}

/// The text of the macro's call, a variant a line; prettyplease leaves foreign macros on one.
pub(super) fn formatted(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(item) = item else { return None };
    if item.mac.path.segments.last()?.ident != MACRO {
        return None;
    }
    let mut head = String::new();
    let mut lines = String::new();
    for tree in item.mac.tokens.clone() {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                for variant in split(group.stream()) {
                    lines.push_str(&line(variant)?);
                }
            }
            TokenTree::Punct(punct) => head.push(punct.as_char()),
            other => {
                if !head.is_empty() {
                    head.push(' ');
                }
                head.push_str(&other.to_string());
            }
        }
    }
    Some(format!("gusset::{MACRO}! {{\n    {head} {{\n{lines}    }}\n}}\n"))
}

/// What stands between commas.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for tree in tokens {
        match (&tree, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(Vec::new()),
            (_, Some(part)) => part.push(tree),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// `Cat writes "cat" => Shape::tagged(&["cat"]),`
fn line(variant: Vec<TokenTree>) -> Option<String> {
    let arrow = variant.iter().position(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == '='));
    let (name, shape) = variant.split_at(arrow.unwrap_or(variant.len()));
    let name: Vec<String> = name.iter().map(ToString::to_string).collect();
    let name = name.join(" ");
    let shape: TokenStream = shape.iter().skip(2).cloned().collect();
    if shape.is_empty() {
        return Some(format!("        {name},\n"));
    }
    let item: syn::ItemConst = syn::parse2(quote!(const _: () = #shape;)).ok()?;
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![syn::Item::Const(item)],
    };
    let text = prettyplease::unparse(&file);
    let text = text.trim().strip_prefix("const _: () =")?.strip_suffix(';')?.trim();
    Some(format!("        {name} => {},\n", text.replace('\n', "\n        ")))
}
