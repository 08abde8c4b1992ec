//! `auth:`, held against the documents' security schemes.

use super::Context;
use super::message::{self, Root};
use super::names::type_ident;
use super::origin::is_in_the_clear;
use super::templates::template;
use crate::diagnostics::codes::connection::{BAD_AUTH, OTHER_KIND, UNKNOWN_SCHEME};
use crate::diagnostics::{Diagnostic, Suggestion};
use crate::ir::{
    AuthKind, AuthScheme, ClientAuth, KeyIn, OAuth2, OAuthFlow, Setting, Sign, Standing,
};
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
                    known.flows.entry(name).or_default().scopes.extend(flow.scopes);
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

struct One<'o> {
    name: &'o str,
    syntax: &'o syntax::Auth,
    place: Place,
    schemes: &'o Schemes,
    settings: &'o IndexMap<String, Setting>,
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
            syntax::AuthKind::Oauth2 => self.oauth(context, scheme).map(AuthKind::OAuth2),
        }
    }

    /// Whether something was reported about which scheme it is: what follows from that is not said again.
    fn doubtful(&self, context: &Context<'_>) -> bool {
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

    fn oauth(&self, context: &mut Context<'_>, scheme: Option<&SecurityScheme>) -> Option<OAuth2> {
        let Some(flow) = self.syntax.flow else {
            if self.doubtful(context) {
                return None;
            }
            context.report(
                Diagnostic::error(BAD_AUTH, "nothing says how access tokens are got")
                    .at(&self.place.key(), "")
                    .help("`flow: client_credentials` or `flow: refresh_token`"),
            );
            return None;
        };
        let flows = scheme.map(|s| &s.flows);
        let (flow, names): (_, &[&str]) = match flow {
            syntax::OAuthFlow::ClientCredentials => {
                (OAuthFlow::ClientCredentials, &["clientCredentials"])
            }
            syntax::OAuthFlow::RefreshToken => {
                (OAuthFlow::RefreshToken, &["authorizationCode", "password"])
            }
        };
        let documented = flows.and_then(|flows| names.iter().find_map(|name| flows.get(*name)));
        if let (Some(flows), None, Some(scheme)) = (flows, documented, scheme) {
            self.other_flow(context, flows, scheme);
        }
        self.scopes(context, flows, scheme);
        let token_url = self.token_url(context, documented, scheme)?;
        let client = match self.syntax.client.unwrap_or(syntax::ClientAuth::Body) {
            syntax::ClientAuth::Basic => ClientAuth::Basic,
            syntax::ClientAuth::Body => ClientAuth::Body,
        };
        Some(OAuth2 { flow, token_url, scopes: self.syntax.scopes.clone(), client })
    }

    /// The document has the scheme, but not this flow.
    fn other_flow(
        &self,
        context: &mut Context<'_>,
        flows: &IndexMap<String, openapi::OAuthFlow>,
        scheme: &SecurityScheme,
    ) {
        let place = self.place.child("flow");
        if self.syntax.because.is_some() || !context.partial {
            let because = self.syntax.because.as_deref();
            let text = format!("`{}` gets tokens by a flow that the document lacks", self.name);
            context
                .fact(Standing::Assumed, text, because, &place, Some(&scheme.place))
                .seen_by(tokens(self.syntax.flow));
            if because.is_none() {
                context.doubtful_auth.push(self.name.to_owned());
            }
        } else {
            let known: Vec<&str> = flows.keys().map(String::as_str).collect();
            let message = format!("the document has only the flow {}", known.join(", "));
            context.lacking(
                Diagnostic::error(OTHER_KIND, message).at(&place, "").and(&scheme.place, ""),
            );
        }
    }

    fn scopes(
        &self,
        context: &mut Context<'_>,
        flows: Option<&IndexMap<String, openapi::OAuthFlow>>,
        scheme: Option<&SecurityScheme>,
    ) {
        let (Some(flows), Some(scheme)) = (flows, scheme) else { return };
        let known: Vec<&str> =
            flows.values().flat_map(|f| f.scopes.iter().map(String::as_str)).collect();
        if known.is_empty() {
            return;
        }
        for (index, scope) in self.syntax.scopes.iter().enumerate() {
            if !known.contains(&scope.as_str()) {
                let message = format!("the document has no scope `{scope}`");
                context.unknown_scopes.insert(self.name.to_owned());
                context.lacking(
                    Diagnostic::error(BAD_AUTH, message)
                        .at(&self.place.child("scopes").child(index), "")
                        .and(&scheme.place, "the scheme")
                        .nearest(scope, known.iter().copied()),
                );
            }
        }
    }

    fn token_url(
        &self,
        context: &mut Context<'_>,
        documented: Option<&openapi::OAuthFlow>,
        scheme: Option<&SecurityScheme>,
    ) -> Option<crate::ir::Template> {
        let known = documented.and_then(|flow| flow.token_url.as_deref());
        let place = self.place.child("token_url");
        let document = scheme.map(|s| &s.place);
        match (&self.syntax.token_url, known) {
            (Some(given), _) if !is_url(given) => {
                let message = format!("`{given}` is no URL that a secret may be sent to");
                context.report(
                    Diagnostic::error(BAD_AUTH, message)
                        .at(&place, "")
                        .help("it starts with `https://`")
                        .suggest_https(given),
                );
                None
            }
            (Some(given), known) => {
                if known != Some(given.as_str()) {
                    let (standing, text) = match known {
                        Some(known) => (
                            Standing::Overridden,
                            format!("the token endpoint is `{given}`, not `{known}`"),
                        ),
                        None => (Standing::Assumed, format!("the token endpoint is `{given}`")),
                    };
                    // Another document in place of the spec's says nothing about the spec's reasons.
                    if !context.partial || self.syntax.because.is_some() {
                        let because = self.syntax.because.as_deref();
                        context
                            .fact(standing, text, because, &place, document)
                            .seen_by(tokens(self.syntax.flow));
                    }
                }
                Some(template(given, &place, self.settings, context.diagnostics))
            }
            (None, Some(known)) if is_in_the_clear(known) => {
                let message = "the document's token endpoint gets secrets in the clear";
                let mut diagnostic = Diagnostic::error(BAD_AUTH, message)
                    .at(&self.place.key(), "")
                    .help("give the one that starts with https: `token_url: https://...`, with a `because`");
                if let Some(document) = document {
                    diagnostic = diagnostic.and(document, format!("it is `{known}`"));
                }
                context.report(diagnostic);
                None
            }
            (None, Some(known)) if known.contains("://") && !known.contains('{') => {
                let text = format!("the token endpoint is `{known}`");
                context.fact(Standing::Proven, text, None, &self.place, document);
                Some(template(known, &self.place, self.settings, context.diagnostics))
            }
            (None, _) if self.doubtful(context) => None,
            (None, _) => {
                let mut diagnostic = Diagnostic::error(BAD_AUTH, "the token endpoint is not known")
                    .at(&self.place.key(), "")
                    .help("give it: `token_url: https://...`");
                if let Some(document) = document {
                    diagnostic = diagnostic.and(document, "the document does not say");
                }
                context.report(diagnostic);
                None
            }
        }
    }

    /// Keys that belong to another kind would have no effect.
    fn superfluous(&self, context: &mut Context<'_>) {
        let (syntax, kind) = (self.syntax, self.syntax.kind);
        let oauth = kind == syntax::AuthKind::Oauth2;
        let key = kind == syntax::AuthKind::ApiKey;
        let keys = [
            ("in", syntax.location.is_some() && !key),
            ("prefix", syntax.prefix.is_some() && !key),
            ("flow", syntax.flow.is_some() && !oauth),
            ("token_url", syntax.token_url.is_some() && !oauth),
            ("scopes", !syntax.scopes.is_empty() && !oauth),
            ("client", syntax.client.is_some() && !oauth),
        ];
        for (key, _) in keys.iter().filter(|(_, wrong)| *wrong) {
            let message = format!("`{key}` has no meaning for {}", noun_of(kind));
            context
                .report(Diagnostic::error(BAD_AUTH, message).at(&self.place.child(key).key(), ""));
        }
    }
}

