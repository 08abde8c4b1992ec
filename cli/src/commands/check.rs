//! `gusset check`.

use super::{Failure, Specs, status};
use crate::output::{Format, Report, count};
use crate::progress::Bar;
use clap::{Args, ValueEnum};
use gusset_compiler::Input;
use gusset_compiler::diagnostics::Severity;
use gusset_compiler::ir::Standing;
use gusset_compiler::source::Sources;
use std::process::ExitCode;

/// Prove that specs and documents agree; emit nothing
#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    specs: Specs,

    /// Print what the specs rely on: proven by the document, assumed, or overridden
    #[arg(long)]
    proofs: bool,

    /// Let warnings fail the check
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,

    /// Show every warning; else five of a code, and how many more there are
    #[arg(long)]
    all_warnings: bool,

    /// How diagnostics and proofs are printed
    #[arg(long, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// Every warning is an error
    Warnings,
}

impl Check {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut sources = Sources::new();
        let bar = Bar::new();
        let input = Input { progress: bar.progress(), ..self.specs.input() };
        let outcome = gusset_compiler::check(&input, &mut sources);
        drop(bar);
        let report = Report::new(&outcome.diagnostics, &sources, self.format)
            .all_warnings(self.all_warnings);
        report.print();
        if let Some(ir) = outcome.value.as_ref().filter(|_| self.proofs) {
            print_proofs(ir, &sources, self.format);
        }
        if self.format == Format::Json {
            print_json(&report, outcome.value.as_ref());
        }
        let denied = self.deny.is_some() && !report.has_errors() && !outcome.diagnostics.is_empty();
        let failed = report.has_errors() || denied;
        if let (false, Some(ir), Format::Human) = (failed, &outcome.value, self.format) {
            let operations: usize = ir.integrations.iter().map(|i| i.operations.len()).sum();
            anstream::eprintln!(
                "ok: {}, {}, {}",
                count(ir.integrations.len(), "integration"),
                count(operations, "operation"),
                count(ir.syncs.len(), "sync")
            );
        }
        Ok(if denied { ExitCode::from(1) } else { status(&outcome.diagnostics) })
    }
}

/// One object, behind all others: what was checked, and what was found.
fn print_json(report: &Report<'_>, ir: Option<&gusset_compiler::ir::Ir>) {
    let integrations = ir.map_or(&[][..], |ir| &ir.integrations);
    let units = integrations.iter().map(|integration| {
        serde_json::json!({"name": integration.name, "operations": integration.operations.len()})
    });
    let report = serde_json::json!({"report": {
        "integrations": units.collect::<Vec<_>>(),
        "syncs": ir.map_or(0, |ir| ir.syncs.len()),
        "errors": report.counts(Severity::Error),
        "warnings": report.counts(Severity::Warning),
    }});
    anstream::println!("{report}");
}

/// Facts go to stdout: they are what was asked for.
fn print_proofs(ir: &gusset_compiler::ir::Ir, sources: &Sources, format: Format) {
    for fact in &ir.facts {
        let standing = match fact.standing {
            Standing::Proven => "proven",
            Standing::Assumed => "assumed",
            Standing::Overridden => "overridden",
        };
        let place = gusset_compiler::diagnostics::position_of(&fact.place, sources);
        match format {
            Format::Human => {
                anstream::println!("{standing:<10} {}  ({place})", fact.text);
                if let Some(because) = &fact.because {
                    anstream::println!("{:<10} because {because}", "");
                }
            }
            Format::Json => anstream::println!(
                "{}",
                serde_json::json!({
                    "standing": standing,
                    "fact": fact.text,
                    "because": fact.because,
                    "place": place,
                })
            ),
        }
    }
}
