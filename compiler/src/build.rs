//! The door for build scripts.
//!
//! In `build.rs`, the whole of `main` is
//!
//! ```no_run
//! gusset_compiler::build("specs");
//! ```
//!
//! and in the crate `gusset::include_specs!();`, which brings a module for each integration and sync.

use crate::diagnostics::{Code, Diagnostic, Renderer, Severity, Style};
use crate::emit::{File, WriteMode, inline_file, write};
use crate::source::Sources;
use crate::{Input, Outcome, compile};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// The file in `$OUT_DIR` that `gusset::include_specs!()` includes.
const FILE: &str = "gusset.rs";

/// Compiles specs in a build script: a file or folder, or several. Ends the build script if something is wrong.
pub fn build(specs: impl Specs) {
    let mut build = Build::new();
    for spec in specs.paths() {
        build = build.spec(spec);
    }
    build.run();
}

/// One path, or several.
pub trait Specs {
    /// The paths.
    fn paths(self) -> Vec<PathBuf>;
}

impl Specs for &str {
    fn paths(self) -> Vec<PathBuf> {
        vec![self.into()]
    }
}

impl<P: AsRef<Path>, const N: usize> Specs for [P; N] {
    fn paths(self) -> Vec<PathBuf> {
        self.iter().map(|p| p.as_ref().to_owned()).collect()
    }
}

impl<P: AsRef<Path>, const N: usize> Specs for &[P; N] {
    fn paths(self) -> Vec<PathBuf> {
        self.iter().map(|p| p.as_ref().to_owned()).collect()
    }
}

/// What a build script compiles, where more than [`build`] is wanted.
#[derive(Clone, Debug, Default)]
pub struct Build {
    specs: Vec<PathBuf>,
}

impl Build {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A spec file, or a folder of specs, relative to the crate.
    #[must_use]
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.specs.push(path.into());
        self
    }

    /// Compiles, writes `$OUT_DIR/gusset.rs`, and tells Cargo which files it was made of. Ends the build script if
    /// something is wrong: Cargo shows the errors that it was told, and fails the build.
    pub fn run(self) {
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from);
        let mut stdout = std::io::stdout().lock();
        if self.run_to(out.as_deref(), &mut stdout).is_err() {
            drop(stdout);
            // A panic would fail the build with a backtrace that is not about the specs, and any status but 0 with all
            // that was printed here once more. Cargo fails a build whose script logged errors; others need the status.
            std::process::exit(if out.is_some() { 0 } else { 1 });
        }
    }

    /// The same, with what Cargo sets and reads given.
    ///
    /// # Errors
    /// When something is wrong; it was written to `cargo`.
    pub fn run_to(self, out: Option<&Path>, cargo: &mut dyn std::io::Write) -> Result<(), Failed> {
        let mut sources = Sources::new();
        let input = Input { specs: self.specs.clone(), ..Input::default() };
        let Outcome { value, diagnostics } = compile(&input, &mut sources);
        // Also when it failed: the next build must see that a file was mended. A folder stands for files to come.
        let files = sources.files().map(Path::to_owned).chain(self.specs);
        for file in files {
            tell(cargo, "rerun-if-changed", &file.display());
        }
        tell_diagnostics(cargo, &diagnostics, &sources);
        let Some(units) = value else {
            // What an earlier build made of other specs must not be compiled, whoever runs this.
            let _ = out.map(|out| std::fs::remove_file(out.join(FILE)));
            return Err(Failed);
        };
        let Some(out) = out else {
            tell(cargo, "error", &"OUT_DIR is not set: this is for build scripts");
            return Err(Failed);
        };
        let file = File { path: FILE.into(), text: inline_file(&units) };
        write(out, &[file], WriteMode::Write).map_err(|error| {
            tell(cargo, "error", &error);
            Failed
        })?;
        Ok(())
    }
}

/// The build script must end; Cargo was told why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the specs are wrong; Cargo was told why")
    }
}

impl std::error::Error for Failed {}

/// An instruction to Cargo. There is nobody to tell when it is not listening any more.
fn tell(cargo: &mut dyn std::io::Write, key: &str, value: &dyn fmt::Display) {
    let _ = writeln!(cargo, "cargo::{key}={value}");
}

/// Warnings of one code that are shown.
const SHOWN: usize = 5;

/// An instruction is one line. An error is shown whole, line after line; a warning, which the build goes on from, in one.
fn tell_diagnostics(cargo: &mut dyn std::io::Write, diagnostics: &[Diagnostic], sources: &Sources) {
    let renderer = Renderer::new(diagnostics, sources, Style::Plain);
    let mut warnings: BTreeMap<Code, usize> = BTreeMap::new();
    let mut first = None;
    for diagnostic in diagnostics {
        match diagnostic.severity {
            Severity::Error => {
                first.get_or_insert(diagnostic.code);
                for line in renderer.render(diagnostic).lines() {
                    tell(cargo, "error", &line);
                }
            }
            Severity::Warning => {
                let met = warnings.entry(diagnostic.code).or_default();
                *met += 1;
                if *met <= SHOWN {
                    tell(cargo, "warning", &renderer.line(diagnostic));
                }
            }
        }
    }
    for (code, number) in warnings.iter().filter(|(_, number)| **number > SHOWN) {
        let more = number - SHOWN;
        tell(cargo, "warning", &format!("[{code}]: {more} more, which `gusset check` shows"));
    }
    if let Some(code) = first {
        tell(cargo, "error", &format!("For more about an error, try `gusset explain {code}`."));
    }
}
