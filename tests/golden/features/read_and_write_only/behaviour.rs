use crate::kit::{answer, received, sent};
use crate::read_and_write_only::operations::SendThing;
use crate::read_and_write_only::types::ThingInput;

#[test]
fn each_direction_has_its_own_members() {
    let operation = SendThing::new(ThingInput::new("s", "n"));
    assert_eq!(sent(&operation).text(), r#"{"secret":"s","name":"n"}"#);
    let body = r#"{"id":"1","name":"n","made":"2026-01-02T03:04:05.000+0000"}"#;
    let thing = received(&operation, answer(200, "application/json", body)).ok();
    let thing = thing.map(|thing| (thing.id, thing.made.to_string(), thing.behind));
    assert_eq!(thing, Some(("1".to_owned(), "2026-01-02T03:04:05.000+0000".to_owned(), None)));
}
