//! Compiles a spec until nothing in it is refused.

use super::outline::Entry;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::progress::Progress;
use crate::resolve::Documents;
use crate::source::Sources;
use crate::spec;
use std::path::PathBuf;

/// The passes stop at their borders, and what is left out may be used elsewhere: a few rounds, in which most is found
/// in the first.
const ROUNDS: usize = 24;

/// Makes comments of what the compiler refuses. `None` after an error was pushed: then nothing is left that could be
/// left out, and the document itself is at fault.
pub(super) fn settle(
    spec: &mut Entry,
    documents: &[Documents],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let mut errors = Vec::new();
    for round in 0..ROUNDS {
        let selects = spec.at(&["operations"]).is_some();
        let operations = documents.iter().flat_map(|d| &d.list).any(|d| d.operations().count() > 0);
        if !selects && operations {
            spec.turn_on("include");
        }
        spec.refuse_bare("resources", &["type", "key"], "nothing can be done with it");
        let path = PathBuf::from(format!("integration.{round}.yaml"));
        sources.put(&path, spec.render());
        errors = compile(&path, documents, sources);
        if errors.is_empty() {
            return Some(());
        }
        let mut changed = false;
        for error in &errors {
            changed |= refuse(spec, error, &path, sources);
        }
        // What nothing in the spec is to blame for, the larger parts may be.
        let late = round > ROUNDS / 2;
        let gave_up = (!changed || late) && retreat(spec);
        if !changed && !gave_up {
            break;
        }
    }
    errors.into_iter().for_each(|error| diagnostics.push(error));
    None
}

/// The errors of a spec.
fn compile(path: &PathBuf, documents: &[Documents], sources: &mut Sources) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::new();
    let specs = spec::read(std::slice::from_ref(path), &[], sources, &mut diagnostics);
    if !diagnostics.has_errors() {
        crate::proven(&specs, documents, &Progress::default(), &mut diagnostics);
    }
    let found = diagnostics.finish();
    found.into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// Makes a comment of the nearest part of the spec that an error is about.
fn refuse(spec: &mut Entry, error: &Diagnostic, path: &PathBuf, sources: &Sources) -> bool {
    let reason = format!("{} ({})", error.message, error.code);
    let labels = error.primary.iter().chain(&error.secondary);
    let mut places =
        labels.map(|label| &label.place).filter(|place| sources.path(place.file) == path);
    places.any(|place| {
        let steps: Vec<String> = place.segments().collect();
        spec.refuse(&steps, &reason)
    })
}

/// Gives up a whole kind of entry.
fn retreat(spec: &mut Entry) -> bool {
    let reason = "its parts do not fit together";
    ["resources", "types", "paginate", "errors", "auth", "operations"]
        .iter()
        .any(|key| spec.refuse_all(key, reason))
}
