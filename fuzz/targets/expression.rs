//! An expression in each place of a sync that takes one: parsed, typed, emitted.
#![no_main]

use serde_json::Value;

const FILES: [(&str, &str); 2] = [
    ("fixed/openapi.yaml", include_str!("../fixed/openapi.yaml")),
    ("fixed/integration.yaml", include_str!("../fixed/integration.yaml")),
];
const SYNC: &str = include_str!("../fixed/sync.yaml");

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let Some(text) = gusset_fuzz::text(text) else { return };
    // Expressions are short; long ones are the business of tests.
    if text.len() > 400 {
        return;
    }
    let text = Value::from(text).to_string();
    let places = [
        "when: 'true'",
        "title: source.title",
        "score: '1.0'",
        "due: source.?due",
        "done: 'false'",
    ];
    let place = places[usize::from(*which) % places.len()];
    let key = place.split_once(':').map_or("", |(key, _)| key);
    assert!(SYNC.contains(place));
    let sync = SYNC.replace(place, &format!("{key}: {text}"));
    gusset_fuzz::specs(&[FILES[0], FILES[1], ("fixed/sync.yaml", &sync)]);
});
