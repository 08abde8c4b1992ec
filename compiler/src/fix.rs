//! Makes the changes of specs that findings surely call for.

use crate::diagnostics::{Applicability, Code, Diagnostic, Fix, Renderer, Replacement, Style};
use crate::source::{FileId, Position, Sources};
use crate::spec::is_spec_text;
use crate::{Input, Outcome, check, ir};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A change of a text that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: String,
    /// Where it began, in the text as it was then.
    pub at: Position,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// The finding that called for it.
    pub code: Code,
}

/// What was changed, and what is said of it then.
#[derive(Debug)]
pub struct Fixed {
    /// The changes, in the order in which they were made.
    pub changes: Vec<Change>,
    /// The files that changed, with their new texts; nothing was written.
    pub files: BTreeMap<PathBuf, String>,
    /// What is found in the texts as they are now.
    pub outcome: Outcome<ir::Ir>,
    /// The files as they were read for that.
    pub sources: Sources,
}

/// A change may bring the next mistake to light; texts that are still wrong after this are for people.
const ROUNDS: usize = 8;

/// Checks specs, and makes all changes of them that are [machine applicable](Applicability::MachineApplicable) and do not
/// overlap, again and again until there is none. Documents are not changed: they are the vendor's.
#[must_use]
pub fn fix(input: &Input) -> Fixed {
    let mut fixed = read(input, BTreeMap::new());
    for _ in 0..ROUNDS {
        let made = chosen(&fixed.outcome.diagnostics, &fixed.sources);
        if made.is_empty() {
            break;
        }
        let mut changes = fixed.changes;
        for (code, made) in &made {
            changes.extend(made.iter().map(|made| change(*code, made, &fixed.sources)));
        }
        let mut by_file: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
        for replacement in made.into_iter().flat_map(|(_, made)| made) {
            by_file.entry(replacement.file).or_default().push(replacement);
        }
        let mut files = fixed.files;
        for (file, replacements) in by_file {
            let text = replaced(fixed.sources.text(file), replacements);
            files.insert(fixed.sources.path(file).to_owned(), text);
        }
        fixed = Fixed { changes, ..read(input, files) };
    }
    fixed
}

/// What is found where some files have other texts than on disk.
fn read(input: &Input, files: BTreeMap<PathBuf, String>) -> Fixed {
    let with = |sources: Sources, (path, text): (&PathBuf, &String)| sources.with_file(path, text);
    let mut sources = files.iter().fold(Sources::new(), with);
    let outcome = check(input, &mut sources);
    Fixed { changes: Vec::new(), files, outcome, sources }
}

/// How many findings [`fix`] has a change for.
#[must_use]
pub fn count(findings: &[Diagnostic], sources: &Sources) -> usize {
    chosen(findings, sources).len()
}

/// The first sure change of each finding, unless one before it touches the same text.
fn chosen(findings: &[Diagnostic], sources: &Sources) -> Vec<(Code, Vec<Replacement>)> {
    // Documents have most of the findings, and most of the text to be searched.
    let files = (0..).map(FileId).take(sources.files().count());
    let specs: BTreeSet<FileId> = files.filter(|f| is_spec_text(sources.text(*f))).collect();
    let in_spec = |finding: &&Diagnostic| {
        finding.primary.as_ref().is_some_and(|at| specs.contains(&at.place.file))
    };
    let findings: Vec<Diagnostic> = findings.iter().filter(in_spec).cloned().collect();
    let renderer = Renderer::new(&findings, sources, Style::Plain);
    let mut chosen: Vec<(Code, Vec<Replacement>)> = Vec::new();
    for finding in &findings {
        let sure = |fix: &Fix<'_>| fix.applicability == Applicability::MachineApplicable;
        let Some(fix) = renderer.fixes(finding).into_iter().find(sure) else { continue };
        let of_specs = fix.replacements.iter().all(|made| specs.contains(&made.file));
        let meets = |a: &Replacement, b: &Replacement| {
            a.file == b.file && a.span.start <= b.span.end && b.span.start <= a.span.end
        };
        let taken = |made: &Replacement| {
            chosen.iter().flat_map(|(_, others)| others).any(|other| meets(made, other))
        };
        if of_specs && !fix.replacements.iter().any(taken) {
            chosen.push((finding.code, fix.replacements));
        }
    }
    chosen
}

fn change(code: Code, made: &Replacement, sources: &Sources) -> Change {
    let old = sources.text(made.file).get(made.span.start..made.span.end).unwrap_or_default();
    Change {
        path: made.path.clone(),
        at: made.start,
        old: old.to_owned(),
        new: made.text.clone(),
        code,
    }
}

/// A text with changes that do not overlap; from the last on, so that bytes stay where they are.
fn replaced(text: &str, mut replacements: Vec<Replacement>) -> String {
    replacements.sort_by_key(|made| std::cmp::Reverse(made.span.start));
    let mut text = text.to_owned();
    for made in replacements {
        if text.get(made.span.start..made.span.end).is_some() {
            text.replace_range(made.span.start..made.span.end, &made.text);
        }
    }
    text
}
