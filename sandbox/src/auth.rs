//! The declared ways to authorise, enforced.

use crate::errors::Refusal;
use crate::request::Incoming;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use gusset_compiler::ir::{
    AuthKind, AuthScheme, ClientAuth, Integration, KeyIn, OAuth2, OAuthFlow,
};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

/// What a client needs to authorise with a scheme. Made up, so no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// For a bearer token.
    Bearer {
        /// The token.
        token: String,
    },
    /// For an API key.
    ApiKey {
        /// The key, without the prefix that travels before it.
        key: String,
    },
    /// For HTTP Basic.
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// For OAuth 2.0 client credentials.
    ClientCredentials {
        /// The client.
        client_id: String,
        /// Its secret.
        client_secret: String,
    },
    /// For OAuth 2.0 with a refresh token.
    RefreshToken {
        /// The client.
        client_id: String,
        /// Its secret.
        client_secret: String,
        /// The refresh token to start with.
        refresh_token: String,
    },
    /// For OAuth 2.0 with signed assertions. Signatures are not checked: any key will do.
    JwtBearer {
        /// Who signs.
        issuer: String,
        /// For whom.
        subject: String,
    },
    /// For OAuth 1.0a. Signatures are not checked, only whose they are.
    OAuth1 {
        /// The application's key.
        consumer_key: String,
        /// The application's secret.
        consumer_secret: String,
        /// The token.
        token: String,
        /// The token's secret.
        token_secret: String,
    },
}

impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Credential::Bearer { token } => write!(f, "bearer token {token}"),
            Credential::ApiKey { key } => write!(f, "key {key}"),
            Credential::Basic { user, password } => write!(f, "user {user}, password {password}"),
            Credential::ClientCredentials { client_id, client_secret } => {
                write!(f, "client {client_id}, secret {client_secret}")
            }
            Credential::RefreshToken { client_id, client_secret, refresh_token } => {
                write!(
                    f,
                    "client {client_id}, secret {client_secret}, refresh token {refresh_token}"
                )
            }
            Credential::JwtBearer { issuer, subject } => {
                write!(f, "issuer {issuer}, subject {subject}, any private key")
            }
            Credential::OAuth1 { consumer_key, consumer_secret, token, token_secret } => write!(
                f,
                "consumer {consumer_key}, secret {consumer_secret}, token {token}, its secret {token_secret}"
            ),
        }
    }
}

/// How tokens are given out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenPolicy {
    /// How long an access token lives.
    pub(crate) life: Duration,
    /// Whether a refresh token works only once.
    pub(crate) rotate: bool,
}

/// The schemes of an integration, and the tokens that were given out.
#[derive(Debug)]
pub(crate) struct Authority {
    schemes: IndexMap<String, (AuthScheme, Credential)>,
    policy: TokenPolicy,
    /// Access tokens: their scheme and when they expire.
    access: HashMap<String, (String, i64)>,
    /// The refresh token that works, by scheme.
    refresh: HashMap<String, String>,
    issued: u64,
}

impl Authority {
    pub(crate) fn new(integration: &Integration, policy: TokenPolicy) -> Self {
        let schemes: IndexMap<_, _> = integration
            .auth
            .iter()
            .map(|(name, scheme)| {
                (name.clone(), (scheme.clone(), credential(&integration.name, scheme)))
            })
            .collect();
        let refresh = schemes
            .iter()
            .filter_map(|(name, (_, credential))| match credential {
                Credential::RefreshToken { refresh_token, .. } => {
                    Some((name.clone(), refresh_token.clone()))
                }
                _ => None,
            })
            .collect();
        Authority { schemes, policy, access: HashMap::new(), refresh, issued: 0 }
    }

    pub(crate) fn credentials(&self) -> IndexMap<String, Credential> {
        self.schemes
            .iter()
            .map(|(name, (_, credential))| (name.clone(), credential.clone()))
            .collect()
    }

    pub(crate) fn has_token_endpoint(&self, scheme: &str) -> bool {
        self.schemes.get(scheme).is_some_and(|(s, _)| matches!(s.kind, AuthKind::OAuth2(_)))
    }

    /// Makes every access token expire.
    pub(crate) fn expire(&mut self) {
        self.access.clear();
    }

    /// Makes every access token expire, and every refresh token void.
    pub(crate) fn revoke(&mut self) {
        self.expire();
        self.refresh.clear();
    }

