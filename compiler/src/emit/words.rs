//! Tokens of names, members and types as text, with spaces where people put them.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

pub(super) fn spelled(tokens: TokenStream) -> String {
    let mut words = Words::default();
    tokens.into_iter().for_each(|tree| words.push(&tree));
    words.text
}

#[derive(Default)]
struct Words {
    text: String,
    /// Whether the last token was a name, a literal or a bracket.
    word: bool,
    /// Whether the last token wants a space behind it.
    airy: bool,
    /// The last token, if it was the first half of `::` or `->`.
    half: Option<char>,
}

impl Words {
    fn push(&mut self, tree: &TokenTree) {
        let (text, word, airy, half) = match tree {
            TokenTree::Punct(punct) => {
                let (letter, joint) = (punct.as_char(), punct.spacing() == Spacing::Joint);
                let half = joint && matches!(letter, ':' | '-');
                let airy = match letter {
                    ':' => !half && self.half != Some(':'),
                    '>' => self.half == Some('-'),
                    ',' | '=' => true,
                    _ => false,
                };
                // Two dots begin a member, one a call.
                if letter == '=' || letter == '.' && joint && self.word {
                    self.text.push(' ');
                }
                (letter.to_string(), false, airy, half.then_some(letter))
            }
            TokenTree::Group(group) => (bracketed(group), true, false, None),
            tree => (tree.to_string(), true, false, None),
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
