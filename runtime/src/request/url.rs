//! Path and query of a request.

use super::style::Pair;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use url::Url;

/// Everything but RFC 3986's unreserved characters: what is left a URL takes as it is, wherever it stands.
pub(crate) const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What `allowReserved` lets through: RFC 3986's reserved characters without those that no query has (`[`, `]`, `#`) or
/// that would end the value (`&`, `=`, `+`); OpenAPI 3.1.2, `allowReserved`.
const ENDING: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

pub(super) fn encode(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, RESERVED)).into_owned()
}

/// With `allowReserved`: what is percent-encoded already stays as it is (RFC 6570, 3.2.3).
pub(super) fn encode_reserved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], ENDING));
        let digits = rest.as_bytes().get(at + 1..at + 3);
        let (kept, length) = match digits.is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit)) {
            true => (&rest[at..at + 3], 3),
            false => ("%25", 1),
        };
        out.push_str(kept);
        rest = &rest[at + length..];
    }
    out.extend(utf8_percent_encode(rest, ENDING));
    out
}

pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The URL of a path template on a server. Values are encoded already, names in the query are not.
pub(super) fn join(
    server: &Url,
    template: &str,
    path: &[(&str, String)],
    query: &[Pair],
) -> Result<Url, String> {
    // A fragment tells operations of one path apart and is not sent.
    let template = template.find('#').map_or(template, |end| &template[..end]);
    let base = server.path().trim_end_matches('/');
    let values = path.iter().map(|(_, value)| value.len()).sum::<usize>();
    let queries = query.iter().map(|(name, value)| 3 * name.len() + value.len() + 2).sum::<usize>();
    let mut text = String::with_capacity(base.len() + template.len() + values + queries + 1);
    text.push_str(base);
    fill(template, path, &mut text)?;
    for (index, (name, value)) in query.iter().enumerate() {
        // A template such as `/query?kind=all` brings a query of its own.
        let joint = if index == 0 && !template.contains('?') { '?' } else { '&' };
        text.push(joint);
        match name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            true => text.push_str(name),
            false => text.extend(utf8_percent_encode(name, RESERVED)),
        }
        text.push('=');
        text.push_str(value);
    }
    // Only the path and the query are read: the server was. What begins with two of these would name another host.
    let host = |second: &u8| matches!(second, b'/' | b'\\');
    let whole = text.as_bytes().get(1).is_some_and(host).then(|| {
        let origin = &server[..url::Position::BeforePath];
        format!("{origin}{text}")
    });
    let url = match whole {
        Some(whole) => Url::parse(&whole),
        None => server.join(&text),
    };
    url.map_err(|error| format!("path `{template}` gives no URL: {error}"))
}

/// What is before and behind the first such byte. Segments are short: to set up a search takes longer than to look.
fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let found = text.bytes().position(|byte| byte == at)?;
    Some((&text[..found], &text[found + 1..]))
}

/// Whether a segment, with the slash before it, leads to where it is or up, which URLs take encoded, too.
fn is_dots(segment: &str) -> bool {
    const ENCODED_DOT: usize = "%2e".len();
    segment.len() <= 1 + 2 * ENCODED_DOT
        && segment.bytes().any(|byte| matches!(byte, b'.' | b'%'))
        && matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "/." | "/..")
}

/// Writes the template with its parameters. A value stays inside its segment, whatever it is.
fn fill(template: &str, values: &[(&str, String)], into: &mut String) -> Result<(), String> {
    for segment in template.split('/').skip(usize::from(template.starts_with('/'))) {
        let start = into.len();
        let mut rest = segment;
        into.push('/');
        while let Some((before, after)) = cut(rest, b'{') {
            let Some((name, after)) = cut(after, b'}') else { break };
            let value = values
                .iter()
                .find_map(|(known, value)| (*known == name).then_some(value))
                .ok_or_else(|| format!("path parameter `{name}` is missing"))?;
            if value.is_empty() {
                return Err(format!(
                    "path parameter `{name}` is empty, which would name another resource"
                ));
            }
            into.push_str(before);
            into.push_str(value);
            rest = after;
        }
        into.push_str(rest);
        if rest.len() != segment.len() && is_dots(&into[start..]) {
            return Err(
                "a path parameter is `.` or `..`, which would name another resource".to_owned()
            );
        }
    }
    Ok(())
}
