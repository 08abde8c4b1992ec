//! The ways to authorise that a document alone knows.

use crate::diagnostics::codes::connection::{BAD_AUTH, OTHER_KIND, UNKNOWN_SCHEME};
use crate::diagnostics::{Diagnostic, Severity};
use crate::ir::{
    AuthKind, AuthScheme, ClientAuth, Combined, KeyIn, OAuth2, OAuthFlow, Template, TemplatePart,
};
use crate::openapi::{SecurityScheme, Wanted};
use crate::resolve::Context;
use crate::resolve::auth::Schemes;
use crate::resolve::include::Included;
use crate::resolve::names::{Scope, field_ident, type_ident};
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme as Kind};
use std::collections::HashMap;

/// The ways to authorise.
#[derive(Default)]
pub(in crate::resolve) struct Ways {
    /// By name; a connection uses one.
    pub(in crate::resolve) auth: IndexMap<String, AuthScheme>,
    /// Several at once.
    pub(in crate::resolve) combined: Vec<Combined>,
    /// Whether some operations need none.
    pub(in crate::resolve) anonymous: bool,
}

/// The ways to authorise that operations accept; all that there are, where no operation says.
pub(in crate::resolve) fn auth(
    context: &mut Context<'_>,
    schemes: &Schemes,
    included: &[Included],
) -> Ways {
    let wanted = wanted(context, schemes, included);
    let mut finding =
        Finding { ways: Ways::default(), names: Scope::new(&TAKEN), idents: Scope::new(&["None"]) };
    let mut parts: HashMap<&str, Vec<AuthScheme>> = HashMap::new();
    for (name, scheme) in schemes {
        let alone = wanted.sets.is_empty() || wanted.sets.contains_key(std::slice::from_ref(name));
        if !alone && !wanted.sets.keys().any(|set| set.contains(name)) {
            continue;
        }
        let ways = ways(context, name, scheme);
        if alone {
            ways.iter().cloned().for_each(|way| finding.add(way));
        }
        parts.insert(name, ways);
    }
    for set in wanted.sets.keys().filter(|set| set.len() > 1) {
        // What gets tokens by itself is a token here; a way that is not known takes the set along.
        let part = |name: &String| {
            let ways = parts.get(name.as_str())?;
            ways.iter().rfind(|way| !matches!(way.kind, AuthKind::OAuth2(_))).cloned()
        };
        if let Some(parts) = set.iter().map(part).collect::<Option<Vec<AuthScheme>>>() {
            finding.combine(parts);
        }
    }
    finding.ways.anonymous = wanted.nothing;
    finding.ways
}

fn wanted(context: &mut Context<'_>, schemes: &Schemes, included: &[Included]) -> Wanted {
    let mut wanted = Wanted::default();
    for one in included {
        let document = &context.documents[one.document];
        wanted.add(document, &one.found, |name| schemes.contains_key(name));
    }
    for (name, place) in &wanted.unknown {
        let known = schemes.keys().map(String::as_str);
        let message = format!("the document has no security scheme `{name}`");
        let finding = Diagnostic::warning(UNKNOWN_SCHEME, message).at(place, "");
        context.report(finding.nearest(name, known));
    }
    wanted
}

/// Names of functions that the emitted `Credentials` has itself.
const TAKEN: [&str; 3] = ["clone", "into_auth", "none"];

struct Finding {
    ways: Ways,
    names: Scope,
    idents: Scope,
}

impl Finding {
    fn add(&mut self, way: AuthScheme) {
        let name = self.names.unique(way.name.clone());
        let ident = self.idents.unique(type_ident(&name));
        self.ways.auth.insert(name.clone(), AuthScheme { name, ident, ..way });
    }

