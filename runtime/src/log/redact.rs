//! URLs without what must not be seen.

use http::HeaderMap;
use std::borrow::Cow;
use url::Url;

/// A parameter with one of these words in its name is hidden (`api_key`, `X-Amz-Signature`, `accessToken`).
const WORDS: &[&str] = &[
    "key",
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "signature",
    "sig",
    "auth",
    "credential",
    "credentials",
    "session",
    "code",
    "assertion",
    "jwt",
];
/// So is one that ends so without a break (`apikey`, `hapikey`, `accesstoken`).
const ENDINGS: &[&str] = &["key", "token", "secret", "password", "sessionid"];

/// The URL with the values of parameters that are credentials, or look like them, replaced. `secrets` are the parameters
/// that carries the connection's key, whatever its name looks like.
pub(crate) fn redact(url: &Url, secrets: &[Cow<'static, str>]) -> String {
    let mut shown = url.clone();
    redact_user(&mut shown);
    if url.query().is_some() {
        let pairs: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| {
                let hidden = secrets.contains(&name) || is_hidden(&name);
                let value = if hidden { "***".into() } else { value };
                (name.into_owned(), value.into_owned())
            })
            .collect();
        shown.query_pairs_mut().clear().extend_pairs(pairs);
    }
    shown.to_string()
}

/// The URL without its query, for where it is not known which parameter is a key.
pub(crate) fn without_query(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_fragment(None);
    if shown.query().is_some() {
        shown.set_query(Some("***"));
    }
    redact_user(&mut shown);
    shown.to_string()
}

/// The names of headers: their values are never shown.
pub(crate) fn names(headers: &HeaderMap) -> Vec<&str> {
    headers.keys().map(http::HeaderName::as_str).collect()
}

fn redact_user(url: &mut Url) {
    // Fails only for URLs without a host, which have no user either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// Whether a name says that its value is a credential.
pub(crate) fn is_hidden(name: &str) -> bool {
    let mut words = vec![String::new()];
    let mut lower_before = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && lower_before) {
            words.push(String::new());
        }
        lower_before = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.iter().any(|word| {
        WORDS.contains(&word.as_str()) || ENDINGS.iter().any(|ending| word.ends_with(ending))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hides_what_looks_like_a_credential() {
        let url = "https://user:pass@x.test/a?api_key=1&limit=2&Access_Token=3&X-Amz-Signature=4";
        assert_eq!(
            redact(&Url::parse(url).unwrap(), &[]),
            "https://x.test/a?api_key=***&limit=2&Access_Token=***&X-Amz-Signature=***"
        );
        for name in ["hapikey", "accessToken", "code", "sessionId", "jwt", "client[secret]"] {
            assert!(is_hidden(name), "{name}");
        }
        for name in ["limit", "keyword", "design", "encoded", "tokens_per_page", "q", ""] {
            assert!(!is_hidden(name), "{name}");
        }
        assert_eq!(redact(&Url::parse("https://x.test/a").unwrap(), &[]), "https://x.test/a");
    }

    #[test]
    fn hides_the_declared_parameter_or_the_whole_query() {
        let url = Url::parse("https://user:pass@x.test/a?appid=1&q=2#f").unwrap();
        assert_eq!(redact(&url, &["appid".into()]), "https://x.test/a?appid=***&q=2#f");
        assert_eq!(without_query(&url), "https://x.test/a?***");
    }
}
