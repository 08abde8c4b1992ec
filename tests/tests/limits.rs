//! How much of a limit is used, and whether it is kept: tasks of one client, and two clients that share a store, against a
//! sandbox that allows 100 calls in any 10 seconds, on virtual time. (`benches/limits.rs` is the same in real time.)

#![allow(clippy::panic, clippy::unwrap_used)]

use futures_core::future::BoxFuture;
use gusset::jiff::Timestamp;
use gusset::log::{Entry, Log};
use gusset::vault::{Vault, VaultKey};
use gusset::{Answer, Call, Clock, HttpTransport, Options, Secret, Transport, TransportError};
use gusset_sandbox::{Credential, Sandbox};
use hubspot::operations::ListContacts;
use hubspot::{Client, Credentials, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/hubspot");

/// What the spec says: so many calls in any window.
const CALLS: u64 = 100;
const WINDOW: Duration = Duration::from_secs(10);
const WINDOWS: u32 = 10;

/// The time of day goes with tokio's, which is paused.
#[derive(Clone, Copy, Debug)]
struct Paused {
    instant: Instant,
    timestamp: Timestamp,
}

impl Paused {
    fn new() -> Self {
        Paused { instant: Instant::now(), timestamp: "2026-11-23T10:00:00Z".parse().unwrap() }
    }
}

impl Clock for Paused {
    fn timestamp(&self) -> Timestamp {
        self.timestamp + self.instant.elapsed()
    }

    fn instant(&self) -> std::time::Instant {
        Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep(duration))
    }
}

/// Takes up to 25 ms there and up to 25 ms back, so that calls arrive in another order than they were sent.
#[derive(Debug)]
struct Distant {
    http: HttpTransport,
    calls: AtomicU64,
}

impl Distant {
    fn new() -> Arc<Self> {
        // Longer than the test: what is given up on time is another test's.
        let http = HttpTransport::new(Duration::from_secs(3600), 1 << 20);
        Arc::new(Distant { http, calls: AtomicU64::new(0) })
    }
}

impl Transport for Distant {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, TransportError>> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let millis = move |prime: u64| Duration::from_millis(number.wrapping_mul(prime) % 25 + 1);
        Box::pin(async move {
            sleep(millis(7919)).await;
            let answer = self.http.send(call).await;
            sleep(millis(104_729)).await;
            answer
        })
    }
}

/// Counts answers.
#[derive(Debug, Default)]
struct Answers {
    fine: AtomicU64,
    limited: AtomicU64,
    other: AtomicU64,
}

impl Log for Answers {
    fn record(&self, entry: Entry) {
        let count = match entry.status {
            Some(200) => &self.fine,
            Some(429) => &self.limited,
            _ => &self.other,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

struct Provider {
    sandbox: Sandbox,
    token: String,
    clock: Paused,
    answers: Arc<Answers>,
}

impl Provider {
    async fn start() -> Self {
        let clock = Paused::new();
        let sandbox = Sandbox::from_specs([SPEC]).unwrap().records(1);
        let sandbox = sandbox.clock(gusset_sandbox::Clock::new(move || clock.timestamp()));
        let sandbox = sandbox.start().await.unwrap();
        let Some(Credential::Bearer { token }) = sandbox.credentials().get("private_app").cloned()
        else {
            panic!("private_app has a token")
        };
        Provider { sandbox, token, clock, answers: Arc::default() }
    }

    fn client(&self, options: Options) -> Client {
        let options = options
            .with_server(self.sandbox.url())
            .with_clock(Arc::new(self.clock))
            .with_transport(Distant::new())
            .with_log(Arc::clone(&self.answers) as Arc<dyn Log>);
        let token = Secret::from(self.token.as_str());
        Client::new(Credentials::private_app(token), &Settings::default(), options).unwrap()
    }

    /// Calls from so many tasks of each client until the windows are over; how many calls were fine, and how many refused
    /// for the limit.
    async fn call(&self, clients: &[Client], tasks: usize) -> [u64; 2] {
        let end = Instant::now() + WINDOW * WINDOWS;
        let one = |client: Client| async move {
            // Who is still waiting at the end gives up.
            while let Ok(answer) =
                tokio::time::timeout_at(end, client.send(&ListContacts::default())).await
            {
                answer.unwrap();
            }
        };
        let all = clients.iter().flat_map(|client| std::iter::repeat_n(client, tasks));
        let all: Vec<_> = all.map(|client| tokio::spawn(one(client.clone()))).collect();
        for task in all {
            task.await.unwrap();
        }
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        [count(&self.answers.fine), count(&self.answers.limited)]
    }
}

#[tokio::test(start_paused = true)]
async fn tasks_use_a_limit_and_never_pass_it() {
    for tasks in [1, 8, 64] {
        let provider = Provider::start().await;
        let client = provider.client(Options::default());
        let [fine, limited] = provider.call(&[client], tasks).await;
        let allowed = CALLS * u64::from(WINDOWS);
        assert_eq!(limited, 0, "{tasks} tasks");
        assert!(fine * 100 >= allowed * 98, "{tasks} tasks: {fine} of {allowed}");
        assert!(fine <= allowed, "{tasks} tasks: {fine} of {allowed}");
    }
}

#[tokio::test(start_paused = true)]
async fn clients_that_share_a_store_use_a_limit_together() {
    for tasks in [1, 8, 64] {
        let folder = tempfile::tempdir().unwrap();
        let (path, key) = (folder.path().join("vault.db"), VaultKey::random().unwrap());
        let provider = Provider::start().await;
        // As two processes do, each opens the file by itself.
        let open = || Options::default().with_vault(&Vault::open(&path, &key).unwrap());
        let clients = [provider.client(open()), provider.client(open())];
        let [fine, limited] = provider.call(&clients, tasks).await;
        let allowed = CALLS * u64::from(WINDOWS);
        assert!(limited * 100 <= fine + limited, "{tasks} tasks: {limited} of {fine}");
        assert!(fine * 100 >= allowed * 95, "{tasks} tasks: {fine} of {allowed}");
    }
}
