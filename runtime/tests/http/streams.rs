//! Bodies in pieces, events, and what comes beside an output.

use crate::support::{PLAIN, Provider, ok, status};
use gusset::bytes::Bytes;
use gusset::serde::Deserialize;
use gusset::serde_json::{Value, json};
use gusset::{
    Auth, Client, Error, Evented, Headed, Operation, OperationMeta, Options, Redirect, Response,
    Retry,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers each connection with the pieces of an answer, each written on its own.
pub(crate) async fn raw(answers: Vec<Vec<Vec<u8>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for pieces in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            for piece in pieces {
                stream.write_all(&piece).await.unwrap();
                tokio::task::yield_now().await;
            }
        }
    });
    url
}

pub(crate) fn head(more: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{more}\r\n\r\n").into_bytes()
}

pub(crate) fn client(url: &str) -> Client {
    let options = Options::default().with_server(url).with_retry(Retry::never());
    Client::new(&PLAIN, url.to_owned(), Auth::none(), options).unwrap()
}

pub(crate) struct Export;

impl Operation for Export {
    type Client = Client;
    type Output = Bytes;
    const META: &'static OperationMeta =
        &OperationMeta::get(&PLAIN, "export", "/export").accept("application/pdf");
    const DECODE: gusset::Decode<Bytes> = gusset::Response::bytes;
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(crate = "gusset::serde")]
pub(crate) struct Word {
    word: String,
}

impl Evented for Export {
    type Data = Word;
}

pub(crate) struct Headers {
    total: Option<i64>,
    link: Option<String>,
}

impl Headed for Export {
    type Headers = Headers;

    fn headers(response: &Response) -> Result<Headers, Error> {
        Ok(Headers { total: response.header_as("X-Total")?, link: response.header_as("Link")? })
    }
}