    /// Whose connection this is: the scheme and what was shown.
    pub(crate) fn connection(&self, request: &Incoming, now: i64) -> Result<String, Refusal> {
        if self.schemes.is_empty() {
            return Ok(String::new());
        }
        let found = self.schemes.iter().find(|(name, (scheme, credential))| {
            self.shows(request, name, scheme, credential, now)
        });
        match found {
            Some((name, _)) => Ok(name.clone()),
            None => {
                let shown = request.header("authorization").is_some();
                let why = if shown {
                    "the credentials are wrong or expired"
                } else {
                    "no credentials that the API knows were sent"
                };
                let mut refusal = Refusal::new(401, "unauthorized", why);
                if let Some(challenge) = self.challenge() {
                    refusal.headers.push(("www-authenticate".to_owned(), challenge.to_owned()));
                }
                Err(refusal)
            }
        }
    }

    fn challenge(&self) -> Option<&'static str> {
        self.schemes.values().find_map(|(scheme, _)| match scheme.kind {
            AuthKind::Bearer | AuthKind::OAuth2(_) => Some("Bearer"),
            AuthKind::Basic => Some("Basic realm=\"sandbox\""),
            AuthKind::OAuth1 { .. } => Some("OAuth"),
            AuthKind::ApiKey(_) => None,
        })
    }

    fn shows(
        &self,
        request: &Incoming,
        name: &str,
        scheme: &AuthScheme,
        credential: &Credential,
        now: i64,
    ) -> bool {
        let authorization = request.header("authorization").unwrap_or_default();
        match (&scheme.kind, credential) {
            (AuthKind::Bearer, Credential::Bearer { token }) => {
                bearer(authorization) == Some(token)
            }
            (AuthKind::Basic, Credential::Basic { user, password }) => {
                basic(authorization).is_some_and(|(u, p)| u == *user && p == *password)
            }
            (AuthKind::ApiKey(place), Credential::ApiKey { key }) => match place {
                KeyIn::Header { name, prefix } => {
                    request.header(name).and_then(|value| value.strip_prefix(prefix.as_str()))
                        == Some(key)
                }
                KeyIn::Query(name) => request.query(name) == Some(key),
                KeyIn::Cookie(name) => request.cookie(name).as_deref() == Some(key),
            },
            (AuthKind::OAuth2(_), _) => bearer(authorization)
                .and_then(|token| self.access.get(token))
                .is_some_and(|(of, expires)| of == name && now < *expires),
            (AuthKind::OAuth1 { .. }, Credential::OAuth1 { consumer_key, token, .. }) => {
                let says = |name: &str, value: &str| {
                    authorization.contains(&format!("{name}=\"{value}\""))
                };
                after(authorization, "oauth").is_some()
                    && says("oauth_consumer_key", consumer_key)
                    && says("oauth_token", token)
            }
            _ => false,
        }
    }

    /// Answers the token endpoint of a scheme (RFC 6749, 4.4 and 6): status and body.
    pub(crate) fn token(
        &mut self,
        scheme: &str,
        authorization: Option<&str>,
        form: &HashMap<String, String>,
        now: i64,
    ) -> (u16, serde_json::Value) {
        let refuse = |status: u16, error: &str| (status, serde_json::json!({ "error": error }));
        let Some((AuthScheme { kind: AuthKind::OAuth2(oauth), .. }, credential)) =
            self.schemes.get(scheme)
        else {
            return refuse(404, "invalid_request");
        };
        if !knows(oauth, credential, authorization, form, now) {
            return refuse(401, "invalid_client");
        }
        let grant = form.get("grant_type").map(String::as_str);
        match (oauth.flow, grant) {
            (OAuthFlow::JwtBearer(_), Some("urn:ietf:params:oauth:grant-type:jwt-bearer")) => {}
            (OAuthFlow::ClientCredentials, Some("client_credentials")) => {}
            (OAuthFlow::RefreshToken, Some("refresh_token")) => {
                let good = self.refresh.get(scheme);
                if good.is_none() || form.get("refresh_token") != good {
                    return refuse(400, "invalid_grant");
                }
            }
            _ => return refuse(400, "unsupported_grant_type"),
        }
        let rotates = self.policy.rotate && oauth.flow == OAuthFlow::RefreshToken;
        self.issued += 1;
        let token = format!("sandbox-access-{scheme}-{}", self.issued);
        let life = i64::try_from(self.policy.life.as_millis()).unwrap_or(i64::MAX);
        self.access.insert(token.clone(), (scheme.to_owned(), now.saturating_add(life)));
        let mut body = serde_json::json!({ "access_token": token, "token_type": "Bearer", "expires_in": self.policy.life.as_secs() });
        if rotates {
            let next = format!("sandbox-refresh-{scheme}-{}", self.issued);
            body["refresh_token"] = next.clone().into();
            self.refresh.insert(scheme.to_owned(), next);
        }
        (200, body)
    }
}

