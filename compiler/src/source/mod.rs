//! Pass 1: loads files (from disk or memory) and records every file read.

mod place;

pub use place::{FileId, Part, Place};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

    /// Reads a file, once.
    ///
    /// # Errors
    /// What the disk says; text that is not UTF-8 is `InvalidData`.
    pub fn read(&mut self, path: &Path) -> std::io::Result<FileId> {
        if let Some(known) = self.files.iter().position(|f| f.path == path) {
            return Ok(FileId(u32::try_from(known).unwrap_or(u32::MAX)));
        }
        let text = match self.memory.get(path) {
            Some(text) => text.clone(),
            None => std::fs::read_to_string(path)?,
        };
        self.files.push(SourceFile { path: path.to_owned(), text });
        Ok(FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)))
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

    /// All files that were read, in order.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|f| f.path.as_path())
    }
}
