//! Bodies that are sent in pieces.

use crate::support::{PLAIN, Provider, pong, seconds, status};
use futures_core::future::BoxFuture;
use futures_util::stream::{iter, pending, unfold};
use gusset::bytes::Bytes;
use gusset::serde_json::{Value, json};
use gusset::{
    Answer, Auth, Call, Client, Error, Operation, OperationMeta, Options, Repeat, Request, Retry,
    Transport, TransportError, Upload,
};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Takes rows, as an emitted operation with a body of bytes does.
#[derive(Default)]
struct AddRows {
    body: Bytes,
}

impl Operation for AddRows {
    type Client = Client;
    type Output = Value;
    const META: &'static OperationMeta =
        &OperationMeta::put(&PLAIN, "add_rows", "/rows").repeat(Repeat::Idempotent);
    const DECODE: gusset::Decode<Value> = gusset::Response::json;

    fn write(&self, request: &mut Request) -> Result<(), Error> {
        request.bytes("text/csv", self.body.clone())
    }
}

/// Some rows, and how often they were begun.
fn rows(count: usize) -> (Upload, Arc<AtomicUsize>) {
    let begun = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&begun);
    let upload = Upload::new(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        iter((0..count).map(|row| Ok::<_, io::Error>(Bytes::from(format!("{row:03}\n")))))
    });
    (upload, begun)
}

#[tokio::test]
async fn a_body_in_pieces_arrives_as_one() {
    let provider = Provider::start(|_, _| pong()).await;
    let (upload, _) = rows(300);
    for (upload, length) in [(upload.clone(), None), (upload.with_length(1_200), Some("1200"))] {
        let output = provider.client().upload(&AddRows::default(), &upload).await.unwrap();
        assert_eq!(output, json!({"pong": true}));
        let seen = provider.seen().pop().unwrap();
        assert!(seen.body.len() == 1_200 && seen.text().starts_with("000\n001\n"));
        assert_eq!(seen.header("content-type"), Some("text/csv"));
        assert_eq!(seen.header("content-length"), length);
    }
}

#[tokio::test]
async fn what_is_sent_again_begins_anew() {
    let provider = Provider::start(|_, before| match before {
        0 => status(503, json!({})).with("retry-after", "0"),
        _ => pong(),
    })
    .await;
    let (upload, begun) = rows(3);
    provider.client().upload(&AddRows::default(), &upload).await.unwrap();
    assert_eq!(begun.load(Ordering::Relaxed), 2);
    assert!(provider.seen().iter().all(|seen| seen.text() == "000\n001\n002\n"));
}

#[tokio::test]
async fn an_operation_has_one_body() {
    let provider = Provider::start(|_, _| pong()).await;
    let full = AddRows { body: Bytes::from_static(b"x") };
    let error = provider.client().upload(&full, &rows(1).0).await.unwrap_err();
    assert!(error.to_string().contains("leave it empty"), "{error}");
    assert_eq!(provider.count(), 0);
}

#[tokio::test]
async fn a_source_that_fails_ends_the_call() {
    let provider = Provider::start(|_, _| pong()).await;
    let upload = Upload::new(|| {
        iter([Ok(Bytes::from_static(b"x")), Err(io::Error::other("the disk is gone"))])
    });
    let options = Options::default().with_retry(Retry::never());
    let client = provider.client_with(&PLAIN, Auth::none(), options);
    let error = client.upload(&AddRows::default(), &upload).await.unwrap_err();
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_upload_may_take_longer_than_the_timeout_but_not_stand_still() {
    let provider = Provider::start(|_, _| pong()).await;
    let options = Options::default().with_timeout(seconds(60)).with_retry(Retry::never());
    let client = provider.client_with(&PLAIN, Auth::none(), options);
    let slow = Upload::new(|| {
        unfold(0, |row| async move {
            tokio::time::sleep(seconds(40)).await;
            (row < 10).then(|| (Ok::<_, io::Error>(Bytes::from_static(b"row\n")), row + 1))
        })
    });
    client.upload(&AddRows::default(), &slow).await.unwrap();
    assert_eq!(provider.seen().pop().unwrap().body.len(), 40);

    let stuck = Upload::new(pending::<Result<Bytes, io::Error>>);
    let start = tokio::time::Instant::now();
    let error = client.upload(&AddRows::default(), &stuck).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    assert!(start.elapsed() < Duration::from_secs(61), "{:?}", start.elapsed());
}

/// A transport that knows nothing of uploads.
#[derive(Debug, Default)]
struct Plain {
    bodies: Mutex<Vec<Bytes>>,
}

impl Transport for Plain {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, TransportError>> {
        self.bodies.lock().unwrap().push(call.body);
        let (status, headers) = (gusset::http::StatusCode::OK, Default::default());
        Box::pin(async move { Ok(Answer { status, headers, body: Bytes::from_static(b"{}") }) })
    }
}

#[tokio::test]
async fn other_transports_get_the_whole_body() {
    let transport = Arc::<Plain>::default();
    let options = Options::default().with_transport(Arc::clone(&transport) as Arc<dyn Transport>);
    let server = "https://provider.test".to_owned();
    let client = Client::new(&PLAIN, server, Auth::none(), options).unwrap();
    client.upload(&AddRows::default(), &rows(2).0).await.unwrap();
    assert_eq!(*transport.bodies.lock().unwrap(), ["000\n001\n"]);
}
