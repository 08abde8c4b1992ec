//! The one writer: whole files, only where content changed, and nothing of an earlier run left behind.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are written")]

use super::crates::MARK;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// No emitted file stands deeper than `name/src/module/part.rs`.
const DEEPEST: usize = 3;

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Below the output folder.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Whether differences are written or only reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteMode {
    /// Write.
    Write,
    /// Only report.
    Check,
}

/// A difference between the disk and what was generated. Paths are below the output folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there.
    Added(PathBuf),
    /// It had another content.
    Changed(PathBuf),
    /// An earlier run made it, this one does not.
    Removed(PathBuf),
}

/// Brings a folder up to date. Files that Gusset did not generate are not touched.
///
/// # Errors
/// What the disk says, with the path.
pub fn write(out: &Path, files: &[File], mode: WriteMode) -> io::Result<Vec<Change>> {
    let mut writer = Writer::new(out, mode);
    files.iter().try_for_each(|file| writer.file(file))?;
    writer.finish()
}

/// Brings a folder up to date, file by file.
pub(crate) struct Writer<'o> {
    out: &'o Path,
    mode: WriteMode,
    changes: Vec<Change>,
    current: BTreeSet<PathBuf>,
}

impl<'o> Writer<'o> {
    pub(crate) fn new(out: &'o Path, mode: WriteMode) -> Self {
        Writer { out, mode, changes: Vec::new(), current: BTreeSet::new() }
    }

    /// Writes a file, if it is another one than on the disk.
    pub(crate) fn file(&mut self, file: &File) -> io::Result<()> {
        self.current.insert(file.path.clone());
        let path = self.out.join(&file.path);
        self.changes.push(match read(&path)? {
            Some(text) if text == file.text.as_bytes() => return Ok(()),
            Some(_) => Change::Changed(file.path.clone()),
            None => Change::Added(file.path.clone()),
        });
        match self.mode {
            WriteMode::Write => replace(&path, &file.text).map_err(|error| at(&path, &error)),
            WriteMode::Check => Ok(()),
        }
    }

    /// Removes what an earlier run made and this one did not. Gives all differences.
    pub(crate) fn finish(mut self) -> io::Result<Vec<Change>> {
        for stale in stale(self.out, &self.current)? {
            if self.mode == WriteMode::Write {
                let path = self.out.join(&stale);
                fs::remove_file(&path).map_err(|error| at(&path, &error))?;
                // Fails unless it was the last one in its folder.
                let _ = path.parent().map(fs::remove_dir);
            }
            self.changes.push(Change::Removed(stale));
        }
        Ok(self.changes)
    }
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, &error)),
    }
}

/// Writes beside the file and renames, so that nobody ever sees half of it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The first error is the one to tell about.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Files that carry our mark in the crates that are written now, but are not among them.
fn stale(out: &Path, current: &BTreeSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    let mut open: BTreeSet<PathBuf> =
        current.iter().filter_map(|path| path.parent()).map(Path::to_owned).collect();
    let mut stale = Vec::new();
    while let Some(folder) = open.pop_first() {
        let entries = match fs::read_dir(out.join(&folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&out.join(&folder), &error)),
        };
        // What was big once has parts in a folder below.
        let below =
            folder.components().count() < DEEPEST && folder.iter().any(|part| part == "src");
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if below && entry.file_type()?.is_dir() {
                open.insert(path);
                continue;
            }
            let is_source = path.extension().is_some_and(|e| e == "rs");
            if is_source && !current.contains(&path) && is_ours(&out.join(&path)) {
                stale.push(path);
            }
        }
    }
    stale.sort_unstable();
    stale.dedup();
    Ok(stale)
}

fn is_ours(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.lines().next().is_some_and(|l| l.contains(MARK)))
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), text: format!("// {MARK} 1\n{text}") }
    }

    #[test]
    fn only_differences_are_written() {
        let out = tempfile::tempdir().unwrap();
        let files = [file("a/src/lib.rs", "one"), file("a/src/b.rs", "two")];
        let added = write(out.path(), &files, WriteMode::Write).unwrap();
        assert_eq!(
            added,
            [Change::Added("a/src/lib.rs".into()), Change::Added("a/src/b.rs".into())]
        );
        let before = fs::metadata(out.path().join("a/src/lib.rs")).unwrap().modified().unwrap();
        let files = [file("a/src/lib.rs", "one"), file("a/src/b.rs", "three")];
        let changed = write(out.path(), &files, WriteMode::Write).unwrap();
        assert_eq!(changed, [Change::Changed("a/src/b.rs".into())]);
        assert_eq!(
            before,
            fs::metadata(out.path().join("a/src/lib.rs")).unwrap().modified().unwrap()
        );
        assert!(fs::read_to_string(out.path().join("a/src/b.rs")).unwrap().contains("three"));
    }

    #[test]
    fn what_an_earlier_run_made_goes_and_what_people_made_stays() {
        let out = tempfile::tempdir().unwrap();
        let files = [file("a/src/lib.rs", ""), file("a/src/old.rs", "")];
        write(out.path(), &files, WriteMode::Write).unwrap();
        fs::write(out.path().join("a/src/mine.rs"), "// by hand").unwrap();
        let changes = write(out.path(), &files[..1], WriteMode::Write).unwrap();
        assert_eq!(changes, [Change::Removed("a/src/old.rs".into())]);
        assert!(!out.path().join("a/src/old.rs").exists());
        assert!(out.path().join("a/src/mine.rs").exists());
    }

    #[test]
    fn parts_of_what_was_big_once_go_with_their_folder() {
        let out = tempfile::tempdir().unwrap();
        let files = [file("a/src/types.rs", ""), file("a/src/types/b.rs", "")];
        write(out.path(), &files, WriteMode::Write).unwrap();
        let changes = write(out.path(), &files[..1], WriteMode::Write).unwrap();
        assert_eq!(changes, [Change::Removed("a/src/types/b.rs".into())]);
        assert!(!out.path().join("a/src/types").exists());
    }

    #[test]
    fn a_check_writes_nothing() {
        let out = tempfile::tempdir().unwrap();
        let changes = write(out.path(), &[file("a/src/lib.rs", "")], WriteMode::Check).unwrap();
        assert_eq!(changes, [Change::Added("a/src/lib.rs".into())]);
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
    }

    #[test]
    fn errors_name_the_path() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("a"), "a file where a folder should be").unwrap();
        let error = write(out.path(), &[file("a/lib.rs", "")], WriteMode::Write).unwrap_err();
        assert!(error.to_string().contains("lib.rs"), "{error}");
    }
}
