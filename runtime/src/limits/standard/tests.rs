#![allow(clippy::unwrap_used)]
use super::*;
use crate::limits::{Observe, Scope};
use crate::operation::{Integration, OperationMeta};
use crate::transport::Answer;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

static INTEGRATION: Integration = Integration {
    name: "test",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &[],
};
/// A moment of our time.
const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_500_000_000, 0);

static META: OperationMeta = OperationMeta::get(&INTEGRATION, "call", "/");

fn response(fields: &[(&str, &str)]) -> Response {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let answer = Answer { status: StatusCode::OK, headers, body: bytes::Bytes::new() };
    Response::new(&META, "https://x.test".parse().unwrap(), answer, NOW)
}

fn quota(calls: u32, seconds: u64, cost: &'static [(&'static str, u32)]) -> Limit {
    let kind = LimitKind::Quota { calls, per: Duration::from_secs(seconds) };
    Limit { name: "burst", kind, scope: Scope::Connection, cost, observe: Observe::NOTHING }
}

/// Calls that are left of 100 a minute, and the reset in seconds.
#[track_caller]
fn check(fields: &[(&str, &str)], expect: Option<(u32, Option<u64>)>) {
    let left = left(&quota(100, 60, &[]), &response(fields));
    let left = left.map(|left| (left.calls, left.reset.map(|reset| reset.as_secs())));
    assert_eq!(left, expect, "{fields:?}");
}

#[test]
fn reads_every_version_of_the_fields() {
    check(&[("ratelimit", r#""default";r=50;t=30"#)], Some((50, Some(30))));
    check(&[("ratelimit", r#" "default" ; r=50 ; t=30 "#)], Some((50, Some(30))));
    check(&[("ratelimit", "default;r=50;t=30")], Some((50, Some(30))));
    check(&[("ratelimit", r#""default";r=50"#)], Some((50, None)));
    check(&[("ratelimit", r#""a,b;r=1\";r=2";r=50;t=30"#)], Some((50, Some(30))));
    check(&[("ratelimit", "limit=100, remaining=50, reset=30")], Some((50, Some(30))));
    let trio =
        [("ratelimit-limit", "100"), ("ratelimit-remaining", "50"), ("ratelimit-reset", "30")];
    check(&trio, Some((50, Some(30))));
    check(&trio[..2], Some((50, None)));
}

#[test]
fn fields_of_custom_are_believed_where_their_limit_is_the_quotas() {
    let fields = |limit, left, reset| {
        [
            ("x-ratelimit-limit", limit),
            ("x-ratelimit-remaining", left),
            ("x-ratelimit-reset", reset),
        ]
    };
    check(&fields("100", "50", "30"), Some((50, Some(30))));
    check(&fields("100", "50", "30")[..2], Some((50, None)));
    // Received in 1970 plus a billion seconds and a half.
    check(&fields("100", "0", "1500000040"), Some((0, Some(40))));
    check(&fields("100", "0", "1500000040000"), Some((0, Some(40))));
    check(&fields("100", "0", "1499999999"), Some((0, Some(0))));
    check(&fields(" 100 ", " 7 ", "30.5"), Some((7, Some(30))));
    for wrong in [
        fields("5000", "50", "30"),
        fields("", "50", "30"),
        fields("100, 100;w=60", "50", "30"),
        fields("100", "-1", "30"),
        fields("100", "many", "30"),
        fields("100", "50", "-30"),
        fields("100", "50", "soon"),
        fields("100", "50", "NaN"),
        fields("100", "50", "inf"),
        fields("100", "50", "700000"),
        fields("100", "50", "1600000000"),
        fields("100", "50", "99999999999999999999999999"),
    ] {
        check(&wrong, None);
    }
    check(&fields("100", "50", "30")[1..], None);
    let other = [("x-rate-limit-limit", "100"), ("x-rate-limit-remaining", "50")];
    check(&other, Some((50, None)));
    let standard = ("ratelimit", r#""default";r=9;t=3"#);
    check(&[fields("100", "50", "30")[0], other[1], standard], Some((9, Some(3))));
    let points = quota(100, 60, &[("call", 5)]);
    let told = left(&points, &response(&fields("100", "50", "30")));
    assert_eq!(told.map(|left| left.calls), Some(50));
}

#[test]
fn of_several_policies_the_limits_own_is_believed_or_the_one_that_is_nearest_to_its_end() {
    let both = ("ratelimit", r#""hour";r=7;t=1800, "minute";r=50;t=30"#);
    check(&[both], Some((7, Some(1800))));
    let policies = ("ratelimit-policy", r#""hour";q=5000;w=3600, "minute";q=100;w=60"#);
    check(&[both, policies], Some((50, Some(30))));
    let lines = [("ratelimit", r#""hour";r=7;t=1800"#), ("ratelimit", r#""minute";r=50;t=30"#)];
    check(&[lines[0], lines[1], policies], Some((50, Some(30))));
    let others = ("ratelimit-policy", r#""hour";q=9;w=9;qu="content-bytes", "minute";q=9;w=9"#);
    check(&[both, others], Some((50, Some(30))));
}

#[test]
fn points_are_told_only_by_a_policy_that_is_the_limit() {
    let points = quota(100, 60, &[("call", 5)]);
    let told = ("ratelimit", r#""p";r=50;t=30"#);
    assert_eq!(left(&points, &response(&[told])), None);
    let policy = ("ratelimit-policy", r#""p";q=100;w=60"#);
    assert_eq!(left(&points, &response(&[told, policy])).map(|left| left.calls), Some(50));
}

#[test]
fn what_cannot_be_says_nothing() {
    for wrong in [
        "",
        ",,;;",
        "\"",
        "\"default",
        r#""default""#,
        r#""default";r"#,
        r#""default";r=-1;t=30"#,
        r#""default";r=many;t=30"#,
        r#""default";r=5.5;t=30"#,
        r#""default";r=50;t=-30"#,
        r#""default";r=50;t=315360000"#,
        r#""default";r=50;t=soon"#,
        r#""default";r=99999999999999999999999;t=30"#,
        "limit=100, remaining=-50, reset=30",
        "limit=100, remaining=50, reset=1795341640",
        "r=50;t=30;;;;=;=",
        "ünïcode;r=50;t=\u{fffd}",
    ] {
        check(&[("ratelimit", wrong)], None);
    }
    for reset in ["-1", "1795341640", "Sun, 22 Nov 2026 10:00:40 GMT", "", "x", "1e3"] {
        check(
            &[("ratelimit-remaining", "0"), ("ratelimit-reset", reset)],
            match reset {
                "" => Some((0, None)),
                _ => None,
            },
        );
    }
    let left = left(&quota(100, 60, &[]), &response(&[("ratelimit", "a;r=9999999999;t=1")]));
    assert_eq!(left.map(|left| left.calls), Some(u32::MAX));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}", policy in "[a-z0-9\",;= -]{0,60}") {
        let mut fields = vec![("ratelimit-policy", policy.as_str()), ("ratelimit", policy.as_str())];
        if HeaderValue::from_str(&text).is_ok() {
            fields.push(("ratelimit-remaining", &text));
            let custom = [("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", text.as_str())];
            let custom = [("x-ratelimit-limit", "100"), custom[0], custom[1]];
            let reset = left(&quota(100, 60, &[]), &response(&custom)).and_then(|left| left.reset);
            assert!(reset.is_none_or(|reset| reset.as_secs() <= LONGEST));
        }
        let _ = left(&quota(100, 60, &[]), &response(&fields));
    }
}
