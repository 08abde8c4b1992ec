#![allow(clippy::unwrap_used)]
use super::*;
use crate::clock::SystemClock;
use crate::limits::{LimitKind, Observe};
use proptest::prelude::*;
use std::sync::Mutex as StdMutex;

fn quota(name: &'static str, calls: u32, seconds: u64) -> Limit {
    let kind = LimitKind::Quota { calls, per: Duration::from_secs(seconds) };
    Limit { name, kind, scope: Scope::Connection, cost: &[], observe: Observe::NOTHING }
}

fn concurrency(name: &'static str, most: u32) -> Limit {
    let kind = LimitKind::Concurrency(most);
    Limit { name, kind, scope: Scope::Connection, cost: &[], observe: Observe::NOTHING }
}

/// A gate with limits, and an operation for each of the given sets of them.
fn gate<const N: usize>(
    limits: Vec<Limit>,
    sets: [&'static [usize]; N],
) -> (Arc<Gate>, [&'static OperationMeta; N]) {
    let integration: &'static Integration = Box::leak(Box::new(Integration {
        name: "test",
        limits: Vec::leak(limits),
        errors: &[],
        error_message: None,
        error_code: None,
        assumptions: &[],
    }));
    let operation =
        |limits| &*Box::leak(Box::new(OperationMeta::get(integration, "call", "/").limits(limits)));
    (Arc::new(Gate::new(integration, &[], Arc::new(SystemClock))), sets.map(operation))
}

/// Not sent before.
const CALL: (Priority, Option<u64>) = (Priority::Interactive, None);

const LONG: Duration = Duration::from_secs(100_000);

fn elapsed(start: Instant) -> u64 {
    tokio::time::Instant::now().into_std().duration_since(start).as_secs()
}

fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

