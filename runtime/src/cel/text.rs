//! Text functions that Rust does not have in this form.

/// `text.split(separator)`. Without a separator, the characters.
#[must_use]
pub fn split<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    if separator.is_empty() {
        return text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()]).collect();
    }
    text.split(separator).collect()
}

/// `list.join(separator)`.
#[must_use]
pub fn join<T: AsRef<str>>(parts: impl IntoIterator<Item = T>, separator: &str) -> String {
    let mut joined = String::new();
    for (n, part) in parts.into_iter().enumerate() {
        if n > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part.as_ref());
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_and_join_undo_each_other() {
        assert_eq!(split("a, b", ", "), ["a", "b"]);
        assert_eq!(split("aä", ""), ["a", "ä"]);
        assert_eq!(join(split("a, b", ", "), "-"), "a-b");
        assert_eq!(join(Vec::<String>::new(), "-"), "");
    }
}
