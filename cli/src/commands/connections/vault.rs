//! Which vault, and what it is opened with.

use crate::commands::Failure;
use clap::Args;
use gusset::vault::{Connection, Vault, VaultKey};
use std::path::PathBuf;

/// The variable with the vault's path.
const PATH: &str = "GUSSET_VAULT";

/// The variable with its key.
pub(crate) const KEY: &str = "GUSSET_VAULT_KEY";

/// The vault, and where its key is.
#[derive(Args, Debug)]
pub(crate) struct VaultArgs {
    /// The vault's file; without it, that of GUSSET_VAULT
    #[arg(long, value_name = "FILE")]
    vault: Option<PathBuf>,

    /// The file with the vault's key; without it, GUSSET_VAULT_KEY is the key
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl VaultArgs {
    /// The vault, which is there.
    pub(crate) fn open(&self) -> Result<Vault, Failure> {
        let path = self.path()?;
        if !path.exists() {
            return Err(Failure::new(format!(
                "{}: there is no vault; `gusset connections add` and `gusset connect` make it",
                path.display()
            )));
        }
        Ok(Vault::open(path, &self.key()?)?)
    }

    /// The vault, which is made if it is not there.
    pub(crate) fn open_or_make(&self) -> Result<Vault, Failure> {
        Ok(Vault::open(self.path()?, &self.key()?)?)
    }

    fn path(&self) -> Result<PathBuf, Failure> {
        let named = || std::env::var_os(PATH).filter(|path| !path.is_empty()).map(PathBuf::from);
        self.vault.clone().or_else(named).ok_or_else(|| {
            Failure::new(format!("which vault? `--vault FILE`, or the variable {PATH}, names it"))
        })
    }

    fn key(&self) -> Result<VaultKey, Failure> {
        if let Some(path) = &self.key_file {
            return Ok(VaultKey::from_file(path)?);
        }
        if std::env::var_os(KEY).is_none() {
            return Err(Failure::new(format!(
                "the vault's key is not known: `--key-file FILE`, or the variable {KEY}, has it; \
                 `gusset connections key` makes a new one"
            )));
        }
        Ok(VaultKey::from_env(KEY)?)
    }
}

/// The connection that is meant by its name, or by `INTEGRATION/NAME` where several have that name.
pub(crate) fn named(vault: &Vault, name: &str) -> Result<Connection, Failure> {
    let all = vault.connections(None)?;
    let full = |one: &Connection| format!("{}/{}", one.integration, one.id);
    let of = |is: &dyn Fn(&Connection) -> bool| -> Vec<Connection> {
        all.iter().filter(|one| is(one)).cloned().collect()
    };
    let mut found = of(&|one| one.id == name);
    if found.is_empty() {
        found = of(&|one| full(one) == name);
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 if all.is_empty() => Err(Failure::new("the vault has no connections yet")),
        0 => {
            let known: Vec<String> = all.iter().map(full).collect();
            Err(Failure::new(format!(
                "there is no connection `{name}`; the vault has {}",
                known.join(", ")
            )))
        }
        _ => {
            let several: Vec<String> = found.iter().map(full).collect();
            Err(Failure::new(format!(
                "`{name}` is the name of several: say {}",
                several.join(" or ")
            )))
        }
    }
}
