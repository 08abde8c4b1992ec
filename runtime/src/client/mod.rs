//! The client: one way for every call.

mod classify;
mod execute;
mod link;
mod pages;
mod read_page;
mod resources;
mod stats;
mod upsert;
mod walk;
mod wire;

pub use pages::{Items, Pages};
pub use stats::Stats;

pub(crate) use wire::Wire;

use crate::auth::{self, Auth, Kind, Session};
use crate::error::Error;
use crate::limits::Gate;
use crate::operation::{Integration, Operation};
use crate::options::Options;
use crate::pagination::Paginated;
use crate::request::Request;
use crate::retry::{Budget, Retry};
use crate::transport::{HttpTransport, Transport, safe_url};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A connection to a provider. Cheap to clone; clones share tokens, limits, and the retry budget.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    integration: &'static Integration,
    /// As the spec and the settings say; [`Options`] may name another one.
    home: String,
    server: Url,
    auth: Kind,
    session: Option<Session>,
    wire: Arc<Wire>,
    retry: Retry,
    budget: Budget,
    gate: Gate,
    max_wait: Duration,
    counters: stats::Counters,
    trails: walk::Trails,
}

impl Client {
    /// Sets a connection up. Nothing is sent before the first operation.
    ///
    /// # Errors
    /// [`Error::Config`] when the server or the token endpoint is no URL, or is plain http to another host than
    /// loopback.
    pub fn new(
        integration: &'static Integration,
        server: String,
        auth: Auth,
        options: Options,
    ) -> Result<Self, Error> {
        let url = safe_url(options.server.as_deref().unwrap_or(&server)).map_err(Error::config)?;
        let transport: Arc<dyn Transport> = options
            .transport
            .unwrap_or_else(|| Arc::new(HttpTransport::new(options.timeout, options.max_body)));
        let clock = options.clock;
        let Auth(mut kind) = auth;
        let secret = match &kind {
            Kind::Query { name, .. } => Some(name.clone()),
            _ => None,
        };
        let wire = Arc::new(Wire {
            secret,
            integration: integration.name,
            connection: options.connection,
            transport,
            clock: Arc::clone(&clock),
            log: options.log,
            user_agent: auth::plain_header(&options.user_agent)?,
        });
        let session = match &mut kind {
            Kind::OAuth { oauth, grant } => {
                if let Some(token_url) = options.token_url {
                    oauth.token_url = token_url;
                }
                let (oauth, grant, wire) = (oauth.clone(), grant.clone(), Arc::clone(&wire));
                Some(Session::new(oauth, grant, wire, options.tokens, options.retry)?)
            }
            _ => None,
        };
        let inner = Inner {
            integration,
            home: server,
            server: url,
            auth: kind,
            session,
            wire,
            retry: options.retry,
            budget: Budget::new(options.retry.budget),
            gate: Gate::new(integration, Arc::clone(&clock)),
            max_wait: options.max_wait,
            counters: stats::Counters::default(),
            trails: walk::Trails::default(),
        };
        Ok(Client { inner: Arc::new(inner) })
    }

    /// The integration that this is a connection to.
    #[must_use]
    pub fn integration(&self) -> &'static Integration {
        self.inner.integration
    }

    /// The connection's name.
    #[must_use]
    pub fn connection(&self) -> &str {
        &self.inner.wire.connection
    }

    /// Sends an operation and decodes its output.
    ///
    /// # Errors
    /// Every kind of [`Error`].
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        O::decode(&self.execute(operation.request()?).await?)
    }

    /// The pages of a paginated operation.
    pub fn pages<O: Paginated>(&self, operation: O) -> Pages<O> {
        Pages::new(self, operation.request())
    }

    /// The items of all pages.
    pub fn items<O: Paginated>(&self, operation: O) -> Items<O> {
        Items::new(self, operation.request())
    }

    /// What this client has done so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.inner.counters.read()
    }

    fn request<O: Operation>() -> Request {
        Request::new(O::META)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("integration", &self.inner.integration.name)
            .field("connection", &self.inner.wire.connection)
            .field("server", &self.inner.server.as_str())
            .finish_non_exhaustive()
    }
}
