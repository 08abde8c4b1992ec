//! TLS with certificates that the system knows, and HTTP/2 where the server offers it.

use crate::support::{PLAIN, meta};
use gusset::http::{Method, Response};
use gusset::serde_json::Value;
use gusset::{Auth, Client, Options, Repeat, Request, Retry};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_rustls::TlsAcceptor;

/// Where the process is to call that has the certificate in its environment.
const CHILD: &str = "GUSSET_TEST_TLS";

/// Calls that are under way at a time.
const CALLS: usize = 10;

#[tokio::test]
async fn http_2_is_spoken_where_the_server_offers_it() {
    if let Ok(url) = std::env::var(CHILD) {
        return child(url).await;
    }
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let known = folder.path().join("known.pem");
    std::fs::write(&known, made.cert.pem()).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let mut config = config.with_single_cert(vec![made.cert.der().clone()], key.into()).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let calls = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&calls);
    let served = tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        // A process that does not know the certificate does not get so far.
        let stream = loop {
            let (stream, _) = listener.accept().await.unwrap();
            if let Ok(stream) = acceptor.accept(stream).await {
                break stream;
            }
        };
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let mut connection = h2::server::handshake(stream).await.unwrap();
        let mut waiting = Vec::new();
        // All come before one is answered.
        while let Some(Ok((request, answer))) = connection.accept().await {
            assert_eq!(request.uri().path(), "/call");
            counted.fetch_add(1, Ordering::Relaxed);
            waiting.push(answer);
            if waiting.len() == CALLS {
                for mut answer in waiting.drain(..) {
                    let mut body = answer.send_response(Response::new(()), false).unwrap();
                    body.send_data("{\"pong\": true}".into(), true).unwrap();
                }
            }
        }
    });
    let run = |knows: bool| {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "tls::http_2_is_spoken_where_the_server_offers_it"]);
        child.env(CHILD, &url).env_remove("SSL_CERT_DIR").env_remove("SSL_CERT_FILE");
        if knows {
            child.env("SSL_CERT_FILE", &known);
        }
        tokio::task::spawn_blocking(move || child.output().unwrap())
    };
    let stranger = run(false).await.unwrap();
    assert!(!stranger.status.success(), "a certificate that nobody knows is refused");
    assert_eq!(calls.load(Ordering::Relaxed), 0);
    let child = run(true).await.unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    assert_eq!(calls.load(Ordering::Relaxed), CALLS);
    served.await.unwrap();
}

async fn child(url: String) {
    let options = Options::default().with_retry(Retry::never());
    let client = Client::new(&PLAIN, url, Auth::none(), options).unwrap();
    let calls: Vec<_> = (0..CALLS)
        .map(|_| {
            let client = client.clone();
            let request = Request::new(meta(&PLAIN, Method::GET, Repeat::Safe, &[]));
            tokio::spawn(async move { client.execute(request).await.unwrap().json::<Value>() })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap()["pong"], true);
    }
}
