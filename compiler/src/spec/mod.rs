//! Pass 3: reads the YAML specs into syntax types.
//!
//! After it every file that is left has the shape its kind demands, every name in it can become a
//! Rust name, and every integration that a sync uses has been read.

mod alone;
mod elsewhere;
mod find;
mod lists;
mod mistyped;
mod names;
pub mod quantity;
mod schema;
pub mod syntax;
mod words;
mod yaml;

pub(crate) use find::{is_spec_text, normal};
pub(crate) use names::is_taken;
pub use schema::{Kind, json_schema};
pub(crate) use words::{LIKE, RULES};

use crate::Alone;
use crate::diagnostics::codes::spec as codes;
use crate::diagnostics::{Applicability, Diagnostic, Diagnostics, Edit, Suggestion};
use crate::ir::IntegrationId;
use crate::source::{FileId, Place, Sources};
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The version of the language that this compiler reads.
pub const VERSION: u64 = 1;

/// All specs of one compilation.
#[derive(Debug, Default)]
pub struct Specs {
    /// Integrations, in the order given or first used; their index is their [`IntegrationId`].
    pub integrations: Vec<IntegrationSpec>,
    /// Syncs, in the order given.
    pub syncs: Vec<SyncSpec>,
}

/// An integration as its file says it.
#[derive(Debug)]
pub struct IntegrationSpec {
    /// What it says.
    pub syntax: syntax::Integration,
    /// The file.
    pub place: Place,
    /// The file's folder: documents are relative to it.
    pub folder: PathBuf,
    /// Whether there is no spec, only a document: then `place` is the document's, and what the document lacks or has
    /// wrong is no error.
    pub alone: bool,
}

/// A sync as its file says it.
#[derive(Debug)]
pub struct SyncSpec {
    /// What it says.
    pub syntax: syntax::Sync,
    /// The file.
    pub place: Place,
    /// The integrations it uses, by its own names for them; those that could not be read are missing.
    pub integrations: IndexMap<String, IntegrationId>,
}

/// Reads specs: each path is a file or a folder.
pub fn read(
    paths: &[PathBuf],
    alone: &[Alone],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Specs {
    let mut reader = Reader { sources, diagnostics, specs: Specs::default(), files: Vec::new() };
    for path in paths {
        for file in find::files(path, reader.sources, reader.diagnostics) {
            reader.file(&file);
        }
    }
    reader.syncs();
    names::check(&reader.specs, reader.diagnostics);
    lists::check(&reader.specs, reader.diagnostics);
    let mut specs = reader.specs;
    alone::read(alone, &mut specs, sources, diagnostics);
    specs
}

struct Reader<'r> {
    sources: &'r mut Sources,
    diagnostics: &'r mut Diagnostics,
    specs: Specs,
    /// Files that were read, with the integration in them.
    files: Vec<(PathBuf, Option<IntegrationId>)>,
}

impl Reader<'_> {
    /// Reads a file that was asked for.
    fn file(&mut self, path: &Path) {
        let path = find::normal(path);
        if self.files.iter().any(|(known, _)| *known == path) {
            return;
        }
        if let Some(file) = self.sources.open(&path, None, self.diagnostics) {
            let id = self.text(file, &path);
            self.files.push((path, id));
        }
    }

    /// Reads the integrations that syncs use.
    fn syncs(&mut self) {
        let mut syncs = std::mem::take(&mut self.specs.syncs);
        for sync in &mut syncs {
            let folder = parent(self.sources.path(sync.place.file));
            for (name, path) in &sync.syntax.integrations {
                let place = sync.place.child("integrations").child(name);
                if let Some(id) = self.integration(&folder.join(path), &place) {
                    sync.integrations.insert(name.clone(), id);
                }
            }
        }
        self.specs.syncs = syncs;
    }

    fn integration(&mut self, path: &Path, used: &Place) -> Option<IntegrationId> {
        let path = find::normal(&find::integration_file(path));
        if let Some((_, id)) = self.files.iter().find(|(known, _)| *known == path) {
            return *id;
        }
        let file = self.sources.open(&path, Some(used), self.diagnostics)?;
        let id = self.text(file, &path);
        self.files.push((path.clone(), id));
        if id.is_none() && !self.diagnostics.has_errors() {
            let message = format!("`{}` is no integration", path.display());
            self.diagnostics.push(Diagnostic::error(codes::NOT_A_SPEC, message).at(used, ""));
        }
        id
    }

    /// Reads a text; gives the id of the integration, if it is one.
    fn text(&mut self, file: FileId, path: &Path) -> Option<IntegrationId> {
        let place = Place::root(file);
        let value = yaml::read(self.sources.text(file), &place, self.diagnostics)?;
        let kind = kind(&value, &place, self.diagnostics)?;
        schema::hold(kind, &value, &place, self.diagnostics);
        match kind {
            Kind::Integration => {
                let syntax = decode(value, &place, self.diagnostics)?;
                let spec = IntegrationSpec { syntax, place, folder: parent(path), alone: false };
                self.specs.integrations.push(spec);
                Some(IntegrationId(self.specs.integrations.len() - 1))
            }
            Kind::Sync => {
                let syntax = decode(value, &place, self.diagnostics)?;
                self.specs.syncs.push(SyncSpec { syntax, place, integrations: IndexMap::new() });
                None
            }
        }
    }
}

