//! Hooks from end to end: traits that a user implements, as the macros emit them, over loopback against the sandbox.

#![allow(clippy::unwrap_used, clippy::panic)]

use gusset::sync::{Options as RunOptions, SqliteStore, Stage, Store, SyncId, run};
use gusset::{
    Answer, Call, HookError, HookRequest, HttpTransport, Judgement, Options, Response, Transport,
    TransportError,
};
use gusset_sandbox::{Credential, Fault, Sandbox};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

gusset::integration!("hooks/bank");
gusset::integration!("hooks/crm");
gusset::sync!("hooks/people.yaml");

mod names;
mod page;
mod told;

use bank::operations::{CreateTransfer, ListCustomers};
use bank::types::{Address, Customer, Transfer, TransferInput};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/hooks");

/// A merchant, with the key that only it knows.
#[derive(Debug, Default)]
struct Merchant {
    /// What the hooks were called with.
    seen: Arc<Mutex<Vec<String>>>,
    verdict: Option<Judgement>,
}

impl bank::Hooks for Merchant {
    fn sign(&self, request: &HookRequest<'_>) -> Result<bank::SignValues, HookError> {
        let key = request.headers().contains_key("x-key");
        let told = format!("sign {} {} {key}", request.operation(), request.attempt());
        self.seen.lock().unwrap().push(told);
        let (method, path) = (request.method(), request.url().path());
        let x_signature = format!("{method} {path} {}", request.body().len());
        Ok(bank::SignValues { x_signature })
    }

    fn stamp(&self, request: &HookRequest<'_>) -> Result<bank::StampValues, HookError> {
        let key = request.headers().get("x-key").ok_or("no key to name")?;
        let x_key_id = key.len().to_string();
        let text = std::str::from_utf8(request.body()).map_err(|e| e.to_string())?;
        if text.contains("nobody") {
            return Err("nobody gets no money".into());
        }
        Ok(bank::StampValues { stamp: "now & then".to_owned(), x_key_id })
    }

    fn judge(&self, answer: &Response) -> Result<Judgement, HookError> {
        self.seen.lock().unwrap().push(format!("judge {}", answer.status()));
        self.verdict.ok_or_else(|| HookError::new("no opinion"))
    }
}

/// A URL, and headers.
type Sent = (String, Vec<(String, String)>);

/// HTTP, with everything that goes out kept.
#[derive(Debug)]
struct Tapped {
    http: HttpTransport,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Transport for Tapped {
    fn send(
        &self,
        call: Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + '_>> {
        let headers = call.headers.iter().map(|(name, value)| {
            assert!(!name.as_str().starts_with("x-") || value.is_sensitive(), "{name} is shown");
            (name.to_string(), value.to_str().unwrap_or_default().to_owned())
        });
        self.sent.lock().unwrap().push((call.url.to_string(), headers.collect()));
        self.http.send(call)
    }
}

struct World {
    bank: Sandbox,
    client: bank::Client,
    seen: Arc<Mutex<Vec<String>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl World {
    async fn new(verdict: Option<Judgement>) -> Self {
        let bank = Sandbox::from_specs([format!("{FOLDER}/bank")]).unwrap();
        let bank = bank.records(25).start().await.unwrap();
        let Some(Credential::ApiKey { key, .. }) = bank.credentials().get("key").cloned() else {
            panic!("the bank wants a key")
        };
        let (seen, sent) = (Arc::default(), Arc::default());
        let http = HttpTransport::new(Duration::from_secs(30), 1 << 20);
        let transport = Arc::new(Tapped { http, sent: Arc::clone(&sent) });
        let options = Options::default().with_server(bank.url()).with_transport(transport);
        let merchant = Merchant { seen: Arc::clone(&seen), verdict };
        let credentials = bank::Credentials::key(key);
        let client =
            bank::Client::new(credentials, &bank::Settings::default(), options, merchant).unwrap();
        World { bank, client, seen, sent }
    }

    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    fn sent(&self) -> Vec<Sent> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }

    fn fails(&self, status: u16) {
        let fault = Fault::status(status);
        self.bank.fault(fault);
    }

