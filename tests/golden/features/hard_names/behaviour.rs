use crate::hard_names::types::{FooBar, FooBar2, Thing, VecType};
use crate::kit::roundtrip;
use gusset::serde_json::json;

#[test]
fn names_that_rust_has_itself() {
    let thing: Thing = roundtrip(&json!({
        "type": {"ok": true}, "ref": {"text": "a"}, "self": {"some": ["b"]},
        "foo-bar": {"a": "1"}, "foo_bar": {"b": "2"}, "crate": {"Box": {"again": {}}},
        "名前": "None", "2fa": {"Default": "x"}, "inline": {"x": "y"}, "": "empty",
        "rest": {"serde": {"inline": {"mine": {}}}},
    }));
    let (first, second): (FooBar, FooBar2) = (thing.foo_bar, thing.foo_bar2);
    assert_eq!((first.a.as_deref(), second.b.as_deref()), (Some("1"), Some("2")));
    assert_eq!(thing.名前, Some(VecType::None));
}
