//! `auth:`, held against the documents' security schemes.

use super::Context;
use super::message::{self, Root};
use super::names::type_ident;
use crate::diagnostics::codes::connection::{BAD_AUTH, OTHER_KIND, UNKNOWN_SCHEME};
use crate::diagnostics::{Diagnostic, Suggestion};
use crate::ir::{AuthKind, AuthScheme, KeyIn, Setting, Sign, Standing};
use crate::openapi::{self, SecurityScheme, ShapeError};
use crate::source::Place;
use crate::spec::syntax;
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme as Kind};

/// The security schemes of all documents by name; a scheme of several documents as the first has it,
/// with the scopes of all.
pub(super) type Schemes = IndexMap<String, SecurityScheme>;

/// Gathers the security schemes of the documents.
pub(super) fn schemes(documents: &[openapi::Document]) -> Schemes {
    let mut all = Schemes::new();
    for (name, scheme) in documents.iter().flat_map(openapi::Document::security_schemes) {
        match all.get_mut(&name) {
            None => {
                all.insert(name, scheme);
            }
            Some(known) => {
                for (name, flow) in scheme.flows {
                    // One that only this document has keeps its URLs.
                    match known.flows.get_mut(&name) {
                        Some(known) => known.scopes.extend(flow.scopes),
                        None => {
                            known.flows.insert(name, flow);
                        }
                    }
                }
            }
        }
    }
    all
}

/// Resolves all ways to authorise.
pub(super) fn resolve(
    context: &mut Context<'_>,
    schemes: &Schemes,
    settings: &IndexMap<String, Setting>,
) -> IndexMap<String, AuthScheme> {
    let section = context.place("auth");
    let mut resolved = IndexMap::new();
    for (name, syntax) in &context.spec.syntax.auth {
        let place = section.child(name);
        let mut one = One { name, syntax, place, schemes, settings };
        if let Some(kind) = one.kind(context) {
            let scheme = AuthScheme {
                name: name.clone(),
                ident: type_ident(name),
                kind,
                doc: one.doc(),
                place: one.place.clone(),
            };
            resolved.insert(name.clone(), scheme);
        }
    }
    resolved
}

pub(super) struct One<'o> {
    pub(super) name: &'o str,
    pub(super) syntax: &'o syntax::Auth,
    pub(super) place: Place,
    schemes: &'o Schemes,
    pub(super) settings: &'o IndexMap<String, Setting>,
}

impl<'o> One<'o> {
    fn kind(&mut self, context: &mut Context<'_>) -> Option<AuthKind> {
        let scheme = self.scheme(context);
        // If it is of another kind than it says, so are its keys.
        if !self.doubtful(context) {
            self.superfluous(context);
        }
        match self.syntax.kind {
            syntax::AuthKind::Basic => Some(AuthKind::Basic),
            syntax::AuthKind::Bearer => Some(AuthKind::Bearer),
            syntax::AuthKind::ApiKey => self.key(context, scheme).map(AuthKind::ApiKey),
            syntax::AuthKind::Oauth2 => {
                self.oauth(context, scheme).map(Box::new).map(AuthKind::OAuth2)
            }
            syntax::AuthKind::Oauth1 => Some(AuthKind::OAuth1 { realm: self.realm(context) }),
        }
    }

    /// Whether something was reported about which scheme it is: what follows from that is not said again.
    pub(super) fn doubtful(&self, context: &Context<'_>) -> bool {
        context.doubtful_auth.iter().any(|name| name == self.name)
    }

    fn doc(&self) -> Option<String> {
        let named = self.syntax.scheme.as_ref().and_then(|name| self.schemes.get(name));
        self.syntax.doc.clone().or_else(|| named?.description.clone())
    }

    /// What says that a way to authorise is not as the spec has it.
    fn refused(&self) -> Sign {
        let way = match self.syntax.kind {
            syntax::AuthKind::ApiKey => "api_key",
            syntax::AuthKind::Basic => "basic",
            syntax::AuthKind::Bearer => "bearer",
            syntax::AuthKind::Oauth2 => "oauth2",
            syntax::AuthKind::Oauth1 => "oauth1",
        };
        Sign::Unauthorised { way }
    }

