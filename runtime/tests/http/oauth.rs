//! OAuth 2.0: tokens are fetched when needed, once, and never lost.

use crate::support::{LeapingClock, PLAIN, Ping, Provider, Reply, Seen, ok, pong, seconds, status};
use gusset::serde_json::{Value, json};
use gusset::vault::{Vault, VaultKey};
use gusset::{
    Account, Auth, Client, ClientAuth, Clock, Error, OAuth, Options, Retry, Secret, TokenStore,
    Tokens,
};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn oauth(provider: &Provider, client: ClientAuth) -> OAuth {
    OAuth::new(format!("{}/token", provider.url), &["read", "write"], client)
}

fn credentials(provider: &Provider, options: Options) -> Client {
    let auth = Auth::client_credentials(oauth(provider, ClientAuth::Body), "id", "s3cret");
    provider.client_with(&PLAIN, auth, options)
}

fn refreshing(provider: &Provider, options: Options) -> Client {
    let auth = Auth::refresh_token(oauth(provider, ClientAuth::Body), "id", "s3cret", "first");
    provider.client_with(&PLAIN, auth, options)
}

/// Gives tokens that are numbered by the requests before them.
fn token(before: usize, rest: Value) -> Reply {
    let mut body = json!({"access_token": format!("access-{before}"), "token_type": "bearer"});
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    ok(body)
}

fn tokens_asked(provider: &Provider) -> Vec<Seen> {
    provider.seen().into_iter().filter(|seen| seen.path == "/token").collect()
}

