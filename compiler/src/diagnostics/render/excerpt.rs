//! Lines of a file with labels, as annotate-snippets draws them.

use super::{Located, clean};
use crate::source::{FileId, Span};
use annotate_snippets::{AnnotationKind, Element, Snippet};

/// Lines longer than this (minified JSON) are cut around what is shown.
const LONGEST_LINE: usize = 160;
/// Bytes that a cut line shows before and after what is meant, and of that itself.
const AROUND: usize = 50;
/// Labels of one file this many lines apart share a snippet, in which the lines between are folded.
const FARTHEST: usize = 60;

/// Some lines of a file, with labels.
pub(super) struct Excerpt<'d> {
    file: FileId,
    /// A piece of one long line.
    cut: bool,
    first: usize,
    last: usize,
    labels: Vec<Located<'d>>,
    text: String,
    /// The byte of the file at which the text starts.
    offset: usize,
    /// Bytes of the text before that byte.
    shift: usize,
}

impl<'d> Excerpt<'d> {
    /// The excerpts that show some labels; `text` gives a file's text.
    pub(super) fn of<'t>(
        labels: Vec<Located<'d>>,
        text: impl Fn(FileId) -> &'t str,
    ) -> Vec<Excerpt<'d>> {
        let mut excerpts: Vec<Excerpt<'d>> = Vec::new();
        for at in labels {
            let line = line_bounds(text(at.place.file), at.span.start);
            let near = excerpts.iter_mut().find(|e| {
                e.file == at.place.file
                    && !e.cut
                    && line.end - line.start <= LONGEST_LINE
                    && at.start.line.abs_diff(e.first) <= FARTHEST
                    && at.start.line.abs_diff(e.last) <= FARTHEST
            });
            match near {
                Some(excerpt) => excerpt.add(at),
                None => excerpts.push(Excerpt {
                    file: at.place.file,
                    cut: line.end - line.start > LONGEST_LINE,
                    first: at.start.line,
                    last: at.start.line,
                    labels: vec![at],
                    text: String::new(),
                    offset: 0,
                    shift: 0,
                }),
            }
        }
        for excerpt in &mut excerpts {
            excerpt.fill(text(excerpt.file));
        }
        excerpts
    }

    fn add(&mut self, label: Located<'d>) {
        self.first = self.first.min(label.start.line);
        self.last = self.last.max(label.start.line);
        self.labels.push(label);
    }

    fn fill(&mut self, text: &str) {
        let starts = self.labels.iter().map(|label| label.span.start);
        let (low, high) = starts.fold((usize::MAX, 0), |(l, h), s| (l.min(s), h.max(s)));
        let (from, to) = (line_bounds(text, low).start, line_bounds(text, high).end);
        if !self.cut {
            (self.offset, self.text) = (from, text[from..to].to_owned());
            return;
        }
        // The only label's surroundings. The sign of what is left out counts as text before the offset.
        let span = self.labels[0].span;
        let back = floor(text, span.start.saturating_sub(AROUND)).max(from);
        let ahead = floor(text, span.end.min(span.start + AROUND) + AROUND).min(to).max(back);
        let (before, after) = (cut_sign(back > from), cut_sign(ahead < to));
        self.text = format!("{before}{}{after}", &text[back..ahead]);
        self.offset = back;
        self.shift = before.len();
    }

    /// Where annotate-snippets thinks that a piece of a line stands, and where it stands.
    pub(super) fn correction(&self) -> Option<(String, String)> {
        let first = self.cut.then(|| &self.labels[0])?;
        let (path, line) = (&first.path, first.start.line);
        let start = floor(&self.text, first.span.start - self.offset + self.shift);
        let column = self.text[..start].chars().count() + 1;
        Some((format!("{path}:{line}:{column}"), format!("{path}:{line}:{}", first.start.column)))
    }

    pub(super) fn element(self) -> Element<'d> {
        let len = self.text.len();
        let bounds = |span: Span, text: &str| {
            let at = |byte: usize| (byte.saturating_sub(self.offset) + self.shift).min(len);
            let start = floor(text, at(span.start));
            let end = floor(text, at(span.end.min(span.start + LONGEST_LINE)).max(start));
            // Only the first line of what is longer.
            let line = text[start..end].find('\n').map_or(end, |at| start + at);
            start..line.max(start)
        };
        let annotations: Vec<_> = self
            .labels
            .iter()
            .map(|label| {
                let kind = match label.primary {
                    true => AnnotationKind::Primary,
                    false => AnnotationKind::Context,
                };
                let annotation = kind.span(bounds(label.span, &self.text));
                annotation.label((!label.text.is_empty()).then(|| clean(label.text)))
            })
            .collect();
        let path = self.labels[0].path.clone();
        let snippet = Snippet::source(self.text.clone()).line_start(self.first).path(path);
        snippet.annotations(annotations).into()
    }
}

fn cut_sign(cut: bool) -> &'static str {
    if cut { "…" } else { "" }
}

/// The line around a byte, as far as it is looked at: a document of megabytes may be one line.
fn line_bounds(text: &str, byte: usize) -> std::ops::Range<usize> {
    let byte = floor(text, byte);
    let (least, most) =
        (floor(text, byte.saturating_sub(2 * LONGEST_LINE)), floor(text, byte + 2 * LONGEST_LINE));
    let start = text[least..byte].rfind('\n').map_or(least, |at| least + at + 1);
    let end = text[byte..most].find('\n').map_or(most, |at| byte + at);
    start..end
}

/// The last border of a character up to a byte.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}