#[tokio::test]
async fn a_body_comes_in_pieces_and_is_as_long_as_it_likes() {
    let pieces = vec![head("content-length: 9"), b"abc".to_vec(), b"def".to_vec(), b"ghi".to_vec()];
    let url = raw(vec![pieces.clone(), pieces]).await;
    let options = Options { max_body: 4, ..Options::default() }.with_server(&*url);
    let client = Client::new(&PLAIN, url, Auth::none(), options).unwrap();
    let mut body = client.stream(&Export).await.unwrap();
    assert_eq!((body.status(), body.length()), (200, Some(9)));
    let mut all = Vec::new();
    while let Some(chunk) = body.chunk().await {
        all.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(all, b"abcdefghi");
    let limited = client.stream(&Export).await.unwrap().with_limit(8).bytes().await;
    assert!(limited.unwrap_err().to_string().contains("longer than the limit of 8 bytes"));
}

#[tokio::test]
async fn a_body_that_is_cut_is_an_error() {
    let url = raw(vec![vec![head("content-length: 9"), b"abc".to_vec()]]).await;
    let mut body = client(&url).stream(&Export).await.unwrap();
    assert_eq!(body.chunk().await.unwrap().unwrap(), &b"abc"[..]);
    let error = body.chunk().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert!(body.chunk().await.is_none());
}

#[tokio::test]
async fn the_head_is_judged_and_repeated_like_any_answer() {
    let provider = Provider::start(|_, before| match before {
        0 => status(503, json!({})),
        1 => ok(json!([1])),
        _ => status(404, json!({"secret": "token", "message": "gone"})),
    })
    .await;
    let client = provider.client();
    let body = client.stream(&Export).await.unwrap();
    assert_eq!(body.bytes().await.unwrap(), "[1]");
    assert_eq!(provider.count(), 2);
    assert_eq!(provider.seen()[0].header("accept"), Some("application/pdf, */*;q=0.5"));
    let error = client.stream(&Export).await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    #[derive(Debug, Deserialize)]
    #[serde(crate = "gusset::serde")]
    struct Gone {
        message: String,
    }
    assert_eq!(error.decode::<Gone>().unwrap().message, "gone");
    assert!(error.decode::<Word>().is_none());
    let answer = error.answer().unwrap();
    assert!(answer.headers().contains_key("content-length"));
    let shown = format!("{error} {error:?} {answer} {answer:?}");
    assert!(!shown.contains("token"), "{shown}");
}

#[tokio::test]
async fn events_come_whole_however_the_stream_is_split() {
    let stream = "\u{feff}: hello\r\nid: 7\r\nevent: add\r\ndata: {\"word\":\r\ndata: \"ä\"}\r\n\r\n\
                  data: {}\n\ndata: {\"word\": \"b\"}\n\ndata: [DONE]\n\ndata: {\"word\": \"late\"}\n\n";
    let first = head("content-type: text/event-stream; charset=utf-8");
    let bytes = stream.bytes().map(|byte| vec![byte]);
    let url = raw(vec![std::iter::once(first).chain(bytes).collect()]).await;
    let mut events = client(&url).events(&Export).await.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.id.as_deref(), event.event.as_str()), (Some("7"), "add"));
    assert_eq!(event.data, Word { word: "ä".to_owned() });
    let error = events.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("event `message`") && error.contains("missing field `word`"), "{error}");
    assert_eq!(events.next().await.unwrap().unwrap().data.word, "b");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_stream_of_events_is_an_error() {
    let provider = Provider::start(|_, _| ok(json!({}))).await;
    let error = provider.client().events(&Export).await.unwrap_err().to_string();
    assert!(error.contains("is no stream of events"), "{error}");
    assert_eq!(provider.seen()[0].header("accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn headers_that_the_document_lists_are_typed() {
    let provider = Provider::start(|_, before| {
        let total = if before == 0 { "12" } else { "many" };
        ok(json!([])).with("X-Total", total)
    })
    .await;
    let client = provider.client();
    let reply = client.receive(&Export).await.unwrap();
    let Headers { total, link } = reply.documented().unwrap();
    assert_eq!((reply.status(), total, link), (200, Some(12), None));
    assert_eq!(reply.output, "[]");
    let error = client.receive(&Export).await.unwrap().documented().err().unwrap().to_string();
    assert!(error.contains("header.X-Total"), "{error}");
}

/// What each status is answered with.
#[derive(Debug, PartialEq)]
enum Made {
    Ok(Value),
    Text(String),
    Nothing,
}

struct Make;

impl Operation for Make {
    type Client = Client;
    type Output = Made;
    const META: &'static OperationMeta = &OperationMeta::post(&PLAIN, "make", "/things");

    const DECODE: gusset::Decode<Made> = |response| {
        Ok(match response.status() {
            200 => Made::Ok(response.json()?),
            202 => Made::Text(response.text()?),
            204 => Made::Nothing,
            _ => return response.undocumented(),
        })
    };
}

#[tokio::test]
async fn answers_are_told_apart_by_status() {
    let provider = Provider::start(|_, before| match before {
        0 => ok(json!(1)),
        1 => status(202, json!("later")),
        2 => status(204, json!(null)),
        _ => status(206, json!([])),
    })
    .await;
    let client = provider.client();
    assert_eq!(client.send(&Make).await.unwrap(), Made::Ok(json!(1)));
    assert_eq!(client.send(&Make).await.unwrap(), Made::Text("\"later\"".to_owned()));
    assert_eq!(client.send(&Make).await.unwrap(), Made::Nothing);
    let error = client.send(&Make).await.unwrap_err().to_string();
    assert!(error.contains("no success with status 206"), "{error}");
}

struct Elsewhere;

impl Operation for Elsewhere {
    type Client = Client;
    type Output = Redirect;
    const META: &'static OperationMeta =
        &OperationMeta::get(&PLAIN, "archive", "/archive").redirects().server(0).public();
    const DECODE: gusset::Decode<Redirect> = gusset::Response::redirect;
}

#[tokio::test]
async fn an_operation_has_its_own_server_and_no_credentials_if_it_is_public() {
    let content = Provider::start(|_, _| {
        status(302, json!({})).with("Location", "https://files.test/a?signature=1")
    })
    .await;
    let main = Provider::start(|_, _| ok(json!({}))).await;
    let declared = ["https://content.example.com".to_owned()];
    let connect = |options: Options| {
        let server = "https://api.example.com".to_owned();
        Client::with_servers(&PLAIN, server, &declared, Auth::bearer("s3cret"), options).unwrap()
    };
    let options = Options::default().with_server(&*main.url);
    let both = options.clone().with_operation_server(&*declared[0], &*content.url);
    let redirect = connect(both).send(&Elsewhere).await.unwrap();
    let location = "https://files.test/a?signature=1".to_owned();
    assert_eq!(redirect, Redirect { status: 302, location });
    assert_eq!((content.count(), main.count()), (1, 0));
    assert_eq!(content.seen()[0].header("authorization"), None);
    // A stand-in for the server stands in for all of them.
    let error = connect(options).send(&Elsewhere).await.unwrap_err();
    assert!(error.to_string().contains("Location"), "{error}");
    assert_eq!((content.count(), main.count()), (1, 1));
}

#[tokio::test]
async fn a_server_that_is_only_a_path_is_asked_for() {
    let error = Client::new(&PLAIN, "/api/v3".to_owned(), Auth::none(), Options::default());
    let error = error.unwrap_err().to_string();
    assert!(error.contains("with_server") && error.contains("https://HOST/api/v3"), "{error}");
}
