#![allow(clippy::unwrap_used)]
use super::*;
use crate::diagnostics::Diagnostic;

fn load(files: &[(&str, &str)]) -> (Option<Document>, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources = sources.with_file(path, *text);
    }
    let mut diagnostics = Diagnostics::new();
    let document =
        Document::load(&mut sources, Path::new(files[0].0), None, None, &mut diagnostics);
    (document, diagnostics.finish(), sources)
}

#[track_caller]
fn refused(text: &str, code: &str, message: &str) {
    let (document, found, _) = load(&[("api/openapi.yaml", text)]);
    assert!(document.is_none());
    assert_eq!(
        found.iter().map(|d| (d.code.0, d.message.as_str())).collect::<Vec<_>>(),
        [(code, message)]
    );
}

#[test]
fn what_is_no_document_is_refused() {
    refused("- a", "GS0101", "this is no OpenAPI document");
    refused("info: {}", "GS0101", "this is no OpenAPI document");
    refused("", "GS0101", "this is no OpenAPI document");
    refused("swagger: 1.2", "GS0102", "Swagger 1.2 is not supported");
    refused("openapi: 4.0.0", "GS0102", "OpenAPI 4.0.0 is not supported");
    refused("a: b: c", "GS0003", "the file is neither YAML nor JSON");
    refused("a: &a [*a]", "GS0004", "the file is nested too deeply");
    let (document, found, _) = load(&[("there/openapi.yaml", "")]);
    assert!(document.is_none() && found.len() == 1);
    let mut diagnostics = Diagnostics::new();
    let absent = Path::new("not/there.yaml");
    assert!(Document::load(&mut Sources::new(), absent, None, None, &mut diagnostics).is_none());
    assert_eq!(diagnostics.finish()[0].message, "`not/there.yaml` does not exist");
}

