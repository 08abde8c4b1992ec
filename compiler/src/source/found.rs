//! What was found in the texts already: findings are put in order first and shown later, and ask for the same places.

use super::{FileId, Place, Position, Sources, Span, locate_all};
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    spans: Mutex<HashMap<Place, Option<Span>>>,
    lines: OnceLock<Lines>,
}

/// Where lines begin, and how many characters come before a byte: a minified document is one line of megabytes.
#[derive(Debug)]
struct Lines {
    starts: Vec<usize>,
    /// The characters before each [`STEP`]th byte.
    characters: Vec<usize>,
}

const STEP: usize = 4_096;

impl Sources {
    /// Where places of one file stand in its text; it is searched once for all that are asked for together.
    #[must_use]
    pub fn spans(&self, file: FileId, places: &[&Place]) -> Vec<Option<Span>> {
        // What was found before would be shown in a text that is no more.
        if self.is_lost(file) {
            return vec![None; places.len()];
        }
        let mut known = self.found(file).spans.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<&Place> = places.iter().copied().filter(|p| !known.contains_key(*p)).collect();
        let spans = locate_all(self.text(file), &new);
        known.extend(new.into_iter().cloned().zip(spans));
        places.iter().map(|place| known.get(*place).copied().flatten()).collect()
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, file: FileId, byte: usize) -> Position {
        let text = self.text(file);
        let lines = self.found(file).lines.get_or_init(|| Lines::of(text));
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = lines.starts.partition_point(|start| *start <= byte);
        let start = lines.starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let column = lines.before(text, byte) - lines.before(text, start) + 1;
        Position { line, column }
    }
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut characters = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for piece in text.as_bytes().chunks(STEP) {
            characters.push(count);
            count += characters_in(piece);
        }
        characters.push(count);
        Lines { starts, characters }
    }

    /// The characters before a byte.
    fn before(&self, text: &str, byte: usize) -> usize {
        let step = byte / STEP;
        self.characters.get(step).copied().unwrap_or(0)
            + characters_in(&text.as_bytes()[step * STEP..byte])
    }
}

/// The characters that begin in some bytes.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::source::position;
    use std::path::Path;

    #[test]
    fn positions_are_those_of_a_search_from_the_start() {
        for text in ["", "a", "\n", "a\nü: b\n\n", &"aü€\n".repeat(3_000), &"ü€x".repeat(5_000)]
        {
            let mut sources = Sources::new().with_file("a", text);
            let file = sources.read(Path::new("a")).unwrap();
            let near =
                (0..text.len().min(20)).chain(4_090..4_100).chain(text.len().saturating_sub(9)..);
            for byte in near.take(60) {
                assert_eq!(sources.position(file, byte), position(text, byte), "{byte}");
            }
        }
    }

    #[test]
    fn places_are_found_again() {
        let mut sources = Sources::new().with_file("a", "{\"b\": {\"c\": 1}}");
        let file = sources.read(Path::new("a")).unwrap();
        let place = Place::root(file).child("b").child("c");
        let (first, root) = (sources.spans(file, &[&place]), Place::root(file));
        assert_eq!(first, [Some(Span { start: 12, end: 13 })]);
        let both = sources.spans(file, &[&root, &place]);
        assert_eq!(both[1], first[0]);
        assert!(both[0].is_some());
    }
}
