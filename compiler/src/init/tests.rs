#![allow(clippy::unwrap_used, clippy::panic)]

mod shapes;
mod total;

use super::{InitOptions, Initial, init};
use crate::diagnostics::{Severity, Style, render};
use crate::source::Sources;
use crate::{Input, check};
use serde_json::{Value, json};

/// The spec of a document.
#[track_caller]
fn of(document: &Value) -> Initial {
    let mut sources = Sources::new().with_file("shop/openapi.json", document.to_string());
    let options = InitOptions { document: "shop/openapi.json".into(), ..InitOptions::default() };
    let outcome = init(&options, &mut sources);
    outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

/// Its text, which passes.
#[track_caller]
fn text(document: &Value) -> String {
    let text = of(document).text("openapi.json", "integration.schema.json");
    let wrong = wrong(document, &text);
    assert!(wrong.is_empty(), "{}\n{text}", wrong.join("\n"));
    text
}

/// What the compiler says against a spec.
fn wrong(document: &Value, text: &str) -> Vec<String> {
    let mut sources = Sources::new()
        .with_file("shop/openapi.json", document.to_string())
        .with_file("shop/integration.yaml", text);
    let input = Input { specs: vec!["shop/integration.yaml".into()], ..Input::default() };
    let outcome = check(&input, &mut sources);
    let errors = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| render(d, &sources, Style::Plain)).collect()
}

/// A document with these paths, and a schema `Thing`.
fn document(paths: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example.com"}],
        "components": {"schemas": {"Thing": {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
        }}},
        "paths": paths,
    })
}

/// An answer with a body.
fn answers(schema: Value) -> Value {
    json!({"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}})
}

/// A parameter of the query.
fn query(name: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "schema": schema})
}

/// `GET /things` with parameters and members beside the list of things.
fn listing(parameters: Vec<Value>, members: Value) -> Value {
    let mut properties =
        json!({"things": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}});
    let (Value::Object(all), Value::Object(more)) = (&mut properties, members) else { panic!() };
    all.extend(more);
    let schema = json!({"type": "object", "required": ["things"], "properties": properties});
    document(json!({"/things": {"get": {
        "operationId": "listThings", "parameters": parameters, "responses": answers(schema),
    }}}))
}

#[track_caller]
fn has(text: &str, lines: &[&str]) {
    // Comments are broken somewhere.
    let bare = |line: &str| line.trim_start_matches(['#', ' ', '-']).to_owned();
    let whole = text.lines().map(bare).collect::<Vec<_>>().join(" ");
    for line in lines {
        let found = whole.contains(&bare(line));
        assert!(found, "no `{line}` in\n{text}");
    }
}

#[test]
fn what_says_nothing_alone_is_named_after_what_is_before_it() {
    let cursor = vec![query("cursor", json!({"type": "string"}))];
    let listing = listing(cursor, json!({"next_cursor": {"type": "string"}}));
    let names = |paths: &[&str]| {
        let mut document = listing.clone();
        let mut list = document["paths"]["/things"].take();
        list["get"].as_object_mut().unwrap().remove("operationId");
        let paths = paths.iter().map(|path| ((*path).to_owned(), list.clone()));
        document["paths"] = paths.collect::<serde_json::Map<_, _>>().into();
        of(&document).resources.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(&["/issues/type"]), ["issues_type"]);
    assert_eq!(names(&["/jobs/failed", "/mails/failed"]), ["jobs_failed", "mails_failed"]);
    // With nothing before it, it is a resource all the same.
    assert_eq!(names(&["/search"]), ["records"]);
}

