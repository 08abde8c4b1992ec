//! Servers that documents give only as examples: a client that calls them reaches nobody, or a stranger.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::SERVER;
use crate::source::Place;

/// That a document's server is only an example.
pub(super) fn finding(url: &str, place: &Place) -> Option<Diagnostic> {
    let part = placeholder(url)?;
    let whose = match is_local(part) {
        true => "is the machine that a client runs on",
        false => "is nobody's",
    };
    let message = format!("the document's server `{url}` is an example: `{part}` {whose}");
    Some(Diagnostic::warning(SERVER, message).at(place, ""))
}

/// The part of a server's URL that stands for something else: `your-domain`, `localhost`, `api.example.com`.
pub(crate) fn placeholder(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = super::origin::host(rest);
    if is_local(host) || is_reserved(host) {
        return Some(host);
    }
    host.split('.').find(|label| is_example(label))
}

/// Whether a name stands for that of whoever reads it.
pub(crate) fn is_example(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    let exact =
        ["changeme", "example", "hostname", "my-company", "my-domain", "mycompany", "mydomain"];
    // `yourtube` is a name.
    let after = label.strip_prefix("your").map(|rest| rest.trim_start_matches(['-', '_']));
    let of_reader = |rest: &str| {
        label.len() > "your".len() + rest.len() || WHOSE.iter().any(|word| rest.starts_with(word))
    };
    exact.contains(&label.as_str()) || after.is_some_and(of_reader)
}

/// What follows `your` in one word.
const WHOSE: [&str; 16] = [
    "account",
    "app",
    "company",
    "domain",
    "host",
    "instance",
    "name",
    "org",
    "server",
    "shop",
    "site",
    "store",
    "subdomain",
    "team",
    "tenant",
    "workspace",
];

/// Whether a host is the machine that asks.
fn is_local(host: &str) -> bool {
    super::origin::is_loopback(host) || host == "0.0.0.0" || host == "host.docker.internal"
}

/// Names that belong to nobody (RFC 2606).
pub(crate) fn is_reserved(host: &str) -> bool {
    let labels: Vec<String> = host.rsplit('.').map(str::to_ascii_lowercase).collect();
    match labels.as_slice() {
        [top, ..] if ["example", "invalid", "test"].contains(&top.as_str()) => labels.len() > 1,
        [top, name, ..] => name == "example" && ["com", "net", "org"].contains(&top.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::placeholder;

    #[test]
    fn examples_are_no_servers() {
        for (url, part) in [
            ("https://your-domain.tracker.net/rest", "your-domain"),
            ("https://YOUR_SITE.example-api.io", "YOUR_SITE"),
            ("https://yourcompany.api.io", "yourcompany"),
            ("https://api.example.com/v1", "api.example.com"),
            ("https://shop.test", "shop.test"),
            ("http://localhost:8080/api", "localhost"),
            ("http://127.0.0.1", "127.0.0.1"),
            ("https://example.tracker.net", "example"),
        ] {
            assert_eq!(placeholder(url), Some(part), "{url}");
        }
    }

    #[test]
    fn names_are_names() {
        for url in [
            "https://api.tracker.net",
            "https://yourtube.io",
            "https://api.examples.io",
            "https://testing.io",
            "https://my.tracker.net",
            "/v1",
            "https://",
        ] {
            assert_eq!(placeholder(url), None, "{url}");
        }
    }
}
