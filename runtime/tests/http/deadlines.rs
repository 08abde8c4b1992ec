//! The time that a call may take in all, and hosts that are left alone, on tokio's paused clock.

use crate::script::{Attempt, Script, fails, says};
use crate::support::{PLAIN, meta, seconds, with_limits};
use gusset::http::Method;
use gusset::{
    Breaker, Client, Error, Integration, Limit, LimitKind, Observe, Options, Repeat, Request,
    Retry, Scope, TransportError,
};
use std::time::Duration;
use tokio::time::Instant;

const BURST: Limit = Limit {
    name: "burst",
    kind: LimitKind::Quota { calls: 1, per: seconds(60) },
    scope: Scope::Connection,
    cost: &[],
    observe: Observe::NOTHING,
};

async fn call(client: &Client, integration: &'static Integration) -> Result<u16, Error> {
    let limits: &[usize] = if integration.limits.is_empty() { &[] } else { &[0] };
    let request = Request::new(meta(integration, Method::GET, Repeat::Safe, limits));
    client.execute(request).await.map(|response| response.status())
}

fn refused() -> Attempt {
    fails(Duration::ZERO, TransportError::Connect("refused".to_owned()))
}

fn options() -> Options {
    Options::default().with_deadline(seconds(10))
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_answered_ends_with_its_deadline() {
    let script = Script::new(|_| (seconds(3600), says(200, &[]).1));
    let client = script.client(&PLAIN, options());
    let start = Instant::now();
    let error = call(&client, &PLAIN).await.unwrap_err();
    assert!(matches!(error, Error::Deadline { after, .. } if after == seconds(10)), "{error}");
    assert!(error.to_string().contains("`Options::deadline`"), "{error}");
    assert_eq!(start.elapsed(), seconds(10));
    assert_eq!(script.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_counts_attempts_and_waits_together() {
    // Each attempt takes 4 seconds, so the third is on its way when the time is up.
    let script = Script::new(|_| fails(seconds(4), TransportError::Timeout(seconds(4))));
    let retry = Retry { base: Duration::ZERO, ..Retry::default() };
    let client = script.client(&PLAIN, options().with_retry(retry));
    let start = Instant::now();
    let error = call(&client, &PLAIN).await.unwrap_err();
    assert!(matches!(error, Error::Deadline { .. }), "{error}");
    assert_eq!((start.elapsed(), script.attempts()), (seconds(10), 3));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_leaves_no_time_fails_at_once_with_what_was_answered() {
    for status in [429, 503] {
        let script = Script::new(move |_| says(status, &[("retry-after", "11")]));
        let client = script.client(&PLAIN, options());
        let start = Instant::now();
        let error = call(&client, &PLAIN).await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert_eq!((start.elapsed(), script.attempts()), (Duration::ZERO, 1));
    }
    let script = Script::new(|before| match before {
        0 => says(503, &[("retry-after", "9")]),
        _ => says(200, &[]),
    });
    let start = Instant::now();
    assert_eq!(call(&script.client(&PLAIN, options()), &PLAIN).await.unwrap(), 200);
    assert_eq!(start.elapsed(), seconds(9));
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_leaves_no_time_is_told_at_once() {
    static LIMITS: [Limit; 1] = [BURST];
    let integration = with_limits("deadline", &LIMITS);
    let script = Script::new(|_| says(200, &[]));
    let client = script.client(integration, options());
    call(&client, integration).await.unwrap();
    let start = Instant::now();
    let error = call(&client, integration).await.unwrap_err();
    assert!(matches!(error, Error::Limited { wait, .. } if wait == seconds(60)), "{error}");
    assert_eq!((start.elapsed(), script.attempts()), (Duration::ZERO, 1));
}

#[tokio::test(start_paused = true)]
async fn no_deadline_is_none_and_one_that_never_comes_holds_nothing_up() {
    let script = || {
        Script::new(|before| match before {
            0 => says(429, &[("retry-after", "1200")]),
            _ => says(200, &[]),
        })
    };
    for options in [Options::default(), Options::default().with_deadline(Duration::MAX)] {
        let script = script();
        assert_eq!(call(&script.client(&PLAIN, options), &PLAIN).await.unwrap(), 200);
        assert_eq!(script.attempts(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn retries_after_timeouts_take_twice_as_much_of_the_budget() {
    for (error, attempts) in [
        (TransportError::Timeout(seconds(1)), 1 + 2 + 1),
        (TransportError::Connect("refused".to_owned()), 1 + 4 + 1),
    ] {
        let script = Script::new(move |_| fails(Duration::ZERO, error.clone()));
        let retry = Retry { attempts: 10, budget: 4, ..Retry::default() };
        let client = script.client(&PLAIN, Options::default().with_retry(retry));
        for _ in 0..2 {
            call(&client, &PLAIN).await.unwrap_err();
        }
        assert_eq!(script.attempts(), attempts);
    }
}

#[tokio::test(start_paused = true)]
async fn what_succeeds_when_sent_again_gives_back_what_it_took() {
    let script = Script::new(|before| if before % 2 == 0 { refused() } else { says(200, &[]) });
    let retry = Retry { budget: 1, ..Retry::default() };
    let client = script.client(&PLAIN, Options::default().with_retry(retry));
    for _ in 0..20 {
        assert_eq!(call(&client, &PLAIN).await.unwrap(), 200);
    }
}

fn guarded(retry: Retry) -> Options {
    let breaker = Breaker { failures: 3, pause: seconds(30) };
    Options::default().with_breaker(breaker).with_retry(retry)
}

#[tokio::test(start_paused = true)]
async fn a_host_that_fails_is_left_alone_and_tried_again() {
    let script = Script::new(|before| match before {
        0 => says(500, &[]),
        1 => refused(),
        2 => fails(Duration::ZERO, TransportError::Broken("reset".to_owned())),
        3 => says(502, &[]),
        _ => says(200, &[]),
    });
    let client = script.client(&PLAIN, guarded(Retry::never()));
    for _ in 0..3 {
        let error = call(&client, &PLAIN).await.unwrap_err();
        assert!(!matches!(error, Error::Unavailable { .. }), "{error}");
    }
    let error = call(&client, &PLAIN).await.unwrap_err();
    assert!(matches!(error, Error::Unavailable { wait, .. } if wait == seconds(30)), "{error}");
    let text = error.to_string();
    assert!(text.contains("https://provider.test failed"), "{text}");
    assert_eq!((script.attempts(), client.stats().requests), (3, 3));

    // It fails the one that finds out, and is left alone again; then it works.
    tokio::time::sleep(seconds(30)).await;
    assert_eq!(call(&client, &PLAIN).await.unwrap_err().status(), Some(502));
    assert!(matches!(call(&client, &PLAIN).await, Err(Error::Unavailable { .. })));
    tokio::time::sleep(seconds(30)).await;
    assert_eq!(call(&client, &PLAIN).await.unwrap(), 200);
    assert_eq!(call(&client, &PLAIN).await.unwrap(), 200);
    assert_eq!(script.attempts(), 6);
}

#[tokio::test(start_paused = true)]
async fn one_call_at_a_time_finds_out() {
    let script = Script::new(|before| match before {
        0..3 => says(500, &[]),
        _ => (seconds(5), says(200, &[]).1),
    });
    let client = script.client(&PLAIN, guarded(Retry::never()));
    for _ in 0..3 {
        call(&client, &PLAIN).await.unwrap_err();
    }
    tokio::time::sleep(seconds(30)).await;
    let (first, others) = tokio::join!(call(&client, &PLAIN), async {
        tokio::task::yield_now().await;
        [call(&client, &PLAIN).await, call(&client, &PLAIN).await]
    });
    assert_eq!(first.unwrap(), 200);
    for other in others {
        let error = other.unwrap_err();
        assert!(matches!(error, Error::Unavailable { wait, .. } if wait.is_zero()), "{error}");
    }
    assert_eq!(script.attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn refusals_never_stop_a_host() {
    let script = Script::new(|before| match before % 4 {
        0 => says(500, &[]),
        1 => says(429, &[]),
        2 => says(400, &[]),
        _ => says(404, &[]),
    });
    let client = script.client(&PLAIN, guarded(Retry::never()));
    for _ in 0..40 {
        assert!(call(&client, &PLAIN).await.unwrap_err().status().is_some());
    }
    assert_eq!(script.attempts(), 40);
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_host_is_stopped_is_not_sent_again_in_vain() {
    let script = Script::new(|_| says(500, &[]));
    let client = script.client(&PLAIN, guarded(Retry { attempts: 9, ..Retry::default() }));
    let error = call(&client, &PLAIN).await.unwrap_err();
    assert_eq!((error.status(), script.attempts()), (Some(500), 3), "what was answered is told");
}

#[tokio::test(start_paused = true)]
async fn without_a_breaker_no_host_is_stopped() {
    let script = Script::new(|_| refused());
    let client = script.client(&PLAIN, Options::default().with_retry(Retry::never()));
    for _ in 0..100 {
        assert!(matches!(call(&client, &PLAIN).await, Err(Error::Transport { .. })));
    }
    assert_eq!(script.attempts(), 100);
}
