//! Limits, end to end: what is declared is held, what answers tell is believed.

use crate::support::{LeapingClock, Provider, meta, pong, seconds, status, with_limits};
use gusset::http::Method;
use gusset::serde_json::json;
use gusset::{
    Auth, Client, Clock, Error, HttpTransport, Integration, Limit, LimitKind, Observe, Options,
    Repeat, Request, ResetUnit, Scope, Transport,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const fn quota(name: &'static str, calls: u32, per: u64, observe: Observe) -> Limit {
    let kind = LimitKind::Quota { calls, per: Duration::from_secs(per) };
    Limit { name, kind, scope: Scope::Connection, cost: &[], observe }
}

async fn call(client: &Client, integration: &'static Integration) -> Result<u16, Error> {
    let request = Request::new(meta(integration, Method::GET, Repeat::Safe, &[0]));
    client.execute(request).await.map(|response| response.status())
}

#[tokio::test]
async fn a_quota_is_held() {
    static LIMITS: [Limit; 1] = [quota("burst", 3, 10, Observe::NOTHING)];
    let integration = with_limits("held", &LIMITS);
    let provider = Provider::start(|_, _| pong()).await;
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone());
    let client = provider.client_with(integration, Auth::none(), options);
    for _ in 0..7 {
        call(&client, integration).await.unwrap();
    }
    assert_eq!(clock.slept(), [seconds(10), seconds(10)]);
    let stats = client.stats();
    assert_eq!((stats.requests, stats.waits, stats.waited), (7, 2, seconds(20)));
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_an_error_at_once() {
    static LIMITS: [Limit; 1] = [quota("daily", 1, 86_400, Observe::NOTHING)];
    let integration = with_limits("too_long", &LIMITS);
    let provider = Provider::start(|_, _| pong()).await;
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone());
    let client = provider.client_with(integration, Auth::none(), options);
    call(&client, integration).await.unwrap();
    let error = call(&client, integration).await.unwrap_err();
    assert!(matches!(error, Error::Limited { limit: "daily", .. }), "{error}");
    assert!(error.to_string().contains("`daily`"), "{error}");
    assert!(clock.slept().is_empty());
}

#[tokio::test]
async fn calls_that_others_make_are_believed_in() {
    static REMAINING: Observe = Observe {
        remaining: Some("x-left"),
        reset: Some(("x-reset", ResetUnit::Seconds)),
        usage: None,
    };
    static MILLIS: Observe = Observe {
        remaining: Some("x-left"),
        reset: Some(("x-reset", ResetUnit::Millis)),
        usage: None,
    };
    static EPOCH: Observe = Observe {
        remaining: Some("x-left"),
        reset: Some(("x-reset", ResetUnit::EpochSeconds)),
        usage: None,
    };
    static EPOCH_MILLIS: Observe = Observe {
        remaining: Some("x-left"),
        reset: Some(("x-reset", ResetUnit::EpochMillis)),
        usage: None,
    };
    static DATE: Observe = Observe {
        remaining: Some("x-left"),
        reset: Some(("x-reset", ResetUnit::Date)),
        usage: None,
    };
    for (observe, reset) in [
        (&REMAINING, "40"),
        (&MILLIS, "40000"),
        (&EPOCH, "1795341640"),
        (&EPOCH_MILLIS, "1795341640000"),
        (&DATE, "2026-11-22T10:00:40Z"),
        (&DATE, "Sun, 22 Nov 2026 10:00:40 GMT"),
    ] {
        let Observe { remaining, reset: unit, usage } = *observe;
        let observe = Observe { remaining, reset: unit, usage };
        let limits = Box::leak(Box::new([quota("shared", 100, 60, observe)]));
        let integration = with_limits("believed", limits);
        let provider =
            Provider::start(move |_, _| pong().with("x-left", "0").with("x-reset", reset)).await;
        let clock = LeapingClock::new();
        let options = Options::default().with_clock(clock.clone());
        let client = provider.client_with(integration, Auth::none(), options);
        call(&client, integration).await.unwrap();
        call(&client, integration).await.unwrap();
        assert_eq!(clock.slept(), [seconds(40)], "{reset}");
    }
}

#[tokio::test]
async fn the_standard_fields_are_believed_where_the_spec_says_nothing() {
    for (fields, expect) in [
        (vec![("ratelimit", "\"default\";r=0;t=40")], vec![seconds(40)]),
        (vec![("ratelimit-remaining", "0"), ("ratelimit-reset", "40")], vec![seconds(40)]),
        (vec![("ratelimit", "\"default\";r=0;t=-40")], vec![]),
        (vec![("ratelimit", "\"default\";r=0;t=315360000")], vec![]),
        (vec![("ratelimit-remaining", "0"), ("ratelimit-reset", "1795341640")], vec![]),
    ] {
        let limits = Box::leak(Box::new([quota("shared", 100, 60, Observe::NOTHING)]));
        let integration = with_limits("standard", limits);
        let answer = fields.clone();
        let provider = Provider::start(move |_, _| {
            answer.iter().fold(pong(), |reply, (name, value)| reply.with(name, *value))
        })
        .await;
        let clock = LeapingClock::new();
        let options = Options::default().with_clock(clock.clone());
        let client = provider.client_with(integration, Auth::none(), options);
        call(&client, integration).await.unwrap();
        call(&client, integration).await.unwrap();
        assert_eq!(clock.slept(), expect, "{fields:?}");
    }
}

