use crate::kit::{decode, encode, roundtrip};
use crate::union_mapping::types::{Cat, Dog, Pet};
use gusset::serde_json::{from_value, json};

#[test]
fn the_kind_tells_and_comes_back() {
    let pet: Pet = roundtrip(&json!({"kind": "tom", "lives": 9}));
    assert_eq!(pet, Pet::Cat(Cat::new("tom", 9)));
    // The schema of dogs has no kind: the union keeps it.
    let pet: Pet = roundtrip(&json!({"kind": "dog", "name": "Rex"}));
    assert_eq!(pet, Pet::Dog(Dog::new("Rex")));
    assert_eq!(encode(&Pet::from(Dog::new("Rex"))), json!({"kind": "dog", "name": "Rex"}));
}

#[test]
fn a_kind_that_the_document_does_not_know_is_kept_as_it_came() {
    let newt = json!({"kind": "newt", "lives": "many"});
    let pet: Pet = roundtrip(&newt);
    assert_eq!(pet, Pet::Other(newt));
}

#[test]
fn a_value_that_belies_its_kind_is_wrong() {
    let error = from_value::<Pet>(json!({"kind": "cat", "lives": "many"})).unwrap_err();
    assert!(error.to_string().contains("`lives`"), "{error}");
    assert!(matches!(decode::<Pet>(&json!("cat")), Pet::Other(_)));
}
