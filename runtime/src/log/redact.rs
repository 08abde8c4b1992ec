//! URLs without what must not be seen.

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
            redact(&Url::parse(url).unwrap()),
            "https://x.test/a?api_key=***&limit=2&Access_Token=***&X-Amz-Signature=***"
        );
        for name in ["hapikey", "accessToken", "code", "sessionId", "jwt", "client[secret]"] {
            assert!(is_hidden(name), "{name}");
        }
        for name in ["limit", "keyword", "design", "encoded", "tokens_per_page", "q", ""] {
            assert!(!is_hidden(name), "{name}");
        }
        assert_eq!(redact(&Url::parse("https://x.test/a").unwrap()), "https://x.test/a");
    }
}
