//! One program, many accounts: connections from a store become clients, each with its own settings, tokens and limits.

#![allow(clippy::unwrap_used, clippy::panic)]

use futures_core::Stream;
use futures_core::future::BoxFuture;
use gusset::vault::{Vault, VaultKey};
use gusset::{
    Account, Answer, Call, Clock, Connection, ConnectionStore, Options, Secret, TokenStore,
    Transport, TransportError,
};
use gusset_sandbox::{Credential, Sandbox};
use jiff::{SignedDuration, Timestamp};
use quickbooks::{Client, Credentials, Settings};
use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/quickbooks");

/// A clock that stands still, but for waits, which take no time.
#[derive(Debug)]
struct Still {
    start: (Instant, Timestamp),
    leapt_ms: Arc<AtomicU64>,
}

impl Still {
    fn new() -> Self {
        Still { start: (Instant::now(), Timestamp::now()), leapt_ms: Arc::default() }
    }

    fn leapt(&self) -> Duration {
        Duration::from_millis(self.leapt_ms.load(Ordering::SeqCst))
    }
}

impl Clock for Still {
    fn timestamp(&self) -> Timestamp {
        self.start.1 + SignedDuration::try_from(self.leapt()).unwrap()
    }

    fn instant(&self) -> Instant {
        self.start.0 + self.leapt()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (all, span) = (Arc::clone(&self.leapt_ms), duration.as_millis());
        Box::pin(async move {
            all.fetch_add(u64::try_from(span).unwrap() + 1, Ordering::SeqCst);
        })
    }

    fn timeout(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(pending())
    }
}

/// A customer: the account at the provider, which has servers and tokens of its own here.
struct Customer {
    id: String,
    sandbox: Sandbox,
}

impl Customer {
    async fn new(number: usize) -> Self {
        let sandbox = Sandbox::from_specs([SPEC]).unwrap();
        let sandbox = sandbox.records(number as u64 + 1).without_limits().start().await.unwrap();
        Customer { id: format!("customer-{number}"), sandbox }
    }

    fn connection(&self) -> Connection {
        let Credential::RefreshToken { client_id, client_secret, refresh_token } =
            self.sandbox.credentials()["user"].clone()
        else {
            panic!("a refresh token")
        };
        Connection::new("quickbooks", &*self.id, "user")
            .with_secret("client_id", client_id)
            .with_secret("client_secret", client_secret)
            .with_secret("refresh_token", refresh_token)
            .with_setting("company", format!("company-of-{}", self.id))
    }

    fn client(&self, connection: &Connection, vault: &Vault, clock: &Arc<Still>) -> Client {
        let options = Options::default()
            .with_vault(vault)
            .with_clock(Arc::clone(clock) as Arc<dyn Clock>)
            .with_server(self.sandbox.url())
            .with_token_url(self.sandbox.token_url("user").unwrap());
        Client::from_connection(connection, options).unwrap()
    }
}

/// How many records a listing has.
async fn count(client: &Client) -> usize {
    let mut items = pin!(client.customers().items());
    let mut count = 0;
    while let Some(item) = poll_fn(|cx| items.as_mut().poll_next(cx)).await {
        item.unwrap();
        count += 1;
    }
    count
}

#[tokio::test]
async fn each_account_has_its_own_settings_tokens_and_limits() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path().join("vault.db"), &VaultKey::random().unwrap()).unwrap();
    let customers = [Customer::new(0).await, Customer::new(1).await, Customer::new(2).await];
    let store: &dyn ConnectionStore = &vault;
    for customer in &customers {
        store.put(&customer.connection()).await.unwrap();
    }
    // A program reads whom it works for, and makes a client of each.
    let connections = store.list(Some("quickbooks")).await.unwrap();
    let clock = Arc::new(Still::new());
    let clients: Vec<Client> = connections
        .iter()
        .zip(&customers)
        .map(|(connection, customer)| customer.client(connection, &vault, &clock))
        .collect();
    // Ten calls a second are allowed to each, and time stands still: together they make more, and nobody waits.
    for (number, client) in clients.iter().enumerate() {
        assert_eq!(client.runtime().connection(), format!("customer-{number}"));
        for _ in 0..4 {
            assert_eq!(count(client).await, number + 1);
        }
    }
    let calls: u64 = clients.iter().map(|client| client.runtime().stats().requests).sum();
    assert!(calls > 10, "{calls}");
    assert_eq!(clock.leapt(), Duration::ZERO);
    // Each has tokens of its own, under its own name.
    for customer in &customers {
        let account = Account { integration: "quickbooks", connection: &customer.id };
        let kept = vault.load(account).await.unwrap().unwrap();
        assert!(kept.refresh.is_some() && kept.expires.is_some());
    }
    // Another program with the same account shares its limit, and its tokens: it waits, and asks for none.
    let again = customers[0].client(&connections[0], &vault, &clock);
    for _ in 0..6 {
        count(&again).await;
    }
    assert!(again.runtime().stats().waits > 0);
    assert!(clock.leapt() > Duration::ZERO);
}

