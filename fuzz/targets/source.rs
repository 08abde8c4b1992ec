//! The parser of JSON and YAML alone, and the one that finds places in the same text: both read it alike.
#![no_main]

use gusset_compiler::source::{Place, Sources, locate_all, parse};
use serde_json::Value;
use std::path::Path;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some(text) = gusset_fuzz::text(data) else { return };
    let mut sources = Sources::new().with_file("text.yaml", text);
    let file = sources.read(Path::new("text.yaml")).expect("it is in memory");
    // Without a byte order mark.
    let text = sources.text(file);
    match parse(text) {
        Ok(value) => {
            let mut places = Vec::new();
            collect(&value, &Place::root(file), &mut places);
            let places: Vec<&Place> = places.iter().collect();
            for span in locate_all(text, &places).into_iter().flatten() {
                assert!(
                    text.get(span.start..span.end).is_some(),
                    "{span:?} is no part of the text"
                );
            }
            // What is written again is read the same.
            assert_eq!(parse(&value.to_string()).as_ref(), Ok(&value));
        }
        Err(error) => {
            assert!(error.at <= text.len());
            assert!(!error.message.is_empty());
        }
    }
});

fn collect(value: &Value, at: &Place, places: &mut Vec<Place>) {
    places.push(at.clone());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| collect(value, &at.child(key), places));
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| collect(value, &at.child(&index.to_string()), places)),
        _ => {}
    }
}
