//! `Link` headers ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link with `rel="next"`.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(next_in)
}

fn next_in(mut text: &str) -> Option<String> {
    loop {
        let (_, rest) = text.split_once('<')?;
        let (target, rest) = rest.split_once('>')?;
        let (parameters, rest) = split_link(rest);
        if is_next(parameters) {
            return Some(target.trim().to_owned());
        }
        text = rest;
    }
}

/// The parameters of a link, up to the comma before the next one; commas in quotes do not count.
fn split_link(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

fn is_next(parameters: &str) -> bool {
    parameters.split(';').any(|parameter| {
        let Some((name, value)) = parameter.split_once('=') else { return false };
        let mut kinds = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("rel")
            && kinds.any(|kind| kind.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
mod tests {
    use super::next_in;

    #[test]
    fn finds_next_among_others() {
        for (text, target) in [
            (r#"<https://x.test/a?page=2>; rel="next""#, Some("https://x.test/a?page=2")),
            (r#"</a?p=1>; rel="prev", </a?p=3>; rel="next""#, Some("/a?p=3")),
            (r"</a>;rel=next", Some("/a")),
            (r#"</a>; title="a, rel=next; <b>"; rel="last", </c>; REL="start NEXT""#, Some("/c")),
            (r#"</a,b>; rel="next""#, Some("/a,b")),
            (r#"</a>; rel="prev""#, None),
            (r#"</a>; rel="nextish""#, None),
            ("<", None),
            ("", None),
            ("nonsense, more", None),
        ] {
            assert_eq!(next_in(text).as_deref(), target, "{text}");
        }
    }
}
