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
    // Code stays on its line.
    let mut said: Vec<String> = Vec::new();
    let mut say = |words: &str, values: &[String], end: &str| {
        said.extend(words.split_whitespace().map(str::to_owned));
        said.extend(values.iter().enumerate().map(|(at, value)| {
            let end = if at + 1 == values.len() { end } else { "," };
            format!("{value}{end}")
        }));
    };
    if let Some(default) = &notes.default {
        say("Default:", &[code(default)], ".");
    }
    let values: Vec<String> = notes.listed.iter().map(|value| code(value)).collect();
    match values.as_slice() {
        [] => {}
        [_] => say("Always", &values, "."),
        _ => say("One of", &values, "."),
    }
    let mut limits = notes.limits.join(", ");
    if let Some(first) = limits.get_mut(..1) {
        first.make_ascii_uppercase();
        say(&format!("{limits}."), &[], "");
    }
    if let Some(pattern) = &notes.pattern {
        say("Matches", &[code(pattern)], ".");
    }
    if said.is_empty() {
        return outer(&lines);
    }
    // One paragraph that ends a sentence is gone on with: another one would be two lines more.
    match lines.pop() {
        Some(last) if goes_on(&lines, &last) => {
            let stop =
                if last.ends_with(|c: char| c.is_alphanumeric() || c == '`') { "." } else { "" };
            said.insert(0, last + stop);
        }
        Some(last) => lines.extend([last, String::new()]),
        None => {}
    }
    lines.extend(wrap(&said, WIDTH));
    outer(&lines)
}

/// Whether lines are one paragraph of text alone that ends a sentence, or would with a full stop.
fn goes_on(before: &[String], last: &str) -> bool {
    let first = before.first().map_or(last, String::as_str);
    let marked =
        first.starts_with(['-', '>', '|', '`']) || first.starts_with(|c: char| c.is_ascii_digit());
    !marked && !before.iter().any(String::is_empty) && ends(last)
}

fn ends(last: &str) -> bool {
    let bare = last.trim_end_matches(['"', '”', ')']);
    bare.ends_with(|c: char| c.is_alphanumeric() || ".!?`".contains(c))
}

/// `#[deprecated]` where the document says so.
pub(in crate::emit) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated]))
}
