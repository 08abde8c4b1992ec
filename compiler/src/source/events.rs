//! YAML and JSON text as one stream of marked events, in constant stack.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marked, StrInput};
use std::borrow::Cow;

/// How a scalar is written; decides how bytes of its value map to bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is.
    Plain,
    /// `'it''s'`.
    Single,
    /// `"a\n"`, also JSON.
    Double,
    /// `|`: lines without their indentation.
    Literal,
    /// `>` and aliases: no byte of the text is a byte of the value.
    Other,
}

/// What stands in the text.
#[derive(Clone, Debug)]
pub(super) enum Kind<'t> {
    /// A mapping begins.
    Map,
    /// A sequence begins.
    List,
    /// The innermost of them ends.
    End,
    /// A scalar or an alias.
    Scalar(Cow<'t, str>, Style),
}

/// An event and the bytes it covers.
#[derive(Clone, Debug)]
pub(super) struct Mark<'t> {
    pub(super) kind: Kind<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The events of a text; ends early where the text is broken.
pub(super) fn events(text: &str) -> Box<dyn Iterator<Item = Mark<'_>> + '_> {
    let json = text.trim_start().starts_with(['{', '['])
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if json { Box::new(Json { text, at: 0 }) } else { Box::new(Yaml::new(text)) }
}

/// The lexer of text that is known to be JSON: an order of magnitude faster than YAML's.
struct Json<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Json<'t> {
    type Item = Mark<'t>;

    fn next(&mut self) -> Option<Mark<'t>> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at)?, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':') {
            self.at += 1;
        }
        let start = self.at;
        let kind = match bytes[start] {
            b'{' => Kind::Map,
            b'[' => Kind::List,
            b'}' | b']' => Kind::End,
            b'"' => {
                self.at += 1;
                while *bytes.get(self.at)? != b'"' {
                    self.at += if bytes[self.at] == b'\\' { 2 } else { 1 };
                }
                let inner = self.text.get(start + 1..self.at)?;
                let value = if inner.contains('\\') {
                    let quoted = self.text.get(start..=self.at)?;
                    Cow::Owned(serde_json::from_str(quoted).ok()?)
                } else {
                    Cow::Borrowed(inner)
                };
                Kind::Scalar(value, Style::Double)
            }
            _ => {
                let word = |b: &u8| !matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
                let len = bytes[start..].iter().take_while(|b| word(b)).count().max(1);
                self.at += len - 1;
                Kind::Scalar(Cow::Borrowed(self.text.get(start..=self.at)?), Style::Plain)
            }
        };
        self.at += 1;
        Some(Mark { kind, start, end: self.at })
    }
}

struct Yaml<'t> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    /// The byte that belongs to a character index; events come nearly in order.
    known: (usize, usize),
    ascii: bool,
}

impl<'t> Yaml<'t> {
    fn new(text: &'t str) -> Self {
        Yaml { text, parser: Parser::new_from_str(text), known: (0, 0), ascii: text.is_ascii() }
    }

    fn byte(&mut self, char: usize) -> usize {
        if self.ascii {
            return char.min(self.text.len());
        }
        let (mut c, mut b) = if char < self.known.0 {
            // A step back, within a node's own span.
            self.back(char)
        } else {
            self.known
        };
        let rest = &self.text[b..];
        let mut chars = rest.chars();
        while c < char {
            let Some(next) = chars.next() else { break };
            b += next.len_utf8();
            c += 1;
        }
        self.known = (c, b);
        b
    }

    fn back(&self, char: usize) -> (usize, usize) {
        let (mut c, mut b) = self.known;
        let mut chars = self.text[..b].chars();
        while c > char {
            let Some(last) = chars.next_back() else { break };
            b -= last.len_utf8();
            c -= 1;
        }
        (c, b)
    }

    fn mark(&mut self, kind: Kind<'t>, span: Marked) -> Mark<'t> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        Mark { kind, start, end }
    }
}

impl<'t> Iterator for Yaml<'t> {
    type Item = Mark<'t>;

    fn next(&mut self) -> Option<Mark<'t>> {
        loop {
            let (event, span) = self.parser.next_event()?.ok()?;
            let kind = match event {
                Event::MappingStart(..) => Kind::Map,
                Event::SequenceStart(..) => Kind::List,
                Event::MappingEnd | Event::SequenceEnd => Kind::End,
                Event::Alias(_) => Kind::Scalar(Cow::Borrowed(""), Style::Other),
                Event::Scalar(value, style, ..) => Kind::Scalar(
                    value,
                    match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted => Style::Single,
                        ScalarStyle::DoubleQuoted => Style::Double,
                        ScalarStyle::Literal => Style::Literal,
                        ScalarStyle::Folded => Style::Other,
                    },
                ),
                // A second document is not part of the value.
                Event::DocumentEnd | Event::StreamEnd => return None,
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => continue,
            };
            return Some(self.mark(kind, span));
        }
    }
}
