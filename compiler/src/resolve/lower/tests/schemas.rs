use super::*;

#[track_caller]
fn root(schemas: &str, expect: &str) -> Lowered {
    let lowered = lower(&with_schemas(schemas), "", &[]);
    assert_eq!(lowered.found, [""; 0]);
    assert_eq!(lowered.fields("Root"), expect);
    lowered
}

#[test]
fn scalars_lists_maps_and_enums() {
    root(
        "Root:
  type: object
  required: [id, type]
  properties:
    id: {type: integer}
    small: {type: integer, format: int32}
    type: {type: string, enum: [asc, ASC, '', '-x', other]}
    at: {type: string, format: date-time, nullable: true}
    day: {type: [string, 'null'], format: date}
    share: {type: number}
    yes: {type: boolean}
    tags: {type: array, items: {type: string}}
    map: {type: object, additionalProperties: {type: integer}}
    free: {type: object}
    unknown: {}
    either: {oneOf: [{type: string}, {type: object}]}
    texts: {anyOf: [{type: string, format: uri}, {type: string, enum: ['']}]}
    fixed: {const: a}",
        "id*: i64, small: i32, r#type*: RootType(Asc|ASC|Empty|MinusX|Other2), at: DateTime?, day: Date?, \
         share: f64, yes: bool, tags: [Plain], map: {i64}, free: {any}, unknown: any?, either: RootEither(Text: \
         Plain | Object: {any}), texts: Plain, fixed: RootFixed(A)",
    );
}

#[test]
fn names_are_made_and_kept_apart() {
    let lowered = root(
        "Root:
  properties:
    owner: {properties: {name: {type: string}}}
    option: {$ref: '#/components/schemas/Option'}
    list: {type: array, items: {properties: {fooBar: {}, foo_bar: {}, self: {}}}}
RootOwner: {properties: {x: {type: string}}}
Option: {properties: {owner: {$ref: '#/components/schemas/RootOwner'}}}",
        "owner: RootOwner2, option: OptionType, list: [RootListItem]",
    );
    assert_eq!(lowered.fields("RootOwner2"), "name: Plain");
    assert_eq!(lowered.fields("OptionType"), "owner: RootOwner");
    assert_eq!(lowered.fields("RootListItem"), "foo_bar: any?, foo_bar2: any?, self_: any?");
}

#[test]
fn wrappers_and_null() {
    let lowered = root(
        "Root:
  properties:
    a: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}], description: about a}
    b: {oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}
    c: {allOf: [{$ref: '#/components/schemas/A'}, {description: only words}]}
    d: {allOf: [{$ref: '#/components/schemas/A'}, {required: [y], properties: {y: {type: boolean}}}]}
    e: {enum: [x, null]}
A: {properties: {x: {type: string}}}",
        "a: A?, b: A?, c: A, d: RootD, e: RootE(X)?",
    );
    assert_eq!(lowered.fields("RootD"), "x: Plain, y*: bool");
}

#[test]
fn what_is_read_only_is_not_sent() {
    let lowered = lower(
        &with_schemas(
            "Root:
  required: [id, name]
  properties:
    id: {type: string, readOnly: true}
    name: {type: string}
    secret: {type: string, writeOnly: true}
    part: {$ref: '#/components/schemas/Part'}
    deep: {properties: {root: {$ref: '#/components/schemas/Root'}}}
Part: {properties: {x: {type: string}}}",
        ),
        "",
        &[],
    );
    assert_eq!(lowered.fields("Root"), "id*: Plain, name*: Plain, part: Part, deep: @RootDeep");
    assert_eq!(
        lowered.fields("RootInput"),
        "name*: Plain, secret: Secret, part: Part, deep: @RootInputDeep"
    );
    assert_eq!(lowered.fields("RootInputDeep"), "root: @RootInput");
    let marks = |name: &str| {
        let mut found = lowered.types.iter().filter(|(_, d)| d.name.as_deref() == Some(name));
        let (_, def) = found.next().unwrap();
        (def.sent, def.received)
    };
    assert_eq!(
        (marks("Root"), marks("RootInput"), marks("Part")),
        ((false, true), (true, false), (true, true))
    );
}

