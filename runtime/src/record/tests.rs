#![allow(clippy::unwrap_used, unreachable_pub)]
use crate::{Patch, record};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;

#[derive(Clone, Debug, PartialEq)]
struct Ticket {
    id: String,
    closed: Option<bool>,
    due_at: Option<String>,
    note: Patch<String>,
    r#type: i64,
    tags: Option<Vec<String>>,
}
record!(Ticket: read, write { id, closed, [due_at = "dueAt", note], r#type = "type", [tags] } new(
    id: impl Into<String>, closed: Option<bool>, r#type: i64));

#[derive(Clone, Debug, Default, PartialEq)]
struct Login {
    name: Option<String>,
    made: Option<i64>,
    secret: Option<String>,
    score: Option<f64>,
}
record!(Login: read, write {
    [name], #[read_only] [made], #[write_only] [secret], #[read_only] #[in_string] [score]
});

#[derive(Clone, Debug, PartialEq)]
struct Numbers {
    count: i64,
    maybe: Option<u64>,
    list: Vec<i64>,
    patch: Patch<f64>,
    rest: BTreeMap<String, Option<f64>>,
}
record!(Numbers: read, write {
    #[in_string] count, #[in_string] maybe = "may be", #[in_string] list, #[in_string] [patch], #[in_string] ..rest
} new(count: i64, maybe: Option<u64>, list: Vec<i64>));

#[derive(Clone, Debug, Default, PartialEq)]
struct Open {
    a: Option<i64>,
    rest: BTreeMap<String, Value>,
}
record!(Open: read, write { [a], ..rest });

/// Called as the macro calls its own parameters.
#[derive(Clone, Debug, PartialEq)]
struct A {
    members: i64,
    to: Option<i64>,
}
record!(A: read, write { members, [to] } new(members: i64));

#[derive(Clone, Debug, Default, PartialEq)]
struct Empty {}
record!(Empty: read, write {});

#[derive(Clone, Debug, Default, PartialEq)]
struct Rest {
    rest: BTreeMap<String, i64>,
}
record!(Rest: read, write { ..rest });

/// Reads text in all ways in which the runtime reads.
#[track_caller]
fn read<T: DeserializeOwned + PartialEq + Debug>(text: &str) -> Result<T, String> {
    let read = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
    let mut tracked = serde_json::Deserializer::from_str(text);
    let tracked = serde_path_to_error::deserialize::<_, T>(&mut tracked);
    assert_eq!(tracked.map_err(|error| error.into_inner().to_string()), read);
    if let (Ok(read), Ok(value)) = (&read, serde_json::from_str::<Value>(text)) {
        assert_eq!(&serde_json::from_value::<T>(value).unwrap(), read);
    }
    read
}

fn ticket() -> Ticket {
    let mut ticket = Ticket::new("7", None, 3);
    ticket.due_at = Some("today".to_owned());
    ticket
}

#[test]
fn members_are_read_in_any_order_and_unknown_ones_skipped() {
    for text in [
        r#"{"id":"7","closed":null,"dueAt":"today","type":3}"#,
        r#"{"type":3,"dueAt":"today","id":"7"}"#,
        r#"{"x":{"id":1},"type":3,"tags":null,"y":[],"dueAt":"today","closed":null,"id":"7","z":0}"#,
        r#"{"\u0069d":"7","d\u0075eAt":"today","type":3}"#,
    ] {
        assert_eq!(read(text), Ok(ticket()), "{text}");
    }
}

#[test]
fn absent_null_and_value_are_three_things() {
    for (text, note) in [
        (r#"{"id":"7","type":3}"#, Patch::Absent),
        (r#"{"id":"7","type":3,"note":null}"#, Patch::Null),
        (r#"{"id":"7","type":3,"note":"x"}"#, Patch::Value("x".to_owned())),
    ] {
        assert_eq!(read::<Ticket>(text).unwrap().note, note, "{text}");
    }
}

#[test]
fn of_members_that_come_twice_the_last_counts() {
    let twice = r#"{"id":"6","type":3,"dueAt":"never","id":"7","dueAt":"today"}"#;
    assert_eq!(read(twice), Ok(ticket()));
    assert_eq!(read::<Open>(r#"{"b":1,"b":2}"#).unwrap().rest["b"], 2);
}

#[test]
fn what_is_wrong_is_said() {
    for (text, wrong) in [
        (r#"{"type":3}"#, "missing field `id` at line 1 column 10"),
        (r#"{"id":"7"}"#, "missing field `type` at line 1 column 10"),
        (r#"{"type":"a"}"#, "invalid type: string \"a\", expected i64 at line 1 column 11"),
        ("[1]", "invalid type: sequence, expected struct Ticket at line 1 column 0"),
        ("null", "invalid type: null, expected struct Ticket at line 1 column 4"),
        (r#"{"id":"7","#, "EOF while parsing a value at line 1 column 10"),
        (r#"{"x":tru}"#, "expected ident at line 1 column 9"),
    ] {
        assert_eq!(read::<Ticket>(text).unwrap_err(), wrong, "{text}");
    }
    let text = r#"[{"id":"7","type":true}]"#;
    let mut reader = serde_json::Deserializer::from_str(text);
    let wrong = serde_path_to_error::deserialize::<_, Vec<Ticket>>(&mut reader).unwrap_err();
    assert_eq!(wrong.path().to_string(), "[0].type");
}

#[test]
fn required_members_are_always_written_and_others_if_they_are_there() {
    let mut ticket = Ticket::new("7", None, 3);
    assert_eq!(serde_json::to_string(&ticket).unwrap(), r#"{"id":"7","closed":null,"type":3}"#);
    ticket.closed = Some(true);
    ticket.note = Patch::Null;
    ticket.tags = Some(Vec::new());
    let text = r#"{"id":"7","closed":true,"note":null,"type":3,"tags":[]}"#;
    assert_eq!(serde_json::to_string(&ticket).unwrap(), text);
    assert_eq!(
        serde_json::to_value(&ticket).unwrap(),
        serde_json::from_str::<Value>(text).unwrap()
    );
}

#[test]
fn members_of_one_direction_go_one_way() {
    let text = r#"{"name":"a","made":1,"secret":"b","score":"1.5"}"#;
    let login = read::<Login>(text).unwrap();
    assert_eq!((login.made, login.secret.clone(), login.score), (Some(1), None, Some(1.5)));
    let login = Login { secret: Some("b".to_owned()), ..login };
    assert_eq!(serde_json::to_value(&login).unwrap(), json!({"name": "a", "secret": "b"}));
}

#[test]
fn values_travel_as_text() {
    let text = r#"{"count":"1","may be":"2","list":["3"],"patch":"0.5","a":"1.5","b":null}"#;
    let numbers = read::<Numbers>(text).unwrap();
    assert_eq!((numbers.count, numbers.maybe, &numbers.list[..]), (1, Some(2), &[3][..]));
    assert_eq!((numbers.patch, numbers.rest["a"]), (Patch::Value(0.5), Some(1.5)));
    assert_eq!(serde_json::to_string(&numbers).unwrap(), text);
    let few = read::<Numbers>(r#"{"count":1,"list":[],"patch":null,"a":""}"#).unwrap();
    assert_eq!((few.count, few.maybe, few.patch, few.rest["a"]), (1, None, Patch::Null, None));
    let wrong = read::<Numbers>(r#"{"list":[]}"#).unwrap_err();
    assert!(wrong.starts_with("missing field `count`"), "{wrong}");
    let wrong = read::<Numbers>(r#"{"count":"x","list":[]}"#).unwrap_err();
    assert!(wrong.contains("text that holds i64"), "{wrong}");
    assert_eq!(
        serde_json::to_value(Numbers::new(1, None, Vec::new())).unwrap(),
        json!({"count": "1", "may be": null, "list": []})
    );
}

#[test]
fn the_rest_is_kept_as_it_came() {
    let text = r#"{"a":1,"b":18446744073709551615,"c\n":{"a":[0.1]},"d":null}"#;
    let open = read::<Open>(text).unwrap();
    assert_eq!((open.a, open.rest.len()), (Some(1), 3));
    assert_eq!(serde_json::to_string(&open).unwrap(), text);
    assert_eq!(read::<Rest>(r#"{"x":1,"":2}"#).unwrap().rest.len(), 2);
    assert!(read::<Rest>(r#"{"x":"1"}"#).is_err());
}

#[test]
fn names_of_the_macro_are_free() {
    assert_eq!(read(r#"{"members":1}"#), Ok(A::new(1)));
}

#[test]
fn an_object_may_have_no_members() {
    assert_eq!(read::<Empty>(r#"{"a":1}"#), Ok(Empty {}));
    for empty in [
        serde_json::to_string(&Empty {}),
        serde_json::to_string(&Rest::default()),
        serde_json::to_string(&Login::default()),
    ] {
        assert_eq!(empty.unwrap(), "{}");
    }
}
