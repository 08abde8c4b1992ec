//! Parameters: "Style Examples", row by row.

use crate::wire::{Fill, array, empty, object, send, string};
use gusset::Style;
use gusset::serde_json::{Value, json};

/// "Style Examples", and what it stands in.
const TABLE: &str = "3.1.2 Style Examples";
/// "Parameter Locations".
const PATHS: &str = "/p{color}";

/// One request: what the section is, what fills it, and what arrives.
async fn check(section: &str, path: &'static str, fill: Fill, target: &str) {
    let seen = send(path, fill).await.unwrap_or_else(|e| panic!("{section}: {e}"));
    assert_eq!(seen.target, target, "{section}");
}

#[tokio::test]
async fn paths() {
    const SIMPLE: Style = Style::SIMPLE;
    const LABEL: Style = Style::LABEL;
    const MATRIX: Style = Style::MATRIX;
    let rows: [(Fill, &str); 24] = [
        (|r| r.path_as("color", &empty(), MATRIX), "/p;color"),
        (|r| r.path_as("color", &string(), MATRIX), "/p;color=blue"),
        (|r| r.path_as("color", &array(), MATRIX), "/p;color=blue,black,brown"),
        (|r| r.path_as("color", &object(), MATRIX), "/p;color=R,100,G,200,B,150"),
        (|r| r.path_as("color", &empty(), MATRIX.explode()), "/p;color"),
        (|r| r.path_as("color", &string(), MATRIX.explode()), "/p;color=blue"),
        (
            |r| r.path_as("color", &array(), MATRIX.explode()),
            "/p;color=blue;color=black;color=brown",
        ),
        (|r| r.path_as("color", &object(), MATRIX.explode()), "/p;R=100;G=200;B=150"),
        (|r| r.path_as("color", &empty(), LABEL), "/p."),
        (|r| r.path_as("color", &string(), LABEL), "/p.blue"),
        (|r| r.path_as("color", &array(), LABEL), "/p.blue,black,brown"),
        (|r| r.path_as("color", &object(), LABEL), "/p.R,100,G,200,B,150"),
        (|r| r.path_as("color", &empty(), LABEL.explode()), "/p."),
        (|r| r.path_as("color", &string(), LABEL.explode()), "/p.blue"),
        (|r| r.path_as("color", &array(), LABEL.explode()), "/p.blue.black.brown"),
        (|r| r.path_as("color", &object(), LABEL.explode()), "/p.R=100.G=200.B=150"),
        (|r| r.path_as("color", &string(), SIMPLE), "/pblue"),
        (|r| r.path_as("color", &array(), SIMPLE), "/pblue,black,brown"),
        (|r| r.path_as("color", &object(), SIMPLE), "/pR,100,G,200,B,150"),
        (|r| r.path_as("color", &string(), SIMPLE.explode()), "/pblue"),
        (|r| r.path_as("color", &array(), SIMPLE.explode()), "/pblue,black,brown"),
        (|r| r.path_as("color", &object(), SIMPLE.explode()), "/pR=100,G=200,B=150"),
        // What OpenAPI forbids: a value that leaves its segment ("Path Templating").
        (
            |r| r.path_as("color", &json!(["../x", "a/b?c#d"]), MATRIX),
            "/p;color=..%2Fx,a%2Fb%3Fc%23d",
        ),
        (|r| r.path_as("color", &json!({"/": ";"}), LABEL.explode()), "/p.%2F=%3B"),
    ];
    for (fill, target) in rows {
        check(TABLE, PATHS, fill, target).await;
    }
}

