//! What the standard fields say of a limit, where the spec does not say how answers tell.
//!
//! `RateLimit: "burst";r=50;t=30` and `RateLimit-Policy: "burst";q=100;w=60`
//! ([draft-ietf-httpapi-ratelimit-headers](https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/)), with
//! the forms of its earlier versions: `RateLimit: limit=100, remaining=50, reset=30`, and `RateLimit-Limit`,
//! `RateLimit-Remaining`, `RateLimit-Reset`. A reset is in seconds from now. `X-RateLimit-Remaining` and its like are what
//! providers had before that, each its own: they are believed only beside an `X-RateLimit-Limit` that is the quota's
//! number. Fields are hints that no spec promised: what is no such text, or no such number, says nothing.

use super::{Limit, LimitKind};
use crate::response::Response;
use std::time::Duration;

/// No window is longer: a reset further away is a time of day, or nonsense.
const LONGEST: u64 = 7 * 24 * 60 * 60;

/// Seconds from here on are a moment since 1970, and no span; from a thousand times as much on, milliseconds are meant.
const MOMENT: f64 = 1e9;

/// The three fields of custom, in the spellings that providers have for them.
const CUSTOM: [[&str; 3]; 2] = [
    ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"],
    ["x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"],
];

/// More is not read: providers have a few policies.
const MOST: usize = 16;

/// What is left of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Calls.
    pub(super) calls: u32,
    /// How long until there are more.
    pub(super) reset: Option<Duration>,
}

/// What is left of one policy, and which.
#[derive(Clone, Copy, Debug)]
struct Told {
    left: Left,
    /// Calls in how many seconds.
    policy: (Option<u64>, Option<u64>),
}

/// What an answer says about a limit: of the policy that is as the limit is, else of the one with the fewest calls left.
pub(super) fn left(limit: &Limit, response: &Response) -> Option<Left> {
    let LimitKind::Quota { calls, per } = limit.kind else { return None };
    let told = told(response);
    let same = (Some(u64::from(calls)), Some(per.as_secs()));
    if let Some(told) = told.iter().find(|told| told.policy == same) {
        return Some(told.left);
    }
    if told.is_empty() {
        return CUSTOM.iter().find_map(|names| customary(names, calls, response));
    }
    // What is counted in calls says nothing of points.
    if limit.cost.is_empty() { fewest(told) } else { None }
}

/// The three fields of custom. A provider has several limits and may tell of any; the number says that this one is meant.
fn customary(names: &[&str; 3], quota: u32, response: &Response) -> Option<Left> {
    let [limit, remaining, reset] = names.map(|name| response.header(name).map(str::trim));
    if number(limit?) != Some(u64::from(quota)) {
        return None;
    }
    let calls = clamped(number(remaining?)?);
    let reset = match reset {
        None => None,
        Some(text) => Some(until(text, response)?),
    };
    Some(Left { calls, reset })
}

/// A span in seconds, or a moment in seconds or milliseconds since 1970: no span is as long as any moment of our time.
fn until(text: &str, response: &Response) -> Option<Duration> {
    let number: f64 = text.parse().ok().filter(|number: &f64| *number >= 0.0)?;
    let seconds = match number {
        span if span < MOMENT => span,
        moment => {
            let moment = if moment < MOMENT * 1e3 { moment } else { moment / 1e3 };
            (moment - response.received().as_millisecond() as f64 / 1e3).max(0.0)
        }
    };
    (seconds <= LONGEST as f64).then(|| Duration::from_secs_f64(seconds))
}

fn fewest(told: Vec<Told>) -> Option<Left> {
    told.into_iter().map(|told| told.left).min_by_key(|left| (left.calls, left.reset))
}

