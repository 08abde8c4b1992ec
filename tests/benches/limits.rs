//! How much of a limit is used, in real time: tasks of one process, and two processes that share a vault, against a sandbox
//! that allows 100 calls in any 10 seconds.
//!
//! `cargo bench -p gusset-tests --bench limits -- --windows 10`

#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use gusset::log::{Entry, Log};
use gusset::vault::{Vault, VaultKey};
use gusset::{Options, Secret};
use gusset_sandbox::{Credential, Sandbox};
use hubspot::operations::ListContacts;
use hubspot::{Client, Credentials, Settings};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What the spec of hubspot says: so many calls in any window.
const CALLS: u64 = 100;
const WINDOW: Duration = Duration::from_secs(10);

/// Where another process finds what it needs, and how long it calls.
const CHILD: &str = "GUSSET_LIMITS_CHILD";

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

/// Calls from so many tasks until the time is up.
async fn call(client: &Client, tasks: usize, span: Duration) {
    let end = Instant::now() + span;
    let one = |client: Client| async move {
        while Instant::now() < end {
            let left = end.saturating_duration_since(Instant::now());
            let list = ListContacts::default();
            if let Ok(answer) = tokio::time::timeout(left, client.send(&list)).await {
                answer.unwrap();
            }
        }
    };
    let tasks: Vec<_> = (0..tasks).map(|_| tokio::spawn(one(client.clone()))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

fn client(url: &str, token: &str, options: Options, answers: &Arc<Answers>) -> Client {
    let options = options.with_server(url).with_log(Arc::clone(answers) as Arc<dyn Log>);
    Client::new(Credentials::private_app(Secret::from(token)), &Settings::default(), options)
        .unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Another process: its counts go to standard output.
fn child(given: &str) {
    let mut parts = given.split(' ');
    let mut next = || parts.next().unwrap().to_owned();
    let (url, token, vault, key, tasks, millis) = (next(), next(), next(), next(), next(), next());
    let vault = Vault::open(vault, &VaultKey::from_text(&key).unwrap()).unwrap();
    let answers = Arc::<Answers>::default();
    let client = client(&url, &token, Options::default().with_vault(&vault), &answers);
    let span = Duration::from_millis(millis.parse().unwrap());
    runtime().block_on(call(&client, tasks.parse().unwrap(), span));
    let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
    println!("{} {} {}", count(&answers.fine), count(&answers.limited), count(&answers.other));
}

async fn sandbox() -> (Sandbox, String) {
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs/hubspot");
    let sandbox = Sandbox::from_specs([spec]).unwrap().records(1).start().await.unwrap();
    let Some(Credential::Bearer { token }) = sandbox.credentials().get("private_app").cloned()
    else {
        panic!("private_app has a token")
    };
    (sandbox, token)
}

fn report(what: &str, windows: u32, [fine, limited, other]: [u64; 3]) {
    let allowed = CALLS * u64::from(windows);
    println!(
        "{what:<24} {fine:>6} of {allowed} allowed ({:.1} %), {limited} times 429 ({:.2} %), {other} other",
        100.0 * fine as f64 / allowed as f64,
        100.0 * limited as f64 / (fine + limited).max(1) as f64,
    );
}

fn main() {
    if let Ok(given) = std::env::var(CHILD) {
        return child(&given);
    }
    let mut arguments = std::env::args().skip_while(|argument| argument != "--windows").skip(1);
    let windows: u32 = arguments.next().and_then(|given| given.parse().ok()).unwrap_or(2);
    // The last calls of the last window are answered after it.
    let span = WINDOW * windows - Duration::from_millis(50);
    for tasks in [1, 8, 64] {
        let answers = Arc::<Answers>::default();
        runtime().block_on(async {
            let (sandbox, token) = sandbox().await;
            call(&client(&sandbox.url(), &token, Options::default(), &answers), tasks, span).await;
        });
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let counts = [count(&answers.fine), count(&answers.limited), count(&answers.other)];
        report(&format!("{tasks} tasks"), windows, counts);
    }
    for tasks in [1, 8, 64] {
        let folder = tempfile::tempdir().unwrap();
        let runtime = runtime();
        let (sandbox, token) = runtime.block_on(sandbox());
        let (vault, key) = (folder.path().join("vault.db"), VaultKey::random().unwrap());
        drop(Vault::open(&vault, &key).unwrap());
        let given = format!(
            "{} {token} {} {} {tasks} {}",
            sandbox.url(),
            vault.display(),
            key.text().expose(),
            span.as_millis()
        );
        let start = || -> Child {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.env(CHILD, &given).stdout(Stdio::piped()).spawn().unwrap()
        };
        let children = [start(), start()];
        let mut sum = [0; 3];
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success());
            let text = String::from_utf8(output.stdout).unwrap();
            for (sum, count) in sum.iter_mut().zip(text.split_whitespace()) {
                *sum += count.parse::<u64>().unwrap();
            }
        }
        report(&format!("2 processes, {tasks} tasks"), windows, sum);
    }
}
