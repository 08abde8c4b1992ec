use crate::kit::{answer, received, sent};
use crate::secrets::operations::{CreateUser, SignIn};
use crate::secrets::types::{SignInBody, UserInput};
use gusset::Secret;

fn user() -> UserInput {
    let mut user = UserInput::new("Ada", "hunter2");
    user.old_phrases = Some(vec!["hunter1".into()]);
    user.signing_key = Some("hunter3".into());
    user
}

#[test]
fn secrets_go_to_the_wire_and_nowhere_else() {
    let operation = CreateUser::new("hunter4", user());
    let request = sent(&operation);
    assert_eq!(request.headers["pin"], "hunter4");
    let body =
        r#"{"name":"Ada","phrase":"hunter2","old_phrases":["hunter1"],"signing_key":"hunter3"}"#;
    assert_eq!(request.text(), body);
    assert_eq!(
        sent(&SignIn::new(SignInBody::new("Ada", "hunter2"))).text(),
        "user=Ada&password=hunter2"
    );
    let shown = format!("{operation:?} {:?}", user());
    assert!(shown.contains("Ada") && !shown.contains("hunter"), "{shown}");
}

#[test]
fn what_is_answered_shows_only_what_is_no_secret() {
    let body =
        r#"{"issue_key":"A-1","access_token":"hunter2","client_secret":null,"page_token":"p"}"#;
    let operation = CreateUser::new("hunter4", user());
    let account = received(&operation, answer(200, "application/json", body)).unwrap();
    assert_eq!(account.access_token, Secret::from("hunter2"));
    assert_eq!((account.issue_key.as_str(), account.page_token.as_deref()), ("A-1", Some("p")));
    let shown = format!("{account:?}");
    assert!(shown.contains("A-1") && !shown.contains("hunter"), "{shown}");
    // An error says where, and not what.
    let wrong = body.replace(r#""hunter2""#, "20261122");
    let error = received(&operation, answer(200, "application/json", wrong)).unwrap_err();
    assert!(error.to_string().contains("access_token"), "{error}");
    assert!(!error.to_string().contains("2026"), "{error}");
}
