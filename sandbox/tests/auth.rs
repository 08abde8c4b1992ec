//! Each way to authorise, over HTTP.
#![allow(clippy::unwrap_used)]

mod kit;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gusset_compiler::ir::{AuthKind, ClientAuth, KeyIn, OAuthFlow, Signing};
use gusset_sandbox::{Credential, Sandbox};
use kit::{Kit, Time, form, http, required};
use reqwest::RequestBuilder;
use serde_json::Value;
use std::time::Duration;

/// A shop with that authorisation and an operation without a resource.
fn shop(declare: impl FnOnce(&mut Kit)) -> Kit {
    let mut kit = Kit::new();
    let text = kit.text();
    let output = kit.object(&[required("name", text)]);
    kit.operation("whoami", "GET /whoami", Some(output));
    let error = kit.object(&[required("message", text), required("code", text)]);
    kit.shop().operations["whoami"].error = Some(error);
    kit.shop().errors.message = Some(gusset_compiler::ir::ErrorText::Body("/message".to_owned()));
    kit.shop().errors.code = Some(gusset_compiler::ir::ErrorText::Body("/code".to_owned()));
    declare(&mut kit);
    kit
}

async fn status(sandbox: &Sandbox, with: impl FnOnce(RequestBuilder) -> RequestBuilder) -> u16 {
    let request = http().get(format!("{}/whoami", sandbox.url()));
    with(request).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn bearer() {
    let (sandbox, _) = shop(|kit| kit.auth("token", AuthKind::Bearer)).start(1).await;
    let Credential::Bearer { token } = &sandbox.credentials()["token"] else { unreachable!() };
    assert_eq!(status(&sandbox, |r| r.bearer_auth(token)).await, 200);
    let refused =
        http().get(format!("{}/whoami", sandbox.url())).bearer_auth("x").send().await.unwrap();
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.headers()["www-authenticate"], "Bearer");
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["code"], "unauthorized");
    assert!(body["message"].as_str().unwrap().contains("credentials"));
}

#[tokio::test]
async fn basic() {
    let (sandbox, _) = shop(|kit| kit.auth("user", AuthKind::Basic)).start(1).await;
    let Credential::Basic { user, password } = &sandbox.credentials()["user"] else {
        unreachable!()
    };
    assert_eq!(status(&sandbox, |r| r.basic_auth(user, Some(password))).await, 200);
    assert_eq!(status(&sandbox, |r| r.basic_auth(user, Some("x"))).await, 401);
}

#[tokio::test]
async fn api_keys() {
    let header = KeyIn::Header { name: "X-Key".to_owned(), prefix: "Key ".to_owned() };
    for place in [header, KeyIn::Query("key".to_owned()), KeyIn::Cookie("key".to_owned())] {
        let (sandbox, _) =
            shop(|kit| kit.auth("key", AuthKind::ApiKey(place.clone()))).start(1).await;
        let Credential::ApiKey { key } = &sandbox.credentials()["key"] else { unreachable!() };
        let send = |r: RequestBuilder, key: &str| match &place {
            KeyIn::Header { .. } => r.header("x-key", format!("Key {key}")),
            KeyIn::Query(_) => http().get(format!("{}/whoami?key={key}", sandbox.url())),
            KeyIn::Cookie(_) => r.header("cookie", format!("a=b; key={key}")),
        };
        assert_eq!(status(&sandbox, |r| send(r, key)).await, 200, "{place:?}");
        assert_eq!(status(&sandbox, |r| send(r, "x")).await, 401, "{place:?}");
        assert_eq!(status(&sandbox, |r| r).await, 401, "{place:?}");
    }
}

