//! What a sandbox is made of.

use crate::auth::TokenPolicy;
use crate::fault::Fault;
use crate::file::File;
use crate::model::Model;
use crate::sandbox::{Clock, Sandbox};
use crate::seed::Seeds;
use crate::server::App;
use crate::store::Store;
use gusset_compiler::ir::Ir;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Why a sandbox does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The specs are wrong: the rendered diagnostics.
    Specs(String),
    /// The IR has no integration of that name, or several and none was named.
    Integration {
        /// The name that was asked for.
        asked: Option<String>,
        /// The names there are.
        known: Vec<String>,
    },
    /// There is no resource of that name.
    Resource(String),
    /// The port cannot be listened on.
    Listen(std::io::Error),
    /// The file cannot be opened.
    Open {
        /// Where it should be.
        path: PathBuf,
        /// Why not.
        error: rusqlite::Error,
    },
    /// The file cannot be read or written.
    File(rusqlite::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Specs(diagnostics) => f.write_str(diagnostics),
            Error::Integration { asked: Some(name), known } => {
                write!(f, "there is no integration `{name}`, only: {}", known.join(", "))
            }
            Error::Integration { asked: None, known } => {
                write!(f, "name one of the integrations: {}", known.join(", "))
            }
            Error::Resource(name) => write!(f, "there is no resource `{name}`"),
            Error::Listen(error) => write!(f, "the sandbox cannot listen: {error}"),
            Error::Open { path, error } => {
                write!(f, "the sandbox's file {}: {error}", path.display())
            }
            Error::File(error) => write!(f, "the sandbox's file: {error}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Listen(error) => Some(error),
            Error::Open { error, .. } | Error::File(error) => Some(error),
            Error::Specs(_) | Error::Integration { .. } | Error::Resource(_) => None,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Error::File(error)
    }
}

/// What a sandbox is made of. Unset: 100 records per resource, in memory, any free port, limits on.
#[derive(Clone, Debug)]
pub struct Builder {
    ir: Arc<Ir>,
    integration: Option<String>,
    records: u64,
    file: Option<PathBuf>,
    port: u16,
    limits: bool,
    tokens: TokenPolicy,
    faults: Vec<Fault>,
    clock: Clock,
}

impl Builder {
    pub(crate) fn new(ir: Arc<Ir>) -> Self {
        Builder {
            ir,
            integration: None,
            records: 100,
            file: None,
            port: 0,
            limits: true,
            tokens: TokenPolicy { life: Duration::from_secs(1800), rotate: false },
            faults: Vec::new(),
            clock: Clock::default(),
        }
    }

    /// Which integration to serve, where there are several.
    #[must_use]
    pub fn integration(mut self, name: impl Into<String>) -> Self {
        self.integration = Some(name.into());
        self
    }

    /// How many records each resource is seeded with, unless the spec's `sandbox:` section says how many.
    #[must_use]
    pub fn records(mut self, records: u64) -> Self {
        self.records = records;
        self
    }

    /// Keeps the state in memory: it is gone at the end.
    #[must_use]
    pub fn memory(mut self) -> Self {
        self.file = None;
        self
    }

    /// Keeps the state in a SQLite file: the next start goes on with it, and does not seed again. The
    /// file holds what was written; records that nobody wrote are made anew from their numbers.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// The port on the loopback interface; 0 for any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Announces limits, but never refuses a call: for benchmarks.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.limits = false;
        self
    }

    /// How long access tokens live; 30 minutes by default.
    #[must_use]
    pub fn token_life(mut self, life: Duration) -> Self {
        self.tokens.life = life;
        self
    }

    /// Every refresh gives a new refresh token, and the old one stops working.
    #[must_use]
    pub fn rotate_refresh_tokens(mut self) -> Self {
        self.tokens.rotate = true;
        self
    }

    /// Makes calls go wrong, by their number; of several faults of one call the first that was given counts.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Where the time comes from. With a fixed clock the seeds' times are always the same, too.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Starts the server in the current Tokio runtime.
    ///
    /// # Errors
    /// If there is no such integration, the port is taken, or the file cannot be used.
    pub async fn start(self) -> Result<Sandbox, Error> {
        let model = Model::new(self.ir, self.integration.as_deref())?;
        let seeds = Seeds::new(model.clone(), self.clock.now().as_millisecond(), self.records);
        let open = |path: PathBuf| {
            File::open(&path, &model.integration().name)
                .map_err(|error| Error::Open { path, error })
        };
        let file = self.file.map(open).transpose()?;
        let store = Store::open(model.clone(), seeds, file)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = tokio::net::TcpListener::bind(address).await.map_err(Error::Listen)?;
        let origin = format!("http://{}", listener.local_addr().map_err(Error::Listen)?);
        let app = Arc::new(App::new(
            model,
            origin,
            store,
            self.tokens,
            self.limits,
            self.faults,
            self.clock,
        ));
        Ok(Sandbox::serve(app, listener))
    }
}
