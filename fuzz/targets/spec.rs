//! The spec of an integration, beside a small document that does not change.
#![no_main]

const DOCUMENT: &str = include_str!("../fixed/openapi.yaml");

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(text) = gusset_fuzz::text(data) {
        let spec = "fixed/integration.yaml";
        gusset_fuzz::specs(&[("fixed/openapi.yaml", DOCUMENT), (spec, text)]);
    }
});
