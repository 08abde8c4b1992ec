//! `integration.yaml`.

use super::{About, Hook, Operation, Resource, Setting, Type, With};
use crate::spec::VERSION;
use crate::spec::quantity::QUOTA;
use crate::spec::words::{CAMEL, SNAKE, seeds};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An integration: one provider, as we use it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// The version of this language: 1.
    #[schemars(extend("const" = VERSION))]
    pub gusset: u32,
    /// The name, `snake_case`: that of the module and the crate.
    #[schemars(extend("pattern" = SNAKE))]
    pub integration: String,
    /// What it is for.
    #[serde(default)]
    pub about: About,
    /// The OpenAPI document, relative to this file.
    pub document: Option<String>,
    /// The OpenAPI documents by name, where the vendor splits its API.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub documents: IndexMap<String, String>,
    /// OpenAPI Overlays, relative to this file: what is changed in the document before it is read. With several
    /// documents, an overlay says by `extends` which it is for.
    #[serde(default)]
    pub overlays: Vec<String>,
    /// The base URL; may hold `${settings.NAME}`. Without it, the document's only server.
    pub server: Option<Server>,
    /// What a connection must or may set.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub settings: IndexMap<String, Setting>,
    /// Ways to authorise; a connection uses one. Empty: no authorisation.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub auth: IndexMap<String, Auth>,
    /// What the provider allows.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub limits: IndexMap<String, Limit>,
    /// How responses are judged.
    #[serde(default)]
    pub errors: Errors,
    /// Where your own code is called, by the name of its method.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub hooks: IndexMap<String, Hook>,
    /// The operations that are used, by the name they get.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub operations: IndexMap<String, Operation>,
    /// Operations that are used besides, by names made from the document: `tag:NAME`, `path:/things/**`,
    /// `GET /things`, or a name such as `list_*`.
    #[serde(default)]
    pub include: Vec<String>,
    /// What `include` selects, but for these.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Types by the name they get.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": CAMEL}))]
    pub types: IndexMap<String, Type>,
    /// What happens to members that the document does not know.
    #[serde(default)]
    pub unknown_members: UnknownMembers,
    /// What can be done with each kind of record.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"pattern": SNAKE}))]
    pub resources: IndexMap<String, Resource>,
    /// The call that tries a connection: an operation that only reads. Without it, the first listing of a resource, or
    /// a GET that needs no parameters.
    pub verify: Option<Verify>,
    /// What the sandbox seeds, by resource and field path.
    #[serde(default)]
    #[schemars(extend("allOf" = [seeds()]))]
    pub sandbox: IndexMap<String, IndexMap<String, serde_json::Value>>,
}

/// The name of the operation that tries a connection, or more about it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Verify {
    /// Just the name.
    Name(String),
    /// The name, and what is sent.
    Full(FullVerify),
}

/// The operation that tries a connection.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullVerify {
    /// Its name in `operations`.
    pub operation: String,
    /// What is always sent.
    #[serde(default)]
    pub with: With,
}

/// What happens to members that the document does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnknownMembers {
    /// They are left out when a record is read.
    #[default]
    Ignore,
    /// They are kept in `rest`, so that a record which is read, changed and written back loses nothing.
    Keep,
}

/// The base URL, or more about it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Server {
    /// One that the document lists.
    Url(String),
    /// The URL, and why it is right.
    Full(FullServer),
}

/// A base URL that the document does not list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullServer {
    /// The base URL; may hold `${settings.NAME}`.
    pub url: String,
    /// How it is known, where the document lists other servers.
    pub because: Option<String>,
}

/// A way to authorise.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// The kind.
    #[serde(rename = "type")]
    pub kind: AuthKind,
    /// The security scheme of the document that this is.
    pub scheme: Option<String>,
    /// The security scheme of the document that this contradicts; needs a `because`.
    pub overrides: Option<String>,
    /// For `api_key`: `header.NAME`, `query.NAME` or `cookie.NAME`. Without it, what the scheme says.
    #[serde(rename = "in")]
    pub location: Option<String>,
    /// For `api_key` in a header: text before the key (`Token `).
    pub prefix: Option<String>,
    /// For `oauth2`: how access tokens are got.
    pub flow: Option<OAuthFlow>,
    /// For `oauth2`: the token endpoint; without it, what the scheme says.
    pub token_url: Option<String>,
    /// For `oauth2`: the scopes that are asked for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// For `oauth2`: how the client shows who it is; `body` by default.
    pub client: Option<ClientAuth>,
    /// For `authorization_code`: the page where users are asked; without it, what the scheme says.
    pub authorize_url: Option<String>,
    /// For `authorization_code`: what else the page is told, such as `access_type: offline`.
    #[serde(default)]
    pub authorize_parameters: IndexMap<String, String>,
    /// For `authorization_code`: `false` where the provider refuses PKCE (RFC 7636).
    pub pkce: Option<bool>,
    /// For `oauth2`: what else the token endpoint is told, such as `audience: https://...`.
    #[serde(default)]
    pub token_parameters: IndexMap<String, String>,
    /// For `oauth2`: settings that the token endpoint's answer says (`instance_url: body.instance_url`), or, for
    /// `authorization_code`, what users come back with (`company: query.realmId`).
    #[serde(default)]
    pub gives: IndexMap<String, String>,
    /// For assertions that are signed: how; `RS256` by default.
    pub algorithm: Option<Algorithm>,
    /// For assertions that are signed: whom they are for; without it, the token endpoint.
    pub audience: Option<String>,
    /// For `oauth1`: the realm, if the provider wants one (`${settings.account}`).
    pub realm: Option<String>,
    /// Why the document is contradicted, or how it is known where the document is silent.
    pub because: Option<String>,
    /// What it means to people.
    pub doc: Option<String>,
}

