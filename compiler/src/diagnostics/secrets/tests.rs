//! A canary at every place where people put secrets: no format shows it.
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::diagnostics::sarif::Sarif;
use crate::diagnostics::{Renderer, Style};
use crate::source::Sources;
use crate::{Input, check};
use std::path::Path;

const CANARY: &str = "cAnaRy-58x1";

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: t, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - {name: api_key, in: query, schema: {type: integer, default: DOCUMENTED}}
        - {name: cursor, in: query, schema: {type: string}}
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}}
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}, password: {type: integer, default: DOCUMENTED}}}
";

/// What is found in a spec, in every format; the canary is in none of them, and something is found.
#[track_caller]
fn hidden(spec: &str, document: &str) -> String {
    assert!(spec.contains("CANARY") || document.contains("CANARY"), "{spec}");
    let text = |text: &str| text.replace("CANARY", CANARY);
    let mut sources = Sources::new()
        .with_file("a/integration.yaml", text(spec))
        .with_file("a/openapi.yaml", text(document));
    let input = Input { specs: vec!["a/integration.yaml".into()], ..Input::default() };
    let found = check(&input, &mut sources).diagnostics;
    assert!(!found.is_empty(), "nothing is found in {spec}");
    let renderer = Renderer::new(&found, &sources, Style::Plain);
    let mut shown = format!("{found:#?}\n");
    for finding in &found {
        shown += &format!("{}\n", renderer.render(finding));
        shown += &format!("{}\n{}\n", renderer.line(finding), renderer.to_json(finding));
    }
    let mut sarif = Sarif::new(Path::new("/work"));
    sarif.findings(&found, &sources);
    shown += &sarif.log(true).to_string();
    assert!(!shown.contains(CANARY), "{shown}");
    found.iter().map(|f| renderer.render(f)).collect::<Vec<_>>().join("\n\n")
}

fn spec(rest: &str) -> String {
    format!(
        "gusset: 1\nintegration: a\ndocument: openapi.yaml\nlimits: {{all: {{quota: 9 per 1s}}}}\n{rest}\n"
    )
}

#[test]
fn credentials_in_specs() {
    let operations = "operations: {list_things: {id: listThings}}\n";
    for rest in [
        // Where the language has no place for them.
        "auth: {bearer: {type: bearer, scheme: bearer, token: CANARY}}",
        "auth: {bearer: {type: bearer, scheme: bearer, value: 'CANARY'}}",
        "auth:\n  bearer: {type: bearer, scheme: bearer}\n  other: CANARY",
        "auth: CANARY",
        "auth: [CANARY]",
        "auth: {bearer: {type: oauth3, client_secret: \"CANARY\"}}",
        "token: CANARY",
        "credentials: {user: a, pass: CANARY}",
        "api_key: CANARY",
        // Where it has a place for something else.
        "settings: {api_key: {type: string, default: CANARY}}",
        "settings: {client_secret: CANARY}",
        "settings: {password: {type: integer, default: CANARY}}",
        "server: ftp://me:CANARY@api.example.com",
        "server: http://CANARY@api.example.com",
        "server: https://api.example.com/v1?api_key=CANARY&x=${settings.nothing}",
        "auth: {a: {type: oauth2, flow: refresh_token, token_url: 'http://u:CANARY@a.b'}}",
        "auth: {a: {type: api_key, in: nowhere.X, prefix: 'Token CANARY'}}",
        "resources: {things: {type: Thing, key: id, list: {operation: list_things, with: {header.Authorization: Bearer CANARY}}}}",
        "resources: {things: {type: Thing, key: id, list: {operation: list_things, with: {query.api_key: CANARY}}}}",
        "resources: {things: {type: Thing, key: id, create: {operation: list_things, with: {body.auth: {password: CANARY}}}}}",
        "types: {Thing: {schema: Thing}}\nresources: {things: {type: Thing, key: id}}\nsandbox: {things: {password: {value: CANARY}}}",
    ] {
        hidden(&spec(&format!("{operations}{rest}")), DOCUMENT);
    }
}

#[test]
fn credentials_in_specs_that_cannot_be_read() {
    hidden(&spec("auth: {bearer: {type: bearer, token: CANARY}"), DOCUMENT);
    hidden(&spec("auth:\n  bearer: {api_key: CANARY: }"), DOCUMENT);
    hidden("gusset: 1\nclient_secret: 'CANARY' x\n", DOCUMENT);
}

#[test]
fn credentials_in_documents() {
    let operations =
        "operations: {list_things: {id: listThings}}\ntypes: {Thing: {schema: Thing}}\n";
    let key = spec(&format!("{operations}resources: {{things: {{type: Thing, key: password}}}}"));
    let document = DOCUMENT.replace("DOCUMENTED", "CANARY");
    let shown = hidden(&key, &document);
    assert!(shown.contains("password: {type: integer, default: ***********}"), "{shown}");
    let lines = DOCUMENT.replace(
        "{type: integer, default: DOCUMENTED}}}",
        "{type: integer,\n          default: CANARY}}}",
    );
    hidden(&key, &lines);
    // What is around one finding overlaps with what is around the next.
    let twice = document.replace("Thing: {type", "Thing: {title: a, title: b, title: c, type");
    let shown = hidden(&key, &twice);
    assert_eq!(shown.matches("the key `title` is there twice").count(), 2, "{shown}");
    let with = "resources: {things: {type: Thing, key: id, list: {operation: list_things, with: {query.api_key: a}}}}";
    let shown = hidden(&spec(&format!("{operations}{with}")), &document);
    assert!(shown.contains("default: ***********}"), "{shown}");
}

#[test]
fn secrets_may_overlap() {
    let secrets = aho_corasick::AhoCorasick::new(["abcd1234", "1234567890xyz", "7890"]).unwrap();
    for (text, shown) in [
        ("<abcd1234567890xyz>", "<***>"),
        ("abcd1234abcd1234", "******"),
        ("a 1234567890xyz 7890", "a *** ***"),
        ("abcd123", "abcd123"),
    ] {
        let mut said = text.to_owned();
        super::without(&mut said, &secrets);
        assert_eq!(said, shown, "{text}");
    }
}

#[test]
fn what_is_no_secret_is_shown() {
    let operations = "operations: {list_things: {id: listThings}}\n";
    let shown = hidden(
        &spec(&format!(
            "{operations}auth: {{bearer: {{type: bearer, schem: bearer, token: CANARY}}}}"
        )),
        DOCUMENT,
    );
    // The snippet keeps its shape, and the slip beside the secret is still explained.
    assert!(shown.contains("{type: bearer, schem: bearer, token: ***********}"), "{shown}");
    assert!(shown.contains("did you mean `scheme`?"), "{shown}");
}
