//! `gusset sandbox`.

use super::{Failure, status};
use crate::machine::Machine;
use crate::output::Report;
use clap::Args;
use gusset_compiler::Input;
use gusset_compiler::source::Sources;
use gusset_sandbox::{Credential, Sandbox as Server};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Serve a stateful local stand-in for each provider, with its declared auth, paging and limits
#[derive(Args, Debug)]
pub(crate) struct Sandbox {
    /// Spec files, or folders with specs in them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// The port of the first provider; the others get the next ones
    #[arg(long, default_value_t = 4010)]
    port: u16,

    /// How many records each resource begins with, unless its spec says how many
    #[arg(long, default_value_t = 100)]
    records: u64,

    /// Keep what is written in this folder, a SQLite file a provider; in memory without it
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,

    /// Announce limits, but never refuse a call
    #[arg(long)]
    no_limits: bool,
}

impl Sandbox {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut sources = Sources::new();
        let input = Input { specs: self.paths.clone(), ..Input::default() };
        let outcome = gusset_compiler::check(&input, &mut sources);
        Report::new(&outcome.diagnostics, &sources).print(&mut Machine::None);
        let Some(ir) = outcome.value else {
            return Ok(status(&outcome.diagnostics));
        };
        if ir.integrations.is_empty() {
            return Err(Failure::new("these specs have no integration to serve"));
        }
        if let Some(folder) = &self.state {
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::at(folder.display(), &error))?;
        }
        let ir = Arc::new(ir);
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(error.to_string()))?
            .block_on(self.serve(&ir))
    }

    async fn serve(&self, ir: &Arc<gusset_compiler::ir::Ir>) -> Result<ExitCode, Failure> {
        let mut servers = Vec::new();
        for (index, integration) in ir.integrations.iter().enumerate() {
            let port = u16::try_from(index)
                .ok()
                .and_then(|index| self.port.checked_add(index))
                .ok_or_else(|| Failure::new("too many providers for the ports above --port"))?;
            let mut builder = Server::builder(Arc::clone(ir))
                .integration(&integration.name)
                .records(self.records)
                .port(if self.port == 0 { 0 } else { port });
            if let Some(folder) = &self.state {
                builder = builder.file(folder.join(format!("{}.sqlite", integration.name)));
            }
            if self.no_limits {
                builder = builder.without_limits();
            }
            let server = builder
                .start()
                .await
                .map_err(|error| Failure::new(format!("{}: {error}", integration.name)))?;
            print(&integration.name, integration.resources.keys(), &server);
            servers.push(server);
        }
        anstream::eprintln!("\nCtrl-C stops.");
        tokio::signal::ctrl_c().await.map_err(|error| Failure::new(error.to_string()))?;
        for server in servers {
            server.shutdown().await;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What a user needs to connect. The credentials are made up, so they may be printed.
fn print<'a>(name: &str, resources: impl Iterator<Item = &'a String>, server: &Server) {
    anstream::println!("{name}  {}", server.url());
    for resource in resources {
        anstream::println!("  {resource}: {} records", server.count(resource));
    }
    for (scheme, credential) in server.credentials() {
        anstream::println!("  {scheme}: {}", told(&credential));
        if let Some(url) = server.token_url(&scheme) {
            anstream::println!("    token endpoint {url}");
        }
    }
}

fn told(credential: &Credential) -> String {
    match credential {
        Credential::Bearer { token } => format!("bearer token {token}"),
        Credential::ApiKey { key } => format!("key {key}"),
        Credential::Basic { user, password } => format!("user {user}, password {password}"),
        Credential::ClientCredentials { client_id, client_secret } => {
            format!("client {client_id}, secret {client_secret}")
        }
        Credential::RefreshToken { client_id, client_secret, refresh_token } => {
            format!("client {client_id}, secret {client_secret}, refresh token {refresh_token}")
        }
    }
}
