//! What compiled CEL expressions call at run time: the parts of CEL that plain Rust operators do not mean.

pub mod calendar;
mod collections;
mod convert;
mod error;
pub mod formats;
pub mod json;
pub mod lists;
mod logic;
pub mod math;
mod numbers;
pub mod strings;
mod time;

pub use collections::{all, exists, exists_one, filter, get, index, key, length, map};
pub use convert::{
    ToInt, ToText, ToUint, double_of, narrow, number, parse, parse_bool, parse_double,
    text_of_bytes, to_int, to_text, to_uint,
};
pub use error::{Error, at, hook, present, value};
pub use logic::{and, or};
pub use numbers::{
    Checked, Number, add, divide, eq, ge, gt, le, lt, multiply, ne, negate, remainder, subtract,
    widen,
};
pub use strings::{join, split};
pub use time::{
    duration, earlier, elapsed, later, longer, seconds_of, shorter, signed, timestamp,
    timestamp_of, unsigned,
};
