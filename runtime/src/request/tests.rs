#![allow(clippy::unwrap_used)]
use super::*;
use crate::operation::Integration;
use proptest::prelude::*;
use serde_json::json;

static NOBODY: Integration = Integration {
    name: "x",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &[],
};

fn request(path: &'static str) -> Request {
    Request::new(Box::leak(Box::new(OperationMeta::post(&NOBODY, "get", path))))
}

fn url(request: &Request) -> String {
    let server = Url::parse("https://x.test/base/").unwrap();
    request.build(&server).unwrap().url.to_string()
}

fn body(request: &Request) -> String {
    let server = Url::parse("https://x.test").unwrap();
    String::from_utf8(request.build(&server).unwrap().body.to_vec()).unwrap()
}

#[test]
fn parameters_of_every_type() {
    let mut request = request("/x?fixed=1");
    request.query("a b", &true);
    request.query("c", &Some(1.5));
    request.query("d", &None::<i32>);
    request.query("e", &"2026-11-22T10:00:00Z".parse::<jiff::Timestamp>().unwrap());
    request.query("f", &jiff::civil::date(2026, 11, 22));
    request.query("g", &json!({"h": [1]}));
    request.query("i", &Value::Null);
    assert_eq!(
        url(&request),
        "https://x.test/base/x?fixed=1&a%20b=true&c=1.5&e=2026-11-22T10%3A00%3A00Z&f=2026-11-22&g=%7B%22h%22%3A%5B1%5D%7D"
    );
}

#[test]
fn headers_and_cookies() {
    let mut request = request("/x");
    request.header("If-Match", "\"a\"").unwrap();
    request.cookie("a", "1; b");
    request.cookie("c", &2);
    assert!(request.header("X-A", "line\r\nbreak").is_err());
    let built = request.build(&Url::parse("https://x.test").unwrap()).unwrap();
    assert_eq!(built.headers["if-match"], "\"a\"");
    assert_eq!(built.headers["cookie"], "a=1%3B%20b; c=2");
}

#[test]
fn setting_replaces_and_creates() {
    let mut request = request("/x");
    request.query("after", "1");
    request.set(&Slot::Query("after"), "2").unwrap();
    assert_eq!(url(&request), "https://x.test/base/x?after=2");
    assert_eq!(request.get(&Slot::Query("after")).unwrap(), "2");

    request.set(&Slot::Body("/filters/0/values/0"), "x").unwrap();
    request.set(&Slot::Body("/filters/1/name"), "y").unwrap();
    request.set_number(&Slot::Body("/limit"), 3).unwrap();
    request.set(&Slot::Body("/limit"), "4").unwrap();
    request.set(&Slot::Body("/a~1b"), "5").unwrap();
    request.set(&Slot::Number("/n"), "6").unwrap();
    assert_eq!(
        body(&request),
        r#"{"filters":[{"values":["x"]},{"name":"y"}],"limit":4,"a/b":"5","n":6}"#
    );
    for nowhere in ["/filters/9", "/filters/x", "/limit/0"] {
        assert!(request.set(&Slot::Body(nowhere), "z").is_err(), "{nowhere}");
    }
}

#[test]
fn a_path_that_takes_whole_numbers_takes_no_other_text() {
    let mut request = request("/x/{id}");
    for text in ["", "-", "a", "1a", "1.5", "+1", " 1", "--1", "１"] {
        let error = request.set(&Slot::Digits("id"), text).unwrap_err().to_string();
        assert!(error.contains("`id` of /x/{id} takes a whole number"), "{text}: {error}");
    }
    for number in ["0", "-7", "007", "123456789012345678901234567890"] {
        request.set(&Slot::Digits("id"), number).unwrap();
        assert_eq!(url(&request), format!("https://x.test/base/x/{number}"));
    }
    assert_eq!(request.get(&Slot::Digits("id")).unwrap(), "123456789012345678901234567890");
}

#[test]
fn a_json_body_keeps_its_order_when_something_is_set_in_it() {
    let mut request = request("/x");
    request.json(&json!({"z": 1, "a": {"b": null}})).unwrap();
    request.set(&Slot::Body("/a/b/c"), "2").unwrap();
    assert_eq!(body(&request), r#"{"z":1,"a":{"b":{"c":"2"}}}"#);
    request.bytes("text/plain", "x").unwrap();
    assert!(request.set(&Slot::Body("/a"), "2").is_err());
}

#[test]
fn forms() {
    let mut request = request("/x");
    let value = json!({"a": "1 &", "b": [1, 2], "c": {"d": true, "e": [{"f": 1}]}, "g": null});
    request.form(&value).unwrap();
    assert_eq!(
        body(&request),
        "a=1%20%26&b=1&b=2&c=%7B%22d%22%3Atrue%2C%22e%22%3A%5B%7B%22f%22%3A1%7D%5D%7D"
    );
    request.set(&Slot::Body("/a"), "2").unwrap();
    assert!(body(&request).starts_with("a=2&"));
}

#[test]
fn paths_that_do_not_begin_with_a_slash_and_broken_templates() {
    assert_eq!(url(&request("x/y")), "https://x.test/base/x/y");
    assert_eq!(url(&request("/x{")), "https://x.test/base/x%7B");
}

proptest! {
    #[test]
    fn a_path_parameter_never_leaves_its_segment(value in ".*") {
        let mut request = request("/users/{id}/files");
        request.path("id", &value);
        if let Ok(built) = request.build(&Url::parse("https://x.test").unwrap()) {
            let segments: Vec<&str> = built.url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 3);
            prop_assert_eq!(segments[0], "users");
            prop_assert_eq!(segments[2], "files");
            prop_assert!(built.url.query().is_none() && built.url.fragment().is_none());
        } else {
            prop_assert!(matches!(value.as_str(), "" | "." | ".."));
        }
    }

    #[test]
    fn a_query_value_comes_back_as_it_was(value in ".*") {
        let mut request = request("/x");
        request.query("a", &value);
        let built = request.build(&Url::parse("https://x.test").unwrap()).unwrap();
        let (_, back) = built.url.query_pairs().next().unwrap();
        prop_assert_eq!(back.as_ref(), value.as_str());
    }

    #[test]
    fn setting_never_panics(pointer in "(/[a-z0-9~/]{0,3}){0,6}", text in ".*") {
        let mut request = request("/x");
        let pointer: &'static str = String::leak(pointer);
        let _ = request.set(&Slot::Body(pointer), &text);
        let _ = request.set_number(&Slot::Body(pointer), 3);
    }
}
