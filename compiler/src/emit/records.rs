//! What structs that travel say about their members: a call of the runtime's macro right below the struct.

use super::paths::{Spell, ident};
use super::text::WIDTH;
use super::types::needed;
use crate::ir::{Field, Form, Struct, TypeDef, TypeId, TypeKind};
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// The name of the runtime's macro.
const MACRO: &str = "record";

/// The call.
pub(super) fn call(spell: Spell, def: &TypeDef, name: &str, body: &Struct) -> TokenStream {
    let name = ident(name);
    let ways = match (def.received, def.sent) {
        (true, true) => quote!(read, write),
        (true, false) => quote!(read),
        (false, _) => quote!(write),
    };
    let members = members(spell, def, body);
    let needed: Vec<&Field> = body.fields.iter().filter(|f| needed(def, f)).collect();
    let parameters = needed.iter().map(|f| {
        let name = ident(&f.ident);
        let ty = spell.field(def.form(f), f.ty.id, f.boxed);
        match def.form(f) == Form::Plain && !f.boxed && spell.is_given_into(f.ty.id) {
            true => quote!(#name: impl Into<#ty>),
            false => quote!(#name: #ty),
        }
    });
    let new = (def.sent && !needed.is_empty()).then(|| quote!(new(#(#parameters),*)));
    let record = format_ident!("{MACRO}");
    quote!(gusset::#record!(#name: #ways { #members } #new);)
}

/// The members in their order; those that may be absent in brackets.
fn members(spell: Spell, def: &TypeDef, body: &Struct) -> TokenStream {
    let mut groups: Vec<(bool, Vec<TokenStream>, Vec<TokenStream>)> = Vec::new();
    for field in &body.fields {
        let (needed, marks, member) = (needed(def, field), marks(spell, def, field), member(field));
        match groups.last_mut() {
            Some((false, known, list)) if !needed && is_same(known, &marks) => list.push(member),
            _ => groups.push((needed, marks, vec![member])),
        }
    }
    let items = groups.into_iter().map(|(needed, marks, list)| match needed {
        true => quote!(#(#marks)* #(#list)*),
        false => quote!(#(#marks)* [#(#list),*]),
    });
    let known = body.rest.map(|value| in_string(spell, value.id).then(|| quote!(#[in_string])));
    let rest = known.or_else(|| body.keeps_unknown.then_some(None));
    let items = items.chain(rest.map(|mark| quote!(#mark ..rest)));
    quote!(#(#items),*)
}

/// The field, and its name on the wire if that is another.
fn member(field: &Field) -> TokenStream {
    let (name, wire) = (ident(&field.ident), &field.wire);
    let wire = (name != wire).then(|| quote!(= #wire));
    quote!(#name #wire)
}

fn marks(spell: Spell, def: &TypeDef, field: &Field) -> Vec<TokenStream> {
    let both = def.sent && def.received;
    let marks = [
        (both && field.read_only).then(|| quote!(#[read_only])),
        (both && field.write_only).then(|| quote!(#[write_only])),
        in_string(spell, field.ty.id).then(|| quote!(#[in_string])),
    ];
    marks.into_iter().flatten().collect()
}

fn is_same(some: &[TokenStream], others: &[TokenStream]) -> bool {
    let texts = |marks: &[TokenStream]| marks.iter().map(ToString::to_string).collect::<Vec<_>>();
    texts(some) == texts(others)
}

/// Whether values, or those in lists and maps, travel as text.
fn in_string(spell: Spell, id: TypeId) -> bool {
    match &spell.types.get(id).kind {
        TypeKind::InString(_) => true,
        TypeKind::List(item) | TypeKind::Map(item) => in_string(spell, item.id),
        _ => false,
    }
}

/// The text of the call: on one line if it has room, else with as many members on a line as there is room for.
pub(super) fn formatted(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(item) = item else { return None };
    if item.mac.path.segments.last()?.ident != MACRO {
        return None;
    }
    let mut words = Words::default();
    let (mut head, mut members, mut tail) = (String::new(), String::new(), String::new());
    for tree in item.mac.tokens.clone() {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                head = std::mem::take(&mut words).text;
                members = spelled(group.stream());
            }
            tree => words.push(&tree),
        }
    }
    if !words.text.is_empty() {
        tail = format!(" {}", words.text);
    }
    let inside = if members.is_empty() { String::new() } else { format!(" {members} ") };
    let line = format!("gusset::{MACRO}!({head} {{{inside}}}{tail});\n");
    if line.len() <= WIDTH {
        return Some(line);
    }
    let mut text = format!("gusset::{MACRO}!({head} {{\n");
    wrap(&members, &mut text);
    let close = format!("}}{tail});\n");
    match close.len() <= WIDTH {
        true => text.push_str(&close),
        false => {
            let parameters = tail.strip_prefix(" new(").and_then(|t| t.strip_suffix(')'));
            text.push_str("} new(\n");
            wrap(parameters.unwrap_or(&tail), &mut text);
            text.push_str("));\n");
        }
    }
    Some(text)
}

/// Indented lines, broken behind commas.
fn wrap(list: &str, into: &mut String) {
    const INDENT: &str = "    ";
    let mut line = String::from(INDENT);
    for part in parts(list) {
        if line.len() + 1 + part.len() > WIDTH && line.len() > INDENT.len() {
            into.push_str(&line);
            into.push('\n');
            line = INDENT.to_owned();
        }
        if line.len() > INDENT.len() {
            line.push(' ');
        }
        line.push_str(part);
    }
    if line.len() > INDENT.len() {
        into.push_str(&line);
        into.push('\n');
    }
}

/// What ends with a comma; commas in text are no such.
fn parts(list: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, letter) in list.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.extend(list.get(start..=at).map(str::trim));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(list.get(start..).map(str::trim).filter(|part| !part.is_empty()));
    parts
}

fn spelled(tokens: TokenStream) -> String {
    let mut words = Words::default();
    tokens.into_iter().for_each(|tree| words.push(&tree));
    words.text
}

/// Tokens of members and types as text, with spaces where people put them.
#[derive(Default)]
struct Words {
    text: String,
    /// Whether the last token was a name, a literal or a bracket.
    word: bool,
    /// Whether the last token wants a space behind it.
    airy: bool,
    /// Whether the last token was the first half of `::`.
    half: bool,
}

impl Words {
    fn push(&mut self, tree: &TokenTree) {
        let (text, word, airy, half) = match tree {
            TokenTree::Punct(punct) => {
                let letter = punct.as_char();
                if letter == '.' && self.word {
                    self.text.push(' ');
                }
                let half = letter == ':' && punct.spacing() == Spacing::Joint;
                let colon = letter == ':' && !half && !self.half;
                if letter == '=' {
                    self.text.push(' ');
                }
                (letter.to_string(), false, colon || letter == ',' || letter == '=', half)
            }
            TokenTree::Group(group) => (bracketed(group), true, false, false),
            tree => (tree.to_string(), true, false, false),
        };
        // A list of parameters or members stands right behind its name.
        let call = matches!(tree, TokenTree::Group(g) if g.delimiter() == Delimiter::Parenthesis);
        if self.airy || self.word && word && !call {
            self.text.push(' ');
        }
        self.text.push_str(&text);
        (self.word, self.airy, self.half) = (word, airy, half);
    }
}

fn bracketed(group: &Group) -> String {
    let inside = spelled(group.stream());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inside})"),
        Delimiter::Bracket => format!("[{inside}]"),
        Delimiter::Brace => format!("{{ {inside} }}"),
        Delimiter::None => inside,
    }
}
