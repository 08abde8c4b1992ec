//! HTML in descriptions: what stands for structure becomes markdown, before markdown is read.
//!
//! Tags inside a paragraph (links, bold text, code) are left to [`super::markdown`], which meets them one by one. What
//! is no tag of HTML (`<api_key>`) is text, and is left alone.

use super::inline::is_web;
use std::collections::HashMap;

/// A tag as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The name, lower case.
    pub(super) name: String,
    pub(super) closes: bool,
    attributes: &'a str,
    /// How many bytes it takes.
    pub(super) length: usize,
}

impl<'a> Tag<'a> {
    /// The tag that a text begins with, if it is one of HTML.
    pub(super) fn at(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        let closes = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let name = name.to_ascii_lowercase();
        let end = rest.bytes().take(LONGEST).position(|b| matches!(b, b'<' | b'>'))?;
        let attributes = rest[..end].trim_end_matches('/');
        let known = BLOCKS.contains(&name.as_str()) || SPANS.contains(&name.as_str());
        // `a<b and c>d` has none.
        let tagged = match attributes.trim() {
            "" => true,
            some => !closes && some.contains('=') && attributes.starts_with(char::is_whitespace),
        };
        let length = text.len() - rest.len() + end + 1;
        (known && tagged && rest[end..].starts_with('>')).then_some(Tag {
            name,
            closes,
            attributes,
            length,
        })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        while let Some(at) = rest.find('=') {
            let key = rest[..at].trim_end();
            let value = rest[at + 1..].trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote)?,
                _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            let key = key.rsplit(char::is_whitespace).next().unwrap_or(key);
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after;
        }
        None
    }
}

/// Tags are not longer; without an end, searching for one would take the square of the text's length.
const LONGEST: usize = 2_000;

/// Tags that part text from text.
const BLOCKS: &[&str] = &[
    "blockquote",
    "br",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Those that need no end. Of others, one without an end is no tag but a name in angle brackets.
const ENDLESS: &[&str] = &["br", "hr", "img", "li", "p", "td", "th", "tr"];

/// Tags within text.
const SPANS: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark",
    "s", "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
];

/// The text with its blocks of HTML as blocks of markdown, and only such tags besides as mean something in it. Code
/// stays as it is.
pub(super) fn blocks(text: &str) -> String {
    let ends = ends(text);
    let mut page = Page::default();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        page.text(&rest[..at]);
        let escaped = rest[..at].ends_with('\\');
        rest = &rest[at..];
        if rest.starts_with('`') {
            let code = page.code_at(rest);
            page.text(&rest[..code]);
            rest = &rest[code..];
            continue;
        }
        if let Some(after) = page.comment(rest) {
            rest = after;
            continue;
        }
        let here = text.len() - rest.len();
        let ends = |tag: &Tag<'_>| {
            let end = ends.get(&tag.name).is_some_and(|end| *end > here);
            tag.closes || end || ENDLESS.contains(&tag.name.as_str())
        };
        let found = Tag::at(rest);
        let Some(tag) = found.as_ref().filter(|tag| !escaped && ends(tag)) else {
            page.text(if found.is_some() && !escaped { "\\<" } else { "<" });
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if SPANS.contains(&tag.name.as_str()) {
            page.span(tag);
        } else if tag.name == "pre" && !tag.closes {
            rest = page.pre(rest);
        } else {
            page.block(tag);
        }
    }
    page.text(rest);
    page.end_table();
    page.done
}

/// Where the last end of each tag stands.
fn ends(text: &str) -> HashMap<String, usize> {
    let tag = |(at, _)| Tag::at(&text[at..]).map(|tag| (tag.name, at));
    text.match_indices("</").filter_map(tag).collect()
}

#[derive(Debug, Default)]
struct Page {
    done: String,
    /// The lists that are open: whether their items are numbered.
    lists: Vec<bool>,
    /// The rows of the table that is open.
    table: Option<Vec<Vec<String>>>,
    /// Whether blanks are left out, since a block has just begun.
    fresh: bool,
    /// The number of backticks of which there is no other run behind: looking for it once is enough.
    unclosed: Vec<usize>,
    /// Whether no comment ends any more.
    no_comments: bool,
}

