use crate::kit::{Provider, block_on, json};
use crate::ways_to_authorise::operations::GetThing;
use crate::ways_to_authorise::{Client, Credentials, Settings};
use gusset::serde_json::json;

#[test]
fn users_are_asked_and_their_consent_becomes_tokens() {
    let authorization = Credentials::user_authorization(&Settings::new("acme"));
    let begun = authorization.begin("id", "https://app.example.com/back").unwrap();
    let asked = |text: &str| begun.url.contains(text);
    assert!(
        begun
            .url
            .starts_with("https://login.example.com/authorize?response_type=code&client_id=id&")
    );
    assert!(asked("&scope=read&") && asked("&code_challenge_method=S256"), "{}", begun.url);
    assert!(asked("&prompt=consent&login_hint=admin%40acme"), "{}", begun.url);

    let tokens = json!({"access_token": "a", "refresh_token": "r"});
    let provider = Provider::answering([json(200, &tokens)]);
    let back = format!("https://app.example.com/back?code=c&state={}", begun.state.expose());
    let done = authorization.finish(&begun, &back, "id", "", provider.options());
    assert_eq!(block_on(done).unwrap().tokens.refresh.unwrap().expose(), "r");
    let asked = provider.sent()[0].text().to_owned();
    assert!(asked.ends_with("&client_id=id&audience=https%3A%2F%2Fapi.example.com"), "{asked}");
}

#[test]
fn calls_are_signed() {
    let provider = Provider::answering([json(200, &json!({"id": "1"}))]);
    let credentials = Credentials::signed("consumer", "hidden", "token", "hidden");
    let client = Client::new(credentials, &Settings::new("acme"), provider.options()).unwrap();
    block_on(client.send(&GetThing { id: "1".to_owned() })).unwrap();
    let sent = provider.sent();
    let header = sent[0].header("authorization");
    assert!(
        header.starts_with("OAuth realm=\"acme\", oauth_consumer_key=\"consumer\", "),
        "{header}"
    );
    assert!(!header.contains("hidden"));
}

#[test]
fn a_key_that_is_none_is_told_before_anything_is_sent() {
    for credentials in
        [Credentials::service("issuer", "subject", "hidden"), Credentials::machine("id", "hidden")]
    {
        let made = Client::new(credentials, &Settings::new("acme"), gusset::Options::default());
        let error = made.unwrap_err().to_string();
        assert!(error.contains("the private key: it is no PEM"), "{error}");
        assert!(!error.contains("hidden"), "{error}");
    }
}
