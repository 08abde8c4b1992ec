//! Units as modules of the user's crate: for build scripts and macros.

use super::crates::header;
use super::modules::{Module, given};
use super::{Unit, UnitKind};
use proc_macro2::TokenStream;
use quote::quote;

/// One module a unit, public, side by side.
///
/// Lints that a user's crate may deny are allowed inside: nobody edits this code, and not all of it is used.
#[must_use]
pub fn inline(units: &[Unit]) -> TokenStream {
    // The same text as everywhere. Should it ever be no Rust, the user's compiler shows that.
    inline_text(units).parse().unwrap_or_else(|error: proc_macro2::LexError| {
        let message = error.to_string();
        quote!(compile_error!(#message);)
    })
}

/// The same as the text of a file that is included.
#[must_use]
pub fn inline_file(units: &[Unit]) -> String {
    let headers: String = units.iter().map(|unit| header(unit, "//")).collect();
    format!("{headers}\n{}", inline_text(units))
}

/// Modules in braces. What is inside is not indented: it has its whole text from the crate's files.
fn inline_text(units: &[Unit]) -> String {
    let mut text = String::new();
    for unit in units {
        text.push_str("#[allow(dead_code, unreachable_pub, clippy::pedantic, clippy::nursery)]\n");
        text.push_str(&format!("pub mod {} {{\n{}", unit.name, unit.head));
        if unit.kind == UnitKind::Sync && !unit.uses.is_empty() {
            text.push_str(&format!("use super::{{{}}};\n", unit.uses.join(", ")));
        }
        for module in &unit.modules {
            inside(&mut text, "pub mod", module);
        }
        text.push_str(&unit.root);
        text.push_str("}\n");
    }
    text
}

fn inside(text: &mut String, declaration: &str, module: &Module) {
    text.push_str(&format!("{declaration} {} {{\n{}", module.name, module.head));
    for part in &module.parts {
        text.push_str(&format!("mod {} {{\n{}{}}}\n", part.name, part.head, part.text));
    }
    text.push_str(&given(&module.parts));
    text.push_str(&module.text);
    text.push_str("}\n");
}
