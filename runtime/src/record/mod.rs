//! Objects with known members: what [`record!`](crate::record!) says of a struct, and who reads and writes by it.
//!
//! Serde's derive makes a state machine for each struct, most of which rustc has to check and no API needs. Here a struct
//! says its members once, and everything else is compiled once, in this crate.

mod macros;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use read::{Key, Members, Read, read, read_text};
pub use write::{Absent, Write, Written, write};
