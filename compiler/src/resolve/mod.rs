//! Pass 4: ties documents and specs into the IR.
//!
//! After it every name is resolved, every path into a message leads somewhere, and every expression has a
//! type. What an override or an assumption relies on is a [`Fact`] with its reason.

mod alone;
mod auth;
mod credentials;
pub(crate) mod documented;
mod documents;
mod errors;
mod feeds;
mod gives;
mod hooks;
mod include;
mod integration;
mod items;
mod limits;
pub mod lower;
mod meant;
mod message;
pub mod names;
mod oauth;
mod operations;
pub(crate) mod origin;
mod overlays;
pub(crate) mod pagination;
pub mod paths;
pub(crate) mod placeholder;
mod presets;
mod resources;
mod scopes;
mod security;
pub(crate) mod server;
mod servers;
mod settings;
pub(crate) mod slots;
pub(crate) mod sync;
pub(crate) mod templates;
pub(crate) mod times;
mod unions;
mod upserts;
mod verify;
mod within;

pub(crate) use documents::documents_of;
pub use documents::{Documents, load};

use crate::diagnostics::codes::spec::{NO_BECAUSE, UNDECLARED};
use crate::diagnostics::{Applicability, Diagnostic, Diagnostics, Severity};
use crate::ir::{Fact, Integration, IntegrationId, Ir, Operation, Standing, Types};
use crate::openapi::Document;
use crate::progress::Progress;
use crate::source::Place;
use crate::spec::{IntegrationSpec, Specs, SyncSpec};
use indexmap::IndexMap;
use std::collections::HashSet;

/// An integration of which nothing is wrong so far.
pub(crate) struct Resolved<'r> {
    pub(crate) id: IntegrationId,
    pub(crate) spec: &'r IntegrationSpec,
    pub(crate) documents: &'r Documents,
    /// All that is resolved so far.
    pub(crate) ir: &'r Ir,
    pub(crate) integration: &'r Integration,
    /// What it relies on.
    pub(crate) facts: &'r [Fact],
}

/// Resolves all integrations, each by itself, and no sync. `documents` are those of the integrations, in their order;
/// `then` sees those that are right, one after another.
pub(crate) fn integrations(
    specs: &Specs,
    documents: &[Documents],
    progress: &Progress,
    diagnostics: &mut Diagnostics,
    mut then: impl FnMut(&Resolved<'_>, &mut Diagnostics),
) -> Ir {
    let mut ir = Ir::default();
    for (number, (spec, documents)) in specs.integrations.iter().zip(documents).enumerate() {
        let (before, known) = (diagnostics.errors(), ir.facts.len());
        let id = IntegrationId(number);
        let integration = integration::resolve(id, spec, documents, progress, &mut ir, diagnostics);
        ir.integrations.push(integration);
        let (Some(integration), Some(facts)) = (ir.integrations.last(), ir.facts.get(known..))
        else {
            continue;
        };
        if diagnostics.errors() == before {
            then(&Resolved { id, spec, documents, ir: &ir, integration, facts }, diagnostics);
        }
    }
    ir
}

/// Resolves a sync, whose integrations were resolved; `documents` are those of all integrations.
pub fn sync(spec: &SyncSpec, documents: &[Documents], ir: &mut Ir, diagnostics: &mut Diagnostics) {
    let resolved = sync::resolve_sync(
        &spec.syntax,
        &spec.place,
        ir,
        &spec.integrations,
        documents,
        diagnostics,
    );
    if let Some(resolved) = resolved {
        let facts = sync::told(&spec.syntax, &resolved, ir);
        ir.facts.extend(facts);
        ir.syncs.push(resolved);
    }
}

/// What the parts of an integration share while they are resolved.
struct Context<'c> {
    id: IntegrationId,
    spec: &'c IntegrationSpec,
    documents: &'c [Document],
    /// Whether a document was given instead of one of the spec's: what it lacks is left out.
    partial: bool,
    types: &'c mut Types,
    facts: &'c mut Vec<Fact>,
    /// What hooks set, which operations do not take any more.
    setters: hooks::Setters,
    /// What is resolved so far; later sections refer to it.
    operations: IndexMap<String, Operation>,
    /// Ways to authorise of which something was reported: what follows from that is not said again.
    doubtful_auth: Vec<String>,
    /// Operations that seem to be others than those that are meant: what follows from that is not said again.
    doubtful_operations: HashSet<String>,
    /// Ways to authorise that ask for scopes which are not known.
    unknown_scopes: HashSet<String>,
    /// Security schemes of which it was said that the spec declares none of them.
    said_no_auth: HashSet<Vec<String>>,
    /// Sections of which it was said that they lack a `because`.
    reasonless: HashSet<Vec<String>>,
    /// What operations need to be authorised.
    needs: Vec<scopes::Need>,
    progress: &'c Progress,
    diagnostics: &'c mut Diagnostics,
}

