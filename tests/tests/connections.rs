//! What a client keeps while nobody calls: an account of a customer costs next to nothing.

#![allow(clippy::panic, clippy::unwrap_used)]

use gusset::{Options, Secret};
use gusset_sandbox::{Credential, Sandbox};
use hubspot::operations::ListContacts;
use hubspot::{Client, Credentials, Settings};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/hubspot");

#[tokio::test]
async fn an_idle_client_keeps_less_than_four_kilobytes() {
    let sandbox = Sandbox::from_specs([SPEC]).unwrap().records(1).without_limits();
    let sandbox = sandbox.start().await.unwrap();
    let Some(Credential::Bearer { token }) = sandbox.credentials().get("private_app").cloned()
    else {
        panic!("private_app has a token")
    };
    let client = |number: usize| {
        let options = Options::default().with_server(sandbox.url());
        let options = options.with_connection(format!("customer {number}"));
        let credentials = Credentials::private_app(Secret::from(token.as_str()));
        Client::new(credentials, &Settings::default(), options).unwrap()
    };
    let mut clients = Vec::with_capacity(2_000);
    let mut used = [0; 2];
    // What is there once is there after the first hundred.
    for (used, until) in used.iter_mut().zip([100, 2_000]) {
        while clients.len() < until {
            let client = client(clients.len());
            client.send(&ListContacts::default()).await.unwrap();
            clients.push(client);
        }
        *used = ALLOCATOR.current_usage();
    }
    let each = (used[1] - used[0]) / 1_900;
    // 2,287 when this was written.
    assert!(each < 4_096, "{each} bytes each");
}