/// Whether it is a URL, in the clear only on this machine.
/// What says that tokens are not got as the spec has it.
pub(super) fn tokens(flow: Option<syntax::OAuthFlow>) -> Sign {
    let grant = match flow {
        Some(syntax::OAuthFlow::ClientCredentials) => "client_credentials",
        Some(syntax::OAuthFlow::RefreshToken) | None => "refresh_token",
    };
    Sign::Tokens { grant }
}

fn is_url(text: &str) -> bool {
    let known = ["https://", "http://", "${"].iter().any(|start| text.starts_with(start));
    known && !is_in_the_clear(text)
}

fn agrees(kind: syntax::AuthKind, scheme: &Result<Kind, ShapeError>) -> bool {
    match scheme {
        Ok(Kind::APIKey { .. }) => kind == syntax::AuthKind::ApiKey,
        Ok(Kind::HTTP { scheme, .. }) if scheme == "basic" => kind == syntax::AuthKind::Basic,
        Ok(Kind::HTTP { scheme, .. }) if scheme == "bearer" => kind == syntax::AuthKind::Bearer,
        Ok(Kind::OAuth2 { .. }) => kind == syntax::AuthKind::Oauth2,
        Ok(Kind::HTTP { .. } | Kind::OpenIDConnect { .. }) | Err(_) => false,
    }
}

fn noun_of(kind: syntax::AuthKind) -> &'static str {
    match kind {
        syntax::AuthKind::ApiKey => "an API key",
        syntax::AuthKind::Basic => "user and password",
        syntax::AuthKind::Bearer => "a bearer token",
        syntax::AuthKind::Oauth2 => "OAuth 2.0",
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
