//! The ways to authorise that a document alone knows.

use crate::diagnostics::codes::connection::{BAD_AUTH, OTHER_KIND};
use crate::diagnostics::{Diagnostic, Severity};
use crate::ir::{
    AuthKind, AuthScheme, ClientAuth, KeyIn, OAuth2, OAuthFlow, Template, TemplatePart,
};
use crate::openapi::SecurityScheme;
use crate::resolve::Context;
use crate::resolve::auth::Schemes;
use crate::resolve::include::Included;
use crate::resolve::names::{Scope, field_ident, type_ident};
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme as Kind};

/// The ways to authorise that operations accept; all that there are, where no operation says.
pub(in crate::resolve) fn auth(
    context: &mut Context<'_>,
    schemes: &Schemes,
    included: &[Included],
) -> IndexMap<String, AuthScheme> {
    let mut wanted: Vec<&str> = Vec::new();
    for one in included {
        for set in context.documents[one.document].security_of(&one.found) {
            for name in set.keys() {
                let known = schemes.get_key_value(name).map(|(name, _)| name.as_str());
                wanted.extend(known.filter(|name| !wanted.contains(name)));
            }
        }
    }
    let mut ways =
        Ways { found: IndexMap::new(), names: Scope::new(&TAKEN), idents: Scope::default() };
    for (name, scheme) in schemes {
        if wanted.is_empty() || wanted.contains(&name.as_str()) {
            ways.scheme(context, name, scheme);
        }
    }
    ways.found
}

/// Names of functions that the emitted `Credentials` has itself.
const TAKEN: [&str; 3] = ["clone", "into_auth", "none"];

struct Ways {
    found: IndexMap<String, AuthScheme>,
    names: Scope,
    idents: Scope,
}

impl Ways {
    fn scheme(&mut self, context: &mut Context<'_>, name: &str, scheme: &SecurityScheme) {
        match &scheme.kind {
            Ok(Kind::APIKey { location, name: key, .. }) if !key.is_empty() => {
                let place = match location {
                    APIKeyLocation::Header => {
                        KeyIn::Header { name: key.clone(), prefix: String::new() }
                    }
                    APIKeyLocation::Query => KeyIn::Query(key.clone()),
                    APIKeyLocation::Cookie => KeyIn::Cookie(key.clone()),
                };
                self.add(name, scheme, AuthKind::ApiKey(place));
            }
            Ok(Kind::HTTP { scheme: http, .. }) => match http.as_str() {
                "basic" => self.add(name, scheme, AuthKind::Basic),
                "bearer" | "" => self.add(name, scheme, AuthKind::Bearer),
                other => {
                    let key = KeyIn::Header {
                        name: "Authorization".to_owned(),
                        prefix: format!("{} ", capitals(other)),
                    };
                    self.add(name, scheme, AuthKind::ApiKey(key));
                }
            },
            Ok(Kind::OAuth2 { .. }) => self.oauth(context, name, scheme),
            Ok(Kind::OpenIDConnect { .. }) => {
                self.add(&format!("{name}_token"), scheme, AuthKind::Bearer);
            }
            Ok(Kind::APIKey { .. }) => {
                let message = format!("the key of `{name}` has no name: it is left out");
                context.report(Diagnostic::warning(BAD_AUTH, message).at(&scheme.place, ""));
            }
            Err(error) => {
                let message = format!("`{name}` is no way to authorise that is known here");
                context.report(error.diagnostic(Severity::Warning, &message));
            }
        }
    }

    /// A variant for each way to get tokens, and one for a token that was got elsewhere.
    fn oauth(&mut self, context: &mut Context<'_>, name: &str, scheme: &SecurityScheme) {
        let flows = [
            ("clientCredentials", OAuthFlow::ClientCredentials, "client_credentials"),
            ("authorizationCode", OAuthFlow::RefreshToken, "refresh_token"),
        ];
        for (key, flow, suffix) in flows {
            let Some(documented) = scheme.flows.get(key) else { continue };
            let url = documented.token_url.as_deref().filter(|url| url.starts_with("https://"));
            let Some(url) = url else {
                let message = format!("the token endpoint of `{name}` is no whole https URL");
                context.report(
                    Diagnostic::warning(OTHER_KIND, message)
                        .at(&scheme.place, "")
                        .help("a token that was got elsewhere can be given"),
                );
                continue;
            };
            let token_url = Template {
                parts: vec![TemplatePart::Text(url.to_owned())],
                place: scheme.place.clone(),
            };
            // What is asked for is left to the client's registration.
            let oauth = OAuth2 { flow, token_url, scopes: Vec::new(), client: ClientAuth::Body };
            self.add(&format!("{name}_{suffix}"), scheme, AuthKind::OAuth2(oauth));
        }
        self.add(&format!("{name}_token"), scheme, AuthKind::Bearer);
    }

    fn add(&mut self, name: &str, scheme: &SecurityScheme, kind: AuthKind) {
        let name = field_ident(name).trim_start_matches("r#").to_owned();
        let name = self.names.unique(name);
        let ident = self.idents.unique(type_ident(&name));
        let found = AuthScheme {
            name: name.clone(),
            ident,
            kind,
            doc: scheme.description.clone(),
            place: scheme.place.clone(),
        };
        self.found.insert(name, found);
    }
}

/// `digest` -> `Digest`.
fn capitals(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