#[test]
fn secrets_are_told_by_format_and_by_name_unless_the_spec_says_text() {
    let document = with_schemas(
        "Root:
  properties:
    phrase: {type: string, format: password}
    password: {type: string, nullable: true}
    api_key: {type: string}
    api_keys: {type: array, items: {type: string, format: password}}
    secret: {type: object, properties: {x: {type: string}}}
    client_secret: {type: string, enum: [shown, hidden]}
    page_token: {type: string}",
    );
    let lowered = lower(&document, "", &[]);
    assert_eq!(
        lowered.fields("Root"),
        "phrase: Secret, password: Secret?, api_key: Secret, api_keys: [Secret], secret: RootSecret, client_secret: RootClientSecret(Shown|Hidden), page_token: Plain"
    );
    let types = "  Root: {schema: Root, refine: {phrase: string?, api_key: string?}, because: both are shown to everybody}\n";
    let lowered = lower(&document, types, &[]);
    assert!(
        lowered.fields("Root").starts_with("phrase: Plain?, password: Secret?, api_key: Plain?"),
        "{}",
        lowered.fields("Root")
    );
}

#[test]
fn recursion_ends() {
    let lowered = root(
        "Root: {properties: {next: {$ref: '#/components/schemas/Root'}, kids: {$ref: '#/components/schemas/Kids'}, other: {$ref: '#/components/schemas/Other'}}}
Kids: {type: array, items: {$ref: '#/components/schemas/Root'}}
Other: {properties: {back: {$ref: '#/components/schemas/Root'}, plain: {$ref: '#/components/schemas/Plain'}}}
Plain: {properties: {x: {}}}",
        "next: @Root, kids: [Root], other: @Other",
    );
    assert_eq!(lowered.fields("Other"), "back: @Root, plain: Plain");
    let lowered = lower(
        &with_schemas(
            "Root: {properties: {a: {$ref: '#/components/schemas/L'}, b: {$ref: '#/components/schemas/R'}, c: {$ref: '#/components/schemas/M'}}}
L: {type: array, items: {$ref: '#/components/schemas/L'}}
R: {$ref: '#/components/schemas/R'}
M: {allOf: [{$ref: '#/components/schemas/M'}, {$ref: '#/components/schemas/M'}]}",
        ),
        "",
        &[],
    );
    assert_eq!(lowered.fields("Root"), "a: [any], b: any?, c: any?");
}

#[test]
fn a_long_chain_of_schemas_needs_no_stack() {
    let mut schemas = String::from("Root: {properties: {x: {$ref: '#/components/schemas/S0'}}}\n");
    for i in 0..5_000 {
        let _ = writeln!(
            schemas,
            "S{i}: {{properties: {{x: {{type: array, items: {{$ref: '#/components/schemas/S{}'}}}}}}}}",
            i + 1
        );
    }
    schemas.push_str("S5000: {type: string}");
    let lowered = lower(&with_schemas(&schemas), "", &[]);
    assert_eq!(lowered.fields("S4999"), "x: [Plain]");
}

#[test]
fn one_bad_schema_costs_itself() {
    let lowered = lower(
        &with_schemas(
            "Root:
  properties:
    good: {type: string}
    bad: {type: strnig}
    worse: 5
    gone: {$ref: '#/components/schemas/Gone'}
    required_flag: {type: string, required: true}
Good: {}",
        ),
        "",
        &[],
    );
    assert_eq!(
        lowered.fields("Root"),
        "good: Plain, bad: any?, worse: any?, gone: any?, required_flag: Plain"
    );
    assert_eq!(lowered.found.len(), 3, "{:#?}", lowered.found);
    assert!(lowered.found[0].starts_with("GS0103 a schema cannot be read"), "{}", lowered.found[0]);
    assert!(
        lowered.found.iter().any(
            |f| f.contains("`#/components/schemas/Gone` leads nowhere") && f.contains("`Good`")
        )
    );
}

