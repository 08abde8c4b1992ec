//! Durations as CEL writes them: `1h30m`, `10s`, `-1.5s`, `250ms`.

/// The longest span that CEL knows, in nanoseconds: 10,000 years.
const MOST: i128 = 315_576_000_000 * 1_000_000_000;

/// The nanoseconds of a duration. The runtime reads those that come at run time, and is tried with the same table
/// (`runtime/src/cel/durations.txt`).
pub(super) fn parse_duration(text: &str) -> Option<i128> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if text == "0" {
        return Some(0);
    }
    let mut rest = text;
    let mut total: i128 = 0;
    while !rest.is_empty() || text.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let (number, after) = rest.split_at(digits);
        let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let nanos: i128 = match unit {
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
    (total < MOST + 1_000_000_000).then_some(if negative { -total } else { total })
}

/// `number` units of `nanos` nanoseconds. A nanosecond is the least that counts; what is below it is cut.
fn scaled(number: &str, nanos: i128) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let (mut tens, mut part): (i128, i128) = (1, 0);
    for digit in fraction.bytes().take(15) {
        tens *= 10;
        part = part * 10 + i128::from(digit - b'0');
    }
    i128::from(whole).checked_mul(nanos)?.checked_add(part * nanos / tens)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::parse_duration;

    #[test]
    fn durations_are_those_of_the_runtime() {
        let table = include_str!("../../../runtime/src/cel/durations.txt");
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let (text, nanos) = line.split_once(" = ").unwrap();
            let wanted = (nanos != "-").then(|| nanos.parse().unwrap());
            assert_eq!(parse_duration(text), wanted, "{text}");
        }
    }
}
