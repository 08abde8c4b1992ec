//! Text in, type or error out.

use super::world;
use crate::cel::{Env, show};
use crate::ir::Ty;

#[track_caller]
fn check(text: &str, wanted: &str) {
    let world = world();
    let found = match world.compile_in(&world.sync(), text, None) {
        Ok(expr) => show(&world.types, &expr.ty),
        Err(lines) => lines,
    };
    assert_eq!(found, wanted, "{text}");
}

#[track_caller]
fn check_response(text: &str, expected: &Ty, wanted: &str) {
    let world = world();
    let env = Env::response(Some(Ty::Record(world.result)));
    let found = match world.compile_in(&env, text, Some(expected)) {
        Ok(expr) => show(&world.types, &expr.ty),
        Err(lines) => lines,
    };
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn types() {
    check("1 + 2", "int");
    check("1.5 * 2", "double");
    check("2u - 1u", "uint");
    check("\"a\" + \"b\"", "string");
    check("b\"a\"", "bytes");
    check("[1, 2.5]", "list(double)");
    check("{\"a\": 1}", "map(string, int)");
    check("source.updated - duration(\"1h\") < source.updated", "bool");
    check("source.updated - source.updated", "duration");
    check("timestamp(\"2026-11-22T10:00:00Z\")", "timestamp");
    check("source.born", "string");
    check("source.status", "string");
    check("source.raw", "JSON");
    check("source.raw.a.b[0]", "JSON");
    check("source", "Contact");
    check("source.notes", "list(optional(string))");
    check("settings.pause", "duration");
    check("source.tags.map(t, size(t))", "list(int)");
    check("source.addresses.filter(a, has(a.city))", "list(Address)");
    check("optional.none()", "optional(null)");
    check("source.active ? optional.of(1) : optional.none()", "optional(int)");
}

#[test]
fn optionals_are_flat_and_viral() {
    check("source.?nick", "optional(string)");
    check("source.?address.?city", "optional(string)");
    check("source.?address.zip", "optional(string)");
    check("source.properties[?\"anything\"]", "optional(string)");
    check("source[?\"nick\"]", "optional(string)");
    check("source.notes[?0]", "optional(string)");
    check("lookup.owner", "optional(Owner)");
    check("lookup.owner.?email", "optional(string)");
    check("source.?id", "optional(string)");
    check("source.?nick.or(source.?state)", "optional(string)");
}

#[test]
fn names() {
    check(
        "nothing",
        "GS0602 [nothing] nothing is called `nothing` here | known here: `lookup`, `settings`, `source`",
    );
    check("soruce.id", "GS0602 [soruce] nothing is called `soruce` here | did you mean `source`?");
    check(
        "settings.treshold",
        "GS0602 [treshold] there is no setting `treshold` | did you mean `threshold`?",
    );
    check(
        "settings",
        "GS0602 [settings] `settings` alone is no value; select one of its members: `settings.NAME`",
    );
    check("lookup.ownr.email", "GS0602 [ownr] there is no lookup `ownr` | did you mean `owner`?");
    check("source.nik", "GS0603 [nik] `Contact` has no field `nik` | did you mean `nick`?");
    check(
        "source.email",
        "GS0603 [email] `Contact` has no field `email` | `properties` has one: `properties.email`",
    );
    check("source.id.length", "GS0603 [length] a string has no member `length`");
    check(
        "source.tags.exists(source, true)",
        "GS0602 [source.tags.exists(source, true)] `source` already means something here; bind another name",
    );
}

#[test]
fn names_after_a_dot_are_declared() {
    check(
        "source.properties.?emial",
        "GS0603 [emial] `Properties` has no field `emial` | did you mean `email`? | a member that is not declared is meant by text: `[?\"emial\"]`",
    );
}

#[test]
fn what_may_be_missing_must_be_asked() {
    check("source.nick", "GS0604 [nick] `nick` may be missing | use `source.?nick.orValue(\"\")`");
    check(
        "source.address.zip",
        "GS0604 [address] `address` may be missing | use `source.?address.?..`",
    );
    check(
        "source.?address.city",
        "GS0604 [city] `city` may be missing | use `source.?address.?city.orValue(\"\")`",
    );
    check(
        "source.properties.email == \"x\"",
        "GS0604 [email] `email` may be missing | use `source.properties.?email.orValue(\"\")`",
    );
    check(
        "source.properties[\"whatever\"]",
        "GS0604 [\"whatever\"] `whatever` may be missing | use `source.properties[?\"whatever\"].orValue(\"\")`",
    );
    check(
        "lookup.owner.email",
        "GS0604 [email] `email` may be missing | use `lookup.owner.?email.orValue(\"\")`",
    );
    check(
        "source.addresses.exists(a, a.city == \"x\")",
        "GS0604 [city] `city` may be missing | use `a.?city.orValue(\"\")`",
    );
}

#[test]
fn guards_prove_presence() {
    check("has(source.nick) && source.nick == \"x\"", "bool");
    check("source.nick != null && source.nick == \"x\"", "bool");
    check("!has(source.nick) || source.nick == \"x\"", "bool");
    check("has(source.nick) ? source.nick : source.id", "string");
    check("source.nick == null ? source.id : source.nick", "string");
    check("has(source.nick) && has(source.state) && source.nick == source.state", "bool");
    check(
        "has(source.nick) || source.nick == \"x\"",
        "GS0604 [nick] `nick` may be missing | use `source.?nick.orValue(\"\")`",
    );
    check(
        "has(source.nick) && source.state == \"open\"",
        "GS0604 [state] `state` may be missing | use `source.?state.orValue(\"\")`",
    );
    check("source.id == null", "GS0605 [source.id == null] `id` is never null");
}

#[test]
fn operands() {
    check(
        "1 + 1.5 + source.id",
        "GS0605 [1 + 1.5 + source.id] `+` does not take double and string | convert to text first: `string(..)`, `.orValue(\"\")`",
    );
    check(
        "source.age + source.weight",
        "GS0605 [source.age + source.weight] `+` does not take int and double | convert one side: `double(..)`, `int(..)`, `uint(..)`",
    );
    check(
        "source.id + source.age",
        "GS0605 [source.id + source.age] `+` does not take string and int | convert to text first: `string(..)`, `.orValue(\"\")`",
    );
    check("source.id == 1", "GS0605 [source.id == 1] cannot compare string with int");
    check(
        "source.?nick == \"x\"",
        "GS0605 [source.?nick == \"x\"] cannot compare optional(string) with string | the value may be absent; say what holds then: `source.?nick.orValue(\"\")`",
    );
    check(
        "source.?age > 3",
        "GS0605 [source.?age > 3] cannot compare optional(int) with int | the value may be absent; say what holds then: `source.?age.orValue(0)`",
    );
    check("source.age && true", "GS0605 [source.age] expected a condition (bool), found int");
    check(
        "source.?active || true",
        "GS0605 [source.?active] expected a condition (bool), found optional(bool) | the value may be absent; say what holds then: `source.?active.orValue(false)`",
    );
    check("!source.id", "GS0605 [source.id] expected a condition (bool), found string");
    check("-source.id", "GS0605 [-source.id] cannot negate a string");
    check(
        "source.id in source.id",
        "GS0605 [source.id in source.id] `in` does not take string and string",
    );
    check(
        "source.raw + 1",
        "GS0605 [source.raw + 1] `+` does not take JSON and int | the document gives no type here; convert: `int(..)`, `double(..)`, `string(..)`",
    );
    check(
        "source.active ? 1 : \"a\"",
        "GS0605 [\"a\"] both branches must have one type, but here are int and string",
    );
    check(
        "source.active ? source.id : null",
        "GS0605 [null] a branch cannot be null | write `optional.none()` here and `optional.of(..)` around the other branch",
    );
    check(
        "[1, \"a\"]",
        "GS0605 [\"a\"] the elements of a list must have one type, but here are int and string",
    );
    check(
        "source.id.orValue(\"x\")",
        "GS0605 [source.id] `orValue` is for optional values; this string is none",
    );
    check("source.?nick.orValue(1)", "GS0605 [1] the value is string, but the default is int");
    check(
        "source.?labels.exists(l, true)",
        "GS0605 [source.?labels] expected a list or a map, found optional(list(string)) | the value may be absent; say what holds then: `source.?labels.orValue([])`",
    );
    check(
        "source.tags[\"a\"]",
        "GS0605 [source.tags[\"a\"]] cannot index a list(string) with a string",
    );
    check("source.age.exists(a, true)", "GS0605 [source.age] expected a list or a map, found int");
}

#[test]
fn what_is_always_empty_has_no_type() {
    check("size([])", "GS0605 [[]] this is always empty");
    check("[].exists(x, true)", "GS0605 [[]] this is always empty");
    check("1 in []", "GS0605 [[]] this is always empty");
    check("optional.none().hasValue()", "GS0605 [optional.none()] this is always empty");
}

#[test]
fn functions() {
    check(
        "source.id.toLowerCase()",
        "GS0608 [source.id.toLowerCase()] there is no function `toLowerCase` | it is called `lower` here",
    );
    check(
        "source.id.lowr()",
        "GS0608 [source.id.lowr()] there is no function `lowr` | did you mean one of `lower`, `lowerAscii`?",
    );
    check("source.id.matches(\"a\")", "bool");
    check("source.updated.getFullYear()", "int");
    check(
        "type(source.id)",
        "GS0607 [type(source.id)] `type()` has no meaning here | types are known when an expression is compiled; of JSON, convert what you expect: `int(..)`, `string(..)`",
    );
    check("size(source.age)", "GS0605 [source.age] `size` does not take int");
    check("size()", "GS0605 [size()] `size` takes 1 value, found 0");
    check(
        "contains(source.id, \"a\")",
        "GS0608 [contains(source.id, \"a\")] `contains` is called like this here: `x.contains(..)`",
    );
    check(
        "source.?nick.upper()",
        "GS0605 [source.?nick] `upper` does not take optional(string) | the value may be absent; say what holds then: `source.?nick.orValue(\"\")`",
    );
    check("int(source.tags)", "GS0605 [source.tags] `int` does not take list(string)");
    check(
        "duration(\"10 seconds\")",
        "GS0610 [\"10 seconds\"] `10 seconds` is no duration | a duration is written like `10s`, `1h30m`, `250ms`",
    );
    check(
        "timestamp(\"yesterday\")",
        "GS0610 [\"yesterday\"] `yesterday` is no timestamp | a timestamp is written like `2026-11-22T10:00:00Z`",
    );
    check("int(\"x\")", "GS0610 [\"x\"] `x` is no int | a whole number is written like `42`");
    check("retry_after()", "GS0608 [retry_after()] there is no function `retry_after`");
    check("Contact{id: \"x\"}", "GS0607 [{] a message literal is not supported");
    check(
        "[source]",
        "GS0607 [[source]] a list of Contact is not supported in an expression (yet)",
    );
}

#[test]
fn enums_are_compared_with_their_values() {
    check(
        "source.status == \"opne\"",
        "GS0609 [\"opne\"] `status` never is `opne`, as far as the document says | did you mean `open`?",
    );
    check(
        "\"opne\" == source.status",
        "GS0609 [\"opne\"] `status` never is `opne`, as far as the document says | did you mean `open`?",
    );
    check(
        "source.status in [\"open\", \"close\"]",
        "GS0609 [\"close\"] `status` never is `close`, as far as the document says | did you mean `closed`?",
    );
    check("source.status == \"open\"", "bool");
}

#[test]
fn syntax() {
    check("source.id ==", "GS0601 [] this is no CEL expression: it ends too early");
    check("source.id == 'x", "GS0601 ['] this is no CEL expression: unexpected `x`");
    check("(source.id", "GS0601 [] this is no CEL expression: missing `)` at the end");
    check("source..id", "GS0601 [.] this is no CEL expression: unexpected `..`");
    check("source.id = 1", "GS0601 [=] this is no CEL expression: unexpected `=`");
    check("a b", "GS0601 [b] this is no CEL expression: unexpected `b`");
    check("é", "GS0601 [é] this is no CEL expression: unexpected `é`");
    check(
        "\"é\" + 1",
        "GS0605 [\"é\" + 1] `+` does not take string and int | convert to text first: `string(..)`, `.orValue(\"\")`",
    );
}

#[test]
fn responses() {
    check_response("status == 429", &Ty::Bool, "bool");
    check_response("body.id == \"x\"", &Ty::Bool, "bool");
    check_response("body.errors.exists(e, e.message == \"x\")", &Ty::Bool, "bool");
    check_response(
        "retry_after()",
        &Ty::Duration,
        "GS0606 [retry_after()] expected duration, found optional(duration) | the value may be absent; say what holds then: `retry_after().orValue(duration(\"10s\"))`",
    );
    check_response("retry_after().orValue(duration(\"10s\"))", &Ty::Duration, "duration");
    check_response(
        "header.size() > 0",
        &Ty::Bool,
        "GS0607 [header] headers can only be asked by name: `header[?\"Retry-After\"]`, `\"Retry-After\" in header`",
    );
    check_response("header[\"X\"] == \"1\"", &Ty::Bool, "bool");
    check_response("has(header.ETag)", &Ty::Bool, "bool");
    check_response(
        "30",
        &Ty::Duration,
        "GS0606 [30] expected duration, found int | a number of seconds: `duration(\"30s\")`",
    );
    check_response(
        "status / 2",
        &Ty::Duration,
        "GS0606 [status / 2] expected duration, found int | a number of seconds: `duration(string(status / 2) + \"s\")`",
    );
    check_response(
        "30s",
        &Ty::Duration,
        "GS0601 [] this is no CEL expression: a span of time is written `duration(\"30s\")`",
    );
    check_response("status", &Ty::Bool, "GS0606 [status] expected bool, found int");
    check_response(
        "body.eror == 1",
        &Ty::Bool,
        "GS0603 [eror] `SaveResult` has no field `eror` | did you mean `errors`?",
    );
    check_response(
        "body.?id",
        &Ty::Bool,
        "GS0606 [body.?id] expected bool, found optional(string)",
    );
    check_response(
        "body.?success",
        &Ty::Bool,
        "GS0606 [body.?success] expected bool, found optional(bool) | the value may be absent; say what holds then: `body.?success.orValue(false)`",
    );
}

#[test]
fn the_library_is_typed() {
    check("source.tags.first()", "optional(string)");
    check("source.notes.first()", "optional(string)");
    check("source.notes.unwrapOpt()", "list(string)");
    check("source.addresses.sortBy(a, a.zip)", "list(Address)");
    check("source.addresses.first().zip", "optional(string)");
    check("[[1], [2]].flatten()", "list(int)");
    check("math.greatest(1, 2.5)", "double");
    check("math.abs(2u)", "uint");
    check("source.?nick.optMap(n, size(n))", "optional(int)");
    check("source.?nick.optFlatMap(n, source.?state)", "optional(string)");
    check("base64.decode(source.id)", "bytes");
    check("source.id.strptime(\"%Y-%m-%d\")", "timestamp");
    check("source.id.e164(\"49\")", "optional(string)");
    check("source.tags == [\"a\"] && {\"a\": 1} == {\"b\": 2}", "bool");
    check("\"%s\".format([source.updated])", "string");
}

#[test]
fn the_library_takes_what_it_says() {
    check("source.id.charAt()", "GS0605 [source.id.charAt()] `charAt` takes 1 value, found 0");
    check(
        "source.id.substring(1, 2, 3)",
        "GS0605 [source.id.substring(1, 2, 3)] `substring` takes 1 or 2 values, found 3",
    );
    check("source.id.charAt(\"1\")", "GS0605 [\"1\"] `charAt` does not take string");
    check("source.id.sort()", "GS0605 [source.id] `sort` does not take string");
    check(
        "source.addresses.sort()",
        "GS0605 [source.addresses] `sort` does not take list(Address)",
    );
    check("source.age.reverse()", "GS0605 [source.age] `reverse` does not take int");
    check(
        "source.?nick.charAt(0)",
        "GS0605 [source.?nick] `charAt` does not take optional(string) | the value may be absent; say what holds then: `source.?nick.orValue(\"\")`",
    );
    check(
        "charAt(source.id, 1)",
        "GS0608 [charAt(source.id, 1)] `charAt` is called like this here: `x.charAt(..)`",
    );
    check(
        "math.sqroot(2.0)",
        "GS0608 [math.sqroot(2.0)] there is no function `math.sqroot` | did you mean one of `math.sqrt`, `math.floor`, `math.least`?",
    );
    check(
        "source.tags.exists(\"a\")",
        "GS0608 [source.tags.exists(\"a\")] `exists` is called like this: `x.exists(name, condition)`",
    );
    check(
        "source.?nick.optMap(n, source.?nick)",
        "GS0605 [source.?nick] `optMap` takes a value; for an optional one there is `optFlatMap`, found optional(string)",
    );
    check(
        "source.id.optMap(n, n)",
        "GS0605 [source.id] expected an optional value, found a string",
    );
    check("\"%d\".format([source.id])", "GS0605 [source.id] `%d` does not take string");
    check(
        "\"%s\".format([])",
        "GS0605 [\"%s\".format([])] the form has 1 places, but here are 0 values",
    );
    check(
        "source.tags == [1]",
        "GS0605 [source.tags == [1]] cannot compare list(string) with list(int)",
    );
}

#[test]
fn constants_are_proven() {
    check(
        "9223372036854775807 + 1",
        "GS0610 [9223372036854775807 + 1] this is out of the range of int, always",
    );
    check("source.age / 0", "GS0610 [source.age / 0] this divides by zero");
    check("0u - 1u", "GS0610 [0u - 1u] this is out of the range of uint, always");
    check("int(1e19)", "GS0610 [1e19] 10000000000000000000 is out of the range of int");
    check(
        "source.updated.getHours(\"Europe/Berln\")",
        "GS0610 [\"Europe/Berln\"] there is no time zone `Europe/Berln` | a zone is `Europe/Berlin`, `UTC`, or an offset: `+02:00`",
    );
    check("{\"a\": 1, \"a\": 2}", "GS0610 [\"a\"] the map has the key `a` twice");
}

#[test]
fn maps_over_enums_have_every_value() {
    check("{\"open\": 1, \"closed\": 2}[source.status]", "int");
    check("{\"open\": 1}[?source.status].orValue(0)", "int");
    check(
        "{\"open\": 1}[source.status]",
        "GS0612 [{\"open\": 1}] the map has no entry for `closed` | add entries, or say what holds for the others: `{\"open\": 1}[?source.status].orValue(0)`",
    );
    check(
        "{\"open\": 1, \"close\": 2, \"closed\": 3}[source.status]",
        "GS0609 [\"close\"] `status` never is `close`, as far as the document says | did you mean `closed`?",
    );
    check(
        "{\"open\": 1}[source.?state.orValue(\"open\")]",
        "GS0612 [{\"open\": 1}] the map has no entry for `closed` | add entries, or say what holds for the others: `{\"open\": 1}[?source.?state.orValue(\"open\")].orValue(0)`",
    );
    check(
        "{\"open\": 1}[source.?state]",
        "GS0605 [{\"open\": 1}[source.?state]] cannot index a map(string, int) with an optional(string) | the value may be absent; say what holds then: `source.?state.orValue(\"\")`",
    );
}
