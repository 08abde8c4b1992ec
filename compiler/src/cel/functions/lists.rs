//! Functions of lists.

use super::Function;
use super::Kind::{Any, Int, List, Optional, Ordered, Scalar};
use super::{method, plain};

pub(super) const ROWS: &[Function] = &[
    method("slice", &[List(&Any), Int, Int], List(&Any), "lists::slice").fails(),
    method("flatten", &[List(&List(&Any))], List(&Any), "lists::flatten"),
    method("reverse", &[List(&Any)], List(&Any), "lists::reverse"),
    method("distinct", &[List(&Scalar)], List(&Scalar), "lists::distinct"),
    method("sort", &[List(&Ordered)], List(&Ordered), "lists::sort").fails(),
    method("first", &[List(&Any)], Optional(&Any), "lists::first"),
    method("last", &[List(&Any)], Optional(&Any), "lists::last"),
    plain("lists.range", &[Int], List(&Int), "lists::range").fails(),
    method("unwrapOpt", &[List(&Optional(&Any))], List(&Any), "lists::unwrap_optional"),
    plain("optional.unwrap", &[List(&Optional(&Any))], List(&Any), "lists::unwrap_optional"),
];
