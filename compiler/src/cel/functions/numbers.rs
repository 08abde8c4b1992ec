//! Functions of numbers.

use super::Function;
use super::Kind::{Bool, Double, Number};
use super::plain;

pub(super) const ROWS: &[Function] = &[
    plain("math.abs", &[Number], Number, "math::abs").fails(),
    plain("math.sign", &[Number], Number, "math::sign"),
    plain("math.ceil", &[Double], Double, "math::ceil"),
    plain("math.floor", &[Double], Double, "math::floor"),
    plain("math.round", &[Double], Double, "math::round"),
    plain("math.trunc", &[Double], Double, "math::trunc"),
    plain("math.sqrt", &[Double], Double, "math::sqrt"),
    plain("math.isNaN", &[Double], Bool, "math::is_nan"),
    plain("math.isInf", &[Double], Bool, "math::is_infinite"),
    plain("math.isFinite", &[Double], Bool, "math::is_finite"),
];
