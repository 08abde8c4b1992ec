//! Pass 1: loads files (from disk or memory) and records every file read.

mod events;
mod found;
mod json;
mod locate;
mod markup;
mod moves;
mod parse;
mod place;
pub(crate) mod pointer;
mod texts;
mod twice;
mod value;

pub use json::{Json, Members};
pub use locate::{Position, Span, locate, locate_all, position};
pub use moves::Moves;
pub use parse::{ParseError, parse};
pub(crate) use parse::{from_yaml, json};
pub use place::{FileId, Part, Place};

use crate::diagnostics::codes::source::{NOT_UTF8, UNREADABLE_FILE};
use crate::diagnostics::{Diagnostic, Diagnostics};
use found::Found;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files by id: what was read, and what may be read from memory instead of disk.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    memory: BTreeMap<PathBuf, String>,
}

#[derive(Debug)]
struct SourceFile {
    path: PathBuf,
    text: String,
    /// What was done to its value after it was read, in order.
    moves: Vec<Arc<Moves>>,
    found: Found,
}

impl Sources {
    /// Reads from disk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a file's text from memory, instead of the disk.
    #[must_use]
    pub fn with_file(mut self, path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        self.memory.insert(path.into(), text.into());
        self
    }

    /// Gives the text of a file that has not been read yet.
    pub(crate) fn put(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        self.memory.insert(path.into(), text.into());
    }

    /// Reads a file, once. A byte order mark is no part of its text.
    ///
    /// # Errors
    /// What the disk says; text that is not UTF-8 is `InvalidData`.
    pub fn read(&mut self, path: &Path) -> std::io::Result<FileId> {
        if let Some(known) = self.files.iter().position(|f| f.path == path) {
            return Ok(FileId(u32::try_from(known).unwrap_or(u32::MAX)));
        }
        let mut text = match self.memory.get(path) {
            Some(text) => text.clone(),
            None => from_disk(path)?,
        };
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        self.files.push(SourceFile {
            path: path.to_owned(),
            text,
            moves: Vec::new(),
            found: Found::default(),
        });
        Ok(FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)))
    }

    /// Whether a path below a folder ends inside it on disk, also through symbolic links. What is in memory does, and
    /// so does what is not there: reading it says so.
    #[must_use]
    pub(crate) fn stays_inside(&self, folder: &Path, path: &Path) -> bool {
        let path = folder.join(path);
        self.memory.contains_key(&path) || ends_inside(folder, &path)
    }

    /// Reads a file, once; says why it cannot, at the place that asks for it.
    pub fn open(
        &mut self,
        path: &Path,
        asked: Option<&Place>,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        let error = match self.read(path) {
            Ok(file) => return Some(file),
            Err(error) => error,
        };
        let path = path.display();
        let mut finding = match error.kind() {
            ErrorKind::InvalidData => {
                let what = format!("`{path}` is {error}");
                Diagnostic::error(NOT_UTF8, what)
                    .help("convert it, for example with `iconv -t utf-8`")
            }
            ErrorKind::NotFound => {
                Diagnostic::error(UNREADABLE_FILE, format!("`{path}` does not exist"))
            }
            ErrorKind::IsADirectory => {
                Diagnostic::error(UNREADABLE_FILE, format!("`{path}` is a directory, not a file"))
            }
            _ => Diagnostic::error(UNREADABLE_FILE, format!("`{path}` cannot be read: {error}")),
        };
        if let Some(asked) = asked {
            finding = finding.at(asked, "");
        }
        diagnostics.push(finding);
        None
    }

    fn found(&self, file: FileId) -> &Found {
        &self.files[file.0 as usize].found
    }

    /// A file's text.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// A file's path, as it was asked for.
    #[must_use]
    pub fn path(&self, file: FileId) -> &Path {
        &self.files[file.0 as usize].path
    }

    /// Tells that a file's value was rewritten, so that places in it are shown where they stood.
    pub fn rewritten(&mut self, file: FileId, moves: Arc<Moves>) {
        if !moves.is_empty() {
            self.files[file.0 as usize].moves.push(moves);
        }
    }

    /// Where a place of a file's value stands in a text.
    #[must_use]
    pub fn origin(&self, place: &Place) -> Place {
        let mut origin = place.clone();
        for moves in self.files[place.file.0 as usize].moves.iter().rev() {
            origin = moves.origin(&origin);
            if origin.file != place.file {
                break;
            }
        }
        origin
    }

    /// All files that were read, in order.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|f| f.path.as_path())
    }
}

fn ends_inside(folder: &Path, path: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        (_, Err(_)) => true,
        (Err(_), Ok(_)) => false,
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads")]
fn from_disk(path: &Path) -> std::io::Result<String> {
    let bytes = std::fs::read(path)?;
    String::from_utf8(bytes).map_err(|error| {
        let what = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16 text, not UTF-8",
            _ => "not UTF-8 text",
        };
        std::io::Error::new(ErrorKind::InvalidData, what)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn text_that_is_not_utf_8_says_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let said = |bytes: &[u8]| {
            let path = folder.path().join("a.yaml");
            #[expect(clippy::disallowed_methods, reason = "a test makes its files")]
            std::fs::write(&path, bytes).unwrap();
            let mut diagnostics = Diagnostics::new();
            let mut sources = Sources::new();
            let file = sources.open(&path, None, &mut diagnostics);
            let text = file.map(|file| sources.text(file).to_owned());
            let found = diagnostics.finish();
            text.unwrap_or_else(|| found[0].message.rsplit_once("` is ").unwrap().1.to_owned())
        };
        assert_eq!(said(b"\xef\xbb\xbfa: 1"), "a: 1");
        assert_eq!(said(b"\xff\xfea\0:\0"), "UTF-16 text, not UTF-8");
        assert_eq!(said(b"\xfe\xff\0a"), "UTF-16 text, not UTF-8");
        assert_eq!(said(b"a: \xe9"), "not UTF-8 text");
    }
}
