use crate::kit::{decode, roundtrip, sent};
use crate::null_and_absent::{operations::UpdateNote, types::Note};
use gusset::Patch;
use gusset::serde_json::{from_value, json};

#[test]
fn null_and_absent_are_kept_apart() {
    for (json, value) in [
        (json!({"always": "a", "maybe_null": null}), Patch::Absent),
        (json!({"always": "a", "maybe_null": null, "maybe_both": null}), Patch::Null),
        (
            json!({"always": "a", "maybe_null": null, "maybe_both": "b"}),
            Patch::Value("b".to_owned()),
        ),
    ] {
        let note: Note = roundtrip(&json);
        assert_eq!(note.maybe_both, value);
        assert_eq!(note.maybe_null, None);
    }
}

#[test]
fn what_must_be_there_must_be_there() {
    assert!(from_value::<Note>(json!({"maybe_null": null})).is_err());
    assert!(from_value::<Note>(json!({"always": null, "maybe_null": null})).is_err());
    let note: Note = decode(&json!({"always": "a", "maybe_null": "b", "unknown": 1}));
    assert_eq!(note.maybe_null.as_deref(), Some("b"));
}

#[test]
fn what_is_left_out_is_not_sent() {
    let note = Note { maybe_both: Patch::Null, ..Note::new("a", None) };
    let sent = sent(&UpdateNote::new("1", note));
    assert_eq!(sent.text(), r#"{"always":"a","maybe_null":null,"maybe_both":null}"#);
}
