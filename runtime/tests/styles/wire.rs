//! A server on loopback that keeps what came, byte by byte.

use gusset::serde_json::{Value, json};
use gusset::{Auth, Client, Error, Integration, OperationMeta, Options, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

static INTEGRATION: Integration = Integration {
    name: "styles",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &[],
};

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Path and query.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// All values of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let same = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.headers.iter().find(same).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// What fills a request.
pub(crate) type Fill = fn(&mut Request) -> Result<(), Error>;

/// Sends a request through the client, and hands over what the server saw.
pub(crate) async fn send(
    path: &'static str,
    fill: impl FnOnce(&mut Request) -> Result<(), Error>,
) -> Result<Seen, Error> {
    let meta: &'static OperationMeta =
        Box::leak(Box::new(OperationMeta::post(&INTEGRATION, "send", path)));
    let mut request = Request::new(meta);
    fill(&mut request)?;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let seen = tokio::spawn(serve(listener));
    let client = Client::new(&INTEGRATION, server, Auth::none(), Options::default()).unwrap();
    client.execute(request).await?;
    Ok(seen.await.unwrap())
}

async fn serve(listener: TcpListener) -> Seen {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut bytes = Vec::new();
    let head = loop {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "the request is cut off");
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break String::from_utf8(bytes.drain(..end + 4).collect()).unwrap();
        }
    };
    let mut lines = head.trim_end().split("\r\n");
    let target = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(": ").unwrap_or((line.trim_end_matches(':'), "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut seen = Seen { target, headers, body: Vec::new() };
    let length: usize = seen.header("content-length").unwrap_or("0").parse().unwrap();
    while bytes.len() < length {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "the body is cut off");
    }
    seen.body = bytes;
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    stream.write_all(answer.as_bytes()).await.unwrap();
    seen
}

/// The values of the specification's examples, in its order.
pub(crate) fn string() -> Value {
    json!("blue")
}

pub(crate) fn empty() -> Value {
    json!("")
}

pub(crate) fn array() -> Value {
    json!(["blue", "black", "brown"])
}

pub(crate) fn object() -> Value {
    json!({"R": 100, "G": 200, "B": 150})
}
