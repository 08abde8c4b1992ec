//! Every change that a finding offers can be applied as it is written, and mends that finding.

use gusset_compiler::diagnostics::codes::source::UNREADABLE_FILE;
use gusset_compiler::diagnostics::{Diagnostic, Fix, Renderer, Replacement, Style};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use std::path::{Path, PathBuf};

/// Applies each change of some findings by itself, and looks again.
#[track_caller]
pub(crate) fn hold(input: &Input, sources: &mut Sources, findings: &[Diagnostic]) {
    let paths: Vec<PathBuf> = sources.files().map(PathBuf::from).collect();
    let mut read = |path: PathBuf| {
        let file = sources.read(&path).unwrap();
        (path, sources.text(file).to_owned())
    };
    let files: Vec<(PathBuf, String)> = paths.into_iter().map(&mut read).collect();
    let renderer = Renderer::new(findings, sources, Style::Plain);
    for finding in findings {
        for fix in renderer.fixes(finding) {
            let mut changed = applied(&fix, &files);
            let again = check(input, &mut changed).diagnostics;
            let left = again.iter().any(|other| same(other, finding));
            assert!(!left, "{} is not mended by {fix:#?}", finding.message);
            // A guess may be wrong in another way, but is always a text that can be read. Files that were not read before
            // are not there.
            let is_broken =
                |other: &&Diagnostic| other.code.is_about_a_file() && other.code != UNREADABLE_FILE;
            let broken = again.iter().find(is_broken);
            assert!(broken.is_none(), "{fix:#?} breaks the text: {broken:#?}");
        }
    }
}

/// The files with a change.
fn applied(fix: &Fix<'_>, files: &[(PathBuf, String)]) -> Sources {
    let mut changed = Sources::new();
    for (path, text) in files {
        let mut text = text.clone();
        let of_file = |made: &&Replacement| Path::new(&made.path) == path;
        for made in fix.replacements.iter().rev().filter(of_file) {
            text.replace_range(made.span.start..made.span.end, &made.text);
        }
        changed = changed.with_file(path, text);
    }
    changed
}

fn same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let place = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.place.clone());
    (one.code, &one.message, place(one)) == (other.code, &other.message, place(other))
}
