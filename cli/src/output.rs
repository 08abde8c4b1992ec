//! Diagnostics on their way to people and machines.

use crate::machine::Machine;
use clap::ValueEnum;
use gusset_compiler::diagnostics::{
    Code, Diagnostic, Renderer, Severity, Style, explain, position_of,
};
use gusset_compiler::fix;
use gusset_compiler::report::shortened;
use gusset_compiler::source::{Place, Sources};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
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
    /// What shows people those that they are not shown.
    shows: &'static str,
}

/// Warnings of one code that people are shown, unless they ask for all. Errors are always shown, but for those that
/// are shown in groups.
const SHOWN: usize = 5;

impl<'a> Report<'a> {
    pub(crate) fn new(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Self {
        Report { diagnostics, sources, all: false, grouped: false, shows: "--format json" }
    }

    /// Shows all warnings to people, too, if they ask for them with `--all-warnings`.
    pub(crate) fn all_warnings(mut self, all: bool) -> Self {
        self.all = all;
        self.shown_by("--all-warnings")
    }

    /// What shows people all warnings.
    pub(crate) fn shown_by(mut self, shows: &'static str) -> Self {
        self.shows = shows;
        self
    }

    /// Shows people findings that say the same as one, and few of a code: they have one cause, which is elsewhere.
    pub(crate) fn grouped(mut self) -> Self {
        self.grouped = true;
        self
    }

    /// What people are shown, and how many findings of a code are not. In groups, the first of findings that say the
    /// same has the places of the others.
    fn shown(&self) -> (Vec<Diagnostic>, BTreeMap<Code, usize>) {
        let mut met: BTreeMap<Code, usize> = BTreeMap::new();
        let mut hidden = BTreeMap::new();
        let mut shown = Vec::new();
        for (found, others) in self.groups() {
            let met = met.entry(found.code).or_default();
            *met += usize::from(self.grouped || found.severity == Severity::Warning);
            if *met > SHOWN && !self.all {
                *hidden.entry(found.code).or_default() += 1 + others.len();
            } else {
                shown.push(self.with_others(found, &others));
            }
        }
        (shown, hidden)
    }

    /// Findings with those that say the same, where they are shown in groups.
    fn groups(&self) -> Vec<(&'a Diagnostic, Vec<&'a Place>)> {
        let mut groups: Vec<(&Diagnostic, Vec<&Place>)> = Vec::new();
        let mut known: HashMap<(Code, &str), usize> = HashMap::new();
        for found in self.diagnostics {
            let first = *known.entry((found.code, &found.message)).or_insert(groups.len());
            match groups.get_mut(first).filter(|_| self.grouped) {
                Some((_, others)) => {
                    others.extend(found.primary.as_ref().map(|label| &label.place))
                }
                None => groups.push((found, Vec::new())),
            }
        }
        groups
    }

    fn with_others(&self, found: &Diagnostic, others: &[&Place]) -> Diagnostic {
        let places: Vec<At<'_>> = others.iter().map(|place| At(place, self.sources)).collect();
        // Only these are looked for.
        let places = shortened(&places, SHOWN);
        match others.len() {
            0 => found.clone(),
            1 => found.clone().note(format!("the same at {places}")),
            n => found.clone().note(format!("the same at {n} other places: {places}")),
        }
    }

    /// Errors and warnings by code.
    pub(crate) fn counts(&self, severity: Severity) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self.diagnostics.iter().filter(|d| d.severity == severity) {
            *counts.entry(diagnostic.code.0).or_default() += 1;
        }
        counts
    }

    /// All that a command says at its end which stopped at errors.
    pub(crate) fn found(&self) -> Value {
        json!({"errors": self.counts(Severity::Error), "warnings": self.counts(Severity::Warning)})
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
            let level = if self.grouped { "error" } else { "warning" };
            let shows = self.shows;
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
            // With their own document, specs that break with another have nothing to mend.
            let mended = match self.grouped {
                true => 0,
                false => fix::count(self.diagnostics, self.sources),
            };
            if mended > 0 {
                anstream::eprintln!("`gusset check --fix` mends {mended} of them.");
            }
        }
    }
}

/// A place as a line of text, found when it is shown.
struct At<'a>(&'a Place, &'a Sources);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&position_of(self.0, self.1))
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
