use crate::kit::{decode, roundtrip};
use crate::union_of_both::types::{Contact, Holder};
use gusset::serde_json::json;

#[test]
fn what_is_of_one_choice_is_typed() {
    let person = roundtrip::<Contact>(&json!({"name": "Ada", "born": "1815"}));
    assert!(matches!(person, Contact::Person(_)), "{person:?}");
    let company = roundtrip::<Contact>(&json!({"vat": "1", "name": "Engines"}));
    assert!(matches!(company, Contact::Company(_)), "{company:?}");
}

#[test]
fn what_is_of_both_loses_nothing() {
    let both = json!({"name": "Ada", "born": "1815", "vat": "1"});
    assert!(matches!(roundtrip::<Contact>(&both), Contact::Other(_)));
    // Members that nobody declares make no difference.
    let more = decode::<Contact>(&json!({"name": "Ada", "born": "1815", "more": 1}));
    assert!(matches!(more, Contact::Person(_)));
    // Of `oneOf`, a value is one.
    assert!(!matches!(decode::<Holder>(&both), Holder::Other(_)));
}
