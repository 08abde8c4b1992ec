// src/operations.rs
//! Operations of Secrets: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /users`.
#[derive(Clone, Debug)]
pub struct CreateUser {
    pub pin: gusset::Secret,
    pub body: types::UserInput,
}
gusset::operation!(CreateUser: post "/users" as "create_user" -> types::Account {
    header pin, json body
} new(pin: impl Into<gusset::Secret>, body: types::UserInput));

/// Calls `POST /sign-in`.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::SignInBody,
}
gusset::operation!(SignIn: post "/sign-in" as "sign_in" {
    form body
} new(body: types::SignInBody));

// src/types.rs
//! Types of Secrets: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct UserInput {
    pub name: String,
    /// What nobody should see.
    pub phrase: gusset::Secret,
    pub old_phrases: Option<Vec<gusset::Secret>>,
    pub signing_key: Option<gusset::Secret>,
}
gusset::record!(UserInput: write {
    name, phrase, [old_phrases, signing_key]
} new(name: impl Into<String>, phrase: impl Into<gusset::Secret>));

#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub issue_key: String,
    pub access_token: gusset::Secret,
    pub client_secret: Option<gusset::Secret>,
    pub page_token: Option<String>,
}
gusset::record!(Account: read { issue_key, access_token, [client_secret, page_token] });

#[derive(Clone, Debug, PartialEq)]
pub struct SignInBody {
    pub user: String,
    pub password: gusset::Secret,
}
gusset::record!(SignInBody: write {
    user, password
} new(user: impl Into<String>, password: impl Into<gusset::Secret>));
