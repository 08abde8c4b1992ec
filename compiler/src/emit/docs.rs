//! Documentation of what is emitted: text of a document becomes doc comments, and can become nothing else.
//!
//! Descriptions are CommonMark with HTML, written by whoever. Paragraphs, lists, links and code spans are kept;
//! everything that rustdoc would read as something else (tags, headings, tables, code blocks that would run as
//! tests, links to Rust items) is escaped to plain text.

use proc_macro2::TokenStream;
use quote::quote;

/// The column at which text is wrapped.
const WIDTH: usize = 96;

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
    let clean: String =
        text.chars().map(|c| if harmless(c) && c != '\n' { c } else { ' ' }).collect();
    let clean = clean.trim();
    if clean.is_empty() {
        "(empty)".to_owned()
    } else if clean.contains('`') {
        format!("`` {} ``", clean.replace("``", "` `"))
    } else {
        format!("`{clean}`")
    }
}

/// Foreign text as lines of markdown that mean only text, lists, links and code spans.
pub(super) fn escape(raw: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for block in blocks(raw) {
        let prose = inline(&block.text);
        if prose.is_empty() {
            continue;
        }
        let list_goes_on =
            block.bullet && out.last().is_some_and(|l| l.starts_with("- ") || l.starts_with("  "));
        if !out.is_empty() && !list_goes_on {
            out.push(String::new());
        }
        let (first, rest) = if block.bullet { ("- ", "  ") } else { ("", "") };
        for (i, line) in wrap(&prose, WIDTH - first.len()).into_iter().enumerate() {
            out.push(format!("{}{line}", if i == 0 { first } else { rest }));
        }
    }
    out
}

/// A paragraph or a list item.
struct Block {
    text: String,
    bullet: bool,
}

/// Splits text at blank lines, and where a line starts a list item, a heading or a fence.
fn blocks(raw: &str) -> Vec<Block> {
    let clean: String = raw
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| harmless(*c))
        .collect();
    let clean = breaks(&clean);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in clean.lines().map(str::trim) {
        let ends =
            line.is_empty() || line.starts_with("```") || line.starts_with("~~~") || rule(line);
        if ends {
            open = false;
            continue;
        }
        let bullet = ["- ", "* ", "+ ", "• "].iter().find_map(|b| line.strip_prefix(b));
        let heading = line.starts_with('#').then(|| line.trim_start_matches('#').trim());
        match (bullet, heading) {
            (Some(text), _) => {
                blocks.push(Block { text: text.to_owned(), bullet: true });
                open = true;
            }
            (None, Some(text)) => {
                blocks.push(Block { text: text.to_owned(), bullet: false });
                open = false;
            }
            (None, None) => match blocks.last_mut().filter(|_| open) {
                Some(block) => {
                    block.text.push(' ');
                    block.text.push_str(line);
                }
                None => {
                    blocks.push(Block { text: line.to_owned(), bullet: false });
                    open = true;
                }
            },
        }
    }
    blocks
}

/// HTML that stands for structure becomes that structure; other tags are left for [`inline`] to escape.
fn breaks(text: &str) -> String {
    const TAGS: &[(&str, &str)] = &[
        ("<br>", "\n"),
        ("<br/>", "\n"),
        ("<br />", "\n"),
        ("<p>", "\n\n"),
        ("</p>", "\n\n"),
        ("<ul>", "\n"),
        ("</ul>", "\n\n"),
        ("<ol>", "\n"),
        ("</ol>", "\n\n"),
        ("<li>", "\n- "),
        ("</li>", "\n"),
        ("<code>", "`"),
        ("</code>", "`"),
        ("<b>", ""),
        ("</b>", ""),
        ("<strong>", ""),
        ("</strong>", ""),
        ("<i>", ""),
        ("</i>", ""),
        ("<em>", ""),
        ("</em>", ""),
        ("**", ""),
    ];
    TAGS.iter().fold(text.to_owned(), |text, (tag, with)| text.replace(tag, with))
}

/// A line of nothing but `-`, `=`, `_` or `*`.
fn rule(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | ' '))
}

/// Neither a control character nor one that reorders text on screen; blanks are fine.
fn harmless(c: char) -> bool {
    let reorders = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    matches!(c, '\n' | '\t') || !c.is_control() && !reorders
}

