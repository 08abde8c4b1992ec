//! Segments of JSON pointers (RFC 6901, 3 and 4).

use std::borrow::Cow;

/// A key as a segment.
pub(crate) fn escape(key: &str) -> Cow<'_, str> {
    match key.contains(['~', '/']) {
        true => Cow::Owned(key.replace('~', "~0").replace('/', "~1")),
        false => Cow::Borrowed(key),
    }
}

/// The key that a segment stands for.
pub(crate) fn unescape(segment: &str) -> Cow<'_, str> {
    match segment.contains('~') {
        true => Cow::Owned(segment.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(segment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back() {
        for (key, segment) in [("a", "a"), ("/a~b", "~1a~0b"), ("~1", "~01"), ("", "")] {
            assert_eq!(escape(key), segment);
            assert_eq!(unescape(segment), key);
        }
    }
}
