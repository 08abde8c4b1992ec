//! `--status`: `404`, `4xx`, `400-499`, `none`.

use std::ops::RangeInclusive;
use std::str::FromStr;

/// Which statuses are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StatusRange {
    /// There was no answer.
    None,
    /// One of these.
    Within(RangeInclusive<u16>),
}

impl StatusRange {
    pub(super) fn holds(&self, status: Option<u16>) -> bool {
        match (self, status) {
            (StatusRange::None, None) => true,
            (StatusRange::Within(range), Some(status)) => range.contains(&status),
            _ => false,
        }
    }
}

impl FromStr for StatusRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse::<u16>().ok().filter(|n| (100..600).contains(n));
        let range = match (text.split_once('-'), text.strip_suffix("xx")) {
            _ if text == "none" => return Ok(StatusRange::None),
            (Some((from, to)), _) => number(from).zip(number(to)).map(|(from, to)| from..=to),
            (None, Some(hundreds)) => number(&format!("{hundreds}00")).map(|from| from..=from + 99),
            (None, None) => number(text).map(|n| n..=n),
        };
        range
            .filter(|range| !range.is_empty())
            .map(StatusRange::Within)
            .ok_or_else(|| "a status is 404, 4xx, 400-499 or none".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::StatusRange;

    #[track_caller]
    fn check(text: &str, holds: &[u16], not: &[u16]) {
        let range: StatusRange = text.parse().unwrap();
        assert!(holds.iter().all(|s| range.holds(Some(*s))), "{range:?}");
        assert!(not.iter().all(|s| !range.holds(Some(*s))), "{range:?}");
    }

    #[test]
    fn ranges() {
        check("404", &[404], &[400, 405]);
        check("4xx", &[400, 404, 499], &[399, 500]);
        check("400-429", &[400, 429], &[430]);
        check("none", &[], &[200]);
        assert!("none".parse::<StatusRange>().unwrap().holds(None));
    }

    #[test]
    fn nonsense_is_told_apart() {
        for text in ["", "abc", "4x", "499-400", "9xx", "99999"] {
            assert!(text.parse::<StatusRange>().is_err(), "{text}");
        }
    }
}
