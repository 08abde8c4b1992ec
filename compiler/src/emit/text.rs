//! Items as formatted text.
//!
//! Tokens take many times the room of the text that they become, so a module is put together from text, and the
//! tokens of an item are gone before those of the next are made.

use super::{calls, enums, unions};
use proc_macro2::TokenStream;
use quote::quote;

/// Formatted items, with a blank line between those that are longer than a line, or of different kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    text: String,
    ends_with: Option<Line>,
    /// Whether something in it has no documentation.
    undocumented: bool,
}

/// Items of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Other modules, and what is used of them.
    Module,
    /// Another name of a type.
    Alias,
}

impl Line {
    /// What is said of an item takes lines of its own.
    fn of(item: &syn::Item) -> Option<Self> {
        match item {
            syn::Item::Use(_) => Some(Line::Module),
            syn::Item::Mod(it) if it.content.is_none() => Some(Line::Module),
            syn::Item::Type(it) if it.attrs.is_empty() => Some(Line::Alias),
            _ => None,
        }
    }
}

impl Text {
    /// Formats inner attributes and items.
    pub(super) fn of(tokens: TokenStream) -> Self {
        let mut text = Text::default();
        text.push(tokens);
        // All items of a module are there before they are put together.
        text.text.shrink_to_fit();
        text
    }

    /// Adds inner attributes (in an empty text) and items.
    pub(super) fn push(&mut self, tokens: TokenStream) {
        let file = match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(file) => file,
            // Emission gives items; should it ever not, the Rust compiler shows what is wrong with the text.
            Err(_) => return self.append(&tokens.to_string(), None),
        };
        if !file.attrs.is_empty() {
            self.text.push_str(&unparse(file.attrs, Vec::new()));
        }
        for item in file.items {
            let line = Line::of(&item);
            self.undocumented |= !is_documented(&item);
            if let Some(call) = calls::formatted(&item) {
                // It belongs to the struct above it.
                self.text.push_str(&call);
                continue;
            }
            self.append(&format(item), line);
        }
    }

    /// Adds items that are formatted already.
    pub(super) fn push_text(&mut self, other: &Text) {
        if !other.text.is_empty() {
            self.append(&other.text, other.ends_with);
            self.undocumented |= other.undocumented;
        }
    }

    pub(super) fn into_string(mut self) -> String {
        self.text.shrink_to_fit();
        self.text
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether all that is public in it has documentation.
    pub(super) fn is_documented(&self) -> bool {
        !self.undocumented
    }

    fn append(&mut self, item: &str, line: Option<Line>) {
        let together = line.is_some() && line == self.ends_with;
        if !together && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(item);
        self.ends_with = line;
    }
}

/// Whether an item and its members have documentation.
fn is_documented(item: &syn::Item) -> bool {
    let said = |attrs: &[syn::Attribute]| attrs.iter().any(|attr| attr.path().is_ident("doc"));
    let public = |vis: &syn::Visibility| matches!(vis, syn::Visibility::Public(_));
    match item {
        syn::Item::Struct(it) => {
            let mut fields = it.fields.iter().filter(|field| public(&field.vis));
            said(&it.attrs) && fields.all(|field| said(&field.attrs))
        }
        syn::Item::Type(it) => said(&it.attrs),
        syn::Item::Enum(it) => said(&it.attrs) && it.variants.iter().all(|v| said(&v.attrs)),
        // Its values are documented by their texts.
        item => enums::declaration(item).is_none_or(|it| said(&it.attrs)),
    }
}