fn credential(integration: &str, scheme: &AuthScheme) -> Credential {
    let made = |what: &str| format!("sandbox-{integration}-{}-{what}", scheme.name);
    match &scheme.kind {
        AuthKind::ApiKey(_) => Credential::ApiKey { key: made("key") },
        AuthKind::Basic => Credential::Basic { user: made("user"), password: made("password") },
        AuthKind::Bearer => Credential::Bearer { token: made("token") },
        AuthKind::OAuth2(oauth) => match oauth.flow {
            OAuthFlow::ClientCredentials => Credential::ClientCredentials {
                client_id: made("client"),
                client_secret: made("secret"),
            },
            OAuthFlow::RefreshToken => Credential::RefreshToken {
                client_id: made("client"),
                client_secret: made("secret"),
                refresh_token: made("refresh"),
            },
            OAuthFlow::JwtBearer(_) => {
                Credential::JwtBearer { issuer: made("client"), subject: made("subject") }
            }
        },
        AuthKind::OAuth1 { .. } => Credential::OAuth1 {
            consumer_key: made("consumer"),
            consumer_secret: made("consumer-secret"),
            token: made("token"),
            token_secret: made("token-secret"),
        },
    }
}

/// Whether a client of the token endpoint is the one that it says it is.
fn knows(
    oauth: &OAuth2,
    credential: &Credential,
    authorization: Option<&str>,
    form: &HashMap<String, String>,
    now: i64,
) -> bool {
    let (id, secret) = match credential {
        Credential::JwtBearer { issuer, subject } => {
            return asserts(form.get("assertion"), issuer, subject, now);
        }
        Credential::ClientCredentials { client_id, client_secret }
        | Credential::RefreshToken { client_id, client_secret, .. } => (client_id, client_secret),
        _ => return false,
    };
    let shows = |name: &str, value: &String| form.get(name) == Some(value);
    match oauth.client {
        // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
        ClientAuth::Basic => authorization
            .and_then(basic)
            .is_some_and(|(i, s)| form_decode(&i) == *id && form_decode(&s) == *secret),
        ClientAuth::Body => shows("client_id", id) && shows("client_secret", secret),
        ClientAuth::PrivateKeyJwt(_) => {
            shows("client_id", id) && asserts(form.get("client_assertion"), id, id, now)
        }
        ClientAuth::Public => shows("client_id", id) && !form.contains_key("client_secret"),
    }
}

/// Whether an assertion (RFC 7523) is of that issuer, about that subject, and good now. `now` is in milliseconds.
fn asserts(assertion: Option<&String>, issuer: &str, subject: &str, now: i64) -> bool {
    let claims = assertion.and_then(|assertion| assertion.split('.').nth(1));
    let claims = claims.and_then(|claims| URL_SAFE_NO_PAD.decode(claims).ok());
    let claims: Option<serde_json::Value> =
        claims.and_then(|claims| serde_json::from_slice(&claims).ok());
    claims.is_some_and(|claims| {
        let good = claims["exp"].as_i64().is_some_and(|end| end.saturating_mul(1000) > now);
        claims["iss"] == issuer && claims["sub"] == subject && claims["aud"].is_string() && good
    })
}

fn form_decode(text: &str) -> String {
    url::form_urlencoded::parse(format!("v={text}").as_bytes())
        .next()
        .map(|(_, v)| v.into_owned())
        .unwrap_or_default()
}

fn after<'h>(authorization: &'h str, scheme: &str) -> Option<&'h str> {
    let (name, rest) = authorization.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim_start())
}

fn bearer(authorization: &str) -> Option<&str> {
    after(authorization, "bearer")
}

fn basic(authorization: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(after(authorization, "basic")?).ok()?;
    let (user, password) = String::from_utf8(decoded)
        .ok()?
        .split_once(':')
        .map(|(u, p)| (u.to_owned(), p.to_owned()))?;
    Some((user, password))
}
