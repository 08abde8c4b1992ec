//! Diagnostics on their way to people and machines.

use crate::machine::Machine;
use clap::ValueEnum;
use gusset_compiler::diagnostics::{
    Code, Diagnostic, Renderer, Severity, Style, explain, position_of,
};
use gusset_compiler::fix;
use gusset_compiler::report::shortened;
use gusset_compiler::source::Sources;
use std::collections::{BTreeMap, HashMap};
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
    grouped: bool,
}

/// Warnings of one code that people are shown, unless they ask for all. Errors are always shown, but for those that
/// are shown in groups.
const SHOWN: usize = 5;

impl<'a> Report<'a> {
    pub(crate) fn new(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Self {
        Report { diagnostics, sources, all: false, grouped: false }
    }

    /// Shows all warnings to people, too.
    pub(crate) fn all_warnings(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// Shows people findings that say the same as one, and few of a code: they have one cause, which is elsewhere.
    pub(crate) fn grouped(mut self) -> Self {
        self.grouped = true;
        self
    }

    /// What people are shown, and how many findings of a code are not.
    fn shown(&self) -> (Vec<Diagnostic>, BTreeMap<Code, usize>) {
        if self.grouped {
            return self.shown_in_groups();
        }
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

    /// The first of findings that say the same, with the places of the others; of a code only the first ones.
    fn shown_in_groups(&self) -> (Vec<Diagnostic>, BTreeMap<Code, usize>) {
        let mut groups: Vec<(Diagnostic, Vec<String>)> = Vec::new();
        let mut known: HashMap<(Code, &str), usize> = HashMap::new();
        for found in self.diagnostics {
            match known.get(&(found.code, found.message.as_str())) {
                Some(at) => {
                    let place = found.primary.as_ref().map(|label| &label.place);
                    let place = place.map(|place| position_of(place, self.sources));
                    groups[*at].1.extend(place);
                }
                None => {
                    known.insert((found.code, &found.message), groups.len());
                    groups.push((found.clone(), Vec::new()));
                }
            }
        }
        let (mut met, mut hidden) = (BTreeMap::<Code, usize>::new(), BTreeMap::new());
        let mut shown = Vec::new();
        for (found, others) in groups {
            let met = met.entry(found.code).or_default();
            *met += 1;
            if *met > SHOWN {
                *hidden.entry(found.code).or_default() += 1 + others.len();
                continue;
            }
            let places = shortened(&others, SHOWN);
            shown.push(match others.len() {
                0 => found,
                1 => found.note(format!("the same at {places}")),
                n => found.note(format!("the same at {n} other places: {places}")),
            });
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
            let (level, shows) = match self.grouped {
                true => ("error", "--format json"),
                false => ("warning", "--all-warnings"),
            };
            anstream::eprintln!("{level}[{code}]: {title}: {number} more, which `{shows}` shows");
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
