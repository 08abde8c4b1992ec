//! `GS08xx`: authorisation, limits and errors.

use super::{Code, CodeDoc};

/// A security scheme that the document does not have.
pub const UNKNOWN_SCHEME: Code = Code("GS0801");
/// A way to authorise contradicts its security scheme.
pub const OTHER_KIND: Code = Code("GS0802");
/// A way to authorise lacks something, or has something that is not for it.
pub const BAD_AUTH: Code = Code("GS0803");
/// An operation accepts none of the declared ways to authorise.
pub const NOT_AUTHORISED: Code = Code("GS0804");
/// A limit that is none.
pub const BAD_LIMIT: Code = Code("GS0805");
/// A path into an error body leads nowhere.
pub const NOT_IN_ERROR: Code = Code("GS0806");
/// An error rule that cannot work.
pub const BAD_RULE: Code = Code("GS0807");
/// The base URL is not known.
pub const SERVER: Code = Code("GS0808");
/// A setting's default is not of its type.
pub const BAD_DEFAULT: Code = Code("GS0809");
/// The scopes that are asked for are not those that the operations need.
pub const SCOPES: Code = Code("GS0810");
/// Nothing says how often an operation may be called.
pub const NO_LIMIT: Code = Code("GS0811");
/// An error rule that never applies, or applies to every success.
pub const DEAD_RULE: Code = Code("GS0812");
/// A secret where it would be shown.
pub const SECRET: Code = Code("GS0813");
/// The base URL is none of those that the document lists.
pub const OTHER_SERVER: Code = Code("GS0814");
/// A call that cannot try a connection.
pub const BAD_VERIFY: Code = Code("GS0815");
/// A setting that cannot come with tokens.
pub const BAD_GIVEN: Code = Code("GS0816");

