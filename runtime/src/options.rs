//! How a connection is run.

use crate::auth::TokenStore;
use crate::breaker::Breaker;
use crate::clock::{Clock, SystemClock};
use crate::hooks::{CallHooks, Hooked, RequestHook};
use crate::limits::QuotaStore;
use crate::log::Log;
use crate::priority::Priority;
use crate::retry::Retry;
use crate::transport::Transport;
use std::sync::Arc;
use std::time::Duration;

/// How a connection is run: what the spec does not say, because it is not about the API.
#[derive(Clone, Debug)]
pub struct Options {
    /// The connection's name, for logs and the token store.
    pub connection: String,
    /// Another server than the spec's, such as a sandbox.
    pub server: Option<String>,
    /// Other servers than those that the document gives single operations: as declared, and where each is. Without
    /// them, they are where [`Options::server`] is.
    pub servers: Vec<(String, String)>,
    /// Another token endpoint than the spec's.
    pub token_url: Option<String>,
    /// Where every call is noted.
    pub log: Option<Arc<dyn Log>>,
    /// What carries the calls; `None` for HTTP.
    pub transport: Option<Arc<dyn Transport>>,
    /// Where renewed tokens are kept; `None`: as long as the client lives.
    pub tokens: Option<Arc<dyn TokenStore>>,
    /// Where calls of other processes are counted, too; `None`: limits are those of this process.
    pub quotas: Option<Arc<dyn QuotaStore>>,
    /// Where time and chance come from.
    pub clock: Arc<dyn Clock>,
    /// How long a call may take in all: waiting for limits and tokens, and sent again. `None`: for as long as its waits
    /// and attempts may take. Of a stream and of events it is the time until the head of the answer is there.
    pub deadline: Option<Duration>,
    /// How long an attempt may take from the first byte out to the last byte in.
    pub timeout: Duration,
    /// How long a call may wait for limits before each time it is sent.
    pub max_wait: Duration,
    /// Who goes first where calls wait for limits. `None`: interactive, and bulk in a run of a sync.
    pub priority: Option<Priority>,
    /// Whether calls of operations that no limit holds for go slower once one is refused (429, 503). On by default: until
    /// then they go as they come.
    pub adaptive: bool,
    /// The most bytes that an answer may have.
    pub max_body: usize,
    /// How often, and after how long, a call is sent again.
    pub retry: Retry,
    /// When calls to a host that fails are stopped for a while. By default they are not: a 5xx is often about one call
    /// and not about the host, and what is sent again is budgeted already.
    pub breaker: Option<Breaker>,
    /// Who we say we are.
    pub user_agent: String,
    /// Limits that do not hold for these credentials, by name. Emitted clients say so; nobody else does.
    #[doc(hidden)]
    pub exempt: &'static [&'static str],
    /// Code of the user that the spec asks for. Emitted clients bring it; nobody else does.
    #[doc(hidden)]
    pub hooks: Option<Hooked>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            connection: "default".to_owned(),
            server: None,
            servers: Vec::new(),
            token_url: None,
            log: None,
            transport: None,
            tokens: None,
            quotas: None,
            clock: Arc::new(SystemClock),
            deadline: None,
            timeout: Duration::from_secs(60),
            max_wait: Duration::from_secs(30 * 60),
            priority: None,
            adaptive: true,
            max_body: 64 * 1024 * 1024,
            retry: Retry::default(),
            breaker: None,
            user_agent: concat!("gusset/", env!("CARGO_PKG_VERSION")).to_owned(),
            exempt: &[],
            hooks: None,
        }
    }
}

impl Options {
    /// With a name, for logs and the token store.
    #[must_use]
    pub fn with_connection(self, connection: impl Into<String>) -> Self {
        Options { connection: connection.into(), ..self }
    }

    /// With another server than the spec's.
    #[must_use]
    pub fn with_server(self, server: impl Into<String>) -> Self {
        Options { server: Some(server.into()), ..self }
    }

    /// With another server than the one that the document gives single operations (its upload host, say).
    #[must_use]
    pub fn with_operation_server(
        mut self,
        declared: impl Into<String>,
        server: impl Into<String>,
    ) -> Self {
        self.servers.push((declared.into(), server.into()));
        self
    }

    /// With another token endpoint than the spec's.
    #[must_use]
    pub fn with_token_url(self, token_url: impl Into<String>) -> Self {
        Options { token_url: Some(token_url.into()), ..self }
    }

    /// With a log.
    #[must_use]
    pub fn with_log(self, log: Arc<dyn Log>) -> Self {
        Options { log: Some(log), ..self }
    }

    /// With a transport.
    #[must_use]
    pub fn with_transport(self, transport: Arc<dyn Transport>) -> Self {
        Options { transport: Some(transport), ..self }
    }

    /// With a store for renewed tokens.
    #[must_use]
    pub fn with_tokens(self, tokens: Arc<dyn TokenStore>) -> Self {
        Options { tokens: Some(tokens), ..self }
    }

    /// With a store through which processes share limits.
    #[must_use]
    pub fn with_quotas(self, quotas: Arc<dyn QuotaStore>) -> Self {
        Options { quotas: Some(quotas), ..self }
    }

    /// With a vault: renewed tokens are kept there, and limits shared with all processes that have it open.
    #[cfg(feature = "sqlite")]
    #[must_use]
    pub fn with_vault(self, vault: &crate::vault::Vault) -> Self {
        self.with_tokens(Arc::new(vault.clone())).with_quotas(Arc::new(vault.clone()))
    }

    /// With a clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Options { clock, ..self }
    }

    /// With the time that a call may take in all.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Options { deadline: Some(deadline), ..self }
    }

    /// With a rule that stops calls to a host that fails.
    #[must_use]
    pub fn with_breaker(self, breaker: Breaker) -> Self {
        Options { breaker: Some(breaker), ..self }
    }

    /// With another timeout of attempts.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Options { timeout, ..self }
    }

    /// With another longest wait for limits.
    #[must_use]
    pub fn with_max_wait(self, max_wait: Duration) -> Self {
        Options { max_wait, ..self }
    }

    /// With a priority where calls wait for limits. [`Priority::scope`] gives one to single calls.
    #[must_use]
    pub fn with_priority(self, priority: Priority) -> Self {
        Options { priority: Some(priority), ..self }
    }

    /// Without limits that the spec declares for other ways to authorise. Emitted clients do this.
    #[doc(hidden)]
    #[must_use]
    pub fn without_limits(self, exempt: &'static [&'static str]) -> Self {
        Options { exempt, ..self }
    }

    /// With the code that the spec asks for. Emitted clients do this with what they are given.
    #[doc(hidden)]
    #[must_use]
    pub fn with_hooks(self, code: Arc<dyn CallHooks>, requests: &'static [RequestHook]) -> Self {
        Options { hooks: Some(Hooked { code, requests }), ..self }
    }

    /// With another retry policy.
    #[must_use]
    pub fn with_retry(self, retry: Retry) -> Self {
        Options { retry, ..self }
    }
}
