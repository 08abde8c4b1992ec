use crate::bodies_of_forms::operations::{Deep, Mixed, Nothing, Plain};
use crate::bodies_of_forms::types::{Form, FormAddress};
use crate::kit::sent;

fn form() -> Form {
    Form {
        address: Some(FormAddress { street: Some("A & B".to_owned()), zip: Some(7) }),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
        ..Form::new("N")
    }
}

#[test]
fn without_an_encoding_objects_are_json() {
    let sent = sent(&Plain::new(form()));
    assert_eq!(sent.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(
        sent.text(),
        "name=N&address=%7B%22street%22%3A%22A%20%26%20B%22%2C%22zip%22%3A7%7D&tags=x&tags=y"
    );
}

#[test]
fn with_a_style_they_are_what_it_says() {
    let deep = sent(&Deep { body: Some(form()) });
    assert_eq!(
        deep.text(),
        "name=N&address%5Bstreet%5D=A%20%26%20B&address%5Bzip%5D=7&tags%5B%5D=x&tags%5B%5D=y"
    );
    assert_eq!(sent(&Deep::default()).text(), "");
    let mixed = sent(&Mixed::new(form()));
    assert_eq!(
        mixed.text(),
        "name=N&address=%7B%22street%22%3A%22A%20%26%20B%22%2C%22zip%22%3A7%7D&tags=x%7Cy"
    );
}

#[test]
fn a_form_that_can_hold_nothing_is_none() {
    let sent = sent(&Nothing::default());
    assert_eq!((sent.text(), sent.header("content-type")), ("", ""));
}
