//! What servers send, on every way that pages go: `Link`, cursors, numbers of pages, operations that continue; with
//! `Retry-After`, headers about limits, statuses, and bodies that are anything.
#![no_main]

use gusset::{Client, Paginated};
use gusset_fuzz::{Provider, answers};

/// More pages than any input has answers.
const MOST: usize = 1_000;

fn walk<O: Paginated>(operation: O, data: &[u8]) {
    let client: Client = Provider::client(O::META.integration, answers(data));
    Provider::run(async {
        let mut pages = client.pages(operation);
        let mut read = 0;
        while let Some(page) = pages.next().await {
            read += 1;
            assert!(read < MOST, "pages without end");
            if let Err(error) = page {
                assert!(!error.to_string().is_empty() && !format!("{error:?}").is_empty());
                break;
            }
        }
    });
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((which, data)) = data.split_first() else { return };
    match which % 8 {
        0 => walk(greenhouse::operations::ListApplications::default(), data),
        1 => walk(hubspot::operations::ListContacts::default(), data),
        2 => walk(bamboohr::operations::ListEmployees::default(), data),
        3 => walk(dropbox::operations::ListFolder::new(dropbox::types::ListFolder::new("")), data),
        4 => walk(
            jira::operations::SearchIssues::new(jira::types::Search::new("order by key")),
            data,
        ),
        5 => walk(stripe::operations::ListProducts::default(), data),
        6 => walk(hubspot::operations::ListOwners::default(), data),
        _ => {
            let client = Provider::client(&slack::INTEGRATION, answers(data));
            let message =
                slack::operations::PostMessage::new(slack::types::NewMessage::new("C1", "Hello"));
            let _ = Provider::run(client.send(&message));
        }
    }
});
