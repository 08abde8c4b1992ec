//! A provider without sockets, for tests on tokio's paused clock: each attempt is answered after a time.

use futures_core::future::BoxFuture;
use gusset::http::{HeaderMap, HeaderName, StatusCode};
use gusset::{Answer, Auth, Call, Client, Integration, Options, Transport, TransportError};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

pub type Attempt = (Duration, Result<Answer, TransportError>);

/// Answers by how many attempts came before.
pub struct Script {
    answer: Box<dyn Fn(usize) -> Attempt + Send + Sync>,
    attempts: AtomicUsize,
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Script")
    }
}

impl Script {
    pub fn new(answer: impl Fn(usize) -> Attempt + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Script { answer: Box::new(answer), attempts: AtomicUsize::new(0) })
    }

    pub fn attempts(&self) -> usize {
        self.attempts.load(Ordering::Relaxed)
    }

    pub fn client(self: &Arc<Self>, integration: &'static Integration, options: Options) -> Client {
        let options = options.with_transport(Arc::clone(self) as Arc<dyn Transport>);
        Client::new(integration, "https://provider.test".to_owned(), Auth::none(), options).unwrap()
    }
}

impl Transport for Script {
    fn send(&self, _: Call) -> BoxFuture<'_, Result<Answer, TransportError>> {
        let (after, answer) = (self.answer)(self.attempts.fetch_add(1, Ordering::Relaxed));
        Box::pin(async move {
            tokio::time::sleep(after).await;
            answer
        })
    }
}

/// An answer at once.
pub fn says(status: u16, headers: &[(&'static str, &str)]) -> Attempt {
    let headers =
        headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
    let headers = headers.collect::<HeaderMap>();
    let status = StatusCode::from_u16(status).unwrap();
    (Duration::ZERO, Ok(Answer { status, headers, body: "{}".into() }))
}

/// No answer, after a time.
pub fn fails(after: Duration, error: TransportError) -> Attempt {
    (after, Err(error))
}
