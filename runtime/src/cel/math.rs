//! `math.*`: CEL's math extension.

use super::Error;
use std::cmp::Ordering;

/// `math.greatest(..)`. What is no number (NaN) is passed over, unless nothing else is there.
///
/// # Errors
/// If there is nothing to choose from.
pub fn greatest<T: PartialOrd>(numbers: impl IntoIterator<Item = T>) -> Result<T, Error> {
    extreme(numbers, Ordering::Greater)
}

/// `math.least(..)`. What is no number (NaN) is passed over, unless nothing else is there.
///
/// # Errors
/// If there is nothing to choose from.
pub fn least<T: PartialOrd>(numbers: impl IntoIterator<Item = T>) -> Result<T, Error> {
    extreme(numbers, Ordering::Less)
}

fn extreme<T: PartialOrd>(
    numbers: impl IntoIterator<Item = T>,
    wanted: Ordering,
) -> Result<T, Error> {
    let better = |best: T, next: T| match next.partial_cmp(&best) {
        Some(found) if found == wanted => next,
        None if best.partial_cmp(&best).is_none() => next,
        _ => best,
    };
    numbers.into_iter().reduce(better).ok_or_else(|| Error::new("the list is empty"))
}

/// A number with a sign.
pub trait Signed: Sized {
    /// Its distance from zero.
    fn distance(self) -> Option<Self>;
    /// -1, 0 or 1.
    fn sign(self) -> Self;
}

impl Signed for i64 {
    fn distance(self) -> Option<i64> {
        self.checked_abs()
    }
    fn sign(self) -> i64 {
        self.signum()
    }
}

impl Signed for u64 {
    fn distance(self) -> Option<u64> {
        Some(self)
    }
    fn sign(self) -> u64 {
        u64::from(self > 0)
    }
}

impl Signed for f64 {
    fn distance(self) -> Option<f64> {
        Some(self.abs())
    }
    fn sign(self) -> f64 {
        if self.is_nan() || self == 0.0 { self } else { self.signum() }
    }
}

/// `math.abs(number)`.
///
/// # Errors
/// For the least integer, whose distance from zero has no number.
pub fn abs<T: Signed>(number: T) -> Result<T, Error> {
    number.distance().ok_or_else(|| Error::new("the result is out of range"))
}

/// `math.sign(number)`.
#[must_use]
pub fn sign<T: Signed>(number: T) -> T {
    number.sign()
}

/// `math.ceil(number)`.
#[must_use]
pub fn ceil(number: f64) -> f64 {
    number.ceil()
}

/// `math.floor(number)`.
#[must_use]
pub fn floor(number: f64) -> f64 {
    number.floor()
}

/// `math.round(number)`: halves away from zero.
#[must_use]
pub fn round(number: f64) -> f64 {
    number.round()
}

/// `math.trunc(number)`: towards zero.
#[must_use]
pub fn trunc(number: f64) -> f64 {
    number.trunc()
}

/// `math.sqrt(number)`.
#[must_use]
pub fn sqrt(number: f64) -> f64 {
    number.sqrt()
}

/// `math.isNaN(number)`.
#[must_use]
pub fn is_nan(number: f64) -> bool {
    number.is_nan()
}

/// `math.isInf(number)`.
#[must_use]
pub fn is_infinite(number: f64) -> bool {
    number.is_infinite()
}

/// `math.isFinite(number)`.
#[must_use]
pub fn is_finite(number: f64) -> bool {
    number.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes() {
        assert_eq!((greatest([1, 3, 2]), least([1.5, -0.5])), (Ok(3), Ok(-0.5)));
        assert_eq!((greatest([f64::NAN, 1.0]), least([1.0, f64::NAN])), (Ok(1.0), Ok(1.0)));
        assert!(greatest(Vec::<i64>::new()).is_err());
    }

    #[test]
    fn signs() {
        assert_eq!((abs(-3_i64), abs(3_u64), abs(-0.5)), (Ok(3), Ok(3), Ok(0.5)));
        assert!(abs(i64::MIN).is_err());
        assert_eq!((sign(-3_i64), sign(0_u64), sign(-0.5), sign(0.0)), (-1, 0, -1.0, 0.0));
        assert!(sign(f64::NAN).is_nan());
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(
            (round(2.5), round(-2.5), trunc(-2.9), floor(-0.1), ceil(0.1)),
            (3.0, -3.0, -2.0, -1.0, 1.0)
        );
        assert!(is_nan(sqrt(-1.0)) && is_infinite(f64::NEG_INFINITY) && !is_finite(f64::NAN));
    }
}
