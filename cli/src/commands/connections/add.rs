//! `gusset connections add`.

use super::given::Given;
use super::spec::{SpecArgs, consent, way};
use super::vault::VaultArgs;
use crate::commands::Failure;
use clap::Args;
use gusset::vault::Connection;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Add a connection: its spec says what is asked for
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The connection's name, that of a customer, say
    name: String,

    #[command(flatten)]
    spec: SpecArgs,

    /// The entry of the spec's `auth`, where there are several
    #[arg(long, value_name = "NAME")]
    way: Option<String>,

    /// Put it in the place of the one of that name
    #[arg(long)]
    replace: bool,

    #[command(flatten)]
    given: Given,

    #[command(flatten)]
    vault: VaultArgs,
}

impl Add {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let compiled = match self.spec.compile(None)? {
            Ok(compiled) => compiled,
            Err(status) => return Ok(status),
        };
        let integration = compiled.integration();
        let way = way(integration, self.way.as_deref())?;
        let vault = self.vault.open_or_make()?;
        let known = vault.connections(Some(&integration.name))?;
        if known.iter().any(|one| one.id == self.name) && !self.replace {
            return Err(Failure::new(format!(
                "there is a connection `{}` of {} already; `--replace` puts another in its place",
                self.name, integration.name
            )));
        }
        if way.scheme.is_some_and(|scheme| consent(scheme).is_some()) {
            anstream::eprintln!(
                "`gusset connect {}` would ask a user for the refresh token; `add` takes one that is there already.",
                self.name
            );
        }
        let mut values = self.given.read()?;
        let settings = values.settings(integration, &way.told(), &BTreeMap::new())?;
        let credentials = values.credentials(&way.fields, &BTreeMap::new())?;
        let connection = Connection {
            credentials,
            settings,
            ..Connection::new(&integration.name, &self.name, way.name)
        };
        vault.add(&connection)?;
        anstream::eprintln!("{} of {} is in the vault.", self.name, integration.name);
        Ok(ExitCode::SUCCESS)
    }
}
