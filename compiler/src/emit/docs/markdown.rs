//! Foreign markdown as our own: read by the rules of CommonMark, written again with only what rustdoc may see.

use super::html::{self, Tag as Html};
use super::inline::{Words, is_web, wrap};
use super::{code, harmless};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// The column at which text is wrapped.
const WIDTH: usize = 96;
/// Lists and quotes deeper than this are not indented any further.
const DEEPEST: usize = 6;

/// Foreign text as lines of markdown that mean only text, lists, tables, code and links to the web.
pub(in crate::emit) fn escape(raw: &str) -> Vec<String> {
    if is_prose(raw) {
        let mut words = Words::default();
        words.text(raw);
        return wrap(&words.take(), WIDTH);
    }
    let clean = clean(raw);
    let mut page = Page::default();
    for event in Parser::new_ext(&clean, OPTIONS) {
        page.event(event);
    }
    page.flush();
    page.lines
}

const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_GFM);

/// Whether it is one paragraph without any markup; most descriptions are.
fn is_prose(raw: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b" ,.:;'()/?!=\"%$@+-_".contains(&b);
    raw.bytes().all(plain)
        && !raw.contains("__")
        && raw.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The text without what is invisible, and with HTML's structure as markdown's.
fn clean(raw: &str) -> String {
    let text: String = raw
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| harmless(*c))
        .collect();
    let mut text: Cow<'_, str> = text.into();
    // Bullets that are no markdown.
    if text.contains('•') {
        text = text.replace('•', "\n- ").into();
    }
    if !text.contains('<') {
        return text.into_owned();
    }
    html::blocks(&text)
}

/// What is written so far, and where in lists and quotes the text is.
#[derive(Debug, Default)]
struct Page {
    lines: Vec<String>,
    words: Words,
    /// The lists and quotes that are open.
    open: Vec<Level>,
    /// Whether the next block begins an item.
    item: bool,
    /// Whether the next block follows the last line without a blank one.
    tight: bool,
    code: Option<String>,
    /// The cells of the row that is being read.
    row: Option<Vec<String>>,
    /// How many of strong text and headings, which are written as such, the text is in.
    strong: usize,
    /// The targets of the links that are open; `None` for those that lead nowhere we know.
    links: Vec<Option<String>>,
    /// What the next paragraph begins with.
    lead: Option<String>,
    /// The tags of HTML that are open in this paragraph.
    tags: Vec<&'static str>,
    /// The text of the tag for code that is open.
    span: Option<String>,
}

