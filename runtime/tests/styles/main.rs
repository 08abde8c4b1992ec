//! The bytes on the wire are those of OpenAPI's tables: every style, and every kind of body.
//!
//! Sections are those of OpenAPI 3.1.2. Its table of styles differs from 3.0.3's for `label` without `explode`, which RFC
//! 6570 writes with commas, and by the percent-encoding of `|`, `[` and `]`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod bodies;
mod parameters;
mod wire;
