//! URLs without what must not be seen.

use url::Url;

/// A parameter whose name contains one of these is hidden.
const HIDDEN: &[&str] = &[
    "key",
    "token",
    "secret",
    "password",
    "passwd",
    "signature",
    "sig",
    "auth",
    "credential",
    "session",
    "code",
    "assertion",
    "jwt",
];

/// The URL with the values of parameters that look like credentials replaced.
pub(crate) fn redact(url: &Url) -> String {
    let mut shown = url.clone();
    // Fails only for URLs without a host, which have no user either.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    if url.query().is_some() {
        let pairs: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| {
                let value = if is_hidden(&name) { "***".into() } else { value };
                (name.into_owned(), value.into_owned())
            })
            .collect();
        shown.query_pairs_mut().clear().extend_pairs(pairs);
    }
    shown.to_string()
}

fn is_hidden(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    HIDDEN.iter().any(|hidden| name.contains(hidden))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hides_what_looks_like_a_credential() {
        let url = "https://user:pass@x.test/a?api_key=1&limit=2&Access_Token=3&X-Amz-Signature=4";
        assert_eq!(
            redact(&Url::parse(url).unwrap()),
            "https://x.test/a?api_key=***&limit=2&Access_Token=***&X-Amz-Signature=***"
        );
        assert_eq!(redact(&Url::parse("https://x.test/a").unwrap()), "https://x.test/a");
    }
}
