//! Path and query of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The URL of a path template on a server. Query values are encoded already.
pub(super) fn join(
    server: &Url,
    template: &str,
    path: &[(&str, String)],
    query: &[(&str, String)],
) -> Result<Url, String> {
    let mut text = server.as_str().trim_end_matches('/').to_owned();
    fill(template, path, &mut text)?;
    for (index, (name, value)) in query.iter().enumerate() {
        // A template such as `/query?kind=all` brings a query of its own.
        let joint = if index == 0 && !template.contains('?') { '?' } else { '&' };
        text.push(joint);
        text.push_str(&encode(name));
        text.push('=');
        text.push_str(value);
    }
    Url::parse(&text).map_err(|error| format!("path `{template}` gives no URL: {error}"))
}

/// Writes the template with its parameters. A value stays inside its segment, whatever it is.
fn fill(template: &str, values: &[(&str, String)], into: &mut String) -> Result<(), String> {
    for segment in template.split('/').skip(usize::from(template.starts_with('/'))) {
        let start = into.len();
        let mut rest = segment;
        into.push('/');
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
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
            into.push_str(&encode(value));
            rest = after;
        }
        into.push_str(rest);
        if rest.len() != segment.len() && matches!(&into[start..], "/." | "/..") {
            return Err(
                "a path parameter is `.` or `..`, which would name another resource".to_owned()
            );
        }
    }
    Ok(())
}
