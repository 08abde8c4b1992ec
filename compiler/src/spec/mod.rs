//! Pass 3: reads the YAML specs into syntax types.

pub mod syntax;
