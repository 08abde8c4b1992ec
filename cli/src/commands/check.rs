//! `gusset check`.

use super::{Failure, Specs, status};
use crate::machine::Machine;
use crate::output::{Format, Report, count};
use crate::progress::Bar;
use clap::{Args, ValueEnum};
use gusset_compiler::Input;
use gusset_compiler::diagnostics::Severity;
use gusset_compiler::estimate::{Case, Work, estimate, estimate_syncs};
use gusset_compiler::fix::{Change, Fixed, fix};
use gusset_compiler::ir::Standing;
use gusset_compiler::proofs::{proofs, sums};
use gusset_compiler::source::Sources;
use serde_json::{Value, json};
use std::process::ExitCode;

/// Prove that specs and documents agree; emit nothing
#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    specs: Specs,

    /// Print what the specs rely on: proven by the document, assumed, or overridden
    #[arg(
        long,
        value_name = "STANDING",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all"
    )]
    proofs: Option<Shown>,

    /// Print how long it takes at least to read, and to write, that many records of each resource
    #[arg(long, value_name = "RECORDS")]
    estimate: Option<u64>,

    /// Let warnings fail the check
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,

    /// Change specs where it is sure what was meant, such as a name with a slip in it, and say what was changed.
    /// Documents are left alone
    #[arg(long)]
    fix: bool,

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

/// Which facts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// All of them
    All,
    /// What documents say
    Proven,
    /// What documents do not say
    Assumed,
    /// What documents say otherwise
    Overridden,
    /// Assumed and overridden: what is looked after at run time
    Unproven,
}

impl Shown {
    fn shows(self, standing: Standing) -> bool {
        match self {
            Shown::All => true,
            Shown::Proven => standing == Standing::Proven,
            Shown::Assumed => standing == Standing::Assumed,
            Shown::Overridden => standing == Standing::Overridden,
            Shown::Unproven => standing != Standing::Proven,
        }
    }
}

