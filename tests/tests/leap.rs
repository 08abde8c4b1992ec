//! Many calls at a time under a clock that leaps: limits make them wait, and none is given up for it.

#![allow(clippy::unwrap_used)]

use bamboohr::operations::ListEmployees;
use bamboohr::{Client, Credentials, Settings};
use gusset::{Clock, Options};
use gusset_sandbox::{Credential, Sandbox};
use gusset_tests::LeapClock;
use std::sync::Arc;
use std::time::Duration;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/bamboohr");

#[tokio::test]
async fn calls_at_a_time_wait_for_each_other_and_not_for_the_clock() {
    let sandbox = Sandbox::from_specs([SPEC]).unwrap().records(20).start().await.unwrap();
    let Some(Credential::Basic { user, password, .. }) = sandbox.credentials().get("key").cloned()
    else {
        panic!("the key is a user and a password")
    };
    let clock = Arc::new(LeapClock::default());
    let options = Options::default().with_server(sandbox.url()).with_clock(clock);
    let client =
        Client::new(Credentials::key(user, password), &Settings::new("acme"), options).unwrap();
    // Four may be under way, so most of these wait for others.
    let calls: Vec<_> = (0..60)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&ListEmployees::default()).await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn waits_at_a_time_are_leapt_over_once() {
    let clock = LeapClock::default();
    let start = clock.instant();
    let waits: Vec<_> = (0..100).map(|_| clock.sleep(Duration::from_secs(60))).collect();
    for wait in waits {
        wait.await;
    }
    let leapt = clock.instant() - start;
    assert!(leapt >= Duration::from_secs(60) && leapt < Duration::from_secs(90), "{leapt:?}");
}
