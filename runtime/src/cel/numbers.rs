//! Checked arithmetic, and comparisons between kinds of numbers.

use super::Error;
use std::cmp::Ordering;

/// A type with checked arithmetic.
pub trait Checked: Sized {
    /// `self + other`.
    fn checked_add(self, other: Self) -> Option<Self>;
    /// `self - other`.
    fn checked_sub(self, other: Self) -> Option<Self>;
}

macro_rules! checked {
    ($($ty:ty),*) => {$(
        impl Checked for $ty {
            fn checked_add(self, other: Self) -> Option<Self> {
                <$ty>::checked_add(self, other)
            }
            fn checked_sub(self, other: Self) -> Option<Self> {
                <$ty>::checked_sub(self, other)
            }
        }
    )*};
}
checked!(i64, u64);

/// A whole number: what else checked arithmetic has.
pub trait Whole: Checked {
    /// `self * other`.
    fn checked_mul(self, other: Self) -> Option<Self>;
    /// `self / other`, towards zero.
    fn checked_div(self, other: Self) -> Option<Self>;
    /// `self % other`, with the sign of `self`.
    fn checked_rem(self, other: Self) -> Option<Self>;
    /// Whether it is 0.
    fn is_zero(&self) -> bool;
}

macro_rules! whole {
    ($($ty:ty),*) => {$(
        impl Whole for $ty {
            fn checked_mul(self, other: Self) -> Option<Self> {
                <$ty>::checked_mul(self, other)
            }
            fn checked_div(self, other: Self) -> Option<Self> {
                <$ty>::checked_div(self, other)
            }
            fn checked_rem(self, other: Self) -> Option<Self> {
                <$ty>::checked_rem(self, other)
            }
            fn is_zero(&self) -> bool {
                *self == 0
            }
        }
    )*};
}
whole!(i64, u64);

fn overflow() -> Error {
    Error::new("the result is out of range")
}

fn nonzero<T: Whole>(divisor: &T) -> Result<(), Error> {
    if divisor.is_zero() { Err(Error::new("division by zero")) } else { Ok(()) }
}

/// `left + right`.
///
/// # Errors
/// On overflow.
pub fn add<T: Checked>(left: T, right: T) -> Result<T, Error> {
    left.checked_add(right).ok_or_else(overflow)
}

/// `left - right`.
///
/// # Errors
/// On overflow.
pub fn subtract<T: Checked>(left: T, right: T) -> Result<T, Error> {
    left.checked_sub(right).ok_or_else(overflow)
}

/// `left * right`.
///
/// # Errors
/// On overflow.
pub fn multiply<T: Whole>(left: T, right: T) -> Result<T, Error> {
    left.checked_mul(right).ok_or_else(overflow)
}

/// `left / right`.
///
/// # Errors
/// On division by zero and on overflow.
pub fn divide<T: Whole>(left: T, right: T) -> Result<T, Error> {
    nonzero(&right)?;
    left.checked_div(right).ok_or_else(overflow)
}

/// `left % right`.
///
/// # Errors
/// On division by zero and on overflow.
pub fn remainder<T: Whole>(left: T, right: T) -> Result<T, Error> {
    nonzero(&right)?;
    left.checked_rem(right).ok_or_else(overflow)
}

/// `-number`.
///
/// # Errors
/// On overflow.
pub fn negate(number: i64) -> Result<i64, Error> {
    number.checked_neg().ok_or_else(overflow)
}

/// A number of any kind.
pub trait Number: Copy {
    /// The number itself, if it is whole by type.
    fn whole(self) -> Option<i128>;
    /// The nearest double.
    fn double(self) -> f64;
}

impl Number for i64 {
    fn whole(self) -> Option<i128> {
        Some(i128::from(self))
    }
    fn double(self) -> f64 {
        self as f64
    }
}

