use super::*;

/// What `Root` becomes.
#[track_caller]
fn root(schemas: &str, expect: &str) -> Lowered {
    let lowered = lower(&with_schemas(schemas), "", &[]);
    assert_eq!(lowered.found, [""; 0]);
    assert_eq!(lowered.output(0), expect);
    lowered
}

const ANIMALS: &str = "
Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}, name: {type: string}}}";

fn with_animals(root: &str) -> String {
    format!("{root}{ANIMALS}")
}

#[test]
fn a_mapping_names_schemas_in_every_way() {
    let schemas = with_animals(
        "Root:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator:
    propertyName: kind
    mapping:
      cat: '#/components/schemas/Cat'
      tom: Cat
      dog: https://example.com/schemas/Dog.json
      newt: '#/components/schemas/Newt'",
    );
    let lowered = lower(&with_schemas(&schemas), "", &[]);
    assert_eq!(lowered.output(0), "Root(Cat[\"cat\", \"tom\"]: Cat | Dog[\"dog\"]: Dog by kind)");
    let lost = "GS0104 `#/components/schemas/Newt`, which `newt` stands for, leads nowhere | '#/components/schemas/Newt'";
    assert_eq!(lowered.found, [lost]);
}

#[test]
fn a_mapping_names_schemas_of_its_own_file_first() {
    let there = "components: {schemas: {
  Root: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: 'openapi.yaml#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: Cat, d: Dog}}},
  Cat: {type: object, required: [kind], properties: {kind: {type: string}, claws: {type: integer}}}}}";
    let schemas = with_animals("Root: {$ref: 'there.yaml#/components/schemas/Root'}");
    let lowered = lower_files(&with_schemas(&schemas), &[("there.yaml", there)], "", &[]);
    assert_eq!(lowered.found, [""; 0]);
    assert_eq!(lowered.output(0), "Root2(Cat[\"c\"]: Cat2 | Dog[\"d\"]: Dog by kind)");
}

#[test]
fn names_are_values_exactly_as_they_are_written() {
    root(
        "Root:
  anyOf: [{$ref: '#/components/schemas/house_cat'}, {$ref: '#/components/schemas/DOG'}]
  discriminator: {propertyName: kind}
house_cat: {type: object, properties: {lives: {type: integer}}}
DOG: {type: object, properties: {kind: {type: string}}}",
        "Root(HouseCat[\"house_cat\"]: HouseCat | Dog[\"DOG\"]: Dog by kind)",
    );
}

#[test]
fn values_that_a_type_does_not_keep_are_variants() {
    let lowered = root(
        "Root:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: kind, mapping: {cat: Cat, tom: Cat}}
Cat: {type: object, properties: {lives: {type: integer}}}
Dog: {type: object, properties: {name: {type: string}}}",
        "Root(Cat[\"cat\"]: Cat | Tom[\"tom\"]: Cat | Dog[\"Dog\"]: Dog by kind)",
    );
    let writes = |def: &TypeDef| match &def.kind {
        TypeKind::Union(body) => body.variants.iter().all(|variant| variant.adds_tag),
        _ => false,
    };
    assert!(lowered.types.iter().any(|(_, def)| writes(def)));
}

