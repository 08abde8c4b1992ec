#![allow(clippy::unwrap_used)]
use super::Overlay;
use crate::diagnostics::Diagnostics;
use crate::source::{Place, Sources, parse};
use std::path::Path;

const DOCUMENT: &str = "
openapi: 3.0.0
info: {title: Shop, version: '1'}
tags: [a, b, c]
paths:
  /a:
    get: {operationId: a, deprecated: true, parameters: [{name: x}, {name: y}, {name: z}]}
    put: {operationId: b}
";

fn apply(actions: &str) -> (serde_json::Value, Vec<String>, Sources) {
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: o, version: '1'}}\nactions:\n{actions}");
    let mut sources =
        Sources::new().with_file("openapi.yaml", DOCUMENT).with_file("overlay.yaml", overlay);
    let mut diagnostics = Diagnostics::new();
    let file = sources.read(Path::new("openapi.yaml")).unwrap();
    let mut value = sources.value(file, &mut diagnostics).unwrap();
    let overlay = Overlay::load(&mut sources, Path::new("overlay.yaml"), None, &mut diagnostics);
    if let Some(overlay) = overlay {
        super::apply::apply(&[&overlay], &mut sources, file, &mut value, &mut diagnostics);
    }
    let found = diagnostics.finish();
    let shown = found.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    (value, shown, sources)
}

/// Applies actions; at each pointer stands what is expected.
#[track_caller]
fn check(actions: &str, expect: &[(&str, &str)]) {
    let (value, found, _) = apply(actions);
    assert!(found.is_empty(), "{found:?}");
    for (pointer, expected) in expect {
        let found = value.pointer(pointer).cloned().unwrap_or("nothing".into());
        assert_eq!(found, parse(expected).unwrap(), "{pointer}");
    }
}

#[track_caller]
fn refused(actions: &str, expect: &[&str]) {
    assert_eq!(apply(actions).1, expect);
}

#[test]
fn updates_are_merged() {
    check(
        "
- {target: $.info, update: {title: Store, x-own: {a: [1]}}}
- {target: $.info, update: {x-own: {a: [2], b: 3}}}
- {target: $.tags, update: d}
- {target: $.tags, update: [e, f]}
- {target: \"$.paths['/a'].*\", update: {tags: [t]}}
- {target: $.info.version, update: '2'}
",
        &[
            ("/info", "{title: Store, version: '2', x-own: {a: [1, 2], b: 3}}"),
            ("/tags", "[a, b, c, d, e, f]"),
            ("/paths/~1a/get/tags", "[t]"),
            ("/paths/~1a/put", "{operationId: b, tags: [t]}"),
        ],
    );
}

#[test]
fn what_is_selected_is_removed() {
    check(
        "- {target: '$.paths.*.*.parameters[?@.name == \"x\" || @.name == \"y\"]', remove: true, update: {a: 1}}
- {target: '$.paths.*[?@.deprecated == true].deprecated', remove: true}
- {target: '$.tags[0, 1]', remove: true}
- {target: '$.paths.*[?search(@.operationId, \"^b\")]', remove: true}
",
        &[
            ("/paths", "{/a: {get: {operationId: a, parameters: [{name: z}]}}}"),
            ("/tags", "[c]"),
        ],
    );
}

#[test]
fn what_is_elsewhere_is_copied() {
    check(
        "- {target: $.tags, copy: $.info.title}\n- {target: '$.paths[\"/a\"].put', copy: '$.paths[\"/a\"].get'}",
        &[
            ("/tags", "[a, b, c, Shop]"),
            ("/paths/~1a/put/deprecated", "true"),
            ("/paths/~1a/put/operationId", "a"),
        ],
    );
}

#[test]
fn places_are_found_in_the_file_that_says_it() {
    let (_, _, mut sources) = apply(
        "- {target: $.info, update: {contact: {name: n}}}
- {target: '$.paths.*.*.parameters[?@.name==\"x\"]', remove: true}
- {target: $.info.contact, update: {email: e}}
- {target: $.tags, update: d}
",
    );
    let file = sources.read(Path::new("openapi.yaml")).unwrap();
    let origin = |pointer: &str| {
        let origin = sources.origin(&Place { pointer: pointer.into(), ..Place::root(file) });
        format!("{} {}", sources.path(origin.file).display(), origin.pointer)
    };
    assert_eq!(origin("/info/title"), "openapi.yaml /info/title");
    assert_eq!(origin("/info/contact/name"), "overlay.yaml /actions/0/update/contact/name");
    assert_eq!(origin("/info/contact/email"), "overlay.yaml /actions/2/update/email");
    assert_eq!(origin("/tags/3"), "overlay.yaml /actions/3/update");
    assert_eq!(
        origin("/paths/~1a/get/parameters/0/name"),
        "openapi.yaml /paths/~1a/get/parameters/1/name"
    );
}

#[test]
fn what_is_wrong_is_said() {
    let nothing = "GS0108 `$.nothing` selects nothing in the document";
    refused("- {target: $.nothing, remove: true}", &[nothing]);
    refused(
        "- {target: $.paths, update: [1]}",
        &["GS0107 the update does not fit what `$.paths` selects"],
    );
    refused(
        "- {target: $.info.title, update: {a: 1}}",
        &["GS0107 the update does not fit what `$.info.title` selects"],
    );
    refused("- {target: $, remove: true}", &["GS0107 a document cannot be removed whole"]);
    refused("- {target: $.info, copy: $.tags.*}", &["GS0107 `$.tags.*` selects 3 values to copy"]);
    refused(
        "- {target: $.info}\n- {update: 1}\n- {target: 7, remove: true}",
        &[
            "GS0107 the action does nothing",
            "GS0107 an action has no `target`",
            "GS0107 a JSONPath is text",
        ],
    );
    refused("- {target: paths, remove: true}", &["GS0107 this is no JSONPath (RFC 9535)"]);
    refused(
        "- {target: $, remove: 1, uptade: 2}",
        &["GS0107 `remove` is true or false", "GS0107 an action has no `uptade`"],
    );
    let deep = format!("- {{target: '$[?{}1==1]', remove: true}}", "(".repeat(5_000));
    refused(&deep, &["GS0107 the JSONPath is too long, or nested too deeply"]);
    let grow = "- {target: $, update: {a: {b: c}}}\n".to_owned()
        + &"- {target: $, copy: $.a}\n- {target: $.a, copy: $}\n".repeat(40);
    refused(&grow, &["GS0107 the overlay makes the document too large, or too deep"]);
    for text in ["a: 1", "overlay: 2.0.0", "overlay: 1.0.0", "overlay: 1.0.0\nactions: 1", "7"] {
        let mut sources = Sources::new().with_file("overlay.yaml", text);
        let mut diagnostics = Diagnostics::new();
        let path = Path::new("overlay.yaml");
        assert!(Overlay::load(&mut sources, path, None, &mut diagnostics).is_none(), "{text}");
        assert_eq!(diagnostics.finish().len(), 1);
    }
}