#[test]
fn operations_are_read_from_their_parts() {
    let lowered = lower(
        "openapi: 3.0.0
paths:
  /things/{id}/{part}:
    parameters:
    - {name: id, in: path, required: true, schema: {type: integer}}
    - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
    - {name: gone, in: path, schema: {type: string}}
    get:
      summary: Reads.
      description: Reads a thing.
      parameters:
      - {name: limit, in: query, required: true, schema: {type: integer, maximum: 50}}
      - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
      - {name: filter, in: query, style: deepObject, schema: {type: object}}
      - {name: type, in: header, schema: {type: string}}
      - {name: Accept, in: header, schema: {type: string}}
      - {in: query}
      responses:
        201: {content: {application/json; charset=utf-8: {schema: {type: array, items: {properties: {a: {type: string}}}}}}}
        204: {description: none}
        404: {content: {application/problem+json: {schema: {properties: {title: {type: string}}}}}}
    put: {requestBody: {required: true, content: {image/png: {}}}, responses: {'200': {content: {text/csv: {}}}}}
    head: {responses: {'200': {content: {application/json: {}}}}}
",
        "",
        &[],
    );
    let get = &lowered.operations[0];
    let parameters: Vec<_> = get
        .parameters
        .iter()
        .map(|p| {
            format!(
                "{:?} {}{}: {} {:?}{} {:?}",
                p.location,
                p.ident,
                if p.required { "*" } else { "" },
                lowered.show(p.ty),
                p.style.kind,
                if p.style.explode { "*" } else { "" },
                p.bounds
            )
        })
        .collect();
    assert_eq!(
        parameters,
        [
            "Path id*: i64 Simple (None, None)",
            "Query limit*: i64 Form* (None, Some(50))",
            "Query tags: [Plain] Form (None, None)",
            "Query filter: {any} Deep (None, None)",
            "Header r#type: Plain Simple (None, None)",
            "Path part*: Plain Simple (None, None)",
        ]
    );
    assert_eq!(lowered.output(0), "[Operation0OutputItem]?");
    assert_eq!(lowered.show(get.error.unwrap()), "Operation0Error");
    assert_eq!(get.doc.as_deref(), Some("Reads.\n\nReads a thing."));
    assert_eq!(
        lowered.operations[1].body.as_ref().unwrap().media,
        crate::ir::Media::Bytes("image/png".into())
    );
    assert_eq!(lowered.output(1), "Text(\"text/csv\")");
    assert_eq!(lowered.output(2), "Empty");
    assert_eq!(lowered.operations[1].repeat, crate::ir::Repeat::Idempotent);
    assert!(lowered.found.iter().all(|f| f.starts_with("GS01")), "{:#?}", lowered.found);
}

#[test]
fn choices_of_members_that_nothing_tells_apart_are_members() {
    root(
        "Root:
  type: object
  properties: {a: {type: string}}
  oneOf: [{properties: {b: {type: string}}}, {properties: {c: {type: string}}}]",
        "a: Plain, b: Plain, c: Plain",
    );
    root(
        "Root: {properties: {a: {type: string}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}",
        "a: Plain, b: any?",
    );
    root("Root: {properties: {x: {type: object, oneOf: [{properties: {b: {}}}, {}]}}}", "x: RootX");
}

#[test]
fn all_of_lists_is_what_both_list() {
    let schemas = "Root:
  properties:
    some: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
    less: {allOf: [{$ref: '#/components/schemas/A'}, {enum: [c]}]}
    none: {allOf: [{$ref: '#/components/schemas/A'}, {enum: [x, y]}]}
A: {type: string, enum: [c, b, a]}
B: {type: string, enum: [a, c, d]}";
    let lowered = lower(&with_schemas(schemas), "", &[]);
    assert_eq!(lowered.fields("Root"), "some: RootSome(C|A), less: RootLess(C), none: A(C|B|A)");
    assert_eq!(
        lowered.found,
        [
            "GS0410 no value is of both lists, of which each value must be | {type: string, enum: [c, b, a]}"
        ]
    );
}
