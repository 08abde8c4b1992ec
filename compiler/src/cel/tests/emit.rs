//! Text in, Rust out.

use super::world;
use crate::cel::emit::EmitCtx;
use crate::cel::{Env, emit, emit_into, emit_optional_text};
use crate::ir::Ty;
use proc_macro2::TokenStream;

/// The tokens as prettyplease prints them inside a function.
fn pretty(tokens: &TokenStream) -> String {
    let file: syn::File = match syn::parse2(quote::quote!(fn f() { x = #tokens; })) {
        Ok(file) => file,
        Err(error) => return format!("{error}: {tokens}"),
    };
    let printed = prettyplease::unparse(&file);
    let body = printed.trim().strip_prefix("fn f() {").and_then(|s| s.strip_suffix('}')).unwrap();
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    lines.join(" ").trim().strip_prefix("x = ").unwrap().trim_end_matches(';').to_owned()
}

#[track_caller]
fn check(text: &str, wanted: &str) {
    let world = world();
    let expr = match world.compile_in(&world.sync(), text, None) {
        Ok(expr) => expr,
        Err(lines) => panic!("{text}: {lines}"),
    };
    let settings = world.settings();
    let emitted = emit(&expr, &EmitCtx::source(&world.types, &settings));
    assert_eq!(pretty(&emitted.tokens), wanted, "{text}");
    assert!(expr.fallible || !emitted.fallible, "{text}");
}

#[track_caller]
fn check_response(text: &str, ty: &Ty, wanted: &str) {
    let world = world();
    let env = Env::response(Some(Ty::Record(world.result)));
    let expr = match world.compile_in(&env, text, Some(ty)) {
        Ok(expr) => expr,
        Err(lines) => panic!("{text}: {lines}"),
    };
    let emitted = emit(&expr, &EmitCtx::response(&world.types));
    assert_eq!(pretty(&emitted.tokens), wanted, "{text}");
}

#[track_caller]
fn check_into(text: &str, field: &str, wanted: &str) {
    let world = world();
    let expr = match world.compile_in(&world.sync(), text, None) {
        Ok(expr) => expr,
        Err(lines) => panic!("{text}: {lines}"),
    };
    let settings = world.settings();
    let def = world.types.get(world.lead);
    let target = world.types.as_struct(world.lead).unwrap().field(field).unwrap();
    let ctx = EmitCtx::source(&world.types, &settings);
    let emitted = emit_into(&expr, def, target, &ctx);
    assert_eq!(pretty(&emitted.tokens), wanted, "{text}");
}

#[test]
fn fields_are_borrowed() {
    check("source.id", "source.id.as_str()");
    check("source.id == \"x\"", "source.id == \"x\"");
    check("source.status == \"open\"", "source.status.as_str() == \"open\"");
    check("source.small + 1", "gusset::cel::add(i64::from(source.small), 1i64)?");
    check("source.weight * 2 + 1.5", "source.weight * 2.0 + 1.5");
    check("source.home.zip", "source.home.zip.as_str()");
    check("source.born", "source.born.to_string()");
    check("settings.region + \"-\" + source.id", "format!(\"{}-{}\", settings.region, source.id)");
}

#[test]
fn what_may_be_missing_is_an_option() {
    check("source.?nick", "source.nick.as_deref()");
    check("source.?nick.orValue(\"x\")", "source.nick.as_deref().unwrap_or(\"x\")");
    check(
        "source.properties.?score.orValue(0) >= settings.threshold",
        "source.properties.score.unwrap_or(0.0) >= settings.threshold",
    );
    check("source.properties.?type", "source.properties.r#type.as_deref()");
    check(
        "source.properties[?\"other\"]",
        "source.properties.rest.get(\"other\").and_then(|v| v.as_deref())",
    );
    check("source.?address.?city", "source.address.as_ref().and_then(|v| v.city.as_deref())");
    check("source.?address.zip", "source.address.as_ref().map(|v| v.zip.as_str())");
    check("source.?short.orValue(1)", "source.short.map(i64::from).unwrap_or(1)");
    check("source.?state.hasValue()", "source.state.as_ref().map(|v| v.as_str()).is_some()");
    check(
        "has(source.nick) && source.nick == \"x\"",
        "source.nick.is_some() && gusset::cel::present(source.nick.as_deref(), \"nick\")? == \"x\"",
    );
    check("source.nick != null", "source.nick.is_some()");
    check("!has(source.nick)", "source.nick.is_none()");
    check("lookup.owner.?email", "lookup_owner.and_then(|v| v.email.as_deref())");
    check("lookup.owner.id", "lookup_owner.map(|v| v.id.as_str())");
}

#[test]
fn lists() {
    check("source.tags.exists(t, t == \"a\")", "source.tags.iter().any(|t| t.as_str() == \"a\")");
    check("\"a\" in source.tags", "source.tags.iter().any(|e| e.as_str() == \"a\")");
    check(
        "source.status in [\"open\", \"closed\"]",
        "[\"open\", \"closed\"].contains(&source.status.as_str())",
    );
    check(
        "source.?labels.orValue([]).size()",
        "gusset::cel::length(source.labels.as_deref().unwrap_or_default().len())",
    );
    check(
        "source.tags.map(t, t.upper()).join(\",\")",
        "gusset::cel::join( source.tags.iter().map(|t| t.as_str().to_uppercase()).collect::<Vec<_>>(), \",\", )",
    );
    check(
        "source.tags.filter(t, t != \"a\")",
        "gusset::cel::filter(source.tags.iter().map(|t| t.as_str()), |t| Ok(t != \"a\"))?",
    );
    check(
        "source.addresses.all(a, has(a.city))",
        "source.addresses.iter().all(|a| a.city.is_some())",
    );
    check("source.scores.exists(s, s > 1)", "source.scores.iter().any(|s| *s > 1.0)");
    check("source.tags[0]", "gusset::cel::index(&source.tags, 0i64)?.as_str()");
}

#[test]
fn json_is_read() {
    check(
        "source.raw.kind == \"x\"",
        "gusset::cel::json::equals(gusset::cel::json::member(&source.raw, \"kind\")?, \"x\")",
    );
    check(
        "source.raw.?kind.orValue(\"\")",
        "gusset::cel::json::optional(&source.raw, \"kind\") .map(gusset::cel::json::string) .transpose()? .unwrap_or(\"\")",
    );
    check_response("status == 429", &Ty::Bool, "i64::from(response.status()) == 429");
    check_response(
        "status == 429 && body.?id.orValue(\"\") == \"x\"",
        &Ty::Bool,
        "i64::from(response.status()) == 429 && gusset::cel::json::optional(response.json_value()?, \"id\") .map(gusset::cel::json::string) .transpose()? .unwrap_or(\"\") == \"x\"",
    );
    check_response(
        "!body.success",
        &Ty::Bool,
        "!gusset::cel::json::boolean( gusset::cel::json::member(response.json_value()?, \"success\")?, )?",
    );
    check_response(
        "body.errors.exists(e, e.statusCode == \"X\") || status == 500",
        &Ty::Bool,
        "gusset::cel::or( || Ok( gusset::cel::exists( gusset::cel::json::array( gusset::cel::json::member(response.json_value()?, \"errors\")?, )? .iter(), |e| Ok( gusset::cel::json::string( gusset::cel::json::member(e, \"statusCode\")?, )? == \"X\", ), )?, ), || Ok(i64::from(response.status()) == 500), )?",
    );
    check_response(
        "retry_after().orValue(duration(\"10s\"))",
        &Ty::Duration,
        "response.retry_after().unwrap_or(std::time::Duration::from_secs(10))",
    );
    check_response(
        "header[?\"X-Code\"].orValue(\"\") == \"x\"",
        &Ty::Bool,
        "response.header(\"X-Code\").unwrap_or(\"\") == \"x\"",
    );
    check_response("\"X-Code\" in header", &Ty::Bool, "response.header(\"X-Code\").is_some()");
    check_response(
        "body.?score.orValue(0.0) > 1.0",
        &Ty::Bool,
        "gusset::cel::json::optional(response.json_value()?, \"score\") .map(gusset::cel::json::in_string::<f64>) .transpose()? .unwrap_or(0.0) > 1.0",
    );
}

#[test]
fn mappings() {
    check_into("source.id", "LastName", "source.id.clone()");
    check_into("\"HubSpot\"", "Company", "\"HubSpot\".to_owned()");
    check_into("source.?nick", "Email", "gusset::Patch::or_null(source.nick.clone())");
    check_into(
        "lookup.owner.?email",
        "Email",
        "gusset::Patch::or_null(lookup_owner.and_then(|v| v.email.clone()))",
    );
    check_into(
        "lookup.owner.id",
        "Email",
        "gusset::Patch::or_null(lookup_owner.map(|v| v.id.clone()))",
    );
    check_into("source.id", "Email", "gusset::Patch::Value(source.id.clone())");
    check_into("source.age", "Score", "Some(gusset::cel::widen(source.age))");
    check_into("source.age", "Count", "Some(gusset::cel::narrow(source.age)?)");
    check_into(
        "source.?count",
        "Count",
        "match source.count { Some(v) => Some(gusset::cel::narrow(v)?), None => None, }",
    );
    check_into(
        "source.age > 3 ? \"open\" : \"closed\"",
        "Rating",
        "Some(String::from(if source.age > 3 { \"open\" } else { \"closed\" }).into())",
    );
    check_into(
        "source.?birthday",
        "Born",
        "match source.birthday.as_ref().map(|v| v.to_string()) { Some(v) => Some(gusset::cel::parse(v.as_str())?), None => None, }",
    );
    check_into("source.tags", "Tags", "Some(source.tags.to_vec())");
    check_into(
        "{\"a\": source.age}",
        "Raw",
        "Some( gusset::serde_json::Value::Object( std::collections::BTreeMap::from([(\"a\".to_owned(), source.age)]) .into_iter() .map(|(k, v)| (k, gusset::serde_json::Value::from(v))) .collect(), ), )",
    );
    check_into("null", "Active", "None");
    check_into("optional.none()", "Email", "gusset::Patch::Null");
    check_into("1", "Size", "1");
}

#[track_caller]
fn check_key(text: &str, wanted: &str) {
    let world = world();
    let expr =
        world.compile_in(&world.sync(), text, None).unwrap_or_else(|lines| panic!("{lines}"));
    let settings = world.settings();
    let emitted = emit_optional_text(&expr, &EmitCtx::source(&world.types, &settings));
    assert_eq!(pretty(&emitted.at("a.yaml:1").tokens), wanted, "{text}");
}

#[test]
fn keys_of_lookups_are_borrowed() {
    check_key("source.id", "Some(source.id.as_str())");
    check_key("source.?nick", "source.nick.as_deref()");
    check_key("string(source.age)", "Some(source.age.to_string().as_str())");
    check_key(
        "string(source.raw)",
        "gusset::cel::at(\"a.yaml:1\", || Ok(Some(gusset::cel::json::text(&source.raw)?)))? .as_deref()",
    );
}

#[test]
fn what_can_fail_as_a_whole_is_the_result_of_its_place() {
    for (text, wanted) in [
        (
            "int(source.raw)",
            "gusset::cel::at(\"a.yaml:1\", || gusset::cel::json::to_int(&source.raw))?",
        ),
        (
            "!bool(source.id)",
            "gusset::cel::at( \"a.yaml:1\", || Ok(!gusset::cel::parse_bool(source.id.as_str())?), )?",
        ),
    ] {
        let world = world();
        let expr =
            world.compile_in(&world.sync(), text, None).unwrap_or_else(|lines| panic!("{lines}"));
        let settings = world.settings();
        let emitted = emit(&expr, &EmitCtx::source(&world.types, &settings));
        assert_eq!(pretty(&emitted.at("a.yaml:1").tokens), wanted, "{text}");
    }
}