const API: &str = "
openapi: 3.0.3
servers: [{url: 'https://{site}.example.com/v1', variables: {site: {default: eu}}}]
security: [{key: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://t, scopes: {read: r}}}}
  schemas: {A: {type: string}, B: {$ref: '#/components/schemas/A'}, Loop: {$ref: '#/components/schemas/Loop'}}
paths:
  /things: {get: {operationId: listThings}}
  /things/{thingId}:
    $ref: 'items/thing.yaml#/~1thing'
";
const THING: &str = "
/thing:
  get: {operationId: getThing, security: [{oauth: [read]}]}
  delete: {}
refs: [{$ref: '../openapi.yaml#/components/schemas/B'}, {$ref: '../../secret.yaml'}, {$ref: 'https://example.com/a.yaml'}, {$ref: 'gone.yaml'}, {$ref: '#/refs/Nope'}]
";

#[test]
fn operations_are_found_also_in_other_files() {
    let (document, found, sources) =
        load(&[("api/openapi.yaml", API), ("api/items/thing.yaml", THING)]);
    assert!(found.is_empty(), "{found:?}");
    let document = document.unwrap();
    assert_eq!(document.operation_ids(), ["listThings", "getThing"]);
    assert_eq!(
        document.calls(),
        ["GET /things", "GET /things/{thingId}", "DELETE /things/{thingId}"]
    );
    assert_eq!(document.servers(), ["https://eu.example.com/v1"]);
    let get = document.find(&Selector::call("get /things/{id}").unwrap()).unwrap();
    assert_eq!(get.id.as_deref(), Some("getThing"));
    assert_eq!(sources.path(get.place.file), Path::new("api/items/thing.yaml"));
    assert_eq!(&*get.place.pointer, "/~1thing/get");
    assert_eq!(document.security_of(&get)[0]["oauth"], ["read"]);
    let list = document.find(&Selector::Id("listThings".into())).unwrap();
    assert!(document.security_of(&list)[0].contains_key("key"));
    let schemes = document.security_schemes();
    assert!(matches!(schemes["key"].kind, Ok(openapiv3::SecurityScheme::APIKey { .. })));
    assert_eq!(schemes["oauth"].flows["clientCredentials"].scopes, ["read"]);
    assert_eq!(document.find(&Selector::Id("nope".into())), None);
}

#[test]
fn a_reference_to_a_page_says_what_that_is() {
    let api = "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {A: {$ref: a.xsd}, B: {$ref: b.html}, C: {$ref: c.md}}}\n";
    let (document, _, _) = load(&[
        ("api/openapi.yaml", api),
        ("api/a.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>: {</xs:schema>"),
        ("api/b.html", "<!doctype html>\n<p>404</p>"),
        ("api/c.md", "A text."),
    ]);
    let document = document.unwrap();
    let of = |name: &str| document.resolve(document.schema(name).unwrap());
    for (name, is) in [("A", "an XML Schema"), ("B", "a web page")] {
        let RefErrorKind::Unreadable(why) = of(name).unwrap_err().kind else { panic!("{name}") };
        assert_eq!(why, format!("the file is {is}, neither YAML nor JSON"));
    }
    assert!(of("C").unwrap().value.is_string());
}

#[test]
fn references_are_followed_inside_the_folder_only() {
    let (document, _, sources) = load(&[
        ("api/openapi.yaml", API),
        ("api/items/thing.yaml", THING),
        ("secret.yaml", "a: 1"),
    ]);
    let document = document.unwrap();
    assert!(!sources.files().any(|f| f.ends_with("secret.yaml")));
    let thing = document.find(&Selector::Id("getThing".into())).unwrap().place.file;
    let refs = document.node(&Place::root(thing).child("refs")).unwrap();
    let results: Vec<_> = refs.items().map(|node| document.resolve(node)).collect();
    assert_eq!(results[0].as_ref().unwrap().place, document.schema("A").unwrap().place);
    let kind = |i: usize| results[i].as_ref().unwrap_err().kind.clone();
    assert_eq!(kind(1), RefErrorKind::Foreign);
    assert_eq!(kind(2), RefErrorKind::Foreign);
    assert!(matches!(kind(3), RefErrorKind::Unreadable(_)));
    assert!(matches!(kind(4), RefErrorKind::Dangling(_)));
    let endless = document.resolve(document.schema("Loop").unwrap()).unwrap_err();
    assert_eq!(endless.kind, RefErrorKind::Endless);
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test makes its files")]
fn symbolic_links_do_not_lead_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("api/real")).unwrap();
    std::fs::create_dir_all(at("other")).unwrap();
    std::fs::write(at("other/a.yaml"), "type: string").unwrap();
    std::fs::write(at("api/real/a.yaml"), "type: string").unwrap();
    std::os::unix::fs::symlink(at("other/a.yaml"), at("api/file.yaml")).unwrap();
    std::os::unix::fs::symlink(at("other"), at("api/folder")).unwrap();
    std::os::unix::fs::symlink(at("api/real/a.yaml"), at("api/own.yaml")).unwrap();
    let text = "openapi: 3.0.3
components: {schemas: {
  a: {$ref: file.yaml}, b: {$ref: folder/a.yaml}, c: {$ref: own.yaml}, d: {$ref: memory/a.yaml}, e: {$ref: absent.yaml}}}";
    std::fs::write(at("api/openapi.yaml"), text).unwrap();
    let mut sources = Sources::new().with_file(at("api/memory/a.yaml"), "type: string");
    let mut diagnostics = Diagnostics::new();
    let path = at("api/openapi.yaml");
    let document = Document::load(&mut sources, &path, None, None, &mut diagnostics).unwrap();
    let code = |name: &str| {
        let found = document.resolve(document.schema(name).unwrap());
        found.err().map(|error| error.diagnostic(crate::diagnostics::Severity::Warning).code.0)
    };
    let codes = ["a", "b", "c", "d", "e"].map(code);
    assert_eq!(codes, [Some("GS0105"), Some("GS0105"), None, None, Some("GS0104")]);
}

#[test]
fn a_level_is_read_without_what_is_below() {
    let text = "
openapi: 3.1.0
components:
  schemas:
    A: {type: [object, 'null'], required: [b], properties: {b: {type: strnig}, c: 5}, additionalProperties: {type: 7}, maxProperties: x}
    B: {type: object, required: true, additionalProperties: false, allOf: [{}, 7], format: null}
    C: {const: null}
    D: {type: string, nullable: 1}
    E: {properties: {a: {}}, type: {of: string}}
x:
  key: {type: apiKey}
  bare: {}
  header: {in: header, name: a, style: form}
  body: {in: body, name: a}
";
    let document = load(&[("openapi.yaml", text)]).0.unwrap();
    let read = |name: &str| Schema::read(&document.schema(name).unwrap());
    let a = read("A").unwrap();
    assert_eq!(a.types, [SchemaType::Object, SchemaType::Null]);
    assert!(a.allows_null() && a.has_members());
    assert_eq!(a.shape.properties.keys().collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(a.shape.required, ["b"]);
    let b = read("B").unwrap();
    assert!(b.shape.required.is_empty() && b.shape.all_of.len() == 2);
    assert_eq!(read("C").unwrap().shape.enumeration, [serde_json::Value::Null]);
    let wrong = |name: &str| read(name).unwrap_err().place.pointer.to_string();
    // A keyword costs itself.
    let d = read("D").unwrap();
    assert_eq!(d.types, [SchemaType::String]);
    assert_eq!(&*d.faults[0].place.pointer, "/components/schemas/D/nullable");
    assert_eq!(wrong("E"), "/components/schemas/E/type");

    let part = |name: &str| document.root_node().unwrap().at(&["x", name]).unwrap();
    assert!(part("key").level::<openapiv3::SecurityScheme>().is_ok());
    assert!(part("bare").level::<openapiv3::Operation>().is_ok());
    assert!(part("bare").level::<openapiv3::RequestBody>().is_ok());
    assert!(part("bare").level::<openapiv3::Server>().is_err());
    let header = part("header").level::<openapiv3::Parameter>().unwrap();
    assert!(matches!(header, openapiv3::Parameter::Header { .. }));
    let body = part("body").level::<openapiv3::Parameter>().unwrap_err();
    assert_eq!(&*body.place.pointer, "/x/body/in");
}

const SWAGGER: &str = "
swagger: '2.0'
host: a.example.com
securityDefinitions: {basic: {type: basic}}
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{in: body, name: b}, {in: query, name: q, type: array, items: {type: string}, collectionFormat: tsv}]
      responses: {200: {schema: {type: array, items: {$ref: '#/definitions/Big%20Thing'}}}}
    put: {parameters: [{in: query, name: q, type: array, collectionFormat: tsv}]}
definitions:
  Big Thing: {type: strnig}
  Query: {$ref: '#/paths/~1things/get/parameters/1/items'}
  Answer: {$ref: '#/paths/~1things/get/responses/200/schema/items'}
";

#[test]
fn swagger_is_read_as_3_0_and_shown_as_it_is_written() {
    let (document, found, sources) = load(&[("openapi.yaml", SWAGGER)]);
    assert!(found.is_empty(), "{found:?}");
    let document = document.unwrap();
    assert_eq!(document.version(), Version::V2_0);
    assert_eq!(document.servers(), ["https://a.example.com"]);
    assert!(matches!(
        document.security_schemes()["basic"].kind,
        Ok(openapiv3::SecurityScheme::HTTP { .. })
    ));
    let end = |name: &str| document.resolve(document.schema(name).unwrap()).unwrap().place;
    assert_eq!(&*end("Query").pointer, "/paths/~1things/get/parameters/0/schema/items");
    assert_eq!(&*end("Answer").pointer, "/components/schemas/Big Thing");
    let wrong = Schema::read(&document.schema("Big Thing").unwrap()).unwrap_err().place;
    assert_eq!(&*sources.origin(&wrong).pointer, "/definitions/Big Thing/type");
    // Only what is selected is found.
    let list = document.find(&Selector::Id("listThings".into())).unwrap();
    let findings: Vec<_> = document.findings(&list).cloned().collect();
    assert_eq!(findings.len(), 1);
    let shown = crate::diagnostics::render(&findings[0], &sources, Default::default());
    assert!(shown.contains("openapi.yaml:9:"), "{shown}");
}

const LATEST: &str = "
openapi: 3.1.0
webhooks: {created: {$ref: '#/components/pathItems/Created'}}
paths: {/a: {$ref: '#/components/pathItems/Created'}}
components:
  pathItems: {Created: {post: {operationId: created, responses: {default: {$ref: '#/components/responses/R'}}}}}
  responses: {R: {description: r}}
  schemas:
    A: {$id: 'https://example.com/a.json', type: object, $defs: {inner: {type: string, $anchor: deep}}, properties: {x: {$ref: '#/$defs/inner'}}}
    ByAnchor: {$ref: '#deep'}
    ById: {$ref: 'https://example.com/a.json'}
    ByBoth: {$ref: 'https://example.com/a.json#/$defs/inner'}
    ByIdAndAnchor: {$ref: 'https://example.com/a.json#deep'}
    Remote: {$ref: 'https://example.com/b.json'}
    NoAnchor: {$ref: '#shallow'}
    Both: {$ref: '#/components/schemas/A', required: [y], properties: {y: {type: strnig}}, allOf: [{type: 7}]}
    ToBoth: {$ref: '#/components/schemas/Both'}
    Told: {$ref: '#/components/schemas/A', description: Told, deprecated: true}
    Data: {enum: [{$ref: a, items: 1}], properties: {default: {$ref: '#/components/schemas/A', items: {}}}}
    Bytes: {type: string, contentEncoding: base64}
    File: {type: string, contentMediaType: application/octet-stream}
    Anything: true
";

#[test]
fn what_is_beside_a_ref_counts_in_3_1() {
    let (document, found, sources) = load(&[("openapi.yaml", LATEST)]);
    assert!(found.is_empty(), "{found:?}");
    let document = document.unwrap();
    let schema = |name: &str| document.schema(name).unwrap();
    let both = document.resolve(schema("ToBoth")).unwrap();
    assert_eq!(&*both.place.pointer, "/components/schemas/Both");
    let parts = both.get("allOf").unwrap();
    assert_eq!(
        parts.value,
        &crate::source::parse("[{$ref: '#/components/schemas/A'}, {type: 7}]").unwrap()
    );
    let origin = |pointer: &str| {
        let place = Place { pointer: pointer.into(), ..document.root() };
        sources.origin(&place).pointer.to_string()
    };
    assert_eq!(origin("/components/schemas/Both/allOf/0/$ref"), "/components/schemas/Both/$ref");
    assert_eq!(
        origin("/components/schemas/Both/allOf/1/type"),
        "/components/schemas/Both/allOf/0/type"
    );
    assert_eq!(schema("Told").str("$ref"), Some("#/components/schemas/A"));
    let data = schema("Data");
    assert_eq!(data.value.to_value()["enum"][0]["items"], 1);
    assert!(data.at(&["properties", "default", "allOf"]).is_some());
    assert_eq!(Schema::read(&schema("Bytes")).unwrap().shape.format.as_deref(), Some("byte"));
    assert_eq!(Schema::read(&schema("File")).unwrap().shape.format.as_deref(), Some("binary"));
    assert!(Schema::read(&schema("Anything")).unwrap().types.is_empty());
    // The webhook is there, but is no operation; the path that refers to the same item is.
    assert_eq!(document.webhooks()[0].0, "created");
    assert_eq!(document.calls(), ["POST /a"]);
}

#[test]
fn schemas_have_names_of_their_own() {
    let document = load(&[("openapi.yaml", LATEST)]).0.unwrap();
    let schema = |name: &str| document.schema(name).unwrap();
    let end = |node| document.resolve(node).unwrap().place.pointer.to_string();
    let inner = "/components/schemas/A/$defs/inner";
    assert_eq!(end(schema("ByAnchor")), inner);
    assert_eq!(end(schema("ById")), "/components/schemas/A");
    assert_eq!(end(schema("ByBoth")), inner);
    assert_eq!(end(schema("ByIdAndAnchor")), inner);
    assert_eq!(end(schema("A").at(&["properties", "x"]).unwrap()), inner);
    let kind = |name: &str| document.resolve(schema(name)).unwrap_err().kind;
    assert_eq!(kind("Remote"), RefErrorKind::Foreign);
    assert!(matches!(kind("NoAnchor"), RefErrorKind::Dangling(_)));
}

#[test]
fn swagger_is_read_from_several_files() {
    let root = "
swagger: '2.0'
produces: [application/xml]
paths:
  /a: {$ref: paths/a.yaml}
  /b: {get: {parameters: [{$ref: 'common.yaml#/parameters/page'}], responses: {400: {$ref: 'common.yaml#/responses/Bad'}}}}
";
    let common = "
parameters: {page: {name: page, in: query, type: integer}}
responses: {Bad: {description: Bad, schema: {$ref: '#/definitions/Problem'}}}
definitions: {Problem: {type: object, discriminator: kind}}
";
    let item = "get: {responses: {200: {schema: {$ref: '../common.yaml#/definitions/Problem'}}}}";
    let (document, found, sources) = load(&[
        ("api/openapi.yaml", root),
        ("api/common.yaml", common),
        ("api/paths/a.yaml", item),
    ]);
    assert!(found.is_empty(), "{found:?}");
    let document = document.unwrap();
    assert_eq!(document.calls(), ["GET /a", "GET /b"]);
    let at = |call: &str, path: &[&str]| {
        let found = document.find(&Selector::call(call).unwrap()).unwrap();
        let start = document.node(&found.place).unwrap();
        path.iter().fold(start, |node, key| {
            let child = match key.parse::<usize>() {
                Ok(index) if node.value.is_array() => node.items().nth(index).unwrap(),
                _ => node.get(key).unwrap(),
            };
            document.resolve(child).unwrap()
        })
    };
    let schema = at("GET /a", &["responses", "200", "content", "application/xml", "schema"]);
    assert_eq!(schema.at(&["discriminator"]).unwrap().str("propertyName"), Some("kind"));
    assert_eq!(&*sources.origin(&schema.place).pointer, "/definitions/Problem");
    assert_eq!(at("GET /b", &["parameters", "0", "schema"]).str("type"), Some("integer"));
    let bad = at("GET /b", &["responses", "400", "content", "application/xml", "schema"]);
    assert_eq!(bad.place, schema.place);
}
