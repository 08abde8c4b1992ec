#![allow(clippy::unwrap_used)]
use super::{Defaults, Distant, Rewritten};
use crate::source::{FileId, Json, Place, parse};
use serde_json::Value;

fn rewrite(value: Value, file: FileId) -> Rewritten {
    super::rewrite(value.into(), file, &Defaults::default(), Distant::default(), &[])
}

const ROOT: &str = "
swagger: '2.0'
info: {title: Shop, version: '1'}
host: shop.example.com
basePath: /v1/
schemes: [http, https]
consumes: [application/json, application/xml]
produces: [application/xml, application/json]
parameters:
  page: {name: page, in: query, type: integer, default: 1}
  thing: {name: it, in: body, required: true, schema: {$ref: '#/definitions/Thing'}}
  note: {name: note, in: formData, type: string, required: true, description: About it}
definitions:
  Thing: {discriminator: kind, required: [kind], properties: {kind: {type: string}, discriminator: {type: string, x-nullable: true}}}
";

/// Rewrites [`ROOT`] with more in it; at each pointer stands what is expected.
#[track_caller]
fn check(more: &str, expect: &[(&str, &str)]) {
    let value = parse(&format!("{ROOT}{more}")).unwrap();
    let rewritten = rewrite(value, FileId(0));
    for (pointer, expected) in expect {
        let found = rewritten.value.pointer(pointer).map_or(Value::from("nothing"), Json::to_value);
        assert_eq!(found, parse(expected).unwrap(), "{pointer}: {found}");
    }
}

/// Where what now stands at a pointer is found in the file, and that it is there.
#[track_caller]
fn check_places(more: &str, expect: &[(&str, &str)]) {
    let value = parse(&format!("{ROOT}{more}")).unwrap();
    let before = value.clone();
    let rewritten = rewrite(value, FileId(0));
    for (new, old) in expect {
        assert!(rewritten.value.pointer(new).is_some(), "{new}");
        let place = Place { pointer: (*new).into(), ..Place::root(FileId(0)) };
        assert_eq!(&*rewritten.moves.origin(&place).pointer, *old, "{new}");
        assert!(before.pointer(old).is_some(), "{old}");
    }
}

#[test]
fn the_top_of_a_document() {
    check(
        "",
        &[
            ("/openapi", "3.0.3"),
            ("/servers", "[{url: 'https://shop.example.com/v1'}]"),
            ("/host", "nothing"),
            ("/definitions", "nothing"),
            ("/consumes", "nothing"),
            ("/components/schemas/Thing/discriminator", "{propertyName: kind}"),
            (
                "/components/schemas/Thing/properties/discriminator",
                "{type: string, nullable: true}",
            ),
            (
                "/components/parameters/page",
                "{name: page, in: query, schema: {type: integer, default: 1}}",
            ),
            (
                "/components/requestBodies/thing",
                "{required: true, content: {application/json: {schema: {$ref: '#/definitions/Thing'}}, application/xml: {schema: {$ref: '#/definitions/Thing'}}}}",
            ),
            ("/components/x-form/note", "{type: string, description: About it}"),
        ],
    );
    check_places(
        "",
        &[
            ("/openapi", "/swagger"),
            ("/servers", "/host"),
            ("/components/schemas/Thing/properties/kind", "/definitions/Thing/properties/kind"),
            ("/components/parameters/page/schema/type", "/parameters/page/type"),
            (
                "/components/requestBodies/thing/content/application~1json/schema/$ref",
                "/parameters/thing/schema/$ref",
            ),
            ("/components/x-form/note/type", "/parameters/note/type"),
        ],
    );
}

#[test]
fn servers_by_what_is_there() {
    let url = |text: &str| {
        let rewritten = rewrite(parse(&format!("swagger: '2.0'\n{text}")).unwrap(), FileId(0));
        rewritten.value.pointer("/servers/0/url").unwrap().as_str().unwrap().to_owned()
    };
    assert_eq!(url("host: a.b"), "https://a.b");
    assert_eq!(url("host: https://a.b/\nbasePath: v1"), "https://a.b/v1");
    assert_eq!(url("host: a.b:80\nschemes: [http]\nbasePath: /"), "http://a.b:80");
    assert_eq!(url("basePath: /v2"), "/v2");
    assert_eq!(url("host: 7"), "/");
}

