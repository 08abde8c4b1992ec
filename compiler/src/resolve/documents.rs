//! The documents of an integration: the spec's own, or those that are given instead.

use super::{alone, overlays};
use crate::diagnostics::codes::spec::DOCUMENTS;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::openapi::{Document, Overlay};
use crate::source::{Place, Sources};
use crate::spec::{IntegrationSpec, Specs};
use crate::{DocumentOverride, Input};
use std::path::{Path, PathBuf};

/// The documents of one integration.
#[derive(Debug, Default)]
pub struct Documents {
    pub(crate) list: Vec<Document>,
    /// Whether a document was given instead of one of the spec's: what it lacks is left out.
    pub(crate) partial: bool,
}

/// Loads the documents of all integrations, in their order.
///
/// A document alone says here what its integration is called.
pub fn load(
    specs: &mut Specs,
    input: &Input,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Documents> {
    check(&input.documents, specs, diagnostics);
    let all = specs.integrations.iter();
    let plans: Vec<Plan> = all.map(|spec| plan(spec, input, sources, diagnostics)).collect();
    let paths: Vec<PathBuf> = plans.iter().flat_map(|p| &p.list).map(|d| d.path.clone()).collect();
    let given = overlays::given(&input.overlays, &paths, sources, diagnostics);
    let mut documents = Vec::new();
    for (spec, plan) in specs.integrations.iter().zip(plans) {
        let own: Vec<PathBuf> = plan.list.iter().map(|document| document.path.clone()).collect();
        let named = overlays::of_spec(spec, &own, sources, diagnostics);
        let mut list = Vec::new();
        for Planned { name, path, place } in plan.list {
            let named = named.iter().filter(|o| overlays::is_for(o, &path, own.len()));
            let given = given.iter().filter(|o| overlays::is_for(o, &path, paths.len()));
            let all: Vec<&Overlay> = named.chain(given).collect();
            let place = place.as_ref();
            list.extend(Document::load_with(sources, &path, name, place, &all, diagnostics));
        }
        documents.push(Documents { list, partial: plan.partial });
    }
    alone::introduce(specs, &documents, sources);
    documents
}

/// The documents that are to be loaded for one integration.
#[derive(Default)]
struct Plan {
    list: Vec<Planned>,
    partial: bool,
}

struct Planned {
    name: Option<String>,
    path: PathBuf,
    /// Where the spec names it.
    place: Option<Place>,
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

/// Which documents an integration has: its own, or what is given instead.
fn plan(
    spec: &IntegrationSpec,
    input: &Input,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let overrides = &input.documents;
    let bare = |path: PathBuf| vec![Planned { name: None, path, place: None }];
    if spec.alone {
        let path = sources.path(spec.place.file).to_owned();
        return Plan { list: bare(path), partial: false };
    }
    if let Some(whole) = overrides.iter().find(|o| o.name.is_none()) {
        return Plan { list: bare(whole.path.clone()), partial: true };
    }
    let mut plan = Plan::default();
    for (name, path, place) in declared(spec, diagnostics) {
        let key = name.as_deref().unwrap_or(&spec.syntax.integration);
        plan.list.push(match overrides.iter().find(|o| o.name.as_deref() == Some(key)) {
            Some(given) => {
                plan.partial = true;
                Planned { name, path: given.path.clone(), place: None }
            }
            None => {
                let path = located(spec, &path);
                let by = input.replacements.iter().find(|other| other.document == path);
                let path = by.map_or(path, |other| crate::spec::normal(&other.by));
                Planned { name, path, place: Some(place) }
            }
        });
    }
    plan
}

/// The documents that a spec names.
pub(crate) fn documents_of(spec: &IntegrationSpec, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let declared = declared(spec, diagnostics).into_iter();
    declared.map(|(_, path, _)| located(spec, &path)).collect()
}

fn located(spec: &IntegrationSpec, path: &Path) -> PathBuf {
    crate::spec::normal(&spec.folder.join(path))
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
