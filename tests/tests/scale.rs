//! 100,000 records: listed, decoded into typed items, counted, in constant memory.
#![allow(clippy::unwrap_used, clippy::panic)]

use gusset::Options;
use gusset_compiler::Input;
use gusset_compiler::source::Sources;
use gusset_sandbox::{Credential, Sandbox};
use gusset_tests::LeapClock;
use hubspot::{Client, Credentials, Settings};
use peak_alloc::PeakAlloc;
use std::path::PathBuf;
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const RECORDS: u64 = 100_000;

#[tokio::test]
async fn a_hundred_thousand_records_in_constant_memory() {
    let specs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs/hubspot");
    let input = Input { specs: vec![specs], ..Input::default() };
    let ir = gusset_compiler::check(&input, &mut Sources::new()).value.unwrap();
    let sandbox = Sandbox::builder(ir).records(RECORDS).without_limits().start().await.unwrap();
    let Some(Credential::Bearer { token }) = sandbox.credentials().get("private_app").cloned()
    else {
        panic!("the sandbox has no token for private_app")
    };
    let options =
        Options::default().with_server(sandbox.url()).with_clock(Arc::new(LeapClock::default()));
    let client =
        Client::new(Credentials::private_app(token), &Settings::default(), options).unwrap();

    // The sandbox makes its records when they are first read; what it keeps of them is not what is measured.
    assert_eq!(count(&client).await, RECORDS);
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    assert_eq!(count(&client).await, RECORDS);
    assert_eq!(sandbox.calls("list_contacts"), 2 * RECORDS / 100);
    // A few pages in flight, on both sides; 100,000 records would be 50 MB.
    let grown = ALLOCATOR.peak_usage().saturating_sub(before);
    assert!(grown < 4 << 20, "{grown} bytes more at the peak than before");
}

async fn count(client: &Client) -> u64 {
    let mut contacts = client.contacts().items();
    let mut count = 0;
    while let Some(contact) = contacts.next().await {
        assert!(!contact.unwrap().id.is_empty());
        count += 1;
    }
    count
}
