use crate::enum_twins::types::{Thing, ThingOrder, ThingZone};
use crate::kit::roundtrip;
use gusset::serde_json::json;

#[test]
fn values_are_never_merged() {
    let orders = [
        "asc", "ASC", "Asc", "desc", "DESC", "other", "Other", "self", "Self", "", " ", "1st",
        "größe",
    ];
    let mut seen: Vec<ThingOrder> = Vec::new();
    for order in orders {
        let thing: Thing = roundtrip(&json!({"order": order, "zone": "Etc/GMT+0"}));
        assert!(!seen.contains(&thing.order), "{order}");
        assert!(thing.order != ThingOrder::Other(order.to_owned()), "{order}");
        seen.push(thing.order);
    }
    assert_eq!((ThingOrder::Asc.as_str(), ThingOrder::ASC.as_str()), ("asc", "ASC"));
    assert_ne!(ThingZone::from("Etc/GMT+0"), ThingZone::from("Etc/GMT-0"));
}

#[test]
fn a_new_value_is_kept() {
    let thing: Thing = roundtrip(&json!({"order": "random", "zone": "Etc/GMT0", "switch": "true"}));
    assert_eq!(thing.order, ThingOrder::Other("random".to_owned()));
}
