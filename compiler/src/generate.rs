//! From specs to crates on disk.

use crate::emit::{self, Change, CrateOptions, WriteMode};
use crate::source::Sources;
use crate::{Input, Outcome, compile};
use std::io;
use std::path::Path;

/// How crates are generated.
#[derive(Clone, Debug, Default)]
pub struct GenerateOptions {
    /// What the crates are like.
    pub crates: CrateOptions,
    /// Only report what would change.
    pub check: bool,
}

/// All passes, and a crate for each unit below `out`. Gives what changed on disk, or with
/// [`check`](GenerateOptions::check) what would.
///
/// # Errors
/// When a file below `out` cannot be read or written. What is wrong with the specs is in the outcome.
pub fn generate(
    input: &Input,
    sources: &mut Sources,
    out: &Path,
    options: &GenerateOptions,
) -> io::Result<Outcome<Vec<Change>>> {
    let Outcome { value, diagnostics } = compile(input, sources);
    let Some(units) = value else { return Ok(Outcome { value: None, diagnostics }) };
    let files: Vec<_> =
        units.iter().flat_map(|unit| emit::crate_files(unit, &options.crates)).collect();
    let mode = if options.check { WriteMode::Check } else { WriteMode::Write };
    let changes = emit::write(out, &files, mode)?;
    Ok(Outcome { value: Some(changes), diagnostics })
}