/// The kinds of authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthKind {
    /// A key in a header, the query or a cookie.
    ApiKey,
    /// User and password (RFC 7617).
    Basic,
    /// A token (RFC 6750).
    Bearer,
    /// OAuth 2.0 (RFC 6749).
    Oauth2,
    /// OAuth 1.0a (RFC 5849): each call is signed, with HMAC-SHA256.
    Oauth1,
}

/// How access tokens are got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OAuthFlow {
    /// With the client's own id and secret.
    ClientCredentials,
    /// With a refresh token that was obtained beforehand.
    RefreshToken,
    /// By a user's consent, which leads to a refresh token; with PKCE.
    AuthorizationCode,
    /// With assertions that a private key signs (RFC 7523).
    JwtBearer,
}

/// How the client shows who it is at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// HTTP Basic.
    Basic,
    /// In the form body.
    Body,
    /// By an assertion that its private key signs (RFC 7523).
    PrivateKeyJwt,
    /// Not at all: a public client, which has no secret.
    Public,
}

/// How assertions are signed (RFC 7518).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Algorithm {
    /// RSA with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
    /// ECDSA on the curve P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
}

/// What the provider allows.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Calls in a window: `100 per 10s`.
    #[schemars(extend("pattern" = QUOTA))]
    pub quota: Option<String>,
    /// How much of the quota a call of an operation takes, where the provider counts points; 1 by default.
    #[serde(default)]
    pub cost: IndexMap<String, u32>,
    /// Calls at a time.
    pub concurrency: Option<u32>,
    /// Who shares it; `connection` by default.
    #[serde(default)]
    pub scope: Scope,
    /// `true`: nothing limits these operations, as far as is known; needs a `because`.
    #[serde(default)]
    pub unlimited: bool,
    /// The operations it holds for; all by default.
    #[serde(default)]
    pub operations: Vec<String>,
    /// The ways to authorise that it holds for, by their names in `auth`; all by default.
    #[serde(default)]
    pub auth: Vec<String>,
    /// What responses tell about it.
    pub observe: Option<Observe>,
    /// How it is known that nothing limits them.
    pub because: Option<String>,
}

/// Who shares a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Each connection has its own.
    #[default]
    Connection,
    /// All connections of the process share it.
    App,
}

/// What responses tell about a limit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Observe {
    /// `header.NAME` with the number of calls left.
    pub remaining: Option<String>,
    /// A header that says when the window ends.
    pub reset: Option<Reset>,
    /// A header with used and allowed calls in a pattern.
    pub usage: Option<Usage>,
    /// How it is known that responses have these headers, where the document does not list them.
    pub because: Option<String>,
}

/// A header that says when the window ends.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// `header.NAME`.
    pub from: String,
    /// What its number means.
    pub unit: ResetUnit,
}

/// What the number in a reset header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResetUnit {
    /// Seconds from now.
    Seconds,
    /// Milliseconds from now.
    Ms,
    /// Seconds since 1970.
    EpochS,
    /// Milliseconds since 1970.
    EpochMs,
    /// An HTTP or ISO 8601 date.
    Date,
}

/// A header with used and allowed calls.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// `header.NAME`.
    pub from: String,
    /// Text with `{used}` and `{limit}` in it.
    pub pattern: String,
}

/// How responses are judged.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// Where the provider's message is: `body.message`, `header.X-Error`.
    pub message: Option<String>,
    /// Where the provider's error code is.
    pub code: Option<String>,
    /// Members of error bodies that the document does not know, with their types; needs a `because`.
    #[serde(default)]
    pub assume: IndexMap<String, String>,
    /// First match wins.
    #[serde(default)]
    pub rules: Vec<ErrorRule>,
}

/// A rule.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorRule {
    /// CEL over `status`, `header` and `body`.
    pub when: String,
    /// What then.
    pub action: Action,
    /// CEL: how long to wait; a duration such as `duration("30s")` or `retry_after().orValue(duration("30s"))`.
    #[serde(rename = "for")]
    pub wait: Option<String>,
    /// For `hook`: which.
    pub hook: Option<String>,
}

/// What a rule does with a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A limit was hit: wait, then send again.
    Wait,
    /// A passing fault: send again, if the operation may be repeated.
    Retry,
    /// Refresh the credentials once, then send again.
    Refresh,
    /// Final.
    Fail,
    /// Not an error.
    Accept,
    /// What a hook says; the rules below, if it leaves it to them.
    Hook,
}