#[test]
fn bodies() {
    let more = "
paths:
  /a:
    parameters: [{$ref: '#/parameters/thing'}]
    put: {}
    post: {consumes: [text/csv], parameters: []}
    patch:
      parameters: [{in: body, name: own, description: d, schema: {type: object, properties: {a: {x-nullable: true}}}}, {$ref: '#/parameters/page'}]
";
    check(
        more,
        &[
            ("/paths/~1a/parameters", "[]"),
            ("/paths/~1a/x-body", "{$ref: '#/components/requestBodies/thing'}"),
            ("/paths/~1a/put/requestBody", "{$ref: '#/components/requestBodies/thing'}"),
            (
                "/paths/~1a/post/requestBody",
                "{required: true, content: {text/csv: {schema: {$ref: '#/components/requestBodies/thing/content/application~1json/schema'}}}}",
            ),
            ("/paths/~1a/patch/parameters", "[{$ref: '#/parameters/page'}]"),
            (
                "/paths/~1a/patch/requestBody",
                "{description: d, content: {application/json: {schema: {type: object, properties: {a: {nullable: true}}}}, application/xml: {schema: {$ref: '#/paths/~1a/patch/requestBody/content/application~1json/schema'}}}}",
            ),
        ],
    );
    check_places(
        more,
        &[
            ("/paths/~1a/patch/parameters/0", "/paths/~1a/patch/parameters/1"),
            (
                "/paths/~1a/patch/requestBody/description",
                "/paths/~1a/patch/parameters/0/description",
            ),
            (
                "/paths/~1a/patch/requestBody/content/application~1json/schema/properties/a",
                "/paths/~1a/patch/parameters/0/schema/properties/a",
            ),
        ],
    );
}

#[test]
fn forms() {
    let more = "
paths:
  /a:
    put:
      consumes: [application/x-www-form-urlencoded, application/json]
      parameters:
      - {in: formData, name: tags, type: array, items: {type: string}, collectionFormat: ssv}
      - {in: formData, name: n, type: integer, required: true, allowEmptyValue: true}
      - {$ref: '#/parameters/note'}
    post:
      parameters: [{in: formData, name: it, type: file}, {in: formData, name: a, type: string}]
    patch: {consumes: [multipart/form-data], parameters: [{in: formData, name: a}]}
  /both:
    put: {consumes: [multipart/form-data, application/x-www-form-urlencoded], parameters: [{in: formData, name: a}]}
    parameters: [{in: formData, name: b, type: string}]
";
    check(more, &[
        ("/paths/~1a/put/requestBody/required", "true"),
        ("/paths/~1a/put/requestBody/content", "
application/x-www-form-urlencoded:
  schema:
    type: object
    properties: {tags: {type: array, items: {type: string}}, n: {type: integer}, note: {$ref: '#/components/x-form/note'}}
    required: [n, note]
  encoding: {tags: {style: spaceDelimited, explode: false}}"),
        ("/paths/~1a/post/requestBody/content", "{multipart/form-data: {schema: {type: object, properties: {it: {type: string, format: binary}, a: {type: string}}}}}"),
        ("/paths/~1a/patch/requestBody", "{required: false, content: {multipart/form-data: {schema: {type: object, properties: {a: {}}}}}}"),
        ("/paths/~1both/put/requestBody/content/application~1x-www-form-urlencoded/schema/properties", "{a: {}, b: {$ref: '#/paths/~1both/x-form/b'}}"),
        ("/paths/~1both/put/requestBody/content/multipart~1form-data/schema", "{$ref: '#/paths/~1both/put/requestBody/content/application~1x-www-form-urlencoded/schema'}"),
    ]);
    check_places(
        more,
        &[(
            "/paths/~1a/post/requestBody/content/multipart~1form-data/schema/properties/a/type",
            "/paths/~1a/post/parameters/1/type",
        )],
    );
}

#[test]
fn parameters_and_headers() {
    let list = |location: &str, format: &str| {
        let more = format!(
            "paths: {{/a: {{get: {{parameters: [{{in: {location}, name: p, type: array, items: {{type: integer}}, {format}}}]}}}}}}"
        );
        let rewritten = rewrite(parse(&format!("{ROOT}{more}")).unwrap(), FileId(0));
        let found = rewritten.value.pointer("/paths/~1a/get/parameters/0").unwrap();
        let style = format!(
            "{} {}",
            found.get("style").unwrap().as_str().unwrap(),
            found.get("explode").unwrap()
        );
        (style, rewritten.findings.into_iter().map(|d| d.message).collect::<Vec<_>>())
    };
    let check = |location: &str, format: &str, style: &str| {
        assert_eq!(list(location, format), (style.to_owned(), Vec::new()));
    };
    check("query", "", "form false");
    check("query", "collectionFormat: csv", "form false");
    check("query", "collectionFormat: multi", "form true");
    check("query", "collectionFormat: ssv", "spaceDelimited false");
    check("query", "collectionFormat: pipes", "pipeDelimited false");
    check("path", "collectionFormat: csv", "simple false");
    check("header", "", "simple false");
    let (style, found) = list("query", "collectionFormat: tsv");
    assert_eq!((style.as_str(), found.len()), ("form false", 1));
    assert_eq!(
        list("path", "collectionFormat: multi").1,
        ["`collectionFormat: multi` cannot be sent here"]
    );

    super::tests::check("
paths:
  /a:
    get:
      parameters:
      - {in: query, name: q, type: string, enum: [a], x-nullable: true, x-example: a, x-own: 1, allowEmptyValue: true}
      - {in: query, name: s, schema: {type: string}}
      - 7
", &[
        ("/paths/~1a/get/parameters/0", "{in: query, name: q, example: a, x-own: 1, allowEmptyValue: true, schema: {type: string, enum: [a], nullable: true}}"),
        ("/paths/~1a/get/parameters/1", "{in: query, name: s, schema: {type: string}}"),
        ("/paths/~1a/get/parameters/2", "7"),
    ]);
}

