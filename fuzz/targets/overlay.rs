//! An overlay over a small document that does not change; in JSON and YAML, with JSONPath in it.
#![no_main]

const DOCUMENT: &str = include_str!("../fixed/openapi.yaml");
const SPEC: &str = include_str!("../fixed/integration.yaml");

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(text) = gusset_fuzz::text(data) {
        let spec = format!("{SPEC}\noverlays: [overlay.yaml]\n");
        gusset_fuzz::specs(&[
            ("fixed/openapi.yaml", DOCUMENT),
            ("fixed/overlay.yaml", text),
            ("fixed/integration.yaml", &spec),
        ]);
    }
});
