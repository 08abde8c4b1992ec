//! Small documents of every version with anything anywhere, alone: code or findings, never a panic.

#![allow(clippy::unwrap_used)]

use crate::diagnostics::{Renderer, Style};
use crate::source::pointer;
use crate::source::{Sources, parse};
use crate::{Alone, Input, compile};
use proptest::prelude::*;
use serde_json::{Value, json};

const SWAGGER: &str = "
swagger: '2.0'
info: {title: Shop, version: '1'}
host: a.example.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json, text/csv]
securityDefinitions: {o: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {r: r}}, k: {type: apiKey, in: header, name: k}}
security: [{k: []}]
parameters:
  page: {name: page, in: query, type: array, items: {type: integer}, collectionFormat: pipes}
  thing: {name: it, in: body, required: true, schema: {$ref: '#/definitions/Thing'}}
  note: {name: note, in: formData, type: string, required: true}
responses: {Bad: {description: Bad, schema: {$ref: '#/definitions/Thing'}}}
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, type: string}, {$ref: '#/parameters/page'}]
    put: {operationId: a, parameters: [{$ref: '#/parameters/thing'}], responses: {200: {schema: {type: file}}, 400: {$ref: '#/responses/Bad'}}}
    post:
      consumes: [multipart/form-data]
      parameters: [{$ref: '#/parameters/note'}, {name: f, in: formData, type: file}, {name: l, in: formData, type: array, items: {type: string}}]
      responses: {200: {description: a, schema: {$ref: '#/paths/~1a~1{id}/put/responses/200/schema'}, headers: {X: {type: integer}}, examples: {application/json: {}}}}
definitions:
  Thing: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}, x: {type: string, x-nullable: true}}}
  More: {allOf: [{$ref: '#/definitions/Thing'}, {properties: {l: {type: array, items: {$ref: '#/definitions/More'}}}}]}
";

const LATEST: &str = "
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://a.example.com'}]
webhooks: {w: {post: {}}}
paths:
  /a: {$ref: '#/components/pathItems/P'}
  /b: {get: {parameters: [{$ref: '#/components/parameters/q'}], responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
components:
  pathItems: {P: {post: {requestBody: {content: {application/json: {schema: {$ref: '#deep'}}}}, responses: {default: {$ref: '#/components/responses/R'}}}}}
  parameters: {q: {name: q, in: query, schema: {type: [string, 'null']}}}
  responses: {R: {description: r, content: {text/plain: {schema: {type: string}}}}}
  schemas:
    A: {$id: 'https://a/a.json', type: [object, 'null'], $defs: {i: {const: 1, $anchor: deep}}, properties: {x: {$ref: '#/$defs/i'}, t: {type: array, prefixItems: [{type: string}, true]}}}
    B: {$ref: 'https://a/a.json', required: [y], properties: {y: {$ref: '#/components/schemas/B'}}, allOf: [{type: object}]}
";

fn anything() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        prop::sample::select(vec![
            "#/definitions/Thing",
            "#/parameters/note",
            "#/paths/~1a~1{id}/put/parameters/0",
            "#/components/schemas/B",
            "#deep",
            "../x.yaml#/a",
            "body",
            "formData",
            "file",
            "array",
            "tsv",
            "%zz~2/",
        ])
        .prop_map(str::to_owned),
        ".{0,6}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
        text.clone().prop_map(|to| json!({"$ref": to})),
        text.prop_map(|to| json!([{"in": to, "name": to, "type": to}])),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let keys = prop::sample::select(vec![
            "$ref",
            "$id",
            "$anchor",
            "allOf",
            "consumes",
            "discriminator",
            "examples",
            "get",
            "in",
            "items",
            "name",
            "parameters",
            "properties",
            "responses",
            "schema",
            "type",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((keys, inner), 0..3).prop_map(|members| {
                Value::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
            }),
        ]
    })
}

fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    let mut below = |key: &str, value: &Value| {
        pointers(value, &format!("{at}/{}", pointer::escape(key)), out);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| below(&index.to_string(), value));
        }
        _ => {}
    }
}

fn generate(document: &Value) {
    let mut sources = Sources::new().with_file("a.json", document.to_string());
    let alone = vec![Alone { path: "a.json".into(), ..Alone::default() }];
    let outcome = compile(&Input { alone, ..Input::default() }, &mut sources);
    let renderer = Renderer::new(&outcome.diagnostics, &sources, Style::Plain);
    for finding in &outcome.diagnostics {
        assert!(!renderer.to_json(finding).is_empty());
    }
    assert!(outcome.value.is_some() || !outcome.diagnostics.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn any_document_of_any_version_ends_in_code_or_findings(
        which in 0..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), anything()), 1..5),
    ) {
        let mut document = match which {
            0 => parse(SWAGGER).unwrap(),
            1 => parse(LATEST).unwrap(),
            _ => parse(&LATEST.replace("3.1.0", "3.0.3")).unwrap(),
        };
        for (index, value) in changes {
            let mut all = Vec::new();
            pointers(&document, "", &mut all);
            if let Some(place) = document.pointer_mut(index.get(all.as_slice()).as_str()) {
                *place = value;
            }
        }
        generate(&document);
    }
}

#[test]
fn the_documents_themselves_are_read() {
    for text in [SWAGGER.to_owned(), LATEST.to_owned(), LATEST.replace("3.1.0", "3.0.3")] {
        generate(&parse(&text).unwrap());
    }
}
