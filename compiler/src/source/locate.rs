//! Lines and columns of places, found only when a diagnostic is shown.
//!
//! One walk over the marked events of a file finds all places that are asked for. The stack is a
//! `Vec`, so hostile text cannot overflow anything; text nested deeper than any parser of ours
//! reads has no places to find.

use super::events::{Kind, Mark, Style, events};
use super::{FileId, Part, Place, Sources};
use std::collections::HashMap;

/// Bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A line and a column for people, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Parsers of ours stop at 128 levels; what is nested deeper was never read.
const DEEPEST: usize = 256;

/// Where a place stands, and in which file: parts of a rewritten document are found where they stood.
#[must_use]
pub fn locate(sources: &Sources, place: &Place) -> Option<(FileId, Span)> {
    let origin = sources.origin(place);
    let span = sources.spans(origin.file, &[&origin]).pop().flatten()?;
    Some((origin.file, span))
}

/// Where places of one text stand in its text. A place that is not there is found at the nearest entry around it.
#[must_use]
pub fn locate_all(text: &str, places: &[&Place]) -> Vec<Option<Span>> {
    let mut tree = Tree::default();
    let nodes: Vec<usize> = places.iter().map(|place| tree.want(place)).collect();
    if nodes.iter().any(|node| *node != 0) && nesting(text) <= DEEPEST {
        tree.walk(text);
    }
    places.iter().zip(nodes).map(|(place, node)| tree.found(text, place, node)).collect()
}

