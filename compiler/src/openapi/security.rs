//! What a document says about authorisation.

use super::{Document, FoundOperation, Node};
use crate::source::Place;
use indexmap::IndexMap;

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// What it is.
    pub kind: SecurityKind,
    /// What it means.
    pub description: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// What a security scheme is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where.
        location: KeyLocation,
        /// Its name.
        name: String,
    },
    /// An HTTP authentication scheme, lower case: `basic`, `bearer`.
    Http {
        /// The scheme.
        scheme: String,
    },
    /// OAuth 2.0.
    OAuth2 {
        /// The flows by name: `clientCredentials`, `authorizationCode`, `implicit`, `password`.
        flows: IndexMap<String, OAuthFlow>,
    },
    /// OpenID Connect.
    OpenIdConnect,
    /// Something else, by the name of its type.
    Other(String),
}

/// Where an API key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The token endpoint.
    pub token_url: Option<String>,
    /// The authorization endpoint.
    pub authorization_url: Option<String>,
    /// The scopes it knows.
    pub scopes: Vec<String>,
}

impl Document {
    /// The security schemes by name.
    #[must_use]
    pub fn security_schemes(&self) -> IndexMap<String, SecurityScheme> {
        let schemes = self.root_node().and_then(|root| root.at(&["components", "securitySchemes"]));
        let mut found = IndexMap::new();
        for (name, node) in schemes.iter().flat_map(Node::entries) {
            if let Ok(node) = self.resolve(node) {
                let description = node.str("description").map(str::to_owned);
                let kind = kind(&node);
                found.insert(
                    name.to_owned(),
                    SecurityScheme { kind, description, place: node.place },
                );
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

fn requirement(set: &Node<'_>) -> IndexMap<String, Vec<String>> {
    let text = |node: Node<'_>| node.value.as_str().map(str::to_owned);
    set.entries()
        .map(|(name, scopes)| (name.to_owned(), scopes.items().filter_map(text).collect()))
        .collect()
}

fn kind(node: &Node<'_>) -> SecurityKind {
    let text = |key: &str| node.str(key).unwrap_or_default().to_owned();
    match node.str("type").unwrap_or_default() {
        "apiKey" => SecurityKind::ApiKey {
            location: match node.str("in") {
                Some("query") => KeyLocation::Query,
                Some("cookie") => KeyLocation::Cookie,
                _ => KeyLocation::Header,
            },
            name: text("name"),
        },
        "http" => SecurityKind::Http { scheme: text("scheme").to_lowercase() },
        "oauth2" => {
            let flows = node.get("flows");
            let flow = |(name, node): (&str, Node<'_>)| (name.to_owned(), flow(&node));
            SecurityKind::OAuth2 { flows: flows.iter().flat_map(Node::entries).map(flow).collect() }
        }
        "openIdConnect" => SecurityKind::OpenIdConnect,
        other => SecurityKind::Other(other.to_owned()),
    }
}

fn flow(node: &Node<'_>) -> OAuthFlow {
    let url = |key: &str| node.str(key).filter(|url| !url.is_empty()).map(str::to_owned);
    OAuthFlow {
        token_url: url("tokenUrl"),
        authorization_url: url("authorizationUrl"),
        scopes: node.get("scopes").iter().flat_map(Node::keys).map(str::to_owned).collect(),
    }
}