impl Context<'_> {
    /// A section of the spec.
    fn place(&self, section: &str) -> Place {
        self.spec.place.child(section)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What the spec calls an operation of the document.
    fn called(&self, id: &str) -> Option<String> {
        let mut declared = self.spec.syntax.operations.iter();
        let is = |text: &Option<String>| text.as_deref() == Some(id);
        let (name, _) = declared.find(|(_, said)| is(&said.id) || is(&said.call))?;
        Some(name.clone())
    }

    /// Reports that a section does not declare a name: once, where it declares nothing at all.
    fn undeclared<'k>(
        &mut self,
        section: &str,
        name: &str,
        place: &Place,
        known: impl Iterator<Item = &'k String>,
    ) {
        let known: Vec<&str> = known.map(String::as_str).collect();
        let message = match known.is_empty() {
            true => format!("`{section}` declares nothing"),
            false => format!("`{section}` has no `{name}`"),
        };
        let finding = Diagnostic::error(UNDECLARED, message).at(place, "");
        let here = (section == "operations").then(|| self.called(name)).flatten();
        self.report(match here {
            // The document's name for it, where the spec's is meant.
            Some(here) => {
                let help = format!("`{name}` is the document's name: here it is called `{here}`");
                finding.mend(help, Applicability::MaybeIncorrect, name, here)
            }
            None => finding.nearest(name, known),
        });
    }

    /// The operations that a list names, without those that were left out. Nothing if all of them were: an empty list
    /// would mean all operations.
    fn listed_operations(&mut self, names: &[String], place: &Place) -> Option<Vec<String>> {
        let mut found = Vec::new();
        let known = &self.spec.syntax.operations;
        for (index, name) in names.iter().enumerate() {
            if self.operations.contains_key(name) {
                found.push(name.clone());
            } else if !known.contains_key(name) {
                self.undeclared("operations", name, &place.child(index), known.keys());
            }
        }
        (names.is_empty() || !found.is_empty()).then_some(found)
    }

    /// Reports that the document lacks something: only a warning where it was given instead of the spec's.
    fn lacking(&mut self, diagnostic: Diagnostic) {
        let severity = if self.partial { Severity::Warning } else { diagnostic.severity };
        self.report(Diagnostic { severity, ..diagnostic });
    }

    /// Records a fact; an assumption or an override needs its reason.
    fn fact(
        &mut self,
        standing: Standing,
        text: String,
        because: Option<&str>,
        place: &Place,
        document: Option<&Place>,
    ) -> &mut Fact {
        let document = document.map(|document| (document, "the document"));
        self.fact_of(standing, text, because, place, document)
    }

    /// The same, with what is to be seen in the document.
    fn fact_of(
        &mut self,
        standing: Standing,
        text: String,
        because: Option<&str>,
        place: &Place,
        document: Option<(&Place, &str)>,
    ) -> &mut Fact {
        let because = because.map(str::trim).filter(|text| !text.is_empty());
        // One reason is for all of a section, so its lack is said once.
        let reasonless = standing != Standing::Proven && because.is_none();
        if reasonless && self.reasonless.insert(section(place)) {
            let message = match standing {
                Standing::Overridden => format!("{text}: the document says otherwise"),
                _ => format!("{text}: the document does not say so"),
            };
            let mut diagnostic = Diagnostic::error(NO_BECAUSE, message)
                .at(place, "")
                .help("add a `because`: how do you know?");
            if let Some((document, label)) = document {
                diagnostic = diagnostic.and(document, label);
            }
            self.report(diagnostic);
        }
        self.facts.push(Fact {
            standing,
            unit: self.spec.syntax.integration.clone(),
            text,
            because: because.map(str::to_owned),
            place: place.clone(),
            document: document.map(|(document, _)| document.clone()),
            sign: None,
            limit: None,
        });
        let last = self.facts.len() - 1;
        &mut self.facts[last]
    }

    /// Records what the document says.
    fn proven(&mut self, text: String, place: &Place, document: Option<&Place>) {
        self.fact(Standing::Proven, text, None, place, document);
    }

    /// Records what the language takes for granted where the spec gives no reason of its own.
    fn granted(
        &mut self,
        text: String,
        because: Option<&str>,
        usual: &str,
        place: &Place,
        document: Option<&Place>,
    ) -> &mut Fact {
        let because = because.filter(|text| !text.trim().is_empty()).unwrap_or(usual);
        self.fact(Standing::Assumed, text, Some(because), place, document)
    }
}

/// The section whose `because` is for what stands at a place.
fn section(place: &Place) -> Vec<String> {
    let mut segments: Vec<String> = place.segments().collect();
    let deep = segments.get(2).is_some_and(|third| {
        ["paginate", "changes", "upsert", "observe", "get", "create", "update", "delete"]
            .contains(&third.as_str())
    });
    let length = match segments.first().map(String::as_str) {
        Some("errors") => 1,
        Some(_) if deep => 3,
        _ => 2,
    };
    segments.truncate(length);
    segments
}
