//! Authorisation by a user's consent, by signed assertions, and by signed calls.

use crate::support::{PLAIN, Ping, Provider, Reply, Seen, ok, pong, status};
use gusset::serde_json::{Value, json};
use gusset::{Auth, Authorization, ClientAuth, Error, OAuth, OAuth1, Options, Retry, Signing};

/// A key that was made for tests.
const KEY: &str = include_str!("../../src/auth/testdata/rsa.pem");

fn form(seen: &Seen, name: &str) -> Option<String> {
    let body = Seen { query: seen.text().to_owned(), ..seen.clone() };
    body.query(name)
}

fn of_url(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find_map(|(known, value)| (known == name).then(|| value.to_owned()))
}

fn authorization(provider: &Provider) -> Authorization {
    let oauth = OAuth::new(format!("{}/token", provider.url), &["read", "write"], ClientAuth::Body);
    Authorization::new("plain", oauth, "https://login.example.com/authorize?tenant=common")
        .with_parameter("access_type", "offline")
}

async fn provider() -> Provider {
    Provider::start(|_, _| {
        ok(json!({
            "access_token": "access", "refresh_token": "refresh", "expires_in": 3600,
            "instance_url": "https://acme.example.com", "issued_at": 17, "id_token": "hidden",
        }))
    })
    .await
}

