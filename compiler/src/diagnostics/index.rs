//! `docs/errors.md`, from the same source as `gusset explain`.

use super::{CODES, CodeDoc};
use std::fmt::Write as _;

/// The error index, markdown.
///
/// ```
/// assert!(gusset_compiler::diagnostics::error_index().starts_with("# Error index"));
/// ```
#[must_use]
pub fn error_index() -> String {
    let mut text = String::from(
        "# Error index\n\nWhat each diagnostic means; `gusset explain CODE` prints the same. \
         This page is generated from the compiler's sources.\n",
    );
    for doc in CODES.iter().flat_map(|family| family.iter()) {
        entry(&mut text, doc);
    }
    text
}

fn entry(text: &mut String, doc: &CodeDoc) {
    // Writing to a String cannot fail.
    let _ = write!(text, "\n## {}: {}\n\n{}\n", doc.code, doc.title, doc.text.trim());
    for (title, example) in [("Wrong", doc.wrong), ("Right", doc.right)] {
        if !example.trim().is_empty() {
            let _ = write!(text, "\n{title}:\n\n```yaml\n{}\n```\n", example.trim_matches('\n'));
        }
    }
}