    /// The security scheme that this is or contradicts, with the fact that follows.
    fn scheme(&self, context: &mut Context<'_>) -> Option<&'o SecurityScheme> {
        let because = self.syntax.because.as_deref();
        let (key, name) = match (&self.syntax.scheme, &self.syntax.overrides) {
            (Some(name), None) => ("scheme", name),
            (None, Some(name)) => ("overrides", name),
            (Some(_), Some(_)) => {
                context.report(
                    Diagnostic::error(BAD_AUTH, "`scheme` and `overrides` exclude each other")
                        .at(&self.place.child("overrides").key(), ""),
                );
                return None;
            }
            (None, None) => {
                let text = format!("`{}` authorises", self.name);
                context
                    .fact(Standing::Assumed, text, because, &self.place, None)
                    .seen_by(self.refused());
                if because.is_none() {
                    context.doubtful_auth.push(self.name.to_owned());
                }
                return None;
            }
        };
        let place = self.place.child(key);
        let Some(scheme) = self.schemes.get(name) else {
            let known = self.schemes.keys().map(String::as_str);
            let message = format!("the document has no security scheme `{name}`");
            context.doubtful_auth.push(self.name.to_owned());
            context.lacking(
                Diagnostic::error(UNKNOWN_SCHEME, message).at(&place, "").nearest(name, known),
            );
            return None;
        };
        let agrees = agrees(self.syntax.kind, &scheme.kind);
        let same = agrees && self.syntax.location.is_none() && self.syntax.prefix.is_none();
        if key == "overrides" && same && self.syntax.token_url.is_none() {
            context.doubtful_auth.push(self.name.to_owned());
            let message = format!("this contradicts nothing: `{name}` is {}", noun(&scheme.kind));
            context.lacking(
                Diagnostic::error(OTHER_KIND, message)
                    .at(&place, "")
                    .and(&scheme.place, "the document says the same")
                    .help(format!("write `scheme: {name}`"))
                    .suggest(Suggestion::maybe(
                        format!("write `scheme: {name}`"),
                        Some(place.key()),
                        "overrides".to_owned(),
                        "scheme".to_owned(),
                    )),
            );
            return None;
        }
        if key == "overrides" {
            let text = format!(
                "`{}` authorises by {}, not by {}",
                self.name,
                noun_of(self.syntax.kind),
                noun(&scheme.kind)
            );
            context
                .fact(Standing::Overridden, text, because, &self.place, Some(&scheme.place))
                .seen_by(self.refused());
            if because.is_none() {
                context.doubtful_auth.push(self.name.to_owned());
            }
            return Some(scheme).filter(|_| agrees);
        }
        if agrees {
            let text = format!("`{}` authorises by {}", self.name, noun(&scheme.kind));
            context.fact(Standing::Proven, text, None, &self.place, Some(&scheme.place));
            return Some(scheme);
        }
        context.doubtful_auth.push(self.name.to_owned());
        let message = format!(
            "`{name}` is {} in the document, not {}",
            noun(&scheme.kind),
            noun_of(self.syntax.kind)
        );
        context.lacking(
            Diagnostic::error(OTHER_KIND, message)
                .at(&place, "")
                .and(&scheme.place, "the document says so")
                .help(format!("if the document is wrong: `overrides: {name}` and a `because`")),
        );
        None
    }

    fn key(&self, context: &mut Context<'_>, scheme: Option<&SecurityScheme>) -> Option<KeyIn> {
        let prefix = || self.syntax.prefix.clone().unwrap_or_default();
        if let Some(text) = &self.syntax.location {
            let place = self.place.child("in");
            // Cookies are no part of other paths, so `message` does not know them.
            if let Some(name) = text.strip_prefix("cookie.").filter(|name| !name.is_empty()) {
                return Some(KeyIn::Cookie(name.to_owned()));
            }
            let roots = [Root::Header, Root::Query];
            let path = message::read(text, &roots, &place, context.diagnostics)?;
            let name = path.rest.to_owned();
            return Some(match path.root {
                Root::Query => KeyIn::Query(name),
                _ => KeyIn::Header { name, prefix: prefix() },
            });
        }
        match scheme.map(|s| &s.kind) {
            Some(Ok(Kind::APIKey { location, name, .. })) => Some(match location {
                APIKeyLocation::Header => KeyIn::Header { name: name.clone(), prefix: prefix() },
                APIKeyLocation::Query => KeyIn::Query(name.clone()),
                APIKeyLocation::Cookie => KeyIn::Cookie(name.clone()),
            }),
            // A scheme that is not there was reported; what it would say is not known.
            None if self.syntax.scheme.is_some() || self.syntax.overrides.is_some() => None,
            _ if self.doubtful(context) => None,
            _ => {
                context.report(
                    Diagnostic::error(BAD_AUTH, "nothing says where the key travels")
                        .at(&self.place.key(), "")
                        .help("`in: header.NAME`, `in: query.NAME` or `in: cookie.NAME`"),
                );
                None
            }
        }
    }

    /// Keys that belong to another kind would have no effect.
    fn superfluous(&self, context: &mut Context<'_>) {
        let (syntax, kind) = (self.syntax, self.syntax.kind);
        let oauth = kind == syntax::AuthKind::Oauth2;
        // Without a flow nothing is known of them.
        let open = syntax.flow.is_none();
        let consent = oauth && (open || syntax.flow == Some(syntax::OAuthFlow::AuthorizationCode));
        let signed = oauth
            && (open
                || syntax.flow == Some(syntax::OAuthFlow::JwtBearer)
                || syntax.client == Some(syntax::ClientAuth::PrivateKeyJwt));
        let key = kind == syntax::AuthKind::ApiKey;
        let keys = [
            ("in", syntax.location.is_some() && !key),
            ("prefix", syntax.prefix.is_some() && !key),
            ("flow", syntax.flow.is_some() && !oauth),
            ("token_url", syntax.token_url.is_some() && !oauth),
            ("scopes", !syntax.scopes.is_empty() && !oauth),
            ("client", syntax.client.is_some() && !oauth),
            ("token_parameters", !syntax.token_parameters.is_empty() && !oauth),
            ("gives", !syntax.gives.is_empty() && !oauth),
            ("realm", syntax.realm.is_some() && kind != syntax::AuthKind::Oauth1),
            ("authorize_url", syntax.authorize_url.is_some() && !consent),
            ("authorize_parameters", !syntax.authorize_parameters.is_empty() && !consent),
            ("pkce", syntax.pkce.is_some() && !consent),
            ("algorithm", syntax.algorithm.is_some() && !signed),
            ("audience", syntax.audience.is_some() && !signed),
        ];
        for (key, _) in keys.iter().filter(|(_, wrong)| *wrong) {
            let of = match *key {
                "authorize_url" | "authorize_parameters" | "pkce" if oauth => {
                    "any flow but `authorization_code`"
                }
                "algorithm" | "audience" if oauth => {
                    "OAuth 2.0 without signed assertions (`flow: jwt_bearer`, `client: private_key_jwt`)"
                }
                _ => noun_of(kind),
            };
            let message = format!("`{key}` has no meaning for {of}");
            context
                .report(Diagnostic::error(BAD_AUTH, message).at(&self.place.child(key).key(), ""));
        }
    }
}

fn agrees(kind: syntax::AuthKind, scheme: &Result<Kind, ShapeError>) -> bool {
    match scheme {
        Ok(Kind::APIKey { .. }) => kind == syntax::AuthKind::ApiKey,
        Ok(Kind::HTTP { scheme, .. }) if scheme == "basic" => kind == syntax::AuthKind::Basic,
        Ok(Kind::HTTP { scheme, .. }) if scheme == "bearer" => kind == syntax::AuthKind::Bearer,
        Ok(Kind::OAuth2 { .. }) => kind == syntax::AuthKind::Oauth2,
        Ok(Kind::HTTP { scheme, .. }) if scheme.eq_ignore_ascii_case("oauth") => {
            kind == syntax::AuthKind::Oauth1
        }
        Ok(Kind::HTTP { .. } | Kind::OpenIDConnect { .. }) | Err(_) => false,
    }
}

fn noun_of(kind: syntax::AuthKind) -> &'static str {
    match kind {
        syntax::AuthKind::ApiKey => "an API key",
        syntax::AuthKind::Basic => "user and password",
        syntax::AuthKind::Bearer => "a bearer token",
        syntax::AuthKind::Oauth2 => "OAuth 2.0",
        syntax::AuthKind::Oauth1 => "OAuth 1.0a",
    }
}

fn noun(kind: &Result<Kind, ShapeError>) -> String {
    match kind {
        Ok(Kind::APIKey { .. }) => "an API key".to_owned(),
        Ok(Kind::HTTP { scheme, .. }) if scheme == "basic" => "user and password".to_owned(),
        Ok(Kind::HTTP { scheme, .. }) if scheme == "bearer" => "a bearer token".to_owned(),
        Ok(Kind::HTTP { scheme, .. }) => format!("the HTTP scheme `{scheme}`"),
        Ok(Kind::OAuth2 { .. }) => "OAuth 2.0".to_owned(),
        Ok(Kind::OpenIDConnect { .. }) => "OpenID Connect".to_owned(),
        Err(error) => format!("something else ({})", error.message),
    }
}
