//! The functions of expressions: a row each, which says what it takes, what it gives, and what it is in Rust.
//! The checker and the emitter read the same rows. What needs more than a row is in `check/calls.rs`.

use self::Kind::{
    Any, Bool, Bytes, Calling, Double, Int, List, Moment, Namespace, Number, Optional, Ordered,
    Pattern, Printed, Read, Scalar, Span, Text, Time, Zone,
};

/// What a parameter takes or a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Int,
    Double,
    Text,
    Bytes,
    Time,
    Span,
    /// A time whose calendar is asked: in UTC, or in the [`Zone`](Kind::Zone) that stands last.
    Moment,
    /// Text: a time zone.
    Zone,
    /// Text: a regular expression.
    Pattern,
    /// Text: the form in which a time is written.
    Printed,
    /// Text: the form in which a time is read.
    Read,
    /// Text: the namespace of a UUID.
    Namespace,
    /// Text: a country's calling code.
    Calling,
    /// Anything; wherever a row says it, it is the same. So are the next three.
    Any,
    /// What is written as one JSON scalar.
    Scalar,
    /// What has an order.
    Ordered,
    Number,
    List(&'static Kind),
    Optional(&'static Kind),
}

impl Kind {
    /// Whether it stands for a type that a call chooses.
    pub(super) fn is_open(self) -> bool {
        match self {
            Any | Scalar | Ordered | Number => true,
            List(item) | Optional(item) => item.is_open(),
            _ => false,
        }
    }
}

/// How a function may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `x.f(y)`.
    Method,
    /// `f(x, y)`.
    Plain,
    /// Either.
    Both,
}

/// A function with these parameters.
#[derive(Debug)]
pub(super) struct Function {
    /// With its namespace, if it has one.
    pub(super) name: &'static str,
    pub(super) style: Style,
    /// For a method, what stands before the dot comes first.
    pub(super) parameters: &'static [Kind],
    pub(super) result: Kind,
    pub(super) fails: bool,
    /// Its path below `gusset::cel`; a bare name is written out by the emitter.
    pub(super) rust: &'static str,
}

impl Function {
    const fn fails(self) -> Self {
        Function { fails: true, ..self }
    }

    const fn both(self) -> Self {
        Function { style: Style::Both, ..self }
    }
}

const fn method(
    name: &'static str,
    parameters: &'static [Kind],
    result: Kind,
    rust: &'static str,
) -> Function {
    Function { name, style: Style::Method, parameters, result, fails: false, rust }
}

const fn plain(
    name: &'static str,
    parameters: &'static [Kind],
    result: Kind,
    rust: &'static str,
) -> Function {
    Function { style: Style::Plain, ..method(name, parameters, result, rust) }
}

/// The rows of a name.
pub(super) fn named(name: &str) -> impl Iterator<Item = &'static Function> {
    FUNCTIONS.iter().filter(move |function| function.name == name)
}

/// The row of an expression that the checker made.
pub(super) fn row(rust: &str, arity: usize) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|row| row.rust == rust && row.parameters.len() == arity)
}

