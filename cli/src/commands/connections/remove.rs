//! `gusset connections remove`.

use super::vault::{VaultArgs, named};
use crate::commands::Failure;
use clap::Args;
use std::process::ExitCode;

/// Forget a connection, with its credentials and tokens
#[derive(Args, Debug)]
pub(crate) struct Remove {
    /// The connection; `INTEGRATION/NAME` where several have that name
    name: String,

    #[command(flatten)]
    vault: VaultArgs,
}

impl Remove {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let vault = self.vault.open()?;
        let connection = named(&vault, &self.name)?;
        vault.remove(&connection.integration, &connection.id)?;
        anstream::eprintln!("{} of {} is forgotten.", connection.id, connection.integration);
        Ok(ExitCode::SUCCESS)
    }
}
