//! One small mistake in a spec that is right: each is an error with its line, and the expected rendering
//! stands in `tests/mistakes/NAME.snap`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod assumed;
mod belongs;
mod fixes;
mod hooks;
mod kit;
mod more;
mod nine;
mod numbers;
mod oauth;
mod one;
mod reach;
mod records;
mod shapes;
mod times;
mod writes;
