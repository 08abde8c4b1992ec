//! Functions of our own, and where this language means something else than CEL on purpose.

pub(super) const CASES: &[(&str, &str)] = &[
    ("\"STRASSE ÄÖ\".lower()", "\"strasse äö\""),
    ("\"straße äö\".upper()", "\"STRASSE ÄÖ\""),
    ("trim(source.name)", "\"Ada\""),
    ("\"+49 (0)171 / 12\".digits()", "\"49017112\""),
    ("\"٣4\".digits()", "\"4\""),
    ("\"0171 123-4567\".e164(\"49\").orValue(\"?\")", "\"+491711234567\""),
    ("\"(212) 555-0100\".e164(\"1\").orValue(\"?\")", "\"+12125550100\""),
    ("source.name.e164(\"49\").orValue(\"?\")", "\"?\""),
    ("source.moment.strftime(\"%d.%m.%Y\")", "\"22.11.2026\""),
    ("source.moment.strftime(\"%Y-%m-%d %H:%M\", \"Asia/Tokyo\")", "\"2026-11-22 22:14\""),
    ("source.moment.strftime(\"%H:%M\", source.name)", "error"),
    ("string(\"22.11.2026\".strptime(\"%d.%m.%Y\"))", "\"2026-11-22T00:00:00Z\""),
    (
        "string(\"22.11.2026 10:30\".strptime(\"%d.%m.%Y %H:%M\", \"Europe/Berlin\"))",
        "\"2026-11-22T09:30:00Z\"",
    ),
    ("string(\"11/22/2026\".strptime(\"%m/%d/%Y\"))", "\"2026-11-22T00:00:00Z\""),
    ("\"22.11.2026\".strptime(\"%d.%m.%Y\").strftime(\"%Y-%m-%d\")", "\"2026-11-22\""),
    ("string(source.name.strptime(\"%d.%m.%Y\"))", "error"),
    ("string(\"30.02.2026\".strptime(\"%d.%m.%Y\"))", "error"),
    ("\"abc\".sha256()", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""),
    ("\"abc\".md5()", "\"900150983cd24fb0d6963f7d28e17f72\""),
    ("uuid5(\"dns\", \"www.example.com\")", "\"2ed6657d-e927-568b-95e1-2665a8aea6a2\""),
    ("uuid5(source.name, source.name)", "error"),
    ("\"a b/ä\".urlEncode()", "\"a%20b%2F%C3%A4\""),
    ("\"a%20b%2F%C3%A4\".urlDecode()", "\"a b/ä\""),
    ("\"%ff\".urlDecode()", "error"),
    // A null is as good as absent.
    ("source.nick == null", "true"),
    ("source.city != null", "true"),
    ("source.props[?\"other\"].hasValue()", "false"),
    // Optional values do not nest, and `first()` of a list of them is one.
    ("source.addresses.map(a, a.?street).first().orValue(\"?\")", "\"Main\""),
    ("source.addresses.map(a, a.?street).last().orValue(\"?\")", "\"?\""),
    // The year 9999 ends a day early: no zone's calendar goes beyond it.
    ("timestamp(253402300799) == source.leap", "error"),
    // A number in text is a number.
    ("source.?score.orValue(0.0) + 0.5", "82.0"),
];
