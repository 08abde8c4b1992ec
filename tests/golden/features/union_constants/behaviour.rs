use crate::kit::roundtrip;
use crate::union_constants::types::Event;
use gusset::serde_json::json;

#[test]
fn a_member_of_constants_is_a_discriminator() {
    assert!(matches!(roundtrip(&json!({"type": "opened", "by": "me"})), Event::Opened(_)));
    assert!(matches!(roundtrip(&json!({"type": "merged", "at": 5})), Event::Closed(_)));
    assert!(matches!(roundtrip(&json!({"type": "lost"})), Event::Other(_)));
}