    async fn transfer(&self, to: &str) -> Result<Transfer, gusset::Error> {
        self.client.send(&CreateTransfer::new(TransferInput::new(to, 5))).await
    }
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> &'h str {
    headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

#[tokio::test]
async fn requests_have_what_hooks_give() {
    let world = World::new(None).await;
    // The document's header is no parameter any more: the hook gives it, for every page.
    let mut customers = world.client.items(ListCustomers::default());
    let mut count = 0;
    while let Some(customer) = customers.next().await {
        customer.unwrap();
        count += 1;
    }
    assert_eq!(count, 25);
    assert_eq!(world.seen(), ["sign list_customers 1 false"; 3]);
    let sent = world.sent();
    assert_eq!(sent.len(), 3);
    for (url, headers) in sent {
        assert_eq!(header(&headers, "x-signature"), "GET /customers 0");
        assert!(!url.contains("stamp"), "{url}");
    }

    world.transfer("anna").await.unwrap();
    let (url, headers) = world.sent().pop().unwrap();
    assert!(url.ends_with("/transfers?stamp=now+%26+then"), "{url}");
    assert!(header(&headers, "x-signature").starts_with("POST /transfers "));
    // It saw the key; the other one did not.
    assert_eq!(header(&headers, "x-key-id"), header(&headers, "x-key").len().to_string());
    assert_eq!(world.seen(), ["sign create_transfer 1 false"]);
}

#[tokio::test]
async fn a_hook_that_fails_sends_nothing_and_names_its_line() {
    let world = World::new(None).await;
    let error = world.transfer("nobody").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "create_transfer: the hook `stamp` (bank/integration.yaml:13:3): nobody gets no money"
    );
    assert!(world.sent().is_empty());
    assert_eq!(world.bank.calls("create_transfer"), 0);
}

#[tokio::test]
async fn answers_are_judged_by_hooks() {
    let outcome = async |verdict| {
        let world = World::new(verdict).await;
        world.fails(409);
        let outcome = world.client.send(&ListCustomers::default()).await.map(|_| ());
        (outcome.err().map(|error| error.to_string()), world.seen())
    };
    let judged = ["sign list_customers 1 false", "judge 409"].map(str::to_owned).to_vec();
    let again = [judged.clone(), vec!["sign list_customers 2 false".to_owned()]].concat();
    assert_eq!(outcome(Some(Judgement::Wait(Duration::ZERO))).await, (None, again.clone()));
    assert_eq!(outcome(Some(Judgement::Retry)).await, (None, again));
    let (error, seen) = outcome(Some(Judgement::Fail)).await;
    assert!(error.unwrap().contains("409"));
    assert_eq!(seen, judged);
    // There is nothing to refresh: the key is what it is.
    let (error, seen) = outcome(Some(Judgement::Refresh)).await;
    assert!(error.unwrap().contains("409"));
    assert_eq!(seen, judged);
    // Left to the rule below, which fails, too: it is the one that is told.
    let world = World::new(Some(Judgement::Pass)).await;
    world.fails(409);
    match world.client.send(&ListCustomers::default()).await {
        Err(gusset::Error::Status(error)) => {
            assert_eq!(error.rule, Some("bank/integration.yaml:24:5"))
        }
        other => panic!("{other:?}"),
    }
    let (error, _) = outcome(None).await;
    let told = "list_customers: the hook `judge` (bank/integration.yaml:23:5): no opinion";
    assert_eq!(error.as_deref(), Some(told));
}

/// What the sync's expressions call.
#[derive(Debug)]
struct Desk(&'static str);

impl people::Hooks for Desk {
    fn normalise_phone(
        &self,
        phone: Option<&str>,
        customer: &Customer,
    ) -> Result<String, HookError> {
        match phone {
            Some("none") => Err(HookError::new("no phone")),
            Some(phone) => Ok(format!("+49{}", phone.replace(' ', "").trim_start_matches('0'))),
            None => Ok(format!("ask {}", customer.id)),
        }
    }

    fn first_of_month(&self, moment: Timestamp) -> Result<Timestamp, HookError> {
        let first = moment.to_zoned(jiff::tz::TimeZone::UTC).first_of_month();
        first.map(|first| first.timestamp()).map_err(|error| error.to_string().into())
    }

    fn labels_of(&self, tags: &[String], score: Option<f64>) -> Result<Vec<String>, HookError> {
        let scored = score.map(|_| "scored".to_owned());
        Ok(tags.iter().cloned().chain(scored).collect())
    }

    fn rank(
        &self,
        _score: f64,
        weight: i64,
        span: SignedDuration,
        raw: &[u8],
    ) -> Result<Option<i64>, HookError> {
        Ok((!raw.is_empty()).then_some(weight * span.as_hours()))
    }

    fn document(&self, text: &str, extra: Option<&Value>) -> Result<Value, HookError> {
        Ok(json!({"text": text, "extra": extra.is_some()}))
    }

    fn home(&self, address: &Address) -> Result<crm::types::Home, HookError> {
        Ok(crm::types::Home::new(address.street.to_uppercase()))
    }

    fn wanted(&self, _name: &str) -> Result<bool, HookError> {
        Ok(true)
    }

    fn version(&self) -> &str {
        self.0
    }
}

/// What the customers are written into.
struct Crm {
    sandbox: Sandbox,
}

impl Crm {
    async fn new() -> Self {
        let sandbox = Sandbox::from_specs([format!("{FOLDER}/crm")]).unwrap();
        Crm { sandbox: sandbox.records(0).start().await.unwrap() }
    }

    fn client(&self) -> crm::Client {
        let options = Options::default().with_server(self.sandbox.url());
        let settings = crm::Settings::default();
        crm::Client::new(crm::Credentials::none(), &settings, options).unwrap()
    }
}

#[tokio::test]
async fn expressions_call_hooks() {
    let (world, crm) = (World::new(None).await, Crm::new().await);
    let sync = |version| {
        let settings = people::Settings::default();
        people::People::new(world.client.clone(), crm.client(), settings, Desk(version))
    };
    let store = SqliteStore::in_memory().unwrap();
    let report = run(&sync("1"), &store, RunOptions::default()).await.unwrap();

    let customers = world.bank.records("customers");
    let without: Vec<&Value> = customers.iter().filter(|c| c["phone"] == "none").collect();
    assert!(!without.is_empty() && without.len() < customers.len());
    let written = crm.sandbox.records("people");
    assert_eq!(written.len(), customers.len() - without.len());
    for person in &written {
        let customer = customers.iter().find(|c| c["id"] == person["ref"]).unwrap();
        let phone = match customer["phone"].as_str() {
            Some(phone) => format!("+49{}", phone.replace(' ', "").trim_start_matches('0')),
            None => format!("ask {}", customer["id"].as_str().unwrap()),
        };
        assert_eq!(person["phone"], phone.as_str());
        assert_eq!(person["note"], "+49.");
        assert_eq!(person["rank"], 3);
        assert!(person["since"].as_str().unwrap().contains("-01T"), "{person}");
        assert_eq!(person["labels"][0], "a!");
        let street = customer["address"]["street"].as_str().unwrap();
        assert_eq!(person["home"]["line"], street.to_uppercase().as_str());
        let description = &person["description"];
        assert_eq!(description["text"], customer["name"]);
        assert_eq!(description["extra"], !customer["extra"].is_null());
    }

    // A hook without a value sets the record aside, and its message is the reason.
    let id = SyncId { sync: "people".to_owned(), connection: "default".to_owned() };
    let aside = store.quarantine(&id, 100).await.unwrap();
    assert_eq!(aside.len(), without.len());
    for record in aside {
        assert_eq!(record.stage, Stage::Map);
        assert_eq!(record.reason, "hooks/people.yaml:20:10: the hook `normalise_phone`: no phone");
    }
    assert!(report.full);

    // Nothing changed, so nothing is written; hooks of another version may give something else for each.
    let again = run(&sync("1"), &store, RunOptions::default()).await.unwrap();
    assert_eq!(again.counts.unchanged, written.len() as u64);
    assert_ne!(gusset::sync::Sync::version(&sync("1")), gusset::sync::Sync::version(&sync("2")));
}
