//! From specs to crates on disk.

use crate::emit::{self, Change, CrateOptions, File, WriteMode};
use crate::progress::Step;
use crate::report::{self, UnitReport};
use crate::source::Sources;
use crate::{Input, Outcome, check};
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

/// What was generated.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// What changed on disk, or with [`check`](GenerateOptions::check) what would.
    pub changes: Vec<Change>,
    /// What became of each unit.
    pub units: Vec<UnitReport>,
}

/// All passes, and a crate for each unit below `out`.
///
/// # Errors
/// When a file below `out` cannot be read or written. What is wrong with the specs is in the outcome.
pub fn generate(
    input: &Input,
    sources: &mut Sources,
    out: &Path,
    options: &GenerateOptions,
) -> io::Result<Outcome<Generated>> {
    let Outcome { value, diagnostics } = check(input, sources);
    let Some(ir) = value else { return Ok(Outcome { value: None, diagnostics }) };
    input.progress.tell(Step::Emitting);
    let units = emit::emit(&ir, sources);
    let mut reports = report::of(&ir, &units);
    // What was made of a big document takes room: the IR goes before the units are files, and each unit after it.
    drop(ir);
    let mut files: Vec<File> = Vec::new();
    for (unit, report) in units.into_iter().zip(&mut reports) {
        let made = emit::crate_files(&unit, &options.crates);
        report.count_lines(&made);
        files.extend(made);
    }
    input.progress.tell(Step::Writing);
    let mode = if options.check { WriteMode::Check } else { WriteMode::Write };
    let changes = emit::write(out, &files, mode)?;
    Ok(Outcome { value: Some(Generated { changes, units: reports }), diagnostics })
}
