//! `list.slice(..)`, `list.sort()` and the others of CEL's lists extension.

use super::Error;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The longest list that `lists.range(n)` makes.
const MAX_RANGE: i64 = 100_000;

/// `list.slice(start, end)`: without the element at `end`.
///
/// # Errors
/// If a position is outside of the list, or the end before the start.
pub fn slice<T>(list: Vec<T>, start: i64, end: i64) -> Result<Vec<T>, Error> {
    let outside = || Error::new("the position is outside of the list");
    let start = usize::try_from(start).map_err(|_| outside())?;
    let end = usize::try_from(end).ok().filter(|end| *end <= list.len()).ok_or_else(outside)?;
    if start > end {
        return Err(Error::new("the end is before the start"));
    }
    Ok(list.into_iter().take(end).skip(start).collect())
}

/// `list.flatten()`: the elements of the lists in a list.
#[must_use]
pub fn flatten<T>(list: Vec<Vec<T>>) -> Vec<T> {
    list.into_iter().flatten().collect()
}

/// `list.reverse()`.
#[must_use]
pub fn reverse<T>(mut list: Vec<T>) -> Vec<T> {
    list.reverse();
    list
}

/// `list.distinct()`: the first of those that are equal.
#[must_use]
pub fn distinct<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for item in list {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

/// `list.sort()`.
///
/// # Errors
/// If something in it is no number (NaN).
pub fn sort<T: PartialOrd>(list: Vec<T>) -> Result<Vec<T>, Error> {
    let keyed = list.into_iter().map(|item| (item, ()));
    Ok(sorted(keyed.collect())?.into_iter().map(|(item, ())| item).collect())
}

/// `list.sortBy(x, key)`: by keys; those with equal keys keep their order.
///
/// # Errors
/// The key's; if a key is no number (NaN).
pub fn sort_by<T: Clone, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    mut key: impl FnMut(T) -> Result<K, Error>,
) -> Result<Vec<T>, Error> {
    let keyed = items.into_iter().map(|item| Ok((key(item.clone())?, item)));
    let keyed = sorted(keyed.collect::<Result<Vec<_>, Error>>()?)?;
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

fn sorted<K: PartialOrd, T>(mut keyed: Vec<(K, T)>) -> Result<Vec<(K, T)>, Error> {
    // With each other, all keys compare: without this the sort might see no order at all.
    if keyed.iter().any(|(key, _)| key.partial_cmp(key).is_none()) {
        return Err(Error::new("what is no number has no place in an order"));
    }
    keyed.sort_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    Ok(keyed)
}

/// `list.first()`.
#[must_use]
pub fn first<T>(list: Vec<T>) -> Option<T> {
    list.into_iter().next()
}

/// `list.last()`.
#[must_use]
pub fn last<T>(mut list: Vec<T>) -> Option<T> {
    list.pop()
}

/// `lists.range(n)`: 0 to n - 1.
///
/// # Errors
/// If `n` is negative, or more than 100,000.
pub fn range(n: i64) -> Result<Vec<i64>, Error> {
    if !(0..=MAX_RANGE).contains(&n) {
        return Err(Error::new("the length of the range is not between 0 and 100000"));
    }
    Ok((0..n).collect())
}

/// `optional.unwrap(list)`, `list.unwrapOpt()`: the values that are there.
#[must_use]
pub fn unwrap_optional<T>(list: Vec<Option<T>>) -> Vec<T> {
    list.into_iter().flatten().collect()
}

/// `{key: value, ..}` with computed keys.
///
/// # Errors
/// If a key stands there twice.
pub fn table<V>(
    pairs: impl IntoIterator<Item = (String, V)>,
) -> Result<BTreeMap<String, V>, Error> {
    let mut table = BTreeMap::new();
    for (key, value) in pairs {
        if table.insert(key, value).is_some() {
            return Err(Error::new("the map has a key twice"));
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_lists() {
        assert_eq!(slice(vec![1, 2, 3], 1, 3), Ok(vec![2, 3]));
        assert_eq!(slice(vec![1], 1, 1), Ok(vec![]));
        for (start, end) in [(-1, 0), (0, 2), (1, 0), (2, 2)] {
            assert!(slice(vec![1], start, end).is_err(), "{start} {end}");
        }
        assert_eq!(
            (first(vec![1, 2]), last(vec![1, 2]), first(Vec::<i64>::new())),
            (Some(1), Some(2), None)
        );
    }

    #[test]
    fn lists_are_put_in_order() {
        assert_eq!(sort(vec![2, 1]), Ok(vec![1, 2]));
        assert!(sort(vec![1.0, f64::NAN]).is_err());
        assert_eq!(sort_by([1, 2, 3, 4], |n| Ok(n % 2)), Ok(vec![2, 4, 1, 3]));
        assert!(sort_by([1], |_| Err::<i64, _>(Error::new("no"))).is_err());
        assert_eq!(distinct(vec![2, 1, 2]), [2, 1]);
        assert_eq!(reverse(flatten(vec![vec![1], vec![], vec![2, 3]])), [3, 2, 1]);
    }

    #[test]
    fn lists_are_made() {
        assert_eq!((range(3), range(0)), (Ok(vec![0, 1, 2]), Ok(vec![])));
        assert!(range(-1).is_err() && range(i64::MAX).is_err());
        assert_eq!(unwrap_optional(vec![Some(1), None]), [1]);
        assert!(table([("a".to_owned(), 1), ("a".to_owned(), 2)]).is_err());
    }
}
