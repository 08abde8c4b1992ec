//! `host`, `basePath` and `schemes` become `servers`.

use serde_json::{Map, Value, json};

/// Where the API is: what the root says.
#[derive(Debug, Default)]
pub(super) struct Address {
    host: String,
    base: String,
}

impl Address {
    pub(super) fn take(root: &mut Map<String, Value>) -> Self {
        let mut text = |key: &str| match root.shift_remove(key) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let (host, base) = (text("host"), text("basePath"));
        // Some write the whole URL.
        let host = host.split_once("://").map_or(host.as_str(), |(_, host)| host);
        let base = base.trim_end_matches('/');
        let slash = if base.is_empty() || base.starts_with('/') { "" } else { "/" };
        Address { host: host.trim_end_matches('/').to_owned(), base: format!("{slash}{base}") }
    }

    /// The servers, by the schemes that are offered. Who offers https and others is spoken to by https.
    pub(super) fn servers(&self, schemes: &[String]) -> Vec<Value> {
        if self.host.is_empty() {
            let base = if self.base.is_empty() { "/" } else { &self.base };
            return vec![json!({"url": base})];
        }
        let has = |scheme: &str| schemes.iter().any(|s| s.eq_ignore_ascii_case(scheme));
        let scheme = match schemes.first() {
            None => "https",
            Some(_) if has("https") => "https",
            Some(_) if has("http") => "http",
            Some(other) => other,
        };
        vec![json!({"url": format!("{scheme}://{}{}", self.host, self.base)})]
    }
}
