//! Pass 2: reads OpenAPI documents.
//!
//! A document stays a tree of [`Json`](crate::source::Json); what a spec selects is read from it *on its own*, one path
//! item, operation, parameter, response or schema at a time. So one bad schema costs that schema, and what nothing selects
//! is never read.
//!
//! When this pass is done, the version is known, every operation can be found by id or by method and path, and
//! every file that a `$ref` can lead to is loaded.

mod beside;
mod level;
mod model;
mod node;
mod operations;
mod overlay;
mod refs;
mod rewritten;
mod security;
mod servers;
mod swagger;
mod version;

pub use level::{Keep, Level};
pub use model::{Schema, SchemaType, ShapeError};
pub use node::Node;
pub(crate) use operations::unnamed;
pub use operations::{FoundOperation, Selector};
pub use overlay::Overlay;
pub use refs::{RefError, RefErrorKind};
pub(crate) use security::Wanted;
pub use security::{OAuthFlow, SecurityScheme};
pub(crate) use servers::{Piece, Variable, pieces};
pub use version::Version;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};
use operations::Entry;
use refs::Files;
use std::path::Path;

/// An OpenAPI document, with the other files that it refers to.
#[derive(Debug)]
pub struct Document {
    /// Its name in the spec, where the spec has several.
    pub name: Option<String>,
    /// The file.
    pub file: FileId,
    version: Version,
    files: Files,
    entries: Vec<Entry>,
    /// What a rewriting could not say, in the order of the places that it is about.
    findings: Vec<Diagnostic>,
    /// What may have been meant as operations.
    lost: Vec<Diagnostic>,
}

impl Document {
    /// Loads a document. `asked` is where a spec names it.
    ///
    /// `None` after an error was pushed.
    pub fn load(
        sources: &mut Sources,
        path: &Path,
        name: Option<String>,
        asked: Option<&Place>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document> {
        Document::load_with(sources, path, name, asked, &[], diagnostics)
    }

    /// Loads a document and applies overlays to it, in order.
    ///
    /// `None` after an error was pushed.
    pub fn load_with(
        sources: &mut Sources,
        path: &Path,
        name: Option<String>,
        asked: Option<&Place>,
        overlays: &[&Overlay],
        diagnostics: &mut Diagnostics,
    ) -> Option<Document> {
        let file = sources.open(path, asked, diagnostics)?;
        let mut value = sources.json(file, diagnostics)?;
        if !overlays.is_empty() {
            let mut changed = value.into_value();
            overlay::apply(overlays, sources, file, &mut changed, diagnostics);
            value = changed.into();
        }
        let version = match version::recognise(&value, file) {
            Ok(version) => version,
            Err(finding) => {
                diagnostics.push(match asked {
                    Some(asked) => finding.and(asked, "named here"),
                    None => finding,
                });
                return None;
            }
        };
        let defaults = swagger::Defaults::of(&value);
        let mut files = Files::load(sources, file, path, value, overlays);
        sources.let_go();
        let mut findings = match version {
            Version::V2_0 => {
                let ids = files.ids();
                let distant: Vec<_> =
                    ids.iter().map(|file| swagger::distant(&mut files, *file)).collect();
                let mut parts: Vec<_> = distant.iter().flat_map(|d| d.parts.clone()).collect();
                parts.sort_unstable();
                parts.dedup();
                let mut findings = Vec::new();
                for (file, distant) in ids.into_iter().zip(distant) {
                    let here = parts.iter().filter(|(place, _)| place.file == file);
                    let here: Vec<_> =
                        here.map(|(place, kind)| (place.pointer.to_string(), *kind)).collect();
                    findings.extend(files.rewrite(sources, file, |value, file| {
                        swagger::rewrite(value, file, &defaults, distant, &here)
                    }));
                }
                findings
            }
            Version::V3_0 => Vec::new(),
            Version::V3_1 => files
                .ids()
                .into_iter()
                .flat_map(|f| files.rewrite(sources, f, beside::rewrite))
                .collect(),
        };
        findings.sort_by(|a, b| about(a).cmp(&about(b)));
        let entries = Vec::new();
        let lost = Vec::new();
        let mut document = Document { name, file, version, files, entries, findings, lost };
        (document.entries, document.lost) = operations::index(&document);
        Some(document)
    }

    /// The whole document.
    #[must_use]
    pub fn root(&self) -> Place {
        Place::root(self.file)
    }

    /// The version it says it has.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The value at a place of this document, or of a file that it refers to.
    #[must_use]
    pub fn node(&self, place: &Place) -> Option<Node<'_>> {
        self.files.node(place)
    }

