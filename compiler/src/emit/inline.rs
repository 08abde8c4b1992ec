//! Units as modules of the user's crate: for build scripts and macros.

use super::crates::{header, pretty};
use super::paths::ident;
use super::{Unit, UnitKind};
use proc_macro2::TokenStream;
use quote::quote;

/// One module a unit, public, side by side.
///
/// Lints that a user's crate may deny are allowed inside: nobody edits this code, and not all of it is used.
#[must_use]
pub fn inline(units: &[Unit]) -> TokenStream {
    units.iter().map(module).collect()
}

fn module(unit: &Unit) -> TokenStream {
    let Unit { head, root, .. } = unit;
    let name = ident(&unit.name);
    let uses: Vec<_> = unit.uses.iter().map(|n| ident(n)).collect();
    let uses =
        (unit.kind == UnitKind::Sync && !uses.is_empty()).then(|| quote!(use super::{#(#uses),*};));
    let modules = unit.modules.iter().map(|module| {
        let (name, tokens) = (ident(module.name), &module.tokens);
        quote!(pub mod #name { #tokens })
    });
    quote! {
        #[allow(dead_code, unreachable_pub, clippy::pedantic, clippy::nursery)]
        pub mod #name {
            #head
            #uses
            #(#modules)*
            #root
        }
    }
}

/// The same as the text of a file that is included.
#[must_use]
pub fn inline_file(units: &[Unit]) -> String {
    let headers: String = units.iter().map(|unit| header(unit, "//")).collect();
    format!("{headers}\n{}", pretty(&inline(units)))
}