fn told(response: &Response) -> Vec<Told> {
    let policies = items(&field(response, "ratelimit-policy"));
    let told = items(&field(response, "ratelimit"));
    if told.is_empty() {
        return trio(response, &policies).into_iter().collect();
    }
    // The seventh version has one policy, as a dictionary.
    let of = |name: &str| told.iter().find(|item| item.name == name).and_then(|item| item.value);
    if let Some(calls) = of("remaining") {
        let window = policies.first().and_then(|policy| policy.parameter("w"));
        let told = one(calls, told.iter().find(|item| item.name == "reset"), of("limit"), window);
        return told.into_iter().collect();
    }
    let one_of = |item: &Item| {
        let policy = policies.iter().find(|policy| policy.name == item.name);
        if policy.is_some_and(|policy| !policy.counts_calls) {
            return None;
        }
        let said = |key| policy.and_then(|policy| policy.parameter(key));
        let reset = item.parameters.iter().find(|(key, _)| key == "t").map(|(_, value)| *value);
        let reset = match reset {
            None => None,
            Some(seconds) => Some(span(seconds?)?),
        };
        let left = Left { calls: clamped(item.parameter("r")?), reset };
        Some(Told { left, policy: (said("q"), said("w")) })
    };
    told.iter().filter_map(one_of).collect()
}

/// The three fields of the first versions.
fn trio(response: &Response, policies: &[Item]) -> Option<Told> {
    let only = |name| items(&field(response, name)).into_iter().next();
    let calls = only("ratelimit-remaining")?.value?;
    let quota = only("ratelimit-limit").and_then(|item| item.value);
    let policy = policies.iter().find(|policy| policy.value == quota);
    let window = policy.and_then(|policy| policy.parameter("w"));
    one(calls, only("ratelimit-reset").as_ref(), quota, window)
}

fn one(calls: u64, reset: Option<&Item>, quota: Option<u64>, window: Option<u64>) -> Option<Told> {
    let reset = match reset {
        None => None,
        Some(item) => Some(span(item.value?)?),
    };
    Some(Told { left: Left { calls: clamped(calls), reset }, policy: (quota, window) })
}

fn clamped(calls: u64) -> u32 {
    u32::try_from(calls).unwrap_or(u32::MAX)
}

/// A reset that can be: another says that the field is not what it is taken for.
fn span(seconds: u64) -> Option<Duration> {
    (seconds <= LONGEST).then(|| Duration::from_secs(seconds))
}

/// All lines of a field, as one list.
fn field(response: &Response, name: &str) -> String {
    let lines = response.headers().get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.collect::<Vec<_>>().join(",")
}

/// A member of a list of structured fields ([RFC 9651](https://www.rfc-editor.org/rfc/rfc9651)), as far as it is needed.
#[derive(Debug)]
struct Item {
    name: String,
    /// Of a number, or of `name=number`.
    value: Option<u64>,
    parameters: Vec<(String, Option<u64>)>,
    /// Not bytes, nor calls at a time.
    counts_calls: bool,
}

impl Item {
    fn parameter(&self, name: &str) -> Option<u64> {
        self.parameters.iter().find(|(key, _)| key == name).and_then(|(_, value)| *value)
    }
}

fn items(text: &str) -> Vec<Item> {
    split(text, ',').take(MOST).filter_map(item).collect()
}

fn item(text: &str) -> Option<Item> {
    let mut parts = split(text, ';');
    let (name, value) = pair(parts.next()?);
    let parameters: Vec<_> = parts.take(MOST).map(pair).collect();
    let unit = parameters.iter().find(|(key, _)| *key == "qu").and_then(|(_, unit)| *unit);
    Some(Item {
        name: unquoted(name).to_owned(),
        value: number(value.unwrap_or(name)),
        parameters: parameters
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.and_then(number)))
            .collect(),
        counts_calls: unit.is_none_or(|unit| unquoted(unit) == "requests"),
    })
}

/// `key=value`; what is in quotes is no key.
fn pair(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match text.split_once('=') {
        Some((key, value)) if !key.contains('"') => (key.trim(), Some(value.trim())),
        _ => (text, None),
    }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// A number that is not negative, in digits alone.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Parts that are not empty, outside of quotes.
fn split(text: &str, at: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.split(move |c: char| {
        let ends = c == at && !quoted;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && quoted && !escaped;
        ends
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
#[path = "standard/tests.rs"]
mod tests;