    /// Follows the `$ref`s of a node until there is none.
    ///
    /// # Errors
    /// Where the chain breaks, and why.
    pub fn resolve<'d>(&'d self, node: Node<'d>) -> Result<Node<'d>, RefError> {
        self.files.resolve(node)
    }

    /// The operation that a spec selects.
    #[must_use]
    pub fn find(&self, selector: &Selector) -> Option<FoundOperation> {
        operations::find(&self.entries, selector)
    }

    /// What the rewriting of an operation, or of its path item, could not say.
    pub fn findings(&self, operation: &FoundOperation) -> impl Iterator<Item = &Diagnostic> {
        let places = [operation.place.clone(), operation.item.child("parameters")];
        places.into_iter().flat_map(|place| {
            let at = (place.file, &*place.pointer);
            let first = self.findings.partition_point(|found| about(found) < Some(at));
            let below = self.findings[first..].iter().take_while({
                let place = place.clone();
                move |found| {
                    about(found).is_some_and(|(file, at)| {
                        file == place.file && at.starts_with(&*place.pointer)
                    })
                }
            });
            // `/paths/a` is no part of `/paths/ab`.
            let is_within = move |at: &Place| at.is_within(&place);
            below.filter(move |found| found.primary.iter().any(|label| is_within(&label.place)))
        })
    }

    /// What stands where operations should, and cannot be read as such.
    #[must_use]
    pub fn lost(&self) -> &[Diagnostic] {
        &self.lost
    }

    /// All `operationId`s, in order.
    #[must_use]
    pub fn operation_ids(&self) -> Vec<String> {
        self.entries.iter().filter_map(|e| e.id.clone()).collect()
    }

    /// All operations as `GET /path`, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.entries.iter().map(|e| format!("{} {}", e.method, e.path)).collect()
    }

    /// The names of the webhooks: requests that the provider makes. They are data, no operations.
    #[must_use]
    pub fn webhooks(&self) -> Vec<(&str, Node<'_>)> {
        let webhooks = self.root_node().and_then(|root| root.get("webhooks"));
        let resolved = |(name, node)| Some((name, self.resolve(node).ok()?));
        webhooks.iter().flat_map(Node::entries).filter_map(resolved).collect()
    }

    /// All operations, in order.
    pub fn operations(&self) -> impl Iterator<Item = FoundOperation> + '_ {
        self.entries.iter().map(Entry::found)
    }

    /// What a text that is not written as `$ref` refers to, as the values of a discriminator's mapping are.
    #[must_use]
    pub fn follow(&self, from: &Node<'_>, target: &str) -> Option<Node<'_>> {
        self.files.follow(from, target).ok().and_then(|node| self.files.resolve(node).ok())
    }

    /// The names under `components.schemas`.
    #[must_use]
    pub fn schema_names(&self) -> Vec<String> {
        let schemas = self.root_node().and_then(|root| root.at(&["components", "schemas"]));
        schemas.map(|s| s.keys().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// The schema of that name under `components.schemas`.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<Node<'_>> {
        self.root_node()?.at(&["components", "schemas", name])
    }

    /// `info.title`.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.root_node()?.get("info")?.str("title")
    }

    /// The URLs under `servers`, with the defaults of their variables.
    #[must_use]
    pub fn servers(&self) -> Vec<String> {
        let servers = self.root_node().and_then(|root| root.get("servers"));
        servers.iter().flat_map(Node::items).filter_map(|server| server_url(&server)).collect()
    }

    fn root_node(&self) -> Option<Node<'_>> {
        self.node(&self.root())
    }
}

/// Where the thing is that a finding is about, in an order in which all that is below a place follows it.
fn about(finding: &Diagnostic) -> Option<(FileId, &str)> {
    finding.primary.as_ref().map(|label| (label.place.file, &*label.place.pointer))
}

fn server_url(server: &Node<'_>) -> Option<String> {
    let mut url = server.level::<openapiv3::Server>().ok()?.url;
    for (name, variable) in server.get("variables").iter().flat_map(Node::entries) {
        if let Ok(variable) = variable.level::<openapiv3::ServerVariable>() {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
    }
    Some(url)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod total;
