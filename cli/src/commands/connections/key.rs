//! `gusset connections key`.

use super::vault::KEY;
use crate::commands::Failure;
use clap::Args;
use gusset::vault::VaultKey;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Make a key for a new vault
#[derive(Args, Debug)]
pub(crate) struct Key {
    /// Write it to a new file that only its owner reads; without it, to stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Key {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let key = VaultKey::random()?.text();
        let Some(path) = &self.out else {
            anstream::println!("{}", key.expose());
            anstream::eprintln!(
                "Keep it where secrets are kept, in {KEY} or a file: without it nothing in the vault can be read."
            );
            return Ok(ExitCode::SUCCESS);
        };
        let mut options = std::fs::OpenOptions::new();
        // A key that is written over takes its vault along.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let at = |error: std::io::Error| Failure::at(path.display(), &error);
        let mut file = options.open(path).map_err(at)?;
        writeln!(file, "{}", key.expose()).and_then(|()| file.sync_all()).map_err(at)?;
        anstream::eprintln!("{} has a new key; `--key-file {0}` uses it.", path.display());
        Ok(ExitCode::SUCCESS)
    }
}