#[test]
fn authorisation() {
    let with = |schemes: Value, security: Value| {
        let mut document = document(json!({"/things": {"get": {"responses": {}}}}));
        document["components"]["securitySchemes"] = schemes;
        document["security"] = security;
        text(&document)
    };
    let schemes = json!({
        "BearerAuth": {"type": "http", "scheme": "bearer"},
        "basic": {"type": "http", "scheme": "Basic"},
        "Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "authHeader": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Send `Bearer TOKEN`."},
        "OAuth2": {"type": "oauth2", "flows": {"clientCredentials": {
            "tokenUrl": "https://shop.example.com/token", "scopes": {"read": "", "write": ""},
        }}},
        "implicit": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://x.example.com", "scopes": {}}}},
        "relative": {"type": "oauth2", "flows": {"authorizationCode": {"tokenUrl": "/token", "scopes": {}}}},
        "above": {"type": "oauth2", "flows": {"authorizationCode": {"tokenUrl": "../token", "scopes": {}}}},
        "token": {"type": "http", "scheme": "Token"},
        "certificate": {"type": "mutualTLS"},
        "open": {"type": "openIdConnect", "openIdConnectUrl": "https://x.example.com"},
        "unused": {"type": "http", "scheme": "bearer"},
    });
    let all = json!([
        {"BearerAuth": []}, {"basic": []}, {"Key": []}, {"authHeader": []}, {"OAuth2": ["read"]}, {"implicit": []},
        {"relative": []}, {"above": []}, {"token": []}, {"certificate": []}, {"open": []},
    ]);
    has(
        &with(schemes.clone(), all),
        &[
            "bearer_auth: {type: bearer, scheme: BearerAuth}",
            "basic: {type: basic, scheme: basic}",
            "key: {type: api_key, scheme: Key}",
            "auth_header: {type: bearer, overrides: authHeader, because: ",
            "oauth2: {type: oauth2, flow: client_credentials, scheme: OAuth2, scopes: [read]}",
            "implicit_token: {type: bearer, overrides: implicit, because: ",
            "relative: {type: oauth2, flow: refresh_token, scheme: relative}",
            "# `above` gets tokens (authorizationCode), but its token endpoint is no whole https URL (`../token`)",
            "above_token: {type: bearer, overrides: above, ",
            "token: {type: api_key, overrides: token, in: header.Authorization, prefix: 'token ', ",
            "# `certificate` is no way to authorise that the language knows",
            "open: {type: bearer, overrides: open, ",
            "# no operation accepts `unused`",
        ],
    );
    has(
        &with(schemes.clone(), json!(null)),
        &["# no operation says which", "unused: {type: bearer"],
    );
    has(
        &with(schemes, json!([{"BearerAuth": [], "Key": []}])),
        &[
            "# the document wants `BearerAuth` and `Key` at once",
            "bearer_auth: {type: bearer, because: ",
            "key: {type: api_key, in: header.X-Key, because: ",
        ],
    );
    has(&with(json!({}), json!(null)), &["# auth: The document has no security scheme"]);
    // Whatever is left out is said.
    let schemes = json!({
        "a": {"type": "http", "scheme": "bearer"}, "b": {"type": "http", "scheme": "basic"},
        "c": {"type": "apiKey", "in": "header", "name": "X-Key"},
    });
    let sets = json!([{"a": []}, {"a": [], "b": []}, {"b": [], "c": []}, {"d": []}]);
    let left = [
        "# operations also accept `a` and `b` at once, which is left out",
        "# operations also accept `b` and `c` at once, which is left out",
        "# operations accept `d`, which is no security scheme of the document",
    ];
    has(&with(schemes.clone(), sets), &[&["a: {type: bearer, scheme: a}"], &left[..]].concat());
    let sets = json!([{"a": [], "b": []}, {"b": [], "c": []}]);
    has(
        &with(schemes, sets),
        &[
            "# the document wants `a` and `b` at once",
            "# operations also accept `b` and `c` at once",
        ],
    );
}

#[test]
fn scopes_are_those_of_what_is_selected() {
    let mut listing = listing(
        vec![query("cursor", json!({"type": "string"}))],
        json!({"next_cursor": {"type": "string"}}),
    );
    listing["components"]["securitySchemes"] = json!({"o": {"type": "oauth2", "flows": {"clientCredentials": {
        "tokenUrl": "https://shop.example.com/token", "scopes": {"read": "", "admin": ""},
    }}}});
    listing["paths"]["/things"]["get"]["security"] = json!([{"o": ["read"]}]);
    listing["paths"]["/purge"]["post"] = json!({"security": [{"o": ["admin"]}], "responses": {}});
    has(
        &text(&listing),
        &["o: {type: oauth2, flow: client_credentials, scheme: o, scopes: [read]}"],
    );
}

#[test]
fn titles_are_only_titles() {
    let mut document = document(json!({"/ping": {"get": {"responses": {}}}}));
    document["info"]["title"] = json!("<document>");
    has(&text(&document), &["about: {title: '<document>'}", "document: openapi.json"]);
    document["info"]["title"] = json!("openapi.yaml");
    has(&text(&document), &["about: {title: openapi.yaml}", "document: openapi.json"]);
}

