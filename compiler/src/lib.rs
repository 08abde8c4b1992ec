//! placeholder

pub mod cel;
pub mod diagnostics;
pub mod ir;
pub mod openapi;
pub mod resolve;
pub mod source;
pub mod spec;
