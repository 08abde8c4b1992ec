//! `gusset check`.

use super::{Failure, Specs, status};
use crate::output::{Format, Report, count};
use crate::progress::Bar;
use clap::{Args, ValueEnum};
use gusset_compiler::Input;
use gusset_compiler::diagnostics::Severity;
use gusset_compiler::estimate::{Work, estimate};
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

    /// Print how long it takes at least to read, and to write, that many records of each resource
    #[arg(long, value_name = "RECORDS")]
    estimate: Option<u64>,

    /// Let warnings fail the check
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,

    /// Show every warning; else five of a code, and how many more there are
    #[arg(long)]
    all_warnings: bool,

    /// How diagnostics, proofs and estimates are printed
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
        if let (Some(ir), Some(records)) = (outcome.value.as_ref(), self.estimate) {
            print_estimates(ir, records, self.format);
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

/// A line for each resource and what is done with its records.
fn print_estimates(ir: &gusset_compiler::ir::Ir, records: u64, format: Format) {
    for found in estimate(ir, records) {
        let work = match found.work {
            Work::Read => "read",
            Work::Write => "write",
        };
        if format == Format::Json {
            anstream::println!(
                "{}",
                serde_json::json!({
                    "integration": found.integration,
                    "resource": found.resource,
                    "work": work,
                    "records": records,
                    "operation": found.operation,
                    "per_call": found.per_call,
                    "calls": found.calls,
                    "least_seconds": found.least.as_secs_f64(),
                    "limit": found.limit,
                })
            );
            continue;
        }
        let of = match found.per_call {
            Some(records) => format!("of {records}"),
            None => "or more: the spec does not say how many records a page has".to_owned(),
        };
        let least = match &found.limit {
            Some(limit) => format!("at least {} (limit `{limit}`)", span(found.least)),
            None => "no limit makes it wait".to_owned(),
        };
        let calls = usize::try_from(found.calls).unwrap_or(usize::MAX);
        anstream::println!(
            "{}.{}: {work} {records} records with `{}`: {} {of}; {least}",
            found.integration,
            found.resource,
            found.operation,
            count(calls, "call"),
        );
    }
}

/// `2h 5m 30s`.
fn span(time: std::time::Duration) -> String {
    let seconds = time.as_secs();
    let parts = [("d", seconds / 86_400), ("h", seconds / 3_600 % 24), ("m", seconds / 60 % 60)];
    let mut text: String =
        parts.iter().filter(|(_, n)| *n > 0).map(|(unit, n)| format!("{n}{unit} ")).collect();
    let rest = seconds % 60;
    if rest > 0 || text.is_empty() {
        let millis = time.subsec_millis();
        text += &if millis > 0 { format!("{rest}.{millis:03}s") } else { format!("{rest}s") };
    }
    text.trim_end().to_owned()
}
