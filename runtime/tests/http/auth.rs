//! Constant credentials: where they travel, and that they do not show.

use crate::support::{Ping, Provider, Seen, pong};
use gusset::{Auth, Authorizer, Call, Error, Options};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

async fn sent(auth: Auth) -> Seen {
    let provider = Provider::start(|_, _| pong()).await;
    let shown = format!("{auth:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    let client = provider.client_with(&crate::support::PLAIN, auth, Options::default());
    assert!(!format!("{client:?}").contains("s3cret"));
    client.send(&Ping).await.unwrap();
    provider.seen().remove(0)
}

#[tokio::test]
async fn none() {
    let seen = sent(Auth::none()).await;
    assert_eq!((seen.header("authorization"), seen.query.as_str()), (None, ""));
    assert_eq!(seen.header("user-agent"), Some(concat!("gusset/", env!("CARGO_PKG_VERSION"))));
}

#[tokio::test]
async fn bearer() {
    assert_eq!(sent(Auth::bearer("s3cret")).await.header("authorization"), Some("Bearer s3cret"));
}

#[tokio::test]
async fn basic() {
    let seen = sent(Auth::basic("aladdin", "s3cret")).await;
    assert_eq!(seen.header("authorization"), Some("Basic YWxhZGRpbjpzM2NyZXQ="));
}

#[tokio::test]
async fn api_key_in_a_header() {
    let seen = sent(Auth::api_key_header("X-Api-Key", "Token ", "s3cret")).await;
    assert_eq!(seen.header("x-api-key"), Some("Token s3cret"));
}

#[tokio::test]
async fn api_key_in_the_query() {
    assert_eq!(sent(Auth::api_key_query("api_key", "s3cret&x")).await.query, "api_key=s3cret%26x");
}

#[tokio::test]
async fn api_key_in_a_cookie() {
    assert_eq!(
        sent(Auth::api_key_cookie("sid", "s3cret")).await.header("cookie"),
        Some("sid=s3cret")
    );
}

#[tokio::test]
async fn a_key_with_a_line_break_is_an_error_that_does_not_show_it() {
    let provider = Provider::start(|_, _| pong()).await;
    let auth = Auth::bearer("s3cret\n");
    let client = provider.client_with(&crate::support::PLAIN, auth, Options::default());
    let error = client.send(&Ping).await.unwrap_err();
    assert!(matches!(error, Error::Config { .. }), "{error}");
    assert!(!format!("{error} {error:?}").contains("s3cret"));
    assert_eq!(provider.count(), 0);
}

/// Signs with a session that the provider ends once.
#[derive(Debug, Default)]
pub struct Session(AtomicUsize);

impl Authorizer for Session {
    fn authorize<'a>(
        &'a self,
        call: &'a mut Call,
    ) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>> {
        Box::pin(async move {
            let session = self.0.load(Ordering::SeqCst).to_string();
            call.headers.insert("x-session", session.parse().unwrap());
            Ok(())
        })
    }

    fn refresh(&self) -> Pin<Box<dyn Future<Output = Result<bool, Error>> + Send + '_>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(true) })
    }
}

#[tokio::test]
async fn a_way_of_its_own_is_renewed_once() {
    let provider = Provider::start(|seen, _| match seen.header("x-session") {
        Some("1") => pong(),
        _ => crate::support::status(401, gusset::serde_json::Value::Null),
    })
    .await;
    let auth = Auth::custom(Arc::new(Session::default()));
    let client = provider.client_with(&crate::support::PLAIN, auth, Options::default());
    client.send(&Ping).await.unwrap();
    assert_eq!(provider.count(), 2);
}

#[tokio::test]
async fn several_at_once() {
    let keys = [Auth::api_key_query("key", "s3cret"), Auth::api_key_query("app", "s3cret2")];
    let seen = sent(Auth::all(keys.into_iter().chain([Auth::bearer("s3cret3")]))).await;
    assert_eq!(seen.query, "key=s3cret&app=s3cret2");
    assert_eq!(seen.header("authorization"), Some("Bearer s3cret3"));
}
