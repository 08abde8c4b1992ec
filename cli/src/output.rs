//! Diagnostics on their way to people and machines.

use crate::machine::Machine;
use clap::ValueEnum;
use gusset_compiler::diagnostics::{Code, Diagnostic, Renderer, Severity, Style, explain};
use gusset_compiler::fix;
use gusset_compiler::source::Sources;
use std::collections::BTreeMap;
use std::io::IsTerminal;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with snippets, on stderr
    Human,
    /// One JSON object a line, on stdout
    Json,
    /// A log of SARIF 2.1.0, on stdout
    Sarif,
}

/// The diagnostics of one run.
pub(crate) struct Report<'a> {
    diagnostics: &'a [Diagnostic],
    sources: &'a Sources,
    all: bool,
}

/// Warnings of one code that people are shown, unless they ask for all. Errors are always shown.
const SHOWN: usize = 5;

impl<'a> Report<'a> {
    pub(crate) fn new(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Self {
        Report { diagnostics, sources, all: false }
    }

    /// Shows all warnings to people, too.
    pub(crate) fn all_warnings(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// What people are shown, and how many warnings of a code are not.
    fn shown(&self) -> (Vec<Diagnostic>, BTreeMap<Code, usize>) {
        let mut met: BTreeMap<Code, usize> = BTreeMap::new();
        let mut hidden = BTreeMap::new();
        let mut shown = Vec::new();
        for diagnostic in self.diagnostics {
            let met = met.entry(diagnostic.code).or_default();
            *met += usize::from(diagnostic.severity == Severity::Warning);
            if diagnostic.severity == Severity::Warning && *met > SHOWN && !self.all {
                *hidden.entry(diagnostic.code).or_default() += 1;
            } else {
                shown.push(diagnostic.clone());
            }
        }
        (shown, hidden)
    }

    /// Errors and warnings by code.
    pub(crate) fn counts(&self, severity: Severity) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self.diagnostics.iter().filter(|d| d.severity == severity) {
            *counts.entry(diagnostic.code.0).or_default() += 1;
        }
        counts
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// For people, or for machines.
    pub(crate) fn print(&self, machine: &mut Machine) {
        match machine {
            Machine::None => self.print_human(),
            Machine::Lines => {
                let renderer = Renderer::new(self.diagnostics, self.sources, Style::Plain);
                for diagnostic in self.diagnostics {
                    anstream::println!("{}", renderer.to_json(diagnostic));
                }
            }
            Machine::Log(log) => log.sarif.findings(self.diagnostics, self.sources),
        }
    }

    fn print_human(&self) {
        // anstream strips colour where stderr is no terminal or NO_COLOR is set.
        let style = if std::io::stderr().is_terminal() { Style::Colour } else { Style::Plain };
        let (shown, hidden) = self.shown();
        // Only the places that are shown are looked for.
        let renderer = Renderer::new(&shown, self.sources, style);
        for diagnostic in &shown {
            anstream::eprintln!("{}\n", renderer.render(diagnostic));
        }
        for (code, number) in &hidden {
            let title = explain(code.0).map_or("", |doc| doc.title);
            anstream::eprintln!(
                "warning[{code}]: {title}: {number} more, which `--all-warnings` shows"
            );
        }
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        if errors + warnings > 0 {
            let first = self.diagnostics.iter().find(|d| d.severity == Severity::Error);
            anstream::eprintln!("{}, {}", count(errors, "error"), count(warnings, "warning"));
            if let Some(first) = first {
                anstream::eprintln!(
                    "For more about an error, try `gusset explain {}`.",
                    first.code
                );
            }
            let mended = fix::count(self.diagnostics, self.sources);
            if mended > 0 {
                anstream::eprintln!("`gusset check --fix` mends {mended} of them.");
            }
        }
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