/// Every function that has a row. Rows of one name and one number of parameters differ in their first.
pub(super) const FUNCTIONS: &[Function] = &[
    // Text.
    method("contains", &[Text, Text], Bool, "contains"),
    method("startsWith", &[Text, Text], Bool, "startsWith"),
    method("endsWith", &[Text, Text], Bool, "endsWith"),
    method("lower", &[Text], Text, "lower").both(),
    method("upper", &[Text], Text, "upper").both(),
    method("trim", &[Text], Text, "trim").both(),
    method("replace", &[Text, Text, Text], Text, "replace").both(),
    method("replace", &[Text, Text, Text, Int], Text, "strings::replace_up_to"),
    method("split", &[Text, Text], List(&Text), "split").both(),
    method("split", &[Text, Text, Int], List(&Text), "strings::split_up_to"),
    method("join", &[List(&Text)], Text, "join").both(),
    method("join", &[List(&Text), Text], Text, "join").both(),
    method("matches", &[Text, Pattern], Bool, "matches").fails().both(),
    method("charAt", &[Text, Int], Text, "strings::char_at").fails(),
    method("indexOf", &[Text, Text], Int, "strings::index_of"),
    method("indexOf", &[Text, Text, Int], Int, "strings::index_of_from").fails(),
    method("lastIndexOf", &[Text, Text], Int, "strings::last_index_of"),
    method("lastIndexOf", &[Text, Text, Int], Int, "strings::last_index_of_from").fails(),
    method("substring", &[Text, Int], Text, "strings::substring").fails(),
    method("substring", &[Text, Int, Int], Text, "strings::substring_to").fails(),
    method("lowerAscii", &[Text], Text, "strings::lower_ascii"),
    method("upperAscii", &[Text], Text, "strings::upper_ascii"),
    method("reverse", &[Text], Text, "strings::reverse"),
    plain("strings.quote", &[Text], Text, "strings::quote"),
    // Numbers.
    plain("math.abs", &[Number], Number, "math::abs").fails(),
    plain("math.sign", &[Number], Number, "math::sign"),
    plain("math.ceil", &[Double], Double, "math::ceil"),
    plain("math.floor", &[Double], Double, "math::floor"),
    plain("math.round", &[Double], Double, "math::round"),
    plain("math.trunc", &[Double], Double, "math::trunc"),
    plain("math.sqrt", &[Double], Double, "math::sqrt"),
    plain("math.isNaN", &[Double], Bool, "math::is_nan"),
    plain("math.isInf", &[Double], Bool, "math::is_infinite"),
    plain("math.isFinite", &[Double], Bool, "math::is_finite"),
    // Lists.
    method("slice", &[List(&Any), Int, Int], List(&Any), "lists::slice").fails(),
    method("flatten", &[List(&List(&Any))], List(&Any), "lists::flatten"),
    method("reverse", &[List(&Any)], List(&Any), "lists::reverse"),
    method("distinct", &[List(&Scalar)], List(&Scalar), "lists::distinct"),
    method("sort", &[List(&Ordered)], List(&Ordered), "lists::sort").fails(),
    method("first", &[List(&Any)], Optional(&Any), "lists::first"),
    method("last", &[List(&Any)], Optional(&Any), "lists::last"),
    plain("lists.range", &[Int], List(&Int), "lists::range").fails(),
    method("unwrapOpt", &[List(&Optional(&Any))], List(&Any), "lists::unwrap_optional"),
    plain("optional.unwrap", &[List(&Optional(&Any))], List(&Any), "lists::unwrap_optional"),
    // Times and spans.
    method("getFullYear", &[Moment], Int, "calendar::year"),
    method("getFullYear", &[Moment, Zone], Int, "calendar::year").fails(),
    method("getMonth", &[Moment], Int, "calendar::month"),
    method("getMonth", &[Moment, Zone], Int, "calendar::month").fails(),
    method("getDate", &[Moment], Int, "calendar::date"),
    method("getDate", &[Moment, Zone], Int, "calendar::date").fails(),
    method("getDayOfMonth", &[Moment], Int, "calendar::day_of_month"),
    method("getDayOfMonth", &[Moment, Zone], Int, "calendar::day_of_month").fails(),
    method("getDayOfWeek", &[Moment], Int, "calendar::day_of_week"),
    method("getDayOfWeek", &[Moment, Zone], Int, "calendar::day_of_week").fails(),
    method("getDayOfYear", &[Moment], Int, "calendar::day_of_year"),
    method("getDayOfYear", &[Moment, Zone], Int, "calendar::day_of_year").fails(),
    method("getHours", &[Moment], Int, "calendar::hour"),
    method("getHours", &[Moment, Zone], Int, "calendar::hour").fails(),
    method("getHours", &[Span], Int, "calendar::hours"),
    method("getMinutes", &[Moment], Int, "calendar::minute"),
    method("getMinutes", &[Moment, Zone], Int, "calendar::minute").fails(),
    method("getMinutes", &[Span], Int, "calendar::minutes"),
    method("getSeconds", &[Moment], Int, "calendar::second"),
    method("getSeconds", &[Moment, Zone], Int, "calendar::second").fails(),
    method("getSeconds", &[Span], Int, "calendar::seconds"),
    method("getMilliseconds", &[Moment], Int, "calendar::millisecond"),
    method("getMilliseconds", &[Moment, Zone], Int, "calendar::millisecond").fails(),
    method("getMilliseconds", &[Span], Int, "calendar::milliseconds"),
    method("strftime", &[Moment, Printed], Text, "calendar::strftime").fails(),
    method("strftime", &[Moment, Printed, Zone], Text, "calendar::strftime").fails(),
    method("strptime", &[Text, Read], Time, "calendar::strptime").fails(),
    method("strptime", &[Text, Read, Zone], Time, "calendar::strptime").fails(),
    // Identifiers and encodings.
    plain("base64.encode", &[Bytes], Text, "formats::encode"),
    plain("base64.decode", &[Text], Bytes, "formats::decode").fails(),
    method("urlEncode", &[Text], Text, "formats::url_encode"),
    method("urlDecode", &[Text], Text, "formats::url_decode").fails(),
    method("sha256", &[Text], Text, "formats::sha256"),
    method("md5", &[Text], Text, "formats::md5"),
    plain("uuid5", &[Namespace, Text], Text, "formats::uuid5").fails(),
    method("digits", &[Text], Text, "strings::digits"),
    method("e164", &[Text, Calling], Optional(&Text), "formats::e164"),
];

