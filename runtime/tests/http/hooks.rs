//! Hooks of requests, as emitted code has them called.

use crate::auth::Session;
use crate::support::{
    LeapingClock, PLAIN, Provider, copy, meta, ok, pong, seconds, status, with_limits,
};
use gusset::http::Method;
use gusset::serde_json::json;
use gusset::{
    Action, Auth, CallHooks, Error, ErrorRule, HookError, HookRequest, HookSlot, Integration,
    Judgement, Limit, LimitKind, Observe, Options, Repeat, Request, RequestHook, Response, Scope,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Gives the same text for everything, and keeps what it was called with.
#[derive(Debug)]
pub struct Signer {
    pub text: &'static str,
    pub called: Mutex<Vec<String>>,
}

impl Signer {
    pub fn giving(text: &'static str) -> Arc<Self> {
        Arc::new(Signer { text, called: Mutex::default() })
    }

    fn called(&self) -> Vec<String> {
        std::mem::take(&mut self.called.lock().unwrap())
    }
}

impl CallHooks for Signer {
    fn request(&self, hook: &str, request: &HookRequest<'_>) -> Result<Vec<String>, HookError> {
        let sees = request.headers().contains_key("authorization");
        self.called.lock().unwrap().push(format!("{hook} {} {sees}", request.attempt()));
        Ok(vec![self.text.to_owned()])
    }
}

pub const fn hook(
    name: &'static str,
    sets: &'static [HookSlot],
    operations: &'static [&'static str],
) -> RequestHook {
    RequestHook { name, place: "integration.yaml:7", sets, operations, credentials: false }
}

static ONE_CALL: [Limit; 1] = [Limit {
    name: "burst",
    kind: LimitKind::Quota { calls: 1, per: seconds(10) },
    scope: Scope::Connection,
    cost: &[],
    observe: Observe::NOTHING,
}];

#[tokio::test]
async fn a_call_that_waited_for_limits_asks_hooks_once() {
    static HOOKS: [RequestHook; 2] = [
        RequestHook { credentials: true, ..hook("seal", &[HookSlot::Header("x-seal")], &[]) },
        hook("sign", &[HookSlot::Header("x-sign")], &[]),
    ];
    let integration = with_limits("hooked", &ONE_CALL);
    let provider = Provider::start(|_, before| match before {
        1 => status(503, json!({})),
        _ => pong(),
    })
    .await;
    let (clock, signer) = (LeapingClock::new(), Signer::giving("now"));
    let options = Options::default().with_clock(clock.clone()).with_hooks(signer.clone(), &HOOKS);
    let client = provider.client_with(integration, Auth::bearer("token"), options);
    let call = || Request::new(meta(integration, Method::GET, Repeat::Safe, &[0]));
    client.execute(call()).await.unwrap();
    assert!(clock.slept().is_empty());
    assert_eq!(signer.called(), ["sign 1 false", "seal 1 true"]);

    client.execute(call()).await.unwrap();
    assert!(clock.slept().contains(&seconds(10)), "{:?}", clock.slept());
    let each = ["sign 1 false", "seal 1 true", "sign 2 false", "seal 2 true"];
    assert_eq!(signer.called(), each);
    for seen in provider.seen() {
        assert_eq!(seen.header("x-sign"), Some("now"));
        assert_eq!(seen.header("x-seal"), Some("now"));
        assert_eq!(seen.header("authorization"), Some("Bearer token"));
    }
}

#[tokio::test]
async fn a_hook_that_fails_takes_nothing_of_a_limit() {
    #[derive(Debug, Default)]
    struct FailsOnce(AtomicUsize);

    impl CallHooks for FailsOnce {
        fn request(&self, _: &str, _: &HookRequest<'_>) -> Result<Vec<String>, HookError> {
            match self.0.fetch_add(1, Ordering::SeqCst) {
                0 => Err("no key".into()),
                _ => Ok(vec!["now".to_owned()]),
            }
        }
    }

    static HOOKS: [RequestHook; 1] = [hook("sign", &[HookSlot::Header("x-sign")], &[])];
    let integration = with_limits("hook_fails", &ONE_CALL);
    let provider = Provider::start(|_, _| pong()).await;
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone());
    let options = options.with_hooks(Arc::new(FailsOnce::default()), &HOOKS);
    let client = provider.client_with(integration, Auth::none(), options);
    let call = || Request::new(meta(integration, Method::GET, Repeat::Safe, &[0]));
    let error = client.execute(call()).await.unwrap_err();
    assert_eq!(error.to_string(), "call: the hook `sign` (integration.yaml:7): no key");
    client.execute(call()).await.unwrap();
    assert!(clock.slept().is_empty());
    assert_eq!(provider.count(), 1);
}

#[tokio::test]
async fn a_query_parameter_is_set_once_and_a_header_has_no_line_break() {
    static HOOKS: [RequestHook; 1] = [hook("stamp", &[HookSlot::Query("stamp")], &[])];
    let provider = Provider::start(|_, _| ok(json!({}))).await;
    let options = Options::default().with_hooks(Signer::giving("now & then"), &HOOKS);
    let client = provider.client_with(&PLAIN, Auth::none(), options);
    let operation = meta(&PLAIN, Method::GET, Repeat::Safe, &[]);
    let mut request = Request::new(operation);
    request.query("stamp", "yesterday");
    request.query("other", "kept");
    client.execute(request).await.unwrap();
    assert_eq!(provider.seen()[0].query, "other=kept&stamp=now+%26+then");

    static BROKEN: [RequestHook; 1] = [hook("sign", &[HookSlot::Header("x-sign")], &[])];
    let options = Options::default().with_hooks(Signer::giving("a\nb"), &BROKEN);
    let client = provider.client_with(&PLAIN, Auth::none(), options);
    match client.execute(Request::new(operation)).await {
        Err(Error::Hook { error, .. }) => {
            assert_eq!(error.message(), "what it gives cannot be in the header `x-sign`");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_hook_has_credentials_renewed_once() {
    #[derive(Debug, Default)]
    struct Judge(AtomicUsize);

    impl CallHooks for Judge {
        fn answer(&self, hook: &str, answer: &Response) -> Result<Judgement, HookError> {
            assert_eq!((hook, answer.status()), ("judge", 409));
            self.0.fetch_add(1, Ordering::SeqCst);
            Ok(Judgement::Refresh)
        }
    }

    static RULES: [ErrorRule; 1] = [ErrorRule {
        place: "integration.yaml:9",
        when: |response| Ok(response.status() == 409),
        action: Action::Hook("judge"),
        wait: None,
    }];
    for (good, requests) in [("1", 2), ("2", 2)] {
        let integration = Box::leak(Box::new(Integration { errors: &RULES, ..copy(&PLAIN) }));
        let provider = Provider::start(move |seen, _| match seen.header("x-session") {
            Some(session) if session == good => pong(),
            _ => status(409, json!({})),
        })
        .await;
        let judge = Arc::new(Judge::default());
        let options = Options::default().with_hooks(judge.clone(), &[]);
        let auth = Auth::custom(Arc::new(Session::default()));
        let client = provider.client_with(integration, auth, options);
        let request = Request::new(meta(integration, Method::POST, Repeat::Never, &[]));
        let refused = client.execute(request).await.err().and_then(|error| error.status());
        assert_eq!(refused, (good == "2").then_some(409));
        assert_eq!(provider.count(), requests);
        assert_eq!(judge.0.load(Ordering::SeqCst), if good == "2" { 2 } else { 1 });
    }
}
