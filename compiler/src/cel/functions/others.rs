//! Functions without a row, and names that they have elsewhere.

/// Functions that have no row: conversions, what optional values have, macros, and what takes any number of values.
pub(in crate::cel) const OTHERS: &[&str] = &[
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
pub(in crate::cel) const NAMESPACES: &[&str] = &["optional", "math", "lists", "strings", "base64"];

/// Functions of CEL that have no meaning here, and why.
pub(in crate::cel) const NOT_HERE: &[(&str, &str)] = &[
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
pub(in crate::cel) const ELSEWHERE: &[(&str, &str)] = &[
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