#[tokio::test]
async fn a_spec_that_says_how_answers_tell_is_believed_alone() {
    static OWN: Observe = Observe { remaining: Some("x-left"), reset: None, usage: None };
    let Observe { remaining, reset, usage } = OWN;
    let limits = Box::leak(Box::new([quota("own", 100, 60, Observe { remaining, reset, usage })]));
    let integration = with_limits("own", limits);
    let provider =
        Provider::start(|_, _| pong().with("x-left", "90").with("ratelimit", "d;r=0;t=40")).await;
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone());
    let client = provider.client_with(integration, Auth::none(), options);
    call(&client, integration).await.unwrap();
    call(&client, integration).await.unwrap();
    assert!(clock.slept().is_empty());
}

#[tokio::test]
async fn usage_is_read_by_its_pattern() {
    static LIMITS: [Limit; 1] = [quota(
        "daily",
        100_000,
        600,
        Observe {
            remaining: None,
            reset: None,
            usage: Some(("sforce-limit-info", "api-usage={used}/{limit}")),
        },
    )];
    let integration = with_limits("usage", &LIMITS);
    let provider =
        Provider::start(|_, _| pong().with("sforce-limit-info", "api-usage=15000/15000")).await;
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone());
    let client = provider.client_with(integration, Auth::none(), options);
    call(&client, integration).await.unwrap();
    call(&client, integration).await.unwrap();
    assert_eq!(clock.slept(), [seconds(600)]);
}

#[tokio::test]
async fn a_refusal_stops_everybody_under_the_limit() {
    static LIMITS: [Limit; 1] = [quota("burst", 100, 10, Observe::NOTHING)];
    let integration = with_limits("pause", &LIMITS);
    let provider = Provider::start(|_, before| match before {
        0 => status(429, json!({})).with("retry-after", "30"),
        _ => pong(),
    })
    .await;
    let clock = LeapingClock::new();
    let options = Options { max_wait: seconds(20), ..Options::default().with_clock(clock.clone()) };
    let client = provider.client_with(integration, Auth::none(), options);
    // The one that was refused may not wait for so long, and neither may another.
    for _ in 0..2 {
        let error = call(&client, integration).await.unwrap_err();
        assert!(matches!(error, Error::Limited { wait, .. } if wait == seconds(30)), "{error}");
    }
    clock.pass(seconds(30));
    call(&client, integration).await.unwrap();
    assert_eq!(provider.count(), 2);
}

#[tokio::test]
async fn a_refused_call_waits_in_its_place_and_is_sent_again() {
    static LIMITS: [Limit; 1] = [quota("burst", 100, 10, Observe::NOTHING)];
    let integration = with_limits("again", &LIMITS);
    let provider = Provider::start(|_, before| match before {
        0 => status(429, json!({})).with("retry-after", "30"),
        _ => pong(),
    })
    .await;
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone());
    let client = provider.client_with(integration, Auth::none(), options);
    call(&client, integration).await.unwrap();
    assert_eq!(clock.slept(), [seconds(30)]);
    assert_eq!((client.stats().waits, client.stats().retries), (1, 1));
}

#[tokio::test]
async fn concurrency_is_held() {
    static LIMITS: [Limit; 1] = [Limit {
        name: "concurrent",
        kind: LimitKind::Concurrency(3),
        scope: Scope::Connection,
        cost: &[],
        observe: Observe::NOTHING,
    }];
    let integration = with_limits("concurrent", &LIMITS);
    let transport = Arc::new(Slow::default());
    let options = Options::default().with_transport(transport.clone());
    let client =
        Client::new(integration, "https://x.test".to_owned(), Auth::none(), options).unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client, integration).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(transport.most.load(Ordering::SeqCst), 3);
}

