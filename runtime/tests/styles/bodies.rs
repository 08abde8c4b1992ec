//! Bodies: "Media Type Object" and "Encoding Object".

use crate::wire::{Fill, array, object, send};
use gusset::serde::Serialize;
use gusset::serde_json::{Value, json};
use gusset::{Encoding, Part, Style};

#[tokio::test]
async fn forms() {
    const DEFAULT: &str = "Example: URL Encoded Form with JSON Values";
    const STYLED: &str = "Fixed Fields for RFC6570-style Serialization";
    let rows: [(&str, Fill, &str); 9] = [
        (
            DEFAULT,
            |r| r.form(&json!({"id": "f81d", "color": object()})),
            "id=f81d&color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        ),
        (
            DEFAULT,
            |r| r.form(&json!({"color": array(), "n": 1.0, "ok": true, "no": null})),
            "color=blue&color=black&color=brown&n=1&ok=true",
        ),
        (
            DEFAULT,
            |r| r.form(&json!({"a": [{"b": 1}, {"b": 2}]})),
            "a=%7B%22b%22%3A1%7D&a=%7B%22b%22%3A2%7D",
        ),
        (
            STYLED,
            |r| r.form_as(&json!({"color": array()}), Style::FORM, &[]),
            "color=blue,black,brown",
        ),
        (
            STYLED,
            |r| r.form_as(&json!({"color": object()}), Style::FORM.explode(), &[]),
            "R=100&G=200&B=150",
        ),
        (
            STYLED,
            |r| r.form_as(&json!({"color": object(), "x": [1, 2]}), Style::DEEP, &[]),
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150&x%5B%5D=1&x%5B%5D=2",
        ),
        (
            STYLED,
            |r| r.form_as(&json!({"a": array(), "b": [1, 2]}), Style::PIPE, &[("b", Style::SPACE)]),
            "a=blue%7Cblack%7Cbrown&b=1%202",
        ),
        (STYLED, |r| r.form_as(&json!({"a": "/x:y&"}), Style::FORM.reserved(), &[]), "a=/x:y%26"),
        (
            "Encoding Object",
            |r| r.form_as(&json!({"a": "x"}), Style::CONTENT, &[("a", Style::JSON)]),
            "a=%22x%22",
        ),
    ];
    for (section, fill, body) in rows {
        let seen = send("/f", fill).await.unwrap();
        assert_eq!(seen.text(), body, "{section}");
        assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    }
    assert!(send("/f", |r| r.form(&json!([1]))).await.is_err());
}

/// What emitted code has.
#[derive(Serialize)]
#[serde(crate = "gusset::serde")]
struct Upload {
    id: String,
    address: Value,
    tags: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(rename = "profileImage")]
    image: Part,
    files: Vec<Part>,
}

/// The parts of a body, each with its head.
fn split(content_type: &str, body: &str) -> Vec<String> {
    let (_, boundary) = content_type.split_once("; boundary=").unwrap();
    let body = body.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let between = format!("--{boundary}\r\n");
    let parts = body.split(between.as_str()).skip(1);
    parts.map(|part| part.strip_suffix("\r\n").unwrap().replace("\r\n", "|")).collect()
}

fn upload() -> Upload {
    Upload {
        id: "f81d".to_owned(),
        address: object(),
        tags: vec![1, 2],
        note: None,
        image: Part::new("PNG").with_file_name("a\"b.png").with_content_type("image/png"),
        files: vec![Part::new("1"), Part::new("2").with_header("X-Rate", "7")],
    }
}

/// "Example: Basic Multipart Form", "Example: Multipart Form with Multiple Files", RFC 7578.
#[tokio::test]
async fn multipart() {
    let seen = send("/m", |r| r.multipart("multipart/form-data", &upload(), &[])).await.unwrap();
    let content_type = seen.header("content-type").unwrap();
    assert!(content_type.starts_with("multipart/form-data; boundary="), "{content_type}");
    assert_eq!(
        split(content_type, seen.text()),
        [
            "Content-Disposition: form-data; name=\"id\"||f81d",
            "Content-Disposition: form-data; name=\"address\"|Content-Type: application/json||{\"R\":100,\"G\":200,\"B\":150}",
            "Content-Disposition: form-data; name=\"tags\"||1",
            "Content-Disposition: form-data; name=\"tags\"||2",
            "Content-Disposition: form-data; name=\"profileImage\"; filename=\"a%22b.png\"|Content-Type: image/png||PNG",
            "Content-Disposition: form-data; name=\"files\"; filename=\"files\"|Content-Type: application/octet-stream||1",
            "Content-Disposition: form-data; name=\"files\"; filename=\"files\"|Content-Type: application/octet-stream|X-Rate: 7||2",
        ]
    );
}