/// Escapes the running text of one block. Words are what stays together when it is wrapped.
fn inline(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    let mut word = String::new();
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            rest = &rest[c.len_utf8()..];
        } else if let Some((span, after)) =
            code_span(rest).or_else(|| url(rest)).or_else(|| link(rest))
        {
            word.push_str(&span);
            rest = after;
        } else {
            let after = &rest[c.len_utf8()..];
            let inside = word.chars().last().is_some_and(char::is_alphanumeric)
                && after.chars().next().is_some_and(char::is_alphanumeric);
            if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|')
                || (c == '_' && !inside)
            {
                word.push('\\');
            }
            word.push(c);
            rest = after;
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `` `code` `` without backticks in it.
fn code_span(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('`')?;
    let end = inner.find('`')?;
    let (span, after) = (inner[..end].trim(), &inner[end + 1..]);
    (!span.is_empty() && !after.starts_with('`')).then(|| (code(span), after))
}

/// A bare URL becomes a link; one with foreign letters becomes code.
fn url(text: &str) -> Option<(String, &str)> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let stop = |c: char| c.is_whitespace() || "<>\"'`)]}|\\^{".contains(c);
    let end = text.find(stop).unwrap_or(text.len());
    let link = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    let host = link.split_once("://").map_or("", |(_, host)| host);
    let plain = link.is_ascii() && host.starts_with(|c: char| c.is_ascii_alphanumeric());
    let shown = if plain { format!("<{link}>") } else { code(link) };
    Some((shown, &text[link.len()..]))
}

/// `[text](https://...)` becomes the text and the URL.
fn link(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('[')?;
    // A bound, so that a text of brackets is not searched over and over.
    let middle = near(inner).find("](")?;
    let (label, target) = (&inner[..middle], &inner[middle + 2..]);
    let end = near(target).find(')')?;
    if label.contains(['[', ']', '`', '<', '!']) || label.trim().is_empty() {
        return None;
    }
    let (link, left) = url(target[..end].trim())?;
    left.is_empty().then(|| (format!("{} ({link})", inline(label).join(" ")), &target[end + 1..]))
}

/// The first 1000 characters.
fn near(text: &str) -> &str {
    text.char_indices().nth(1000).map_or(text, |(end, _)| &text[..end])
}

/// Fills lines; a line never starts with what markdown reads as a list, a quote or a heading.
fn wrap(words: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(guarded(word)),
        }
    }
    lines
}

/// The first word of a line.
fn guarded(word: &str) -> String {
    if word.starts_with(['#', '=', '-', '+']) {
        return format!("\\{word}");
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && word[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &word[..digits], &word[digits..]);
    }
    word.to_owned()
}

/// Foreign text on one line, without anything that a terminal or a manifest would stumble over.
pub(super) fn plain(text: &str) -> String {
    let clean: String =
        text.chars().map(|c| if harmless(c) && c != '\n' { c } else { ' ' }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, lines: &[&str]) {
        assert_eq!(escape(raw), lines, "{raw}");
    }

    #[test]
    fn prose_stays() {
        check("Reads a contact's name & e-mail.", &["Reads a contact's name & e-mail."]);
        check("One\nparagraph.\n\n\nAnother.\r\n", &["One paragraph.", "", "Another."]);
        check("HubSpot_Contact_Id__c or _this_", &["HubSpot_Contact_Id\\_\\_c or \\_this\\_"]);
        check("", &[]);
    }

    #[test]
    fn structure_stays() {
        check(
            "# Title\nText:\n* one\n* two\nmore\n\nEnd",
            &["Title", "", "Text:", "", "- one", "- two more", "", "End"],
        );
        check("A<br/>b <p>c</p>", &["A b", "", "c"]);
        check("Use `limit` or <code>after</code>.", &["Use `limit` or `after`."]);
        check(
            "See [the guide](https://a.example/x_y).",
            &["See the guide (<https://a.example/x_y>)."],
        );
        check("At https://a.example/b, or so.", &["At <https://a.example/b>, or so."]);
    }

    #[test]
    fn nothing_becomes_code_or_markup() {
        check("```rust\nstd::process::exit(1)\n```", &["std::process::exit(1)"]);
        check("text\n\n    indented", &["text", "", "indented"]);
        check(
            "[String] and [`Vec`] and <script>",
            &["\\[String\\] and \\[`Vec`\\] and \\<script\\>"],
        );
        check("*/ fn main() {} /*", &["\\*/ fn main() {} /\\*"]);
        check("a\u{202e}b\u{0}c\u{7f}", &["abc"]);
        check("odd ` tick", &["odd \\` tick"]);
        check("| a | b |\n|---|---|", &["\\| a \\| b \\| \\|---\\|---\\|"]);
        check("https://exämple.com/", &["`https://exämple.com/`"]);
    }

    #[test]
    fn wrapped_lines_start_no_markup() {
        let raw = format!("{} - dash", "word ".repeat(19) + "a");
        assert_eq!(escape(&raw)[1], "\\- dash");
        let raw = format!("{} 12. twelve", "word ".repeat(19) + "a");
        assert_eq!(escape(&raw)[1], "12\\. twelve");
        assert!(escape(&"word ".repeat(100)).iter().all(|l| l.len() <= WIDTH));
    }

    #[test]
    fn code_holds_any_text() {
        for (text, shown) in
            [("a", "`a`"), ("a`b", "`` a`b ``"), (" ", "(empty)"), ("a\nb", "`a b`")]
        {
            assert_eq!(code(text), shown);
        }
    }
}
