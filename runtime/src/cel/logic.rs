//! `&&` and `||` over operands that may fail. CEL makes them commutative: a side that decides alone hides the
//! error of the other, whichever comes first.

use super::Error;

/// `left && right`.
///
/// # Errors
/// If a side fails and the other does not decide.
pub fn and(
    left: impl FnOnce() -> Result<bool, Error>,
    right: impl FnOnce() -> Result<bool, Error>,
) -> Result<bool, Error> {
    match left() {
        Ok(false) => Ok(false),
        Ok(true) => right(),
        Err(error) => match right() {
            Ok(false) => Ok(false),
            _ => Err(error),
        },
    }
}

/// `left || right`.
///
/// # Errors
/// If a side fails and the other does not decide.
pub fn or(
    left: impl FnOnce() -> Result<bool, Error>,
    right: impl FnOnce() -> Result<bool, Error>,
) -> Result<bool, Error> {
    and(|| left().map(|b| !b), || right().map(|b| !b)).map(|b| !b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_that_decides_hides_the_error_of_the_other() {
        let (yes, no) = (|| Ok(true), || Ok(false));
        let fails = || Err(Error::new("no"));
        assert_eq!(and(fails, no), Ok(false));
        assert_eq!(and(no, fails), Ok(false));
        assert!(and(fails, yes).is_err() && and(yes, fails).is_err() && and(fails, fails).is_err());
        assert_eq!(or(fails, yes), Ok(true));
        assert_eq!(or(yes, fails), Ok(true));
        assert!(or(fails, no).is_err() && or(no, fails).is_err());
        assert_eq!((and(yes, yes), or(no, no)), (Ok(true), Ok(false)));
    }
}
