//! Calls of the runtime's macros that stand right below a struct, as formatted text: `NAME: .. { MEMBERS } new(..)`.

use super::text::{WIDTH, expression};
use super::words::spelled;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The names of those macros.
const MACROS: [&str; 2] = ["record", "operation"];
const INDENT: &str = "    ";

/// The text of a call: on one line if it has room, else with as many members on a line as there is room for.
pub(super) fn formatted(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(item) = item else { return None };
    let name = &item.mac.path.segments.last()?.ident;
    let name = MACROS.into_iter().find(|known| name == known)?;
    let mut trees = item.mac.tokens.clone().into_iter();
    let (mut head, mut members) = (Vec::new(), Members::default());
    for tree in trees.by_ref() {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                members = Members::of(group.stream());
                break;
            }
            tree => head.push(tree),
        }
    }
    let head = heading(&format!("gusset::{name}!("), head);
    Some(laid_out(&head, &members, &Tail::of(trees.collect())))
}

fn laid_out(head: &str, members: &Members, tail: &Tail) -> String {
    let Tail { new, by } = tail;
    let line = format!("{head} {{{}}}{new}{by});\n", members.inside());
    let fits = line.lines().all(|line| line.len() < WIDTH);
    if fits && (members.is_empty() || line.lines().count() == 1) {
        return line;
    }
    let mut text = format!("{head} {{\n");
    wrap(&members.plain, &mut text);
    for line in members.written.lines() {
        text.push_str(&format!("{INDENT}{line}\n"));
    }
    let close = format!("}}{new}{by});\n");
    let parameters = new.strip_prefix(" new(").and_then(|new| new.strip_suffix(')'));
    match parameters {
        Some(parameters) if close.find('\n').is_some_and(|end| end >= WIDTH) => {
            text.push_str("} new(\n");
            wrap(parameters, &mut text);
            text.push_str(&format!("){by});\n"));
        }
        _ => text.push_str(&close),
    }
    text
}

/// What stands before the members. If that is too long for a line, it is broken before `as` and `->`.
fn heading(start: &str, trees: Vec<TokenTree>) -> String {
    let mut clauses: Vec<TokenStream> = vec![TokenStream::new()];
    for tree in trees {
        let begins = match &tree {
            TokenTree::Ident(word) => word == "as",
            TokenTree::Punct(punct) => punct.as_char() == '-',
            _ => false,
        };
        if begins {
            clauses.push(TokenStream::new());
        }
        if let Some(clause) = clauses.last_mut() {
            clause.extend([tree]);
        }
    }
    let clauses: Vec<String> = clauses.into_iter().map(spelled).collect();
    let line = format!("{start}{}", clauses.join(" "));
    if line.len() + 2 <= WIDTH {
        return line;
    }
    let (mut text, mut line) = (String::new(), start.to_owned());
    for clause in clauses {
        // Twice as deep as members.
        if line.len() + clause.len() + 3 > WIDTH && line.len() > start.len() {
            text.push_str(line.trim_end());
            line = format!("\n{INDENT}{INDENT}");
        }
        line.push_str(&clause);
        line.push(' ');
    }
    text + line.trim_end()
}

/// What is in the braces.
#[derive(Default)]
struct Members {
    plain: String,
    /// The last, if a function writes it.
    written: String,
}

impl Members {
    fn of(tokens: TokenStream) -> Self {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |tree: &TokenTree, letter: char| matches!(tree, TokenTree::Punct(p) if p.as_char() == letter && p.spacing() == Spacing::Alone);
        let Some(colon) = trees.iter().position(|tree| is(tree, ':')) else {
            return Members { plain: spelled(trees.into_iter().collect()), written: String::new() };
        };
        let comma = trees[..colon].iter().rposition(|tree| is(tree, ','));
        let start = comma.map_or(0, |comma| comma + 1);
        let part =
            |from: usize, to: usize| trees[from..to].iter().cloned().collect::<TokenStream>();
        let member = spelled(part(start, colon));
        let function = expression(part(colon + 1, trees.len()));
        Members { plain: spelled(part(0, start)), written: format!("{member}: {function}") }
    }

    fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.written.is_empty()
    }

    fn inside(&self) -> String {
        let both = [&self.plain, &self.written];
        let both: Vec<&str> =
            both.into_iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
        if both.is_empty() { String::new() } else { format!(" {} ", both.join(" ")) }
    }
}

/// What stands behind the members.
struct Tail {
    new: String,
    /// What reads the answer.
    by: String,
}

impl Tail {
    fn of(trees: Vec<TokenTree>) -> Self {
        let is_by = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "by");
        let by = trees.iter().position(is_by).unwrap_or(trees.len());
        let new = spelled(trees[..by].iter().cloned().collect());
        let reads: TokenStream = trees.into_iter().skip(by + 1).collect();
        let spaced = |text: String| if text.is_empty() { text } else { format!(" {text}") };
        let by = if reads.is_empty() { String::new() } else { format!("by {}", expression(reads)) };
        Tail { new: spaced(new), by: spaced(by) }
    }
}

/// Indented lines, broken behind commas. What goes the same way stays on one line if it has room there.
fn wrap(list: &str, into: &mut String) {
    let mut line = String::from(INDENT);
    let room = WIDTH - INDENT.len();
    let whole = |part: &str| part.len() <= room && !part.starts_with(['[', '#']);
    let lists = parts(list, 1).into_iter();
    let parts = lists.flat_map(|part| if whole(part) { vec![part] } else { parts(part, 2) });
    for part in parts {
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

/// What ends with a comma that is in fewer brackets than `depth`; commas in text are no such.
fn parts(list: &str, depth: usize) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    let mut open = 0_usize;
    for (at, letter) in list.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' | '(' => open += 1,
            ']' | ')' => open = open.saturating_sub(1),
            ',' if open < depth => {
                parts.extend(list.get(start..=at).map(str::trim));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(list.get(start..).map(str::trim).filter(|part| !part.is_empty()));
    parts
}

#[cfg(test)]
mod tests {
    use super::{formatted, wrap};

    #[track_caller]
    fn check(call: &str, wanted: &str) {
        let item: syn::Item = syn::parse_str(call).unwrap();
        assert_eq!(formatted(&item).unwrap(), wanted);
        assert!(syn::parse_str::<syn::Item>(wanted).is_ok(), "{wanted}");
    }

    #[test]
    fn what_has_room_is_on_one_line() {
        let call = "gusset::record!(A: read, write { id, [b = \"B\"], ..rest } new(id: Vec<C>));";
        check(call, &format!("{call}\n"));
        let call =
            "gusset::operation!(A: get \"/a\" as \"a\", limits(&[0]) -> Vec<B> { path id });";
        check(call, &format!("{call}\n"));
    }

    #[test]
    fn long_calls_are_broken_where_people_would() {
        let name = "Long".repeat(10);
        check(
            &format!(
                "gusset::operation!({name}: get \"/a\" as \"{name}\" -> B {{}} by gusset::Response::text);"
            ),
            &format!(
                "gusset::operation!({name}: get \"/a\"\n        as \"{name}\" -> B {{}} by gusset::Response::text);\n"
            ),
        );
        check(
            &format!(
                "gusset::operation!(A: put \"/\" as \"a\" {{ query [a, b], with body: |body, request| match body {{ A::B(b) => request.bytes(\"{name}\", b.clone()), }} }} new(body: A));"
            ),
            &format!(
                "gusset::operation!(A: put \"/\" as \"a\" {{\n    query [a, b],\n    with body: |body, request| match body {{\n        A::B(b) => request.bytes(\"{name}\", b.clone()),\n    }}\n}} new(body: A));\n"
            ),
        );
    }

    #[test]
    fn what_goes_the_same_way_stays_together() {
        let (long, mut text) = ("a".repeat(80), String::new());
        wrap(&format!("path {long}, query [b, \"c, d\"], query [{long}, {long}]"), &mut text);
        let wanted = format!(
            "    path {long},\n    query [b, \"c, d\"],\n    query [{long},\n    {long}]\n"
        );
        assert_eq!(text, wanted);
    }
}
