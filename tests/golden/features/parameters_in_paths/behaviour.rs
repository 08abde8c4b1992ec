use crate::kit::{Provider, sent};
use crate::parameters_in_paths::{operations::GetPoint, types};

fn point() -> types::GetPointPoint {
    types::GetPointPoint { y: Some(-2), ..types::GetPointPoint::new(1) }
}

fn get(format: &str, from: &str) -> GetPoint {
    let to: gusset::Date = "2026-11-22".parse().unwrap();
    GetPoint::new(vec![7, 8], format, point(), from, to)
}

#[test]
fn each_style_and_several_in_a_segment() {
    let target = "/users/7,8.csv/;x=1;y=-2/a..2026-11-22.json";
    assert_eq!(sent(&get("csv", "a")).target(), target);
}

#[test]
fn values_stay_in_their_segment() {
    let target = "/users/7,8..%2F..%2Fx/;x=1;y=-2/%2Fa%3Fb%23c..2026-11-22.json";
    assert_eq!(sent(&get("./../x", "/a?b#c")).target(), target);
    let nothing = GetPoint { id: Vec::new(), ..get("", "a") };
    assert!(Provider::default().send(&nothing).is_err());
}

#[test]
fn names_that_several_places_share_and_keywords() {
    let operation = GetPoint {
        id_query: Some("q".to_owned()),
        body2: Some("b".to_owned()),
        r#type: Some("t".to_owned()),
        body: Some("text".to_owned()),
        ..get("csv", "a")
    };
    let sent = sent(&operation);
    assert!(sent.target().ends_with("?id=q&body=b&type=t"), "{}", sent.target());
    assert_eq!((sent.text(), sent.header("content-type")), ("text", "text/plain"));
}
