//! Enums of strings, open: a value that the document does not know is kept as it came.
//!
//! What they can do is the runtime's macro; what is emitted is the list of values.

use super::docs;
use super::paths::ident;
use crate::ir::{Enum, TypeDef, Variant};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// The name of the runtime's macro.
const MACRO: &str = "open_enum";

/// The enum.
pub(super) fn item(def: &TypeDef, name: &str, body: &Enum) -> TokenStream {
    let doc = docs::said(def.doc.as_deref());
    let deprecated = docs::deprecated(def.notes.deprecated);
    let name = ident(name);
    let values = body.variants.iter().map(value);
    let open_enum = format_ident!("{MACRO}");
    quote! {
        gusset::#open_enum! {
            #doc
            #deprecated
            pub enum #name {
                #(#values,)*
            }
        }
    }
}

fn value(variant: &Variant) -> TokenStream {
    let (name, wire) = (ident(&variant.ident), &variant.wire);
    // The macro documents a value by its text in a code span, which holds what a plain word holds.
    let plain = |c: char| c.is_alphanumeric() || " -_.:,;/+*#@&()=%$!?'".contains(c);
    let odd = wire.trim().is_empty() || !wire.chars().all(plain);
    let doc = match &variant.doc {
        Some(doc) => Some(docs::item(Some(doc), &docs::code(wire))),
        None => odd.then(|| docs::outer(&[docs::code(wire)])),
    };
    quote!(#doc #name = #wire)
}

/// The macro's input, which has the shape of an enum and can be formatted as one.
pub(super) fn declaration(item: &syn::Item) -> Option<syn::ItemEnum> {
    let syn::Item::Macro(item) = item else { return None };
    let called = item.mac.path.segments.last()?;
    (called.ident == MACRO).then(|| syn::parse2(item.mac.tokens.clone()).ok()).flatten()
}

/// The lines of a declaration, in which values that have nothing said about them share lines.
pub(super) fn packed(declared: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut open, mut said) = (false, false);
    for line in declared.lines() {
        let is_value = line.starts_with("    ") && line.ends_with(',') && !said;
        let is_value = is_value && !line.trim_start().starts_with(['/', '#']);
        match lines.last_mut() {
            Some(last) if open && is_value && last.len() + line.len() - 3 <= width => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.to_owned()),
        }
        open = is_value;
        said = line.trim_start().starts_with(['/', '#']);
    }
    lines
}
