//! Which specs break: they are compiled against the new document in place of the old one.

use crate::diagnostics::codes::spec::DOCUMENTS;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;
use crate::{Input, Replacement, check, resolve, spec};
use std::path::{Path, PathBuf};

/// What specs say to the new document.
#[derive(Clone, Debug, Default)]
pub struct Specs {
    /// Errors that they have with the old document already; then nothing is known about the new one.
    pub before: Vec<Diagnostic>,
    /// Errors that the new document brings.
    pub breaks: Vec<Diagnostic>,
    /// How many integrations use the document.
    pub integrations: usize,
}

/// Compiles specs with the new document. `None` after an error was pushed.
pub(super) fn compile(
    paths: &[PathBuf],
    (old, new): (&Path, &Path),
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Specs> {
    let mut input = Input { specs: paths.to_vec(), ..Input::default() };
    let errors = |found: Vec<Diagnostic>| -> Vec<Diagnostic> {
        found.into_iter().filter(|finding| finding.severity == Severity::Error).collect()
    };
    let before = errors(check(&input, sources).diagnostics);
    if !before.is_empty() {
        return Some(Specs { before, ..Specs::default() });
    }
    let used = documents(paths, sources);
    let mut known: Vec<PathBuf> = used.iter().flatten().cloned().collect();
    known.sort_unstable();
    known.dedup();
    let replaced = replaced(&known, old, sources);
    if replaced.is_empty() {
        let list: Vec<String> = known.iter().map(|path| format!("`{}`", path.display())).collect();
        diagnostics.push(
            Diagnostic::error(
                DOCUMENTS,
                format!("no spec has `{}` as its document", old.display()),
            )
            .help(format!(
                "their documents are {}: give the one of them that the new version replaces, or a copy of it",
                list.join(", ")
            )),
        );
        return None;
    }
    let uses = |documents: &&Vec<PathBuf>| documents.iter().any(|path| replaced.contains(path));
    let integrations = used.iter().filter(uses).count();
    let one = |path: PathBuf| Replacement { document: path, by: new.to_owned() };
    input.replacements = replaced.into_iter().map(one).collect();
    let breaks = errors(check(&input, sources).diagnostics);
    Some(Specs { before: Vec::new(), breaks, integrations })
}

/// The documents of each spec.
fn documents(paths: &[PathBuf], sources: &mut Sources) -> Vec<Vec<PathBuf>> {
    let mut silent = Diagnostics::new();
    let specs = spec::read(paths, &[], sources, &mut silent);
    let each = specs.integrations.iter();
    let known = each.map(|spec| resolve::documents_of(spec, &mut silent)).collect();
    let _ = silent.finish();
    known
}

/// Which of them is the old one: the same file, or else one of the same text.
fn replaced(known: &[PathBuf], old: &Path, sources: &mut Sources) -> Vec<PathBuf> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| spec::normal(path));
    let same: Vec<PathBuf> =
        known.iter().filter(|path| whole(path) == whole(old)).cloned().collect();
    if !same.is_empty() {
        return same;
    }
    let mut text = |path: &Path| {
        let file = sources.read(&spec::normal(path)).ok()?;
        Some(sources.text(file).to_owned())
    };
    let wanted = text(old);
    let mut alike: Vec<PathBuf> = Vec::new();
    for path in known {
        if wanted.is_some() && text(path) == wanted {
            alike.push(path.clone());
        }
    }
    alike
}
