//! `gusset generate`.

use super::{Failure, Specs, status};
use crate::output::{Format, Report};
use clap::Args;
use gusset_compiler::emit::{Change, CrateOptions, GussetDep, WriteMode, crate_files, write};
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
        let outcome = gusset_compiler::compile(&self.specs.input(), &mut sources);
        Report::new(&outcome.diagnostics, &sources, self.format).print();
        let Some(compiled) = outcome.value else {
            return Ok(status(&outcome.diagnostics));
        };
        let options = CrateOptions { gusset: runtime(self.gusset.as_deref())? };
        let files: Vec<_> =
            compiled.units.iter().flat_map(|unit| crate_files(unit, &options)).collect();
        let mode = if self.check { WriteMode::Check } else { WriteMode::Write };
        let changes = write(&self.out, &files, mode)?;
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
        anstream::eprintln!(
            "ok: {} crates, {} files, {} changed",
            compiled.units.len(),
            files.len(),
            changes.len()
        );
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
