//! The docs that are generated are fresh: rewritten, then failing; on CI only failing.
#![allow(clippy::disallowed_methods)]

use std::path::PathBuf;

#[test]
fn the_error_index_is_fresh() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/errors.md");
    let expected = gusset_compiler::diagnostics::error_index();
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if found != expected {
        if std::env::var_os("CI").is_none() {
            std::fs::write(&path, &expected).unwrap();
        }
        panic!("docs/errors.md was stale; run this test outside CI and commit the file it wrote");
    }
}
