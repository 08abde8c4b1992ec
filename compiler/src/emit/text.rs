//! Items as formatted text.
//!
//! Tokens take many times the room of the text that they become, so a module is put together from text, and the
//! tokens of an item are gone before those of the next are made.

use super::{enums, unions};
use proc_macro2::TokenStream;

/// Formatted items, with a blank line between those that are longer than a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    text: String,
    ends_with_line: bool,
}

impl Text {
    /// Formats inner attributes and items.
    pub(super) fn of(tokens: TokenStream) -> Self {
        let mut text = Text::default();
        text.push(tokens);
        text
    }

    /// Adds inner attributes (in an empty text) and items.
    pub(super) fn push(&mut self, tokens: TokenStream) {
        let file = match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(file) => file,
            // Emission gives items; should it ever not, the Rust compiler shows what is wrong with the text.
            Err(_) => return self.append(&tokens.to_string(), false),
        };
        if !file.attrs.is_empty() {
            self.text.push_str(&unparse(file.attrs, Vec::new()));
        }
        for item in file.items {
            let line = matches!(item, syn::Item::Use(_))
                || matches!(&item, syn::Item::Mod(m) if m.content.is_none());
            self.append(&format(item), line);
        }
    }

    /// Adds items that are formatted already.
    pub(super) fn push_text(&mut self, other: &Text) {
        if !other.text.is_empty() {
            self.append(&other.text, other.ends_with_line);
        }
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    fn append(&mut self, item: &str, line: bool) {
        let together = line && self.ends_with_line;
        if !together && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(item);
        self.ends_with_line = line;
    }
}

/// Formats an item. The macro of enums is formatted as the enum that it declares; that of unions a line a variant.
fn format(item: syn::Item) -> String {
    if let Some(declared) = enums::declaration(&item) {
        let declared = format(syn::Item::Enum(declared));
        let mut text = String::from("gusset::open_enum! {\n");
        for line in declared.lines() {
            if !line.is_empty() {
                text.push_str("    ");
                text.push_str(line);
            }
            text.push('\n');
        }
        text.push_str("}\n");
        return text;
    }
    if let Some(text) = unions::formatted(&item) {
        return text;
    }
    let is_impl = matches!(item, syn::Item::Impl(_));
    let text = unparse(Vec::new(), vec![item]);
    if is_impl { airy(&text) } else { text }
}

fn unparse(attrs: Vec<syn::Attribute>, items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}

/// A blank line behind each method, but the last.
fn airy(item: &str) -> String {
    let mut text = String::with_capacity(item.len() + 16);
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        if matches!(line, "    }" | "    };" | "    );")
            && lines.peek().is_some_and(|next| *next != "}")
        {
            text.push('\n');
        }
    }
    text
}