#[test]
fn a_base_is_its_children_and_itself() {
    let lowered = root(
        "Root:
  type: object
  required: [kind]
  discriminator: {propertyName: kind, mapping: {cat: Cat}}
  properties: {kind: {type: string}, friend: {$ref: '#/components/schemas/Root'}}
Cat: {allOf: [{$ref: '#/components/schemas/Root'}, {properties: {lives: {type: integer}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Root'}], properties: {name: {type: string}}}
Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}]}",
        "Root(Cat[\"cat\"]: @Cat | Dog[\"Dog\", \"Puppy\"]: @Dog | Root[\"Root\"]: @RootBase by kind)",
    );
    assert!(lowered.fields("Cat").starts_with("kind*: Plain, friend: @Root("));
    assert!(lowered.fields("RootBase").starts_with("kind*: Plain, friend: @Root("));
}

#[test]
fn a_member_of_constants_is_a_discriminator() {
    root(
        "Root:
  oneOf:
    - {type: object, required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}
    - {type: object, required: [kind], properties: {kind: {enum: [dog, hound]}}}
    - {type: string}",
        "Root(Cat[\"cat\"]: RootCat | Dog[\"dog\", \"hound\"]: RootDog | Text: Plain by kind)",
    );
    let flags = "Root:
  oneOf:
    - {type: object, required: [ok], properties: {ok: {type: boolean, enum: [true]}, id: {type: integer}}}
    - {type: object, required: [ok], properties: {ok: {type: boolean, const: false}}}";
    root(flags, "Root(True[\"true\"]: RootTrue | False[\"false\"]: RootFalse by ok)");
}

#[test]
fn what_comes_down_to_one_type_is_that_type() {
    for (choices, expect) in [
        ("oneOf: [{type: integer}, {type: number}]", "number"),
        ("type: [integer, number, 'null']", "number?"),
        ("oneOf: [{type: string, format: date}, {type: string, format: uuid}]", "Plain"),
        ("oneOf: [{type: string, format: date}, {type: string, format: date}]", "Date"),
        ("anyOf: [{type: string, enum: [a, b]}, {type: string}]", "Root(A|B)"),
        ("anyOf: [{enum: [a, b]}, {enum: [b, c]}, {type: 'null'}]", "Root(A|B|C)?"),
        ("oneOf: [{const: a}, {const: b}]", "Root(A|B)"),
        ("anyOf: [{type: string}, {type: string, enum: ['']}]", "Plain"),
        ("oneOf: [{type: object, properties: {a: {}}}, {nullable: true, enum: [null]}]", "Root?"),
        ("oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}]", "A"),
        (
            "oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: string}}]",
            "[Plain]",
        ),
    ] {
        root(&format!("Root: {{{choices}}}\nA: {{type: object, properties: {{a: {{}}}}}}"), expect);
    }
}

#[test]
fn json_types_tell() {
    for (choices, expect) in [
        ("type: [string, integer, 'null']", "Root(Text: Plain | Integer: i64)?"),
        ("type: [string, array], items: {type: integer}", "Root(Text: Plain | List: [i64])"),
        (
            "type: [string, object], properties: {a: {type: string}}",
            "Root(Text: Plain | Object: RootObject)",
        ),
        ("enum: [a, b, 1]", "Root(Text: RootText(A|B) | Integer: i64)"),
        ("oneOf: [{type: boolean}, {type: array, items: {}}, {enum: [a, b]}]", {
            "Root(Boolean: bool | List: [any] | Text: RootText(A|B))"
        }),
        (
            "anyOf: [{type: array, items: {type: string}}, {type: array, items: {type: array, items: {type: integer}}}]",
            { "Root(TextList: [Plain] | ListList: [[i64]])" },
        ),
        ("anyOf: [{type: string}, {anyOf: [{type: integer}, {type: boolean}]}]", {
            "Root(Text: Plain | Integer: i64 | Boolean: bool)"
        }),
    ] {
        root(&format!("Root: {{{choices}}}"), expect);
    }
}

#[test]
fn base_members_stand_in_each_variant() {
    let lowered = root(
        "Root:
  type: object
  required: [id]
  properties: {id: {type: integer}}
  oneOf:
    - {required: [url], properties: {url: {type: string}}}
    - {required: [path], properties: {path: {type: string}}}",
        "Root(Url: RootUrl | Path: RootPath)",
    );
    assert_eq!(lowered.fields("RootUrl"), "id*: i64, url*: Plain");
    assert_eq!(lowered.fields("RootPath"), "id*: i64, path*: Plain");
    // The same by way of `allOf`.
    let lowered = root(
        "Root:
  allOf:
    - {$ref: '#/components/schemas/Base'}
    - oneOf: [{$ref: '#/components/schemas/Url'}, {$ref: '#/components/schemas/Path'}]
Base: {properties: {id: {type: integer}}}
Url: {required: [url], properties: {url: {type: string}}}
Path: {required: [path], properties: {path: {type: string}}}",
        "Root(Url: RootUrl | Path: RootPath)",
    );
    assert_eq!(lowered.fields("RootPath"), "id: i64, path*: Plain");
}

#[test]
fn a_base_may_list_its_children() {
    let lowered = root(
        "Root:
  type: object
  required: [kind]
  properties: {kind: {type: string}}
  discriminator: {propertyName: kind}
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
Cat: {allOf: [{$ref: '#/components/schemas/Root'}, {properties: {lives: {type: integer}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Root'}, {properties: {name: {type: string}}}]}",
        "Root(Cat[\"Cat\"]: Cat | Dog[\"Dog\"]: Dog by kind)",
    );
    assert_eq!(lowered.fields("Cat"), "kind*: Plain, lives: i64");
}

#[test]
fn unions_stand_in_unions() {
    let lowered = root(
        "Root:
  oneOf: [{$ref: '#/components/schemas/Animal'}, {type: string}]
Animal:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: kind}
Cat: {type: object, properties: {kind: {type: string}}}
Dog: {type: object, properties: {kind: {type: string}}}",
        "Root(Animal: Animal(Cat[\"Cat\"]: Cat | Dog[\"Dog\"]: Dog by kind) | Text: Plain)",
    );
    drop(lowered);
    // A union that holds itself, by value and in a list.
    let lowered = root(
        "Root:
  properties: {value: {$ref: '#/components/schemas/Value'}}
Value:
  oneOf:
    - {type: string}
    - {type: array, items: {$ref: '#/components/schemas/Value'}}
    - {$ref: '#/components/schemas/Wrapped'}
Wrapped: {type: object, required: [value], properties: {value: {$ref: '#/components/schemas/Value'}}}",
        "Root",
    );
    let value = lowered.types.iter().find(|(_, def)| def.name.as_deref() == Some("Value"));
    let TypeKind::Union(body) = &value.unwrap().1.kind else { panic!("no union") };
    assert_eq!(body.variants.iter().map(|v| v.boxed).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn what_nothing_tells_apart_is_said() {
    let schemas =
        "Root: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
A: {type: object, properties: {name: {type: string}}}
B: {type: object, properties: {size: {type: integer}}}";
    let lowered = lower(&with_schemas(schemas), "", &[]);
    assert_eq!(lowered.output(0), "Root(A: A | B: B)");
    assert_eq!(lowered.found.len(), 1);
    assert!(lowered.found[0].starts_with("GS0409 nothing tells `A` and `B` of `Root` apart"));
}

#[test]
fn no_choice_is_endless() {
    for schemas in [
        "Root: {oneOf: [{$ref: '#/components/schemas/Root'}, {type: string}]}",
        "Root: {oneOf: [{$ref: '#/components/schemas/A'}]}\nA: {anyOf: [{$ref: '#/components/schemas/Root'}]}",
        "Root: {discriminator: {propertyName: a}, properties: {a: {}}, allOf: [{$ref: '#/components/schemas/Root'}]}",
        "Root: {properties: {a: {}}, oneOf: [{$ref: '#/components/schemas/Root'}]}",
        "Root: {discriminator: {propertyName: a}, oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}
A: {discriminator: {propertyName: b}, oneOf: [{$ref: '#/components/schemas/Root'}, {type: integer}]}",
        "Root: {discriminator: 5, oneOf: [5, {$ref: '#/nowhere'}, {type: odd}, [], {type: string}]}",
        "Root: {oneOf: {a: 1}, anyOf: 5}",
    ] {
        lower(&with_schemas(schemas), "", &[]);
    }
}

#[test]
fn a_member_that_is_a_choice_narrows_to_it() {
    let lowered = root(
        "Root:
  allOf:
    - {$ref: '#/components/schemas/Base'}
    - properties:
        pet: {$ref: '#/components/schemas/Cat'}
        id: {type: integer}
        code: {type: string, format: uuid}
Base:
  properties:
    pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    id: {oneOf: [{type: string}, {type: integer}]}
    code: {type: [string, integer]}
Cat: {type: object, required: [lives], properties: {lives: {type: integer}}}
Dog: {type: object, required: [name], properties: {name: {type: string}}}",
        "Root",
    );
    assert_eq!(lowered.fields("Root"), "pet: Cat, id: i64, code: Uuid");
}
