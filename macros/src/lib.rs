//! The proc-macro door of the Gusset compiler. Use it by way of `gusset::integration!` and `gusset::sync!`.

use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::emit::{Unit, UnitKind, inline};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, Outcome, compile};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use std::path::{Path, PathBuf};
use syn::LitStr;

/// Compiles an integration into a module of its name: `gusset::integration!("specs/hubspot");`.
///
/// The path is relative to the crate's `Cargo.toml`; it is a spec file, or a folder with one.
/// What is wrong with the spec is a compile error with the lines of the spec and of the document.
/// A macro has no way to warn: `gusset check` shows the warnings.
#[proc_macro]
pub fn integration(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input, UnitKind::Integration)
}

/// Compiles a sync into a module of its name: `gusset::sync!("specs/syncs/warm_leads.yaml");`.
///
/// The modules of its integrations must stand beside it, made by [`integration!`].
#[proc_macro]
pub fn sync(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input, UnitKind::Sync)
}

fn expand(input: proc_macro::TokenStream, kind: UnitKind) -> proc_macro::TokenStream {
    let expanded = match syn::parse::<LitStr>(input) {
        Ok(path) => module(&path.value(), path.span(), kind),
        Err(_) => error(Span::call_site(), "expected the path of a spec: \"specs/hubspot\""),
    };
    expanded.into()
}

fn module(path: &str, span: Span, kind: UnitKind) -> TokenStream {
    // The one environment variable that rustc's caller, Cargo, promises to proc macros.
    let Some(root) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        return error(span, "CARGO_MANIFEST_DIR is not set, so there is no folder to look in");
    };
    let mut sources = Sources::new();
    let input = Input { specs: vec![root.join(path)], ..Input::default() };
    let Outcome { value, diagnostics } = compile(&input, &mut sources);
    let watched = watched(&root, sources.files());
    let Some(units) = value else {
        let shown = diagnostics.iter().map(|d| render(d, &sources, Style::Plain));
        let shown =
            shown.collect::<Vec<_>>().join("\n\n").replace(&format!("{}/", root.display()), "");
        let error = error(span, &format!("`{path}` is wrong\n\n{shown}"));
        return quote!(#watched #error);
    };
    let units: Vec<Unit> = units.into_iter().filter(|unit| unit.kind == kind).collect();
    if units.is_empty() {
        let other = match kind {
            UnitKind::Integration => {
                format!("{path} has no integration in it; for a sync there is `gusset::sync!`")
            }
            UnitKind::Sync => format!(
                "{path} has no sync in it; for an integration there is `gusset::integration!`"
            ),
        };
        return error(span, &other);
    }
    let modules = inline(&units);
    quote!(#watched #modules)
}

/// Rustc compiles anew when a file changes that was included.
fn watched<'f>(root: &Path, files: impl Iterator<Item = &'f Path>) -> TokenStream {
    let files = files.map(|file| root.join(file).to_string_lossy().into_owned());
    quote!(#(const _: &[u8] = include_bytes!(#files);)*)
}

fn error(span: Span, message: &str) -> TokenStream {
    quote_spanned!(span=> compile_error!(#message);)
}
