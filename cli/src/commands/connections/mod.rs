//! `gusset connections`: the accounts in a vault.

mod add;
mod authorised;
mod call;
mod given;
mod key;
mod live;
mod remove;
mod rules;
mod shown;
mod spec;
mod vault;
mod verify;

pub(crate) use given::Given;
pub(crate) use live::{Filled, client_secret};
pub(crate) use spec::{SpecArgs, consent, way};
pub(crate) use vault::VaultArgs;

use super::Failure;
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Keep accounts of customers, with their credentials sealed, in a vault
#[derive(Args, Debug)]
#[command(
    after_help = "The vault is the file that --vault or GUSSET_VAULT names. Its key is in GUSSET_VAULT_KEY, or in the \
                  file of --key-file; `gusset connections key` makes one.\n\
                  Secrets are never arguments: they are asked for, or come from the environment or from stdin."
)]
pub(crate) struct Connections {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(shown::List),
    Add(add::Add),
    Show(shown::Show),
    Remove(remove::Remove),
    Key(key::Key),
    Verify(verify::Verify),
}

impl Connections {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        match self.command {
            Command::List(command) => command.run(),
            Command::Add(command) => command.run(),
            Command::Show(command) => command.run(),
            Command::Remove(command) => command.run(),
            Command::Key(command) => command.run(),
            Command::Verify(command) => command.run(),
        }
    }
}