#[test]
fn responses() {
    let more = "
responses:
  Bad: {description: Bad, schema: {$ref: '#/definitions/Thing'}}
paths:
  /a:
    get:
      responses:
        200:
          description: It
          schema: {type: array, items: {$ref: '#/definitions/Thing'}}
          headers: {X-Rate: {type: integer, description: Left}, X-List: {type: array, items: {type: string}}}
          examples: {application/json: [], text/csv: 'a,b', plain: 7}
        400: {$ref: '#/responses/Bad'}
        204: {description: Nothing}
    put: {produces: [], responses: {200: {schema: {type: file}}, 201: {examples: {text/plain: a}}}}
";
    check(more, &[
        ("/paths/~1a/get/responses/200", "
description: It
headers: {X-Rate: {description: Left, schema: {type: integer}}, X-List: {schema: {type: array, items: {type: string}}, style: simple, explode: false}}
content:
  application/xml: {schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}
  application/json: {schema: {type: array, items: {$ref: '#/definitions/Thing'}}, example: []}
  text/csv: {schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}, example: 'a,b'}"),
        ("/paths/~1a/get/responses/400", "{$ref: '#/responses/Bad'}"),
        ("/paths/~1a/get/responses/204", "{description: Nothing}"),
        ("/components/responses/Bad/content/application~1xml", "{schema: {$ref: '#/definitions/Thing'}}"),
        ("/paths/~1a/put/responses/200/content", "{application/octet-stream: {schema: {type: string, format: binary}}}"),
        ("/paths/~1a/put/responses/201/content", "{text/plain: {example: a}}"),
    ]);
    check_places(
        more,
        &[
            (
                "/paths/~1a/get/responses/200/content/application~1json/schema/items",
                "/paths/~1a/get/responses/200/schema/items",
            ),
            (
                "/paths/~1a/get/responses/200/headers/X-Rate/schema/type",
                "/paths/~1a/get/responses/200/headers/X-Rate/type",
            ),
            ("/components/responses/Bad/content/application~1json/schema", "/responses/Bad/schema"),
        ],
    );
}

#[test]
fn security() {
    let more = "
securityDefinitions:
  basic: {type: basic}
  key: {type: apiKey, in: header, name: X}
  implicit: {type: oauth2, flow: implicit, authorizationUrl: https://a, scopes: {r: Read}}
  password: {type: oauth2, flow: password, tokenUrl: https://t}
  app: {type: oauth2, flow: application, tokenUrl: https://t, scopes: {}}
  code: {type: oauth2, flow: accessCode, authorizationUrl: https://a, tokenUrl: https://t, scopes: {}}
  lacking: {type: oauth2, tokenUrl: https://t}
";
    let at = |name: &str| format!("/components/securitySchemes/{name}");
    check(
        more,
        &[
            (&at("basic"), "{type: http, scheme: basic}"),
            (&at("key"), "{type: apiKey, in: header, name: X}"),
            (&at("implicit/flows"), "{implicit: {authorizationUrl: https://a, scopes: {r: Read}}}"),
            (&at("password/flows"), "{password: {tokenUrl: https://t, scopes: {}}}"),
            (&at("app/flows"), "{clientCredentials: {tokenUrl: https://t, scopes: {}}}"),
            (
                &at("code/flows"),
                "{authorizationCode: {authorizationUrl: https://a, tokenUrl: https://t, scopes: {}}}",
            ),
            (&at("lacking/flows"), "{clientCredentials: {tokenUrl: https://t, scopes: {}}}"),
        ],
    );
    check_places(
        more,
        &[(
            "/components/securitySchemes/app/flows/clientCredentials/tokenUrl",
            "/securityDefinitions/app/tokenUrl",
        )],
    );
}

#[test]
fn what_is_no_swagger_stays() {
    check(
        "paths: {/a: 7, /b: {get: 7, parameters: 8}, /c: {put: {parameters: {a: 1}, responses: [1]}}, x-own: {get: {consumes: [a]}}}",
        &[
            ("/paths/~1a", "7"),
            ("/paths/~1b", "{get: 7, parameters: 8}"),
            ("/paths/~1c/put", "{parameters: {a: 1}, responses: [1]}"),
            ("/paths/x-own/get/consumes", "[a]"),
        ],
    );
    assert_eq!(rewrite(Value::from(7), FileId(0)).value, Value::from(7));
}
