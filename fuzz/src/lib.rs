//! What fuzz targets share: the doors of the compiler and the runtime, and what must hold behind them.

mod compiled;
mod provider;

pub use compiled::{alone, specs};
pub use provider::{Provider, answers};

/// Text of a target that reads text: what is not UTF-8 is refused before a parser sees it.
#[must_use]
pub fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}
