use crate::kit::roundtrip;
use crate::union_required::types::Place;
use gusset::serde_json::json;

#[test]
fn what_only_one_has_tells_and_the_base_stands_in_each() {
    let place: Place = roundtrip(&json!({"id": 1, "path": "/a", "depth": 2}));
    assert!(matches!(place, Place::Path(path) if path.id == 1 && path.depth == Some(2)));
    let place: Place = roundtrip(&json!({"id": 1, "url": "https://a.example"}));
    assert!(matches!(place, Place::Url(url) if url.id == 1));
    assert!(matches!(roundtrip(&json!({"id": 1})), Place::Other(_)));
}
