//! Secrets in text that is not read as a whole: by the name before them.

use super::{is_secret, words};
use crate::source::Span;
use std::ops::Range;

/// Bytes of a long line that are looked at around what is meant.
const AROUND: usize = 1_000;

/// Members of schemas and examples that hold values.
const VALUES: [&str; 5] = ["default", "example", "const", "enum", "value"];

/// The lines around some bytes, as far as they are of use.
pub(super) fn around(text: &str, span: Span) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (least, most) = (floor(span.start.saturating_sub(AROUND)), floor(span.end + AROUND));
    let span = floor(span.start)..floor(span.end).max(floor(span.start));
    let start = text[least..span.start].rfind('\n').map_or(least, |at| least + at + 1);
    let end = text[span.end..most].find('\n').map_or(most, |at| span.end + at);
    start..end
}

/// Values behind names of secrets in some bytes of a text; where these stand below such a name, values of any kind.
pub(super) fn spans(text: &str, range: Range<usize>, below_secret: bool) -> Vec<Span> {
    let Some(part) = text.get(range.clone()) else { return Vec::new() };
    let mut spans = Vec::new();
    // How deep in braces, and since when what is behind a name of a secret holds.
    let (mut depth, mut secret_at): (usize, Option<usize>) = (0, None);
    let mut at = 0;
    while let Some(next) = part[at..].find(['{', '}', ':', '\n']).map(|next| at + next) {
        let after = next + 1;
        match &part[next..after] {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                secret_at = secret_at.filter(|since| *since <= depth);
            }
            "\n" => (depth, secret_at) = (0, None),
            _ => {
                let name = name_before(&part[..next]);
                let value = value_after(part, after);
                let within = below_secret || secret_at.is_some();
                let names = is_secret(name)
                    || words(name).last().is_some_and(|last| last.eq_ignore_ascii_case("token"));
                match value {
                    // A parameter: what is beside its name is about it.
                    Some(value) if name == "name" && is_secret(&part[value.start..value.end]) => {
                        secret_at = Some(secret_at.unwrap_or(depth));
                    }
                    Some(value) if names || within && VALUES.contains(&name) => spans.push(value),
                    // It opens braces: its members follow.
                    None if names => secret_at = Some(secret_at.unwrap_or(depth + 1)),
                    _ => {}
                }
            }
        }
        at = after;
    }
    spans.extend(in_url(part));
    spans
        .into_iter()
        .map(|s| Span { start: range.start + s.start, end: range.start + s.end })
        .collect()
}

/// The name that ends a text, with or without quotes.
fn name_before(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let sign = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    text.rfind(sign).map_or(text, |at| {
        let after = at + text[at..].chars().next().map_or(1, char::len_utf8);
        &text[after..]
    })
}

/// The scalar, or the list of such, that begins behind a colon; none where braces or another line begin.
fn value_after(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let start = at + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let rest = text.get(start..)?;
    let (skip, len) = match rest.chars().next()? {
        '{' | '\n' | '\r' => return None,
        quote @ ('"' | '\'') => (1, rest[1..].find([quote, '\n']).unwrap_or(rest.len() - 1)),
        '[' => (1, rest[1..].find([']', '\n']).unwrap_or(rest.len() - 1)),
        _ => (0, rest.find([',', '}', ']', '\n', '\r']).unwrap_or(rest.len())),
    };
    let value = rest.get(skip..skip + len)?;
    let plain = if skip == 0 { value.split(" #").next()?.trim_end() } else { value };
    Some(Span { start: start + skip, end: start + skip + plain.len() })
}

/// User and password, and parameters that are secrets, in the URLs of a text.
pub(super) fn in_url(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + 3;
        let rest = &text[start..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`'));
        let url = &rest[..end.unwrap_or(rest.len())];
        let host = &url[..url.find(['/', '?', '#']).unwrap_or(url.len())];
        if let Some(user) = host.rfind('@') {
            spans.push(Span { start, end: start + user });
        }
        let Some(query) = url.find('?') else { continue };
        let mut from = start + query + 1;
        for pair in url[query + 1..].split('&') {
            if let Some((name, value)) = pair.split_once('=')
                && is_secret(name)
            {
                let begins = from + name.len() + 1;
                spans.push(Span { start: begins, end: begins + value.len() });
            }
            from += pair.len() + 1;
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, below_secret: bool, expected: &[&str]) {
        let found: Vec<&str> = spans(text, 0..text.len(), below_secret)
            .into_iter()
            .map(|span| &text[span.start..span.end])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn values_behind_names() {
        check("password: hunter2  # mine", false, &["hunter2"]);
        check("{\"api_key\": \"a b\", \"name\": \"c\"}", false, &["a b"]);
        check("  token: 'x}y', type: z", false, &["x}y"]);
        check("next_page_size: 3, tokens: 4", false, &[]);
        check("password: {type: string, default: abc, example: 'd e'}", false, &["abc", "d e"]);
        check("{password: {enum: [a, b]}, name: {default: c}}", false, &["a, b"]);
        check("- {name: api_key, schema: {default: abc}}, {name: a, example: b}", false, &["abc"]);
        check("default: abc", true, &["abc"]);
        check("default: abc", false, &[]);
    }

    #[test]
    fn parts_of_urls() {
        check("server: https://me:pass@a.example.com/v1?x=1", false, &["me:pass"]);
        check("see https://a.example.com/v1?api_key=abc&x=@", false, &["abc"]);
        check("https://${settings.site}.example.com/a@b", false, &[]);
    }
}
