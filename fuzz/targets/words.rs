//! Every little language in a text of a spec: paths into messages, templates, quantities, types, patterns, pointers.
//! One of them is the fuzzer's, the rest of the spec is right.
#![no_main]

use serde_json::Value;

const DOCUMENT: &str = include_str!("../fixed/openapi.yaml");
const SPEC: &str = include_str!("../fixed/integration.yaml");

/// Texts of the fixed spec, each where a grammar is; the fuzzer's stands in its place.
const WORDS: [&str; 13] = [
    "'https://${settings.site}.example.com/v1'",
    "'60 per 1m'",
    "'5 per 1s'",
    "'header.X-Left'",
    "'api-usage={used}/{limit}'",
    "'body.tasks'",
    "'body.page.next'",
    "'query.cursor'",
    "'number? in string'",
    "'body.error'",
    "'10m'",
    "'gte|{since}'",
    "'status == 429'",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let Some(text) = gusset_fuzz::text(text) else { return };
    let quoted = Value::from(text).to_string();
    match WORDS.get(usize::from(*which) % (WORDS.len() + 2)) {
        Some(word) => {
            assert!(SPEC.contains(word), "the spec has no {word}");
            let spec = SPEC.replacen(word, &quoted, 1);
            gusset_fuzz::specs(&[
                ("fixed/openapi.yaml", DOCUMENT),
                ("fixed/integration.yaml", &spec),
            ]);
        }
        // Patterns of `include`, and references.
        None if which % 2 == 0 => {
            let include = text.lines().map(str::to_owned).collect();
            gusset_fuzz::alone("openapi.yaml", DOCUMENT, include);
        }
        None => {
            let document = DOCUMENT.replacen("'#/components/schemas/Task'", &quoted, 1);
            gusset_fuzz::alone("openapi.yaml", &document, Vec::new());
        }
    }
});
