//! The compiler from its front door: whatever goes in, what comes out is code that parses, or errors that can be shown.

use gusset_compiler::diagnostics::sarif::Sarif;
use gusset_compiler::diagnostics::{Renderer, Severity, Style};
use gusset_compiler::emit::{CrateOptions, crate_files};
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, compile};
use std::path::Path;

/// Compiles a document without a spec.
pub fn alone(path: &str, text: &str, include: Vec<String>) {
    let sources = Sources::new().with_file(path, text);
    let alone = Alone { path: path.into(), include, ..Alone::default() };
    ends_well(&Input { alone: vec![alone], ..Input::default() }, sources);
}

/// Compiles specs: each file is a path and a text, and the last one is compiled with what it names.
pub fn specs(files: &[(&str, &str)]) {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources = sources.with_file(*path, *text);
    }
    let specs = files.last().map(|(path, _)| path.into()).into_iter().collect();
    ends_well(&Input { specs, ..Input::default() }, sources);
}

fn ends_well(input: &Input, mut sources: Sources) {
    let outcome = compile(input, &mut sources);
    let errors = outcome.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(errors, outcome.value.is_none(), "code and errors, or neither");
    let renderer = Renderer::new(&outcome.diagnostics, &sources, Style::Plain);
    for finding in &outcome.diagnostics {
        assert!(!renderer.render(finding).is_empty());
        assert!(!renderer.to_json(finding).is_empty());
    }
    let mut sarif = Sarif::new(Path::new("."));
    sarif.findings(&outcome.diagnostics, &sources);
    assert!(sarif.log(!errors).is_object());
    let Some(units) = outcome.value else { return };
    for file in units.iter().flat_map(|unit| crate_files(unit, &CrateOptions::default())) {
        if file.path.extension().is_some_and(|extension| extension == "rs") {
            let fault = syn::parse_file(&file.text).err();
            assert!(fault.is_none(), "{}: {fault:?}\n{}", file.path.display(), file.text);
        }
    }
}
