//! The specs that are mutated, in memory, and how a mutated one is compiled.

use gusset_compiler::diagnostics::{Applicability, Fix, Renderer, Severity, Style};
use gusset_compiler::source::{Sources, parse};
use gusset_compiler::{Input, check};
use serde_json::Value;
use std::path::Path;

/// A group of specs that are compiled together.
pub(crate) struct Catalog {
    /// The spec files, by their paths.
    pub(crate) specs: Vec<(String, Value)>,
    /// The documents, by their paths, as JSON: that is read faster than YAML.
    documents: Vec<(String, String)>,
}

/// What was found in a compilation.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    /// The file and the pointer of each label, the primary first.
    pub(crate) places: Vec<(String, String)>,
    /// Where a change is offered as what is surely meant: whether it makes the spec what it was.
    pub(crate) mended: Option<bool>,
}

impl Catalog {
    /// A part of what `specs/` holds.
    pub(crate) fn bundled(specs: &[&str], documents: &[&str]) -> Self {
        let files = |names: &[&str]| -> Vec<(String, String)> {
            let path = |name: &&str| format!("specs/{name}.yaml");
            names.iter().map(|name| (path(name), path(name))).collect()
        };
        Catalog::read(&files(specs), &files(documents))
    }

    /// A spec of `tests/mistakes` alone.
    pub(crate) fn mistakes(name: &str, spec: &str, document: &str) -> Self {
        let file = |from: &str, to: &str| {
            (format!("tests/mistakes/{from}.yaml"), format!("specs/{name}/{to}.yaml"))
        };
        Catalog::read(&[file(spec, "integration")], &[file(document, "openapi")])
    }

    /// Reads files, each by its path in the repository and the path it gets.
    fn read(specs: &[(String, String)], documents: &[(String, String)]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let value = |path: &str| parse(&std::fs::read_to_string(root.join(path)).unwrap()).unwrap();
        Catalog {
            specs: specs.iter().map(|(from, to)| (to.clone(), value(from))).collect(),
            documents: documents
                .iter()
                .map(|(from, to)| (to.clone(), value(from).to_string()))
                .collect(),
        }
    }

    /// The documents as values.
    pub(crate) fn documents(&self) -> impl Iterator<Item = Value> {
        self.documents.iter().map(|(_, text)| serde_json::from_str(text).unwrap())
    }

    /// What is found when one of the specs has another text.
    pub(crate) fn findings(&self, file: &str, text: &str) -> Vec<Finding> {
        let mut sources = Sources::new();
        let mut input = Input::default();
        for (path, value) in &self.specs {
            let text = if path == file { text.to_owned() } else { value.to_string() };
            sources = sources.with_file(path, text);
            input.specs.push(path.into());
        }
        for (path, text) in &self.documents {
            sources = sources.with_file(path, text);
        }
        let outcome = check(&input, &mut sources);
        let place = |label: &gusset_compiler::diagnostics::Label| {
            let path = sources.path(label.place.file).to_string_lossy().into_owned();
            (path, label.place.pointer.to_string())
        };
        let renderer = Renderer::new(&outcome.diagnostics, &sources, Style::Plain);
        let right = self.specs.iter().find(|(path, _)| path == file).map(|(_, spec)| spec);
        let mended = |fix: &Fix<'_>| {
            let mut text = text.to_owned();
            for made in fix.replacements.iter().rev() {
                text.replace_range(made.span.start..made.span.end, &made.text);
            }
            parse(&text).ok().as_ref() == right
        };
        let sure = |fix: &Fix<'_>| fix.applicability == Applicability::MachineApplicable;
        let findings = outcome.diagnostics.iter().map(|found| Finding {
            severity: found.severity,
            mended: renderer.fixes(found).iter().find(|fix| sure(fix)).map(mended),
            places: found.primary.iter().chain(&found.secondary).map(place).collect(),
        });
        findings.collect()
    }
}
