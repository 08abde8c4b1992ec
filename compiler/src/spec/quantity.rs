//! Quantities with units: `10s`, `100 per 10s`.

use std::time::Duration;

/// No limit, wait or interval of a spec is longer.
pub(crate) const A_YEAR: Duration = Duration::from_secs(366 * 86_400);

const UNITS: [(&str, u64); 5] =
    [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// A span of time: a whole number and `ms`, `s`, `m`, `h` or `d`.
///
/// # Errors
/// What is wrong with the text, as a sentence without a full stop.
pub fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim();
    if number.is_empty() {
        return Err(format!("`{text}` is no span of time: it starts with no whole number"));
    }
    let Some((_, millis)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(if unit.is_empty() {
            format!("`{text}` has no unit: write `{text}s` for seconds")
        } else {
            format!("`{unit}` is no unit of time: use ms, s, m, h or d")
        });
    };
    number
        .parse::<u64>()
        .ok()
        .and_then(|n| n.checked_mul(*millis))
        .map(Duration::from_millis)
        .ok_or_else(|| format!("`{text}` is longer than this tool can count"))
}

/// Calls in a window: `100 per 10s`.
///
/// # Errors
/// What is wrong with the text, as a sentence without a full stop.
pub fn quota(text: &str) -> Result<(u32, Duration), String> {
    let Some((calls, per)) = text.split_once(" per ") else {
        return Err(format!("`{text}` is no quota: write it like `100 per 10s`"));
    };
    let calls = calls.trim();
    let number: u32 =
        calls.replace('_', "").parse().map_err(|_| format!("`{calls}` is no number of calls"))?;
    let window = duration(per)?;
    if number == 0 {
        return Err("a quota of 0 calls lets nothing through".to_owned());
    }
    if window.is_zero() {
        return Err("the window of a quota cannot be empty".to_owned());
    }
    Ok((number, window))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("10s"), Ok(Duration::from_secs(10)));
        assert_eq!(duration("5 m"), Ok(Duration::from_secs(300)));
        assert_eq!(duration("24h"), Ok(Duration::from_secs(86_400)));
        assert_eq!(duration("7d"), Ok(Duration::from_secs(604_800)));
        for (text, message) in [
            ("10", "`10` has no unit: write `10s` for seconds"),
            ("10 sec", "`sec` is no unit of time: use ms, s, m, h or d"),
            ("", "`` is no span of time: it starts with no whole number"),
            ("1.5s", "`.5s` is no unit of time: use ms, s, m, h or d"),
            ("-1s", "`-1s` is no span of time: it starts with no whole number"),
            ("99999999999999999999s", "`99999999999999999999s` is longer than this tool can count"),
        ] {
            assert_eq!(duration(text), Err(message.to_owned()));
        }
    }

    #[test]
    fn quotas() {
        assert_eq!(quota("100 per 10s"), Ok((100, Duration::from_secs(10))));
        assert_eq!(quota("100_000 per 24h"), Ok((100_000, Duration::from_secs(86_400))));
        for text in ["100", "x per 1s", "1 per x", "0 per 1s", "1 per 0s", "100/10s"] {
            assert!(quota(text).is_err(), "{text}");
        }
    }
}
