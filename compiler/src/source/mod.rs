//! Pass 1: loads files and records every file read.

mod place;

pub use place::{FileId, Part, Place};
