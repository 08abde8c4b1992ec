//! `gusset diff`: what changed between two versions of a document, and which specs break.
//!
//! Compared are the lowered shapes of both, so that references, reorderings and other ways of saying the same are no
//! change. A change in a schema that many operations share is one change, of many operations.

mod answers;
mod change;
mod kinds;
mod limits;
mod operations;
mod pairs;
mod security;
mod shared;
mod specs;
mod types;

pub use change::{Change, Effect, Operations};
pub use specs::Specs;

use crate::diagnostics::Diagnostics;
use crate::ir::{Ir, Operation};
use crate::openapi::{Document, FoundOperation};
use crate::progress::Progress;
use crate::resolve::{self, Documents};
use crate::source::{Place, Sources};
use crate::{Alone, Input, Outcome, spec};
use change::Draft;
use pairs::Pairs;
use security::Security;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use types::Comparing;

/// What is compared.
#[derive(Clone, Debug, Default)]
pub struct DiffOptions {
    /// The old version.
    pub old: PathBuf,
    /// The new version.
    pub new: PathBuf,
    /// Specs of the old version, or folders of them.
    pub specs: Vec<PathBuf>,
    /// Who is told how far it is.
    pub progress: Progress,
}

/// What changed.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// All changes, those of one operation together, in the order of the new document.
    pub changes: Vec<Change>,
    /// What the specs say to it, if there are some.
    pub specs: Option<Specs>,
}

/// Compares two versions of a document.
pub fn diff(options: &DiffOptions, sources: &mut Sources) -> Outcome<Diff> {
    let mut diagnostics = Diagnostics::new();
    let value = compare(options, sources, &mut diagnostics);
    Outcome { value, diagnostics: diagnostics.settle(sources) }
}

fn compare(
    options: &DiffOptions,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Diff> {
    let old = Version::read(&options.old, &options.progress, sources, diagnostics);
    let new = Version::read(&options.new, &options.progress, sources, diagnostics);
    let changes = changes(&old?, &new?);
    let specs = match options.specs.as_slice() {
        [] => None,
        paths => Some(specs::compile(paths, (&options.old, &options.new), sources, diagnostics)?),
    };
    Some(Diff { changes, specs })
}

/// A version of a document, with all of its operations lowered.
struct Version {
    documents: Documents,
    ir: Ir,
}

impl Version {
    /// `None` after an error was pushed.
    fn read(
        path: &Path,
        progress: &Progress,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Version> {
        let mark = diagnostics.list().len();
        let alone = Alone { path: path.to_owned(), ..Alone::default() };
        let input = Input { alone: vec![alone], progress: progress.clone(), ..Input::default() };
        let mut specs = spec::read(&[], &input.alone, sources, diagnostics);
        let mut documents = resolve::load(&mut specs, &input, sources, diagnostics);
        let failed = diagnostics
            .list()
            .iter()
            .skip(mark)
            .any(|finding| finding.severity == crate::diagnostics::Severity::Error);
        if failed {
            return None;
        }
        // What both versions have wrong is no change; what a spec needs is said when it is compiled.
        let mut silent = Diagnostics::new();
        let ir = resolve::integrations(&specs, &documents, progress, &mut silent, |_, _| {});
        let _ = silent.finish();
        Some(Version { documents: documents.pop()?, ir })
    }

    fn document(&self) -> Option<&Document> {
        self.documents.list.first()
    }

    /// Lowered operations by where the document defines them.
    fn lowered(&self) -> HashMap<&Place, &Operation> {
        let all =
            self.ir.integrations.iter().flat_map(|integration| integration.operations.values());
        all.map(|operation| (&operation.defined, operation)).collect()
    }
}

fn changes(old: &Version, new: &Version) -> Vec<Change> {
    let (Some(a), Some(b)) = (old.document(), new.document()) else { return Vec::new() };
    let was: Vec<FoundOperation> = a.operations().collect();
    let is: Vec<FoundOperation> = b.operations().collect();
    let pairs = Pairs::of(&was, &is);
    let (old_lowered, new_lowered) = (old.lowered(), new.lowered());
    let mut types = Comparing::new((a, &old.ir.types), (b, &new.ir.types));
    let mut security = Security::default();
    // The changes of each operation, in the order of the new document.
    let mut found: Vec<Vec<Change>> = Vec::new();
    let calls: Vec<Arc<str>> = is.iter().map(|found| call(found).into()).collect();
    for (number, operation) in is.iter().enumerate() {
        let mut drafts = Vec::new();
        match pairs.old_of(number).map(|at| &was[at]) {
            None => {
                let draft = Draft::new("operation_added", Effect::Additive, "", "is new");
                drafts.push(draft.new_at(&operation.place));
            }
            Some(before) => {
                drafts.extend(renamed(before, operation));
                security.operation(number, (a, before), (b, operation));
                match (old_lowered.get(&before.place), new_lowered.get(&operation.place)) {
                    (Some(x), Some(y)) => {
                        drafts.extend(operations::compare(number, x, y, &mut types))
                    }
                    (Some(_), None) => {
                        let message = "can no longer be read";
                        let draft = Draft::new("operation_removed", Effect::Breaking, "", message);
                        drafts.push(draft.old(&before.place).new_at(&operation.place));
                    }
                    (None, _) => {}
                }
            }
        }
        let own: Operations = [calls[number].clone()].into();
        found.push(drafts.into_iter().map(|draft| draft.of(own.clone())).collect());
    }
    // What several operations share is told where it is met first.
    shared::merge(&mut found, &was, &is);
    for (draft, first, operations) in
        types.finish(&calls).into_iter().chain(security.finish(&calls))
    {
        if let Some(group) = found.get_mut(first) {
            group.push(draft.of(operations));
        }
    }
    let whole = security::document(a, b).into_iter().map(|draft| draft.of(Operations::default()));
    let gone = pairs.removed(&was, &is);
    let mut all: Vec<Change> = whole.chain(gone).collect();
    for mut group in found {
        group.sort_by(|x, y| (x.effect, &x.subject).cmp(&(y.effect, &y.subject)));
        all.extend(group);
    }
    all
}

fn call(found: &FoundOperation) -> String {
    format!("{} {}", found.method, found.path)
}

/// Names follow ids; requests do not.
fn renamed(before: &FoundOperation, now: &FoundOperation) -> Option<Draft> {
    if before.id == now.id {
        return None;
    }
    let id = |id: &Option<String>| id.as_ref().map_or("none".to_owned(), |id| format!("`{id}`"));
    let message = format!(
        "was {}, and is {}; specs and emitted names may follow it, requests do not",
        id(&before.id),
        id(&now.id)
    );
    let draft = Draft::new("operation_id_changed", Effect::Additive, "operationId", message);
    Some(draft.old(&before.place).new_at(&now.place))
}

#[cfg(test)]
mod tests;
