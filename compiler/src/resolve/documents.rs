//! The documents of an integration: the spec's own, or those that are given instead.

use super::alone;
use crate::DocumentOverride;
use crate::diagnostics::codes::spec::DOCUMENTS;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::openapi::Document;
use crate::source::{Place, Sources};
use crate::spec::{IntegrationSpec, Specs};
use std::path::PathBuf;

/// The documents of one integration.
#[derive(Debug, Default)]
pub struct Documents {
    pub(super) list: Vec<Document>,
    /// Whether a document was given instead of one of the spec's: what it lacks is left out.
    pub(super) partial: bool,
}

/// Loads the documents of all integrations, in their order.
///
/// A document alone says here what its integration is called.
pub fn load(
    specs: &mut Specs,
    overrides: &[DocumentOverride],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Documents> {
    check(overrides, specs, diagnostics);
    let all = specs.integrations.iter();
    let documents: Vec<Documents> =
        all.map(|spec| load_of(spec, overrides, sources, diagnostics)).collect();
    alone::introduce(specs, &documents, sources);
    documents
}

/// Reports overrides that no spec has a document for.
fn check(overrides: &[DocumentOverride], specs: &Specs, diagnostics: &mut Diagnostics) {
    for given in overrides {
        let path = given.path.display();
        match &given.name {
            Some(name) => {
                let known = || {
                    let named = specs.integrations.iter().flat_map(|i| i.syntax.documents.keys());
                    let only = specs.integrations.iter().map(|i| &i.syntax.integration);
                    named.chain(only).map(String::as_str)
                };
                if !known().any(|known| known == name) {
                    let message =
                        format!("no spec has a document `{name}` for `{path}` to replace");
                    diagnostics.push(Diagnostic::error(DOCUMENTS, message).nearest(name, known()));
                }
            }
            None if specs.integrations.len() != 1 => {
                let message = format!(
                    "`{path}` could replace the document of any of {} integrations",
                    specs.integrations.len()
                );
                diagnostics.push(
                    Diagnostic::error(DOCUMENTS, message)
                        .help("say which: `--document NAME=FILE`, or give one spec"),
                );
            }
            None => {}
        }
    }
}

/// Loads the documents of an integration.
fn load_of(
    spec: &IntegrationSpec,
    overrides: &[DocumentOverride],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Documents {
    let mut documents = Documents::default();
    if spec.alone {
        let path = sources.path(spec.place.file).to_owned();
        documents.list.extend(Document::load(sources, &path, None, None, diagnostics));
        return documents;
    }
    if let Some(whole) = overrides.iter().find(|o| o.name.is_none()) {
        documents.partial = true;
        documents.list.extend(Document::load(sources, &whole.path, None, None, diagnostics));
        return documents;
    }
    for (name, path, place) in declared(spec, diagnostics) {
        let key = name.as_deref().unwrap_or(&spec.syntax.integration);
        let instead = overrides.iter().find(|o| o.name.as_deref() == Some(key));
        let document = match instead {
            Some(given) => {
                documents.partial = true;
                Document::load(sources, &given.path, name, None, diagnostics)
            }
            None => {
                let path = crate::spec::normal(&spec.folder.join(path));
                Document::load(sources, &path, name, Some(&place), diagnostics)
            }
        };
        documents.list.extend(document);
    }
    documents
}

/// Name, path and place of each document that the spec names.
fn declared(
    spec: &IntegrationSpec,
    diagnostics: &mut Diagnostics,
) -> Vec<(Option<String>, PathBuf, Place)> {
    let syntax = &spec.syntax;
    let section = spec.place.child("documents");
    match (&syntax.document, syntax.documents.is_empty()) {
        (Some(path), true) => {
            vec![(None, PathBuf::from(path), spec.place.child("document"))]
        }
        (None, false) => {
            let one = |(name, path): (&String, &String)| {
                (Some(name.clone()), PathBuf::from(path), section.child(name))
            };
            syntax.documents.iter().map(one).collect()
        }
        (Some(_), false) => {
            diagnostics.push(
                Diagnostic::error(DOCUMENTS, "a spec has `document` or `documents`, not both")
                    .at(&section.key(), "")
                    .and(&spec.place.child("document").key(), "the other"),
            );
            Vec::new()
        }
        (None, true) => {
            diagnostics.push(
                Diagnostic::error(DOCUMENTS, "the spec names no OpenAPI document")
                    .at(&spec.place.child("integration"), "")
                    .help("add `document: openapi.yaml`"),
            );
            Vec::new()
        }
    }
}
