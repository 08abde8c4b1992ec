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
            syntax: empty(document.name.clone().unwrap_or_default()),
            place: Place::root(file),
            folder: parent(&path),
            alone: true,
        });
    }
}

fn empty(name: String) -> syntax::Integration {
    syntax::Integration {
        gusset: u32::try_from(VERSION).unwrap_or(1),
        integration: name,
        about: syntax::About::default(),
        document: None,
        documents: IndexMap::new(),
        server: None,
        settings: IndexMap::new(),
        auth: IndexMap::new(),
        limits: IndexMap::new(),
        errors: syntax::Errors::default(),
        operations: IndexMap::new(),
        types: IndexMap::new(),
        unknown_members: syntax::UnknownMembers::default(),
        resources: IndexMap::new(),
        sandbox: IndexMap::new(),
    }
}
