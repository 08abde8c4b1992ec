//! The Gusset compiler: OpenAPI documents and YAML specs in, checked IR, typed Rust out.
//!
//! It prints nothing and never exits; findings are [`diagnostics`]. A spec that compiles does what it says:
//! see the error index for what is proven.

pub mod build;
pub mod cel;
pub mod check;
pub mod diagnostics;
pub mod diff;
pub mod emit;
pub mod estimate;
pub mod fix;
mod generate;
pub mod init;
pub mod ir;
pub mod openapi;
pub mod progress;
pub mod proofs;
pub mod report;
pub mod resolve;
pub mod source;
pub mod spec;

pub use build::build;
pub use generate::{GenerateOptions, Generated, generate};
pub use spec::syntax::UnknownMembers;

use diagnostics::{Diagnostic, Diagnostics, Stop};
use progress::{Progress, Step};
use source::Sources;
use std::collections::HashSet;
use std::path::PathBuf;

/// What is to be compiled.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Spec files, or folders of them.
    pub specs: Vec<PathBuf>,
    /// Documents to read instead of the specs' own.
    pub documents: Vec<DocumentOverride>,
    /// Documents that are read in place of others, as if the specs named them.
    pub replacements: Vec<Replacement>,
    /// OpenAPI Overlays, applied to the documents after those that specs name. Where there are several documents, an
    /// overlay says by `extends` which it is for.
    pub overlays: Vec<PathBuf>,
    /// Documents without a spec: each is an integration with its whole API.
    pub alone: Vec<Alone>,
    /// Who is told how far it is.
    pub progress: Progress,
}

/// A document without a spec: what a spec would say follows from the document.
#[derive(Clone, Debug, Default)]
pub struct Alone {
    /// The name of the integration; without it, from the document's title or the name of the file.
    pub name: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// The operations that are selected: `tag:NAME`, `path:/things/**`, `GET /things`, or a name such as `list_*`.
    /// Empty: all.
    pub include: Vec<String>,
    /// What is selected, but for these.
    pub exclude: Vec<String>,
    /// What happens to members that the document does not know.
    pub unknown_members: UnknownMembers,
}

/// A document to read instead of a spec's own: `--document [NAME=]FILE`. What it lacks is left out, with a warning.
#[derive(Clone, Debug)]
pub struct DocumentOverride {
    /// The document it replaces, by its name in `documents` or by the name of the integration; all without a name.
    pub name: Option<String>,
    /// The file.
    pub path: PathBuf,
}

/// A document that is read in place of another that specs name. What it lacks is an error, other than for a
/// [`DocumentOverride`].
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The document that specs name.
    pub document: PathBuf,
    /// The document that is read.
    pub by: PathBuf,
}

/// What a compilation gives: a value unless there were errors, and everything that was found.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The value; `None` if there were errors.
    pub value: Option<T>,
    /// Errors, then warnings, each by file and line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks specs: everything up to emission. Files come from `sources`, which also knows afterwards what was read.
pub fn check(input: &Input, sources: &mut Sources) -> Outcome<ir::Ir> {
    let mut diagnostics = Diagnostics::new();
    let ir = checked(input, sources, &mut diagnostics);
    Outcome { value: ir.ok(), diagnostics: diagnostics.settle(sources) }
}

/// All passes: reads, proves and emits. There are units only if there were no errors.
pub fn compile(input: &Input, sources: &mut Sources) -> Outcome<Vec<emit::Unit>> {
    let Outcome { value, diagnostics } = check(input, sources);
    // Emission cannot fail: everything that it needs is in the IR.
    Outcome { value: value.map(|ir| emit::emit(&ir, sources)), diagnostics }
}

/// The passes up to emission in order; each collects all its findings, and only the borders stop.
fn checked(
    input: &Input,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<ir::Ir, Stop> {
    input.progress.tell(Step::Reading);
    // Specs have the shape that the language demands, and every integration that a sync uses is among them.
    let mut specs = spec::read(&input.specs, &input.alone, sources, diagnostics);
    diagnostics.stop_if_errors()?;
    // Each document is one of a known version, with every file that it refers to; one alone has a spec now.
    let documents = resolve::load(&mut specs, input, sources, diagnostics);
    diagnostics.stop_if_errors()?;
    // Every name is resolved, every path into a message is typed, every expression is compiled; what is emitted will
    // do what the specs say. Integrations first, each by itself, then the syncs of those that are right: what a sync
    // says about a wrong one would be wrong again.
    let ir = proven(&specs, &documents, &input.progress, diagnostics);
    diagnostics.stop_if_errors()?;
    Ok(ir)
}

/// The IR, as far as it is right.
pub(crate) fn proven(
    specs: &spec::Specs,
    documents: &[resolve::Documents],
    progress: &Progress,
    diagnostics: &mut Diagnostics,
) -> ir::Ir {
    let mut right = HashSet::new();
    let check = |one: &resolve::Resolved<'_>, diagnostics: &mut Diagnostics| {
        progress.tell(Step::Checking);
        let before = diagnostics.errors();
        check::integration(one.ir, one.integration, one.spec, diagnostics);
        // A document that was given instead may say what the spec's own does not.
        if !one.documents.partial && !one.spec.alone {
            check::reasons::check(one.spec, one.facts, diagnostics);
        }
        if diagnostics.errors() == before {
            right.insert(one.id);
        }
    };
    let mut ir = resolve::integrations(specs, documents, progress, diagnostics, check);
    let is_right = |id: &ir::IntegrationId| right.contains(id);
    for sync in specs.syncs.iter().filter(|sync| sync.integrations.values().all(is_right)) {
        resolve::sync(sync, documents, &mut ir, diagnostics);
    }
    if !diagnostics.has_errors() {
        check::syncs(&ir, diagnostics);
    }
    ir
}