#[tokio::test]
async fn consent_becomes_tokens() {
    let provider = provider().await;
    let authorization = authorization(&provider);
    let begun = authorization.begin("id", "http://127.0.0.1:7000/callback").unwrap();
    let asked = |name: &str| of_url(&begun.url, name);
    assert!(begun.url.starts_with("https://login.example.com/authorize?tenant=common&"));
    assert_eq!(asked("response_type").as_deref(), Some("code"));
    assert_eq!(asked("scope").as_deref(), Some("read+write"));
    assert_eq!(asked("access_type").as_deref(), Some("offline"));
    assert_eq!(asked("code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(asked("state").as_deref(), Some(begun.state.expose()));
    let kept = gusset::serde_json::to_string(&begun).unwrap();
    let begun = gusset::serde_json::from_str(&kept).unwrap();

    let state = asked("state").unwrap();
    let came_back =
        format!("http://127.0.0.1:7000/callback?code=a%20code&state={state}&realmId=123");
    let done = authorization.finish(&begun, &came_back, "id", "s3cret", Options::default()).await;
    let done = done.unwrap();
    assert_eq!(done.tokens.access.expose(), "access");
    assert_eq!(done.tokens.refresh.unwrap().expose(), "refresh");
    assert_eq!(done.tokens.rest["instance_url"], "https://acme.example.com");
    assert!(!done.tokens.rest.contains_key("id_token"));
    assert_eq!(done.parameters, [("realmId".to_owned(), "123".to_owned())]);
    let seen = &provider.seen()[0];
    assert_eq!(form(seen, "grant_type").as_deref(), Some("authorization_code"));
    assert_eq!(form(seen, "code").as_deref(), Some("a code"));
    assert_eq!(form(seen, "redirect_uri").as_deref(), Some("http://127.0.0.1:7000/callback"));
    assert_eq!(form(seen, "code_verifier").as_deref(), Some(begun.verifier.unwrap().expose()));
    assert_eq!(form(seen, "client_secret").as_deref(), Some("s3cret"));
}

#[tokio::test]
async fn nobody_comes_back_in_anothers_place() {
    let provider = provider().await;
    let authorization = authorization(&provider);
    let begun = authorization.begin("id", "http://127.0.0.1:7000/callback").unwrap();
    let state = begun.state.expose();
    for (came_back, why) in [
        ("?code=stolen".to_owned(), "`state` is another one, or missing"),
        ("?code=stolen&state=guessed".to_owned(), "`state` is another one, or missing"),
        ("?error=access_denied&state=guessed".to_owned(), "`state` is another one, or missing"),
        (
            format!("?error=access_denied&error_description=No+thanks&state={state}"),
            "refused: access_denied: No thanks",
        ),
        (format!("?state={state}"), "gave no code"),
    ] {
        let done =
            authorization.finish(&begun, &came_back, "id", "s3cret", Options::default()).await;
        let error = done.unwrap_err();
        assert!(matches!(error, Error::Auth { .. }), "{error:?}");
        assert!(error.to_string().contains(why), "{error}");
        assert!(!error.to_string().contains("stolen"), "{error}");
    }
    assert_eq!(provider.count(), 0);
}

#[tokio::test]
async fn a_code_is_shown_once() {
    let provider = Provider::start(|_, _| status(503, json!({}))).await;
    let authorization = authorization(&provider);
    let begun = authorization.begin("id", "http://127.0.0.1:7000/callback").unwrap();
    let came_back = format!("?code=c&state={}", begun.state.expose());
    let done = authorization.finish(&begun, &came_back, "id", "s", Options::default()).await;
    assert!(done.is_err());
    assert_eq!(provider.count(), 1);
}

#[tokio::test]
async fn a_public_client_has_no_secret() {
    let provider = provider().await;
    let oauth = OAuth::new(format!("{}/token", provider.url), &[], ClientAuth::Public);
    let authorization =
        Authorization::new("plain", oauth, "http://127.0.0.1:9/authorize").without_pkce();
    let begun = authorization.begin("id", "http://127.0.0.1:7000/callback").unwrap();
    assert_eq!((begun.verifier.is_none(), of_url(&begun.url, "code_challenge")), (true, None));
    let came_back = format!("?code=c&state={}", begun.state.expose());
    authorization.finish(&begun, &came_back, "id", "", Options::default()).await.unwrap();
    let seen = &provider.seen()[0];
    assert_eq!(
        seen.text(),
        "grant_type=authorization_code&code=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A7000%2Fcallback&client_id=id"
    );
}

#[test]
fn a_page_in_the_clear_is_refused() {
    let oauth = OAuth::new("https://login.example.com/token", &[], ClientAuth::Body);
    let authorization = Authorization::new("plain", oauth, "http://login.example.com/authorize");
    assert!(matches!(authorization.begin("id", "x"), Err(Error::Config { .. })));
}

/// What an assertion says, without a look at its signature.
fn claims(assertion: &str) -> Value {
    let claims = assertion.split('.').nth(1).unwrap();
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in claims.bytes() {
        bits = bits << 6 | letters.iter().position(|known| *known == letter).unwrap() as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    gusset::serde_json::from_slice(&bytes).unwrap()
}

fn answers() -> impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static {
    |seen, _| match seen.path.as_str() {
        "/token" => ok(json!({"access_token": "access"})),
        _ => pong(),
    }
}

#[tokio::test]
async fn an_assertion_gets_tokens() {
    let provider = Provider::start(answers()).await;
    let oauth = OAuth::new(format!("{}/token", provider.url), &["api"], ClientAuth::Body)
        .with_audience("https://login.example.com")
        .with_parameter("resource", "https://api.example.com");
    let auth = Auth::jwt_bearer(oauth, Signing::Rs256, "client", "me@example.com", KEY);
    let client = provider.client_with(&PLAIN, auth, Options::default());
    client.send(&Ping).await.unwrap();
    let seen = provider.seen();
    let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    assert_eq!(form(&seen[0], "grant_type").as_deref(), Some(grant));
    assert_eq!(form(&seen[0], "resource").as_deref(), Some("https://api.example.com"));
    assert_eq!(form(&seen[0], "client_secret"), None);
    let said = claims(&form(&seen[0], "assertion").unwrap());
    assert_eq!(
        (&said["iss"], &said["sub"], &said["aud"], &said["scope"]),
        (
            &json!("client"),
            &json!("me@example.com"),
            &json!("https://login.example.com"),
            &json!("api")
        )
    );
    assert_eq!(seen[1].header("authorization"), Some("Bearer access"));
}

#[tokio::test]
async fn a_client_shows_itself_by_an_assertion() {
    let provider = Provider::start(answers()).await;
    let token_url = format!("{}/token", provider.url);
    let client = ClientAuth::PrivateKeyJwt(Signing::Rs256);
    let auth = Auth::client_credentials(OAuth::new(&token_url, &[], client), "id", KEY);
    provider.client_with(&PLAIN, auth, Options::default()).send(&Ping).await.unwrap();
    let seen = &provider.seen()[0];
    let said = claims(&form(seen, "client_assertion").unwrap());
    assert_eq!(
        (&said["iss"], &said["sub"], &said["aud"]),
        (&json!("id"), &json!("id"), &json!(token_url))
    );
    assert_eq!(form(seen, "client_id").as_deref(), Some("id"));
    assert!(!seen.text().contains("PRIVATE"));
}

#[tokio::test]
async fn a_wrong_key_is_told_before_anything_is_sent() {
    let oauth = OAuth::new("https://login.example.com/token", &[], ClientAuth::Body);
    let auth = Auth::jwt_bearer(oauth, Signing::Es256, "client", "me", KEY);
    let made = gusset::Client::new(&PLAIN, "https://a.example.com", auth, Options::default());
    let error = made.unwrap_err().to_string();
    assert!(error.contains("no key of the curve P-256 for ES256"), "{error}");
}

#[tokio::test]
async fn each_attempt_is_signed_anew() {
    let provider = Provider::start(|_, before| match before {
        0 => status(503, json!({})),
        _ => pong(),
    })
    .await;
    let auth = Auth::oauth1(OAuth1 {
        realm: Some("123".to_owned()),
        consumer_key: "key".to_owned(),
        consumer_secret: "consumer-s3cret".into(),
        token: "token".to_owned(),
        token_secret: "token-s3cret".into(),
    });
    let retry = Retry { base: std::time::Duration::ZERO, ..Retry::default() };
    let client = provider.client_with(&PLAIN, auth, Options::default().with_retry(retry));
    client.send(&Ping).await.unwrap();
    let seen = provider.seen();
    let signed: Vec<&str> = seen.iter().map(|seen| seen.header("authorization").unwrap()).collect();
    assert!(signed[0].starts_with("OAuth realm=\"123\", oauth_consumer_key=\"key\", "));
    assert_eq!(signed.len(), 2);
    assert_ne!(signed[0], signed[1]);
    assert!(!signed[0].contains("s3cret"));
}