impl Check {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        Machine::run(self.format, |machine| self.check(machine))
    }

    fn check(&self, machine: &mut Machine) -> Result<ExitCode, Failure> {
        let bar = Bar::new();
        let input = Input { progress: bar.progress(), ..self.specs.input() };
        let (outcome, sources) = if self.fix {
            let fixed = fix(&input);
            drop(bar);
            write_fixed(&fixed, machine)?;
            (fixed.outcome, fixed.sources)
        } else {
            let mut sources = Sources::new();
            let outcome = gusset_compiler::check(&input, &mut sources);
            drop(bar);
            (outcome, sources)
        };
        let report = Report::new(&outcome.diagnostics, &sources).all_warnings(self.all_warnings);
        report.print(machine);
        if let (Some(ir), Some(shown)) = (outcome.value.as_ref(), self.proofs) {
            print_proofs(ir, &sources, shown, machine);
        }
        if let (Some(ir), Some(records)) = (outcome.value.as_ref(), self.estimate) {
            print_estimates(ir, records, machine);
            print_runs(ir, records, machine);
        }
        machine.report(summary(&report, outcome.value.as_ref()));
        let denied = self.deny.is_some() && !report.has_errors() && !outcome.diagnostics.is_empty();
        let failed = report.has_errors() || denied;
        if let (false, Some(ir), true) = (failed, &outcome.value, machine.is_none()) {
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

/// Writes the specs that changed, and says what changed in them.
fn write_fixed(fixed: &Fixed, machine: &mut Machine) -> Result<(), Failure> {
    for (path, text) in &fixed.files {
        let failed = |error| Failure::at(path.display(), &error);
        // A byte order mark is no part of a text, and stays.
        let marked = std::fs::read(path).map_err(failed)?.starts_with("\u{feff}".as_bytes());
        let mark = if marked { "\u{feff}" } else { "" };
        std::fs::write(path, format!("{mark}{text}")).map_err(failed)?;
    }
    for Change { path, at, old, new, code } in &fixed.changes {
        let place = format!("{path}:{}:{}", at.line, at.column);
        machine.item(
            ("fixed", "fixed"),
            json!({"fixed": {"place": place, "old": old, "new": new, "code": code.0}}),
        );
        if machine.is_none() {
            anstream::eprintln!("   fixed {place}: `{old}` is `{}` now ({code})", new.trim_end());
        }
    }
    Ok(())
}

/// What was checked, and what was found.
fn summary(report: &Report<'_>, ir: Option<&gusset_compiler::ir::Ir>) -> Value {
    let integrations = ir.map_or(&[][..], |ir| &ir.integrations);
    let units = integrations.iter().map(
        |integration| json!({"name": integration.name, "operations": integration.operations.len()}),
    );
    let sums = ir.map(sums).unwrap_or_default();
    json!({
        "integrations": units.collect::<Vec<_>>(),
        "syncs": ir.map_or(0, |ir| ir.syncs.len()),
        "facts": {"proven": sums.proven, "assumed": sums.assumed, "overridden": sums.overridden},
        "errors": report.counts(Severity::Error),
        "warnings": report.counts(Severity::Warning),
    })
}

/// Facts go to stdout: they are what was asked for.
fn print_proofs(
    ir: &gusset_compiler::ir::Ir,
    sources: &Sources,
    shown: Shown,
    machine: &mut Machine,
) {
    for proof in proofs(ir, sources) {
        let (fact, standing) = (proof.fact, proof.fact.standing.word());
        if !shown.shows(fact.standing) {
            continue;
        }
        machine.item(
            ("proof", "proofs"),
            json!({
                "standing": standing,
                "kind": proof.kind,
                "subject": proof.subject,
                "fact": fact.text,
                "because": fact.because,
                "place": proof.place,
                "rests_on": proof.rests_on,
            }),
        );
        if machine.is_none() {
            anstream::println!("{standing:<10} {}  ({})", fact.text, proof.place);
            if let Some(because) = &fact.because {
                anstream::println!("{:<10} because {because}", "");
            }
        }
    }
    if machine.is_none() {
        let sums = sums(ir);
        anstream::println!(
            "{} proven, {} assumed, {} overridden",
            sums.proven,
            sums.assumed,
            sums.overridden
        );
    }
}

/// A line for each resource and what is done with its records.
fn print_estimates(ir: &gusset_compiler::ir::Ir, records: u64, machine: &mut Machine) {
    for found in estimate(ir, records) {
        let work = match found.work {
            Work::Read => "read",
            Work::Write => "write",
        };
        if !machine.is_none() {
            machine.item(
                ("estimate", "estimates"),
                json!({
                    "integration": found.integration,
                    "resource": found.resource,
                    "work": work,
                    "records": records,
                    "operation": found.operation,
                    "per_call": found.per_call,
                    "calls": found.calls,
                    "least_seconds": found.least.as_secs_f64(),
                    "limit": found.limit,
                }),
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

/// Two lines for each sync: a run that finds nothing new, and one that writes everything.
fn print_runs(ir: &gusset_compiler::ir::Ir, records: u64, machine: &mut Machine) {
    for found in estimate_syncs(ir, records) {
        let total = found.total();
        if !machine.is_none() {
            let calls = found.calls.iter().map(|of| {
                json!({"integration": of.integration, "operation": of.operation, "calls": of.calls})
            });
            machine.item(
                ("estimate", "estimates"),
                json!({
                    "sync": found.sync,
                    "case": match found.case {
                        Case::NoneChanged => "none_changed",
                        Case::AllWritten => "all_written",
                    },
                    "records": records,
                    "calls": total,
                    "operations": calls.collect::<Vec<_>>(),
                    "least_seconds": found.least.as_secs_f64(),
                    "limit": found.limit,
                }),
            );
            continue;
        }
        let case = match found.case {
            Case::NoneChanged => format!("a run over {records} records of which none changed"),
            Case::AllWritten => format!("a first run that writes all of {records} records"),
        };
        let of = found
            .calls
            .iter()
            .map(|of| format!("{} of `{}.{}`", of.calls, of.integration, of.operation));
        let least = match &found.limit {
            Some(limit) => format!("at least {} (limit `{limit}`)", span(found.least)),
            None => "no limit makes it wait".to_owned(),
        };
        anstream::println!(
            "{}: {case}: {} ({}); {least}",
            found.sync,
            count(usize::try_from(total).unwrap_or(usize::MAX), "call"),
            of.collect::<Vec<_>>().join(", "),
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