/// Notes how many calls are on their way.
#[derive(Debug, Default)]
struct Slow {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl gusset::Transport for Slow {
    fn send(
        &self,
        _: gusset::Call,
    ) -> std::pin::Pin<
        Box<dyn Future<Output = Result<gusset::Answer, gusset::TransportError>> + Send + '_>,
    > {
        Box::pin(async {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            self.now.fetch_sub(1, Ordering::SeqCst);
            Ok(gusset::Answer {
                status: gusset::http::StatusCode::OK,
                headers: gusset::http::HeaderMap::new(),
                body: gusset::bytes::Bytes::new(),
            })
        })
    }
}

#[tokio::test]
async fn an_apps_limit_is_shared_by_its_connections() {
    static LIMITS: [Limit; 1] = [Limit {
        name: "app",
        kind: LimitKind::Quota { calls: 2, per: Duration::from_secs(10) },
        scope: Scope::App,
        cost: &[],
        observe: Observe::NOTHING,
    }];
    let integration = with_limits("shared_app", &LIMITS);
    let provider = Provider::start(|_, _| pong()).await;
    let clock: Arc<LeapingClock> = LeapingClock::new();
    let as_clock: Arc<dyn Clock> = clock.clone();
    let client = || {
        let options = Options::default().with_clock(as_clock.clone());
        provider.client_with(integration, Auth::none(), options)
    };
    for client in [client(), client(), client()] {
        call(&client, integration).await.unwrap();
    }
    assert_eq!(clock.slept(), [seconds(10)]);
}

/// What no header should say.
const NONSENSE: [&str; 16] = [
    "",
    " ",
    "-1",
    "-9223372036854775808",
    "18446744073709551616",
    "1e308",
    "1e999",
    "NaN",
    "inf",
    "-inf",
    "0x10",
    "9999-12-31T23:59:59Z",
    "-009999-01-01T00:00:00Z",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "soon",
    "\"a\";r=0;t=99999999999999999999",
];

#[tokio::test]
async fn no_header_holds_calls_up_for_longer_than_the_window() {
    use ResetUnit::{Date, EpochMillis, EpochSeconds, Millis, Seconds};
    let transport: Arc<dyn Transport> = Arc::new(HttpTransport::new(seconds(60), 1 << 20));
    for unit in [Seconds, Millis, EpochSeconds, EpochMillis, Date] {
        let observe = Observe {
            remaining: Some("x-left"),
            reset: Some(("x-reset", unit)),
            usage: Some(("x-used", "{used}/{limit}")),
        };
        let told = Box::leak(Box::new([quota("told", 100, 60, observe)]));
        let untold = Box::leak(Box::new([quota("untold", 100, 60, Observe::NOTHING)]));
        let integrations = [with_limits("told", told), with_limits("untold", untold)];
        let provider = Provider::start(|seen, _| {
            let said = |name: &str| seen.query(name).unwrap();
            let names = [
                ("x-left", "left"),
                ("x-reset", "reset"),
                ("x-used", "left"),
                ("ratelimit", "reset"),
                ("ratelimit-remaining", "left"),
                ("ratelimit-reset", "reset"),
                ("x-ratelimit-remaining", "left"),
                ("x-ratelimit-reset", "reset"),
                ("x-ratelimit-limit", "limit"),
            ];
            names.into_iter().fold(pong(), |reply, (name, key)| reply.with(name, said(key)))
        })
        .await;
        for integration in integrations {
            for (left, reset) in NONSENSE.iter().flat_map(|text| [(*text, *text), ("0", *text)]) {
                let clock = LeapingClock::new();
                let options = Options::default().with_clock(clock.clone());
                let options = options.with_transport(Arc::clone(&transport));
                let client = provider.client_with(integration, Auth::none(), options);
                for _ in 0..2 {
                    let meta = meta(integration, Method::GET, Repeat::Safe, &[0]);
                    let mut request = Request::new(meta);
                    for (name, value) in [("left", left), ("reset", reset), ("limit", "100")] {
                        request.query(name, value);
                    }
                    client.execute(request).await.unwrap();
                }
                assert!(clock.passed() <= seconds(60), "{unit:?} {left:?} {reset:?}");
            }
        }
    }
}

#[tokio::test]
async fn no_retry_after_holds_a_call_up_for_longer_than_allowed() {
    static LIMITS: [Limit; 1] = [quota("burst", 100, 60, Observe::NOTHING)];
    let integration = with_limits("nonsense", &LIMITS);
    for text in NONSENSE {
        let answer = move |_: &_, before| match before {
            0 => status(429, json!({})).with("retry-after", text),
            _ => pong(),
        };
        let provider = Provider::start(answer).await;
        let clock = LeapingClock::new();
        let options = Options::default().with_clock(clock.clone());
        let longest = options.retry.longest_wait;
        let client = provider.client_with(integration, Auth::none(), options);
        match call(&client, integration).await {
            Ok(status) => assert_eq!(status, 200, "{text:?}"),
            Err(error) => assert_eq!(error.status(), Some(429), "{text:?}"),
        }
        assert!(clock.passed() <= longest, "{text:?}");
        // Others wait for it no longer, either.
        call(&client, integration).await.unwrap();
        assert!(clock.passed() <= longest, "{text:?}");
    }
}