/// Functions that have no row: conversions, what optional values have, macros, and what takes any number of values.
pub(super) const OTHERS: &[&str] = &[
    "size",
    "string",
    "bytes",
    "int",
    "uint",
    "double",
    "bool",
    "duration",
    "timestamp",
    "has",
    "all",
    "exists",
    "exists_one",
    "map",
    "filter",
    "sortBy",
    "optMap",
    "optFlatMap",
    "orValue",
    "or",
    "hasValue",
    "value",
    "optional.of",
    "optional.none",
    "optional.ofNonZeroValue",
    "math.greatest",
    "math.least",
    "format",
];

/// What stands before the dot of a function's name, where no value is meant.
pub(super) const NAMESPACES: &[&str] = &["optional", "math", "lists", "strings", "base64"];

/// Functions of CEL that have no meaning here, and why.
pub(super) const NOT_HERE: &[(&str, &str)] = &[
    (
        "type",
        "types are known when an expression is compiled; of JSON, convert what you expect: `int(..)`, `string(..)`",
    ),
    (
        "dyn",
        "types are known when an expression is compiled; convert instead: `string(..)`, `double(..)`",
    ),
];

/// What functions are called elsewhere, and here.
pub(super) const ELSEWHERE: &[(&str, &str)] = &[
    ("toLowerCase", "lower"),
    ("toLower", "lower"),
    ("downcase", "lower"),
    ("toUpperCase", "upper"),
    ("toUpper", "upper"),
    ("upcase", "upper"),
    ("strip", "trim"),
    ("length", "size"),
    ("len", "size"),
    ("count", "size"),
    ("includes", "contains"),
    ("any", "exists"),
    ("orElse", "orValue"),
    ("default", "orValue"),
    ("isPresent", "hasValue"),
    ("toString", "string"),
    ("str", "string"),
    ("float", "double"),
    ("match", "matches"),
    ("substr", "substring"),
    ("unique", "distinct"),
    ("uniq", "distinct"),
    ("concat", "flatten"),
    ("sorted", "sort"),
    ("max", "math.greatest"),
    ("min", "math.least"),
    ("abs", "math.abs"),
    ("ceil", "math.ceil"),
    ("floor", "math.floor"),
    ("round", "math.round"),
    ("range", "lists.range"),
    ("getYear", "getFullYear"),
    ("getDay", "getDate"),
    ("formatDate", "strftime"),
    ("parseDate", "strptime"),
    ("encodeURIComponent", "urlEncode"),
    ("uuid", "uuid5"),
    ("hash", "sha256"),
];

/// What is wrong with a text that stands where such a text is wanted, if it is known when the expression is compiled.
pub(super) fn problem(kind: Kind, text: &str) -> Option<(String, String)> {
    let broken = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
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
        Printed => jiff::fmt::strtime::BrokenDownTime::from(&broken)
            .to_string(text)
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

/// Why nothing can be read in this form: what it writes must be read again as a date at least.
fn readable(form: &str) -> Option<String> {
    let moment = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    let written = jiff::fmt::strtime::BrokenDownTime::from(&moment).to_string(form);
    let read = written.and_then(|text| jiff::fmt::strtime::BrokenDownTime::parse(form, text));
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
    fn every_function_is_in_the_book() {
        let book = include_str!("../../../docs/specs.md");
        let names = FUNCTIONS.iter().map(|f| f.name).chain(OTHERS.iter().copied());
        let missing: Vec<&str> = names.filter(|name| !book.contains(&format!("{name}("))).collect();
        assert!(missing.is_empty(), "docs/specs.md does not tell of {missing:?}");
    }

    #[test]
    fn rows_are_told_apart() {
        for (n, a) in FUNCTIONS.iter().enumerate() {
            for b in &FUNCTIONS[n + 1..] {
                let same = a.name == b.name && a.parameters.len() == b.parameters.len();
                assert!(!same || a.parameters[0] != b.parameters[0], "{}", a.name);
                let shared = a.rust == b.rust && a.parameters.len() == b.parameters.len();
                assert!(!shared || a.result == b.result, "{}", a.rust);
            }
        }
    }

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
