//! The piece of a file that a snippet shows: one line, cut where documents have no line breaks.

use crate::source::Span;
use std::ops::Range;

/// Characters shown before and after what is meant, on lines that are longer than a screen.
const AROUND: usize = 60;
/// Longer lines are cut.
const SCREEN: usize = 160;

/// A piece of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The text shown.
    pub(super) text: String,
    /// The line it is on, from 1.
    pub(super) line: usize,
    /// The bytes of `text` that are meant.
    pub(super) span: Range<usize>,
}

impl Excerpt {
    /// The first line of a span; of a value over several lines the first tells enough.
    pub(super) fn around(text: &str, span: Span) -> Self {
        let start = boundary(text, span.start);
        let end = boundary(text, span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[..line_start].bytes().filter(|b| *b == b'\n').count() + 1;
        let shown = text[line_start..line_end].trim_end();
        // An empty span is drawn as one caret.
        let meant = (start - line_start).min(shown.len())
            ..(end.min(line_end) - line_start).min(shown.len());
        if shown.chars().count() <= SCREEN {
            return Excerpt { text: shown.to_owned(), line, span: meant };
        }
        Excerpt::cut(shown, line, meant)
    }

    fn cut(shown: &str, line: usize, meant: Range<usize>) -> Self {
        let from = shown[..meant.start]
            .char_indices()
            .rev()
            .take(AROUND)
            .last()
            .map_or(meant.start, |(at, _)| at);
        let meant_end = shown[meant.clone()]
            .char_indices()
            .nth(AROUND)
            .map_or(meant.end, |(at, _)| meant.start + at);
        let to = shown[meant_end..]
            .char_indices()
            .nth(AROUND)
            .map_or(shown.len(), |(at, _)| meant_end + at);
        let before = if from > 0 { "… " } else { "" };
        let after = if to < shown.len() { " …" } else { "" };
        let start = before.len() + meant.start - from;
        Excerpt {
            text: format!("{before}{}{after}", &shown[from..to]),
            line,
            span: start..start + (meant_end - meant.start),
        }
    }
}

fn boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, meant: &str, expect: &str, line: usize) {
        let start = text.find(meant).unwrap();
        let found = Excerpt::around(text, Span { start, end: start + meant.len() });
        assert_eq!(found.text, expect);
        assert_eq!(found.line, line);
        assert!(meant.starts_with(&found.text[found.span.clone()]), "{found:?}");
    }

    #[test]
    fn a_line() {
        check("a: 1\nb: two\nc: 3\n", "two", "b: two", 2);
    }

    #[test]
    fn the_first_line_of_several() {
        check("a:\n  b: 1\n  c: 2\n", "b: 1\n  c: 2", "  b: 1", 2);
    }

    #[test]
    fn a_document_without_line_breaks_is_cut() {
        let text = format!("{}HERE{}", "é".repeat(5000), "x".repeat(5000));
        check(&text, "HERE", &format!("… {}HERE{} …", "é".repeat(60), "x".repeat(60)), 1);
    }

    #[test]
    fn the_end_of_the_file() {
        let found = Excerpt::around("a: 1\n", Span { start: 900, end: 901 });
        assert_eq!(found, Excerpt { text: String::new(), line: 2, span: 0..0 });
    }
}
