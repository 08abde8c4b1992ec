//! 100,000 sandbox records: listed, decoded into typed items, counted.

#![allow(clippy::panic, missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use gusset::Options;
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use gusset_sandbox::{Credential, Sandbox};
use gusset_tests::LeapClock;
use hubspot::{Client, Credentials, Settings};
use std::path::PathBuf;
use std::sync::Arc;

const RECORDS: u64 = 100_000;

fn list(c: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("tokio");
    let specs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs/hubspot");
    let input = Input { specs: vec![specs], ..Input::default() };
    let ir = check(&input, &mut Sources::new()).value.expect("the catalog compiles");
    let sandbox = runtime
        .block_on(Sandbox::builder(ir).records(RECORDS).without_limits().start())
        .expect("the sandbox starts");
    let Some(Credential::Bearer { token }) = sandbox.credentials().get("private_app").cloned()
    else {
        panic!("the sandbox has no token for private_app")
    };
    let options =
        Options::default().with_server(sandbox.url()).with_clock(Arc::new(LeapClock::default()));
    let client = Client::new(Credentials::private_app(token), &Settings::default(), options)
        .expect("a client");

    let mut group = c.benchmark_group("list");
    group.sample_size(10);
    group.bench_function("100000 contacts", |b| {
        b.iter(|| {
            runtime.block_on(async {
                let mut contacts = client.contacts().items();
                let mut count = 0;
                while let Some(contact) = contacts.next().await {
                    contact.expect("a contact");
                    count += 1;
                }
                assert_eq!(count, RECORDS);
            });
        });
    });
    group.finish();
}

criterion_group!(benches, list);
criterion_main!(benches);
