//! Patterns, digests, identifiers and encodings.

use super::Error;
use crate::request::RESERVED;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use regex_lite::Regex;
use std::fmt::Write;
use std::sync::OnceLock;

/// A regular expression of the spec, compiled when it is first used.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Of a text that the compiler has proven to be one.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Pattern { text, compiled: OnceLock::new() }
    }

    /// `text.matches(pattern)`: whether some part of the text is as the pattern says.
    ///
    /// # Errors
    /// If the pattern is no regular expression.
    pub fn matches(&self, text: &str) -> Result<bool, Error> {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.text).ok());
        compiled.as_ref().map(|pattern| pattern.is_match(text)).ok_or_else(no_pattern)
    }
}

fn no_pattern() -> Error {
    Error::new("the pattern is no regular expression")
}

/// `text.matches(pattern)` with a pattern that comes at run time.
///
/// # Errors
/// If the pattern is no regular expression.
pub fn matches(text: &str, pattern: &str) -> Result<bool, Error> {
    Ok(Regex::new(pattern).map_err(|_| no_pattern())?.is_match(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// `text.sha256()`: SHA-256 of the UTF-8 text, in lower-case hex.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref())
}

/// `text.md5()`: MD5 of the UTF-8 text, in lower-case hex. It proves nothing; some providers name records by it.
#[must_use]
pub fn md5(text: &str) -> String {
    hex(&md5::compute(text).0)
}

/// `uuid5(namespace, name)`: the UUID of a name in a namespace (RFC 9562): `dns`, `url`, `oid`, `x500` or a UUID.
///
/// # Errors
/// If the namespace is none.
pub fn uuid5(namespace: &str, name: &str) -> Result<String, Error> {
    use uuid::Uuid;
    let namespace = match namespace {
        "dns" => Uuid::NAMESPACE_DNS,
        "url" => Uuid::NAMESPACE_URL,
        "oid" => Uuid::NAMESPACE_OID,
        "x500" => Uuid::NAMESPACE_X500,
        other => Uuid::parse_str(other).map_err(|_| Error::new("the namespace is no UUID"))?,
    };
    Ok(Uuid::new_v5(&namespace, name.as_bytes()).to_string())
}

/// `base64.encode(bytes)`: with padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// `base64.decode(text)`: with or without padding.
///
/// # Errors
/// If the text is no base64.
pub fn decode(text: &str) -> Result<Vec<u8>, Error> {
    let bytes = STANDARD_NO_PAD.decode(text.trim_end_matches('='));
    bytes.map_err(|_| Error::new("the text is no base64"))
}

/// `text.urlEncode()`: for any part of a URL; all but letters, digits and `-._~` is escaped.
#[must_use]
pub fn url_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// `text.urlDecode()`: `%20` is a space, `+` stays a plus.
///
/// # Errors
/// If the bytes that it stands for are no UTF-8.
pub fn url_decode(text: &str) -> Result<String, Error> {
    let decoded = percent_decode_str(text).decode_utf8();
    Ok(decoded.map_err(|_| Error::new("the bytes are no UTF-8 text"))?.into_owned())
}

/// `text.e164(code)`: a phone number as `+` and its digits, none if it is none. What starts with neither `+` nor `00`
/// is a national number of the country with that calling code, and loses its trunk prefix: one 0, but 8 where the
/// code is 7, 06 where it is 36, 1 where it is 1, nothing where it is 39 or 378. A code is one to three digits, the first
/// of which is no 0; with another there is no number.
#[must_use]
pub fn e164(text: &str, code: &str) -> Option<String> {
    let is_code = (1..=3).contains(&code.len())
        && code.bytes().all(|digit| digit.is_ascii_digit())
        && !code.starts_with('0');
    if !is_code {
        return None;
    }
    let text = text.trim();
    let plain = |c: char| c.is_ascii_digit() || " -./()\u{a0}".contains(c);
    let national = text.strip_prefix('+').unwrap_or(text);
    if !national.chars().all(plain) {
        return None;
    }
    let digits = super::strings::digits(national);
    let number = if national.len() < text.len() {
        // `+49 (0)171 ..`: what stands in brackets is dialled only within the country.
        super::strings::digits(&national.replace("(0)", ""))
    } else if let Some(international) = digits.strip_prefix("00") {
        international.to_owned()
    } else {
        let trunk = match code {
            "39" | "378" => "",
            "1" if digits.len() == 11 => "1",
            "1" => "",
            "7" if digits.len() == 11 => "8",
            "7" => "",
            "36" => "06",
            _ => "0",
        };
        format!("{code}{}", digits.strip_prefix(trunk).unwrap_or(&digits))
    };
    let valid = (8..=15).contains(&number.len()) && !number.starts_with('0');
    valid.then(|| format!("+{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_parts() {
        static PATTERN: Pattern = Pattern::new("^a+b");
        assert_eq!((PATTERN.matches("aab"), PATTERN.matches("xab")), (Ok(true), Ok(false)));
        assert_eq!(matches("über", "^.b"), Ok(true));
        assert!(matches("a", "(").is_err());
    }

    #[test]
    fn a_bad_pattern_takes_no_more_time_for_a_long_text() {
        // Backtracking would not end.
        assert_eq!(matches(&"a".repeat(2000), "^(a+)+$b"), Ok(false));
    }

    #[test]
    fn digests_are_those_of_the_standards() {
        assert_eq!(
            sha256("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(md5("abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(
            uuid5("dns", "www.example.com"),
            Ok("2ed6657d-e927-568b-95e1-2665a8aea6a2".to_owned())
        );
        assert_eq!(
            uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"),
            uuid5("dns", "www.example.com")
        );
        assert!(uuid5("www", "x").is_err());
    }

    #[test]
    fn encodings_are_undone() {
        assert_eq!(
            (encode(b"hi"), decode("aGk="), decode("aGk")),
            ("aGk=".to_owned(), Ok(b"hi".to_vec()), Ok(b"hi".to_vec()))
        );
        assert!(decode("?").is_err());
        assert_eq!(url_encode("a b/ä~+"), "a%20b%2F%C3%A4~%2B");
        assert_eq!(url_decode("a%20b+%C3%A4"), Ok("a b+ä".to_owned()));
        assert!(url_decode("%ff").is_err());
    }

    #[test]
    fn phone_numbers_become_e164() {
        for (text, code, wanted) in [
            ("0171 123-4567", "49", "+491711234567"),
            ("+49 (0)171 / 123 45 67", "49", "+491711234567"),
            ("0043 1 234567", "49", "+431234567"),
            ("(212) 555-0100", "1", "+12125550100"),
            ("1 212 555 0100", "1", "+12125550100"),
            ("8 (495) 123-45-67", "7", "+74951234567"),
            ("06 1 234 5678", "36", "+3612345678"),
            ("06 1234 5678", "39", "+390612345678"),
        ] {
            assert_eq!(e164(text, code).as_deref(), Some(wanted), "{text}");
        }
        for text in ["", "call me", "12", "+1234567890123456", "+0123456789", "1+2345678"] {
            assert_eq!(e164(text, "49"), None, "{text}");
        }
        // A code that comes at run time may be none, whatever the number is.
        for code in ["", "+49", "049", "4949", "DE", " 49", "４９"] {
            assert_eq!(e164("0171 1234567", code), None, "{code}");
            assert_eq!(e164("+49 171 1234567", code), None, "{code}");
        }
    }
}