#[tokio::test]
async fn a_connection_of_another_integration_or_without_a_part_is_refused() {
    let whole = Connection::new("quickbooks", "acme", "user").with_setting("company", "1");
    let whole = whole.with_secret("client_id", "id").with_secret("client_secret", "canary");
    let refused = |connection: &Connection, expected: &str| {
        let error =
            Client::from_connection(connection, Options::default()).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("canary"), "{error}");
    };
    refused(
        &whole,
        "the connection \"acme\" of quickbooks has no `refresh_token`, which `user` needs",
    );
    let whole = whole.with_secret("refresh_token", Secret::from("canary"));
    assert!(Client::from_connection(&whole, Options::default()).is_ok());
    let other = Connection { integration: "salesforce".to_owned(), ..whole.clone() };
    refused(&other, "the connection \"acme\" is one of salesforce, not of quickbooks");
    let other = Connection { way: "app".to_owned(), ..whole.clone() };
    refused(&other, "has the way `app`: its ways are user");
    assert_eq!(Settings::from_connection(&whole).unwrap().company, "1");
    assert!(matches!(Credentials::from_connection(&whole), Ok(Credentials::User { .. })));
    let other = Connection { settings: Default::default(), ..whole };
    refused(&other, "the connection \"acme\" of quickbooks has no setting `company`");
}

#[tokio::test]
async fn a_store_gives_back_what_was_put_in() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path().join("vault.db"), &VaultKey::random().unwrap()).unwrap();
    let store: Arc<dyn ConnectionStore> = Arc::new(vault);
    let acme = Account { integration: "quickbooks", connection: "acme" };
    assert_eq!(store.get(acme).await.unwrap(), None);
    let connection = Connection::new("quickbooks", "acme", "user").with_secret("client_id", "id");
    store.put(&connection).await.unwrap();
    let found = store.get(acme).await.unwrap().unwrap();
    assert_eq!(found.credentials, connection.credentials);
    assert!(store.list(Some("salesforce")).await.unwrap().is_empty());
    assert!(store.remove(acme).await.unwrap() && !store.remove(acme).await.unwrap());
}

/// Notes where calls go, and answers them.
#[derive(Debug)]
struct Provider {
    instance_url: &'static str,
    seen: Mutex<Vec<String>>,
}

impl Transport for Provider {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, TransportError>> {
        let url = call.url.to_string();
        let body = match url.ends_with("/token") {
            true => format!(
                r#"{{"access_token": "a", "expires_in": 60, "instance_url": "{}"}}"#,
                self.instance_url
            ),
            false => "{}".to_owned(),
        };
        self.seen.lock().unwrap().push(url);
        let status = gusset::http::StatusCode::OK;
        let headers = gusset::http::HeaderMap::default();
        Box::pin(std::future::ready(Ok(Answer { status, headers, body: body.into() })))
    }
}

/// Where two calls of a client go, whose server comes with its tokens.
async fn told(instance_url: &'static str) -> (Result<(), gusset::Error>, Vec<String>) {
    let provider = Arc::new(Provider { instance_url, seen: Mutex::default() });
    let client = salesforce::Client::new(
        salesforce::Credentials::app("id", "canary"),
        &salesforce::Settings::new("acme"),
        Options::default().with_transport(Arc::clone(&provider) as Arc<dyn Transport>),
    )
    .unwrap();
    let get = salesforce::operations::DeleteLead::new("1");
    let mut result = Ok(());
    for _ in 0..2 {
        result = client.send(&get).await.map(drop);
    }
    let seen = provider.seen.lock().unwrap().clone();
    (result, seen)
}

#[tokio::test]
async fn tokens_say_where_the_server_is() {
    let token = "https://acme.my.salesforce.com/services/oauth2/token";
    let (result, seen) = told("https://eu7.example.org").await;
    result.unwrap();
    let lead = "https://eu7.example.org/services/data/v67.0/sobjects/Lead/1";
    assert_eq!(seen, [token, lead, lead]);
    // Credentials go nowhere in the clear, and nowhere at all where nothing was said.
    let (result, seen) = told("http://eu7.example.org").await;
    let error = result.unwrap_err().to_string();
    assert!(error.contains("what the token endpoint says of the server"), "{error}");
    assert_eq!(seen, [token]);
    let (result, seen) = told("").await;
    let error = result.unwrap_err().to_string();
    assert!(error.contains("did not say `instance_url`"), "{error}");
    assert_eq!(seen.last().unwrap(), token);
    // Another way does not tell: the connection has it, or it is said at once.
    let bearer = salesforce::Credentials::token("t");
    let error =
        salesforce::Client::new(bearer, &salesforce::Settings::new("a"), Options::default());
    let error = error.unwrap_err().to_string();
    assert!(error.contains("the setting `instance_url` is not known"), "{error}");
}

#[tokio::test]
async fn the_sandbox_says_where_it_is_and_the_store_remembers() {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/salesforce");
    let sandbox = Sandbox::from_specs([spec]).unwrap().records(3).start().await.unwrap();
    let Credential::ClientCredentials { client_id, client_secret } =
        sandbox.credentials()["app"].clone()
    else {
        panic!("client credentials")
    };
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path().join("vault.db"), &VaultKey::random().unwrap()).unwrap();
    let one = Connection::new("salesforce", "acme", "app")
        .with_secret("client_id", client_id)
        .with_secret("client_secret", client_secret)
        .with_setting("domain", "acme");
    for tokens in [sandbox.token_url("app").unwrap(), "https://nowhere.invalid/token".to_owned()] {
        let options = Options::default().with_vault(&vault).with_token_url(tokens);
        let client = salesforce::Client::from_connection(&one, options).unwrap();
        let mut leads = pin!(client.leads().items());
        let first = poll_fn(|cx| leads.as_mut().poll_next(cx)).await;
        // Whether there are leads or none: it was the sandbox that said so.
        first.transpose().unwrap();
        assert!(client.runtime().stats().requests > 0);
    }
}