async fn token(sandbox: &Sandbox, pairs: &[(&str, &str)]) -> (u16, Value) {
    let response =
        form(http().post(sandbox.token_url("oauth").unwrap()), pairs).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn client_credentials_and_expiry() {
    let kit = shop(|kit| kit.oauth("oauth", OAuthFlow::ClientCredentials, ClientAuth::Body));
    let (sandbox, time) = kit.start(1).await;
    let Credential::ClientCredentials { client_id, client_secret } =
        &sandbox.credentials()["oauth"]
    else {
        unreachable!()
    };
    let grant = ("grant_type", "client_credentials");
    let (code, body) =
        token(&sandbox, &[grant, ("client_id", client_id), ("client_secret", client_secret)]).await;
    assert_eq!(code, 200);
    let access = body["access_token"].as_str().unwrap();
    let life = body["expires_in"].as_u64().unwrap();
    assert_eq!(status(&sandbox, |r| r.bearer_auth(access)).await, 200);
    time.pass(Duration::from_secs(life));
    assert_eq!(status(&sandbox, |r| r.bearer_auth(access)).await, 401);
    let (code, body) =
        token(&sandbox, &[grant, ("client_id", client_id), ("client_secret", "x")]).await;
    assert_eq!((code, body["error"].as_str()), (401, Some("invalid_client")));
    assert_eq!(sandbox.token_url("nobody"), None);
}

/// An assertion without a signature, which no sandbox looks at.
fn assertion(issuer: &str, subject: &str, end: i64) -> String {
    let claims = serde_json::json!({"iss": issuer, "sub": subject, "aud": "here", "exp": end});
    let text = |bytes: &str| URL_SAFE_NO_PAD.encode(bytes);
    format!("{}.{}.x", text("{}"), text(&claims.to_string()))
}

#[tokio::test]
async fn signed_assertions() {
    let flow = OAuthFlow::JwtBearer(Signing::Rs256);
    let kit = shop(|kit| kit.oauth("oauth", flow, ClientAuth::Body));
    let (sandbox, time) = kit.start(1).await;
    let Credential::JwtBearer { issuer, subject } = &sandbox.credentials()["oauth"] else {
        unreachable!()
    };
    let now = time.millis() / 1000;
    let grant = ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    let asked =
        async |assertion: String| token(&sandbox, &[grant, ("assertion", &assertion)]).await;
    let (code, body) = asked(assertion(issuer, subject, now + 60)).await;
    assert_eq!(code, 200);
    let access = body["access_token"].as_str().unwrap();
    assert_eq!(status(&sandbox, |r| r.bearer_auth(access)).await, 200);
    for wrong in [
        assertion("somebody", subject, now + 60),
        assertion(issuer, "somebody", now + 60),
        assertion(issuer, subject, now - 1),
        "nothing".to_owned(),
    ] {
        assert_eq!(asked(wrong).await.0, 401);
    }
}

#[tokio::test]
async fn a_client_shows_itself_by_an_assertion_or_not_at_all() {
    let signed = ClientAuth::PrivateKeyJwt(Signing::Es256);
    let kit = shop(|kit| kit.oauth("oauth", OAuthFlow::ClientCredentials, signed));
    let (sandbox, time) = kit.start(1).await;
    let Credential::ClientCredentials { client_id, .. } = &sandbox.credentials()["oauth"] else {
        unreachable!()
    };
    let grant = ("grant_type", "client_credentials");
    let id = ("client_id", client_id.as_str());
    let shown = assertion(client_id, client_id, time.millis() / 1000 + 60);
    assert_eq!(token(&sandbox, &[grant, id, ("client_assertion", &shown)]).await.0, 200);
    assert_eq!(token(&sandbox, &[grant, id]).await.0, 401);

    let kit = shop(|kit| kit.oauth("oauth", OAuthFlow::RefreshToken, ClientAuth::Public));
    let (sandbox, _) = kit.start(1).await;
    let Credential::RefreshToken { client_id, refresh_token, .. } = &sandbox.credentials()["oauth"]
    else {
        unreachable!()
    };
    let grant = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
        ("client_id", client_id),
    ];
    assert_eq!(token(&sandbox, &grant).await.0, 200);
    let with_secret = [grant.as_slice(), &[("client_secret", "s")]].concat();
    assert_eq!(token(&sandbox, &with_secret).await.0, 401);
}

#[tokio::test]
async fn signed_calls() {
    let kit = shop(|kit| kit.auth("erp", AuthKind::OAuth1 { realm: None }));
    let (sandbox, _) = kit.start(1).await;
    let Credential::OAuth1 { consumer_key, token, .. } = &sandbox.credentials()["erp"] else {
        unreachable!()
    };
    let signed = |key: &str| {
        let header = format!("OAuth oauth_consumer_key=\"{key}\", oauth_token=\"{token}\"");
        status(&sandbox, move |r| r.header("authorization", header))
    };
    assert_eq!(signed(consumer_key).await, 200);
    assert_eq!(signed("another").await, 401);
}

#[tokio::test]
async fn refresh_tokens_rotate() {
    let kit = shop(|kit| kit.oauth("oauth", OAuthFlow::RefreshToken, ClientAuth::Basic));
    let sandbox = Sandbox::builder(kit.ir)
        .rotate_refresh_tokens()
        .clock(Time::default().clock())
        .start()
        .await
        .unwrap();
    let Credential::RefreshToken { client_id, client_secret, refresh_token } =
        &sandbox.credentials()["oauth"]
    else {
        unreachable!()
    };
    let refresh = |refresh_token: String| {
        let request = http()
            .post(sandbox.token_url("oauth").unwrap())
            .basic_auth(client_id, Some(client_secret));
        async move {
            let pairs = [("grant_type", "refresh_token"), ("refresh_token", &refresh_token)];
            let response = form(request, &pairs).send().await.unwrap();
            (response.status().as_u16(), response.json::<Value>().await.unwrap())
        }
    };
    let (code, first) = refresh(refresh_token.clone()).await;
    assert_eq!(code, 200);
    assert_eq!(
        status(&sandbox, |r| r.bearer_auth(first["access_token"].as_str().unwrap())).await,
        200
    );
    let (code, again) = refresh(refresh_token.clone()).await;
    assert_eq!((code, again["error"].as_str()), (400, Some("invalid_grant")));
    assert_eq!(refresh(first["refresh_token"].as_str().unwrap().to_owned()).await.0, 200);
    sandbox.expire_tokens();
    assert_eq!(
        status(&sandbox, |r| r.bearer_auth(first["access_token"].as_str().unwrap())).await,
        401
    );
}
