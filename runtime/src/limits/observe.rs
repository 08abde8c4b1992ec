//! What response headers tell about a limit.

use super::standard::{self, Left};
use super::{Limit, Observe, ResetUnit};
use crate::response::Response;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// No window is longer; a reset further away is this.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What an answer tells of a limit: as the spec says, else by the standard fields.
pub(super) fn told(limit: &Limit, response: &Response) -> Option<Left> {
    let observe = &limit.observe;
    if observe.is_nothing() {
        return standard::left(limit, response);
    }
    left(observe, response).map(|calls| Left { calls, reset: reset(observe, response) })
}

/// How many calls are left.
fn left(observe: &Observe, response: &Response) -> Option<u32> {
    let remaining = observe.remaining.and_then(|name| number(response.header(name)?));
    remaining.map(|left| left as u32).or_else(|| {
        let (name, pattern) = observe.usage?;
        let usage = matched(pattern, response.header(name)?)?;
        match (usage.remaining, usage.used, usage.limit) {
            (Some(left), _, _) => u32::try_from(left).ok(),
            (None, Some(used), Some(limit)) => u32::try_from(limit.saturating_sub(used)).ok(),
            _ => None,
        }
    })
}

/// How long until the window ends.
fn reset(observe: &Observe, response: &Response) -> Option<Duration> {
    let (name, unit) = observe.reset?;
    let text = response.header(name)?.trim();
    let now = response.received();
    let until =
        |time: Timestamp| Duration::try_from(time.duration_since(now)).unwrap_or(Duration::ZERO);
    let wait = match unit {
        ResetUnit::Seconds => Duration::try_from_secs_f64(number(text)?).unwrap_or(LONGEST),
        ResetUnit::Millis => Duration::try_from_secs_f64(number(text)? / 1e3).unwrap_or(LONGEST),
        ResetUnit::EpochSeconds => until(epoch(number(text)?)?),
        ResetUnit::EpochMillis => until(epoch(number(text)? / 1e3)?),
        ResetUnit::Date => until(date(text)?),
    };
    Some(wait.min(LONGEST))
}

/// Tells of headers that are there and say something else than the spec takes them for.
pub(super) fn misread(observe: &Observe, response: &Response, exempt: &[&str]) {
    let integration = response.meta().integration;
    if integration.assumptions.is_empty() {
        return;
    }
    let name = response.meta().name;
    let tell = |header: &str, seen: &str| {
        let header_is_there = || integration.assumed_header(name, header, exempt);
        let assumed = integration.assumed_reading(header, exempt).or_else(header_is_there);
        if let Some(assumed) = assumed {
            assumed.warn(name, &format!("the header `{header}` {seen}"));
        }
    };
    if let Some(header) = observe.remaining
        && response.header(header).is_some_and(|text| number(text).is_none())
    {
        tell(header, "is no number of calls");
    }
    if let Some((header, pattern)) = observe.usage
        && response.header(header).is_some_and(|text| matched(pattern, text).is_none())
    {
        tell(header, "does not read like the pattern");
    }
    let Some((header, _)) = observe.reset else { return };
    match (response.header(header), reset(observe, response)) {
        (Some(_), None) => tell(header, "is no such time"),
        // No window is that long: seconds since 1970 were taken for seconds, or milliseconds for seconds.
        (Some(_), Some(wait)) if wait >= LONGEST => tell(header, "is further away than any window"),
        _ => {}
    }
}

/// A number that is not negative.
fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

fn epoch(seconds: f64) -> Option<Timestamp> {
    Timestamp::from_duration(SignedDuration::try_from_secs_f64(seconds).ok()?).ok()
}

fn date(text: &str) -> Option<Timestamp> {
    let http = || Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok();
    text.parse().ok().or_else(http)
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Usage {
    used: Option<u64>,
    limit: Option<u64>,
    remaining: Option<u64>,
}

/// Finds a pattern such as `api-usage={used}/{limit}` in a header, where a word begins.
fn matched(pattern: &str, text: &str) -> Option<Usage> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let begins = !before.is_some_and(|b: char| b.is_alphanumeric() || matches!(b, '-' | '_'));
        if begins && let Some(usage) = matched_here(pattern, &text[at..]) {
            return Some(usage);
        }
        before = Some(c);
    }
    None
}

fn matched_here(mut pattern: &str, mut text: &str) -> Option<Usage> {
    let mut usage = Usage::default();
    while let Some((literal, rest)) = pattern.split_once('{') {
        let (name, rest) = rest.split_once('}')?;
        text = text.strip_prefix(literal)?;
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let value = text.get(..digits)?.parse().ok()?;
        match name {
            "used" => usage.used = Some(value),
            "limit" => usage.limit = Some(value),
            "remaining" => usage.remaining = Some(value),
            _ => return None,
        }
        text = text.get(digits..)?;
        pattern = rest;
    }
    text.starts_with(pattern).then_some(usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_usage_where_a_word_begins() {
        let usage =
            |used, limit| Some(Usage { used: Some(used), limit: Some(limit), remaining: None });
        let pattern = "api-usage={used}/{limit}";
        assert_eq!(matched(pattern, "api-usage=18/5000"), usage(18, 5000));
        let both = "per-app-api-usage=17/250(appName=x), api-usage=25/5000";
        assert_eq!(matched(pattern, both), usage(25, 5000));
        for wrong in [
            "",
            "api-usage=",
            "api-usage=x/5",
            "api-usage=1",
            "other=1/2",
            "api-usage=99999999999999999999999/1",
        ] {
            assert_eq!(matched(pattern, wrong), None, "{wrong}");
        }
        assert_eq!(matched("{left}", "5"), None);
        assert_eq!(matched("{used", "5"), None);
    }
}
