//! `gusset generate`.

use super::{Failure, Specs, status};
use crate::machine::Machine;
use crate::output::{Format, Report};
use crate::paths;
use crate::progress::Bar;
use crate::report;
use clap::Args;
use gusset_compiler::diagnostics::Severity;
use gusset_compiler::emit::{Change, CrateOptions, GussetDep};
use gusset_compiler::source::Sources;
use gusset_compiler::{GenerateOptions, Generated, Input};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Emit a Rust crate for each integration and each sync
#[derive(Args, Debug)]
pub(crate) struct Generate {
    #[command(flatten)]
    specs: Specs,

    /// The folder that gets a folder for each crate; only what changed is written
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Write nothing; fail if anything would change
    #[arg(long)]
    check: bool,

    /// Where the emitted crates find the runtime crate `gusset`: a folder or a version.
    /// Without it they inherit it from the workspace that they are members of
    #[arg(long, value_name = "PATH|VERSION")]
    gusset: Option<String>,

    /// Show every warning; else five of a code, and how many more there are
    #[arg(long)]
    all_warnings: bool,

    /// How diagnostics and the report are printed: a table for people, or a last JSON object
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Generate {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        Machine::run(self.format, |machine| self.generate(machine))
    }

    fn generate(&self, machine: &mut Machine) -> Result<ExitCode, Failure> {
        let mut sources = Sources::new();
        let options = GenerateOptions {
            crates: CrateOptions { gusset: runtime(self.gusset.as_deref(), &self.out)? },
            check: self.check,
        };
        let began = Instant::now();
        let bar = Bar::new();
        let input = Input { progress: bar.progress(), ..self.specs.input() };
        let outcome = gusset_compiler::generate(&input, &mut sources, &self.out, &options)?;
        drop(bar);
        let took = began.elapsed();
        let report = Report::new(&outcome.diagnostics, &sources).all_warnings(self.all_warnings);
        report.print(machine);
        let generated = outcome.value.as_ref();
        machine.report(self.summary(&report, generated, &sources, took));
        let Some(Generated { changes, units }) = generated else {
            return Ok(status(&outcome.diagnostics));
        };
        self.print_changes(changes);
        if machine.is_none() {
            report::print(units, &sources, took);
        }
        if self.check && !changes.is_empty() {
            anstream::eprintln!("{} files are not fresh; run without --check", changes.len());
            return Ok(ExitCode::from(1));
        }
        match changes.len() {
            0 => anstream::eprintln!("ok: {} was fresh", self.out.display()),
            n => anstream::eprintln!("ok: {n} files written to {}", self.out.display()),
        }
        let manifest =
            |change: &Change| matches!(change, Change::Added(path) if path.ends_with("Cargo.toml"));
        if self.gusset.is_none() && changes.iter().any(manifest) {
            anstream::eprint!("{}", super::members::note(&paths::to_be(&self.out)?));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn print_changes(&self, changes: &[Change]) {
        for change in changes.iter().take(CHANGES) {
            let (what, path) = named(change);
            anstream::eprintln!("{what:>8} {}", self.out.join(path).display());
        }
        if changes.len() > CHANGES {
            anstream::eprintln!("{:>8} {} more", "and", changes.len() - CHANGES);
        }
    }

    /// What became of the documents.
    fn summary(
        &self,
        report: &Report<'_>,
        generated: Option<&Generated>,
        sources: &Sources,
        took: Duration,
    ) -> Value {
        let (units, changes) = generated.map_or((&[][..], &[][..]), |g| (&g.units, &g.changes));
        let units: Vec<_> = units.iter().map(|unit| unit.to_json(sources)).collect();
        let change = |change| {
            let (what, path) = named(change);
            json!({"change": what, "path": self.out.join(path)})
        };
        json!({
            "units": units,
            "errors": report.counts(Severity::Error),
            "warnings": report.counts(Severity::Warning),
            "changes": changes.iter().map(change).collect::<Vec<_>>(),
            "seconds": took.as_secs_f64(),
        })
    }
}

/// Changes that are named; more are counted.
const CHANGES: usize = 20;

fn named(change: &Change) -> (&'static str, &Path) {
    match change {
        Change::Added(path) => ("new", path),
        Change::Changed(path) => ("changed", path),
        Change::Removed(path) => ("removed", path),
    }
}

/// A folder is written as it is seen from an emitted crate, so that what is committed holds on other machines too.
fn runtime(asked: Option<&str>, out: &Path) -> Result<GussetDep, Failure> {
    Ok(match asked {
        None => GussetDep::Workspace,
        Some(text) if Path::new(text).is_dir() => GussetDep::Path(seen_from(out, text)?),
        Some(text) if text.starts_with(|c: char| c.is_ascii_digit()) => {
            GussetDep::Version(text.to_owned())
        }
        Some(text) => {
            return Err(Failure::new(format!(
                "--gusset {text} is neither a folder nor a version such as 0.1"
            )));
        }
    })
}

/// The way from a crate in `out` to a folder.
fn seen_from(out: &Path, folder: &str) -> Result<PathBuf, Failure> {
    let way = paths::way(&paths::to_be(out)?, &paths::whole(Path::new(folder))?);
    // One step up more than from `out`: each crate has a folder of its own in it.
    Ok(Path::new("..").join(way))
}

#[cfg(test)]
mod tests {
    use super::seen_from;
    use std::path::Path;

    #[test]
    fn a_runtime_beside_and_above() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["gusset/runtime", "app/generated"] {
            std::fs::create_dir_all(folder.path().join(path)).unwrap();
        }
        let runtime = folder.path().join("app/../gusset/runtime");
        let seen = seen_from(&folder.path().join("app/generated"), &runtime.to_string_lossy());
        assert_eq!(seen.unwrap(), Path::new("../../../gusset/runtime"));
        // A run that fails leaves nothing behind.
        let later = folder.path().join("app/later/generated");
        let seen = seen_from(&later, &runtime.to_string_lossy());
        assert_eq!(seen.unwrap(), Path::new("../../../../gusset/runtime"));
        assert!(!folder.path().join("app/later").exists());
    }
}
