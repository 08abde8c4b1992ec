//! Foreign markdown as our own: read by the rules of CommonMark, written again with only what rustdoc may see.

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
    for event in Parser::new_ext(&clean, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        page.event(event);
    }
    page.flush();
    page.lines
}

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
    for (tag, with) in TAGS {
        if text.contains(tag) {
            text = text.replace(tag, with).into();
        }
    }
    text.into_owned()
}

/// HTML that stands for structure; other tags are shown as text.
const TAGS: &[(&str, &str)] = &[
    ("<br>", "\n\n"),
    ("<br/>", "\n\n"),
    ("<br />", "\n\n"),
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
    ("<pre>", "\n\n"),
    ("</pre>", "\n\n"),
    ("<b>", ""),
    ("</b>", ""),
    ("<strong>", ""),
    ("</strong>", ""),
    ("<i>", ""),
    ("</i>", ""),
    ("<em>", ""),
    ("</em>", ""),
    ("<div>", "\n\n"),
    ("</div>", "\n\n"),
    ("<span>", ""),
    ("</span>", ""),
];

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
}

#[derive(Debug)]
enum Level {
    Bullets,
    Numbers(u64),
    Quote,
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.words.text(&text),
            },
            // A table's cell ends at a bar, even in code.
            Event::Code(text) if self.row.is_some() => {
                self.words.raw(&code(&text).replace('|', "\\|"));
            }
            Event::Code(text) => self.words.code(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.words.text(&text),
            Event::SoftBreak | Event::HardBreak => self.words.blank(),
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
            Tag::BlockQuote(_) => {
                self.flush();
                self.open.push(Level::Quote);
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
                let target =
                    Some(dest_url.into_string()).filter(|to| self.links.is_empty() && is_web(to));
                if target.is_some() {
                    self.words.begin("[");
                }
                self.links.push(target);
            }
            _ => {}
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
            TagEnd::Link | TagEnd::Image => {
                if let Some(target) = self.links.pop().flatten() {
                    self.words.end("[", &format!("]({target})"));
                }
            }
            TagEnd::CodeBlock => match self.code.take() {
                Some(code) => self.code_block(&code),
                None => self.flush(),
            },
            TagEnd::TableCell => {
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
        let words = self.words.take();
        if !words.is_empty() {
            let indent = 3 * self.open.len().min(DEEPEST);
            let lines = wrap(&words, WIDTH - indent);
            self.block(lines);
        }
    }

    fn code_block(&mut self, code: &str) {
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
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
        let (mut outer, mut own) = (String::new(), String::new());
        let mut item = self.item.then_some(self.open.len());
        for (at, level) in self.open.iter().enumerate().take(DEEPEST) {
            let here = item == Some(at + 1);
            let (mark, indent) = match level {
                Level::Quote => ("> ".to_owned(), "> ".to_owned()),
                Level::Bullets => ("- ".to_owned(), "  ".to_owned()),
                Level::Numbers(number) => {
                    let mark = format!("{number}. ");
                    (mark.clone(), " ".repeat(mark.len()))
                }
            };
            own.push_str(if here { &mark } else { &indent });
            outer.push_str(&indent);
            if here {
                item = None;
            }
        }
        let follows = self.tight || (self.item && self.in_list());
        if !self.lines.is_empty() && !follows {
            let gap = outer.trim_end().to_owned();
            self.lines.push(gap);
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
