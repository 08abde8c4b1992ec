use crate::conditional_members::types::Payment;
use crate::kit::roundtrip;
use gusset::serde_json::json;

#[test]
fn members_under_conditions_are_kept() {
    let card = json!({"kind": "card", "number": "4242"});
    assert_eq!(roundtrip::<Payment>(&card).number.as_deref(), Some("4242"));
    let transfer = json!({"kind": "transfer", "iban": "DE02", "bic": "X", "note": "y"});
    let read = roundtrip::<Payment>(&transfer);
    assert_eq!((read.iban.as_deref(), read.bic.as_deref()), (Some("DE02"), Some("X")));
    assert_eq!((read.note.as_deref(), read.number), (Some("y"), None));
}
