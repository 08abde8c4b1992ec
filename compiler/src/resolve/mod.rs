//! Pass 4: ties documents and specs into the IR.

pub mod lower;
pub mod names;
pub mod paths;
