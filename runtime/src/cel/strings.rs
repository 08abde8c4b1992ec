//! Text: what CEL and its strings extension say of it. Positions count code points, not bytes.

use super::{Error, length};

fn out_of_range() -> Error {
    Error::new("the position is outside of the text")
}

/// Where the code point at `position` begins; the end, for the position behind the last one.
fn byte(text: &str, position: i64) -> Option<usize> {
    let position = usize::try_from(position).ok()?;
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.nth(position)
}

/// How many code points stand before a byte.
fn position(text: &str, byte: usize) -> i64 {
    length(text.char_indices().take_while(|(at, _)| *at < byte).count())
}

/// `text.split(separator)`. Without a separator, the characters.
#[must_use]
pub fn split<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    if separator.is_empty() {
        return text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()]).collect();
    }
    text.split(separator).collect()
}

/// `text.split(separator, limit)`: at most so many parts, the last with all that is left; all parts, if negative.
#[must_use]
pub fn split_up_to(text: &str, separator: &str, limit: i64) -> Vec<String> {
    let mut parts = split(text, separator);
    let Ok(limit) = usize::try_from(limit) else {
        return parts.into_iter().map(str::to_owned).collect();
    };
    if limit == 0 || parts.len() <= limit {
        parts.truncate(limit);
        return parts.into_iter().map(str::to_owned).collect();
    }
    let rest = parts.split_off(limit - 1).join(separator);
    parts.into_iter().map(str::to_owned).chain([rest]).collect()
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

/// `text.charAt(position)`: the code point there; no text, behind the last one.
///
/// # Errors
/// If the position is further outside.
pub fn char_at(text: &str, position: i64) -> Result<String, Error> {
    let at = byte(text, position).ok_or_else(out_of_range)?;
    Ok(text[at..].chars().take(1).collect())
}

/// `text.indexOf(part)`: the first position of the part, or -1.
#[must_use]
pub fn index_of(text: &str, part: &str) -> i64 {
    text.find(part).map_or(-1, |at| position(text, at))
}

/// `text.indexOf(part, from)`: the first position of the part that is not before `from`, or -1.
///
/// # Errors
/// If `from` is outside of the text.
pub fn index_of_from(text: &str, part: &str, from: i64) -> Result<i64, Error> {
    let start = starting(text, part, from)?;
    Ok(text[start..].find(part).map_or(-1, |at| position(text, start + at)))
}

/// `text.lastIndexOf(part)`: the last position of the part, or -1.
#[must_use]
pub fn last_index_of(text: &str, part: &str) -> i64 {
    text.rfind(part).map_or(-1, |at| position(text, at))
}

/// `text.lastIndexOf(part, from)`: the last position of the part that is not behind `from`, or -1.
///
/// # Errors
/// If `from` is outside of the text.
pub fn last_index_of_from(text: &str, part: &str, from: i64) -> Result<i64, Error> {
    let start = starting(text, part, from)?;
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let last = starts.take_while(|at| *at <= start).filter(|at| text[*at..].starts_with(part));
    Ok(last.last().map_or(-1, |at| position(text, at)))
}

/// The byte of `from`. Nothing is found everywhere, so that for it a position behind the end means the end.
fn starting(text: &str, part: &str, from: i64) -> Result<usize, Error> {
    match byte(text, from) {
        Some(at) if at < text.len() || part.is_empty() => Ok(at),
        None if part.is_empty() && from >= 0 => Ok(text.len()),
        _ => Err(out_of_range()),
    }
}

/// `text.substring(start)`.
///
/// # Errors
/// If the position is outside of the text.
pub fn substring(text: &str, start: i64) -> Result<String, Error> {
    Ok(text[byte(text, start).ok_or_else(out_of_range)?..].to_owned())
}

/// `text.substring(start, end)`: without the code point at `end`.
///
/// # Errors
/// If a position is outside of the text, or the end before the start.
pub fn substring_to(text: &str, start: i64, end: i64) -> Result<String, Error> {
    let (start, end) = (byte(text, start), byte(text, end));
    let range = start.ok_or_else(out_of_range)?..end.ok_or_else(out_of_range)?;
    text.get(range).map(str::to_owned).ok_or_else(|| Error::new("the end is before the start"))
}

/// `text.replace(from, to, limit)`: the first ones only; all, if negative.
#[must_use]
pub fn replace_up_to(text: &str, from: &str, to: &str, limit: i64) -> String {
    match usize::try_from(limit) {
        Ok(limit) => text.replacen(from, to, limit),
        Err(_) => text.replace(from, to),
    }
}

/// `text.lowerAscii()`.
#[must_use]
pub fn lower_ascii(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// `text.upperAscii()`.
#[must_use]
pub fn upper_ascii(text: &str) -> String {
    text.to_ascii_uppercase()
}

/// `text.reverse()`: the code points backwards.
#[must_use]
pub fn reverse(text: &str) -> String {
    text.chars().rev().collect()
}

/// `strings.quote(text)`: as a literal of CEL.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0b' => quoted.push_str("\\v"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `%.2f` of `format`.
#[must_use]
pub fn fixed(number: f64, places: usize) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    format!("{number:.places$}")
}

/// `text.digits()`: only the digits 0 to 9 of it.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
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
        assert_eq!(
            (fixed(2.345, 1), fixed(f64::NEG_INFINITY, 2)),
            ("2.3".to_owned(), "-Infinity".to_owned())
        );
        assert_eq!(split_up_to("a-b-c", "-", 2), ["a", "b-c"]);
        assert_eq!(split_up_to("äbc", "", 2), ["ä", "bc"]);
        assert_eq!((split_up_to("a-b", "-", 0).len(), split_up_to("a-b", "-", -1).len()), (0, 2));
    }

    #[test]
    fn positions_count_code_points() {
        assert_eq!((char_at("aä€", 2), char_at("aä€", 3)), (Ok("€".to_owned()), Ok(String::new())));
        assert!(char_at("a", 2).is_err() && char_at("a", -1).is_err());
        assert_eq!(
            (index_of("äbä", "ä"), last_index_of("äbä", "ä"), index_of("ä", "x")),
            (0, 2, -1)
        );
        assert_eq!((index_of("ä", ""), last_index_of("ä", "")), (0, 1));
        assert_eq!(
            (index_of_from("äbä", "ä", 1), last_index_of_from("äbä", "ä", 1)),
            (Ok(2), Ok(0))
        );
        assert_eq!(
            (index_of_from("ab", "", 9), last_index_of_from("aaa", "aa", 2)),
            (Ok(2), Ok(1))
        );
        assert!(index_of_from("ab", "a", 2).is_err() && last_index_of_from("ab", "a", -1).is_err());
        assert_eq!(
            (substring("äbc", 1), substring_to("äbc", 0, 1)),
            (Ok("bc".to_owned()), Ok("ä".to_owned()))
        );
        assert!(substring("a", 2).is_err() && substring_to("abc", 2, 1).is_err());
    }

    #[test]
    fn text_is_changed() {
        assert_eq!(
            (replace_up_to("aaa", "a", "b", 2), replace_up_to("aaa", "a", "b", -1)),
            ("bba".to_owned(), "bbb".to_owned())
        );
        assert_eq!((lower_ascii("AÄ"), upper_ascii("aä")), ("aÄ".to_owned(), "Aä".to_owned()));
        assert_eq!(
            (reverse("aä"), quote("a\"\n"), digits("+49 (0)1")),
            ("äa".to_owned(), "\"a\\\"\\n\"".to_owned(), "4901".to_owned())
        );
    }
}
