//! Documentation of what is emitted: text of a document becomes doc comments, and can become nothing else.
//!
//! Descriptions are CommonMark with HTML, written by whoever. Paragraphs, lists, tables, emphasis, code and links to
//! the web are kept ([`markdown`]), in HTML ([`html`]), too; everything that rustdoc would read as something else
//! (unknown tags, headings, code blocks that would run as tests, links to Rust items) is shown as plain text.

mod html;
mod inline;
mod markdown;
mod notes;

pub(super) use markdown::escape;
pub(super) use notes::{deprecated, noted};

use proc_macro2::TokenStream;
use quote::quote;

/// Attributes for an item: `/// ...`.
pub(super) fn outer(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|l| spaced(l));
    quote!(#(#[doc = #lines])*)
}

/// Attributes for a module: `//! ...`.
pub(super) fn inner(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|l| spaced(l));
    quote!(#(#![doc = #lines])*)
}

fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// The doc comment of an item: what the document says, if anything.
pub(super) fn said(raw: Option<&str>) -> TokenStream {
    outer(&raw.map(escape).unwrap_or_default())
}

/// The doc comment of an item: what the document says, or else the fallback (which is ours, and trusted).
pub(super) fn item(raw: Option<&str>, fallback: &str) -> TokenStream {
    outer(&lines(raw, fallback))
}

/// The lines of a description, or else of the fallback.
pub(super) fn lines(raw: Option<&str>, fallback: &str) -> Vec<String> {
    let text = raw.map(escape).unwrap_or_default();
    if text.is_empty() { vec![fallback.to_owned()] } else { text }
}

/// A code span that holds any text.
pub(super) fn code(text: &str) -> String {
    let clean = on_one_line(text);
    let clean = clean.trim();
    if clean.is_empty() {
        "(empty)".to_owned()
    } else if clean.contains('`') {
        format!("`` {} ``", clean.replace("``", "` `"))
    } else {
        format!("`{clean}`")
    }
}

/// What a block of code stands between.
fn fence(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// Neither a control character nor one that reorders text on screen; blanks are fine.
fn harmless(c: char) -> bool {
    let reorders = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    matches!(c, '\n' | '\t') || !c.is_control() && !reorders
}

fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if harmless(c) && c != '\n' { c } else { ' ' }).collect()
}

/// Foreign text on one line, without anything that a terminal or a manifest would stumble over.
pub(super) fn plain(text: &str) -> String {
    on_one_line(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