fn parent(path: &Path) -> PathBuf {
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The kind of a file by its top keys, if it is of a version that this compiler reads.
fn kind(value: &Value, place: &Place, diagnostics: &mut Diagnostics) -> Option<Kind> {
    let Some(members) = value.as_object() else {
        let message = "this is no spec: a spec is a mapping that starts with `gusset: 1`";
        diagnostics.push(Diagnostic::error(codes::NOT_A_SPEC, message).at(place, ""));
        return None;
    };
    let Some(version) = members.get("gusset") else {
        let mut diagnostic = Diagnostic::error(
            codes::NOT_A_SPEC,
            "this is no spec: the key `gusset` with the version of the language is missing",
        )
        .at(place, "");
        if members.contains_key("openapi") || members.contains_key("swagger") {
            diagnostic = diagnostic
                .note("this is an OpenAPI document; a spec names it with `document: FILE`")
                .help("`gusset init FILE` writes a spec for it");
        } else {
            diagnostic = diagnostic.help("write `gusset: 1` at the top");
        }
        if ["integration", "sync"].iter().any(|key| members.contains_key(*key)) {
            diagnostic = diagnostic.suggest(Suggestion {
                text: "write `gusset: 1` at the top".to_owned(),
                applicability: Applicability::MachineApplicable,
                edits: vec![Edit {
                    place: Some(place.within(0, 0)),
                    old: String::new(),
                    new: format!("gusset: {VERSION}\n"),
                }],
            });
        }
        diagnostics.push(diagnostic);
        return None;
    };
    if version.as_u64() != Some(VERSION) {
        let message = format!("version {version} of the language is not known here");
        diagnostics.push(
            Diagnostic::error(codes::WRONG_VERSION, message).at(&place.child("gusset"), "").mend(
                format!("this compiler reads version {VERSION}"),
                Applicability::MaybeIncorrect,
                version.to_string(),
                VERSION.to_string(),
            ),
        );
        return None;
    }
    match (members.contains_key("integration"), members.contains_key("sync")) {
        (true, false) => Some(Kind::Integration),
        (false, true) => Some(Kind::Sync),
        (both, _) => {
            let message = if both {
                "a file is an integration or a sync, not both"
            } else {
                "neither `integration` nor `sync` says what this file is"
            };
            let help = "write `integration: NAME` for a provider, `sync: NAME` for a sync";
            diagnostics
                .push(Diagnostic::error(codes::NOT_A_SPEC, message).at(place, "").help(help));
            None
        }
    }
}

/// Decodes a file that was held against its schema. What the schema already reported is not said again.
fn decode<T: DeserializeOwned>(
    value: Value,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    match serde_path_to_error::deserialize(value) {
        Ok(syntax) => Some(syntax),
        Err(error) => {
            if !diagnostics.has_errors() {
                let mut at = place.clone();
                for segment in error.path() {
                    use serde_path_to_error::Segment;
                    match segment {
                        Segment::Seq { index } => at = at.child(index),
                        Segment::Map { key } => at = at.child(key),
                        Segment::Enum { .. } | Segment::Unknown => {}
                    }
                }
                let message = error.inner().to_string();
                diagnostics.push(Diagnostic::error(codes::WRONG_TYPE, message).at(&at, ""));
            }
            None
        }
    }
}

#[cfg(test)]
mod tests;