fn too_long(refused: NoRoom) -> TooLong {
    match refused {
        NoRoom::TooLong(wait) => wait,
        NoRoom::Store(error) => panic!("{error}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_until_there_are_enough_points_for_it() {
    let dear = Limit { cost: &[("call", 4)], ..quota("q", 10, 10) };
    let (gate, [meta]) = gate(vec![dear], [&[0]]);
    let start = now();
    let mut waits = Vec::new();
    for _ in 0..5 {
        gate.acquire(meta, CALL, LONG).await.unwrap().sent();
        waits.push(elapsed(start));
    }
    assert_eq!(waits, [0, 0, 10, 10, 20], "two calls fit into a window");
}

#[tokio::test(start_paused = true)]
async fn callers_go_in_the_order_in_which_they_came() {
    let (gate, [meta]) = gate(vec![quota("q", 2, 10)], [&[0]]);
    let start = now();
    let order = Arc::<StdMutex<Vec<(u32, u64)>>>::default();
    let calls: Vec<_> = (0..6)
        .map(|n| {
            let (gate, order) = (Arc::clone(&gate), Arc::clone(&order));
            tokio::spawn(async move {
                let mut permit = gate.acquire(meta, CALL, LONG).await.unwrap();
                permit.sent();
                order.lock().unwrap().push((n, elapsed(start)));
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), [(0, 0), (1, 0), (2, 10), (3, 10), (4, 20), (5, 20)]);
}

/// Waits with a priority, and says when it went.
fn waiting(
    (gate, meta): (&Arc<Gate>, &'static OperationMeta),
    priority: Priority,
    name: &'static str,
    went: &Arc<StdMutex<Vec<&'static str>>>,
) -> tokio::task::JoinHandle<()> {
    let (gate, went) = (Arc::clone(gate), Arc::clone(went));
    tokio::spawn(async move {
        gate.acquire(meta, (priority, None), LONG).await.unwrap().sent();
        went.lock().unwrap().push(name);
    })
}

#[tokio::test(start_paused = true)]
async fn interactive_calls_go_before_bulk_which_has_every_fifth_turn() {
    let (gate, [meta]) = gate(vec![quota("q", 1, 10)], [&[0]]);
    gate.acquire(meta, CALL, LONG).await.unwrap().sent();
    let went = Arc::default();
    let bulk = (0..3).map(|_| waiting((&gate, meta), Priority::Bulk, "bulk", &went));
    let mut calls: Vec<_> = bulk.collect();
    tokio::task::yield_now().await;
    calls.extend((0..10).map(|_| waiting((&gate, meta), Priority::Interactive, "me", &went)));
    for call in calls {
        call.await.unwrap();
    }
    let (m, b) = ("me", "bulk");
    assert_eq!(*went.lock().unwrap(), [m, m, m, m, b, m, m, m, m, b, m, m, b]);
}

#[tokio::test(start_paused = true)]
async fn an_interactive_call_goes_before_bulk_that_came_long_before() {
    let (gate, [meta]) = gate(vec![quota("q", 10, 10)], [&[0]]);
    let went = Arc::default();
    let mut calls: Vec<_> =
        (0..100).map(|_| waiting((&gate, meta), Priority::Bulk, "bulk", &went)).collect();
    tokio::time::sleep(Duration::from_secs(25)).await;
    calls.push(waiting((&gate, meta), Priority::Interactive, "me", &went));
    for call in calls {
        call.await.unwrap();
    }
    let at = went.lock().unwrap().iter().position(|name| *name == "me");
    assert!(at.is_some_and(|at| (30..40).contains(&at)), "in the next window: {at:?}");
}

#[tokio::test(start_paused = true)]
async fn bulk_that_waits_for_another_limit_holds_nobody_up() {
    let limits = vec![quota("burst", 100, 10), quota("export", 1, 1_000)];
    let (gate, [list, export]) = gate(limits, [&[0], &[0, 1]]);
    gate.acquire(export, CALL, LONG).await.unwrap().sent();
    let went = Arc::default();
    let exports = [(); 3].map(|()| waiting((&gate, export), Priority::Bulk, "export", &went));
    tokio::task::yield_now().await;
    let start = now();
    for _ in 0..90 {
        gate.acquire(list, CALL, LONG).await.unwrap().sent();
    }
    assert_eq!(elapsed(start), 0);
    exports.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test(start_paused = true)]
async fn a_dear_call_is_not_overtaken_by_cheap_ones() {
    static COSTS: &[(&str, u32)] = &[("dear", 8)];
    let limit = Limit { cost: COSTS, ..quota("q", 10, 10) };
    let (gate, [cheap]) = gate(vec![limit], [&[0]]);
    let dear =
        &*Box::leak(Box::new(OperationMeta::get(gate.integration, "dear", "/").limits(&[0])));
    for _ in 0..5 {
        gate.acquire(cheap, CALL, LONG).await.unwrap().sent();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let went = Arc::default();
    let first = waiting((&gate, dear), Priority::Interactive, "dear", &went);
    tokio::task::yield_now().await;
    let others = [(); 12].map(|()| waiting((&gate, cheap), Priority::Interactive, "cheap", &went));
    first.await.unwrap();
    assert_eq!(went.lock().unwrap().first(), Some(&"dear"));
    for other in others {
        other.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn those_behind_one_who_gives_up_go_at_once() {
    let dear = Limit { cost: &[("call", 8)], ..quota("q", 10, 1_000) };
    let (gate, [meta]) = gate(vec![dear], [&[0]]);
    let cheap =
        &*Box::leak(Box::new(OperationMeta::get(gate.integration, "cheap", "/").limits(&[0])));
    gate.acquire(meta, CALL, LONG).await.unwrap().sent();
    let went = Arc::default();
    let start = now();
    let first = waiting((&gate, meta), Priority::Interactive, "dear", &went);
    tokio::task::yield_now().await;
    let behind = waiting((&gate, cheap), Priority::Interactive, "cheap", &went);
    tokio::task::yield_now().await;
    assert!(went.lock().unwrap().is_empty());
    first.abort();
    behind.await.unwrap();
    assert_eq!(elapsed(start), 0);
}

#[tokio::test(start_paused = true)]
async fn all_limits_are_held_at_once() {
    let (gate, [meta]) = gate(vec![quota("burst", 2, 1), quota("long", 3, 60)], [&[0, 1]]);
    let start = now();
    let mut at = Vec::new();
    for _ in 0..5 {
        let mut permit = gate.acquire(meta, CALL, LONG).await.unwrap();
        permit.sent();
        at.push(elapsed(start));
    }
    assert_eq!(at, [0, 0, 1, 60, 60]);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_one_limit_does_not_hold_up_the_others() {
    let limits = vec![quota("burst", 100, 10), quota("search", 1, 10)];
    let (gate, [list, search]) = gate(limits, [&[0], &[0, 1]]);
    let start = now();
    drop(gate.acquire(search, CALL, LONG).await.unwrap());
    gate.acquire(search, CALL, LONG).await.unwrap().sent();
    let waiting = tokio::spawn({
        let gate = Arc::clone(&gate);
        async move {
            gate.acquire(search, CALL, LONG).await.unwrap().sent();
            elapsed(start)
        }
    });
    tokio::task::yield_now().await;
    gate.acquire(list, CALL, LONG).await.unwrap().sent();
    assert_eq!(elapsed(start), 0);
    assert_eq!(waiting.await.unwrap(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_sent_costs_nothing() {
    let (gate, [meta]) = gate(vec![quota("q", 1, 10), concurrency("c", 1)], [&[0, 1]]);
    for _ in 0..3 {
        drop(gate.acquire(meta, CALL, Duration::ZERO).await.unwrap());
    }
    gate.acquire(meta, CALL, Duration::ZERO).await.unwrap().sent();
    assert!(gate.acquire(meta, CALL, Duration::ZERO).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_waiting_leaves_nothing_behind() {
    let (gate, [meta]) = gate(vec![concurrency("c", 1)], [&[0]]);
    let first = gate.acquire(meta, CALL, LONG).await.unwrap();
    for _ in 0..3 {
        let waiting = gate.acquire(meta, CALL, LONG);
        let gave_up = tokio::time::timeout(Duration::from_secs(1), waiting).await;
        assert!(gave_up.is_err());
    }
    let gone = tokio::spawn({
        let gate = Arc::clone(&gate);
        async move { gate.acquire(meta, CALL, LONG).await.map(drop) }
    });
    tokio::task::yield_now().await;
    // It is let through and leaves before it can take notice.
    drop(first);
    lock(&gate.shared.state).admit(now());
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    drop(gate.acquire(meta, CALL, Duration::ZERO).await.unwrap());
    assert!(lock(&gate.shared.state).nobody_waits());
}

#[tokio::test(start_paused = true)]
async fn a_pause_holds_everybody_and_ends() {
    let (gate, [meta]) = gate(vec![quota("q", 100, 10), concurrency("c", 5)], [&[0, 1]]);
    let start = now();
    assert!(gate.pause(meta, Duration::from_secs(30)));
    assert!(gate.pause(meta, Duration::from_secs(10)), "the longer pause stays");
    drop(gate.acquire(meta, CALL, LONG).await.unwrap());
    assert_eq!(elapsed(start), 30);
    let short = gate.pause(meta, Duration::from_secs(30));
    assert!(short);
    let error = gate.acquire(meta, CALL, Duration::from_secs(29)).await.unwrap_err();
    assert_eq!(too_long(error), TooLong { limit: "q", wait: Duration::from_secs(30) });
}

#[tokio::test(start_paused = true)]
async fn waiting_for_calls_in_flight_ends_at_the_deadline() {
    let (gate, [meta]) = gate(vec![concurrency("c", 1)], [&[0]]);
    let start = now();
    let _first = gate.acquire(meta, CALL, LONG).await.unwrap();
    let error = gate.acquire(meta, CALL, Duration::from_secs(7)).await.unwrap_err();
    assert_eq!((too_long(error).limit, elapsed(start)), ("c", 7));
}

#[tokio::test(start_paused = true)]
async fn limits_of_other_ways_to_authorise_do_not_hold() {
    let (gate, [meta]) = gate(vec![quota("q", 1, 10), concurrency("c", 2)], [&[0, 1]]);
    let free = Gate::new(gate.integration, &["q"], Arc::clone(&gate.clock));
    for _ in 0..100 {
        free.acquire(meta, CALL, Duration::ZERO).await.unwrap().sent();
    }
    let held = [free.acquire(meta, CALL, LONG).await, free.acquire(meta, CALL, LONG).await];
    assert!(held.iter().all(Result::is_ok));
    let error = free.acquire(meta, CALL, Duration::from_secs(1)).await.unwrap_err();
    assert_eq!(too_long(error).limit, "c", "the other limit holds");
    gate.acquire(meta, CALL, Duration::ZERO).await.unwrap().sent();
    assert!(gate.acquire(meta, CALL, Duration::from_secs(1)).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn an_operation_without_limits_never_waits() {
    let (gate, [meta]) = gate(vec![quota("q", 0, 10)], [&[]]);
    for _ in 0..100 {
        gate.acquire(meta, CALL, Duration::ZERO).await.unwrap().sent();
    }
    // But for what the provider asks for.
    assert!(gate.pause(meta, Duration::from_secs(30)));
    let error = gate.acquire(meta, CALL, Duration::from_secs(29)).await.unwrap_err();
    assert_eq!(too_long(error).wait, Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn absurd_limits_do_not_overflow() {
    let limits = vec![quota("never", 0, u64::MAX), quota("always", u32::MAX, 0)];
    let (gate, [never, always]) = gate(limits, [&[0], &[1]]);
    assert!(gate.acquire(never, CALL, LONG).await.is_err());
    gate.acquire(always, CALL, Duration::MAX).await.unwrap().sent();
    assert!(gate.pause(always, Duration::MAX));
    assert!(gate.acquire(always, CALL, LONG).await.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever callers do, the provider never sees more than is allowed in any window, by its own clock.
    #[test]
    fn no_window_is_ever_exceeded(
        calls in 1u32..6,
        per in 1u64..20,
        // Before it calls, until the call arrives, until it is answered: in tenths of a second.
        callers in proptest::collection::vec((0u64..200, 0u64..10, 0u64..60), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let arrived = runtime.block_on(async {
            let (gate, [meta]) = gate(vec![quota("q", calls, per)], [&[0]]);
            let arrived = Arc::<StdMutex<Vec<Instant>>>::default();
            // Providers count a call at once; how long the way takes stays below a tenth of the window.
            let most = (per * 100).min(1000);
            let tasks: Vec<_> = callers
                .into_iter()
                .map(|(before, way, answer)| {
                    let (gate, arrived) = (Arc::clone(&gate), Arc::clone(&arrived));
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_millis(before * 100)).await;
                        let mut permit = gate.acquire(meta, CALL, LONG).await.unwrap();
                        permit.sent();
                        tokio::time::sleep(Duration::from_millis((way * 100).min(most - 1))).await;
                        arrived.lock().unwrap().push(now());
                        tokio::time::sleep(Duration::from_millis(answer * 100)).await;
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
            Arc::try_unwrap(arrived).unwrap().into_inner().unwrap()
        });
        for first in &arrived {
            let window = arrived.iter().filter(|call| {
                **call >= *first && call.duration_since(*first) < Duration::from_secs(per)
            });
            prop_assert!(window.count() <= calls as usize);
        }
    }
}
