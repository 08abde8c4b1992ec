//! Judging answers: the spec's rules first, then the status.

use crate::assumption::Caller;
use crate::error::{Error, Refusal, StatusError};
use crate::errors::{Action, ErrorText};
use crate::excerpt;
use crate::hooks::{HookError, Hooked, Judgement};
use crate::response::Response;
use crate::transport::Call;
use serde_json::Value;
use std::time::Duration;

/// What is to be done about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) action: Action,
    /// How long the server asks to wait.
    pub(super) wait: Option<Duration>,
    pub(super) rule: Option<&'static str>,
}

/// Fails where a hook does.
pub(super) fn judge(response: &Response, hooks: Option<&Hooked>) -> Result<Verdict, Error> {
    for rule in response.meta().integration.errors {
        // A rule that cannot be evaluated (a body that is no JSON) says nothing about this answer.
        let met = (rule.when)(response);
        if met.is_err()
            && let Ok(body) = response.json_value()
        {
            response.meta().integration.see_failure(response.meta().name, body);
        }
        if !matches!(met, Ok(true)) {
            continue;
        }
        let wait =
            rule.wait.and_then(|wait| wait(response).ok()).or_else(|| response.retry_after());
        let (action, wait) = match rule.action {
            Action::Hook(hook) => match asked(response, hooks, hook, rule.place)? {
                Judgement::Pass => continue,
                Judgement::Wait(wait) => (Action::Wait, Some(wait)),
                Judgement::Retry => (Action::Retry, wait),
                Judgement::Refresh => (Action::Refresh, wait),
                Judgement::Fail => (Action::Fail, wait),
            },
            action => (action, wait),
        };
        return Ok(Verdict { action, wait, rule: Some(rule.place) });
    }
    let action = match response.status() {
        200..=299 => Action::Accept,
        300..=399 if response.meta().redirects => Action::Accept,
        429 => Action::Wait,
        401 => Action::Refresh,
        408 | 500..=599 => Action::Retry,
        _ => Action::Fail,
    };
    Ok(Verdict { action, wait: response.retry_after(), rule: None })
}

/// What a hook says about an answer.
fn asked(
    response: &Response,
    hooks: Option<&Hooked>,
    hook: &'static str,
    place: &'static str,
) -> Result<Judgement, Error> {
    let judged = match hooks {
        Some(hooks) => hooks.code.answer(hook, response),
        None => Err(HookError::unknown()),
    };
    let operation = response.meta().name;
    judged.map_err(|error| Error::Hook { operation, hook, place, error })
}

/// The error that a refused answer is. `secrets` are what authorised the call.
pub(super) fn failure(
    response: &Response,
    verdict: Verdict,
    attempts: u32,
    (call, caller): (&Call, Caller<'_>),
    secrets: impl FnOnce() -> Vec<String>,
) -> Error {
    let integration = response.meta().integration;
    // Some providers repeat in a refusal what they were sent.
    let secrets = secrets();
    let find = |text: Option<ErrorText>| match text? {
        ErrorText::Header(name) => response.header(name).map(str::to_owned),
        ErrorText::Body(pointer) => match response.json_value().ok()?.pointer(pointer)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        },
    };
    let find = |text| find(text).map(|text| excerpt::without(text, &secrets));
    let message = find(integration.error_message).filter(|message| !message.trim().is_empty());
    let excerpt = match &message {
        Some(_) => None,
        None => excerpt::of(response.body(), &secrets),
    };
    Error::Status(Box::new(StatusError {
        operation: response.meta().name,
        status: response.status(),
        code: find(integration.error_code),
        message,
        excerpt,
        rule: verdict.rule,
        attempts,
        assumed: integration.suspected(
            response.meta().name,
            (response.status(), response.body()),
            call,
            caller,
        ),
        answer: Refusal::new(response),
    }))
}
