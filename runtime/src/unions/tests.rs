#![allow(clippy::unwrap_used)]

use crate as gusset;
use crate::decode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, from_str, json, to_value};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Cat {
    kind: String,
    lives: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    friend: Option<Box<Pet>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Dog {
    name: String,
}

#[derive(Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Box<Dog>),
    Hound(Box<Dog>),
    Name(String),
    Other(Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        Cat => Shape::tagged(&["cat", "Cat"]).required(&["kind", "lives"]).optional(&["friend"]),
        Dog writes "dog" => Shape::tagged(&["dog"]).required(&["name"]),
        Hound writes "hound" => Shape::tagged(&["hound"]).required(&["name"]),
        Name => Shape::TEXT,
    }
}

fn cat(friend: Option<Pet>) -> Pet {
    Pet::Cat(Cat { kind: "Cat".to_owned(), lives: 9, friend: friend.map(Box::new) })
}

#[test]
fn the_tag_tells_and_comes_back() {
    let dog = || Box::new(Dog { name: "Rex".to_owned() });
    for (text, pet) in [
        (r#"{"kind":"Cat","lives":9}"#, cat(None)),
        (r#"{"kind":"dog","name":"Rex"}"#, Pet::Dog(dog())),
        (r#"{"kind":"hound","name":"Rex"}"#, Pet::Hound(dog())),
        (r#""Rex""#, Pet::Name("Rex".to_owned())),
        (
            r#"{"kind":"Cat","lives":9,"friend":{"kind":"dog","name":"Rex"}}"#,
            cat(Some(Pet::Dog(dog()))),
        ),
        // A value that no variant has, and one of another case.
        (r#"{"kind":"newt","size":1.50}"#, Pet::Other(json!({"kind": "newt", "size": 1.5}))),
        (r#"{"kind":"DOG","name":"Rex"}"#, Pet::Other(json!({"kind": "DOG", "name": "Rex"}))),
        ("[18446744073709551615,-9223372036854775808,0.1]", {
            Pet::Other(json!([u64::MAX, i64::MIN, 0.1]))
        }),
        ("null", Pet::Other(Value::Null)),
    ] {
        let value: Value = from_str(text).unwrap();
        assert_eq!(from_str::<Pet>(text).unwrap(), pet);
        assert_eq!(serde_json::from_value::<Pet>(value.clone()).unwrap(), pet);
        assert_eq!(to_value(&pet).unwrap(), value);
    }
    assert_eq!(serde_json::to_string(&Pet::Dog(dog())).unwrap(), r#"{"kind":"dog","name":"Rex"}"#);
    // Without the tag, what fits best.
    assert_eq!(from_str::<Pet>(r#"{"name":"Rex"}"#).unwrap(), Pet::Dog(dog()));
}

#[test]
fn a_value_that_belies_its_tag_is_wrong_at_its_path() {
    let misfit = |text: &str| decode::slice::<Vec<Pet>>(text.as_bytes()).unwrap_err();
    let found = misfit(r#"[{"kind":"cat","lives":"nine"}]"#);
    assert_eq!(found.path, "[0].lives");
    assert!(found.message.starts_with("invalid type: string \"nine\""), "{}", found.message);
    let text = r#"[{"kind":"cat","lives":1,"friend":{"kind":"cat","lives":{}}}]"#;
    assert_eq!(misfit(text).path, "[0].friend.lives");
    let missing = misfit(r#"[{"kind":"dog"}]"#);
    assert_eq!((missing.path.as_str(), missing.message.contains("missing field")), ("[0]", true));
}

#[derive(Debug, PartialEq, Deserialize)]
struct Named {
    name: Option<String>,
    size: Option<i64>,
    colour: Option<String>,
}

#[derive(Debug, PartialEq)]
enum Shaped {
    Required(BTreeMap<String, Value>),
    Constant(BTreeMap<String, Value>),
    Closed(BTreeMap<String, Value>),
    Few(Named),
    Many(Named),
    Other(Value),
}

gusset::union! {
    impl Deserialize for Shaped {
        Required => Shape::OBJECT.required(&["id", "url"]),
        Constant => Shape::OBJECT.optional(&["type"]).constants(&[("type", &["a", "1"])]),
        Closed => Shape::OBJECT.required(&["id"]).closed(),
        Few => Shape::OBJECT.optional(&["name"]),
        Many => Shape::OBJECT.optional(&["name", "size"]),
    }
}

#[test]
fn without_a_tag_the_best_fit_is_first() {
    for (value, wanted) in [
        (json!({"id": 1, "url": "x"}), "Required"),
        (json!({"type": "a", "name": "x", "size": 1}), "Constant"),
        (json!({"type": 1}), "Constant"),
        (json!({"id": 1}), "Closed"),
        // Not closed any more, and undeclared everywhere: the first that has no objection.
        (json!({"id": 1, "more": 1}), "Constant"),
        (json!({"type": "b", "more": 1}), "Few"),
        (json!({"type": "b", "name": "x", "more": 1}), "Few"),
        (json!({"type": "b", "name": "x", "size": 1}), "Many"),
        (json!({"type": "b", "name": 5, "size": 1}), "Other"),
        (json!({"type": "b", "name": null, "size": 5.5}), "Other"),
        (json!("text"), "Other"),
    ] {
        let shown = format!("{:?}", from_str::<Shaped>(&value.to_string()).unwrap());
        assert!(shown.starts_with(wanted), "{value} is {shown}, not {wanted}");
    }
}

#[derive(Debug, PartialEq)]
enum Scalar {
    Number(f64),
    Integer(i64),
    Boolean(bool),
    Text(String),
    List(Vec<i64>),
    Words(Vec<String>),
    Other(Value),
}

gusset::union! {
    impl Serialize, Deserialize for Scalar {
        Number => Shape::NUMBER,
        Integer => Shape::INTEGER,
        Boolean => Shape::BOOLEAN,
        Text => Shape::TEXT,
        List => Shape::LIST,
        Words => Shape::LIST,
    }
}

#[test]
fn the_json_type_tells() {
    for (text, value) in [
        ("1", Scalar::Integer(1)),
        ("-1", Scalar::Integer(-1)),
        ("1.5", Scalar::Number(1.5)),
        ("1e3", Scalar::Number(1000.0)),
        ("18446744073709551615", Scalar::Number(18_446_744_073_709_552_000.0)),
        ("true", Scalar::Boolean(true)),
        (r#""a\"b""#, Scalar::Text("a\"b".to_owned())),
        ("[1, 2]", Scalar::List(vec![1, 2])),
        (r#"["a"]"#, Scalar::Words(vec!["a".to_owned()])),
        ("[1.5]", Scalar::Other(json!([1.5]))),
        ("{}", Scalar::Other(json!({}))),
    ] {
        assert_eq!(from_str::<Scalar>(text).unwrap(), value);
    }
}

enum Id {
    Number(i64),
    Text(String),
    Other(Value),
}

gusset::union! {
    impl Param for Id {
        Number => Shape::INTEGER,
        Text => Shape::TEXT,
    }
}

#[test]
fn scalars_are_parameters() {
    use crate::Param;
    let text = |id: Id| id.text().map(|text| text.into_owned());
    assert_eq!(text(Id::Number(5)).as_deref(), Some("5"));
    assert_eq!(text(Id::Text("a b".to_owned())).as_deref(), Some("a b"));
    assert_eq!(text(Id::Other(Value::Null)), None);
}

/// Flattened members come parsed, not as text.
#[derive(Debug, PartialEq, Deserialize)]
struct Rest {
    #[serde(flatten)]
    rest: BTreeMap<String, Option<Scalar>>,
}

#[test]
fn unions_stand_in_other_members() {
    let Rest { rest } = from_str(r#"{"a":1,"b":null,"c":["x"]}"#).unwrap();
    assert_eq!(rest["a"], Some(Scalar::Integer(1)));
    assert_eq!(rest["b"], None);
    assert_eq!(rest["c"], Some(Scalar::Words(vec!["x".to_owned()])));
}

#[test]
fn what_is_nested_without_end_is_refused() {
    let deep = |depth: usize| {
        let open = r#"{"kind":"cat","lives":1,"friend":"#.repeat(depth);
        format!("{open}\"x\"{}", "}".repeat(depth))
    };
    assert!(from_str::<Pet>(&deep(100)).is_ok());
    let error = from_str::<Pet>(&deep(100_000)).unwrap_err();
    assert!(error.to_string().contains("nested too deep"), "{error}");
    // The level was left again.
    assert!(from_str::<Pet>(&deep(100)).is_ok());
    let brackets = format!("{{\"kind\":\"newt\",\"x\":\"{}\"}}", "[".repeat(1000));
    assert!(from_str::<Pet>(&brackets).is_ok());
}

thread_local! {
    static READ: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A number that counts how often one is read.
#[derive(Debug, PartialEq)]
struct Counted(i64);

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        READ.set(READ.get() + 1);
        i64::deserialize(deserializer).map(Counted)
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct Step {
    n: Counted,
    child: Option<Box<Told>>,
}

#[derive(Debug, PartialEq)]
enum Told {
    Step(Step),
    Other(Value),
}

gusset::union! {
    impl Deserialize for Told by "kind" {
        Step => Shape::tagged(&["step"]).required(&["kind"]),
    }
}

#[test]
fn a_wrong_leaf_is_explained_once() {
    let depth = 60;
    let open = r#"{"kind":"step","n":1,"child":"#.repeat(depth);
    let text = format!(r#"{open}{{"kind":"step","n":"x"}}{}"#, "}".repeat(depth));
    let path = format!("{}n", "child.".repeat(depth));
    READ.set(0);
    let misfit = decode::slice::<Told>(text.as_bytes()).unwrap_err();
    assert_eq!(misfit.path, path);
    assert!(misfit.message.starts_with("invalid type: string \"x\""), "{}", misfit.message);
    assert_eq!(READ.get(), 2 * (depth + 1));
    // The same when serde_json is asked directly, and the next text is explained too.
    READ.set(0);
    let error = from_str::<Told>(&text).unwrap_err().to_string();
    assert!(error.starts_with(&format!("inside `{path}`: invalid type")), "{error}");
    assert_eq!(READ.get(), 2 * (depth + 1));
    let text = r#"[{"kind":"step","n":{}}]"#;
    assert_eq!(decode::slice::<Vec<Told>>(text.as_bytes()).unwrap_err().path, "[0].n");
}

#[derive(Debug, PartialEq, Deserialize)]
struct Guessed<L> {
    n: Counted,
    child: Option<Box<Untold>>,
    last: L,
}

#[derive(Debug, PartialEq)]
enum Untold {
    Flag(Guessed<bool>),
    Number(Guessed<i64>),
    Text(Guessed<String>),
    Other(Value),
}

gusset::union! {
    impl Deserialize for Untold {
        Flag => Shape::OBJECT.required(&["n", "last"]).optional(&["child"]),
        Number => Shape::OBJECT.required(&["n", "last"]).optional(&["child"]),
        Text => Shape::OBJECT.required(&["n", "last"]).optional(&["child"]),
    }
}

#[test]
fn guesses_inside_guesses_are_made_once() {
    for (last, depth) in [("\"x\"", 60), ("null", 60)] {
        let mut text = "null".to_owned();
        for n in 0..depth {
            text = format!(r#"{{"n":{n},"child":{text},"last":{last}}}"#);
        }
        READ.set(0);
        let value = from_str::<Untold>(&text).unwrap();
        assert_eq!(matches!(value, Untold::Text(_)), last != "null");
        assert!(READ.get() <= 3 * depth * depth, "{} reads", READ.get());
    }
    // The same text says something else to another union.
    let text = r#"{"n":1,"child":null,"last":"x"}"#;
    assert!(matches!(from_str::<Untold>(text).unwrap(), Untold::Text(_)));
    assert!(matches!(from_str::<Shaped>(text).unwrap(), Shaped::Constant(_)));
}
