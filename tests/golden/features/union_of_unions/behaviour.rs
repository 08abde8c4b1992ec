use crate::kit::roundtrip;
use crate::union_of_unions::types::{Both, ChildPet, ChildWith, Crossed, Deep, Extended, Things};
use gusset::serde_json::json;

#[test]
fn a_choice_in_a_choice_is_a_choice_more() {
    let extended = |json| roundtrip::<Things>(&json!({"extended": json})).extended;
    let cat = extended(json!({"id": 1, "kind": "cat", "lives": 9}));
    assert!(matches!(cat, Some(Extended::Cat(cat)) if cat.id == 1 && cat.lives == Some(9)));
    let dog = extended(json!({"id": 1, "kind": "dog"}));
    assert!(matches!(dog, Some(Extended::Dog(dog)) if dog.bark.is_none()));
    let car = extended(json!({"id": 2, "wheels": 4}));
    assert!(matches!(car, Some(Extended::Car(car)) if (car.id, car.wheels) == (2, 4)));
}

#[test]
fn two_choices_are_all_their_pairs() {
    let both = |json| roundtrip::<Things>(&json!({"both": json})).both;
    let mailed = both(json!({"mail": "a", "now": true}));
    assert!(matches!(mailed, Some(Both::MailNow(it)) if it.mail == "a" && it.now));
    let phoned = both(json!({"phone": "1", "at": "2026-11-22T10:00:00Z"}));
    assert!(matches!(phoned, Some(Both::PhoneLater(it)) if it.phone == "1"));
    assert!(matches!(both(json!({"phone": "1"})), Some(Both::Other(_))));
}

#[test]
fn a_union_and_another_are_all_their_pairs() {
    let crossed = |json| roundtrip::<Things>(&json!({"crossed": json})).crossed;
    let boat = crossed(json!({"kind": "dog", "bark": "wow", "sails": 2}));
    assert!(matches!(boat, Some(Crossed::DogBoat(it)) if it.sails == 2));
    let car = crossed(json!({"kind": "cat", "wheels": 3}));
    assert!(matches!(car, Some(Crossed::CatCar(it)) if it.kind == "cat"));
}

#[test]
fn what_is_around_stands_in_all_of_them() {
    let deep = |json| roundtrip::<Things>(&json!({"deep": json})).deep;
    let ab = deep(json!({"name": "x", "a": 1, "b": "y"}));
    assert!(matches!(ab, Some(Deep::Ab(it)) if it.a == 1 && it.b == "y" && it.name == "x"));
    let d = deep(json!({"name": "x", "d": "z"}));
    assert!(matches!(d, Some(Deep::D(it)) if it.d == "z"));
}

#[test]
fn members_with_choices_are_all_that_several_parts_say() {
    let ride = |json| roundtrip::<Things>(&json!({"ride": json})).ride.unwrap();
    let boat = ride(json!({"with": {"name": "Ahab", "seats": 2, "sails": 3}})).with;
    assert!(matches!(boat, Some(ChildWith::Boat(it)) if it.name == "Ahab" && it.sails == 3));
    let pet = ride(json!({"pet": {"kind": "dog", "bark": "wow", "wheels": 4}})).pet;
    assert!(matches!(pet, Some(ChildPet::DogCar(it)) if it.wheels == 4));
}