/// Formats an item. The macro of enums is formatted as the enum that it declares; that of unions a line a variant.
fn format(item: syn::Item) -> String {
    if let Some(declared) = enums::declaration(&item) {
        let declared = format(syn::Item::Enum(declared));
        let mut text = String::from("gusset::open_enum! {\n");
        for line in enums::packed(&declared, WIDTH - 4) {
            if !line.is_empty() {
                text.push_str("    ");
                text.push_str(&line);
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
    let text = joined(&unparse(Vec::new(), vec![item]));
    if is_impl { airy(&text) } else { text }
}

/// As wide as a line may be.
pub(super) const WIDTH: usize = 100;

/// Puts on one line what prettyplease spreads and what has room there: derives, attributes, types of fields, struct
/// literals, constants.
fn joined(item: &str) -> String {
    let lines: Vec<&str> = item.lines().collect();
    let mut text = String::with_capacity(item.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        match join(&lines[at..]) {
            Some((joined, taken)) => {
                text.push_str(&joined);
                at += taken;
            }
            None => {
                text.push_str(line);
                at += 1;
            }
        }
        text.push('\n');
    }
    text
}

/// The lines of a bracket that is closed within a few lines as one line, and how many they were.
fn join(lines: &[&str]) -> Option<(String, usize)> {
    let first = *lines.first()?;
    let indent = first.len() - first.trim_start().len();
    let start = first.trim_start();
    let is_literal = first.ends_with(" {") && start.starts_with(|c: char| c.is_ascii_uppercase());
    let is_spread = first.ends_with('(') && (start.starts_with("#[") || start.starts_with("const"));
    let is_type = first.ends_with('<') && start.starts_with("pub ");
    if !(is_literal || is_spread || is_type) {
        return None;
    }
    let closes = |line: &&str| line.len() - line.trim_start().len() <= indent;
    let inside = lines.iter().skip(1).position(closes)?;
    let last = lines.get(inside + 1)?.trim_start();
    if !last.starts_with(['}', ')', '>']) {
        return None;
    }
    // A comment takes the rest of its line.
    if lines[1..=inside].iter().any(|line| line.trim_start().starts_with("//")) {
        return None;
    }
    let length: usize = lines[1..=inside].iter().map(|line| line.trim_start().len() + 1).sum();
    if length > WIDTH {
        return None;
    }
    let parts: Vec<&str> = lines[1..=inside].iter().map(|line| line.trim_start()).collect();
    let mut parts = parts.join(" ");
    if is_type {
        parts = parts.replace("< ", "<").replace(", >", ">");
    }
    let parts = parts.strip_suffix(',').unwrap_or(&parts);
    let line = match is_literal {
        true => format!("{first} {parts} {last}"),
        false => format!("{first}{parts}{last}"),
    };
    if line.len() <= WIDTH {
        return Some((line, inside + 2));
    }
    // A constant has room behind its name, and its value in a line below.
    let (name, value) = line.split_once(" = ").filter(|_| start.starts_with("const"))?;
    let value = format!("{}{value}", " ".repeat(indent + 4));
    (value.len() <= WIDTH).then(|| (format!("{name} =\n{value}"), inside + 2))
}

fn unparse(attrs: Vec<syn::Attribute>, items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}

/// An expression as text.
pub(super) fn expression(tokens: TokenStream) -> String {
    let Ok(item) = syn::parse2::<syn::Item>(quote!(fn it() { #tokens })) else {
        return tokens.to_string();
    };
    let text = unparse(Vec::new(), vec![item]);
    let lines: Vec<&str> = text.lines().collect();
    // What is between the braces, where it began.
    let inside = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    let inside: Vec<&str> =
        inside.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    inside.join("\n")
}

/// A blank line behind each method, but the last.
fn airy(item: &str) -> String {
    let mut text = String::with_capacity(item.len() + 16);
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let method = lines.peek().is_some_and(|next| next.starts_with("    fn "));
        if matches!(line, "    }" | "    };" | "    );")
            && lines.peek().is_some_and(|next| *next != "}")
            || method && line.starts_with("    ") && line.ends_with(';')
        {
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[track_caller]
    fn check(spread: &str, wanted: &str) {
        assert_eq!(joined(spread), wanted);
    }

    #[test]
    fn what_has_room_is_on_one_line() {
        check("#[derive(\n    Clone,\n    Debug,\n)]\n", "#[derive(Clone, Debug)]\n");
        check(
            "    pub a: Option<\n        Vec<\n            A,\n        >,\n    >,\n",
            "    pub a: Option<Vec<A>>,\n",
        );
        check(
            "        A {\n            a,\n            b: None,\n        }\n",
            "        A { a, b: None }\n",
        );
    }

    #[test]
    fn texts_stay_as_they_are() {
        check(
            "        A {\n            a: \"/less< than, >/{id}\",\n        }\n",
            "        A { a: \"/less< than, >/{id}\" }\n",
        );
        check("    #[a(\n        \"< b, >\",\n    )]\n", "    #[a(\"< b, >\")]\n");
    }

    #[test]
    fn what_has_not_stays_as_it_is() {
        let long = "a".repeat(90);
        for spread in [
            format!("        A {{\n            {long},\n        }}\n"),
            "    A {\n        /// Said.\n        a: u8,\n    },\n".to_owned(),
            "pub struct A {\n    a: u8,\n}\n".to_owned(),
        ] {
            check(&spread, &spread);
        }
    }

    #[test]
    fn a_constant_has_two_lines() {
        let name = "a".repeat(40);
        check(
            &format!(
                "    const {name}: &'static Meta = &Meta::get(\n        \"{name}\",\n    );\n"
            ),
            &format!("    const {name}: &'static Meta =\n        &Meta::get(\"{name}\");\n"),
        );
    }
}
