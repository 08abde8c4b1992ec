//! A source and a target that live in memory and outlive the sync, as providers do.

use super::super::*;
use crate::resources::Outcome;
use crate::{Assumption, Clock, Error, Integration, PageState, Sign, Slot, cel};
use futures_core::future::BoxFuture;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A record of the source.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) score: i32,
    pub(super) changed: i64,
}

/// A source of contacts and a target of leads.
///
/// Contacts with a score of 50 are wanted. Some names mean something: `undecodable`, `unmappable`, `refused`,
/// `converted`.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    /// Keyed by position, so that a test may list a record twice.
    pub(super) source: Mutex<Vec<Contact>>,
    /// The target: what is stored for each key, and how often it was written.
    pub(super) leads: Mutex<BTreeMap<String, Lead>>,
    /// Names that the target refuses.
    pub(super) refused: Mutex<Vec<String>>,
    pub(super) time: AtomicU64,
    pub(super) version: Mutex<String>,
    pub(super) target: Mutex<String>,
    pub(super) reads: Mutex<Vec<(Option<Timestamp>, PageState)>>,
    /// What calls had that reads and writes made.
    pub(super) priorities: Mutex<Vec<crate::Priority>>,
    /// The write with this number (from 1) is done, but its answer is lost.
    pub(super) lose_answer: AtomicU64,
    pub(super) writes: AtomicU64,
    /// So many reads of a page that is not the first are refused.
    pub(super) gone: AtomicU64,
    /// Ends a listing at the cap as if there were no more.
    pub(super) silent: AtomicBool,
    /// Gives changes with the newest first.
    pub(super) turned: AtomicBool,
    /// Looks at no time that is asked for.
    pub(super) deaf: AtomicBool,
    /// The target does not tell what was new.
    pub(super) untold: AtomicBool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    pub(super) id: String,
    pub(super) body: String,
    pub(super) created: u32,
    pub(super) updated: u32,
}

pub(super) const PAGE: usize = 4;

/// What is assumed of the source.
pub(super) static ASSUMED: [Assumption; 2] = [
    Assumption::assumed("x.yaml:1:1", "the oldest comes first", "so it is", Sign::Order("list")),
    Assumption::assumed(
        "x.yaml:2:1",
        "seconds are taken",
        "so it is",
        Sign::Sent("list", Slot::Query("since")),
    ),
];

static MEMORY: Integration = Integration {
    name: "memory",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &ASSUMED,
};

impl Contacts {
    pub(super) fn with(count: u32) -> Self {
        let contacts = Contacts::default();
        contacts.time.store(1_000, Ordering::SeqCst);
        for id in 0..count {
            contacts.put(id, &format!("name {id}"), if id % 5 == 4 { 10 } else { 50 });
        }
        contacts
    }

    /// Adds a contact, or changes it.
    pub(super) fn put(&self, id: u32, name: &str, score: i32) {
        let changed = self.time.fetch_add(1, Ordering::SeqCst) as i64;
        let contact = Contact { id, name: name.to_owned(), score, changed };
        let mut source = self.source.lock().unwrap();
        match source.iter_mut().find(|contact| contact.id == id) {
            Some(found) => *found = contact,
            None => source.push(contact),
        }
    }

    /// Changes a contact's name, if there is such a contact.
    pub(super) fn rename(&self, id: u32, name: &str) {
        if let Some(score) = self.score(id) {
            self.put(id, name, score);
        }
    }

    pub(super) fn score(&self, id: u32) -> Option<i32> {
        let source = self.source.lock().unwrap();
        source.iter().find(|contact| contact.id == id).map(|contact| contact.score)
    }

    pub(super) fn now(&self) -> Timestamp {
        time(self.time.load(Ordering::SeqCst) as i64)
    }

