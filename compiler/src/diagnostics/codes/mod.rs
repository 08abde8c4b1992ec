//! The stable codes and what they mean: one file per family.

pub mod cel;
pub mod connection;
pub mod openapi;
pub mod references;
pub mod resources;
pub mod source;
pub mod spec;
pub mod sync;
pub mod types;

use std::fmt;

/// A stable code, such as `GS0301`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl Code {
    /// Whether it says that a file cannot be read (`GS00xx`), not what is wrong in it.
    #[must_use]
    pub fn is_about_a_file(self) -> bool {
        self.0.starts_with("GS00")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What `gusset explain` says about a code; `docs/errors.md` is made of these.
#[derive(Clone, Copy, Debug)]
pub struct CodeDoc {
    /// The code.
    pub code: Code,
    /// A title.
    pub title: &'static str,
    /// Why it is an error, and what to do; markdown.
    pub text: &'static str,
    /// A wrong example, YAML.
    pub wrong: &'static str,
    /// The same, right.
    pub right: &'static str,
}

/// All codes, family by family, in order.
pub const CODES: &[&[CodeDoc]] = &[
    source::DOCS,     // GS00xx
    openapi::DOCS,    // GS01xx
    spec::DOCS,       // GS02xx
    references::DOCS, // GS03xx
    types::DOCS,      // GS04xx
    resources::DOCS,  // GS05xx
    cel::DOCS,        // GS06xx
    sync::DOCS,       // GS07xx
    connection::DOCS, // GS08xx
];

/// What is known about a code, however it is spelt (`gs0301`, `GS0301`).
#[must_use]
pub fn explain(code: &str) -> Option<&'static CodeDoc> {
    CODES.iter().copied().flatten().find(|doc| doc.code.0.eq_ignore_ascii_case(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn codes_are_unique_and_in_order() {
        let all: Vec<_> = CODES.iter().copied().flatten().map(|doc| doc.code).collect();
        assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
    }
}
