use super::*;

const DOCUMENT: &str = "openapi: 3.0.0
paths:
  /list:
    get: {operationId: list, responses: {'200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Full'}}}}}}}
  /search:
    get: {operationId: search, responses: {'200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Short'}}}}}}}
    post: {operationId: save, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Short'}}}}}
components:
  schemas:
    Short:
      type: object
      description: A contact.
      required: [id, properties]
      properties:
        id: {type: string}
        at: {type: string, format: date-time}
        properties: {type: object, additionalProperties: {type: string}}
        owner: {$ref: '#/components/schemas/Owner'}
        score: {type: number}
    Full:
      type: object
      required: [id, properties, extra]
      properties:
        id: {type: string}
        properties: {type: object, additionalProperties: {type: string}}
        owner: {$ref: '#/components/schemas/Owner'}
        extra: {type: integer}
    Other:
      type: object
      properties: {id: {type: integer}}
    Owner: {type: object, properties: {email: {type: string}, id: {type: string}}}
    Kind: {type: string, enum: [a, b]}
";

#[test]
fn one_schema_gets_a_name_and_finer_fields() {
    let lowered = lower(
        DOCUMENT,
        "  Contact:
    schemas: [Short, Full]
    refine:
      id: string
      at: timestamp
      properties.email: string?
      properties.score: 'number? in string'
      properties.*: string?
      owner.email: string
    add: {custom: 'list(Kind)?'}
    because: I know
  Kind: {schema: Kind}
",
        &[],
    );
    assert_eq!(lowered.found, [""; 0]);
    assert_eq!(lowered.output(0), "[Contact]");
    assert_eq!(lowered.output(1), "[Contact]");
    assert_eq!(
        lowered.fields("Contact"),
        "id*: Plain, at*: DateTime, properties*: ContactProperties, owner: ContactOwner, score: f64, extra: i64, \
         custom: [Kind(A|B)]?"
    );
    assert_eq!(lowered.fields("ContactProperties"), "email: Plain?, score: text(f64)?, ..Plain?");
    assert_eq!(lowered.fields("ContactOwner"), "email*: Plain, id: Plain");
    let facts: Vec<_> = lowered.facts.iter().map(|f| (f.standing, f.text.as_str())).collect();
    assert_eq!(
        facts,
        [
            (Standing::Proven, "`Contact.id` is text and always there"),
            (Standing::Assumed, "`Contact.at` is a timestamp and always there"),
            (Standing::Assumed, "`Contact.custom` is a list of `Kind` and may be absent or null"),
            (Standing::Assumed, "`Contact.properties.email` is text and may be absent or null"),
            (
                Standing::Assumed,
                "`Contact.properties.score` is text that holds a number and may be absent or null"
            ),
            (Standing::Assumed, "`Contact.properties.*` is text and may be absent or null"),
            (Standing::Assumed, "`Contact.owner.email` is text and always there"),
        ]
    );
}

#[test]
fn an_entry_may_hold_for_one_direction() {
    let lowered = lower(
        DOCUMENT,
        "  Contact: {schema: Short, in: responses, refine: {at: timestamp}, because: I know}
  ContactInput: {schema: Short, in: requests, refine: {score: integer}, because: I know}
",
        &[],
    );
    assert_eq!(lowered.found, [""; 0]);
    assert_eq!(lowered.output(1), "[Contact]");
    assert!(lowered.fields("Contact").contains("at*: DateTime"));
    assert!(lowered.fields("ContactInput").contains("at: DateTime"));
    assert!(lowered.fields("ContactInput").contains("score*: i64"));
    assert_eq!(lowered.show(lowered.operations[2].body.as_ref().unwrap().ty), "ContactInput");
}

#[track_caller]
fn refused(section: &str, expect: &[&str]) {
    let lowered = lower(DOCUMENT, section, &[]);
    assert_eq!(lowered.found, expect);
}

#[test]
fn mistakes_are_named() {
    refused(
        "  C: {schema: Shrot}\n",
        &["GS0401 the document has no schema `Shrot` | Shrot | did you mean `Short`?"],
    );
    refused("  C: {}\n", &["GS0408 a type needs the `schema` that it is made of | C"]);
    refused(
        "  C: {schema: Short, refine: {propertys.a: string?}, because: x}\n",
        &[
            "GS0402 the document's schema has no `propertys` | propertys.a | did you mean `properties`?",
        ],
    );
    refused(
        "  C: {schema: Short, refine: {id.a: string?}, because: x}\n",
        &["GS0402 `id` is text, which has no fields | id.a"],
    );
    refused(
        "  C: {schema: Short, refine: {owner.*: string?}, because: x}\n",
        &["GS0402 the document's schema is no map: it has no other members | owner.*"],
    );
    refused(
        "  C: {schema: Short, refine: {score: float}, because: x}\n",
        &[
            "GS0403 `float` is no type | float | known here: `C`, `boolean`, `date`, `integer`, `number`, `string`, `timestamp`",
        ],
    );
    refused(
        "  C: {schema: Short, refine: {at: timestamp}}\n",
        &[
            "GS0404 `at` is assumed without a reason | timestamp | add a `because` to `types.C`: how do you know?",
        ],
    );
    refused(
        "  C: {schema: Short, refine: {id: integer}}\n",
        &[
            "GS0404 `id` contradicts the document without a reason | integer | add a `because` to `types.C`: how do you know?",
        ],
    );
    refused(
        "  C: {schema: Short, add: {id: string}, because: x}\n",
        &["GS0405 the document has `id` already | id | say more about it under `refine`"],
    );
    refused(
        "  C: {schemas: [Short, Other]}\n",
        &[
            "GS0406 the unified schemas disagree about `id` | C | say which is right: `refine: {id: ..}`",
        ],
    );
    refused(
        "  C: {schema: Short}\n  D: {schema: Short}\n",
        &[
            "GS0407 `D` and `C` both stand for the same schema | D | keep one, or restrict each to one direction with `in`",
        ],
    );
    refused(
        "  C: {schema: Kind, refine: {a: string}, because: x}\n",
        &["GS0408 `C` cannot be unified or refined: its schema is no object | C"],
    );
}

/// Lowers a type that is made of `A` and `B`, which these members describe.
#[track_caller]
fn unified(a: &str, b: &str, refine: &str) -> Lowered {
    let schemas = format!(
        "Root: {{type: object, properties: {{a: {{$ref: '#/components/schemas/A'}}}}}}
A: {{type: object, {a}}}
B: {{type: object, {b}}}
"
    );
    let section = format!("  C: {{schemas: [A, B], refine: {{{refine}}}, because: I know}}\n");
    lower(&with_schemas(&schemas), &section, &[])
}

#[test]
fn all_schemas_are_read_below_a_refinement() {
    let inside = |ty: &str| {
        format!(
            "properties: {{in: {{type: object, required: [k], properties: {{e: {{type: string}}, k: {{type: {ty}}}}}}}}}"
        )
    };
    let differing = unified(&inside("integer"), &inside("string"), "in.e: string?");
    assert_eq!(
        differing.found,
        [
            "GS0406 the unified schemas disagree about `in.k` | C | say which is right: `refine: {in.k: ..}`"
        ]
    );
    let decided = unified(&inside("integer"), &inside("string"), "in.e: string?, in.k: string?");
    assert_eq!(decided.found, [""; 0]);
    assert_eq!(decided.fields("CIn"), "e: Plain?, k: Plain?");
    let more = "properties: {in: {type: object, nullable: true, properties: {m: {type: number}}}}";
    let both = unified(&inside("integer"), more, "in.e: string");
    assert_eq!(both.found, [""; 0]);
    assert_eq!(both.fields("C"), "r#in: CIn?");
    assert_eq!(both.fields("CIn"), "e*: Plain, k: i64, m: f64");
    let scalar = unified(&inside("integer"), "properties: {in: {type: string}}", "in.e: string");
    assert!(scalar.found.iter().any(|f| f.starts_with("GS0406")), "{:?}", scalar.found);
}

#[test]
fn unified_types_fit_all_schemas() {
    let fields = |list: &str, number: &str, nullable: &str| {
        format!(
            "properties: {{list: {{type: array, items: {{type: {list}}}}}, n: {{type: integer, format: {number}}},
             o: {{type: object, properties: {{x: {{type: {nullable}}}}}}}}}, additionalProperties: {{type: {list}}}"
        )
    };
    let one = fields("string", "int32", "string");
    let same = unified(&one, &fields("[string, 'null']", "int64", "string"), "");
    assert_eq!(same.found, [""; 0]);
    assert_eq!(same.fields("C"), "list: [Plain?], n: i64, o: Co, ..Plain?");
    let decided = unified(&one, &fields("string", "int64", "string"), "n: integer?");
    assert_eq!(decided.fields("C"), "list: [Plain], n: i64?, o: Co, ..Plain");
    // Others may use the struct: the spec has to say it.
    let inner = unified(&one, &fields("string", "int32", "[string, 'null']"), "");
    assert_eq!(inner.found.len(), 1);
    assert!(inner.found[0].contains("disagree about `o`"), "{:?}", inner.found);
    let said = unified(&one, &fields("string", "int32", "[string, 'null']"), "o.x: string?");
    assert_eq!(said.found, [""; 0]);
    let rest = unified(&one, &fields("integer", "int32", "string"), "list: list(string)");
    assert_eq!(
        rest.found,
        [
            "GS0406 the unified schemas disagree about `*` | C | say which is right: `refine: {*: ..}`"
        ]
    );
}
