//! The path of the spec has a typo.

gusset::integration!("specs/taks");

fn main() {}
