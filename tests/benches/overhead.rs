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
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// What another process of this program does: `serve`, or a way to call with the server's URL and how often.
const CHILD: &str = "GUSSET_OVERHEAD_CHILD";
/// Calls of the short and of the long run: what differs is free of what happens once.
const RUNS: [u64; 2] = [200, 1_200];

const ANSWER: &str = r#"{"id": "512", "properties": {"email": "ada@example.com", "firstname": "Ada", "lastname": "Lovelace",
"hubspotscore": "72", "lifecyclestage": "lead", "hubspot_owner_id": "41", "lastmodifieddate": "2026-11-22T10:00:00.000Z"},
"createdAt": "2026-01-02T03:04:05.678Z", "updatedAt": "2026-11-22T10:00:00.000Z", "archived": false}"#;

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
}

/// This program once more.
fn this(child: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(CHILD, child);
    command
}

/// What a tool of valgrind says at the end of a run.
fn under(tool: &[&str], child: &str) -> String {
    let mut command = Command::new("valgrind");
    command.args(tool).arg(std::env::current_exe().unwrap()).env(CHILD, child);
    let output = command.output().expect("valgrind is installed");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    told
}

/// The number that follows a text.
fn number(told: &str, behind: &str) -> u64 {
    let rest = told.split_once(behind).unwrap_or_else(|| panic!("no `{behind}` in {told}")).1;
    let digits = rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == ',');
    digits.filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn server() -> (Child, String) {
    let mut server = this("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut url).unwrap();
    (server, url.trim().to_owned())
}

/// Instructions, allocations and their bytes.
fn measure(way: &str, url: &str, times: u64) -> [u64; 3] {
    let child = format!("{way} {url} {times}");
    let counted = under(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], &child);
    let heap = under(&["--tool=memcheck", "--leak-check=no"], &child);
    [number(&counted, "Collected :"), number(&heap, "total heap usage:"), number(&heap, "frees,")]
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
        "{:<8} {:>12} {:>7} {:>12} {:>10}",
        "", "instructions", "over", "allocations", "bytes"
    );
    let mut least = None;
    for way in ["bare", "emitted", "logged"] {
        let [short, long] = RUNS.map(|times| measure(way, &url, times));
        let calls = (RUNS[1] - RUNS[0]) as f64;
        let each = |part: usize| long[part].saturating_sub(short[part]) as f64 / calls;
        let over = 100.0 * (each(0) / *least.get_or_insert(each(0)) - 1.0);
        println!("{way:<8} {:>12.0} {over:>6.1}% {:>12.1} {:>10.0}", each(0), each(1), each(2));
    }
    drop(server.stdin.take());
    server.wait().unwrap();
}
