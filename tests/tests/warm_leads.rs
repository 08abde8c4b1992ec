//! The catalog's sync from end to end: emitted clients and sync, the engine, SQLite, and both providers over HTTP.

#![allow(clippy::unwrap_used, clippy::panic)]

use gusset::sync::{Event, Options, Report, SqliteStore, Stage, Store, SyncId, run};
use gusset_sandbox::{Credential, Fault, FaultKind, Sandbox};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;
use warm_leads::{Settings, WarmLeads};

const CONTACTS: usize = 350;
const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

/// Both providers, and a sync between them.
struct World {
    hubspot: Sandbox,
    salesforce: Sandbox,
    store: SqliteStore,
    sync: WarmLeads,
}

impl World {
    async fn new() -> Self {
        let start = async |provider: &str| {
            let builder = Sandbox::from_specs([format!("{SPECS}/{provider}")]).unwrap();
            builder.records(CONTACTS as u64).start().await.unwrap()
        };
        let (hubspot, salesforce) = (start("hubspot").await, start("salesforce").await);
        let sync = WarmLeads::new(from(&hubspot), to(&salesforce, "sandbox"), Settings::default());
        World { hubspot, salesforce, store: SqliteStore::in_memory().unwrap(), sync }
    }

    async fn run(&self) -> Report {
        run(&self.sync, &self.store, Options::default()).await.unwrap()
    }

    /// Runs until the event with that number and dies there; the report if the end came first.
    async fn run_and_die(&self, event: usize) -> Option<Report> {
        let mut events = 0;
        let mut observer = |_: &Event<'_>| {
            events += 1;
            if events == event {
                std::panic::resume_unwind(Box::new("killed"));
            }
        };
        let options = Options { observer: Some(&mut observer), ..Options::default() };
        let mut run = std::pin::pin!(run(&self.sync, &self.store, options));
        poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| run.as_mut().poll(context))) {
            Ok(poll) => poll.map(|outcome| Some(outcome.unwrap())),
            Err(_) => Poll::Ready(None),
        })
        .await
    }

    /// Contacts that are to be leads.
    fn warm(&self) -> Vec<Value> {
        let mut contacts = self.hubspot.records("contacts");
        contacts.retain(|contact| {
            let score = contact["properties"]["hubspotscore"].as_str();
            score.and_then(|score| score.parse::<f64>().ok()).unwrap_or(0.0) >= 70.0
        });
        contacts
    }

    /// Leads by contact; two of one contact fail.
    #[track_caller]
    fn leads(&self) -> BTreeMap<String, Value> {
        let mut leads = BTreeMap::new();
        for lead in self.salesforce.records("leads") {
            let contact = lead["HubSpot_Contact_Id__c"].as_str().unwrap().to_owned();
            assert!(leads.insert(contact, lead).is_none(), "a contact has two leads");
        }
        leads
    }

    /// Each warm contact is a lead with its name; nobody else is.
    #[track_caller]
    fn check(&self) {
        let leads = self.leads();
        let warm = self.warm();
        assert_eq!(leads.len(), warm.len());
        for contact in warm {
            let lead = &leads[contact["id"].as_str().unwrap()];
            assert_eq!(lead["FirstName"], contact["properties"]["firstname"]);
            assert_eq!(lead["Email"], contact["properties"]["email"]);
        }
    }

    /// Changes properties of a contact.
    fn change(&self, contact: &Value, properties: Value) {
        self.hubspot
            .put("contacts", json!({ "id": contact["id"], "properties": properties }))
            .unwrap();
    }
}

fn from(hubspot: &Sandbox) -> hubspot::Client {
    hubspot::Client::new(
        hubspot::Credentials::private_app(token(hubspot, "private_app")),
        &hubspot::Settings::default(),
        gusset::Options::default().with_server(hubspot.url()),
    )
    .unwrap()
}

fn to(salesforce: &Sandbox, domain: &str) -> salesforce::Client {
    let settings = salesforce::Settings {
        instance_url: Some(format!("https://{domain}.my.salesforce.com")),
        ..salesforce::Settings::new(domain)
    };
    salesforce::Client::new(
        salesforce::Credentials::token(token(salesforce, "token")),
        &settings,
        gusset::Options::default().with_server(salesforce.url()),
    )
    .unwrap()
}

fn token(sandbox: &Sandbox, scheme: &str) -> String {
    match &sandbox.credentials()[scheme] {
        Credential::Bearer { token } => token.clone(),
        other => panic!("{other:?}"),
    }
}

