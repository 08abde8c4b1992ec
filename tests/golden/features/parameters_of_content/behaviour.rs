use crate::kit::sent;
use crate::parameters_of_content::{operations::Search, types};
use std::collections::BTreeMap;

#[test]
fn json_is_one_value() {
    let filter =
        types::SearchFilter { near: Some(vec!["a&b".to_owned()]), ..types::SearchFilter::new(1.5) };
    let target = "/search?filter=%7B%22lat%22%3A1.5%2C%22near%22%3A%5B%22a%26b%22%5D%7D";
    assert_eq!(sent(&Search::new(filter)).target(), target);
}

#[test]
fn in_headers_and_cookies() {
    let sent = sent(&Search {
        x_options: Some(BTreeMap::from([("deep".to_owned(), true)])),
        token: Some("t".to_owned()),
        ..Search::new(types::SearchFilter::new(1.0))
    });
    assert_eq!((sent.header("x-options"), sent.header("cookie")), (r#"{"deep":true}"#, "token=t"));
}

#[test]
fn absent_and_empty_ones() {
    let bare = sent(&Search::new(types::SearchFilter::new(0.0)));
    assert_eq!(bare.target(), "/search?filter=%7B%22lat%22%3A0.0%7D");
    assert_eq!((bare.header("x-options"), bare.header("cookie")), ("", ""));
    let empty =
        Search { x_options: Some(BTreeMap::new()), ..Search::new(types::SearchFilter::new(0.0)) };
    assert_eq!(sent(&empty).header("x-options"), "{}");
}