/// The family.
pub(super) const DOCS: &[CodeDoc] = &[
    CodeDoc {
        code: UNKNOWN_SCHEME,
        title: "a security scheme that the document does not have",
        text: "`scheme` and `overrides` are names under `components.securitySchemes` of the document.",
        wrong: "auth:\n  token: {type: bearer, scheme: barerAuth}",
        right: "auth:\n  token: {type: bearer, scheme: bearerAuth}",
    },
    CodeDoc {
        code: OTHER_KIND,
        title: "a way to authorise contradicts its security scheme",
        text: "The document says something else about the scheme. If the document is wrong, say `overrides` instead \
               of `scheme`, and why.",
        wrong: "token: {type: bearer, scheme: private_apps}        # an apiKey",
        right: "token: {type: bearer, overrides: private_apps, because: it is sent as a bearer token}",
    },
    CodeDoc {
        code: BAD_AUTH,
        title: "a way to authorise that is not complete",
        text: "OAuth 2.0 needs a `flow` and a token endpoint, from the document or from `token_url`, and scopes that \
               the document knows. An API key needs to know where it travels: `in: header.NAME`, `query.NAME` or \
               `cookie.NAME`. Other kinds have none of these.",
        wrong: "app: {type: oauth2, scheme: oauth}",
        right: "app: {type: oauth2, scheme: oauth, flow: client_credentials}",
    },
    CodeDoc {
        code: NOT_AUTHORISED,
        title: "an operation accepts none of the declared ways to authorise",
        text: "The document says which security schemes an operation accepts. A connection uses one of the declared \
               ways, so the operation would always be refused.",
        wrong: "auth:\n  token: {type: bearer, scheme: userToken}      # the operation wants adminToken",
        right: "auth:\n  token: {type: bearer, scheme: adminToken}",
    },
    CodeDoc {
        code: BAD_LIMIT,
        title: "a limit that is none",
        text: "A limit has exactly one of `quota` (calls in a window) and `concurrency` (calls at a time, at least 1). \
               What responses tell about it comes from `header.NAME`; a usage pattern has `{used}` and `{limit}` in it.",
        wrong: "burst: {scope: connection}",
        right: "burst: {quota: 100 per 10s, scope: connection}",
    },
    CodeDoc {
        code: NOT_IN_ERROR,
        title: "a path that leads nowhere in error bodies",
        text: "No response for an error in the document has such a member. If you know it from elsewhere, `assume` it, \
               with a `because`.",
        wrong: "errors: {message: body.massage}",
        right: "errors: {message: body.message}",
    },
    CodeDoc {
        code: BAD_RULE,
        title: "an error rule that cannot work",
        text: "`for` says how long to wait, so it belongs to `action: wait` only; a wait without `for` takes what the \
               provider says, or a growing pause.",
        wrong: "- {when: status == 500, action: fail, for: 'duration(\"1s\")'}",
        right: "- {when: status == 429, action: wait, for: 'duration(\"1s\")'}",
    },
    CodeDoc {
        code: SERVER,
        title: "the base URL is not known",
        text: "`server` gives the base URL, with settings in it if it differs between customers. It may be left out \
               only where the document has exactly one absolute server URL without variables: which of several \
               is meant, and whose values variables have, is no guess. A server that is only an example \
               (`https://your-domain.vendor.net`, `http://localhost`) is warned about: clients would call nobody, or a \
               stranger.",
        wrong: "document: openapi.yaml        # servers: [{url: /v1}]",
        right: "document: openapi.yaml\nserver: https://api.example.com/v1",
    },
    CodeDoc {
        code: BAD_DEFAULT,
        title: "a default that is not of its type",
        text: "The default of a setting has the setting's type; spans of time are text such as `30s`.",
        wrong: "threshold: {type: number, default: high}",
        right: "threshold: {type: number, default: 70}",
    },
    CodeDoc {
        code: SCOPES,
        title: "scopes that are not those that the operations need",
        text: "The document says which scopes each operation needs. All of them are asked for, or calls are refused; no \
               others should be, because a token that leaks should open no more than it must: that is a warning. A scope that the document \
               does not tie to an operation (`offline_access`) needs a `because`.",
        wrong: "auth: {user: {type: oauth2, flow: refresh_token, scheme: oauth, scopes: [contacts.write]}}   # it only reads",
        right: "auth: {user: {type: oauth2, flow: refresh_token, scheme: oauth, scopes: [contacts.read]}}",
    },
    CodeDoc {
        code: NO_LIMIT,
        title: "an operation that no limit holds for",
        text: "Providers limit how often they are called, and a client that does not know how often learns it by being \
               refused. Every operation falls under a limit, or the spec says that it has none: a limit that is \
               `unlimited: true`, with a `because`.",
        wrong: "limits: {search: {quota: 5 per 1s, operations: [search_contacts]}}     # and list_contacts?",
        right: "limits:\n  search: {quota: 5 per 1s, operations: [search_contacts]}\n  others: {unlimited: true, operations: [list_contacts], because: the vendor documents no limit}",
    },
    CodeDoc {
        code: DEAD_RULE,
        title: "an error rule that never applies, or applies to every success",
        text: "The first rule that matches decides. A rule whose condition no answer meets, or only answers that a rule \
               before it decides, has no effect; one that every success meets would make errors of all of them. \
               Statuses are 100 to 599.",
        wrong: "- {when: status >= 500, action: retry}\n- {when: status == 503, action: wait}",
        right: "- {when: status == 503, action: wait}\n- {when: status >= 500, action: retry}",
    },
    CodeDoc {
        code: SECRET,
        title: "a secret where it would be shown",
        text: "Settings and constants stand in URLs, logs and generated code. Secrets are credentials: `auth` declares \
               how they travel, and a connection holds them in a type that does not print.",
        wrong: "settings: {api_key: {type: string}}\nserver: https://example.com/${settings.api_key}",
        right: "auth: {key: {type: api_key, in: query.api_key, because: the vendor's page on keys}}",
    },
    CodeDoc {
        code: OTHER_SERVER,
        title: "a base URL that the document does not list",
        text: "The document lists servers, and this is none of them: every call would go elsewhere, with credentials. A \
               setting, or a plain text, may stand for a variable of the document's URL. Where the document is \
               wrong or not complete, say how you know.",
        wrong: "server: https://api.exmaple.com/v1",
        right: "server: {url: 'https://eu.example.com/v1', because: the vendor's page on regions}",
    },
    CodeDoc {
        code: BAD_VERIFY,
        title: "a call that cannot try a connection",
        text: "`gusset connections verify` makes this call to see whether an account's credentials are accepted. It is made \
               at any time, so it changes nothing: a GET, or an operation that is declared `repeat: safe`. One that is \
               sent without credentials tells nothing about them. What it requires is given by `with`.",
        wrong: "verify: create_note",
        right: "verify: {operation: list_notes, with: {query.limit: 1}}",
    },
    CodeDoc {
        code: BAD_GIVEN,
        title: "a setting that cannot come with tokens",
        text: "`gives` says which settings the token endpoint's answer has (`body.instance_url`), or what a user comes back \
               with (`query.realmId`). Such a setting is a text without a default, and is known when there is a token: \
               the base URL may have it in it, and what is needed to get tokens may not.",
        wrong: "token_url: ${settings.instance_url}/token\ngives: {instance_url: body.instance_url}",
        right: "token_url: https://login.example.com/token\ngives: {instance_url: body.instance_url}",
    },
];
