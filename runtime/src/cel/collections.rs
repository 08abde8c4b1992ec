//! Lists and maps: sizes, indices, and macros whose body may fail.

use super::Error;
use std::collections::BTreeMap;

/// `size(..)` as CEL's integer.
#[must_use]
pub fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// `list[?index]`.
#[must_use]
pub fn get<T>(list: &[T], index: i64) -> Option<&T> {
    list.get(usize::try_from(index).ok()?)
}

/// `list[index]`.
///
/// # Errors
/// If the list is not that long.
pub fn index<T>(list: &[T], index: i64) -> Result<&T, Error> {
    get(list, index).ok_or_else(|| Error::new(format!("there is no element {index}")))
}

/// `map[key]`.
///
/// # Errors
/// If the map does not have it.
pub fn key<'m, T>(map: &'m BTreeMap<String, T>, key: &str) -> Result<&'m T, Error> {
    map.get(key).ok_or_else(|| Error::new(format!("`{key}` is missing")))
}

/// `list.exists(x, condition)`. One element for which the condition holds hides the errors of others.
///
/// # Errors
/// The condition's, if it holds for no element.
pub fn exists<T>(
    items: impl IntoIterator<Item = T>,
    mut condition: impl FnMut(T) -> Result<bool, Error>,
) -> Result<bool, Error> {
    let mut failure = None;
    for item in items {
        match condition(item) {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    failure.map_or(Ok(false), Err)
}

/// `list.all(x, condition)`. One element for which the condition does not hold hides the errors of others.
///
/// # Errors
/// The condition's, if it fails for no element.
pub fn all<T>(
    items: impl IntoIterator<Item = T>,
    mut condition: impl FnMut(T) -> Result<bool, Error>,
) -> Result<bool, Error> {
    exists(items, |item| condition(item).map(|holds| !holds)).map(|found| !found)
}

/// `list.exists_one(x, condition)`.
///
/// # Errors
/// The condition's.
pub fn exists_one<T>(
    items: impl IntoIterator<Item = T>,
    mut condition: impl FnMut(T) -> Result<bool, Error>,
) -> Result<bool, Error> {
    let mut count = 0_usize;
    for item in items {
        count += usize::from(condition(item)?);
    }
    Ok(count == 1)
}

/// `list.map(x, value)`.
///
/// # Errors
/// The value's.
pub fn map<T, U>(
    items: impl IntoIterator<Item = T>,
    value: impl FnMut(T) -> Result<U, Error>,
) -> Result<Vec<U>, Error> {
    items.into_iter().map(value).collect()
}

/// `list.filter(x, condition)`.
///
/// # Errors
/// The condition's.
pub fn filter<T: Clone>(
    items: impl IntoIterator<Item = T>,
    mut condition: impl FnMut(T) -> Result<bool, Error>,
) -> Result<Vec<T>, Error> {
    let mut kept = Vec::new();
    for item in items {
        if condition(item.clone())? {
            kept.push(item);
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(n: &i64) -> Result<bool, Error> {
        match n {
            0 => Err(Error::new("zero")),
            n => Ok(*n > 0),
        }
    }

    #[test]
    fn an_element_that_decides_hides_errors() {
        assert_eq!(exists(&[0, 1], condition), Ok(true));
        assert!(exists(&[0, -1], condition).is_err());
        assert_eq!(all(&[0, -1], condition), Ok(false));
        assert!(all(&[0, 1], condition).is_err());
        assert_eq!((exists(&[], condition), all(&[], condition)), (Ok(false), Ok(true)));
    }

    #[test]
    fn the_others_want_every_element() {
        assert_eq!(exists_one(&[1, -1], condition), Ok(true));
        assert_eq!(exists_one(&[1, 1], condition), Ok(false));
        assert!(exists_one(&[1, 0], condition).is_err());
        assert_eq!(filter(&[1, -1], condition), Ok(vec![&1]));
        assert!(map(&[0], condition).is_err());
    }

    #[test]
    fn indices_are_checked() {
        assert_eq!((index(&[7], 0), get(&[7], -1), get(&[7], 1)), (Ok(&7), None, None));
        assert!(index(&[7], 1).is_err() && key(&BTreeMap::<String, i64>::new(), "a").is_err());
    }
}