impl Page {
    fn text(&mut self, text: &str) {
        let text = if self.fresh { text.trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        self.fresh = false;
        match &mut self.table {
            // Between cells there is nothing to be shown.
            Some(rows) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(text);
                }
            }
            None => self.done.push_str(text),
        }
    }

    /// The length of the code that a text begins with; of the backticks alone, if nothing ends it.
    fn code_at(&mut self, text: &str) -> usize {
        let ticks = text.len() - text.trim_start_matches('`').len();
        if self.unclosed.contains(&ticks) {
            return ticks;
        }
        let mut at = ticks;
        while let Some(next) = text[at..].find('`') {
            let run = &text[at + next..];
            let long = run.len() - run.trim_start_matches('`').len();
            at += next + long;
            if long == ticks {
                return at;
            }
        }
        self.unclosed.push(ticks);
        ticks
    }

    /// What is behind the comment that a text begins with.
    fn comment<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let inside = text.strip_prefix("<!--").filter(|_| !self.no_comments)?;
        let after = inside.split_once("-->").map(|(_, after)| after);
        self.no_comments = after.is_none();
        after
    }

    /// A tag within text, with nothing in it that markdown would not see as a tag.
    fn span(&mut self, tag: &Tag<'_>) {
        match (tag.name.as_str(), tag.closes) {
            ("b" | "strong" | "i" | "em" | "code" | "kbd" | "samp" | "tt", false) => {
                self.text(&format!("<{}>", tag.name));
            }
            ("a", false) => {
                let target = tag.attribute("href").filter(|href| is_web(href));
                self.text(&target.map_or_else(String::new, |href| format!("<a href=\"{href}\">")));
            }
            ("img", _) => self.text(tag.attribute("alt").unwrap_or_default()),
            ("a" | "b" | "strong" | "i" | "em" | "code" | "kbd" | "samp" | "tt", true) => {
                self.text(&format!("</{}>", tag.name));
            }
            _ => {}
        }
    }

    /// Text as it is written; what is behind it.
    fn pre<'t>(&mut self, text: &'t str) -> &'t str {
        let is_end = |at: &usize| Tag::at(&text[*at..]).is_some_and(|tag| tag.name == "pre");
        let end = text.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(text.len());
        let (inside, after) = text.split_at(end);
        let after = Tag::at(after).map_or(after, |tag| &after[tag.length..]);
        let mut code = String::new();
        let mut rest = inside;
        while let Some(at) = rest.find('<') {
            code.push_str(&rest[..at]);
            let tag = Tag::at(&rest[at..]);
            code.push_str(if tag.is_some() { "" } else { "<" });
            rest = &rest[at + tag.map_or(1, |tag| tag.length)..];
        }
        code.push_str(rest);
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
        for (entity, meant) in entities {
            code = code.replace(entity, meant);
        }
        if self.table.is_some() {
            self.text(&code.split_whitespace().collect::<Vec<_>>().join(" "));
        } else {
            let fence = super::fence(&code);
            self.part("\n\n");
            self.done.push_str(&format!("{fence}\n{}\n{fence}\n\n", code.trim_matches('\n')));
        }
        after
    }

    /// Parts what follows from what was before.
    fn part(&mut self, with: &str) {
        match self.table.is_some() {
            true => self.text(" "),
            false => self.done.push_str(with),
        }
        self.fresh = true;
    }

    fn block(&mut self, tag: &Tag<'_>) {
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => {
                self.end_table();
                self.table = Some(Vec::new());
            }
            ("table", true) => self.end_table(),
            ("tr", false) => self.table.iter_mut().for_each(|rows| rows.push(Vec::new())),
            ("td" | "th", false) => {
                if let Some(rows) = &mut self.table {
                    match rows.last_mut() {
                        Some(row) => row.push(String::new()),
                        None => rows.push(vec![String::new()]),
                    }
                }
                self.fresh = true;
            }
            ("tr" | "td" | "th" | "thead" | "tbody" | "tfoot", _) if self.table.is_some() => {}
            ("ul" | "ol", false) if self.table.is_none() => {
                if self.lists.is_empty() {
                    self.part("\n\n");
                }
                self.lists.push(tag.name == "ol");
            }
            ("ul" | "ol", true) if self.table.is_none() => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.part("\n\n");
                }
            }
            ("li", false) if self.table.is_none() => {
                let mark = if self.lists.last() == Some(&true) { "1. " } else { "- " };
                let outer = self.lists.iter().rev().skip(1).take(DEEPEST);
                let indent: usize = outer.map(|numbered| if *numbered { 3 } else { 2 }).sum();
                self.part(&format!("\n{}{mark}", " ".repeat(indent)));
            }
            ("li", true) => self.part(" "),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => self.part("\n\n#### "),
            // A paragraph in a list would end it: what follows would have to be indented.
            ("br" | "p" | "div", _) if !self.lists.is_empty() => self.part(" "),
            _ => self.part("\n\n"),
        }
    }

    fn end_table(&mut self) {
        let Some(rows) = self.table.take() else { return };
        let rows: Vec<Vec<String>> = rows.into_iter().filter(|row| !row.is_empty()).collect();
        let Some(widest) = rows.iter().map(Vec::len).max() else { return };
        self.done.push_str("\n\n");
        for (number, mut row) in rows.into_iter().enumerate() {
            // The head says how wide a table is; other rows may be shorter.
            if number == 0 {
                row.resize(widest, String::new());
            }
            let cells: Vec<String> = row
                .iter()
                .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
                .map(|cell| cell.replace('|', "\\|"))
                .collect();
            self.done.push_str(&format!("| {} |\n", cells.join(" | ")));
            if number == 0 {
                self.done.push_str(&format!("|{}\n", " --- |".repeat(widest)));
            }
        }
        self.done.push('\n');
        self.fresh = true;
    }
}

/// Lists deeper than this are not indented any further.
const DEEPEST: usize = 6;
