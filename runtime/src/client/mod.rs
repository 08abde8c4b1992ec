//! The client: one way for every call.

mod body;
mod classify;
mod events;
mod execute;
mod feed;
mod link;
mod pages;
mod read_page;
mod repeat;
mod reply;
mod resources;
mod server;
mod stats;
mod upsert;
mod walk;
mod wire;

pub use body::Body;
pub use events::Events;
pub use feed::{Change, Changes};
pub use pages::{Items, Pages};
pub use reply::Reply;
pub use server::Server;
pub use stats::Stats;

pub(crate) use wire::{Extent, Wire};

use crate::auth::{Auth, Kind, Session};
use crate::breaker::Breakers;
use crate::error::Error;
use crate::events::Evented;
use crate::excerpt;
use crate::hooks::Hooked;
use crate::limits::Gate;
use crate::operation::{Integration, Operation};
use crate::options::Options;
use crate::pagination::Paginated;
use crate::priority::Priority;
use crate::request::Request;
use crate::retry::{Budget, Retry};
use crate::transport::safe_url;
use crate::upload::Upload;
use server::Located;
use std::borrow::Cow;
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
    server: Located,
    /// Servers of operations.
    servers: Vec<Arc<Url>>,
    auth: Kind,
    session: Option<Session>,
    hooks: Option<Hooked>,
    wire: Arc<Wire>,
    retry: Retry,
    budget: Budget,
    gate: Gate,
    breakers: Option<Breakers>,
    max_wait: Duration,
    deadline: Option<Duration>,
    priority: Option<Priority>,
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
        server: impl Into<Server>,
        auth: Auth,
        options: Options,
    ) -> Result<Self, Error> {
        Client::with_servers(integration, server, &[], auth, options)
    }

    /// The same with servers that some operations have of their own; operations refer to them by index.
    ///
    /// Where [`Options`] name another server, they mean these too, unless they say where each is.
    ///
    /// # Errors
    /// Like [`Client::new`].
    pub fn with_servers(
        integration: &'static Integration,
        server: impl Into<Server>,
        servers: &[String],
        auth: Auth,
        options: Options,
    ) -> Result<Self, Error> {
        Client::located(integration, server.into(), servers, auth, options)
    }

    fn located(
        integration: &'static Integration,
        place: Server,
        servers: &[String],
        auth: Auth,
        options: Options,
    ) -> Result<Self, Error> {
        let server = place.known();
        if server.starts_with('/') && options.server.is_none() && !place.is_told() {
            let message = format!(
                "the document gives only the path `{server}` of its server: say where it is with `Options::with_server`, \
                 such as `https://HOST{server}`"
            );
            return Err(Error::config(message));
        }
        let servers = servers.iter().map(|declared| {
            let given = options.servers.iter().find(|(known, _)| known == declared);
            let given = given.map(|(_, url)| url.as_str()).or(options.server.as_deref());
            safe_url(given.unwrap_or(declared)).map(Arc::new).map_err(Error::config)
        });
        let servers = servers.collect::<Result<Vec<Arc<Url>>, Error>>()?;
        let Auth(mut kind) = auth;
        let oauth = match &kind {
            Kind::OAuth { oauth, .. } => Some(oauth),
            _ => None,
        };
        let url = Located::new(place, options.server.as_deref(), oauth)?;
        // Who gives the tokens says where calls go.
        let home = match (url.fixed(), oauth) {
            (None, Some(oauth)) => format!("{server} {}", oauth.token_url),
            _ => server,
        };
        let mut secrets = kind.query_keys();
        let given = options.hooks.iter().flat_map(Hooked::query);
        secrets.extend(given.map(Cow::Borrowed));
        let wire = Arc::new(Wire::new(integration.name, secrets, &options)?);
        let clock = Arc::clone(&wire.clock);
        let session = match &mut kind {
            Kind::OAuth { oauth, grant } => {
                if let Some(token_url) = options.token_url {
                    oauth.token_url = token_url;
                }
                let (oauth, grant, wire) = (oauth.clone(), grant.clone(), Arc::clone(&wire));
                let renewing = (options.retry, options.timeout);
                Some(Session::new(oauth, grant, wire, options.tokens, renewing)?)
            }
            _ => None,
        };
        let inner = Inner {
            integration,
            home,
            server: url,
            servers,
            auth: kind,
            session,
            hooks: options.hooks,
            retry: options.retry,
            budget: Budget::new(options.retry.budget),
            gate: Gate::new(integration, options.exempt, Arc::clone(&clock))
                .learning(options.adaptive)
                .sharing(options.quotas, &wire.connection),
            breakers: options.breaker.map(Breakers::new),
            max_wait: options.max_wait,
            deadline: options.deadline,
            priority: options.priority,
            counters: stats::Counters::default(),
            trails: walk::Trails::default(),
            wire,
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
        let response = self.execute(operation.request()?).await?;
        O::decode(&response).map_err(|error| self.hide(error, operation.request().ok()))
    }

    /// Sends an operation; its output with the status and the headers that it came with.
    ///
    /// # Errors
    /// Every kind of [`Error`].
    pub async fn receive<O: Operation>(&self, operation: &O) -> Result<Reply<O>, Error> {
        let response = self.execute(operation.request()?).await?;
        Reply::new(&response).map_err(|error| self.hide(error, operation.request().ok()))
    }

    /// Sends an operation; the body of its success is read in pieces as they come, and not decoded. Limits, retries
    /// and timeouts hold until the head of the answer is there; rules of the spec that look into the body of a
    /// success do not hold.
    ///
    /// # Errors
    /// Every kind of [`Error`] but [`Error::Decode`].
    pub async fn stream<O: Operation>(&self, operation: &O) -> Result<Body, Error> {
        self.open(operation.request()?).await
    }

    /// Sends an operation whose body is bytes, with a body that is read in pieces as they are sent; the operation's own is
    /// left empty. Hooks and signatures see an empty body. A pause of more than `Options::timeout` is an error; how
    /// long it takes in all is not.
    ///
    /// # Errors
    /// Every kind of [`Error`].
    pub async fn upload<O: Operation>(
        &self,
        operation: &O,
        upload: &Upload,
    ) -> Result<O::Output, Error> {
        let response = self.execute_upload(operation.request()?, upload).await?;
        O::decode(&response).map_err(|error| self.hide(error, operation.request().ok()))
    }

    /// Sends an operation that can be answered with events; they are read as they come, like a stream.
    ///
    /// # Errors
    /// Every kind of [`Error`]; [`Error::Decode`] when the answer is no stream of events.
    pub async fn events<O: Evented>(&self, operation: &O) -> Result<Events<O::Data>, Error> {
        let mut request = operation.request()?;
        request.header("Accept", "text/event-stream")?;
        Events::new(self.open(request).await?, O::JSON, self.inner.wire.max_body)
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

    /// An error without what nobody should see of the client and of the call: why an answer does not decode may say what is in it.
    fn hide(&self, mut error: Error, asked: Option<Request>) -> Error {
        if let Error::Decode { message, .. } = &mut error {
            let secrets = self.inner.secrets_of(asked);
            *message = excerpt::without(std::mem::take(message), &secrets);
        }
        error
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
            .field("server", &self.inner.server.fixed().map(Url::as_str))
            .finish_non_exhaustive()
    }
}
