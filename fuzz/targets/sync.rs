//! The spec of a sync, with its mappings, between two integrations that do not change.
#![no_main]

const FILES: [(&str, &str); 2] = [
    ("fixed/openapi.yaml", include_str!("../fixed/openapi.yaml")),
    ("fixed/integration.yaml", include_str!("../fixed/integration.yaml")),
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(text) = gusset_fuzz::text(data) {
        gusset_fuzz::specs(&[FILES[0], FILES[1], ("fixed/sync.yaml", text)]);
    }
});