#[derive(Debug)]
enum Level {
    Bullets,
    Numbers(u64),
    /// Whether nothing stands in it yet.
    Quote(bool),
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(text) if self.span.is_none() => self.code_span(&text),
            Event::Code(text) => self.text(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::SoftBreak | Event::HardBreak => match &mut self.span {
                Some(code) => code.push(' '),
                None => self.words.blank(),
            },
            Event::Rule => self.flush(),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.flush();
                self.strong(1);
            }
            Tag::BlockQuote(kind) => {
                self.flush();
                self.open.push(Level::Quote(true));
                self.lead = kind.map(|kind| format!("**{kind:?}:**"));
            }
            Tag::List(first) => {
                self.flush();
                self.open.push(first.map_or(Level::Bullets, Level::Numbers));
            }
            Tag::Item => {
                self.flush();
                self.item = true;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                // Text that is only indented is rarely meant as code.
                if let CodeBlockKind::Fenced(_) = kind {
                    self.code = Some(String::new());
                }
            }
            Tag::Table(_) | Tag::Paragraph | Tag::HtmlBlock => self.flush(),
            Tag::TableHead | Tag::TableRow => self.row = Some(Vec::new()),
            Tag::Strong => self.strong(1),
            Tag::Emphasis => self.words.begin("*"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                // A link in a link is none.
                self.link(&dest_url);
            }
            _ => {}
        }
    }

    fn code_span(&mut self, text: &str) {
        // A table's cell ends at a bar, even in code.
        match self.row.is_some() {
            true => self.words.raw(&code(text).replace('|', "\\|")),
            false => self.words.code(text),
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.span {
            Some(code) => code.push_str(text),
            None => self.words.text(text),
        }
    }

    /// HTML, of which only tags within text are left, and what is none.
    fn html(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at]);
            rest = &rest[at..];
            if let Some(tag) = Html::at(rest) {
                self.tag(&tag);
                rest = &rest[tag.length..];
            } else {
                self.text("<");
                rest = &rest[1..];
            }
        }
        self.text(rest);
    }

    fn tag(&mut self, tag: &Html<'_>) {
        let kind = match tag.name.as_str() {
            "b" | "strong" => "b",
            "i" | "em" => "i",
            "code" | "kbd" | "samp" | "tt" => "code",
            "a" => "a",
            _ => return,
        };
        if tag.closes {
            // What was opened later and not closed ends with it.
            if let Some(at) = self.tags.iter().rposition(|open| *open == kind) {
                self.close_tags(at);
            }
        } else if self.span.is_none() && !self.tags.contains(&kind) {
            match kind {
                "b" => self.strong(1),
                "i" => self.words.begin("*"),
                "a" => self.link(tag.attribute("href").unwrap_or_default()),
                _ => self.span = Some(String::new()),
            }
            self.tags.push(kind);
        }
    }

    /// Ends the tags behind the first so many.
    fn close_tags(&mut self, keep: usize) {
        while self.tags.len() > keep {
            match self.tags.pop() {
                Some("b") => self.strong(-1),
                Some("i") => self.words.end("*", "*"),
                Some("a") => self.end_link(),
                _ => {
                    let code = self.span.take().unwrap_or_default();
                    if !code.trim().is_empty() {
                        self.code_span(&code);
                    }
                }
            }
        }
    }

    fn link(&mut self, target: &str) {
        let target = Some(target).filter(|to| self.links.is_empty() && is_web(to));
        if target.is_some() {
            self.words.begin("[");
        }
        self.links.push(target.map(str::to_owned));
    }

    fn end_link(&mut self) {
        if let Some(target) = self.links.pop().flatten() {
            self.words.end("[", &format!("]({target})"));
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.strong(-1);
                self.flush();
            }
            TagEnd::Strong => self.strong(-1),
            TagEnd::Emphasis => self.words.end("*", "*"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::CodeBlock => match self.code.take() {
                Some(code) => self.code_block(&code),
                None => self.flush(),
            },
            TagEnd::TableCell => {
                self.close_tags(0);
                let cell = self.words.take().join(" ");
                self.row.get_or_insert_default().push(cell);
            }
            TagEnd::TableHead => {
                let cells = self.row.take().unwrap_or_default();
                let under = cells.iter().map(|_| "---".to_owned()).collect::<Vec<_>>();
                self.block(vec![table_row(&cells), table_row(&under)]);
            }
            TagEnd::TableRow => {
                let cells = self.row.take().unwrap_or_default();
                self.tight = true;
                self.block(vec![table_row(&cells)]);
            }
            TagEnd::Item => {
                self.flush();
                self.item = false;
                if let Some(Level::Numbers(number)) = self.open.last_mut() {
                    *number += 1;
                }
            }
            TagEnd::List(_) | TagEnd::BlockQuote(_) => {
                self.flush();
                self.open.pop();
                self.tight = false;
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Table => self.flush(),
            _ => {}
        }
    }

    /// Goes into strong text or out of it; only the outermost is marked.
    fn strong(&mut self, step: isize) {
        let before = self.strong;
        self.strong = before.saturating_add_signed(step);
        match (before, self.strong) {
            (0, 1) => self.words.begin("**"),
            (1, 0) => self.words.end("**", "**"),
            _ => {}
        }
    }

    /// Ends the paragraph that is being read.
    fn flush(&mut self) {
        self.close_tags(0);
        let mut words = self.words.take();
        if !words.is_empty() {
            words.splice(..0, self.lead.take());
            let indent = 3 * self.open.len().min(DEEPEST);
            let lines = wrap(&words, WIDTH - indent);
            self.block(lines);
        }
    }

    fn code_block(&mut self, code: &str) {
        let fence = super::fence(code);
        let code = code.trim_matches('\n');
        if code.trim().is_empty() {
            return;
        }
        let mut lines = vec![format!("{fence}text")];
        lines.extend(code.lines().map(|line| line.trim_end().replace('\t', "    ")));
        lines.push(fence);
        self.block(lines);
    }

    /// Writes a block where the text is: in its list, its quote.
    fn block(&mut self, lines: Vec<String>) {
        let (mut outer, mut own, mut gap) = (String::new(), String::new(), None);
        let mut item = self.item.then_some(self.open.len());
        for (at, level) in self.open.iter().enumerate().take(DEEPEST) {
            let here = item == Some(at + 1);
            let (mark, indent) = match level {
                Level::Quote(_) => ("> ".to_owned(), "> ".to_owned()),
                Level::Bullets => ("- ".to_owned(), "  ".to_owned()),
                Level::Numbers(number) => {
                    let mark = format!("{number}. ");
                    (mark.clone(), " ".repeat(mark.len()))
                }
            };
            // The gap before a quote is none of it.
            if matches!(level, Level::Quote(true)) {
                gap.get_or_insert_with(|| outer.clone());
            }
            own.push_str(if here { &mark } else { &indent });
            outer.push_str(&indent);
            if here {
                item = None;
            }
        }
        let follows = self.tight || (self.item && self.in_list());
        if !self.lines.is_empty() && !follows {
            let gap = gap.unwrap_or_else(|| outer.clone());
            self.lines.push(gap.trim_end().to_owned());
        }
        for level in &mut self.open {
            if let Level::Quote(fresh) = level {
                *fresh = false;
            }
        }
        for (number, line) in lines.into_iter().enumerate() {
            let prefix = if number == 0 { &own } else { &outer };
            self.lines.push(format!("{prefix}{line}").trim_end().to_owned());
        }
        self.item = false;
        self.tight = false;
    }

    /// Whether the last line belongs to a list, which its next item follows without a gap.
    fn in_list(&self) -> bool {
        self.lines.last().is_some_and(|line| {
            let text = line.trim_start_matches(['>', ' ']);
            line.starts_with("  ")
                || text.starts_with("- ")
                || text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
        })
    }
}

fn table_row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}
