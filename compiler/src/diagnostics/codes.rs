//! The stable codes and what they mean.

use std::fmt;

/// A stable code, such as `GS0301`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

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

/// All codes, in order.
pub const CODES: &[&[CodeDoc]] = &[];
