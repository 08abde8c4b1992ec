//! Faults as files have them: a list in YAML.

use crate::fault::{Fault, FaultKind, ResetAs};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// A fault with all that some kind of it has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: Kind,
    operation: Option<String>,
    #[serde(default)]
    after: u64,
    #[serde(default = "once")]
    times: u64,
    status: Option<u16>,
    headers: Option<BTreeMap<String, String>>,
    header: Option<String>,
    reset: Option<ResetAs>,
    wait: Option<Span>,
}

fn once() -> u64 {
    1
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Status,
    Limited,
    ExpiredToken,
    RevokedGrant,
    Latency,
    Reset,
    Truncated,
    Malformed,
    Slow,
    Duplicated,
    Reordered,
}

/// A time such as `30s`.
struct Span(Duration);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let wrong =
            || D::Error::custom(format!("`{text}` is no time: write `500ms`, `30s`, `5m` or `2h`"));
        let digits = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let number: u64 = text.get(..digits).and_then(|n| n.parse().ok()).ok_or_else(wrong)?;
        let seconds = match text.get(digits..) {
            Some("ms") => return Ok(Span(Duration::from_millis(number))),
            Some("s") => Some(number),
            Some("m") => number.checked_mul(60),
            Some("h") => number.checked_mul(60 * 60),
            _ => None,
        };
        seconds.map(|seconds| Span(Duration::from_secs(seconds))).ok_or_else(wrong)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(OfFault)
    }
}

/// What is wrong with a whole fault is said while it is read: then it has its place.
struct OfFault;

impl<'de> Visitor<'de> for OfFault {
    type Value = Fault;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault, such as `{kind: status, status: 503}`")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Fault, A::Error> {
        let written = Written::deserialize(MapAccessDeserializer::new(members))?;
        written.fault().map_err(A::Error::custom)
    }
}

impl Written {
    fn fault(self) -> Result<Fault, String> {
        let Written { kind, operation, after, times, status, headers, header, reset, wait } = self;
        if times == 0 {
            return Err("`times: 0` is no fault: leave it out for one call".to_owned());
        }
        let takes: &[&str] = match kind {
            Kind::Status => &["status", "headers"],
            Kind::Limited => &["header", "reset", "wait"],
            Kind::Latency | Kind::Slow => &["wait"],
            _ => &[],
        };
        let given = [
            ("status", status.is_some()),
            ("headers", headers.is_some()),
            ("header", header.is_some()),
            ("reset", reset.is_some()),
            ("wait", wait.is_some()),
        ];
        if let Some((name, _)) = given.iter().find(|(name, is)| *is && !takes.contains(name)) {
            let takes = match takes {
                [] => "nothing of its own".to_owned(),
                takes => format!("`{}`", takes.join("`, `")),
            };
            return Err(format!("this kind has no `{name}`: it takes {takes}"));
        }
        let needs =
            |name: &str, example: &str| format!("this kind needs `{name}`, as in `{example}`");
        let wait = || wait.map(|Span(wait)| wait).ok_or_else(|| needs("wait", "wait: 30s"));
        let kind = match kind {
            Kind::Status => {
                let status = status.ok_or_else(|| needs("status", "status: 503"))?;
                if !(200..=599).contains(&status) || StatusCode::from_u16(status).is_err() {
                    return Err(format!("`{status}` is no status of an answer: 200 to 599"));
                }
                let headers = headers.unwrap_or_default();
                for (name, value) in &headers {
                    is_header(name)?;
                    if HeaderValue::from_str(value).is_err() {
                        return Err(format!("the value of `{name}` cannot be in a header"));
                    }
                }
                FaultKind::Status { status, headers: headers.into_iter().collect() }
            }
            Kind::Limited => {
                let header = header.unwrap_or_else(|| "retry-after".to_owned());
                is_header(&header)?;
                FaultKind::Limited {
                    header,
                    reset: reset.unwrap_or(ResetAs::Seconds),
                    wait: wait()?,
                }
            }
            Kind::Latency => FaultKind::Latency(wait()?),
            Kind::Slow => FaultKind::Slow(wait()?),
            Kind::ExpiredToken => FaultKind::ExpiredToken,
            Kind::RevokedGrant => FaultKind::RevokedGrant,
            Kind::Reset => FaultKind::Reset,
            Kind::Truncated => FaultKind::Truncated,
            Kind::Malformed => FaultKind::Malformed,
            Kind::Duplicated => FaultKind::Duplicated,
            Kind::Reordered => FaultKind::Reordered,
        };
        Ok(Fault { operation, after, times, kind })
    }
}

fn is_header(name: &str) -> Result<(), String> {
    match HeaderName::from_bytes(name.as_bytes()) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("`{name}` is no name of a header")),
    }
}

