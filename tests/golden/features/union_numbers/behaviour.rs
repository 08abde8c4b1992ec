use crate::kit::{roundtrip, sent};
use crate::union_numbers::operations::Make;
use crate::union_numbers::types::{Thing, ThingOrText};
use gusset::serde_json::{Number, json};

#[test]
fn whole_numbers_stay_whole_beside_others() {
    let big = 9_007_199_254_740_993_u64;
    let thing: Thing = roundtrip(&json!({"choice": big, "types": u64::MAX, "or_text": big}));
    assert_eq!(thing.choice, Some(Number::from(big)));
    assert_eq!(thing.or_text, Some(ThingOrText::Number(Number::from(big))));
    let text = gusset::serde_json::to_string(&thing).unwrap();
    assert!(text.contains(r#""choice":9007199254740993,"#), "{text}");
}

#[test]
fn others_and_text_stay_what_they_are() {
    let thing: Thing = roundtrip(&json!({"choice": 0.1, "listed": 2.5, "or_text": -1.5e300}));
    assert_eq!(thing.choice.and_then(|n| n.as_f64()), Some(0.1));
    let thing: Thing = roundtrip(&json!({"or_text": "7", "types": null}));
    assert_eq!(thing.or_text, Some(ThingOrText::Text("7".to_owned())));
}

#[test]
fn a_parameter_is_written_as_it_is() {
    let make = |above: Number| Make { above: Some(above), body: Thing::default() };
    let url = |above| sent(&make(above)).url;
    assert!(url(u64::MAX.into()).ends_with("?above=18446744073709551615"));
    assert!(url(Number::from_f64(0.5).unwrap()).ends_with("?above=0.5"));
}