    /// Several at once; their names become names of fields, so they are apart.
    fn combine(&mut self, mut parts: Vec<AuthScheme>) {
        let mut fields = Scope::default();
        for part in &mut parts {
            part.name = fields.unique(std::mem::take(&mut part.name));
        }
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        let name = self.names.unique(names.join("_and_"));
        let ident = self.idents.unique(type_ident(&name));
        self.ways.combined.push(Combined { name, ident, parts });
    }
}

/// The ways that a scheme of the document stands for.
fn ways(context: &mut Context<'_>, name: &str, scheme: &SecurityScheme) -> Vec<AuthScheme> {
    let way = |(name, kind): (String, AuthKind)| {
        let name = field_ident(&name).trim_start_matches("r#").to_owned();
        AuthScheme {
            ident: type_ident(&name),
            name,
            kind,
            doc: scheme.description.clone(),
            place: scheme.place.clone(),
        }
    };
    kinds(context, name, scheme).into_iter().map(way).collect()
}

fn kinds(
    context: &mut Context<'_>,
    name: &str,
    scheme: &SecurityScheme,
) -> Vec<(String, AuthKind)> {
    let one = |kind| vec![(name.to_owned(), kind)];
    match &scheme.kind {
        Ok(Kind::APIKey { location, name: key, .. }) if !key.is_empty() => {
            one(AuthKind::ApiKey(match location {
                APIKeyLocation::Header => {
                    KeyIn::Header { name: key.clone(), prefix: String::new() }
                }
                APIKeyLocation::Query => KeyIn::Query(key.clone()),
                APIKeyLocation::Cookie => KeyIn::Cookie(key.clone()),
            }))
        }
        Ok(Kind::HTTP { scheme: http, .. }) => match http.as_str() {
            "basic" => one(AuthKind::Basic),
            "bearer" | "" => one(AuthKind::Bearer),
            other => one(AuthKind::ApiKey(KeyIn::Header {
                name: "Authorization".to_owned(),
                prefix: format!("{} ", capitals(other)),
            })),
        },
        Ok(Kind::OAuth2 { .. }) => oauth(context, name, scheme),
        Ok(Kind::OpenIDConnect { .. }) => vec![(format!("{name}_token"), AuthKind::Bearer)],
        Ok(Kind::APIKey { .. }) => {
            let message = format!("the key of `{name}` has no name: it is left out");
            context.report(Diagnostic::warning(BAD_AUTH, message).at(&scheme.place, ""));
            Vec::new()
        }
        Err(error) => {
            let node = context.documents.iter().find_map(|d| d.node(&scheme.place));
            if node.and_then(|node| node.str("type")) == Some("mutualTLS") {
                let message = format!("`{name}` is a certificate, which comes with the transport");
                context.report(
                    Diagnostic::warning(OTHER_KIND, message)
                        .at(&scheme.place, "")
                        .help("`Options` take a transport of your own"),
                );
            } else {
                let message = format!("`{name}` is no way to authorise that is known here");
                context.report(error.diagnostic(Severity::Warning, &message));
            }
            Vec::new()
        }
    }
}

/// One for each way to get tokens, and one for a token that was got elsewhere.
fn oauth(
    context: &mut Context<'_>,
    name: &str,
    scheme: &SecurityScheme,
) -> Vec<(String, AuthKind)> {
    let flows = [
        ("clientCredentials", OAuthFlow::ClientCredentials, "client_credentials"),
        ("authorizationCode", OAuthFlow::RefreshToken, "refresh_token"),
    ];
    let mut found = Vec::new();
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
        let parts = vec![TemplatePart::Text(url.to_owned())];
        let token_url = Template { parts, place: scheme.place.clone() };
        // What is asked for is left to the client's registration.
        let oauth = OAuth2::new(flow, token_url, Vec::new(), ClientAuth::Body);
        found.push((format!("{name}_{suffix}"), AuthKind::OAuth2(Box::new(oauth))));
    }
    found.push((format!("{name}_token"), AuthKind::Bearer));
    found
}

/// `digest` -> `Digest`.
fn capitals(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
