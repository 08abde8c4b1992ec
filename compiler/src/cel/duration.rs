//! Durations as CEL writes them: `1h30m`, `10s`, `1.5s`, `250ms`.

use std::time::Duration;

/// The longest span that CEL knows: 10,000 years.
const MAX_SECONDS: u64 = 315_576_000_000;

/// Reads a duration that is not negative. The runtime has the same for values that come at run time.
pub(super) fn parse_duration(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() || text.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let (number, after) = rest.split_at(digits);
        let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let nanos: u64 = match unit {
            "h" => 3_600_000_000_000,
            "m" => 60_000_000_000,
            "s" => 1_000_000_000,
            "ms" => 1_000_000,
            "us" | "µs" => 1_000,
            "ns" => 1,
            _ => return None,
        };
        total = total.checked_add(scaled(number, nanos)?)?;
        rest = after;
    }
    (total.as_secs() <= MAX_SECONDS).then_some(total)
}

/// `number` units of `nanos` nanoseconds.
fn scaled(number: &str, nanos: u64) -> Option<Duration> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut sum = u128::from(whole).checked_mul(u128::from(nanos))?;
    let mut place = u128::from(nanos);
    for digit in fraction.bytes() {
        place /= 10;
        sum += place * u128::from(digit - b'0');
    }
    Some(Duration::new(
        u64::try_from(sum / 1_000_000_000).ok()?,
        u32::try_from(sum % 1_000_000_000).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::parse_duration;
    use std::time::Duration;

    #[test]
    fn units_add_up() {
        assert_eq!(parse_duration("1h30m"), Some(Duration::from_secs(5400)));
        assert_eq!(parse_duration("1.5s"), Some(Duration::from_millis(1500)));
        assert_eq!(parse_duration("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(parse_duration("0"), Some(Duration::ZERO));
    }

    #[test]
    fn anything_else_is_none() {
        for text in ["", "10", "s", "10 s", "-1s", "1.2.3s", "1w", "99999999999999999999h"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
