use crate::kit::sent;
use crate::parameters_delimited::{operations::ListThings, types};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn each_list_has_its_delimiter() {
    let operation = ListThings {
        comma: texts(&["a,b", "c"]),
        space: vec![1, 2],
        pipe: vec!["red".into(), "blue".into()],
        each: texts(&["a", "b"]),
        ..ListThings::default()
    };
    let target = "/things?comma=a%2Cb,c&space=1%202&pipe=red%7Cblue&each=a&each=b";
    assert_eq!(sent(&operation).target(), target);
}

#[test]
fn members_of_an_exploded_object_are_parameters() {
    let range = types::ListThingsRange { from: Some(1), to: None };
    let operation = ListThings { range: Some(range), ..ListThings::default() };
    assert_eq!(sent(&operation).target(), "/things?from=1");
}

#[test]
fn reserved_characters_are_let_through_but_for_those_that_end_the_value() {
    let operation = ListThings { path: Some("/a:b?c&d#e".to_owned()), ..ListThings::default() };
    assert_eq!(sent(&operation).target(), "/things?path=/a:b?c%26d%23e");
}

#[test]
fn lists_in_headers_and_cookies() {
    let operation =
        ListThings { x_ids: vec![1, 2], choice: texts(&["a", "b"]), ..ListThings::default() };
    let sent = sent(&operation);
    assert_eq!((sent.header("x-ids"), sent.header("cookie")), ("1,2", "choice=a,b"));
}

#[test]
fn a_style_that_means_nothing_there_gives_way_to_the_default() {
    let operation = ListThings { wrong: texts(&["a", "b"]), ..ListThings::default() };
    assert_eq!(sent(&operation).target(), "/things?wrong=a&wrong=b");
}