#[tokio::test]
async fn client_credentials_in_the_body() {
    let provider = Provider::start(|seen, before| match seen.path.as_str() {
        "/token" => token(before, json!({"expires_in": 3600})),
        _ => pong(),
    })
    .await;
    let client = credentials(&provider, Options::default());
    client.send(&Ping).await.unwrap();
    client.send(&Ping).await.unwrap();
    let seen = provider.seen();
    assert_eq!(
        seen[0].text(),
        "grant_type=client_credentials&scope=read+write&client_id=id&client_secret=s3cret"
    );
    assert_eq!(seen[1].header("authorization"), Some("Bearer access-0"));
    assert_eq!(seen[2].header("authorization"), Some("Bearer access-0"));
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn client_credentials_as_basic_are_encoded_first() {
    let provider = Provider::start(|seen, before| match seen.path.as_str() {
        "/token" => token(before, json!({})),
        _ => pong(),
    })
    .await;
    let auth = Auth::client_credentials(oauth(&provider, ClientAuth::Basic), "id", "a:b");
    provider.client_with(&PLAIN, auth, Options::default()).send(&Ping).await.unwrap();
    let seen = provider.seen();
    // base64 of `id:a%3Ab`
    assert_eq!(seen[0].header("authorization"), Some("Basic aWQ6YSUzQWI="));
    assert_eq!(seen[0].text(), "grant_type=client_credentials&scope=read+write");
}

#[tokio::test]
async fn many_callers_cause_one_renewal() {
    let provider = Provider::start(|seen, before| match seen.path.as_str() {
        "/token" => token(before, json!({"expires_in": 3600})),
        _ => pong(),
    })
    .await;
    let client = credentials(&provider, Options::default());
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&Ping).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(tokens_asked(&provider).len(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    for rest in [
        json!({"expires_in": 600}),
        json!({"expires_in": "600"}),
        json!({"expires_at": "2026-11-22T10:10:00Z"}),
        json!({"expires_at": 1_795_342_200}),
    ] {
        let told = rest.clone();
        let provider = Provider::start(move |seen, before| match seen.path.as_str() {
            "/token" => token(before, rest.clone()),
            _ => pong(),
        })
        .await;
        let clock = LeapingClock::new();
        let client = credentials(&provider, Options::default().with_clock(clock.clone()));
        client.send(&Ping).await.unwrap();
        clock.pass(seconds(530));
        client.send(&Ping).await.unwrap();
        assert_eq!(tokens_asked(&provider).len(), 1, "{told} at {}", clock.timestamp());
        clock.pass(seconds(20));
        client.send(&Ping).await.unwrap();
        assert_eq!(tokens_asked(&provider).len(), 2, "{told} at {}", clock.timestamp());
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let provider = Provider::start(|seen, before| match seen.path.as_str() {
        "/token" => token(before, json!({})),
        _ if seen.header("authorization") == Some("Bearer access-0") => status(401, json!({})),
        _ => pong(),
    })
    .await;
    credentials(&provider, Options::default()).send(&Ping).await.unwrap();
    assert_eq!(provider.count(), 4);

    let provider = Provider::start(|seen, before| match seen.path.as_str() {
        "/token" => token(before, json!({})),
        _ => status(401, json!({"message": "no"})),
    })
    .await;
    let error = credentials(&provider, Options::default()).send(&Ping).await.unwrap_err();
    assert_eq!(error.status(), Some(401));
    assert_eq!(provider.count(), 4);
}

/// Notes what is saved, with how many requests the provider had seen by then.
#[derive(Debug)]
struct Notebook {
    last: Mutex<Option<Tokens>>,
    saved: Mutex<Vec<String>>,
    broken: Mutex<bool>,
}

impl Notebook {
    fn with(last: Option<Tokens>) -> Arc<Self> {
        Arc::new(Notebook {
            last: Mutex::new(last),
            saved: Mutex::default(),
            broken: Mutex::default(),
        })
    }
}

type Saving<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

impl TokenStore for Notebook {
    fn load<'a>(&'a self, of: Account<'a>) -> Saving<'a, Option<Tokens>> {
        assert_eq!(of.connection, "acme");
        let last = self.last.lock().unwrap().clone();
        Box::pin(async move { Ok(last) })
    }

    fn save<'a>(&'a self, _: Account<'a>, tokens: &'a Tokens) -> Saving<'a, ()> {
        Box::pin(async move {
            if *self.broken.lock().unwrap() {
                return Err(Error::State { message: "disk full".to_owned() });
            }
            let refresh = tokens.refresh.as_ref().map(|token| token.expose().to_owned());
            self.saved.lock().unwrap().push(refresh.unwrap_or_default());
            *self.last.lock().unwrap() = Some(tokens.clone());
            Ok(())
        })
    }
}

fn rotating() -> impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static {
    |seen, before| match seen.path.as_str() {
        "/token" => {
            token(before, json!({"refresh_token": format!("refresh-{before}"), "expires_in": 100}))
        }
        _ => pong(),
    }
}

#[tokio::test]
async fn a_rotated_token_is_saved_and_used_next() {
    let provider = Provider::start(rotating()).await;
    let (clock, notebook) = (LeapingClock::new(), Notebook::with(None));
    let options = Options::default()
        .with_connection("acme")
        .with_clock(clock.clone())
        .with_tokens(notebook.clone());
    let client = refreshing(&provider, options);
    client.send(&Ping).await.unwrap();
    clock.pass(seconds(100));
    client.send(&Ping).await.unwrap();
    let asked = tokens_asked(&provider);
    assert!(asked[0].text().contains("grant_type=refresh_token&refresh_token=first&"));
    assert!(asked[1].text().contains("refresh_token=refresh-0&"), "{}", asked[1].text());
    assert_eq!(*notebook.saved.lock().unwrap(), ["refresh-0", "refresh-2"]);
}

#[tokio::test]
async fn saved_tokens_are_used_by_the_next_client() {
    let provider = Provider::start(rotating()).await;
    let saved = Tokens {
        refresh: Some(Secret::from("rotated")),
        expires: Some("2026-11-22T10:01:00Z".parse().unwrap()),
        ..Tokens::new("kept")
    };
    let clock = LeapingClock::new();
    let options = Options::default()
        .with_connection("acme")
        .with_clock(clock.clone())
        .with_tokens(Notebook::with(Some(saved)));
    let client = refreshing(&provider, options);
    client.send(&Ping).await.unwrap();
    clock.pass(seconds(60));
    client.send(&Ping).await.unwrap();
    let seen = provider.seen();
    assert_eq!(seen[0].header("authorization"), Some("Bearer kept"));
    assert!(seen[1].text().contains("refresh_token=rotated&"));
}

#[tokio::test]
async fn what_another_process_renewed_is_taken_from_the_store() {
    let provider = Provider::start(rotating()).await;
    let (clock, notebook) = (LeapingClock::new(), Notebook::with(None));
    let options = Options::default()
        .with_connection("acme")
        .with_clock(clock.clone())
        .with_tokens(notebook.clone());
    let client = refreshing(&provider, options);
    client.send(&Ping).await.unwrap();
    clock.pass(seconds(100));
    let others = Tokens {
        refresh: Some(Secret::from("rotated-elsewhere")),
        expires: Some("2026-11-22T10:03:20Z".parse().unwrap()),
        ..Tokens::new("others")
    };
    *notebook.last.lock().unwrap() = Some(others);
    client.send(&Ping).await.unwrap();
    assert_eq!(provider.seen()[2].header("authorization"), Some("Bearer others"));
    clock.pass(seconds(100));
    client.send(&Ping).await.unwrap();
    let asked = tokens_asked(&provider);
    assert_eq!(asked.len(), 2);
    assert!(asked[1].text().contains("refresh_token=rotated-elsewhere&"), "{}", asked[1].text());
}

#[tokio::test]
async fn a_stored_token_that_was_revoked_gives_way_to_the_configured_one() {
    let accepted = |text: &str| text.contains("=first&") || text.contains("=client_credentials&");
    let provider = Provider::start(move |seen, before| match seen.path.as_str() {
        "/token" if accepted(seen.text()) => token(before, json!({"expires_in": 100})),
        "/token" => status(400, json!({"error": "invalid_grant"})),
        _ => pong(),
    })
    .await;
    for client in [refreshing, credentials] {
        let revoked = Tokens {
            refresh: Some(Secret::from("revoked")),
            expires: Some("2026-11-22T09:00:00Z".parse().unwrap()),
            ..Tokens::new("old")
        };
        let options = Options::default()
            .with_connection("acme")
            .with_clock(LeapingClock::new())
            .with_tokens(Notebook::with(Some(revoked)));
        let before = provider.count();
        client(&provider, options).send(&Ping).await.unwrap();
        assert_eq!(provider.count() - before, 3);
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_saved_is_not_used_and_not_lost() {
    let provider = Provider::start(rotating()).await;
    let notebook = Notebook::with(None);
    let options = Options::default().with_connection("acme").with_tokens(notebook.clone());
    let client = refreshing(&provider, options);
    *notebook.broken.lock().unwrap() = true;
    let error = client.send(&Ping).await.unwrap_err();
    assert!(error.to_string().contains("disk full"), "{error}");
    *notebook.broken.lock().unwrap() = false;
    client.send(&Ping).await.unwrap();
    assert_eq!(tokens_asked(&provider).len(), 1);
    assert_eq!(*notebook.saved.lock().unwrap(), ["refresh-0"]);
}

#[tokio::test]
async fn a_refusal_says_why_and_shows_no_secret() {
    let provider = Provider::start(|_, _| {
        status(400, json!({"error": "invalid_grant", "error_description": "expired"}))
    })
    .await;
    let error = refreshing(&provider, Options::default()).send(&Ping).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "authorisation: the token endpoint answered 400 invalid_grant expired"
    );
    assert_eq!(provider.count(), 1);
}

#[tokio::test]
async fn a_token_endpoint_that_fails_for_a_while_is_asked_again() {
    let provider = Provider::start(|seen, before| match (seen.path.as_str(), before) {
        ("/token", 0) => status(503, json!({})),
        ("/token", _) => token(before, json!({})),
        _ => pong(),
    })
    .await;
    let options = Options::default().with_clock(LeapingClock::new()).with_retry(Retry::default());
    credentials(&provider, options).send(&Ping).await.unwrap();
    assert_eq!(tokens_asked(&provider).len(), 2);
}

/// A vault that each opens by itself, as another process would.
struct SharedVault {
    folder: tempfile::TempDir,
    key: VaultKey,
}

impl SharedVault {
    fn new() -> Self {
        SharedVault { folder: tempfile::tempdir().unwrap(), key: VaultKey::random().unwrap() }
    }

    fn open(&self) -> Vault {
        Vault::open(self.folder.path().join("vault.db"), &self.key).unwrap()
    }

    fn client(&self, provider: &Provider) -> Client {
        let options = Options::default().with_connection("acme").with_vault(&self.open());
        refreshing(provider, options)
    }
}

#[tokio::test]
async fn processes_that_share_a_vault_renew_once() {
    let provider = Provider::start(rotating()).await;
    let shared = SharedVault::new();
    let clients = [shared.client(&provider), shared.client(&provider)];
    let calls = (0..64).map(|n| {
        let client = clients[n % 2].clone();
        tokio::spawn(async move { client.send(&Ping).await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(tokens_asked(&provider).len(), 1);
    assert_eq!(provider.count(), 65);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_by_all_processes() {
    // The first token is refused, whoever shows it.
    let provider = Provider::start(|seen, before| match seen.path.as_str() {
        "/token" => {
            token(before, json!({"refresh_token": format!("refresh-{before}"), "expires_in": 3600}))
        }
        _ if seen.header("authorization") == Some("Bearer access-0") => status(401, json!({})),
        _ => pong(),
    })
    .await;
    let shared = SharedVault::new();
    let clients = [shared.client(&provider), shared.client(&provider)];
    let calls = (0..16).map(|n| {
        let client = clients[n % 2].clone();
        tokio::spawn(async move { client.send(&Ping).await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    let asked = tokens_asked(&provider);
    assert_eq!(asked.len(), 2);
    assert!(asked[1].text().contains("refresh_token=refresh-0&"), "{}", asked[1].text());
}

#[tokio::test]
async fn who_was_killed_while_it_renewed_holds_others_up_for_a_while_only() {
    let provider = Provider::start(rotating()).await;
    let vault = SharedVault::new().open();
    let clock = LeapingClock::new();
    let now = clock.timestamp();
    let account = Account { integration: "plain", connection: "acme" };
    let until = now + gusset::jiff::SignedDuration::from_secs(90);
    assert!(vault.claim(account, "killed", now, until).await.unwrap());
    let options =
        Options::default().with_connection("acme").with_clock(clock.clone()).with_vault(&vault);
    refreshing(&provider, options).send(&Ping).await.unwrap();
    let waited: Duration = clock.slept().iter().sum();
    assert_eq!(waited, seconds(90));
}
