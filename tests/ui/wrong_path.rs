//! The path of the cursor has a typo.

gusset::integration!("specs");

fn main() {}
