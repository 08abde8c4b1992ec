#![allow(clippy::unwrap_used)]
use super::*;
use crate::operation::Integration;
use crate::transport::Answer;

static NOBODY: Integration = Integration {
    name: "x",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &[],
};
static META: OperationMeta = OperationMeta::get(&NOBODY, "get", "/");

fn response(retry_after: &str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", retry_after.parse().unwrap());
    let answer = Answer { status: StatusCode::OK, headers, body: Bytes::from_static(b"{\"a\":1}") };
    let received = "2026-11-22T10:00:00Z".parse().unwrap();
    Response::new(&META, url::Url::parse("https://x.test").unwrap(), answer, received)
}

#[test]
fn retry_after_in_every_form() {
    let week = LONGEST_WAIT.as_secs();
    for (text, seconds) in [
        ("0", Some(0)),
        (" 30 ", Some(30)),
        ("-5", Some(0)),
        ("Sun, 22 Nov 2026 10:01:00 GMT", Some(60)),
        ("Sun, 22 Nov 2026 09:00:00 GMT", Some(0)),
        ("Fri, 22 Nov 2126 09:00:00 GMT", Some(week)),
        ("99999999999999999999999999", Some(week)),
        ("inf", Some(week)),
        ("NaN", None),
        ("soon", None),
        ("", None),
    ] {
        assert_eq!(response(text).retry_after().map(|wait| wait.as_secs()), seconds, "{text}");
    }
    assert_eq!(response("1.5").retry_after(), Some(Duration::from_millis(1500)));
}

#[test]
fn a_body_is_parsed_once_and_kept() {
    let response = response("0");
    let first = response.json_value().unwrap();
    assert_eq!(first["a"], 1);
    assert!(std::ptr::eq(first, response.json_value().unwrap()));
}
