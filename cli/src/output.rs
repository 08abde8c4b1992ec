//! Diagnostics on their way to people and machines.

use clap::ValueEnum;
use gusset_compiler::diagnostics::{Diagnostic, Renderer, Severity, Style};
use gusset_compiler::source::Sources;
use std::io::IsTerminal;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with snippets, on stderr
    Human,
    /// One JSON object a line, on stdout
    Json,
}

/// The diagnostics of one run.
pub(crate) struct Report<'a> {
    diagnostics: &'a [Diagnostic],
    sources: &'a Sources,
    format: Format,
}

impl<'a> Report<'a> {
    pub(crate) fn new(diagnostics: &'a [Diagnostic], sources: &'a Sources, format: Format) -> Self {
        Report { diagnostics, sources, format }
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    pub(crate) fn print(&self) {
        match self.format {
            Format::Json => {
                let renderer = Renderer::new(self.diagnostics, self.sources, Style::Plain);
                for diagnostic in self.diagnostics {
                    anstream::println!("{}", renderer.to_json(diagnostic));
                }
            }
            Format::Human => self.print_human(),
        }
    }

    fn print_human(&self) {
        // anstream strips colour where stderr is no terminal or NO_COLOR is set.
        let style = if std::io::stderr().is_terminal() { Style::Colour } else { Style::Plain };
        let renderer = Renderer::new(self.diagnostics, self.sources, style);
        for diagnostic in self.diagnostics {
            anstream::eprintln!("{}\n", renderer.render(diagnostic));
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
        }
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
