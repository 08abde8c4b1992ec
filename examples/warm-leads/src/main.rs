//! Makes Salesforce leads of HubSpot contacts whose score reaches a threshold.
//!
//! This is a user's crate. `build.rs` names the specs; `include_specs!` brings what the compiler makes of them, the modules
//! `hubspot`, `salesforce` and `warm_leads`; and [`sync`] puts clients, state and sync together. In place of the
//! providers there are sandboxes, made from the same specs.

mod cli;
mod folder;
mod leads;
mod output;
mod progress;
mod providers;

use clap::Parser;
use cli::Args;
use folder::Folder;
use gusset::log::SqliteLog;
use gusset::sync::{Options, SqliteStore};
use leads::Leads;
use progress::Progress;
use providers::Providers;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use warm_leads::{Settings, WarmLeads};

gusset::include_specs!();

#[tokio::main]
async fn main() -> ExitCode {
    match sync(&Args::parse()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn sync(args: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let folder = Folder::open(&args.state, args.reset)?;
    let log = Arc::new(SqliteLog::open(folder.log())?);
    let providers = Providers::start(&folder, args.records.unwrap_or(5_000)).await?;
    let contacts = providers.hubspot.count("contacts");
    if let Some(asked) = args.records.filter(|asked| usize::try_from(*asked) != Ok(contacts)) {
        let folder = args.state.display();
        return Err(format!(
            "{folder} began with {contacts} contacts, not {asked}: `--reset` starts over, another `--state` beside it"
        )
        .into());
    }

    let settings = Settings { threshold: args.threshold };
    let (hubspot, salesforce) =
        (providers.hubspot(log.clone())?, providers.salesforce(log.clone())?);
    let sync = WarmLeads::new(hubspot, salesforce, settings);
    let store = SqliteStore::open(folder.state())?;
    let mut progress = Progress::new(contacts, args.kill_after);
    let options = Options { observer: Some(&mut progress), ..Options::default() };
    let report = gusset::sync::run(&sync, &store, options).await?;

    let leads = Leads::count(&providers, args.threshold);
    log.flush();
    output::print(args.json, &report, &leads, &folder.log())?;
    Ok(if leads.fine() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
