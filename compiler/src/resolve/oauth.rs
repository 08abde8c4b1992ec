//! `auth:` of OAuth: flows, endpoints, scopes, and what else is said there.

use super::Context;
use super::auth::One;
use super::origin::is_in_the_clear;
use super::templates::template;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::connection::{BAD_AUTH, OTHER_KIND};
use crate::ir::{ClientAuth, Consent, OAuth2, OAuthFlow, Sign, Signing, Standing, Template};
use crate::openapi::{self, SecurityScheme};
use crate::spec::syntax;
use indexmap::IndexMap;

/// A URL of a provider, as specs and people call it.
struct Endpoint {
    key: &'static str,
    noun: &'static str,
}

const TOKENS: Endpoint = Endpoint { key: "token_url", noun: "the token endpoint" };
const PAGE: Endpoint = Endpoint { key: "authorize_url", noun: "the page where users are asked" };

impl One<'_> {
    pub(super) fn oauth(
        &self,
        context: &mut Context<'_>,
        scheme: Option<&SecurityScheme>,
    ) -> Option<OAuth2> {
        let Some(flow) = self.syntax.flow else {
            if self.doubtful(context) {
                return None;
            }
            context.report(
                Diagnostic::error(BAD_AUTH, "nothing says how access tokens are got")
                    .at(&self.place.key(), "")
                    .help("`flow: client_credentials`, `authorization_code`, `refresh_token` or `jwt_bearer`"),
            );
            return None;
        };
        let flows = scheme.map(|s| &s.flows);
        let signing = match self.syntax.algorithm.unwrap_or(syntax::Algorithm::Rs256) {
            syntax::Algorithm::Rs256 => Signing::Rs256,
            syntax::Algorithm::Es256 => Signing::Es256,
        };
        let (grant, names): (_, &[&str]) = match flow {
            syntax::OAuthFlow::ClientCredentials => {
                (OAuthFlow::ClientCredentials, &["clientCredentials"])
            }
            syntax::OAuthFlow::RefreshToken => {
                (OAuthFlow::RefreshToken, &["authorizationCode", "password"])
            }
            syntax::OAuthFlow::AuthorizationCode => {
                (OAuthFlow::RefreshToken, &["authorizationCode"])
            }
            // OpenAPI has no word for it.
            syntax::OAuthFlow::JwtBearer => (OAuthFlow::JwtBearer(signing), &[]),
        };
        let documented = flows.and_then(|flows| names.iter().find_map(|name| flows.get(*name)));
        if let (Some(flows), None, Some(scheme)) = (flows, documented, scheme) {
            self.other_flow(context, flows, scheme);
        }
        self.scopes(context, flows, documented, scheme);
        let consent = match flow {
            syntax::OAuthFlow::AuthorizationCode => {
                Some(self.consent(context, documented, scheme)?)
            }
            _ => None,
        };
        let of_any =
            || flows.and_then(|flows| flows.values().find(|flow| flow.token_url.is_some()));
        let named = documented.or_else(|| of_any().filter(|_| names.is_empty()));
        let token_url = self.token_url(context, named, scheme)?;
        let client = match self.syntax.client.unwrap_or(syntax::ClientAuth::Body) {
            syntax::ClientAuth::Basic => ClientAuth::Basic,
            syntax::ClientAuth::Body => ClientAuth::Body,
            syntax::ClientAuth::PrivateKeyJwt => ClientAuth::PrivateKeyJwt(signing),
            syntax::ClientAuth::Public => ClientAuth::Public,
        };
        self.fits(context, flow);
        let parameters =
            self.parameters(context, "token_parameters", &self.syntax.token_parameters);
        let audience = self.syntax.audience.as_deref().map(|text| {
            template(text, &self.place.child("audience"), self.settings, context.diagnostics)
        });
        let scopes = self.syntax.scopes.clone();
        Some(OAuth2 {
            consent,
            audience,
            parameters,
            gives: self.gives(context, flow),
            ..OAuth2::new(grant, token_url, scopes, client)
        })
    }

    /// Ways to show who the client is that a flow has no use for.
    fn fits(&self, context: &mut Context<'_>, flow: syntax::OAuthFlow) {
        let message = match (flow, self.syntax.client) {
            (syntax::OAuthFlow::JwtBearer, Some(_)) => {
                "the assertion says who the client is: `client` has no meaning for `jwt_bearer`"
            }
            (syntax::OAuthFlow::ClientCredentials, Some(syntax::ClientAuth::Public)) => {
                "a public client has no credentials of its own to get tokens with"
            }
            _ => return,
        };
        context.report(Diagnostic::error(BAD_AUTH, message).at(&self.place.child("client"), ""));
    }

    fn parameters(
        &self,
        context: &mut Context<'_>,
        key: &str,
        given: &IndexMap<String, String>,
    ) -> Vec<(String, Template)> {
        /// What the flow says itself.
        const OURS: [&str; 14] = [
            "grant_type",
            "client_id",
            "client_secret",
            "code",
            "redirect_uri",
            "code_verifier",
            "refresh_token",
            "assertion",
            "client_assertion",
            "client_assertion_type",
            "response_type",
            "state",
            "code_challenge",
            "code_challenge_method",
        ];
        let section = self.place.child(key);
        let mut read = Vec::new();
        for (name, text) in given {
            let place = section.child(name);
            if OURS.contains(&name.as_str()) || name == "scope" {
                let message = format!("`{name}` is said by the flow itself");
                let finding = Diagnostic::error(BAD_AUTH, message).at(&place.key(), "");
                context.report(match name.as_str() {
                    "scope" => finding.help("scopes are said by `scopes`"),
                    _ => finding,
                });
                continue;
            }
            if text.trim().is_empty() {
                let message = format!("the parameter `{name}` says nothing");
                context.report(Diagnostic::error(BAD_AUTH, message).at(&place, ""));
            }
            read.push((name.clone(), template(text, &place, self.settings, context.diagnostics)));
        }
        read
    }

    pub(super) fn realm(&self, context: &mut Context<'_>) -> Option<Template> {
        let text = self.syntax.realm.as_deref()?;
        Some(template(text, &self.place.child("realm"), self.settings, context.diagnostics))
    }

    /// The page where users are asked.
    fn consent(
        &self,
        context: &mut Context<'_>,
        documented: Option<&openapi::OAuthFlow>,
        scheme: Option<&SecurityScheme>,
    ) -> Option<Consent> {
        let known = documented.and_then(|flow| flow.authorization_url.as_deref());
        let relative = documented.is_some_and(|flow| flow.relative);
        let page = self.endpoint(context, &PAGE, (known, relative), scheme)?;
        let given = &self.syntax.authorize_parameters;
        let parameters = self.parameters(context, "authorize_parameters", given);
        if self.syntax.pkce == Some(false) {
            let place = self.place.child("pkce");
            let because = self.syntax.because.as_deref();
            let text = format!("`{}` is authorised without PKCE", self.name);
            context
                .fact(Standing::Assumed, text, because, &place, scheme.map(|s| &s.place))
                .seen_by(tokens(self.syntax.flow));
        }
        Some(Consent { page, pkce: self.syntax.pkce.unwrap_or(true), parameters })
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
        own: Option<&openapi::OAuthFlow>,
        scheme: Option<&SecurityScheme>,
    ) {
        let (Some(flows), Some(scheme)) = (flows, scheme) else { return };
        let known: Vec<&str> =
            flows.values().flat_map(|f| f.scopes.iter().map(String::as_str)).collect();
        if known.is_empty() {
            return;
        }
        for (index, scope) in self.syntax.scopes.iter().enumerate() {
            if known.contains(&scope.as_str()) && own.is_some_and(|own| !own.scopes.contains(scope))
            {
                let text = format!("`{}` may ask for `{scope}`", self.name);
                let usual = "the document has the scope for another flow only";
                let (because, sign) = (self.syntax.because.as_deref(), tokens(self.syntax.flow));
                let at = self.place.child("scopes").child(index);
                context.granted(text, because, usual, &at, Some(&scheme.place)).seen_by(sign);
            }
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
    ) -> Option<Template> {
        let renewed = documented.and_then(|flow| flow.refresh_url.as_deref());
        let got = documented.and_then(|flow| flow.token_url.as_deref());
        let known = match self.syntax.flow {
            Some(syntax::OAuthFlow::RefreshToken) if self.syntax.token_url.as_deref() != got => {
                renewed.or(got)
            }
            _ => got,
        };
        let elsewhere = renewed.filter(|renewed| Some(*renewed) != got);
        if let (Some(syntax::OAuthFlow::AuthorizationCode), Some(_)) = (self.syntax.flow, elsewhere)
        {
            let text = format!("`{}` renews tokens at the token endpoint", self.name);
            let usual = "the document has a `refreshUrl`, too";
            let (because, sign) = (self.syntax.because.as_deref(), tokens(self.syntax.flow));
            let document = scheme.map(|scheme| &scheme.place);
            context.granted(text, because, usual, &self.place, document).seen_by(sign);
        }
        let relative = documented.is_some_and(|flow| flow.relative);
        self.endpoint(context, &TOKENS, (known, relative), scheme)
    }

    /// A URL that the spec gives or the document knows.
    fn endpoint(
        &self,
        context: &mut Context<'_>,
        endpoint: &Endpoint,
        (known, relative): (Option<&str>, bool),
        scheme: Option<&SecurityScheme>,
    ) -> Option<Template> {
        let Endpoint { key, noun } = *endpoint;
        let place = self.place.child(key);
        let document = scheme.map(|s| &s.place);
        let given = match key {
            "authorize_url" => &self.syntax.authorize_url,
            _ => &self.syntax.token_url,
        };
        match (given, known) {
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
                        Some(known) => {
                            (Standing::Overridden, format!("{noun} is `{given}`, not `{known}`"))
                        }
                        None => (Standing::Assumed, format!("{noun} is `{given}`")),
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
                let message = match key {
                    "authorize_url" => "the document's page for users is asked in the clear",
                    _ => "the document's token endpoint gets secrets in the clear",
                };
                let mut diagnostic = Diagnostic::error(BAD_AUTH, message)
                    .at(&self.place.key(), "")
                    .help(format!("give the one that starts with https: `{key}: https://...`, with a `because`"));
                if let Some(document) = document {
                    diagnostic = diagnostic.and(document, format!("it is `{known}`"));
                }
                context.report(diagnostic);
                None
            }
            (None, Some(known)) if known.contains("://") && !known.contains('{') => {
                let text = format!("{noun} is `{known}`");
                if relative && context.spec.syntax.server.is_some() {
                    let usual = "the document has it relative to its own server";
                    let (because, sign) =
                        (self.syntax.because.as_deref(), tokens(self.syntax.flow));
                    context.granted(text, because, usual, &self.place, document).seen_by(sign);
                } else {
                    context.proven(text, &self.place, document);
                }
                Some(template(known, &self.place, self.settings, context.diagnostics))
            }
            (None, _) if self.doubtful(context) => None,
            (None, _) => {
                let mut diagnostic = Diagnostic::error(BAD_AUTH, format!("{noun} is not known"))
                    .at(&self.place.key(), "")
                    .help(format!("give it: `{key}: https://...`"));
                if let Some(document) = document {
                    let label = match known {
                        Some(known) => format!("the document has `{known}`, which is no whole URL"),
                        None => "the document does not say".to_owned(),
                    };
                    diagnostic = diagnostic.and(document, label);
                }
                context.report(diagnostic);
                None
            }
        }
    }
}

/// What says that tokens are not got as the spec has it.
pub(super) fn tokens(flow: Option<syntax::OAuthFlow>) -> Sign {
    let grant = match flow {
        Some(syntax::OAuthFlow::ClientCredentials) => "client_credentials",
        Some(syntax::OAuthFlow::JwtBearer) => "jwt_bearer",
        Some(syntax::OAuthFlow::RefreshToken | syntax::OAuthFlow::AuthorizationCode) | None => {
            "refresh_token"
        }
    };
    Sign::Tokens { grant }
}

/// Whether it is a URL, in the clear only on this machine.
fn is_url(text: &str) -> bool {
    let known = ["https://", "http://", "${"].iter().any(|start| text.starts_with(start));
    known && !is_in_the_clear(text)
}
