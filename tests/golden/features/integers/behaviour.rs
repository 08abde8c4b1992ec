use crate::integers::types::Thing;
use crate::kit::roundtrip;
use gusset::serde_json::json;

#[test]
fn integers_hold_what_the_document_allows() {
    let thing: Thing = roundtrip(&json!({
        "small": i32::MIN, "plain": i64::MIN, "natural": u64::MAX, "huge": u64::MAX,
        "shown": 3_000_000_000_i64, "bounded": 10, "rounded": i64::MAX,
    }));
    let widths: (i32, i64, u64, i64, u32, i64) =
        (thing.small, thing.plain, thing.natural, thing.shown, thing.bounded, thing.rounded);
    assert_eq!(widths, (i32::MIN, i64::MIN, u64::MAX, 3_000_000_000, 10, i64::MAX));
    assert!(thing.huge.is_u64());
}
