//! `gusset generate`.

use super::{Failure, Specs, status};
use crate::output::{Format, Report};
use clap::Args;
use gusset_compiler::GenerateOptions;
use gusset_compiler::emit::{Change, CrateOptions, GussetDep};
use gusset_compiler::source::Sources;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

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

    /// How diagnostics are printed
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Generate {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut sources = Sources::new();
        let options = GenerateOptions {
            crates: CrateOptions { gusset: runtime(self.gusset.as_deref())? },
            check: self.check,
        };
        let outcome =
            gusset_compiler::generate(&self.specs.input(), &mut sources, &self.out, &options)?;
        Report::new(&outcome.diagnostics, &sources, self.format).print();
        let Some(changes) = outcome.value else {
            return Ok(status(&outcome.diagnostics));
        };
        for change in &changes {
            let (what, path) = match change {
                Change::Added(path) => ("new", path),
                Change::Changed(path) => ("changed", path),
                Change::Removed(path) => ("removed", path),
            };
            anstream::eprintln!("{what:>8} {}", self.out.join(path).display());
        }
        if self.check && !changes.is_empty() {
            anstream::eprintln!("{} files are not fresh; run without --check", changes.len());
            return Ok(ExitCode::from(1));
        }
        match changes.len() {
            0 => anstream::eprintln!("ok: {} was fresh", self.out.display()),
            n => anstream::eprintln!("ok: {n} files written to {}", self.out.display()),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A folder is made absolute: the emitted manifests stand elsewhere than the command.
fn runtime(asked: Option<&str>) -> Result<GussetDep, Failure> {
    Ok(match asked {
        None => GussetDep::Workspace,
        Some(text) if Path::new(text).is_dir() => {
            GussetDep::Path(std::path::absolute(text).map_err(|error| Failure::at(text, &error))?)
        }
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