impl Fault {
    /// Reads a list of faults from YAML: `kind` is a [`FaultKind`] in small letters (`expired_token`), beside it stand
    /// what that has (`status`, `headers`; `header`, `reset`, `wait`), `operation`, `after` and `times`.
    ///
    /// ```
    /// let faults = gusset_sandbox::Fault::read("- {kind: status, status: 503, operation: list_items, after: 2}")?;
    /// assert_eq!(faults[0].after, 2);
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong, with the line and column.
    pub fn read(text: &str) -> Result<Vec<Fault>, String> {
        serde_yaml::from_str(text)
            .map_err(|error| error.to_string().trim_start_matches('.').to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_kind_is_read() {
        let text = "
- {kind: status, status: 503, headers: {Retry-After: '30'}, operation: list_items, after: 2, times: 3}
- {kind: limited, wait: 30s}
- {kind: limited, header: x-reset, reset: epoch_millis, wait: 2h}
- kind: latency
  wait: 500ms
- {kind: slow, wait: 1m}
- {kind: expired_token}
- {kind: revoked_grant}
- {kind: reset}
- {kind: truncated}
- {kind: malformed}
- {kind: duplicated}
- {kind: reordered}
";
        let limited = |header: &str, reset, seconds| FaultKind::Limited {
            header: header.to_owned(),
            reset,
            wait: Duration::from_secs(seconds),
        };
        let headers = [("Retry-After".to_owned(), "30".to_owned())].into_iter().collect();
        let kinds = [
            FaultKind::Status { status: 503, headers },
            limited("retry-after", ResetAs::Seconds, 30),
            limited("x-reset", ResetAs::EpochMillis, 7200),
            FaultKind::Latency(Duration::from_millis(500)),
            FaultKind::Slow(Duration::from_secs(60)),
            FaultKind::ExpiredToken,
            FaultKind::RevokedGrant,
            FaultKind::Reset,
            FaultKind::Truncated,
            FaultKind::Malformed,
            FaultKind::Duplicated,
            FaultKind::Reordered,
        ];
        let mut expected: Vec<Fault> = kinds.into_iter().map(Fault::new).collect();
        expected[0] = expected[0].clone().of("list_items").after(2).times(3);
        assert_eq!(Fault::read(text).unwrap(), expected);
        for nothing in ["", "[]"] {
            assert_eq!(Fault::read(nothing).unwrap(), []);
        }
    }

    #[test]
    fn the_example_of_the_page_is_read() {
        let (_, rest) = include_str!("../../docs/reliability.md").split_once("```yaml\n").unwrap();
        let (example, _) = rest.split_once("```").unwrap();
        assert_eq!(Fault::read(example).unwrap().len(), 5);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (line, expected) in [
            ("kind: stauts", "unknown variant `stauts`, expected one of `status`, `limited`"),
            ("status: 503", "missing field `kind`"),
            ("kind: status", "this kind needs `status`, as in `status: 503`"),
            ("kind: latency", "this kind needs `wait`, as in `wait: 30s`"),
            ("{kind: slow, wait: soon}", "`soon` is no time: write `500ms`, `30s`, `5m` or `2h`"),
            ("{kind: slow, wait: 30}", "`30` is no time"),
            ("{kind: slow, wait: '30'}", "`30` is no time"),
            ("{kind: slow, wait: 99999999999999999999s}", "is no time"),
            ("{kind: slow, wait: 9999999999999999999h}", "is no time"),
            ("{kind: status, status: 99}", "`99` is no status of an answer: 200 to 599"),
            ("{kind: status, status: 70000}", "70000"),
            ("{kind: reset, wait: 3s}", "this kind has no `wait`: it takes nothing of its own"),
            ("{kind: slow, wait: 3s, status: 500}", "no `status`: it takes `wait`"),
            (
                "{kind: reset, opration: x}",
                "unknown field `opration`, expected one of `kind`, `operation`",
            ),
            ("{kind: reset, times: 0}", "`times: 0` is no fault"),
            ("{kind: reset, after: -1}", "-1"),
            ("{kind: limited, header: 'a b', wait: 1s}", "`a b` is no name of a header"),
            ("{kind: status, status: 500, headers: {a: \"b\\nc\"}}", "cannot be in a header"),
        ] {
            let error = Fault::read(&format!("- kind: reset\n- {line}\n")).unwrap_err();
            assert!(error.contains(expected), "{line}: {error}");
            assert!(error.contains("[1]") && error.contains("line 2 column "), "{line}: {error}");
        }
        for text in ["kind: reset", "- [", "3"] {
            assert!(Fault::read(text).is_err(), "{text}");
        }
    }
}
