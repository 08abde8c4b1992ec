//! What a call by an emitted client costs over the same call by reqwest alone: instructions (callgrind) and allocations.
//!
//! Both send the same request over loopback to a server in a process of its own, and decode the same JSON into the same
//! type. The emitted client authorises, keeps two limits, makes the span, judges the answer, and, in the third row,
//! writes the request log.
//!
//! `cargo bench -p gusset-tests --bench overhead` (needs `valgrind`)

#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use gusset::log::SqliteLog;
use gusset::testing::ManualClock;
use gusset::{Options, Secret};
use hubspot::operations::GetContact;
use hubspot::types::Contact;
use hubspot::{Client, Credentials, Settings};
use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What another process of this program does: `serve`, or a way to call with the server's URL and how often.
const CHILD: &str = "GUSSET_OVERHEAD_CHILD";
/// Calls of the short and of the long run: what differs is free of what happens once.
const RUNS: [u64; 2] = [200, 1_200];

const ANSWER: &str = r#"{"id": "512", "properties": {"email": "ada@example.com", "firstname": "Ada", "lastname": "Lovelace",
"hubspotscore": "72", "lifecyclestage": "lead", "hubspot_owner_id": "41", "lastmodifieddate": "2026-11-22T10:00:00.000Z"},
"createdAt": "2026-01-02T03:04:05.678Z", "updatedAt": "2026-11-22T10:00:00.000Z", "archived": false}"#;

/// Counts allocations; otherwise the system's.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

// SAFETY: everything is passed on to the system's allocator as it came.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(layout.size() as u64, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(size as u64, Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Answers every request of a connection in the same way.
fn answer(stream: TcpStream) {
    stream.set_nodelay(true).unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut stream = stream;
    while let Some(Ok(line)) = lines.next() {
        if line.is_empty() {
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-hubspot-ratelimit-remaining: 99\r\ncontent-length: {}\r\n\r\n{ANSWER}",
                ANSWER.len(),
            );
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// Ends with its standard input, which ends with the process that started it.
fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    let _ = std::io::stdin().lines().next();
}

async fn bare(url: &str, times: u64) {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .timeout(Duration::from_secs(60))
        .user_agent("bench/1")
        .no_proxy()
        .build()
        .unwrap();
    for _ in 0..times {
        let request = client
            .get(format!(
                "{url}/crm/v3/objects/contacts/512?properties=email%2Cfirstname%2Clastname"
            ))
            .bearer_auth("token")
            .header("accept", "application/json");
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        let contact: Contact =
            gusset::serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(contact.id, "512");
    }
}

async fn emitted(url: &str, times: u64, log: Option<Arc<SqliteLog>>) {
    // The time that calls take on a connection that its limits do not hold up.
    let clock = Arc::new(ManualClock::leaping());
    let mut options = Options::default().with_server(url).with_clock(clock.clone());
    if let Some(log) = log {
        options = options.with_log(log);
    }
    let credentials = Credentials::private_app(Secret::from("token"));
    let client = Client::new(credentials, &Settings::default(), options).unwrap();
    for _ in 0..times {
        clock.advance(Duration::from_millis(150));
        let properties = ["email", "firstname", "lastname"].map(str::to_owned).to_vec();
        let get = GetContact { properties, ..GetContact::new("512") };
        let contact = client.send(&get).await.unwrap();
        assert_eq!(contact.id, "512");
    }
}

fn call(way: &str, url: &str, times: u64) {
    // What emitted clients do once, too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = || Some(Arc::new(SqliteLog::open(folder.path().join("requests.sqlite")).unwrap()));
    runtime.block_on(async {
        match way {
            "bare" => bare(url, times).await,
            "emitted" => emitted(url, times, None).await,
            "logged" => emitted(url, times, log()).await,
            other => panic!("{other}"),
        }
    });
    println!("{} {}", ALLOCATIONS.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
}

/// This program once more.
fn this(child: &str, under: Option<&[&str]>) -> Command {
    let program = std::env::current_exe().unwrap();
    let mut command = match under {
        None => Command::new(program),
        Some(words) => {
            let mut command = Command::new(words[0]);
            command.args(&words[1..]).arg(program);
            command
        }
    };
    command.env(CHILD, child);
    command
}

fn server() -> (Child, String) {
    let mut server =
        this("serve", None).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut url).unwrap();
    (server, url.trim().to_owned())
}

/// Of one call: what the long run has more than the short one, by their difference.
fn per_call(measure: impl Fn(u64) -> u64) -> f64 {
    let [short, long] = RUNS.map(measure);
    long.saturating_sub(short) as f64 / (RUNS[1] - RUNS[0]) as f64
}

fn instructions(way: &str, url: &str, times: u64) -> u64 {
    let valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let output = this(&format!("{way} {url} {times}"), Some(&valgrind)).output();
    let output = output.expect("valgrind is installed");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let count = told.lines().find_map(|line| line.split_once("Collected :"));
    count.and_then(|(_, count)| count.trim().parse().ok()).unwrap_or_else(|| panic!("{told}"))
}

fn allocations(way: &str, url: &str, times: u64, part: usize) -> u64 {
    let output = this(&format!("{way} {url} {times}"), None).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    told.split_whitespace().nth(part).unwrap().parse().unwrap()
}

fn main() {
    if let Ok(child) = std::env::var(CHILD) {
        let words: Vec<&str> = child.split(' ').collect();
        return match words[..] {
            [way, url, times] => call(way, url, times.parse().unwrap()),
            _ => serve(),
        };
    }
    let (mut server, url) = server();
    println!(
        "{:<10} {:>14} {:>8} {:>14} {:>10}",
        "", "instructions", "over", "allocations", "bytes"
    );
    let mut least = None;
    for way in ["bare", "emitted", "logged"] {
        let count = per_call(|times| instructions(way, &url, times));
        let over = 100.0 * (count / *least.get_or_insert(count) - 1.0);
        let [number, bytes] =
            [0, 1].map(|part| per_call(|times| allocations(way, &url, times, part)));
        println!("{way:<10} {count:>14.0} {over:>7.1}% {number:>14.1} {bytes:>10.0}");
    }
    drop(server.stdin.take());
    server.wait().unwrap();
}
