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
pub(crate) use markup::finding as tags;
pub use moves::Moves;
pub use parse::{ParseError, parse};
pub(crate) use parse::{from_yaml, json};
pub use place::{FileId, Part, Place};
pub(crate) use texts::Texts;

use crate::diagnostics::codes::source::{NOT_UTF8, UNREADABLE_FILE};
use crate::diagnostics::{Diagnostic, Diagnostics};
use found::Found;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use xxhash_rust::xxh3::xxh3_64;

/// Files by id: what was read, and what may be read from memory instead of disk.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    memory: BTreeMap<PathBuf, String>,
}

#[derive(Debug)]
struct SourceFile {
    path: PathBuf,
    /// Empty after it was let go, until somebody asks for it.
    text: OnceLock<String>,
    /// What the text is known by.
    digest: u64,
    /// Whether the disk gives it again.
    again: bool,
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
        // Nobody asks memory again.
        let (text, again) = match self.memory.get_mut(path) {
            Some(text) => (bare(std::mem::take(text)), false),
            None => (from_disk(path)?, is_file(path)),
        };
        self.files.push(SourceFile {
            path: path.to_owned(),
            digest: xxh3_64(text.as_bytes()),
            again: again && text.len() >= LARGE,
            text: text.into(),
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
        let is_folder = path.extension().is_none();
        let path = path.display();
        let mut finding = match error.kind() {
            ErrorKind::InvalidData => {
                let what = format!("`{path}` is {error}");
                Diagnostic::error(NOT_UTF8, what)
                    .help("convert it, for example with `iconv -t utf-8`")
            }
            ErrorKind::NotFound => {
                let missing =
                    Diagnostic::error(UNREADABLE_FILE, format!("`{path}` does not exist"));
                match asked.is_none() && is_folder {
                    true => missing.help(WRITTEN_BY),
                    false => missing,
                }
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

    /// A file's text. One that was let go is read again; should it be another one by now, it is lost: there is nothing
    /// to show then, and findings name the file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        let file = &self.files[file.0 as usize];
        file.text.get_or_init(|| {
            let text = from_disk(&file.path).unwrap_or_default();
            if xxh3_64(text.as_bytes()) == file.digest { text } else { String::new() }
        })
    }

    /// Whether a file's text was let go, and is another one by now.
    pub(crate) fn is_lost(&self, file: FileId) -> bool {
        self.text(file).is_empty() && self.digest(file) != xxh3_64(&[])
    }

    /// A hash of a file's text.
    #[must_use]
    pub(crate) fn digest(&self, file: FileId) -> u64 {
        self.files[file.0 as usize].digest
    }

    /// Lets go of the texts of large files that the disk gives again: after their values were made of them, only
    /// findings ask for them.
    pub(crate) fn let_go(&mut self) {
        for file in self.files.iter_mut().filter(|file| file.again) {
            file.text.take();
        }
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

/// What is said of a file that is needed once more and is lost.
pub(crate) const CHANGED: &str = "changed while it was read";

/// Where the first spec of a project comes from.
pub(crate) const WRITTEN_BY: &str =
    "`gusset init DOCUMENT` writes the first one for an OpenAPI document";

/// A text of so many bytes is large: it is let go when its value is known, and read in little room.
const LARGE: usize = 1 << 20;

/// Whether reading it twice gives the same: a pipe is empty the second time.
fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| found.is_file())
}

/// A text without a byte order mark.
fn bare(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads")]
fn from_disk(path: &Path) -> std::io::Result<String> {
    let bytes = std::fs::read(path)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let what = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16 text, not UTF-8",
            _ => "not UTF-8 text",
        };
        std::io::Error::new(ErrorKind::InvalidData, what)
    });
    text.map(bare)
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

    /// What is there after a text was let go, and its file changed on the disk in between.
    #[track_caller]
    fn after_letting_go(text: &str, change: impl Fn(&Path)) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        #[expect(clippy::disallowed_methods, reason = "a test makes its files")]
        std::fs::write(&path, text).unwrap();
        let mut sources = Sources::new();
        let file = sources.read(&path).unwrap();
        let _ = sources.spans(file, &[&Place::root(file)]);
        change(&path);
        sources.let_go();
        let text = sources.text(file).to_owned();
        let mut findings = crate::diagnostics::Diagnostics::new();
        let value = sources.json(file, &mut findings);
        let findings: Vec<_> = findings.finish().into_iter().map(|found| found.code).collect();
        let place = Place::root(file);
        let spans = sources.spans(file, &[&place]);
        match text.is_empty() {
            true => assert_eq!((value, spans, findings), (None, vec![None], vec![UNREADABLE_FILE])),
            false => assert!(value.is_some() && spans[0].is_some()),
        }
        text
    }

    #[test]
    fn a_text_that_was_let_go_is_read_again() {
        let large = "\u{feff}".to_owned() + &"- b\n".repeat(LARGE / 4 + 1);
        assert_eq!(after_letting_go(&large, |_| {}), large[3..]);
        let gone = |path: &Path| std::fs::remove_file(path).unwrap();
        assert_eq!(after_letting_go(&large, gone), "");
        // Lines of another text would be wrong ones.
        #[expect(clippy::disallowed_methods, reason = "a test makes its files")]
        let other = |path: &Path| std::fs::write(path, "c: d\n".repeat(LARGE)).unwrap();
        assert_eq!(after_letting_go(&large, other), "");
        // A small one stays.
        assert_eq!(after_letting_go("a: 1", gone), "a: 1");
    }

    #[test]
    fn what_can_be_read_only_once_stays() {
        let text = "a: b\n".repeat(LARGE);
        let mut sources = Sources::new().with_file("a.yaml", text.as_str());
        let file = sources.read(Path::new("a.yaml")).unwrap();
        sources.let_go();
        assert_eq!(sources.text(file), text);
        assert!(!is_file(Path::new("/dev/null")) && is_file(Path::new("Cargo.toml")));
    }
}
