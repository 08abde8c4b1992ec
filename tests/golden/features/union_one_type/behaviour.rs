use crate::kit::roundtrip;
use crate::union_one_type::types::{Thing, ThingBy, ThingColour, ThingSize};
use gusset::Patch;
use gusset::serde_json::json;

#[test]
fn choices_of_one_type_are_that_type() {
    let json = json!({"colour": "green", "size": "large", "share": 0.5, "link": "", "owner": {"name": "a"}});
    let thing: Thing = roundtrip(&json);
    assert_eq!(thing.colour, Some(ThingColour::Other("green".to_owned())));
    assert_eq!(thing.size, Patch::Value(ThingSize::Large));
    assert_eq!(thing.share.and_then(|share| share.as_f64()), Some(0.5));
    assert_eq!(thing.link.as_deref(), Some(""));
    assert!(matches!(thing.owner, Patch::Value(_)));
}

#[test]
fn a_choice_of_anything_excludes_nothing() {
    for data in [json!({"a": 1}), json!("text"), json!([1])] {
        let thing: Thing = roundtrip(&json!({"data": data, "by": {"name": "a"}}));
        assert_eq!(thing.data, Patch::Value(data));
        assert!(
            matches!(thing.by, Some(ThingBy::Owner(owner)) if owner.name.as_deref() == Some("a"))
        );
    }
    let thing: Thing = roundtrip(&json!({"data": null, "by": 7}));
    assert_eq!(thing.by, Some(ThingBy::Other(json!(7))));
}
