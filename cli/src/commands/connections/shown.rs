//! `gusset connections list` and `show`: all but the secrets.

use super::vault::{VaultArgs, named};
use crate::commands::Failure;
use clap::{Args, ValueEnum};
use gusset::vault::{Connection, Vault};
use gusset::{Account, TokenStore};
use serde_json::{Value, json};
use std::process::ExitCode;

/// How connections are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// One JSON object a line
    Json,
}

/// Show all connections, without their secrets
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only those of this integration
    #[arg(long, value_name = "NAME")]
    integration: Option<String>,

    /// How they are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    #[command(flatten)]
    vault: VaultArgs,
}

impl List {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let vault = self.vault.open()?;
        let all = vault.connections(self.integration.as_deref())?;
        match self.format {
            Format::Json => {
                for one in &all {
                    anstream::println!("{}", as_json(one));
                }
            }
            Format::Human => table(&all),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Show a connection, without its secrets
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The connection; `INTEGRATION/NAME` where several have that name
    name: String,

    /// How it is shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    #[command(flatten)]
    vault: VaultArgs,
}

impl Show {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let vault = self.vault.open()?;
        let one = named(&vault, &self.name)?;
        let tokens = tokens(&vault, &one)?;
        let mut value = as_json(&one);
        value["tokens"] = tokens.clone();
        match self.format {
            Format::Json => anstream::println!("{value}"),
            Format::Human => describe(&one, &tokens),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What is known of its tokens: that there are some, and until when the access token works.
fn tokens(vault: &Vault, one: &Connection) -> Result<Value, Failure> {
    let account = Account { integration: &one.integration, connection: &one.id };
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let tokens = runtime.block_on(vault.load(account))?;
    Ok(tokens.map_or(Value::Null, |tokens| {
        json!({
            "expires": tokens.expires.map(|at| at.to_string()),
            "refresh": tokens.refresh.is_some(),
        })
    }))
}

fn as_json(one: &Connection) -> Value {
    let time = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    json!({
        "integration": one.integration,
        "id": one.id,
        "way": one.way,
        "credentials": one.credentials.keys().collect::<Vec<_>>(),
        "settings": one.settings,
        "added": time(one.added),
        "verified": time(one.verified),
    })
}

fn table(all: &[Connection]) {
    if all.is_empty() {
        anstream::eprintln!("There are no connections; `gusset connections add` adds one.");
        return;
    }
    let header = ["integration", "name", "way", "added", "verified"].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(header)
        .chain(all.iter().map(|one| {
            [
                one.integration.clone(),
                one.id.clone(),
                one.way.clone(),
                day(one.added),
                day(one.verified),
            ]
        }))
        .collect();
    let widths: [usize; 5] = std::array::from_fn(|column| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    });
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        anstream::println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn day(at: Option<jiff::Timestamp>) -> String {
    at.map_or("never".to_owned(), |at| format!("{}", at.strftime("%Y-%m-%d %H:%M")))
}

fn describe(one: &Connection, tokens: &Value) {
    anstream::println!("{} of {}", one.id, one.integration);
    let fields: Vec<&str> = one.credentials.keys().map(String::as_str).collect();
    let fields = if fields.is_empty() { "nothing".to_owned() } else { fields.join(", ") };
    anstream::println!("  authorises by `{}`, with {fields}", one.way);
    for (name, value) in &one.settings {
        anstream::println!("  {name}: {value}");
    }
    anstream::println!("  added {}, verified {}", day(one.added), day(one.verified));
    match tokens {
        Value::Null => {}
        tokens => {
            let until = tokens["expires"].as_str().unwrap_or("its provider refuses it");
            let next = match tokens["refresh"].as_bool() {
                Some(true) => "a refresh token gets the next",
                _ => "no refresh token came with it",
            };
            anstream::println!("  has an access token until {until}; {next}");
        }
    }
}
