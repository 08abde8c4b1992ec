//! Running text: what is plain stays plain, whatever markdown would make of it.

use super::code;

/// Words and unbreakable spans, which lines are filled with.
#[derive(Debug, Default)]
pub(super) struct Words {
    done: Vec<String>,
    /// The word at the end, to which text without a blank in front is added.
    open: String,
    /// A mark (`**`, `[`) that the next text follows without a blank.
    marks: String,
}

impl Words {
    /// Foreign text: escaped, with bare URLs as links.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c.is_whitespace() {
                self.blank();
                rest = &rest[c.len_utf8()..];
                continue;
            }
            self.start();
            if let Some((span, after)) = url(rest) {
                self.open.push_str(&span);
                rest = after;
                continue;
            }
            let after = &rest[c.len_utf8()..];
            let inside = self.open.chars().last().is_some_and(char::is_alphanumeric)
                && after.chars().next().is_some_and(char::is_alphanumeric);
            // What follows may come with the next piece of text.
            let entity = c == '&'
                && (after.is_empty()
                    || after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#'));
            if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|')
                || (c == '_' && !inside)
                || entity
            {
                self.open.push('\\');
            }
            self.open.push(c);
            rest = after;
        }
    }

    /// Code, which no line break parts.
    pub(super) fn code(&mut self, text: &str) {
        self.start();
        self.open.push_str(&code(text));
    }

    /// Something that is markdown already.
    pub(super) fn raw(&mut self, markdown: &str) {
        self.start();
        self.open.push_str(markdown);
    }

    /// A mark before what it holds.
    pub(super) fn begin(&mut self, mark: &str) {
        self.marks.push_str(mark);
    }

    /// A mark behind what it holds; if it holds nothing, neither mark is written.
    pub(super) fn end(&mut self, begun: &str, mark: &str) {
        if let Some(unused) = self.marks.strip_suffix(begun) {
            self.marks.truncate(unused.len());
            return;
        }
        // What is marked must not end in a blank.
        match self.done.last_mut().filter(|_| self.open.is_empty()) {
            Some(last) => last.push_str(mark),
            None => self.open.push_str(mark),
        }
    }

    pub(super) fn blank(&mut self) {
        if !self.open.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn start(&mut self) {
        self.open.push_str(&std::mem::take(&mut self.marks));
    }

    pub(super) fn take(&mut self) -> Vec<String> {
        self.blank();
        self.marks.clear();
        std::mem::take(&mut self.done)
    }
}

/// A bare URL becomes a link; one with foreign letters becomes code.
fn url(text: &str) -> Option<(String, &str)> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let stop = |c: char| c.is_whitespace() || "<>\"'`)]}|\\^{".contains(c);
    let end = text.find(stop).unwrap_or(text.len());
    let link = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    let shown = if is_web(link) { format!("<{link}>") } else { code(link) };
    Some((shown, &text[link.len()..]))
}

/// Whether a link leads to the web and can be written as it is.
pub(super) fn is_web(link: &str) -> bool {
    let host = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let plain = |b: u8| b.is_ascii_graphic() && !b"<>()[]\"'`\\|{}^".contains(&b);
    host.is_some_and(|host| {
        host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.bytes().all(plain)
    })
}

/// Fills lines; a line never starts with what markdown reads as a list, a quote or a heading.
pub(super) fn wrap(words: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<(String, usize)> = Vec::new();
    for word in words {
        let length = word.chars().count();
        match lines.last_mut() {
            Some((line, used)) if *used + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
                *used += 1 + length;
            }
            _ => {
                let word = guarded(word);
                let used = word.chars().count();
                lines.push((word, used));
            }
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
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