#[test]
fn servers() {
    let with = |servers: Value| {
        let mut document = document(json!({"/things": {"get": {"responses": {}}}}));
        document["servers"] = servers;
        text(&document)
    };
    has(
        &with(json!([{"url": "https://a.example.com/v1/"}, {"url": "https://b.example.com"}])),
        &[
            "server: 'https://a.example.com/v1'",
            "# the document's first; it also lists `https://b.example.com`",
        ],
    );
    has(
        &with(json!([{"url": "https://{tenant}.example.com/{version}", "variables": {
            "tenant": {"default": "acme"}, "version": {"default": "v2", "enum": ["v1", "v2"]},
        }}])),
        &[
            "server: 'https://${settings.tenant}.example.com/${settings.version}'",
            "tenant: {type: string}  # the document's example is `acme`",
            "version: {type: string, default: v2}  # one of `v1`, `v2`",
        ],
    );
    for servers in
        [json!([]), json!(null), json!([{"url": "nowhere"}]), json!([{"url": "https://{"}])]
    {
        with(servers);
    }
    has(
        &with(json!([{"url": "/api/v2"}])),
        &["server: 'https://${settings.host}/api/v2'", "host: {type: string"],
    );
    has(&with(json!([{"url": "http://a.example.com"}])), &["server: 'https://a.example.com'"]);
}

#[test]
fn limits_and_errors() {
    let error = json!({"description": "wrong", "content": {"application/json": {"schema": {
        "type": "object",
        "properties": {"error": {"type": "object", "properties": {
            "message": {"type": "string"}, "code": {"type": "string"},
        }}},
    }}}});
    let mut listing = listing(
        vec![query("cursor", json!({"type": "string"}))],
        json!({"next_cursor": {"type": "string"}}),
    );
    listing["paths"]["/things"]["get"]["responses"]["400"] = error;
    let number = json!({"schema": {"type": "integer"}});
    listing["paths"]["/things"]["get"]["responses"]["200"]["headers"] = json!({
        "X-RateLimit-Remaining": number, "X-RateLimit-Reset": number, "Retry-After": number,
    });
    has(
        &text(&listing),
        &[
            "# answers have `Retry-After` (1 operations)",
            "# observe: {remaining: header.X-RateLimit-Remaining, reset: {from: header.X-RateLimit-Reset, unit: epoch_s}}",
            "message: body.error.message  # the bodies of 1 of 1 operations",
            "code: body.error.code",
        ],
    );
}

#[test]
fn resources() {
    let mut listing = listing(
        vec![query("cursor", json!({"type": "string"}))],
        json!({"next_cursor": {"type": "string"}}),
    );
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    let body = json!({"content": {"application/json": {"schema": thing}}});
    let id =
        json!([{"name": "thingId", "in": "path", "required": true, "schema": {"type": "string"}}]);
    let paths = &mut listing["paths"];
    paths["/things"]["post"] =
        json!({"operationId": "add", "requestBody": body, "responses": answers(thing.clone())});
    paths["/things/{thingId}"] = json!({
        "parameters": id,
        "get": {"operationId": "get", "responses": answers(thing.clone())},
        "patch": {"operationId": "change", "requestBody": body, "responses": answers(thing.clone())},
        "delete": {"operationId": "remove", "responses": {"204": {"description": "gone"}}},
    });
    paths["/things/{thingId}/parts"] = paths["/things"].clone();
    // A record in a member, and a list that must be given something.
    paths["/wrapped/{id}"]["get"] =
        json!({"responses": answers(json!({"type": "object", "properties": {"wrapped": thing}}))});
    let initial = of(&listing);
    let verbs = ["list", "get", "create", "update", "delete"].map(str::to_owned).to_vec();
    assert_eq!(initial.resources, [("things".to_owned(), verbs)]);
    let text_ = text(&listing);
    has(&text_, &["Thing:", "schema: Thing", "type: Thing", "key: id", "# below another record"]);
    // A key that the document does not promise is assumed, with a reason.
    listing["components"]["schemas"]["Thing"]["required"] = json!([]);
    has(&text(&listing), &["in: responses", "id: string", "because: "]);
    listing["components"]["schemas"]["Thing"]["properties"]["id"]["format"] = json!("uuid");
    has(
        &text(&listing),
        &["id: string", "because: '`id` is used as a key, as the text that it is'"],
    );
    // What the compiler refuses is a comment with its reason.
    let shop =
        json!({"name": "shop", "in": "query", "required": true, "schema": {"type": "string"}});
    listing["paths"]["/things"]["get"]["parameters"].as_array_mut().unwrap().push(shop);
    let text_ = text(&listing);
    has(
        &text_,
        &[
            "# left out: nothing gives `query.shop`, which is required (GS0511)",
            "# list: list_things",
        ],
    );
    assert_eq!(of(&listing).refused, 1);
}