    /// Lets time pass.
    pub(super) fn pass(&self, seconds: u64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(super) fn lead(&self, key: &str) -> Option<Lead> {
        self.leads.lock().unwrap().get(key).cloned()
    }

    /// Each wanted contact is a lead, as it is now, once; nothing else is.
    #[track_caller]
    pub(super) fn check_target(&self) {
        let leads = self.leads.lock().unwrap();
        let mut expected: BTreeMap<String, String> = BTreeMap::new();
        for contact in self.source.lock().unwrap().iter().filter(|contact| contact.score >= 50) {
            expected.insert(contact.id.to_string(), body(contact).to_string());
        }
        let found: BTreeMap<String, String> =
            leads.iter().map(|(key, lead)| (key.clone(), lead.body.clone())).collect();
        assert_eq!(found, expected);
        assert!(leads.values().all(|lead| lead.created == 1), "a lead was created twice");
    }

    pub(super) fn writes(&self) -> u64 {
        self.writes.load(Ordering::SeqCst)
    }

    pub(super) fn reads(&self) -> Vec<(Option<Timestamp>, PageState)> {
        std::mem::take(&mut self.reads.lock().unwrap())
    }
}

pub(super) fn time(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn body(contact: &Contact) -> serde_json::Value {
    json!({ "name": contact.name, "hot": contact.score > 90 })
}

impl Sync for Contacts {
    type Source = Contact;
    type Lookups = ();
    const META: &'static SyncMeta = &SyncMeta {
        name: "test",
        source: "memory.contacts",
        target: "memory.leads",
        key: "/id",
        incremental: true,
        cap: Some(12),
        ascending: true,
        lookback: Duration::from_secs(2),
        reach: Some(Duration::from_secs(30 * 24 * 60 * 60)),
        batch: 3,
        every: None,
    };

    fn version(&self) -> String {
        self.version.lock().unwrap().clone()
    }

    fn target(&self) -> String {
        self.target.lock().unwrap().clone()
    }

    fn listing(&self) -> Option<(&'static Integration, &'static str)> {
        Some((&MEMORY, "list"))
    }

    async fn lookups(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn read(
        &self,
        since: Option<Timestamp>,
        page: &PageState,
    ) -> Result<ReadPage<Contact>, Error> {
        self.reads.lock().unwrap().push((since, page.clone()));
        self.priorities.lock().unwrap().push(crate::Priority::of_call(None));
        let ours = |gone: u64| gone.checked_sub(1);
        if *page != PageState::Start
            && self.gone.fetch_update(Ordering::SeqCst, Ordering::SeqCst, ours).is_ok()
        {
            let message = "no such page".into();
            return Err(Error::Pagination { operation: "list", message, assumed: None });
        }
        let mut all = self.source.lock().unwrap().clone();
        if let Some(since) = since {
            let deaf = self.deaf.load(Ordering::SeqCst);
            all.retain(|contact| deaf || contact.changed >= since.as_second());
            all.sort_by_key(|contact| contact.changed);
            if self.turned.load(Ordering::SeqCst) {
                all.reverse();
            }
            if self.silent.load(Ordering::SeqCst) {
                all.truncate(12);
            }
        }
        let start = match page {
            PageState::Offset(start) => *start as usize,
            _ => 0,
        };
        assert!(since.is_none() || start + PAGE <= 12, "the source's cap is passed");
        let end = (start + PAGE).min(all.len());
        let next = if end < all.len() { PageState::Offset(end as u64) } else { PageState::Done };
        let mut read = ReadPage { items: Vec::new(), rejected: Vec::new(), next };
        for (index, contact) in all[start..end].iter().enumerate() {
            match contact.name.as_str() {
                "undecodable" => read.rejected.push(Rejected {
                    index,
                    reason: "name: expected a name".to_owned(),
                    raw: json!({ "id": contact.id, "name": contact.name }),
                }),
                _ => read.items.push(contact.clone()),
            }
        }
        Ok(read)
    }

    fn key(record: &Contact) -> String {
        record.id.to_string()
    }

    fn changed_at(record: &Contact) -> Option<Timestamp> {
        Some(time(record.changed))
    }

    fn decide(&self, source: &Contact, (): &()) -> Result<Decision, cel::Error> {
        if source.name == "unmappable" {
            return Err(cel::Error::new("no such key"));
        }
        if source.score < 50 {
            return Ok(Decision::Skip);
        }
        Decision::write(Self::key(source), &body(source))
    }

    async fn write(&self, records: &[Write]) -> Result<Vec<Outcome>, Error> {
        self.priorities.lock().unwrap().push(crate::Priority::of_call(None));
        assert!(records.len() <= 3, "the batch is too large");
        let mut leads = self.leads.lock().unwrap();
        let mut keys: Vec<_> = records.iter().map(|record| &record.key).collect();
        keys.dedup();
        assert_eq!(keys.len(), records.len(), "a record is twice in one batch");
        let mut outcomes = Vec::new();
        for record in records {
            let body = record.body.get().to_owned();
            let value: serde_json::Value = serde_json::from_str(&body).unwrap();
            let name = value["name"].as_str().unwrap();
            if self.refused.lock().unwrap().iter().any(|refused| refused == name) {
                outcomes.push(Outcome::Rejected { reason: "not allowed".to_owned() });
            } else if name == "converted" {
                outcomes.push(Outcome::Skipped { reason: "converted".to_owned() });
            } else if self.untold.load(Ordering::SeqCst) {
                let lead = Lead { id: String::new(), body, created: 1, updated: 0 };
                leads.insert(record.key.clone(), lead);
                outcomes.push(Outcome::Written { id: None });
            } else if let Some(lead) = leads.get_mut(&record.key) {
                lead.body = body;
                lead.updated += 1;
                outcomes.push(Outcome::Updated { id: None });
            } else {
                let id = format!("L{}", leads.len());
                let lead = Lead { id: id.clone(), body, created: 1, updated: 0 };
                leads.insert(record.key.clone(), lead);
                outcomes.push(Outcome::Created { id: Some(id) });
            }
        }
        if self.writes.fetch_add(1, Ordering::SeqCst) + 1 == self.lose_answer.load(Ordering::SeqCst)
        {
            return Err(Error::Config { message: "the answer is lost".into() });
        }
        Ok(outcomes)
    }
}

/// Stands still.
#[derive(Debug)]
pub(super) struct TestClock(Timestamp, Instant);

impl TestClock {
    pub(super) fn at(time: Timestamp) -> Self {
        TestClock(time, Instant::now())
    }
}

impl Clock for TestClock {
    fn timestamp(&self) -> Timestamp {
        self.0
    }

    fn instant(&self) -> Instant {
        self.1
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}
