//! `gusset connections verify`: is the account still there, and are its credentials accepted?

use super::call::Call;
use super::shown::Format;
use super::spec::{SpecArgs, way};
use super::vault::{VaultArgs, named};
use crate::commands::Failure;
use clap::Args;
use gusset::log::SqliteLog;
use gusset::vault::{Connection, Vault};
use gusset::{Error, Options, Retry};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long limits may hold a verification up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Try a connection with a call that only reads: `verify` of its spec says which
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 it works, 1 it does not, 2 it could not be tried.")]
pub(crate) struct Verify {
    /// The connection; `INTEGRATION/NAME` where several have that name
    name: String,

    #[command(flatten)]
    spec: SpecArgs,

    /// Another server than the spec's, such as a sandbox's
    #[arg(long, value_name = "URL")]
    server: Option<String>,

    /// Another token endpoint than the spec's
    #[arg(long, value_name = "URL")]
    token_url: Option<String>,

    /// Note the call in this request log
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,

    /// How it is told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    #[command(flatten)]
    vault: VaultArgs,
}

impl Verify {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let vault = self.vault.open()?;
        let one = named(&vault, &self.name)?;
        let compiled = match self.spec.compile(Some(&one.integration))? {
            Ok(compiled) => compiled,
            Err(status) => return Ok(status),
        };
        let way = way(compiled.integration(), Some(&one.way))?;
        let log = self.log.as_ref().map(SqliteLog::open).transpose()?.map(Arc::new);
        let mut options = self.options(&vault, &one);
        if let Some(log) = &log {
            options = options.with_log(Arc::clone(log) as Arc<dyn gusset::log::Log>);
        }
        let call = Call::new(&compiled, &way, &one, options)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let started = Instant::now();
        let Call { client, request, operation } = call;
        let answer = runtime.block_on(client.execute(request));
        let took = started.elapsed();
        if let Some(log) = log {
            log.flush();
        }
        let what = format!("{} ({} {})", operation.name, operation.method, operation.path);
        let told = Told { one: &one, what: &what, took };
        match answer {
            Ok(answer) => {
                vault.verified(&one.integration, &one.id, jiff::Timestamp::now())?;
                told.works(self.format, answer.status());
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => {
                told.fails(self.format, &error);
                Ok(ExitCode::from(1))
            }
        }
    }

    fn options(&self, vault: &Vault, one: &Connection) -> Options {
        let mut options = Options::default()
            .with_connection(&*one.id)
            .with_vault(vault)
            .with_max_wait(PATIENCE)
            // Who looks wants to know how it is now.
            .with_retry(Retry::never());
        if let Some(server) = &self.server {
            options = options.with_server(server);
        }
        if let Some(token_url) = &self.token_url {
            options = options.with_token_url(token_url);
        }
        options
    }
}

/// What a verification says.
struct Told<'t> {
    one: &'t Connection,
    what: &'t str,
    took: Duration,
}

impl Told<'_> {
    fn works(&self, format: Format, status: u16) {
        let Connection { integration, id, way, .. } = self.one;
        let (what, millis) = (self.what, self.took.as_millis());
        match format {
            Format::Json => anstream::println!(
                "{}",
                json!({"integration": integration, "id": id, "works": true, "status": status, "call": what, "ms": millis})
            ),
            Format::Human => anstream::eprintln!(
                "{id} of {integration} works: {what} was answered with {status} in {millis} ms, authorised by `{way}`."
            ),
        }
    }

    fn fails(&self, format: Format, error: &Error) {
        let Connection { integration, id, .. } = self.one;
        let (what, meaning) = (self.what, meaning(error));
        match format {
            Format::Json => anstream::println!(
                "{}",
                json!({
                    "integration": integration, "id": id, "works": false, "status": error.status(), "call": what,
                    "meaning": meaning, "error": error.to_string(), "ms": self.took.as_millis(),
                })
            ),
            Format::Human => anstream::eprintln!(
                "{id} of {integration} does not work: {meaning}.\n  {error}\n  tried with {what}"
            ),
        }
    }
}

/// An error in plain words.
fn meaning(error: &Error) -> &'static str {
    match error {
        Error::Auth { .. } => "no access token can be had with its credentials",
        Error::Transport { .. } | Error::Timeout { .. } => "the provider cannot be reached",
        Error::Limited { .. } => "a limit is used up, so it was not tried",
        Error::Config { .. } => "it is set up wrongly",
        Error::Status(answer) => match answer.status {
            200..=299 => "the provider answers that it failed",
            401 => "the provider does not accept its credentials",
            403 => "its credentials may not do this: rights or scopes are missing",
            404 | 410 => "there is no such thing there: is a setting wrong?",
            429 => "the provider's limit is used up; try again later",
            500..=599 => "the provider has a fault of its own; try again later",
            _ => "the provider refuses the call",
        },
        _ => "something else went wrong",
    }
}