/// The table has an empty text for `simple`; there it would name another resource, as would `.` and `..`.
#[tokio::test]
async fn paths_that_would_name_another_resource_are_refused() {
    let rows: [(&'static str, Fill); 6] = [
        ("/x/{color}", |r| r.path_as("color", &empty(), Style::SIMPLE)),
        ("/x/{color}", |r| r.path_as("color", &json!([]), Style::MATRIX)),
        ("/x/{color}", |r| r.path_as("color", &Value::Null, Style::SIMPLE)),
        ("/x/{color}", |r| r.path_as("color", &empty(), Style::LABEL)),
        ("/x/{color}", |r| r.path_as("color", &json!("."), Style::LABEL)),
        ("/x/{color}", |r| r.path_as("color", &json!(["", ""]), Style::LABEL.explode())),
    ];
    for (path, fill) in rows {
        assert!(send(path, fill).await.is_err(), "{path}");
    }
}

#[tokio::test]
async fn several_parameters_in_a_segment() {
    let fill: Fill = |r| {
        r.path("from", "a-b");
        r.path("to", &7);
        r.path_as("color", &array(), Style::LABEL.explode())
    };
    let path = "/x/{from}...{to}/{to}.json{color}#create";
    check("Path Templating", path, fill, "/x/a-b...7/7.json.blue.black.brown").await;
}

#[tokio::test]
async fn queries() {
    const FORM: Style = Style::FORM;
    let rows: [(&str, Fill, &str); 27] = [
        (TABLE, |r| r.query_as("color", &empty(), FORM), "?color="),
        (TABLE, |r| r.query_as("color", &string(), FORM), "?color=blue"),
        (TABLE, |r| r.query_as("color", &array(), FORM), "?color=blue,black,brown"),
        (TABLE, |r| r.query_as("color", &object(), FORM), "?color=R,100,G,200,B,150"),
        (TABLE, |r| r.query_as("color", &empty(), FORM.explode()), "?color="),
        (TABLE, |r| r.query_as("color", &string(), FORM.explode()), "?color=blue"),
        (
            TABLE,
            |r| r.query_as("color", &array(), FORM.explode()),
            "?color=blue&color=black&color=brown",
        ),
        (TABLE, |r| r.query_as("color", &object(), FORM.explode()), "?R=100&G=200&B=150"),
        (TABLE, |r| r.query_list("color", &["blue", "black"]), "?color=blue&color=black"),
        (TABLE, |r| r.query_as("color", &array(), Style::SPACE), "?color=blue%20black%20brown"),
        (
            TABLE,
            |r| r.query_as("color", &object(), Style::SPACE),
            "?color=R%20100%20G%20200%20B%20150",
        ),
        (TABLE, |r| r.query_as("color", &array(), Style::PIPE), "?color=blue%7Cblack%7Cbrown"),
        (
            TABLE,
            |r| r.query_as("color", &object(), Style::PIPE),
            "?color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            TABLE,
            |r| r.query_as("color", &object(), Style::DEEP.explode()),
            "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
        // What the table leaves undefined.
        ("n/a", |r| r.query_as("color", &string(), Style::SPACE), "?color=blue"),
        ("n/a", |r| r.query_as("color", &string(), Style::DEEP), "?color=blue"),
        (
            "n/a",
            |r| r.query_as("color", &array(), Style::PIPE.explode()),
            "?color=blue&color=black&color=brown",
        ),
        (
            "n/a",
            |r| r.query_as("color", &array(), Style::DEEP),
            "?color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
        ),
        (
            "n/a",
            |r| {
                r.query_as(
                    "a",
                    &json!({"b": {"c": 1, "d": [2, 3]}, "e": [{"f": true}]}),
                    Style::DEEP,
                )
            },
            "?a%5Bb%5D%5Bc%5D=1&a%5Bb%5D%5Bd%5D%5B%5D=2&a%5Bb%5D%5Bd%5D%5B%5D=3&a%5Be%5D%5B0%5D%5Bf%5D=true",
        ),
        // "URL Percent-Encoding": delimiters inside values are told apart from those between them.
        (
            "URL Percent-Encoding",
            |r| r.query_as("a", &json!(["1,2", "&=", "é"]), FORM),
            "?a=1%2C2,%26%3D,%C3%A9",
        ),
        // RFC 6570, 2.3: null, an empty list and an object without members are undefined.
        ("RFC 6570, 2.3", |r| r.query_as("a", &Value::Null, FORM), ""),
        ("RFC 6570, 2.3", |r| r.query_as("a", &json!([]), FORM), ""),
        ("RFC 6570, 2.3", |r| r.query_as("a", &json!({"b": null}), Style::DEEP), ""),
        ("RFC 6570, 2.3", |r| r.query_as("a", &json!(["b", null]), FORM), "?a=b"),
        // "allowReserved": RFC 6570, 3.2.3, without what a query cannot have.
        (
            "allowReserved",
            |r| r.query_as("a", &json!("http://x.y/z?a=b&c;d,e#%20%"), FORM.reserved()),
            "?a=http://x.y/z?a%3Db%26c;d,e%23%20%25",
        ),
        // "Fixed Fields for use with `content`".
        (
            "content",
            |r| r.query_as("at", &json!({"lat": 1.5, "long": 2}), Style::JSON),
            "?at=%7B%22lat%22%3A1.5%2C%22long%22%3A2%7D",
        ),
        ("content", |r| r.query_as("at", "x", Style::JSON), "?at=%22x%22"),
    ];
    for (section, fill, query) in rows {
        check(section, "/q", fill, &format!("/q{query}")).await;
    }
}

#[tokio::test]
async fn headers() {
    let rows: [(Fill, Option<&str>); 9] = [
        (|r| r.header_as("X-Color", &empty(), Style::SIMPLE), Some("")),
        (|r| r.header_as("X-Color", &string(), Style::SIMPLE), Some("blue")),
        (|r| r.header_as("X-Color", &array(), Style::SIMPLE), Some("blue,black,brown")),
        (|r| r.header_as("X-Color", &object(), Style::SIMPLE), Some("R,100,G,200,B,150")),
        (|r| r.header_as("X-Color", &string(), Style::SIMPLE.explode()), Some("blue")),
        (|r| r.header_as("X-Color", &array(), Style::SIMPLE.explode()), Some("blue,black,brown")),
        (|r| r.header_as("X-Color", &object(), Style::SIMPLE.explode()), Some("R=100,G=200,B=150")),
        // "Fixed Fields for use with `schema`": header values are passed through unchanged.
        (|r| r.header_as("X-Color", "a, \"b\" /c", Style::SIMPLE), Some("a, \"b\" /c")),
        (|r| r.header_as("X-Color", &json!([]), Style::SIMPLE), None),
    ];
    for (fill, value) in rows {
        assert_eq!(send("/h", fill).await.unwrap().header("x-color"), value, "{TABLE}");
    }
    assert!(
        send("/h", |r| r.header_as("X-Color", "a\r\nX-Other: b", Style::SIMPLE)).await.is_err()
    );
}

/// The table's `&` is no delimiter of cookies ("Appendix D"): pairs are cookies of their own, as 3.2's style `cookie` has
/// them.
#[tokio::test]
async fn cookies() {
    let rows: [(Fill, Option<&str>); 8] = [
        (|r| r.cookie_as("color", &empty(), Style::FORM), Some("color=")),
        (|r| r.cookie_as("color", &string(), Style::FORM), Some("color=blue")),
        (|r| r.cookie_as("color", &array(), Style::FORM), Some("color=blue,black,brown")),
        (|r| r.cookie_as("color", &object(), Style::FORM), Some("color=R,100,G,200,B,150")),
        (
            |r| r.cookie_as("color", &array(), Style::FORM.explode()),
            Some("color=blue; color=black; color=brown"),
        ),
        (|r| r.cookie_as("color", &object(), Style::FORM.explode()), Some("R=100; G=200; B=150")),
        (|r| r.cookie_as("color", &json!("a; b=c"), Style::FORM), Some("color=a%3B%20b%3Dc")),
        (|r| r.cookie_as("color", &Value::Null, Style::FORM), None),
    ];
    for (fill, value) in rows {
        assert_eq!(send("/c", fill).await.unwrap().header("cookie"), value, "{TABLE}");
    }
}
