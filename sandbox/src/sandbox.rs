//! A running sandbox, and what a test does with it.

use crate::auth::Credential;
use crate::builder::{Builder, Error};
use crate::fault::Fault;
use crate::server::{self, App, TOKENS, lock};
use axum::serve::ListenerExt;
use gusset_compiler::Input;
use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::ir::Ir;
use gusset_compiler::source::Sources;
use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::Value;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Where the time comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock of one's own.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Clock(Arc::new(now))
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Clock::new(Timestamp::now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// A running sandbox. It stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    app: Arc<App>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts to describe a sandbox of an integration in `ir`.
    pub fn builder(ir: impl Into<Arc<Ir>>) -> Builder {
        Builder::new(ir.into())
    }

    /// Starts to describe a sandbox of an integration in spec files, or in folders of them.
    ///
    /// # Errors
    /// [`Error::Specs`] with the rendered diagnostics, if the specs are wrong.
    pub fn from_specs<P: Into<PathBuf>>(
        paths: impl IntoIterator<Item = P>,
    ) -> Result<Builder, Error> {
        let specs = paths.into_iter().map(Into::into).collect();
        let mut sources = Sources::new();
        let outcome = gusset_compiler::check(&Input { specs, ..Input::default() }, &mut sources);
        match outcome.value {
            Some(ir) => Ok(Builder::new(Arc::new(ir))),
            None => {
                let rendered =
                    outcome.diagnostics.iter().map(|d| render(d, &sources, Style::Plain));
                Err(Error::Specs(rendered.collect()))
            }
        }
    }

    pub(crate) fn serve(app: Arc<App>, listener: tokio::net::TcpListener) -> Self {
        let router = axum::Router::new().fallback(server::handle).with_state(Arc::clone(&app));
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let stopped = async move {
                // An error means that the sandbox was dropped: stop just the same.
                let _ = stopped.await;
            };
            // Serving on an open listener does not fail; there is nobody to tell.
            let listener = listener.tap_io(|stream| {
                // Without it answers only come a little later.
                let _ = stream.set_nodelay(true);
            });
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        });
        Sandbox { app, stop: Some(stop), task: Some(task) }
    }

    /// The base URL, with the path that the spec's server has.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.app.origin, self.app.base)
    }

    /// What to authorise with, by the names of the spec's `auth`. Always the same.
    #[must_use]
    pub fn credentials(&self) -> IndexMap<String, Credential> {
        lock(&self.app.authority).credentials()
    }

    /// The token endpoint of an OAuth 2.0 scheme, in place of the provider's.
    #[must_use]
    pub fn token_url(&self, scheme: &str) -> Option<String> {
        let known = lock(&self.app.authority).has_token_endpoint(scheme);
        known.then(|| format!("{}{TOKENS}{scheme}/token", self.app.origin))
    }

    /// Makes every access token expire now.
    pub fn expire_tokens(&self) {
        lock(&self.app.authority).expire();
    }

    /// All records of a resource that are listed, in the order in which they were made; or of a listing that is of no
    /// resource, by the operation's name.
    #[must_use]
    pub fn records(&self, resource: &str) -> Vec<Value> {
        match self.app.model.resource(resource) {
            Some(resource) => lock(&self.app.store).records(resource),
            None => Vec::new(),
        }
    }

    /// How many records of a resource are listed.
    #[must_use]
    pub fn count(&self, resource: &str) -> usize {
        lock(&self.app.store).count(resource)
    }

    /// Changes the record with the same key (members that are not given stay), or makes one (members
    /// that are required and not given are made up). Returns the record. Its time of change is now,
    /// unless a new one is given.
    ///
    /// # Errors
    /// If there is no such resource, or the file cannot be written.
    pub fn put(&self, resource: &str, record: Value) -> Result<Value, Error> {
        let found = self
            .app
            .model
            .resource(resource)
            .ok_or_else(|| Error::Resource(resource.to_owned()))?;
        let now = self.app.now();
        let mut store = lock(&self.app.store);
        let record = store.put(found, record, now);
        store.flush()?;
        Ok(record)
    }

    /// Removes the record of a key, as the provider's other users do. Says whether there was one.
    ///
    /// # Errors
    /// If there is no such resource, or the file cannot be written.
    pub fn remove(&self, resource: &str, key: &str) -> Result<bool, Error> {
        let found = self
            .app
            .model
            .resource(resource)
            .ok_or_else(|| Error::Resource(resource.to_owned()))?;
        let now = self.app.now();
        let mut store = lock(&self.app.store);
        let Some((number, _)) = store.find(found, &found.key, key) else { return Ok(false) };
        store.delete(found, number, now);
        store.flush()?;
        Ok(true)
    }

    /// Refuses records in upserts: `refuse` sees the stored record (the one that was sent, if it is
    /// new) and gives the members of its result. An empty object is enough where the spec's `failed`
    /// and `skipped` conditions say what a skipped record looks like.
    pub fn refuse(
        &self,
        resource: &str,
        refuse: impl Fn(&Value) -> Option<Value> + Send + Sync + 'static,
    ) {
        self.app.hooks.add(resource, Arc::new(refuse));
    }

    /// Makes coming calls go wrong; of several faults of one call the first that was asked for counts.
    pub fn fault(&self, fault: Fault) {
        lock(&self.app.faults).push(fault);
    }

    /// How many requests came in; those to token endpoints not counted.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.app.requests.load(Ordering::Relaxed)
    }

    /// How many authorised calls of an operation came in.
    #[must_use]
    pub fn calls(&self, operation: &str) -> u64 {
        self.app.calls(operation)
    }

    /// Stops taking requests and waits until those under way are answered.
    pub async fn shutdown(mut self) {
        drop(self.stop.take());
        if let Some(task) = self.task.take() {
            // The task does not panic, and nobody else cancels it.
            let _ = task.await;
        }
    }
}
