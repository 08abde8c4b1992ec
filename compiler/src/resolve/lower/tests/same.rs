use super::*;

/// The types that are other names of one, by name, where all of these schemas are sent and received.
#[track_caller]
fn check(schemas: &str, expect: &str) -> Lowered {
    let lowered = lower(&with_schemas(schemas), "", &[]);
    assert_eq!(lowered.same(), expect);
    lowered
}

impl Lowered {
    fn same(&self) -> String {
        let name = |id: TypeId| self.types.get(id).name.clone();
        let same = self.types.iter().filter_map(|(id, def)| {
            let first = def.same_as.filter(|_| def.is_declared())?;
            Some(format!("{} = {}", name(id)?, name(first)?))
        });
        let mut same: Vec<String> = same.collect();
        same.sort_unstable();
        same.join(", ")
    }
}

#[test]
fn equal_types_are_one_from_the_inside_out() {
    check(
        "Root:
  properties:
    a: {properties: {of: {properties: {kind: {enum: [x, y]}}}}}
    b: {description: Another, properties: {of: {properties: {kind: {enum: [x, y]}}}}}
    c: {type: array, items: {properties: {kind: {enum: [x, y]}}}}",
        "RootAOf = RootCItem, RootAOfKind = RootCItemKind, RootB = RootA, RootBOf = RootCItem, RootBOfKind = RootCItemKind",
    );
}

#[test]
fn what_differs_stays_apart() {
    for b in [
        "{required: [x], properties: {x: {type: string}}}",
        "{properties: {x: {type: string, nullable: true}}}",
        "{properties: {x: {type: string, format: date}}}",
        "{properties: {X: {type: string}}}",
        "{properties: {x: {type: string, description: Said}}}",
        "{properties: {x: {type: string, default: d}}}",
        "{properties: {x: {type: string, deprecated: true}}}",
        "{properties: {x: {type: string}}, deprecated: true}",
        "{properties: {x: {type: string}, y: {}}}",
        "{properties: {x: {type: string}}, additionalProperties: {type: integer}}",
    ] {
        let a = "{properties: {x: {type: string}}}";
        check(&format!("Root: {{properties: {{a: {a}, b: {b}}}}}"), "");
    }
    check("Root: {properties: {a: {enum: [x, y]}, b: {enum: [y, x]}, c: {enum: [x]}}}", "");
}

#[test]
fn the_documents_own_schemas_stay_and_come_first() {
    check(
        "Root:
  properties:
    a: {properties: {x: {type: string}}}
    b: {$ref: '#/components/schemas/Own'}
    c: {$ref: '#/components/schemas/Other'}
Own: {properties: {x: {type: string}}}
Other: {properties: {x: {type: string}}}",
        "RootA = Own",
    );
}

#[test]
fn what_is_only_alike_does_not_take_the_name_of_a_schema() {
    check(
        "Root:
  properties:
    a: {description: One, properties: {x: {type: string}}}
    b: {description: Two, properties: {x: {type: string}}}
    myOwn: {description: Three, properties: {x: {type: string}}}
    c: {$ref: '#/components/schemas/Own'}
Own: {properties: {x: {type: string}}}",
        "RootB = RootA, RootMyOwn = Own",
    );
}

#[test]
fn circles_stay_as_they_are() {
    check(
        "Root:
  properties:
    a: {properties: {next: {$ref: '#/components/schemas/Root/properties/a'}}}
    b: {properties: {next: {$ref: '#/components/schemas/Root/properties/b'}}}
    c: {properties: {root: {$ref: '#/components/schemas/Root'}}}
    d: {properties: {root: {$ref: '#/components/schemas/Root'}}}",
        "RootD = RootC",
    );
}

/// A document that sends one schema and receives another.
fn one_way(sent: &str, received: &str) -> Lowered {
    let document = format!(
        "openapi: 3.0.3
paths:
  /things:
    post:
      operationId: make
      requestBody: {{content: {{application/json: {{schema: {sent}}}}}}}
      responses:
        '200': {{description: ok, content: {{application/json: {{schema: {received}}}}}}}
"
    );
    lower(&document, "", &[])
}

#[test]
fn ways_are_shared_where_they_change_nothing() {
    let plain = "{type: object, required: [a], properties: {a: {enum: [x]}, b: {type: string}}}";
    let lowered = one_way(plain, plain);
    assert_eq!(lowered.same().split(", ").count(), 2, "{}", lowered.same());
    let declared = lowered.types.iter().filter(|(_, def)| def.is_declared());
    let both = declared.map(|(_, def)| def.sent && def.received);
    assert_eq!(both.collect::<Vec<_>>(), [true; 4]);
    // A `Patch` where it is sent, an `Option` where it is received.
    let patch = "{type: object, properties: {a: {type: string, nullable: true}}}";
    assert_eq!(one_way(patch, patch).same(), "");
    let read_only =
        "{type: object, properties: {a: {type: string}, b: {type: string, readOnly: true}}}";
    assert_eq!(one_way(read_only, read_only).same(), "");
}

#[test]
fn lists_of_the_same_are_the_same() {
    let lowered = check(
        "Root:
  properties:
    a: {type: array, items: {enum: [x]}}
    b: {type: array, items: {enum: [x]}}",
        "RootBItem = RootAItem",
    );
    let lists = lowered.types.iter().filter(|(_, def)| matches!(def.kind, TypeKind::List(_)));
    let first: Vec<TypeId> = lists.map(|(id, _)| lowered.types.first(id)).collect();
    assert_eq!(first[0], first[1]);
}
