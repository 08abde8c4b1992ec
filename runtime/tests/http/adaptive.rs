//! Limits that nobody documents: learnt from refusals, on tokio's paused clock.

use crate::script::{Script, says};
use crate::support::{PLAIN, meta, seconds};
use gusset::http::Method;
use gusset::{Options, Repeat, Request, Retry};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// What a provider that allows so many calls in any window, and documents nothing, sees of many tasks.
async fn calls(
    options: Options,
    most: usize,
    (window, tells): (Duration, bool),
    span: Duration,
) -> (u64, u64) {
    let counts = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
    let (seen, arrived) = (Arc::clone(&counts), Mutex::new(VecDeque::<Instant>::new()));
    let script = Script::new(move |_| {
        let (now, mut arrived) = (Instant::now(), arrived.lock().unwrap());
        while arrived.front().is_some_and(|first| *first + window <= now) {
            arrived.pop_front();
        }
        let (count, answer) = if arrived.len() < most {
            arrived.push_back(now);
            (0, says(200, &[]))
        } else {
            let first = arrived.front().map_or(now, |first| *first + window);
            let wait = (first - now).as_secs() + 1;
            match tells {
                true => (1, says(429, &[("retry-after", &wait.to_string())])),
                false => (1, says(429, &[])),
            }
        };
        seen[count].fetch_add(1, Ordering::Relaxed);
        (Duration::from_millis(20), answer.1)
    });
    let retry = Retry { attempts: 1_000, ..Retry::default() };
    let client = script.client(&PLAIN, options.with_retry(retry));
    let end = Instant::now() + span;
    let one = |client: gusset::Client| async move {
        loop {
            let request = Request::new(meta(&PLAIN, Method::GET, Repeat::Safe, &[]));
            match tokio::time::timeout_at(end, client.execute(request)).await {
                Err(_) => return,
                Ok(answer) => drop(answer.unwrap()),
            }
        }
    };
    let tasks: Vec<_> = (0..32).map(|_| tokio::spawn(one(client.clone()))).collect();
    for task in tasks {
        task.await.unwrap();
    }
    let count = |at: usize| counts[at].load(Ordering::Relaxed);
    (count(0), count(1))
}

#[tokio::test(start_paused = true)]
async fn calls_become_as_fast_as_a_provider_allows_and_are_seldom_refused() {
    for (most, window, tells, span) in [
        (20, 1, true, 200),
        (20, 1, false, 200),
        (100, 10, true, 200),
        (100, 10, false, 200),
        (60, 60, true, 600),
        (300, 1, false, 30),
    ] {
        let options = Options::default();
        let (fine, refused) = calls(options, most, (seconds(window), tells), seconds(span)).await;
        let allowed = most as u64 * span / window;
        let what = format!("{most} in {window} s: {fine} of {allowed}, {refused} refused");
        assert!(fine * 3 >= allowed * 2, "{what}");
        assert!(refused * 10 <= fine, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_does_not_want_that_is_refused_again_and_again() {
    let options = Options { adaptive: false, ..Options::default() };
    let (fine, refused) = calls(options, 20, (seconds(1), false), seconds(60)).await;
    assert!(refused * 2 > fine, "{refused} of {fine}");
}

#[tokio::test(start_paused = true)]
async fn without_a_refusal_nothing_waits() {
    let script = Script::new(|_| says(200, &[]));
    let client = script.client(&PLAIN, Options::default());
    let start = Instant::now();
    for _ in 0..1_000 {
        let request = Request::new(meta(&PLAIN, Method::GET, Repeat::Safe, &[]));
        client.execute(request).await.unwrap();
    }
    assert_eq!((start.elapsed(), client.stats().waits), (Duration::ZERO, 0));
}

#[tokio::test(start_paused = true)]
async fn a_long_wait_is_for_the_call_that_was_refused_and_others_wait_for_a_minute() {
    for (asked, others_wait) in [(50, 50), (600, 60)] {
        let script = Script::new(move |before| match before {
            0 => says(429, &[("retry-after", &asked.to_string())]),
            _ => says(200, &[]),
        });
        let client = script.client(&PLAIN, Options::default());
        let start = Instant::now();
        let call = |client: gusset::Client| async move {
            let request = Request::new(meta(&PLAIN, Method::GET, Repeat::Safe, &[]));
            client.execute(request).await.unwrap();
            start.elapsed()
        };
        let refused = tokio::spawn(call(client.clone()));
        tokio::task::yield_now().await;
        assert_eq!(call(client).await.as_secs(), others_wait);
        assert_eq!(refused.await.unwrap().as_secs(), asked);
    }
}
