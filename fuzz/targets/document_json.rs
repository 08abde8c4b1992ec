//! A document of any version as JSON: read, rewritten, lowered, emitted.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(text) = gusset_fuzz::text(data) {
        gusset_fuzz::alone("openapi.json", text, Vec::new());
    }
});