/// "Example: Multipart Form with Encoding Objects"; styles are not percent-encoded in parts.
#[tokio::test]
async fn multipart_with_encodings() {
    let seen = send("/m", |r| {
        let encodings = &[
            ("id", Encoding::Type("text/plain; charset=utf-8")),
            ("address", Encoding::Style(Style::DEEP)),
            ("tags", Encoding::Style(Style::PIPE)),
            ("files", Encoding::Type("text/csv")),
        ];
        r.multipart("multipart/mixed", &upload(), encodings)
    })
    .await
    .unwrap();
    let content_type = seen.header("content-type").unwrap();
    assert!(content_type.starts_with("multipart/mixed; boundary="), "{content_type}");
    assert_eq!(
        split(content_type, seen.text()),
        [
            "Content-Disposition: form-data; name=\"id\"|Content-Type: text/plain; charset=utf-8||f81d",
            "Content-Disposition: form-data; name=\"address[R]\"||100",
            "Content-Disposition: form-data; name=\"address[G]\"||200",
            "Content-Disposition: form-data; name=\"address[B]\"||150",
            "Content-Disposition: form-data; name=\"tags\"||1|2",
            "Content-Disposition: form-data; name=\"profileImage\"; filename=\"a%22b.png\"|Content-Type: image/png||PNG",
            "Content-Disposition: form-data; name=\"files\"; filename=\"files\"|Content-Type: text/csv||1",
            "Content-Disposition: form-data; name=\"files\"; filename=\"files\"|Content-Type: text/csv|X-Rate: 7||2",
        ]
    );
}

/// RFC 2046, 5.1.1: the boundary does not occur in a part. It is the same when the same body is sent again.
#[tokio::test]
async fn boundaries() {
    let write = async |bytes: String| {
        let parts = [("a".to_owned(), Part::new(bytes))];
        send("/m", |r| r.parts("multipart/related", &parts)).await.unwrap()
    };
    let (first, again) = (write("x".to_owned()).await, write("x".to_owned()).await);
    assert_eq!(first.body, again.body);
    let (_, boundary) = first.header("content-type").unwrap().split_once("boundary=").unwrap();
    // Someone who knows the boundary of a body cannot put it into that body.
    let other = write(format!("\r\n--{boundary}--\r\n")).await;
    let (_, own) = other.header("content-type").unwrap().split_once("boundary=").unwrap();
    assert_ne!(own, boundary);
    assert!(other.text().contains(&format!("\r\n--{boundary}--\r\n")));
}

/// A head that would have lines of its own is refused; names are escaped.
#[tokio::test]
async fn heads_of_parts_cannot_be_broken() {
    let refused: Fill = |r| {
        let part = Part::new("x").with_content_type("text/plain\r\nX-Other: 1");
        r.parts("multipart/form-data", &[("a".to_owned(), part)])
    };
    assert!(send("/m", refused).await.is_err());
    let escaped: Fill = |r| {
        let part = Part::new("x").with_file_name("a\r\nX: \"1\"");
        r.parts("multipart/form-data", &[("a\n".to_owned(), part)])
    };
    let seen = send("/m", escaped).await.unwrap();
    assert!(
        seen.text().contains("name=\"a%0A\"; filename=\"a%0D%0AX: %221%22\""),
        "{}",
        seen.text()
    );
}

/// Nothing that is sent can pass for a part: what stands for one is drawn anew for each body.
#[tokio::test]
async fn an_object_is_no_part() {
    let seen = send("/m", |r| {
        r.multipart("multipart/form-data", &json!({"a": {"part 0": 0}, "b": {"part": 0}}), &[])
    })
    .await
    .unwrap();
    assert!(seen.text().contains(r#"{"part 0":0}"#));
    assert_eq!(gusset::serde_json::to_value(Part::new("x")).unwrap(), json!("x"));
    assert_eq!(gusset::serde_json::to_value(Part::new(vec![0xff])).unwrap(), json!("/w=="));
}

/// "Considerations for File Uploads", "Media Type Object".
#[tokio::test]
async fn bodies_as_they_are() {
    let rows: [(Fill, &str, &[u8]); 7] = [
        (|r| r.json(&json!({"a": [1]})), "application/json", b"{\"a\":[1]}"),
        (|r| r.json_as("application/scim+json", &json!("x")), "application/scim+json", b"\"x\""),
        (
            |r| r.json_lines("application/x-ndjson", &[json!({"a": 1}), json!(2)]),
            "application/x-ndjson",
            b"{\"a\":1}\n2\n",
        ),
        (|r| r.bytes("text/plain", "h\u{e9}".to_owned()), "text/plain", "h\u{e9}".as_bytes()),
        (
            |r| r.bytes("application/octet-stream", vec![0, 255]),
            "application/octet-stream",
            &[0, 255],
        ),
        (
            |r| r.bytes_of(&Part::new("GIF").with_content_type("image/gif"), "image/png"),
            "image/gif",
            b"GIF",
        ),
        (|r| r.bytes_of(&Part::new("PNG"), "image/png"), "image/png", b"PNG"),
    ];
    for (fill, content_type, body) in rows {
        let seen = send("/b", fill).await.unwrap();
        assert_eq!(seen.header("content-type"), Some(content_type));
        assert_eq!(seen.body, body);
    }
}
