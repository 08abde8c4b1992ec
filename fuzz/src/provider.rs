//! A provider whose answers are the fuzzer's, and a clock on which nobody waits.

use gusset::bytes::Bytes;
use gusset::http::{self, HeaderMap, HeaderName, HeaderValue, StatusCode};
use gusset::jiff::{SignedDuration, Timestamp};
use gusset::{
    Answer, Auth, Call, Client, Clock, Integration, Opened, Options, Transport, TransportError,
};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Gives its answers in order; then there is no connection any more. With pieces, every answer is a stream of these.
#[derive(Debug)]
pub struct Provider {
    answers: Mutex<VecDeque<Answer>>,
    pieces: Option<Vec<Bytes>>,
}

impl Provider {
    /// A client of an integration that gets these answers.
    ///
    /// # Panics
    /// When the server is no server: targets have right ones.
    pub fn client(integration: &'static Integration, answers: VecDeque<Answer>) -> Client {
        Provider { answers: Mutex::new(answers), pieces: None }.connected(integration)
    }

    /// A client of an integration that gets a stream of events in these pieces.
    ///
    /// # Panics
    /// When the server is no server: targets have right ones.
    pub fn streaming(integration: &'static Integration, pieces: Vec<Bytes>) -> Client {
        Provider { answers: Mutex::default(), pieces: Some(pieces) }.connected(integration)
    }

    fn connected(self, integration: &'static Integration) -> Client {
        let options = Options { clock: Arc::new(Leaps::default()), ..Options::default() };
        let server = "https://api.example.com/v1".to_owned();
        Client::new(integration, server, Auth::none(), options.with_transport(Arc::new(self)))
            .expect("the server is one")
    }

    /// Runs to the end.
    ///
    /// # Panics
    /// When there is no runtime to be had.
    pub fn run<F: Future>(future: F) -> F::Output {
        thread_local! {
            static RUNTIME: tokio::runtime::Runtime =
                tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        }
        RUNTIME.with(|runtime| runtime.block_on(future))
    }
}

impl Transport for Provider {
    fn send(
        &self,
        _: Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + '_>> {
        let answer = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let answer = answer.ok_or_else(|| TransportError::Connect("that was all".to_owned()));
        Box::pin(std::future::ready(answer))
    }

    fn open(
        &self,
        _: Call,
    ) -> Pin<Box<dyn Future<Output = Result<Opened, TransportError>> + Send + '_>> {
        let kind = HeaderValue::from_static("text/event-stream");
        let headers = HeaderMap::from_iter([(http::header::CONTENT_TYPE, kind)]);
        let pieces = self.pieces.clone().unwrap_or_default().into_iter().map(Ok);
        let body = Box::pin(futures_util::stream::iter(pieces));
        Box::pin(std::future::ready(Ok(Opened { status: StatusCode::OK, headers, body })))
    }
}

/// Leaps over every wait; nothing else moves it.
#[derive(Debug)]
struct Leaps {
    start: Instant,
    leapt_ms: AtomicU64,
}

impl Default for Leaps {
    fn default() -> Self {
        Leaps { start: Instant::now(), leapt_ms: AtomicU64::new(0) }
    }
}

impl Clock for Leaps {
    fn timestamp(&self) -> Timestamp {
        let leapt = i64::try_from(self.leapt_ms.load(Ordering::SeqCst)).unwrap_or(i64::MAX);
        let start = Timestamp::constant(1_795_000_000, 0);
        start.checked_add(SignedDuration::from_millis(leapt)).unwrap_or(Timestamp::MAX)
    }

    fn instant(&self) -> Instant {
        self.start + Duration::from_millis(self.leapt_ms.load(Ordering::SeqCst))
    }

    fn sleep(&self, wait: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        // What is shorter than a millisecond must pass, too.
        let wait = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
        self.leapt_ms.fetch_add(wait, Ordering::SeqCst);
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// Answers as a text: a line with the status, lines with headers, an empty line, the body, and `~~~` before the next.
/// What is no status is 200, what is no header is none.
#[must_use]
pub fn answers(data: &[u8]) -> VecDeque<Answer> {
    split(data, b"\n~~~\n").into_iter().map(answer).collect()
}

fn answer(data: &[u8]) -> Answer {
    let mut parts = split(data, b"\n\n").into_iter();
    let head = parts.next().unwrap_or_default();
    let body = data.get(head.len() + 2..).unwrap_or_default();
    let mut lines = head.split(|byte| *byte == b'\n');
    let status = lines.next().and_then(|line| StatusCode::from_bytes(line).ok());
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name), HeaderValue::from_bytes(value))
        {
            headers.append(name, value);
        }
    }
    let body = Bytes::copy_from_slice(body);
    Answer { status: status.unwrap_or(StatusCode::OK), headers, body }
}

fn split<'d>(data: &'d [u8], by: &[u8]) -> Vec<&'d [u8]> {
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(by.len()).position(|window| window == by) {
        parts.push(&rest[..at]);
        rest = &rest[at + by.len()..];
    }
    parts.push(rest);
    parts
}
