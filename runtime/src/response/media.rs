//! What a `Content-Type` says about a body.

/// A body as text; `None` if it is none.
pub(super) fn text(content_type: &str, body: &[u8]) -> Option<String> {
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    if (essence == "application/json" || essence.ends_with("+json"))
        && let Ok(text) = serde_json::from_slice(body)
    {
        return Some(text);
    }
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match std::str::from_utf8(body) {
        Ok(text) => Some(text.to_owned()),
        // Every byte is the character of that number.
        Err(_) if charset.is_some_and(is_latin) => {
            Some(body.iter().map(|b| char::from(*b)).collect())
        }
        Err(_) => None,
    }
}

fn is_latin(charset: &str) -> bool {
    ["iso-8859-1", "latin1"].iter().any(|known| charset.eq_ignore_ascii_case(known))
}
