//! Which bracket closes which, outside of string literals: the parser's positions are those of
//! single tokens, and a diagnostic wants to underline whole calls.

use std::collections::HashMap;

/// The byte behind the closing bracket, by the byte of the opening one.
pub(super) fn closers(text: &str) -> HashMap<usize, usize> {
    let bytes = text.as_bytes();
    let mut closers = HashMap::new();
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'(' | b'[' | b'{' => open.push(at),
            b')' | b']' | b'}' => {
                if let Some(start) = open.pop() {
                    closers.insert(start, at + 1);
                }
            }
            b'"' | b'\'' => {
                at = string_end(bytes, at);
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += bytes[at..].iter().take_while(|b| **b != b'\n').count();
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    closers
}

/// The byte behind the string literal whose quote stands at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let before: Vec<u8> = bytes[..start].iter().rev().take(2).copied().collect();
    let raw = before.first().is_some_and(|b| b.eq_ignore_ascii_case(&b'r'))
        || (before.first().is_some_and(|b| b.eq_ignore_ascii_case(&b'b'))
            && before.get(1).is_some_and(|b| b.eq_ignore_ascii_case(&b'r')));
    let triple = bytes[start..].starts_with(&[quote; 3]);
    let closing: &[u8] = if triple { &[quote; 3] } else { &[quote] };
    let mut at = start + closing.len();
    while at < bytes.len() {
        if bytes[at] == b'\\' && !raw {
            at += 2;
        } else if bytes[at..].starts_with(closing) {
            return at + closing.len();
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::closers;

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let text = r#"f(")", r'\', """a")""", '\')') // )"#;
        assert_eq!(closers(text).get(&1), Some(&(text.len() - 5)));
    }

    #[test]
    fn nested_brackets_match_inside_out() {
        let closers = closers("a[b(c)](d)");
        assert_eq!(
            (closers.get(&1), closers.get(&3), closers.get(&7)),
            (Some(&7), Some(&6), Some(&10))
        );
    }
}
