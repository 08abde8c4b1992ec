use crate::bodies_of_files::operations::{Attach, Upload};
use crate::bodies_of_files::types;
use crate::kit::{Sent, sent};
use gusset::Part;
use std::collections::BTreeMap;

/// Each part on a line, with its head.
fn parts(sent: &Sent) -> Vec<String> {
    let (media, boundary) = sent.header("content-type").split_once("; boundary=").unwrap();
    assert_eq!(media, "multipart/form-data");
    let body = sent.text().strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let between = format!("--{boundary}\r\n");
    let parts = body.split(between.as_str()).skip(1);
    parts
        .map(|part| {
            part.trim_end().replace("\r\n", "|").replace("Content-Disposition: form-data; ", "")
        })
        .collect()
}

#[test]
fn each_member_is_a_part() {
    let body = types::Upload {
        more: Some(vec![Part::new("1"), Part::new("2").with_file_name("two.bin")]),
        table: Some(Part::new("a,b").with_header("X-Rows", "1")),
        about: Some(types::UploadAbout { by: Some("me".to_owned()) }),
        labels: Some(BTreeMap::from([("k".to_owned(), "v".to_owned())])),
        sizes: Some(vec![1, 2]),
        ..types::Upload::new(
            "Cat",
            Part::new("PNG").with_file_name("cat.png").with_content_type("image/png"),
        )
    };
    let sent = sent(&Upload::new(body));
    assert_eq!(
        parts(&sent),
        [
            r#"name="name"||Cat"#,
            r#"name="image"; filename="cat.png"|Content-Type: image/png||PNG"#,
            r#"name="more"; filename="more"|Content-Type: application/octet-stream||1"#,
            r#"name="more"; filename="two.bin"|Content-Type: application/octet-stream||2"#,
            r#"name="table"; filename="table"|Content-Type: text/csv|X-Rows: 1||a,b"#,
            r#"name="about"|Content-Type: application/json||{"by":"me"}"#,
            r#"name="labels[k]"||v"#,
            r#"name="sizes"||1"#,
            r#"name="sizes"||2"#,
        ]
    );
}

#[test]
fn the_same_body_is_the_same_bytes() {
    let upload = || Upload::new(types::Upload::new("Cat", "PNG"));
    assert_eq!(sent(&upload()).body, sent(&upload()).body);
}

#[test]
fn parts_that_the_document_does_not_name() {
    let file = Part::new("x").with_file_name("a.txt").with_content_type("text/plain");
    let sent = sent(&Attach::new(vec![("file".to_owned(), file)]));
    assert_eq!(parts(&sent), [r#"name="file"; filename="a.txt"|Content-Type: text/plain||x"#]);
}
