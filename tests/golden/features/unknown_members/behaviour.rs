use crate::kit::{decode, encode, roundtrip};
use crate::unknown_members::types::Pet;
use gusset::serde_json::json;

#[test]
fn what_is_read_and_written_back_loses_nothing() {
    let mut pet: Pet = roundtrip(&json!({"name": "Rex", "age": 3, "owner": {"name": null}}));
    assert_eq!(pet.rest["age"], 3);
    pet.name = "Max".to_owned();
    assert_eq!(encode(&pet), json!({"name": "Max", "age": 3, "owner": {"name": null}}));
}

#[test]
fn closed_schemas_stay_closed() {
    let pet: Pet = decode(&json!({"name": "Rex", "tag": {"colour": "red", "size": 1}}));
    assert_eq!(encode(&pet), json!({"name": "Rex", "tag": {"colour": "red"}}));
}
