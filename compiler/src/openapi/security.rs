//! What a document says about authorisation.

use super::{Document, FoundOperation, Node, ShapeError};
use crate::source::Place;
use indexmap::{IndexMap, IndexSet};

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// What it is, without its flows; a name of an HTTP scheme is in lower case. Else why it cannot be read.
    pub kind: Result<openapiv3::SecurityScheme, ShapeError>,
    /// The flows of OAuth 2.0 by name: `clientCredentials`, `authorizationCode`, `implicit`, `password`.
    pub flows: IndexMap<String, OAuthFlow>,
    /// What it means.
    pub description: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A flow of OAuth 2.0. `openapiv3` has a type for each flow, and they demand URLs that documents leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The token endpoint.
    pub token_url: Option<String>,
    /// The authorization endpoint.
    pub authorization_url: Option<String>,
    /// Where tokens are renewed, if that is not the token endpoint.
    pub refresh_url: Option<String>,
    /// Whether one of these is relative to the document's server, as it is written; where that is whole, they are here.
    pub relative: bool,
    /// The scopes it knows.
    pub scopes: Vec<String>,
}

impl Document {
    /// The security schemes by name.
    #[must_use]
    pub fn security_schemes(&self) -> IndexMap<String, SecurityScheme> {
        let root = self.root_node();
        let schemes = root.as_ref().and_then(|root| root.at(&["components", "securitySchemes"]));
        let servers = root.as_ref().and_then(|root| root.get("servers"));
        let server =
            servers.and_then(|servers| servers.items().next()?.str("url").map(str::to_owned));
        let mut found = IndexMap::new();
        for (name, node) in schemes.iter().flat_map(Node::entries) {
            if let Ok(node) = self.resolve(node) {
                found.insert(name.to_owned(), scheme(node, server.as_deref()));
            }
        }
        found
    }

    /// What an operation requires: one of these, each a set of schemes with scopes. An empty set allows calls without
    /// authorisation; no set at all means that the document does not say.
    #[must_use]
    pub fn security_of(&self, operation: &FoundOperation) -> Vec<IndexMap<String, Vec<String>>> {
        let own = self.node(&operation.place).and_then(|node| node.get("security"));
        let security = own.or_else(|| self.root_node()?.get("security"));
        security.iter().flat_map(Node::items).map(|set| requirement(&set)).collect()
    }
}

/// What operations want, taken together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// The sets of schemes of which all are needed at once, and how many operations accept each.
    pub(crate) sets: IndexMap<Vec<String>, usize>,
    /// The scopes that are asked of each scheme.
    pub(crate) scopes: IndexMap<String, IndexSet<String>>,
    /// Schemes that are named and not there, and where.
    pub(crate) unknown: IndexMap<String, Place>,
    /// Whether some operation wants nothing.
    pub(crate) nothing: bool,
}

impl Wanted {
    /// Adds an operation. A set with a scheme that is not `known` is none.
    pub(crate) fn add(
        &mut self,
        document: &Document,
        operation: &FoundOperation,
        known: impl Fn(&str) -> bool,
    ) {
        let declared = |place: &Place| document.node(place).and_then(|n| n.get("security"));
        let said = declared(&operation.place).or_else(|| declared(&document.root()));
        let Some(said) = said else { return };
        let sets = document.security_of(operation);
        self.nothing |= sets.is_empty() || sets.iter().any(IndexMap::is_empty);
        for set in sets {
            if let Some(missing) = set.keys().find(|name| !known(name)) {
                self.unknown.entry(missing.clone()).or_insert_with(|| said.place.clone());
                continue;
            }
            if !set.is_empty() {
                *self.sets.entry(set.keys().cloned().collect()).or_default() += 1;
            }
            for (name, scopes) in set {
                self.scopes.entry(name).or_default().extend(scopes);
            }
        }
    }
}

fn requirement(set: &Node<'_>) -> IndexMap<String, Vec<String>> {
    let text = |node: Node<'_>| node.value.as_str().map(str::to_owned);
    set.entries()
        .map(|(name, scopes)| (name.to_owned(), scopes.items().filter_map(text).collect()))
        .collect()
}

fn scheme(node: Node<'_>, server: Option<&str>) -> SecurityScheme {
    use openapiv3::SecurityScheme::{HTTP, OAuth2};
    let mut kind = node.level();
    if let Ok(HTTP { scheme, .. }) = &mut kind {
        scheme.make_ascii_lowercase();
    }
    let flows = node.get("flows").filter(|_| matches!(kind, Ok(OAuth2 { .. })));
    let flow = |(name, node): (&str, Node<'_>)| (name.to_owned(), flow(&node, server));
    SecurityScheme {
        kind,
        flows: flows.iter().flat_map(Node::entries).map(flow).collect(),
        description: node.str("description").map(str::to_owned),
        place: node.place,
    }
}

fn flow(node: &Node<'_>, server: Option<&str>) -> OAuthFlow {
    let said = |key: &str| node.str(key).filter(|url| !url.is_empty());
    let url = |key: &str| {
        let url = said(key)?;
        Some(whole(url, server).unwrap_or_else(|| url.to_owned()))
    };
    let urls = ["tokenUrl", "authorizationUrl", "refreshUrl"];
    OAuthFlow {
        token_url: url("tokenUrl"),
        authorization_url: url("authorizationUrl"),
        refresh_url: url("refreshUrl"),
        relative: urls.into_iter().filter_map(said).any(|url| whole(url, server).is_some()),
        scopes: node.get("scopes").iter().flat_map(Node::keys).map(str::to_owned).collect(),
    }
}

/// A reference to something beside a server, as a whole URL; nothing where it is one, or the server is none.
fn whole(url: &str, server: Option<&str>) -> Option<String> {
    let odd = |text: &str| text.contains(['{', '<', '$', ' ', '?', '#']);
    let dots = url.split('/').any(|segment| segment.starts_with('.'));
    if url.contains(':') || dots || odd(url) {
        return None;
    }
    let server = server.filter(|server| !odd(server))?;
    let (scheme, rest) = server.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.is_empty() {
        return None;
    }
    if let Some(elsewhere) = url.strip_prefix("//") {
        return Some(format!("{scheme}://{elsewhere}"));
    }
    if let Some(path) = url.strip_prefix('/') {
        return Some(format!("{scheme}://{host}/{path}"));
    }
    // What follows the last slash of the server is left out (RFC 3986, 5.2.3).
    let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    Some(format!("{scheme}://{host}/{folder}{url}"))
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn urls_are_relative_to_the_server() {
        let server = Some("https://api.acme.test/v1/base");
        let of = |url: &str| whole(url, server);
        assert_eq!(of("/token").as_deref(), Some("https://api.acme.test/token"));
        assert_eq!(of("oauth/token").as_deref(), Some("https://api.acme.test/v1/oauth/token"));
        assert_eq!(of("//login.acme.test/t").as_deref(), Some("https://login.acme.test/t"));
        assert_eq!(
            whole("token", Some("https://acme.test")).as_deref(),
            Some("https://acme.test/token")
        );
        // Whole ones, and what cannot be told.
        for url in ["https://acme.test/token", "../token", "{site}/token", "${site}/token"] {
            assert_eq!(of(url), None, "{url}");
        }
        for server in [None, Some("/v1"), Some("https://{site}.acme.test"), Some("https:///v1")] {
            assert_eq!(whole("/token", server), None, "{server:?}");
        }
    }
}
