//! JSON as emitted types: records, unions by tag and by shape, open enums, numbers in text. What both reads and writes
//! comes back the same.
#![no_main]

use gusset::serde::Serialize;
use gusset::serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// What is only received: it decodes or says why.
fn read<T: DeserializeOwned + Debug>(data: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<T>(data) {
        assert!(!format!("{value:?}").is_empty());
    }
}

/// What is sent as well.
fn kept<T: DeserializeOwned + Serialize + Debug + PartialEq>(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(data) else { return };
    let text = serde_json::to_string(&value).expect("what was read can be written");
    let again: T = serde_json::from_str(&text).expect("what was written can be read");
    assert_eq!(again, value, "by way of {text}");
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((which, data)) = data.split_first() else { return };
    match which % 12 {
        0 => read::<dropbox::types::FolderPage>(data),
        1 => read::<dropbox::types::TooMany>(data),
        2 => read::<hubspot::types::Contact>(data),
        3 => read::<jira::types::FoundIssues>(data),
        4 => kept::<jira::types::NewIssue>(data),
        5 => kept::<jira::types::RichText>(data),
        6 => kept::<bamboohr::types::NewEmployee>(data),
        7 => read::<quickbooks::types::Customer>(data),
        8 => read::<stripe::types::Product>(data),
        9 => read::<stripe::types::Price>(data),
        10 => read::<greenhouse::types::Application>(data),
        _ => {
            // What is anything stays so, and the reader of our own agrees with serde's.
            let value: Result<Value, _> = serde_json::from_slice(data);
            if let Ok(value) = value {
                assert_eq!(serde_json::from_str::<Value>(&value.to_string()).ok(), Some(value));
            }
        }
    }
});