#[test]
fn records_inside_messages() {
    let mut listing = listing(
        vec![query("cursor", json!({"type": "string"}))],
        json!({"next_cursor": {"type": "string"}}),
    );
    let object = |member: Value| json!({"type": "object", "required": ["thing"], "properties": {"thing": member}});
    let thing = object(json!({"$ref": "#/components/schemas/Thing"}));
    let body = json!({"content": {"application/json": {"schema": thing}}});
    let paths = &mut listing["paths"];
    paths["/things"]["post"] =
        json!({"operationId": "add", "requestBody": body, "responses": answers(thing.clone())});
    paths["/things/{id}"] = json!({
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "get": {"operationId": "read", "responses": answers(thing.clone())},
        "put": {"operationId": "change", "requestBody": body, "responses": answers(thing)},
        "delete": {"operationId": "remove", "responses": {"204": {"description": "gone"}}},
    });
    has(
        &text(&listing),
        &[
            "`read` gives the record inside `thing`",
            "get: {operation: read, item: body.thing}",
            "create: {operation: add, into: body.thing, item: body.thing}",
            "update: {operation: change, into: body.thing, item: body.thing}",
            "delete: remove",
        ],
    );
    assert_eq!(of(&listing).refused, 0);
    // Another schema of the same record.
    listing["components"]["schemas"]["Whole"] = json!({
        "type": "object", "required": ["id"],
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "note": {"type": "string"}},
    });
    let whole = object(json!({"$ref": "#/components/schemas/Whole"}));
    listing["paths"]["/things/{id}"]["get"]["responses"] = answers(whole);
    has(&text(&listing), &["schemas: [Thing, Whole]", "get: {operation: read, item: body.thing}"]);
}

/// A document of users, whose paths have a parameter and whose records have members.
fn users(parameter: &str, required: Value, properties: Value) -> Value {
    let mut listing = listing(
        vec![query("cursor", json!({"type": "string"}))],
        json!({"next_cursor": {"type": "string"}}),
    );
    let mut paths = listing["paths"].take();
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    paths["/users"] = paths["/things"].take();
    paths.as_object_mut().unwrap().shift_remove("/things");
    let wire =
        json!([{"name": parameter, "in": "path", "required": true, "schema": {"type": "string"}}]);
    paths[format!("/users/{{{parameter}}}")] =
        json!({"parameters": wire, "get": {"operationId": "get", "responses": answers(thing)}});
    listing["paths"] = paths;
    let record = &mut listing["components"]["schemas"]["Thing"];
    (record["required"], record["properties"]) = (required, properties);
    listing
}

#[test]
fn keys_are_no_guesses_by_the_end_of_a_name() {
    let string = || json!({"type": "string"});
    // A name is not what a user is found by.
    let named = json!({"name": string(), "slug": string(), "email": string()});
    for parameter in ["username", "user_slug"] {
        let text = text(&users(parameter, json!([]), named.clone()));
        has(&text, &["# no resources, because no field of the record is its key"]);
        assert!(!text.contains("refine"), "{text}");
    }
    // What may be missing is a key where the parameter is about this record, and no other.
    let records = || json!({"id": string(), "name": string()});
    has(&text(&users("userId", json!([]), records())), &["key: id", "id: string", "because: "]);
    for parameter in ["external_id", "username"] {
        let optional = text(&users(parameter, json!([]), records()));
        assert!(!optional.contains("key: id") && !optional.contains("refine"), "{optional}");
        let there = text(&users(parameter, json!(["id"]), records()));
        assert!(there.contains("key: id") && !there.contains("refine"), "{there}");
    }
    // A text in the path is no number of the record.
    let number = json!({"id": {"type": "integer"}, "name": string()});
    assert!(!text(&users("username", json!(["id"]), number)).contains("key: id"));
}

#[test]
fn without_pages_and_resources_everything_is_included() {
    let text_ = text(&document(json!({"/ping": {"get": {"responses": {}}}})));
    has(&text_, &["include: ['/**']"]);
    let text_ = text(&document(json!({})));
    has(&text_, &["# include: ['/**']"]);
    // Where all are selected, there are no others to propose.
    let listing = listing(
        vec![query("cursor", json!({"type": "string"}))],
        json!({"next_cursor": {"type": "string"}}),
    );
    assert!(!text(&listing).contains("include"), "{}", text(&listing));
}

#[test]
fn a_document_that_is_none_is_said_to_be() {
    let mut sources = Sources::new().with_file("a.json", "{\"openapi\": \"9\"}");
    let options = InitOptions { document: "a.json".into(), ..InitOptions::default() };
    let outcome = init(&options, &mut sources);
    assert!(outcome.value.is_none());
    assert_eq!(outcome.diagnostics.len(), 1);
}
