//! Texts whose meaning is known when an expression is compiled: patterns, zones, forms of times.

use super::Kind::{self, Calling, Namespace, Pattern, Printed, Read, Zone};

/// What is wrong with a text that stands where such a text is wanted, if it is known when the expression is compiled.
pub(in crate::cel) fn problem(kind: Kind, text: &str) -> Option<(String, String)> {
    match kind {
        Pattern => regex_lite::Regex::new(text).err().map(|error| {
            (
                format!("`{text}` is no regular expression: {error}"),
                "the syntax is that of RE2, without `\\p{..}`: `^[A-Z]{2}-[0-9]+$`".to_owned(),
            )
        }),
        Zone if !is_zone(text) => Some((
            format!("there is no time zone `{text}`"),
            "a zone is `Europe/Berlin`, `UTC`, or an offset: `+02:00`".to_owned(),
        )),
        Printed => written(text)
            .err()
            .map(|error| (format!("`{text}` is no form of a time: {error}"), STRFTIME.to_owned())),
        Read => readable(text)
            .map(|why| (format!("`{text}` is no form of a time: {why}"), STRFTIME.to_owned())),
        Namespace if !is_namespace(text) => Some((
            format!("`{text}` is no namespace"),
            "a namespace is `dns`, `url`, `oid`, `x500` or a UUID".to_owned(),
        )),
        Calling
            if !(1..=3).contains(&text.len())
                || !text.bytes().all(|b| b.is_ascii_digit())
                || text.starts_with('0') =>
        {
            Some((
                format!("`{text}` is no calling code"),
                "a calling code is one to three digits: `49`, `1`".to_owned(),
            ))
        }
        _ => None,
    }
}

const STRFTIME: &str = "a form is written like `%Y-%m-%d` or `%d.%m.%Y %H:%M`";

/// Some time in a form.
fn written(form: &str) -> Result<String, jiff::Error> {
    let moment = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    jiff::fmt::strtime::BrokenDownTime::from(&moment).to_string(form)
}

/// Why nothing can be read in this form: what it writes must be read again as a date at least.
fn readable(form: &str) -> Option<String> {
    let read = written(form).and_then(|text| jiff::fmt::strtime::BrokenDownTime::parse(form, text));
    let read = read.and_then(|read| match read.to_timestamp() {
        Ok(_) => Ok(()),
        Err(_) => read.to_date().map(|_| ()),
    });
    read.err().map(|error| error.to_string())
}

fn is_namespace(text: &str) -> bool {
    let dashes = [8, 13, 18, 23];
    let digits =
        |(at, b): (usize, u8)| if dashes.contains(&at) { b == b'-' } else { b.is_ascii_hexdigit() };
    matches!(text, "dns" | "url" | "oid" | "x500")
        || text.len() == 36 && text.bytes().enumerate().all(digits)
}

/// What the runtime takes for a zone; both read the same table of zones.
fn is_zone(text: &str) -> bool {
    let offset = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |(at, b): (usize, u8)| if at == 2 { b == b':' } else { b.is_ascii_digit() };
    if offset.len() == 5 && offset.bytes().enumerate().all(digits) {
        return offset[..2].parse().is_ok_and(|hours: u8| hours < 24)
            && offset.as_bytes()[3] < b'6';
    }
    text.is_empty() || jiff::tz::TimeZone::get(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_read() {
        for (kind, good, bad) in [
            (Pattern, "^a+$", "("),
            (Zone, "Europe/Berlin", "Mars/Base"),
            (Zone, "-08:00", "+8:00"),
            (Printed, "%d.%m.%Y", "%!"),
            (Read, "%Y-%m-%d %H:%M", "%H:%M"),
            (Namespace, "dns", "www"),
            (Namespace, "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b810"),
            (Calling, "49", "+49"),
        ] {
            assert_eq!(problem(kind, good), None, "{good}");
            assert!(problem(kind, bad).is_some(), "{bad}");
        }
    }
}