fn written(report: &Report) -> (u64, u64) {
    (report.counts.created, report.counts.updated)
}

#[tokio::test]
async fn warm_contacts_become_leads_and_only_changes_are_written_later() {
    let world = World::new().await;
    let first = world.run().await;
    assert!(first.complete && first.full);
    assert_eq!(first.counts.read, CONTACTS as u64);
    assert_eq!(written(&first), (world.warm().len() as u64, 0));
    assert_eq!(first.counts.quarantined, 0);
    let answered = world.hubspot.requests() + world.salesforce.requests();
    assert_eq!(first.counts.requests, answered);
    world.check();

    let second = world.run().await;
    assert_eq!(written(&second), (0, 0));
    assert!(!second.full);

    let contacts = world.hubspot.records("contacts");
    let cold = contacts.iter().find(|contact| !world.warm().contains(contact)).unwrap();
    world.change(cold, json!({ "hubspotscore": "95" }));
    world.change(&world.warm()[3], json!({ "firstname": "Renamed" }));
    assert_eq!(written(&world.run().await), (1, 1));
    world.check();
    assert_eq!(world.leads()[cold["id"].as_str().unwrap()]["Rating"], "Hot");
}

#[tokio::test]
async fn what_is_cleared_in_the_source_is_cleared_in_the_target() {
    let world = World::new().await;
    world.run().await;
    let contact = world.warm()[0].clone();
    let key = contact["id"].as_str().unwrap();
    let owner = world.leads()[key]["OwnerId"].clone();
    assert_eq!(world.leads()[key]["Phone"], contact["properties"]["phone"]);
    world.change(&contact, json!({ "phone": null, "hubspot_owner_id": null }));
    assert_eq!(written(&world.run().await), (0, 1));
    let lead = &world.leads()[key];
    assert_eq!((&lead["Phone"], &lead["Email"]), (&Value::Null, &contact["properties"]["email"]));
    assert_eq!(lead["OwnerId"], owner, "a lead cannot be without an owner");
    world.check();
}

#[tokio::test]
async fn another_org_gets_all_leads() {
    let mut world = World::new().await;
    let first = world.run().await;
    let other = World::new().await;
    world.sync =
        WarmLeads::new(from(&world.hubspot), to(&other.salesforce, "other"), Settings::default());
    assert_eq!(written(&world.run().await), written(&first));
    world.salesforce = other.salesforce;
    world.check();
}

#[tokio::test]
async fn a_lead_belongs_to_the_colleague_with_the_owners_email() {
    let world = World::new().await;
    let (owners, users) = (world.hubspot.records("owners"), world.salesforce.records("users"));
    let contact = &world.warm()[0];
    let owner = owners
        .iter()
        .find(|owner| owner["id"] == contact["properties"]["hubspot_owner_id"])
        .unwrap();
    let user = json!({ "Id": users[0]["Id"], "Email": owner["email"], "IsActive": true });
    world.salesforce.put("users", user).unwrap();
    world.run().await;
    let lead = &world.leads()[contact["id"].as_str().unwrap()];
    let colleague = world
        .salesforce
        .records("users")
        .into_iter()
        .find(|user| user["Email"] == owner["email"])
        .unwrap();
    assert_eq!(lead["OwnerId"], colleague["Id"]);
}

#[tokio::test]
async fn a_kill_after_any_event_loses_and_doubles_nothing() {
    for event in 1.. {
        let world = World::new().await;
        if world.run_and_die(event).await.is_some() {
            assert!(event > 10, "only {event} events");
            return;
        }
        let report = world.run().await;
        world.check();
        assert!(report.counts.read == CONTACTS as u64 || report.counts.read < 5);
        assert_eq!(written(&world.run().await), (0, 0));
    }
}

#[tokio::test]
async fn converted_leads_are_left_alone() {
    let world = World::new().await;
    world.run().await;
    let contact = &world.warm()[0];
    let lead = world.leads()[contact["id"].as_str().unwrap()].clone();
    let converted = json!({ "Id": lead["Id"], "IsConverted": true });
    world.salesforce.put("leads", converted).unwrap();
    world.change(contact, json!({ "firstname": "Renamed" }));
    let report = world.run().await;
    assert_eq!(written(&report), (0, 0));
    assert_eq!(world.leads()[contact["id"].as_str().unwrap()]["FirstName"], lead["FirstName"]);
}