impl Number for u64 {
    fn whole(self) -> Option<i128> {
        Some(i128::from(self))
    }
    fn double(self) -> f64 {
        self as f64
    }
}

impl Number for f64 {
    fn whole(self) -> Option<i128> {
        None
    }
    fn double(self) -> f64 {
        self
    }
}

/// `double(number)`: the nearest double.
#[must_use]
pub fn widen(number: impl Number) -> f64 {
    number.double()
}

/// Compares by value, without loss; nothing for what is not a number (NaN).
fn compare(left: impl Number, right: impl Number) -> Option<Ordering> {
    match (left.whole(), right.whole()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        (Some(left), None) => compare_whole(left, right.double()),
        (None, Some(right)) => compare_whole(right, left.double()).map(Ordering::reverse),
        (None, None) => left.double().partial_cmp(&right.double()),
    }
}

fn compare_whole(left: i128, right: f64) -> Option<Ordering> {
    if right.is_nan() {
        return None;
    }
    // A cast from a double saturates, and every 64-bit number is well within 128 bits.
    let by_whole = left.cmp(&(right.trunc() as i128));
    Some(by_whole.then_with(|| 0.0.partial_cmp(&right.fract()).unwrap_or(Ordering::Equal)))
}

/// `left == right`, for numbers of different kinds.
#[must_use]
pub fn eq(left: impl Number, right: impl Number) -> bool {
    compare(left, right) == Some(Ordering::Equal)
}

/// `left != right`, for numbers of different kinds.
#[must_use]
pub fn ne(left: impl Number, right: impl Number) -> bool {
    !eq(left, right)
}

/// `left < right`, for numbers of different kinds.
#[must_use]
pub fn lt(left: impl Number, right: impl Number) -> bool {
    compare(left, right).is_some_and(Ordering::is_lt)
}

/// `left <= right`, for numbers of different kinds.
#[must_use]
pub fn le(left: impl Number, right: impl Number) -> bool {
    compare(left, right).is_some_and(Ordering::is_le)
}

/// `left > right`, for numbers of different kinds.
#[must_use]
pub fn gt(left: impl Number, right: impl Number) -> bool {
    compare(left, right).is_some_and(Ordering::is_gt)
}

/// `left >= right`, for numbers of different kinds.
#[must_use]
pub fn ge(left: impl Number, right: impl Number) -> bool {
    compare(left, right).is_some_and(Ordering::is_ge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_checked() {
        assert_eq!(add(2_i64, 3), Ok(5));
        assert!(
            add(i64::MAX, 1).is_err()
                && subtract(0_u64, 1).is_err()
                && multiply(i64::MIN, -1).is_err()
        );
        assert_eq!(divide(1_i64, 0).map_err(|e| e.to_string()), Err("division by zero".to_owned()));
        assert!(
            divide(i64::MIN, -1).is_err()
                && remainder(1_i64, 0).is_err()
                && negate(i64::MIN).is_err()
        );
        assert_eq!((divide(-7_i64, 2), remainder(-7_i64, 2)), (Ok(-3), Ok(-1)));
    }

    #[test]
    fn numbers_of_different_kinds_compare_by_value() {
        assert!(
            eq(3_i64, 3.0)
                && !eq(3_i64, 3.5)
                && lt(3_i64, 3.5)
                && gt(-3_i64, -3.5)
                && ge(4.0, 4_u64)
        );
        assert!(eq(1_u64, 1_i64) && lt(-1_i64, u64::MAX) && ne(1.0, 2_i64) && le(2_i64, 2.0));
        // 2^53 + 1 has no double of its own.
        assert!(!eq(9_007_199_254_740_993_i64, 9_007_199_254_740_992.0));
        assert!(lt(i64::MAX, f64::INFINITY) && gt(i64::MIN, f64::NEG_INFINITY));
        assert!(!eq(0_i64, f64::NAN) && !lt(0_i64, f64::NAN) && ne(0_i64, f64::NAN));
    }
}