/// The line and column of a byte.
#[must_use]
pub fn position(text: &str, byte: usize) -> Position {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|b| *b == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// How deep brackets are nested, roughly: quotes are not looked at.
pub(super) fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The wanted pointers as a tree, so that the walk compares one segment at a time.
#[derive(Debug)]
struct Tree {
    nodes: Vec<Wanted>,
}

#[derive(Debug, Default)]
struct Wanted {
    children: HashMap<String, usize>,
    parent: usize,
    key: Option<Span>,
    value: Option<Span>,
    scalar: Option<(Style, String)>,
}

impl Default for Tree {
    fn default() -> Self {
        Tree { nodes: vec![Wanted::default()] }
    }
}

/// A mapping or a sequence that the walk is inside of.
struct Frame {
    node: Option<usize>,
    map: bool,
    /// The next element's number, or, in a mapping, whether a value is next.
    index: usize,
    /// The wanted node of the value that is next.
    next: Option<usize>,
}

impl Tree {
    fn want(&mut self, place: &Place) -> usize {
        let mut at = 0;
        for segment in place.segments() {
            at = match self.nodes[at].children.get(&segment) {
                Some(child) => *child,
                None => {
                    self.nodes.push(Wanted { parent: at, ..Wanted::default() });
                    let child = self.nodes.len() - 1;
                    self.nodes[at].children.insert(segment, child);
                    child
                }
            };
        }
        at
    }

    fn walk(&mut self, text: &str) {
        let mut stack: Vec<Frame> = Vec::new();
        let mut missing = self.nodes.len();
        for mark in events(text) {
            if let Kind::End = mark.kind {
                let Some(frame) = stack.pop() else { return };
                if let Some(node) = frame.node {
                    self.close(text, node, &mark);
                    missing = missing.saturating_sub(1);
                    if missing == 0 {
                        return;
                    }
                }
                continue;
            }
            let node = match stack.last_mut() {
                None => Some(0),
                Some(frame) if frame.map && frame.index == 0 => {
                    self.enter_key(frame, &mark);
                    if let Kind::Map | Kind::List = mark.kind {
                        stack.push(Frame { node: None, map: true, index: 0, next: None });
                    }
                    continue;
                }
                Some(frame) if frame.map => {
                    frame.index = 0;
                    frame.next.take()
                }
                Some(frame) => {
                    let child = frame.node.filter(|n| !self.nodes[*n].children.is_empty());
                    let child = child.and_then(|n| {
                        self.nodes[n].children.get(frame.index.to_string().as_str()).copied()
                    });
                    frame.index += 1;
                    child
                }
            };
            if let Some(node) = node {
                self.nodes[node].value.get_or_insert(Span { start: mark.start, end: mark.end });
            }
            match mark.kind {
                Kind::Map | Kind::List => {
                    if stack.len() > DEEPEST {
                        return;
                    }
                    let map = matches!(mark.kind, Kind::Map);
                    stack.push(Frame { node, map, index: 0, next: None });
                }
                Kind::Scalar(value, style) => {
                    if let Some(node) = node {
                        self.nodes[node].scalar = Some((style, value.into_owned()));
                        missing = missing.saturating_sub(1);
                        if missing == 0 {
                            return;
                        }
                    }
                }
                Kind::End => {}
            }
        }
    }

    fn enter_key(&mut self, frame: &mut Frame, mark: &Mark<'_>) {
        frame.index = 1;
        frame.next = match (&mark.kind, frame.node) {
            (Kind::Scalar(key, _), Some(node)) => {
                self.nodes[node].children.get(key.as_ref()).copied()
            }
            _ => None,
        };
        if let Some(next) = frame.next {
            self.nodes[next].key = Some(Span { start: mark.start, end: mark.end });
            self.nodes[next].value = None;
        }
    }

    /// A flow collection on one line is shown whole; the start of any other stands for it.
    fn close(&mut self, text: &str, node: usize, mark: &Mark<'_>) {
        if let Some(value) = &mut self.nodes[node].value {
            let whole = text.get(value.start..mark.end).unwrap_or("");
            if whole.starts_with(['{', '[']) && !whole.contains('\n') {
                value.end = mark.end;
            }
        }
    }

    fn found(&self, text: &str, place: &Place, mut node: usize) -> Option<Span> {
        if place.pointer.is_empty() {
            return Some(match place.within {
                // Bytes of the whole document are bytes of the file: where a parser gave up.
                Some((start, end)) => clip(text, start as usize, end as usize),
                None => first_line(text, 0),
            });
        }
        let mut exact = true;
        loop {
            let wanted = &self.nodes[node];
            match (place.part, wanted.key, wanted.value) {
                (Part::Key, Some(key), _) => return Some(key),
                (_, key, Some(value)) => {
                    if let (true, Some(within), Some((style, scalar))) =
                        (exact, place.within, &wanted.scalar)
                        && let Some(span) = inside(text, value, *style, scalar, within)
                    {
                        return Some(span);
                    }
                    let one_line = value.end > value.start
                        && !text.get(value.start..value.end).unwrap_or("\n").contains('\n');
                    let opens =
                        value.end == value.start + 1 && text[value.start..].starts_with(['{', '[']);
                    return Some(match key {
                        Some(key) if !one_line || opens || !exact => key,
                        _ if one_line && !opens => value,
                        _ => first_line(text, value.start),
                    });
                }
                (_, Some(key), None) => return Some(key),
                (_, None, None) if node == 0 => return None,
                _ => {
                    exact = false;
                    node = wanted.parent;
                }
            }
        }
    }
}

/// The rest of the line from a byte, without the blanks around it.
fn first_line(text: &str, from: usize) -> Span {
    let rest = text.get(from..).unwrap_or("");
    let from = from + (rest.len() - rest.trim_start().len());
    let line = text.get(from..).unwrap_or("").lines().next().unwrap_or("").trim_end();
    Span { start: from, end: from + line.len() }
}

fn clip(text: &str, start: usize, end: usize) -> Span {
    let at = |mut byte: usize| {
        byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    Span { start: at(start), end: at(end.max(start)) }
}

/// Bytes of a scalar's value as bytes of the text, where it is written on one line (or in a `|` block).
fn inside(
    text: &str,
    span: Span,
    style: Style,
    value: &str,
    (start, end): (u32, u32),
) -> Option<Span> {
    let (start, end) = (start as usize, (end as usize).max(start as usize));
    let raw = text.get(span.start..span.end)?;
    // For each unit of the text, how many bytes of the value it gives.
    let map: Vec<(usize, usize)> = match style {
        Style::Plain if raw == value => {
            return Some(clip(text, span.start + start, span.start + end));
        }
        Style::Single | Style::Double if !raw.contains('\n') => units(raw, style)?,
        Style::Literal => return literal(text, span.start, value, start, end),
        _ => return None,
    };
    let (mut at, mut first, mut last) = (0, None, None);
    let mut offset = 1;
    for (written, meant) in map {
        if at >= start && first.is_none() {
            first = Some(offset);
        }
        if at < end {
            last = Some(offset + written);
        }
        at += meant;
        offset += written;
    }
    let first = first.unwrap_or(offset);
    let last = last.unwrap_or(first).max(first);
    Some(clip(text, span.start + first, span.start + last))
}

/// Bytes of a `|` block: those of its lines, without their indentation. Shown is the line they start on.
fn literal(text: &str, from: usize, value: &str, start: usize, end: usize) -> Option<Span> {
    let before = value.get(..start)?;
    let number = before.matches('\n').count();
    let column = start - before.rfind('\n').map_or(0, |at| at + 1);
    let line = value.lines().nth(number)?;
    // The marked span begins at the `|` or at the text, by the parser's mood: look for the line itself.
    let mut at = from - text[..from].rfind('\n').map_or(from, |n| from - n - 1);
    let mut first = value.lines().next()?;
    let mut left = number;
    loop {
        let whole = text.get(at..)?.lines().next()?;
        let next = at + text.get(at..)?.find('\n').map_or(whole.len(), |n| n + 1);
        let matches = whole.trim_start() == first.trim_start() && at + whole.len() > from;
        if matches || left < number {
            if left == 0 {
                let indent = whole.len() - whole.trim_start().len();
                let own = line.len() - line.trim_start().len();
                let begin = at + indent.checked_sub(own)? + column;
                let len = (end - start).min(line.len().saturating_sub(column));
                return Some(clip(text, begin, begin + len));
            }
            left -= 1;
            first = value.lines().nth(number - left)?;
        }
        if next <= at {
            return None;
        }
        at = next;
    }
}

/// The characters and escapes of a quoted scalar: bytes as written, bytes as meant.
fn units(raw: &str, style: Style) -> Option<Vec<(usize, usize)>> {
    let inner = raw.get(1..raw.len().checked_sub(1)?)?;
    let mut units = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(char) = rest.chars().next() {
        let (written, meant) = match (style, char) {
            (Style::Single, '\'') => (2, 1),
            (Style::Double, '\\') => escape(rest)?,
            _ => (char.len_utf8(), char.len_utf8()),
        };
        units.push((written, meant));
        rest = rest.get(written..)?;
    }
    Some(units)
}

fn escape(rest: &str) -> Option<(usize, usize)> {
    let hex = |len: usize| -> Option<(usize, usize)> {
        let code = u32::from_str_radix(rest.get(2..2 + len)?, 16).ok()?;
        if (0xd800..0xdc00).contains(&code) {
            return Some((12, 4)); // a surrogate pair: two escapes of six bytes
        }
        Some((2 + len, char::from_u32(code)?.len_utf8()))
    };
    match rest.as_bytes().get(1)? {
        b'x' => hex(2),
        b'u' => hex(4),
        b'U' => hex(8),
        b'N' | b'_' => Some((2, 2)),
        b'L' | b'P' => Some((2, 3)),
        byte if byte.is_ascii() => Some((2, 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
