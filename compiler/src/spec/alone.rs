//! Documents without a spec: each gets one in memory that says nothing yet.

use super::{IntegrationSpec, Specs, VERSION, find, parent, syntax};
use crate::Alone;
use crate::diagnostics::Diagnostics;
use crate::source::{Place, Sources};
use indexmap::IndexMap;

/// Adds a spec for each document.
pub(super) fn read(
    alone: &[Alone],
    specs: &mut Specs,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    for document in alone {
        let path = find::normal(&document.path);
        let Some(file) = sources.open(&path, None, diagnostics) else { continue };
        specs.integrations.push(IntegrationSpec {
            syntax: silent(document),
            place: Place::root(file),
            folder: parent(&path),
            alone: true,
        });
    }
}

/// A spec that selects operations, and says nothing else.
fn silent(document: &Alone) -> syntax::Integration {
    let everything = || vec!["/**".to_owned()];
    syntax::Integration {
        gusset: u32::try_from(VERSION).unwrap_or(1),
        integration: document.name.clone().unwrap_or_default(),
        about: syntax::About::default(),
        document: None,
        documents: IndexMap::new(),
        overlays: Vec::new(),
        server: None,
        settings: IndexMap::new(),
        auth: IndexMap::new(),
        limits: IndexMap::new(),
        errors: syntax::Errors::default(),
        hooks: IndexMap::new(),
        operations: IndexMap::new(),
        include: match document.include.as_slice() {
            [] => everything(),
            some => some.to_vec(),
        },
        exclude: document.exclude.clone(),
        types: IndexMap::new(),
        unknown_members: document.unknown_members,
        resources: IndexMap::new(),
        verify: None,
        sandbox: IndexMap::new(),
    }
}
