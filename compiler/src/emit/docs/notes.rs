//! What a document says about a field beside its description.

use super::inline::wrap;
use super::{code, outer};
use crate::ir::Notes;
use proc_macro2::TokenStream;
use quote::quote;

/// The column at which text is wrapped.
const WIDTH: usize = 96;

/// The doc comment of a field: what is said about it, then its default, its listed values and its limits.
pub(in crate::emit) fn noted(mut lines: Vec<String>, notes: &Notes) -> TokenStream {
    let Some(notes) = &notes.values else { return outer(&lines) };
    let mut said: Vec<String> = Vec::new();
    said.extend(notes.default.as_ref().map(|default| format!("Default: {}.", code(default))));
    let values: Vec<String> = notes.listed.iter().map(|value| code(value)).collect();
    said.extend(match values.as_slice() {
        [] => None,
        [only] => Some(format!("Always {only}.")),
        values => Some(format!("One of {}.", values.join(", "))),
    });
    let mut limits = notes.limits.join(", ");
    if let Some(first) = limits.get_mut(..1) {
        first.make_ascii_uppercase();
        said.push(format!("{limits}."));
    }
    said.extend(notes.pattern.as_ref().map(|pattern| format!("Matches {}.", code(pattern))));
    if !said.is_empty() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let words: Vec<String> =
            said.iter().flat_map(|s| s.split(' ')).map(str::to_owned).collect();
        lines.extend(wrap(&words, WIDTH));
    }
    outer(&lines)
}

/// `#[deprecated]` where the document says so.
pub(in crate::emit) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated]))
}