#[tokio::test]
async fn refused_leads_are_set_aside_and_sent_again() {
    let world = World::new().await;
    let contact = world.warm()[0].clone();
    let key = contact["id"].clone();
    let closed = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let refuse = {
        let (key, closed) = (key.clone(), closed.clone());
        move |lead: &Value| {
            let refused = closed.load(std::sync::atomic::Ordering::SeqCst)
                && lead["HubSpot_Contact_Id__c"] == key;
            refused.then(|| json!({ "errors": [{ "statusCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No." }] }))
        }
    };
    world.salesforce.refuse("leads", refuse);
    let first = world.run().await;
    assert_eq!((first.counts.quarantined, first.counts.rejected), (1, 1));
    let id = SyncId { sync: "warm_leads".to_owned(), connection: "default".to_owned() };
    let aside = world.store.quarantine(&id, 10).await.unwrap();
    assert_eq!((aside[0].key.as_str(), aside[0].stage), (key.as_str().unwrap(), Stage::Write));
    assert_eq!(aside[0].reason, "No.");

    closed.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(written(&world.run().await), (1, 0));
    assert!(world.store.quarantine(&id, 10).await.unwrap().is_empty());
    world.check();
}

#[tokio::test]
async fn a_contact_that_is_not_as_declared_is_set_aside_alone() {
    let world = World::new().await;
    let contact = world.warm()[0].clone();
    world.change(&contact, json!({ "hubspotscore": "very warm" }));
    let first = world.run().await;
    assert_eq!(first.counts.read, CONTACTS as u64);
    assert_eq!((first.counts.quarantined, first.counts.rejected), (1, 0));
    let id = SyncId { sync: "warm_leads".to_owned(), connection: "default".to_owned() };
    let aside = world.store.quarantine(&id, 10).await.unwrap();
    assert_eq!(
        (aside[0].key.as_str(), aside[0].stage),
        (contact["id"].as_str().unwrap(), Stage::Decode)
    );
    assert!(aside[0].reason.contains("hubspotscore"), "{}", aside[0].reason);

    world.change(&contact, json!({ "hubspotscore": "99" }));
    world.run().await;
    assert!(world.store.quarantine(&id, 10).await.unwrap().is_empty());
    world.check();
}

#[tokio::test]
async fn a_provider_that_fails_stops_the_run_and_the_next_one_goes_on() {
    let world = World::new().await;
    let fault = |operation: &str, status| Fault::status(status).of(operation);
    world.salesforce.fault(fault("upsert_leads", 403));
    let failed = run(&world.sync, &world.store, Options::default()).await.unwrap_err();
    assert!(failed.to_string().contains("403"), "{failed}");
    let report = world.run().await;
    assert!(report.resumed && report.complete);
    world.check();
}

/// Every answer that is broken stops a run, as nothing is repeated; the next one goes on.
#[tokio::test]
async fn broken_answers_lose_and_double_nothing() {
    let mut world = World::new().await;
    let options = |sandbox: &Sandbox| {
        gusset::Options::default().with_server(sandbox.url()).with_retry(gusset::Retry::never())
    };
    let credentials = hubspot::Credentials::private_app(token(&world.hubspot, "private_app"));
    let settings = hubspot::Settings::default();
    let from = hubspot::Client::new(credentials, &settings, options(&world.hubspot)).unwrap();
    let credentials = salesforce::Credentials::token(token(&world.salesforce, "token"));
    let settings = salesforce::Settings::new("sandbox");
    let to = salesforce::Client::new(credentials, &settings, options(&world.salesforce)).unwrap();
    world.sync = WarmLeads::new(from, to, Settings::default());

    let kinds = [FaultKind::Reset, FaultKind::Truncated, FaultKind::Malformed];
    for kind in &kinds {
        world.hubspot.fault(Fault::new(kind.clone()).of("list_contacts").after(1));
        // Its records are written, and nobody hears of it.
        world.salesforce.fault(Fault::new(kind.clone()).of("upsert_leads"));
    }
    for kind in [FaultKind::Duplicated, FaultKind::Reordered] {
        world.hubspot.fault(Fault::new(kind).of("list_contacts").after(2));
    }
    let mut stopped = 0;
    while let Err(failed) = run(&world.sync, &world.store, Options::default()).await {
        stopped += 1;
        assert!(stopped <= 2 * kinds.len(), "{failed}");
    }
    assert_eq!(stopped, 2 * kinds.len());
    world.check();
}
