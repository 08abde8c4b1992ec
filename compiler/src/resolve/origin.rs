//! Where URLs lead, as far as it decides whether secrets may be sent there.

use std::net::IpAddr;

/// Whether others could read what is sent to a URL: it is plain http, and to another machine. The runtime refuses the same.
///
/// A host with a template in it (`http://${settings.host}`) may be any.
pub(crate) fn is_in_the_clear(url: &str) -> bool {
    url.strip_prefix("http://").is_some_and(|rest| !is_loopback(host(rest)))
}

/// The host of what stands behind a scheme: no user before it, no port or path behind.
pub(super) fn host(rest: &str) -> &str {
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let server = authority.rsplit('@').next().unwrap_or_default();
    match server.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((address, _)) => address,
        None => server.split(':').next().unwrap_or_default(),
    }
}

pub(crate) fn is_loopback(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_told_secrets_in_the_clear() {
        for local in [
            "http://localhost",
            "http://localhost:8080/v1",
            "http://LOCALHOST/",
            "http://api.localhost",
            "http://127.0.0.1:${settings.port}",
            "http://[::1]:80/x",
            "https://example.com",
            "${settings.instance_url}",
        ] {
            assert!(!is_in_the_clear(local), "{local}");
        }
        for open in [
            "http://example.com",
            "http://localhost.example.com/t",
            "http://127.0.0.1.example.com",
            "http://localhost@example.com",
            "http://localhost:80@example.com/x",
            "http://example.com/localhost",
            "http://example.com\\@localhost",
            "http://${settings.host}",
            "http://[::2]",
            "http://",
        ] {
            assert!(is_in_the_clear(open), "{open}");
        }
    }
}
