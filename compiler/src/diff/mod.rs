//! `gusset diff`: what changed between two versions of a document, and which specs break.
//!
//! Compared are the lowered shapes of both, so that references, reorderings and other ways of saying the same are no
//! change. A change in a schema that many operations share is one change, of many operations.

mod change;
mod operations;
mod security;
mod specs;
mod types;

pub use change::{Change, Effect};
pub use specs::Specs;

use crate::diagnostics::{Diagnostics, put_in_order};
use crate::ir::{Ir, Operation};
use crate::openapi::{Document, FoundOperation, unnamed};
use crate::progress::Progress;
use crate::resolve::{self, Documents};
use crate::source::{Place, Sources};
use crate::{Alone, Input, Outcome, spec};
use change::Draft;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
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
    let mut diagnostics = diagnostics.finish();
    put_in_order(&mut diagnostics, sources);
    Outcome { value, diagnostics }
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
        let ir = resolve::integrations(&specs, &documents, progress, &mut silent);
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
    let key = |found: &FoundOperation| (found.method.clone(), unnamed(&found.path));
    let by_key: HashMap<_, &FoundOperation> = was.iter().map(|found| (key(found), found)).collect();
    let (old_lowered, new_lowered) = (old.lowered(), new.lowered());
    let mut types = Comparing::new(&old.ir.types, &new.ir.types);
    // The changes of each operation, in the order of the new document.
    let mut found: Vec<Vec<Change>> = Vec::new();
    let calls: Vec<String> = is.iter().map(call).collect();
    for (number, operation) in is.iter().enumerate() {
        let mut drafts = Vec::new();
        match by_key.get(&key(operation)) {
            None => {
                let draft = Draft::new("operation_added", Effect::Additive, "", "is new");
                drafts.push(draft.new_at(&operation.place));
            }
            Some(before) => {
                drafts.extend(renamed(before, operation));
                drafts.extend(security::operation((a, before), (b, operation)));
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
        let own = |draft: Draft| draft.of(vec![calls[number].clone()]);
        found.push(drafts.into_iter().map(own).collect());
    }
    for (draft, operations) in types.finish() {
        let names = operations.iter().map(|number| calls[*number].clone()).collect();
        // It is told where it is met first.
        if let Some(group) = operations.first().and_then(|number| found.get_mut(*number)) {
            group.push(draft.of(names));
        }
    }
    let whole = security::document(a, b).into_iter().map(|draft| draft.of(Vec::new()));
    let gone = removed(&was, &is);
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

/// Operations that are gone; where one of the same id is new, they moved.
fn removed(was: &[FoundOperation], is: &[FoundOperation]) -> Vec<Change> {
    let key = |found: &FoundOperation| (found.method.clone(), unnamed(&found.path));
    let known: HashSet<_> = is.iter().map(key).collect();
    let before: HashSet<_> = was.iter().map(key).collect();
    let fresh: HashMap<&str, &FoundOperation> = is
        .iter()
        .filter(|found| !before.contains(&key(found)))
        .filter_map(|found| Some((found.id.as_deref()?, found)))
        .collect();
    let gone = was.iter().filter(|found| !known.contains(&key(found)));
    gone.map(|found| {
        let moved = found.id.as_deref().and_then(|id| fresh.get(id));
        let message = match moved {
            Some(to) => format!("is gone; `{}` has its id", call(to)),
            None => "is gone".to_owned(),
        };
        let draft =
            Draft::new("operation_removed", Effect::Breaking, "", message).old(&found.place);
        let draft = match moved {
            Some(to) => draft.new_at(&to.place),
            None => draft,
        };
        draft.of(vec![call(found)])
    })
    .collect()
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
