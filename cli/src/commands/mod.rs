//! One file per command.

pub(crate) mod check;
pub(crate) mod connect;
pub(crate) mod connections;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod init;
pub(crate) mod logs;
mod members;
pub(crate) mod sandbox;
pub(crate) mod schema;

use clap::Args;
use gusset_compiler::diagnostics::{Diagnostic, Severity};
use gusset_compiler::{Alone, DocumentOverride, Input, UnknownMembers};
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

/// Something that is not about the specs: a file that cannot be written, a port in use. Exit status 2.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Failure(text.into())
    }
}

impl Failure {
    /// About a file or folder.
    pub(crate) fn at(path: impl fmt::Display, error: &std::io::Error) -> Self {
        Failure(format!("{path}: {error}"))
    }
}

/// 0 without errors, 2 if a file could not be read, else 1.
pub(crate) fn status(diagnostics: &[Diagnostic]) -> ExitCode {
    let errors = || diagnostics.iter().filter(|d| d.severity == Severity::Error);
    if errors().next().is_none() {
        ExitCode::SUCCESS
    } else if errors().any(|d| d.code.is_about_a_file()) {
        ExitCode::from(2)
    } else {
        ExitCode::from(1)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.to_string())
    }
}

/// Which specs, and which documents instead of those they name.
#[derive(Args, Debug)]
pub(crate) struct Specs {
    /// Spec files, or folders with specs in them; without any, `specs`, or the documents alone
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Use this OpenAPI document instead of the spec's (of its document NAME): what the document does not contain is
    /// left out, with a warning. Without PATH, the document alone: its whole API as an integration (called NAME)
    #[arg(long = "document", value_name = "[NAME=]FILE", value_parser = document)]
    documents: Vec<DocumentOverride>,

    /// Apply this OpenAPI Overlay to the document, after those that a spec names
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,

    /// What a document alone is called; by default, what its title says
    #[arg(long, value_name = "NAME", requires = "documents", conflicts_with = "paths")]
    name: Option<String>,

    /// Of a document alone, only these operations: `tag:NAME`, `path:/things/**`, `GET /things/{id}`, or a name such as
    /// `list_*` (of the emitted operation or an operationId). In paths `*` stands for a segment or a part of it, `**`
    /// for any number of segments, and names of parameters do not matter; elsewhere `*` stands for any text.
    /// May be given several times; a spec has `include:` and `exclude:`
    #[arg(long, value_name = "PATTERN", num_args = 1.., requires = "documents", conflicts_with = "paths")]
    include: Vec<String>,

    /// Of a document alone, not these operations; the same patterns
    #[arg(long, value_name = "PATTERN", num_args = 1.., requires = "documents", conflicts_with = "paths")]
    exclude: Vec<String>,

    /// Keep members that a document alone does not know, in `rest`; by default, they are ignored
    #[arg(long, value_name = "keep|ignore", value_parser = unknown_members, requires = "documents", conflicts_with = "paths")]
    unknown_members: Option<UnknownMembers>,
}

impl Specs {
    pub(crate) fn input(&self) -> Input {
        let overlays = self.overlays.clone();
        if self.paths.is_empty() && !self.documents.is_empty() {
            let one = |given: &DocumentOverride| Alone {
                name: given.name.clone().or_else(|| self.name.clone()),
                path: given.path.clone(),
                include: self.include.clone(),
                exclude: self.exclude.clone(),
                unknown_members: self.unknown_members.unwrap_or_default(),
            };
            let alone = self.documents.iter().map(one).collect();
            return Input { alone, overlays, ..Input::default() };
        }
        let specs = if self.paths.is_empty() { vec!["specs".into()] } else { self.paths.clone() };
        Input { specs, documents: self.documents.clone(), overlays, ..Input::default() }
    }
}

fn unknown_members(text: &str) -> Result<UnknownMembers, String> {
    match text {
        "keep" => Ok(UnknownMembers::Keep),
        "ignore" => Ok(UnknownMembers::Ignore),
        _ => Err("it is `keep` or `ignore`".to_owned()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape that clap asks for")]
fn document(text: &str) -> Result<DocumentOverride, String> {
    Ok(match text.split_once('=') {
        Some((name, path)) if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {
            DocumentOverride { name: Some(name.to_owned()), path: PathBuf::from(path) }
        }
        _ => DocumentOverride { name: None, path: PathBuf::from(text) },
    })
}
