//! From specs to crates on disk.

use crate::emit::{self, Change, CrateOptions, WriteMode, Writer};
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
    sources.let_go();
    input.progress.tell(Step::Emitting);
    let mode = if options.check { WriteMode::Check } else { WriteMode::Write };
    let mut writer = Writer::new(out, mode);
    let mut lines = vec![0; ir.integrations.len() + ir.syncs.len()];
    let units = emit::emit_files(&ir, sources, &options.crates, |unit, file| {
        lines[unit] += report::lines(&file);
        writer.file(&file)
    })?;
    let mut units = report::of(&ir, &units);
    units.iter_mut().zip(lines).for_each(|(unit, lines)| unit.lines = lines);
    let changes = writer.finish()?;
    Ok(Outcome { value: Some(Generated { changes, units }), diagnostics })
}
